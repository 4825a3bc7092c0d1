/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages in a given language, for what somebody else than the caller will read: msg_in("ja", N_("…")).
 */
#ifndef AKASHI_BASE_MSG_IN_H
#define AKASHI_BASE_MSG_IN_H

#include "base/msg.h"

const char *msg_in(const char *lang, const char *text) __attribute__((format_arg(2)));
/* The language of this thread, until it says another: "ja", "en"; NULL: what msg_init() chose. For servers, whose
 * readers differ from request to request; msg_lang() says it. */
void msg_thread(const char *lang);

#endif
