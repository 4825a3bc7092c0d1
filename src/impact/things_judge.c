/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may speak of a thing. A verdict rests on the log up to the entry and on what is known of the signer's key now;
 * the latter can change (a key is trusted by hand, or revoked with a date in the past), and then all is judged anew, so
 * that a view that grew equals one made anew.
 */
#include "impact/moved.h"
#include "impact/running.h"
#include "impact/things_inner.h"
#include "store/queries.h"

/* ── what is known of a key ── */

static const struct known_key *key_of(struct portfolio *p, const unsigned char *id) {
    return p->home && p->home->keys ? keyring_find(p->home->keys, id) : NULL;
}

/* All that a verdict can depend on. */
static str standing_of(struct portfolio *p, struct arena *a, const unsigned char *id) {
    const struct known_key *k = key_of(p, id);
    if (!k)
        return S("");
    return arena_printf(a, "%s %lld %lld %lld %.*s", k->ours ? "ours" : "trusted", (long long)k->from,
                        (long long)k->until, (long long)k->doubtful_from, STR_ARG(k->ours ? S("") : k->name));
}

bool saying_signer(struct portfolio *p, struct arena *a, const struct saying *s, struct err *e) {
    struct ask *q;
    str standing = standing_of(p, a, s->signer);
    if (!store_ask(p->store, &Q_thing_signer_add, &q, e))
        return false;
    ask_blob(q, 1, str_n((const char *)s->signer, 32));
    ask_text(q, 2, standing);
    return ask_run(q, e);
}

/* ── the verdict ── */

static bool party_is(struct portfolio *p, struct arena *a, int64_t party, str name, bool *is, struct err *e) {
    struct ask *q;
    str id;
    bool row;
    if (!thing_id(p, a, THING_PARTY, party, &id, e))
        return false;
    *is = id.n && str_eq(id, name);
    if (*is)
        return true;
    if (!store_ask(p->store, &Q_party_name, &q, e))
        return false;
    ask_int(q, 1, party);
    if (!ask_step(q, &row, e))
        return false;
    *is = row && str_eq(ask_col_text(q, 0), name);
    ask_end(q);
    return true;
}

/* The parties that what holds now names; where nothing holds, those the statement itself names. */
static bool parties_of(struct portfolio *p, struct arena *a, const struct saying *s, str *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_thing_holds, &q, e))
        return false;
    ask_int(q, 1, s->kind);
    ask_int(q, 2, s->number);
    if (!ask_step(q, &row, e))
        return false;
    *out = row ? arena_str(a, ask_col_text(q, 1)) : s->parties;
    ask_end(q);
    return true;
}

static bool judge(struct portfolio *p, struct arena *a, const struct saying *s, bool *counts, struct err *e) {
    const struct known_key *k = key_of(p, s->signer);
    str parties, one;
    int64_t party;
    if (!k || keyring_judge(p->home->keys, k->id, s->time) != KEY_GOOD || k->ours) {
        *counts = !p->home || (k && k->ours && keyring_judge(p->home->keys, k->id, s->time) == KEY_GOOD);
        return true;
    }
    *counts = false;
    if (!parties_of(p, a, s, &parties, e))
        return false;
    while (!*counts && str_next(&parties, ';', &one))
        if (str_i64(one, &party) && !party_is(p, a, party, k->name, counts, e))
            return false;
    return true;
}

bool saying_counts(struct portfolio *p, const struct saying *s, bool *counts, struct err *e) {
    struct arena *a = arena_new();
    bool ok = judge(p, a, s, counts, e);
    arena_free(a);
    return ok;
}

bool saying_closes(struct portfolio *p, const struct saying *s, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_thing_close, &q, e))
        return false;
    ask_int(q, 1, s->kind);
    ask_int(q, 2, s->number);
    ask_int(q, 3, s->entry);
    return ask_run(q, e);
}

/* ── judged anew ── */

static bool set_standing(struct portfolio *p, str signer, str standing, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_thing_signer_set, &q, e))
        return false;
    ask_blob(q, 1, signer);
    ask_text(q, 2, standing);
    return ask_run(q, e);
}

struct changed {
    str signer, standing;
};
VEC_NAMED(changes, struct changed);
static bool find_changes(struct portfolio *p, struct arena *a, struct changes *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_thing_signers, &q, e))
        return false;
    while (ask_step(q, &row, e)) {
        if (!row) {
            ask_end(q);
            return true;
        }
        str signer = ask_col_blob(q, 0);
        if (signer.n != 32)
            continue;
        str standing = standing_of(p, a, (const unsigned char *)signer.p);
        if (!str_eq(standing, ask_col_text(q, 1)))
            *vec_push(a, out) = (struct changed){arena_str(a, signer), standing};
    }
    return false;
}

enum { AT_ONCE = 1000 };
static bool next_sayings(struct portfolio *p, struct arena *a, const struct saying *last, struct saying *out,
                         uint32_t *n, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_things_said_walk, &q, e))
        return false;
    ask_int(q, 1, last->entry);
    ask_int(q, 2, last->log_id);
    ask_int(q, 3, AT_ONCE);
    for (*n = 0; ask_step(q, &row, e); (*n)++) {
        if (!row) {
            ask_end(q);
            return true;
        }
        out[*n] = (struct saying){.kind = (enum thing_kind)ask_col_int(q, 0),
                                  .number = ask_col_int(q, 1),
                                  .log_id = ask_col_int(q, 2),
                                  .entry = ask_col_int(q, 3),
                                  .time = ask_col_int(q, 4),
                                  .signer = (const unsigned char *)arena_str(a, ask_col_blob(q, 5)).p,
                                  .parties = arena_str(a, ask_col_text(q, 6))};
    }
    return false;
}

static bool hold(struct portfolio *p, const struct saying *s, struct err *e) {
    struct ask *q;
    if (!saying_closes(p, s, e) || !store_ask(p->store, &Q_thing_hold, &q, e))
        return false;
    ask_int(q, 1, s->kind);
    ask_int(q, 2, s->number);
    ask_int(q, 3, s->log_id);
    ask_int(q, 4, s->entry);
    return ask_run(q, e);
}

static bool judge_all(struct portfolio *p, struct arena *a, struct err *e) {
    struct saying *batch = arena_array(a, struct saying, AT_ONCE + 1), last = {.entry = -1, .log_id = -1};
    struct ask *q;
    portfolio_moves(p);
    if (!store_ask(p->store, &Q_things_unjudge, &q, e) || !ask_run(q, e))
        return false;
    for (uint32_t n = AT_ONCE; n == AT_ONCE;) {
        struct arena_mark m = arena_mark(a);
        if (!next_sayings(p, a, &last, batch, &n, e))
            return false;
        for (uint32_t i = 0; i < n; i++) {
            bool counts;
            if (!judge(p, a, &batch[i], &counts, e) || (counts && !hold(p, &batch[i], e)))
                return false;
        }
        if (n)
            last = batch[n - 1];
        arena_reset(a, m);
    }
    return true;
}

bool things_settled(struct portfolio *p, bool *settled, struct err *e) {
    struct arena *a = arena_new();
    struct changes list = {0};
    bool ok = find_changes(p, a, &list, e);
    *settled = list.n == 0;
    arena_free(a);
    return ok;
}

bool things_settle(struct portfolio *p, struct err *e) {
    struct arena *a = arena_new();
    struct changes list = {0};
    bool ok = find_changes(p, a, &list, e);
    for (uint32_t i = 0; ok && i < list.n; i++)
        ok = set_standing(p, list.v[i].signer, list.v[i].standing, e);
    bool kept = false;
    ok = ok && (!list.n || (judge_all(p, a, e) && running_kept(p, &kept, e))) && (!kept || running_rebuild(p, e));
    arena_free(a);
    return ok;
}
