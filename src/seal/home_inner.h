/* SPDX-License-Identifier: Apache-2.0
 *
 * Within home: its settings (akashi.toml) and the key events of its log.
 */
#ifndef AKASHI_SEAL_HOME_INNER_H
#define AKASHI_SEAL_HOME_INNER_H

#include "archive/archive.h"
#include "seal/home.h"

struct home_settings {
    str party, origin;
    unsigned roles;
    unsigned char log_key[32], sign_key[32];
};
str home_settings_text(struct arena *a, const struct home_settings *s);
MUST_USE bool home_settings_read(struct ctx *c, struct arena *a, str path, struct home_settings *out, struct err *e);

/* What ended a key of ours. */
struct home_event {
    unsigned char key[32], successor[32];
    bool revoked, has_successor;
};
VEC_NAMED(home_events, struct home_event);
/* Reads the log's "key" statements into h->keys, in their order. Where they stand is remembered in HOME/keys/events, so
 * that a long log is not read through each time. */
MUST_USE bool home_read_events(struct home *h, struct arena *a, struct home_events *out, struct err *e);
/* Brings HOME/keys/events up to date when much was appended, so that whoever opens the home next need not. */
void home_note_events(struct home *h);

#endif
