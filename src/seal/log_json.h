/* SPDX-License-Identifier: Apache-2.0
 *
 * An entry of the log in JSON, whoever asks.
 */
#ifndef AKASHI_SEAL_LOG_JSON_H
#define AKASHI_SEAL_LOG_JSON_H

#include "base/json.h"
#include "seal/log.h"

/* The envelope's digest is told to those only who may have the envelope: unlike the salted commitment it would let
 * others try what it might say. */
void log_entry_json(struct arena *a, struct jw *w, const struct log_entry *entry, bool with_envelope);

#endif
