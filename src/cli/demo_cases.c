/* SPDX-License-Identifier: Apache-2.0
 *
 * What people do about the demo's cases, once a month. Each step is signed and logged as `akashi case` does it; what
 * one morning brings is logged together.
 */
#include "cli/case.h"
#include "cli/demo.h"

struct morning {
    struct demo *d;
    struct cli cli; /* with the clock of that day, and the demo's home */
    struct ctx ctx;
    struct cli_watch x;
    int day;
    VEC(struct case_row) cases;
    VEC(struct portfolio_add) adds;
};

static const char *const people[] = {"佐藤 美咲 (Sato Misaki)", "鈴木 健 (Suzuki Ken)", "高橋 彩 (Takahashi Aya)",
                                     "田中 誠 (Tanaka Makoto)", "伊藤 舞 (Ito Mai)"};
static const struct {
    const char *class, *text, *practice;
} causes[] = {
    {"outdated-component", "部品の更新を四半期ごとにまとめていた (Components were only updated each quarter)",
     "S(3)-1.1"},
    {"unknown-component", "推移的な依存が台帳に無かった (A transitive dependency was in no list)", "S(2)-1.1"},
    {"not-noticed", "通知の宛先が退職者だった (The notice went to somebody who had left)", "S(3)-1.2"},
    {"supplier", "供給者の修正を待った (The supplier's fix came late)", "S(5)-2.2"},
};

static uint32_t roll(uint32_t n, const struct case_row *c, uint64_t what) {
    uint64_t key = 0;
    for (size_t i = 0; i < c->id.n; i++)
        key = key * 31 + (unsigned char)c->id.p[i];
    return demo_roll(n, key, what, 60);
}

static bool add(struct morning *m, const struct case_step *step, struct err *e) {
    struct portfolio_add *x = vec_push(m->d->a, &m->adds);
    *x = (struct portfolio_add){0};
    return case_payload(&m->ctx, m->d->a, NULL, step, 1, &x->payload, e);
}

static bool simple(struct morning *m, const struct case_row *c, enum case_event event, str owner, struct err *e) {
    return add(m, &(struct case_step){.id = c->id, .event = event, .owner = owner}, e);
}

static bool decide(struct morning *m, const struct case_row *c, struct err *e) {
    uint32_t sort = roll(10, c, 1);
    struct case_step s = {.id = c->id, .event = CASE_DECIDED, .verdict = S("fix")};
    if (sort == 0) {
        s.verdict = S("not_affected");
        s.justification = S("vulnerable_code_not_in_execute_path");
        s.impact = S("該当の機能は無効にしている (the function in question is switched off)");
    } else if (sort == 1) {
        s.verdict = S("accept");
        s.text = S("閉じた保守区画でのみ動作し、来期に更新する (runs in a closed zone only; replaced next term)");
        s.until = time_rfc3339(m->d->a, m->ctx.now + 180LL * DEMO_DAY);
    } else if (sort == 2) {
        s.verdict = S("mitigate");
        s.action = S("入口で不正な要求を遮断 (requests of that kind are blocked at the gateway)");
    }
    s.product = cli_product_id(&m->cli, &m->x, c->product);
    return case_findings(m->x.views.p, m->d->a, c->number, &s.findings, e) &&
           case_places(m->x.views.p, m->d->a, c->number, &s.releases, &s.deployments, e) && add(m, &s, e);
}

/* Only what `akashi case close` would close, too. */
static bool close_it(struct morning *m, const struct case_row *c, struct err *e) {
    struct open_findings open;
    uint32_t at = roll(sizeof causes / sizeof *causes, c, 2);
    if (!watch_open(m->x.views.p, &m->x.plan, m->d->a, c->product, c->package, &open, e))
        return false;
    if (open.n)
        return true;
    struct case_step s = {.id = c->id,
                          .event = CASE_IS_CLOSED,
                          .by_vex = S("nothing is open: every finding is answered or gone"),
                          .cause_class = str_of(causes[at].class),
                          .root_cause = str_of(causes[at].text)};
    *vec_push(m->d->a, &s.practices) = str_of(causes[at].practice);
    return add(m, &s, e);
}

/* One step on, or none: the younger a case and the calmer, the longer it may lie. */
static bool work_on(struct morning *m, const struct case_row *c, struct err *e) {
    int64_t age = (m->ctx.now - c->opened) / DEMO_DAY, rest = (m->ctx.now - c->changed) / DEMO_DAY;
    str who = str_of(people[roll(sizeof people / sizeof *people, c, 3)]);
    switch (c->status) {
    case CASE_DETECTED:
        if (!c->owner.n && (age > 5 || roll(3, c, 4) == 0))
            return simple(m, c, CASE_ASSIGNED, who, e) && (roll(4, c, 5) == 0 || simple(m, c, CASE_IS_TRIAGED, who, e));
        return age < 60 || simple(m, c, CASE_IS_TRIAGED, who, e);
    case CASE_TRIAGED:
        if (!c->decision.n)
            return decide(m, c, e);
        return !str_is(c->decision, "fix") || rest < 20 || simple(m, c, CASE_IS_FIXING, who, e);
    case CASE_DELIVERED: return roll(2, c, 6) ? simple(m, c, CASE_IS_VERIFIED, who, e) : rest < 30 || close_it(m, c, e);
    case CASE_VERIFIED: return close_it(m, c, e);
    case CASE_FIXING:
    case CASE_FIXED:
    case CASE_CLOSED: return true;
    }
    return true;
}

static bool take(void *arg, const struct case_row *c, struct err *e) {
    struct morning *m = arg;
    (void)e;
    struct case_row *x = vec_push(m->d->a, &m->cases);
    *x = *c;
    x->id = arena_str(m->d->a, c->id);
    x->package = arena_str(m->d->a, c->package);
    x->decision = arena_str(m->d->a, c->decision);
    x->owner = arena_str(m->d->a, c->owner);
    return true;
}

static bool open_advisories(struct morning *m, struct err *e) {
    if (!advdb_open(&m->ctx, cli_db_path(&m->cli), &m->x.db, e))
        return false;
    m->x.plan.db = m->x.db;
    return true;
}

bool demo_cases(struct demo *d, int day, struct err *e) {
    struct morning m = {.d = d, .cli = *d->cli, .ctx = *d->cli->ctx, .day = day};
    m.ctx.now = d->play.now;
    m.ctx.now_fixed = true;
    m.cli.ctx = &m.ctx;
    m.cli.home = d->play.home;
    if (!cli_watch_open(&m.cli, HOME_SIGN, &m.x, e))
        return false;
    bool ok = open_advisories(&m, e) && cases_each(m.x.views.p, true, take, &m, e);
    for (uint32_t i = 0; ok && i < m.cases.n; i++)
        ok = work_on(&m, &m.cases.v[i], e);
    ok = ok && (!m.adds.n || portfolio_append(m.x.views.p, d->a, m.adds.v, m.adds.n, e));
    cli_watch_close(&m.x);
    return ok;
}
