/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/digests.h"

#include "store/queries.h"

static bool add(struct portfolio *p, const unsigned char digest[32], int64_t component, int64_t release,
                struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_file_digest_add, &q, e))
        return false;
    ask_blob(q, 1, str_n((const char *)digest, 32));
    ask_int(q, 2, component);
    ask_int(q, 3, release);
    return ask_send(q, e);
}

bool digest_of_component(struct portfolio *p, const unsigned char digest[32], component_id component, struct err *e) {
    return add(p, digest, component, -1, e);
}
bool digest_of_release(struct portfolio *p, const unsigned char digest[32], uint32_t release, struct err *e) {
    return add(p, digest, -1, release, e);
}

bool digests_find(struct portfolio *p, struct arena *a, const unsigned char digest[32], struct question *q,
                  struct err *e) {
    struct ask *ask;
    bool row;
    if (!store_ask(p->store, &Q_file_digest_find, &ask, e))
        return false;
    ask_blob(ask, 1, str_n((const char *)digest, 32));
    while (ask_step(ask, &row, e)) {
        if (!row)
            return true;
        if (ask_col_int(ask, 0) >= 0)
            *vec_push(a, &q->components) = ask_col_int(ask, 0);
        if (ask_col_int(ask, 1) >= 0)
            *vec_push(a, &q->releases) = (uint32_t)ask_col_int(ask, 1);
    }
    return false;
}
