/* SPDX-License-Identifier: Apache-2.0 */
#include "release/checklist.h"

PRINTF_LIKE(5, 0)
static void say(struct looking *l, const char *id, enum holds state, str about, const char *what, va_list ap) {
    struct buf b = {0};
    buf_addv(&b, what, ap);
    *vec_push(l->arena, &l->out->lines) = (struct verify_line){
        .id = id, .state = state, .about = about, .what = arena_str(l->arena, buf_str(&b))};
    l->out->failing += state == FAILS;
    l->out->unchecked += state == NOT_CHECKED;
    buf_free(&b);
}

#define SAY(name, state)                                                                                               \
    void name(struct looking *l, const char *id, str about, const char *what, ...) {                                   \
        va_list ap;                                                                                                    \
        va_start(ap, what);                                                                                            \
        say(l, id, state, about, what, ap);                                                                            \
        va_end(ap);                                                                                                    \
    }
SAY(say_holds, HOLDS)
SAY(say_fails, FAILS)
SAY(say_unchecked, NOT_CHECKED)

void say_hint(struct looking *l, const char *hint) {
    if (l->out->lines.n)
        l->out->lines.v[l->out->lines.n - 1].hint = str_of(hint);
}
