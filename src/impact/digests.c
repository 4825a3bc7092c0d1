/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/digests.h"

#include "base/digest.h"
#include "store/queries.h"

bool digests_of_release(struct portfolio *p, const struct statement *s, uint32_t release, struct err *e) {
    for (uint32_t i = 0; i < s->subjects.n; i++) {
        unsigned char digest[32];
        struct ask *q;
        if (!hex_bytes(subject_sha256(&s->subjects.v[i]), digest, sizeof digest))
            continue;
        if (!store_ask(p->store, &Q_release_file_add, &q, e))
            return false;
        ask_blob(q, 1, str_n((const char *)digest, sizeof digest));
        ask_int(q, 2, release);
        if (!ask_send(q, e))
            return false;
    }
    return true;
}

static bool find_components(struct portfolio *p, struct arena *a, str beginning, struct question *q, struct err *e) {
    struct ask *ask;
    bool row;
    if (!store_ask(p->store, &Q_components_of_hash, &ask, e))
        return false;
    ask_blob(ask, 1, beginning);
    while (ask_step(ask, &row, e)) {
        if (!row)
            return true;
        *vec_push(a, &q->components) = ask_col_int(ask, 0);
    }
    return false;
}

static bool find_files(struct portfolio *p, struct arena *a, str digest, struct question *q, struct err *e) {
    struct ask *ask;
    bool row;
    if (!store_ask(p->store, &Q_release_file_find, &ask, e))
        return false;
    ask_blob(ask, 1, digest);
    while (ask_step(ask, &row, e)) {
        if (!row)
            return true;
        *vec_push(a, &q->releases) = (uint32_t)ask_col_int(ask, 0);
    }
    return false;
}

bool digests_find(struct portfolio *p, struct arena *a, const unsigned char digest[32], struct question *q,
                  struct err *e) {
    enum { DOCUMENTS = 10000, KEPT = sizeof(((struct part *)0)->hash) };
    struct release_rows documents = {0};
    str whole = str_n((const char *)digest, 32);
    if (!find_components(p, a, str_upto(whole, KEPT), q, e) || !find_files(p, a, whole, q, e) ||
        !contents_of_body(p->contents, a, digest, DOCUMENTS, &documents, e))
        return false;
    for (uint32_t i = 0; i < documents.n; i++)
        *vec_push(a, &q->releases) = documents.v[i].id;
    return true;
}
