/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages in the reader's language. Sources are English; po/ja/<room>.po holds the Japanese. The compiled catalogue
 * (GNU .mo, made by msgfmt at build time) is part of the binary, so Japanese works in a bare container without any
 * locale installed and the binary can be carried alone.
 */
#ifndef AKASHI_BASE_MSG_H
#define AKASHI_BASE_MSG_H

#include <stdbool.h>

#define _(text) msg(text)
/* Marks a text for translation where no call may stand; the reader of the table calls _(entry). */
#define N_(text) text

const char *msg(const char *text) __attribute__((format_arg(1)));
/* English needs two forms, Japanese one. */
const char *msg_n(const char *one, const char *many, unsigned long n) __attribute__((format_arg(1), format_arg(2)));

/* Chooses by LC_ALL, LC_MESSAGES, LANG (first that is set; "ja…" is Japanese) unless `lang` is given ("ja", "en"). */
void msg_init(const char *lang);
/* "ja" or "en". */
const char *msg_lang(void);

#endif
