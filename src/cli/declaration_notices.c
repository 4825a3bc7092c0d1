/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is told what became of declarations. Each happening has an entry of the log, so that it is told once.
 */
#include "base/digest.h"
#include "cli/declaration.h"
#include "node/notify.h"

enum { DECLARER_FIRST = 7 * 86400 }; /* those who got it learn of risk when it has lasted so long */

VEC_NAMED(declaration_notices, struct notice);
struct telling {
    struct cli *cli;
    const struct declaration_row *d;
    struct declaration_notices out;
};

static void add(struct telling *k, const char *kind, uint64_t entry, str party, unsigned rank, const char *en,
                const char *ja, str text) {
    struct arena *a = k->cli->arena;
    str *id = arena_new_of(a, str);
    str catalogue = k->d->said.catalogue, package = k->d->said.package;
    *id = k->d->said.id;
    *vec_push(a, &k->out) = (struct notice){
        .kind = str_of(kind),
        .about = *id,
        .event = arena_printf(a, "%s:%llu", kind, (unsigned long long)entry),
        .cases = id,
        .n_cases = 1,
        .party = party,
        .rank = rank,
        .subject = {arena_printf(a, "%s: %.*s (%.*s, %.*s)", en, STR_ARG(*id), STR_ARG(catalogue), STR_ARG(package)),
                    arena_printf(a, "%s: %.*s (%.*s, %.*s)", ja, STR_ARG(*id), STR_ARG(catalogue), STR_ARG(package))},
        .text = {text, text},
        .time = k->cli->ctx->now};
}

static void to_recipients(struct telling *k, const char *kind, uint64_t entry, const char *en, const char *ja,
                          str text) {
    struct scope_names to;
    declaration_recipients(k->cli->arena, k->d, &to);
    for (uint32_t i = 0; i < to.n; i++)
        add(k, kind, entry, to.v[i], 80, en, ja, text);
}

static const struct declaration_event *last_of(const struct declaration_row *d, enum declared_event event) {
    for (uint32_t i = d->events.n; i-- > 0;)
        if (d->events.v[i].event == event && d->events.v[i].counts)
            return &d->events.v[i];
    return NULL;
}

static str fallen_text(struct arena *a, struct jv said) {
    struct buf b = {0};
    for (struct jiter it = j_iter(j_get(said, "practices")); j_next(&it);)
        buf_addf(&b, "%.*s: %lld → %lld\n", STR_ARG(j_gets(it.val, "id")),
                 (long long)j_int(j_get(it.val, "declared"), 0), (long long)j_int(j_get(it.val, "now"), 0));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static void tell_risk(struct telling *k) {
    const struct declaration_event *x = last_of(k->d, DECLARED_STANDS);
    if (!x || !str_is(j_gets(x->said, "state"), "at-risk"))
        return;
    str text = fallen_text(k->cli->arena, x->said);
    add(k, "declaration-at-risk", x->entry, (str){NULL, 0}, 80, "Declaration at risk", "宣言の裏付け不足のおそれ",
        text);
    if (k->cli->ctx->now - x->time >= DECLARER_FIRST)
        to_recipients(k, "declaration-at-risk", x->entry, "Declaration at risk", "宣言の裏付け不足のおそれ", text);
}

static bool is_open(const struct declaration_row *d, const struct declaration_event *challenge, struct arena *a) {
    str name = hex_text(a, challenge->envelope, 32);
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.v[i].event == DECLARED_ANSWERED && d->events.v[i].counts &&
            str_eq(j_gets(d->events.v[i].said, "challenge"), name))
            return false;
    return true;
}

static void tell_challenges(struct telling *k) {
    for (uint32_t i = 0; i < k->d->events.n; i++) {
        const struct declaration_event *x = &k->d->events.v[i];
        if (x->event != DECLARED_CHALLENGED || !is_open(k->d, x, k->cli->arena))
            continue;
        int64_t due = x->time + CHALLENGE_DAYS * INT64_C(86400);
        add(k, "declaration-challenged", x->entry, (str){NULL, 0}, 60, "Declaration challenged", "宣言への異議",
            j_gets(x->said, "text"));
        if (due - k->cli->ctx->now < DECLARER_FIRST)
            add(k, due < k->cli->ctx->now ? "challenge-overdue" : "challenge-due", x->entry, (str){NULL, 0}, 90,
                "Challenge to be answered", "異議への回答期限", time_rfc3339(k->cli->arena, due));
    }
}

static void tell_end(struct telling *k) {
    const struct declaration_event *x = last_of(k->d, DECLARED_STANDS), *y = last_of(k->d, DECLARED_ANSWERED);
    if (k->d->standing < STANDING_SUSPENDED)
        return;
    if (y && (!x || y->entry > x->entry))
        x = y;
    to_recipients(k, "declaration-ended", x ? x->entry : k->d->entry, "Declaration no longer stands",
                  "宣言が有効でなくなりました", x ? j_gets(x->said, "reason") : str_of(standing_name(k->d->standing)));
}

bool cli_tell_declarations(struct cli *cli, struct portfolio *p, struct err *e) {
    struct telling k = {.cli = cli};
    struct subscriptions subscriptions;
    struct declaration_rows all;
    struct as_of now = {0};
    struct outbox *box = NULL;
    uint32_t added;
    if (!subscriptions_read(cli->ctx, cli->arena, cli->home, &subscriptions, e))
        return false;
    if (!subscriptions.all.n)
        return true;
    if (!declarations_list(p, cli->arena, &now, true, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) {
        k.d = &all.v[i];
        if (k.d->standing == STANDING_AT_RISK || k.d->standing == STANDING_CHALLENGED)
            tell_risk(&k);
        tell_challenges(&k);
        tell_end(&k);
    }
    if (!k.out.n)
        return true;
    bool ok = outbox_open(cli->ctx, cli->home, &box, e) &&
              outbox_add(box, &subscriptions, k.out.v, k.out.n, cli->ctx->now, &added, e);
    outbox_close(box);
    return ok;
}
