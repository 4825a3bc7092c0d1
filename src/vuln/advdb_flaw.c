/* SPDX-License-Identifier: Apache-2.0
 *
 * Union-find over names: advisories that share a name, directly or through others, are about one flaw, whose number is
 * the lowest of theirs. Circles of aliases change nothing. Memory: 8 bytes for each advisory.
 */
#include "vuln/advdb.h"

struct sets {
    uint32_t *parent, n;
};

static uint32_t find(struct sets *s, uint32_t x) {
    while (s->parent[x] != x)
        x = s->parent[x] = s->parent[s->parent[x]];
    return x;
}

static void join(struct sets *s, uint32_t x, uint32_t y) {
    x = find(s, x);
    y = find(s, y);
    s->parent[x > y ? x : y] = x > y ? y : x;
}

/* Names come sorted: equal ones stand together. */
static bool join_all(struct db *db, struct arena *a, struct sets *sets, struct err *e) {
    static const char names[] = "SELECT name, no FROM name ORDER BY name";
    struct stmt *s;
    struct buf last = {0};
    uint32_t last_no = 0;
    bool row = true, ok;
    (void)a;
    if (!db_stmt(db, names, &s, e))
        return false;
    while ((ok = stmt_step(s, &row, e)) && row) {
        str name = stmt_col_text(s, 0);
        int64_t no = stmt_col_int(s, 1);
        if (no <= 0 || no >= sets->n)
            continue;
        if (last_no && str_eq(name, buf_str(&last)))
            join(sets, last_no, (uint32_t)no);
        buf_clear(&last);
        buf_add(&last, name);
        last_no = (uint32_t)no;
    }
    stmt_reset(s);
    buf_free(&last);
    return ok;
}

static bool set_flaw(struct db *db, uint32_t no, uint32_t flaw, struct err *e) {
    static const char set[] = "UPDATE advisory SET flaw=?2 WHERE no=?1";
    struct stmt *s;
    if (!db_stmt(db, set, &s, e))
        return false;
    stmt_int(s, 1, no);
    stmt_int(s, 2, flaw);
    return stmt_run(s, e);
}

struct change {
    uint32_t no, flaw;
};

bool advdb_join_flaws(struct db *db, struct arena *a, uint64_t *flaws, struct joined *joined, struct err *e) {
    static const char most[] = "SELECT max(no) FROM advisory", all[] = "SELECT no, flaw FROM advisory ORDER BY no";
    struct stmt *s;
    bool row = true, ok;
    VEC(struct change) changes = {0};
    *flaws = 0;
    if (!db_stmt(db, most, &s, e) || !stmt_step(s, &row, e))
        return false;
    struct sets sets = {.n = (uint32_t)stmt_col_int(s, 0) + 1};
    stmt_reset(s);
    sets.parent = arena_array(a, uint32_t, sets.n);
    for (uint32_t i = 0; i < sets.n; i++)
        sets.parent[i] = i;
    if (!join_all(db, a, &sets, e) || !db_stmt(db, all, &s, e))
        return false;
    while ((ok = stmt_step(s, &row, e)) && row) {
        uint32_t no = (uint32_t)stmt_col_int(s, 0), flaw = find(&sets, no < sets.n ? no : 0);
        *flaws += flaw == no;
        if (flaw != (uint32_t)stmt_col_int(s, 1))
            *vec_push(a, &changes) = (struct change){no, flaw};
    }
    stmt_reset(s);
    for (uint32_t i = 0; i < changes.n && ok; i++) {
        *vec_push(a, joined) = changes.v[i].no;
        ok = set_flaw(db, changes.v[i].no, changes.v[i].flaw, e);
    }
    return ok;
}
