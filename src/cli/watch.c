/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi watch: new advisories against everything ever shipped; opens cases, and tells who wants to know.
 */
#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/case.h"
#include "cli/db.h"
#include "cli/decide.h"
#include "cli/declaration_watch.h"
#include "cli/following.h"
#include "impact/due.h"

/* ── notices ── */

static void add_line(struct buf *b, const char *says, str what) {
    if (what.n)
        buf_addf(b, "%s%.*s\n", says, STR_ARG(what));
}

static str findings_text(struct arena *a, const struct case_findings *v) {
    enum { NAMED = 20 };
    struct buf b = {0};
    for (uint32_t i = 0; i < v->n && i < NAMED; i++)
        buf_addf(&b, "%s%.*s%s", i ? ", " : "", STR_ARG(v->v[i].flaw), v->v[i].kev ? " (KEV)" : "");
    if (v->n > NAMED)
        buf_addf(&b, ", … (%u)", v->n);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* What it is about, for whoever gets it: nothing of who else runs the product. */
static bool text_of(struct cli *cli, struct cli_watch *x, const struct case_row *c, struct label *out, struct err *e) {
    static const struct {
        const char *flaws, *package, *upgrade, *priority;
    } words[] = {{"Vulnerabilities: ", "Component: ", "Without them from: ", "Priority: "},
                 {"脆弱性: ", "部品: ", "修正済みの版: ", "優先度: "}};
    struct case_findings findings;
    str texts[2];
    if (!case_findings(x->views.p, cli->arena, c->number, &findings, e))
        return false;
    for (int i = 0; i < 2; i++) {
        struct buf b = {0};
        add_line(&b, words[i].flaws, findings_text(cli->arena, &findings));
        add_line(&b, words[i].package, c->package);
        add_line(&b, words[i].upgrade, c->upgrade);
        add_line(&b, words[i].priority, c->priority.outcome);
        texts[i] = arena_str(cli->arena, buf_str(&b));
        buf_free(&b);
    }
    *out = (struct label){texts[0], texts[1]};
    return true;
}

static bool notice_of(struct cli *cli, struct cli_watch *x, const struct case_told *t, struct notice *out) {
    static const struct {
        enum case_event event;
        const char *kind, *en, *ja;
    } kinds[] = {{CASE_FOUND, "case-opened", "New case", "新しい案件"},
                 {CASE_UPDATED, "case-updated", "More in case", "案件の追加"},
                 {CASE_REOPENED, "case-reopened", "Case reopened", "案件の再開"},
                 {CASE_IS_CLOSED, "case-closed", "Case closed", "案件の完了"}};
    struct arena *a = cli->arena;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].event != t->event)
            continue;
        str product = cli_product_id(cli, x, t->about.product);
        *out = (struct notice){
            .kind = str_of(kinds[i].kind),
            .about = t->about.id,
            .event = arena_printf(a, "%s:%llu:%lld", kinds[i].kind, (unsigned long long)t->entry, (long long)t->place),
            .cases = &t->about.id,
            .n_cases = 1,
            .priority = t->about.priority.outcome,
            .rank = t->about.priority.rank,
            .time = t->time};
        str line = arena_printf(a, "%.*s: %.*s%s%.*s", STR_ARG(product), STR_ARG(t->about.package),
                                t->about.upgrade.n ? " → " : "", STR_ARG(t->about.upgrade));
        out->subject = (struct label){
            arena_printf(a, "%s %.*s: %.*s", kinds[i].en, STR_ARG(t->about.id), STR_ARG(line)),
            arena_printf(a, "%s %.*s: %.*s", kinds[i].ja, STR_ARG(t->about.id), STR_ARG(line))};
        return true;
    }
    return false;
}

/* Of every step since the watch before this one: what a watch that was ended by force did not come to is told now, and
 * what was told is not told again. */
static bool tell(struct cli *cli, struct cli_watch *x, uint64_t from, struct err *e) {
    struct subscriptions subscriptions;
    struct case_tellings steps;
    struct outbox *box = NULL;
    struct notices notices = {0};
    uint32_t added;
    if (!subscriptions_read(cli->ctx, cli->arena, cli->home, &subscriptions, e))
        return false;
    if (!subscriptions.all.n)
        return true;
    if (!case_steps_from(x->views.p, cli->arena, from, &steps, e))
        return false;
    for (uint32_t i = 0; i < steps.n; i++) {
        struct notice n;
        bool worth = true; /* of what goes on: when it became more or worse */
        if (steps.v[i].event == CASE_UPDATED && !cli_case_grew(x, cli->arena, &steps.v[i], &worth, e))
            return false;
        if (worth && notice_of(cli, x, &steps.v[i], &n) &&
            (!text_of(cli, x, &steps.v[i].about, &n.text, e) ||
             !cli_case_notice(cli, x, &subscriptions, &steps.v[i].about, &n, &notices, e)))
            return false;
    }
    bool ok = outbox_open(cli->ctx, cli->home, &box, e) &&
              outbox_add(box, &subscriptions, notices.v, notices.n, cli->ctx->now, &added, e);
    outbox_close(box);
    return ok;
}

/* ── what it did ── */

static void show_json(struct cli *cli, const struct watch_report *r) {
    const struct {
        const char *key;
        uint64_t n;
    } rows[] = {{"findings", r->findings},
                {"notLive", r->not_live},
                {"answeredByVex", r->vex},
                {"carried", r->carried},
                {"accepted", r->accepted},
                {"ignored", r->ignored},
                {"open", r->open},
                {"grouped", r->grouped},
                {"opened", r->opened},
                {"updated", r->updated},
                {"reopened", r->reopened},
                {"advanced", r->advanced},
                {"closed", r->closed},
                {"unchanged", r->unchanged},
                {"places", r->places},
                {"newHits", r->hits.hits_new},
                {"goneHits", r->hits.hits_gone},
                {"statements", r->statements}};
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        jw_kint(&w, rows[i].key, (int64_t)rows[i].n);
    jw_karr(&w, "cases");
    for (uint32_t i = 0; i < r->events.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "case", r->events.v[i].id);
        jw_kstr(&w, "event", str_of(case_event_name(r->events.v[i].event)));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(cli, &b);
    buf_free(&b);
}

static void show_report(struct cli *cli, const struct watch_report *r) {
    const struct {
        const char *says;
        uint64_t n;
    } rows[] = {{N_("findings (release, component, vulnerability)"), r->findings},
                {N_("  in releases nobody runs and a newer one replaced"), r->not_live},
                {N_("  answered by a verdict"), r->vex},
                {N_("  answered by a verdict carried over"), r->carried},
                {N_("  accepted as a risk"), r->accepted},
                {N_("  passed over by a rule of the settings"), r->ignored},
                {N_("  open"), r->open},
                {N_("    together with another in one case"), r->grouped},
                {N_("cases opened"), r->opened},
                {N_("cases updated"), r->updated},
                {N_("cases opened again"), r->reopened},
                {N_("cases fixed or delivered"), r->advanced},
                {N_("cases closed"), r->closed},
                {N_("cases that were open already"), r->unchanged}};
    static const struct column columns[] = {{.head = N_("what")}, {.head = N_("how many"), .right = true}};
    struct table *t = table_new(cli->arena, columns, 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        table_row(t);
        table_cell(t, str_of(_(rows[i].says)), CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)rows[i].n),
                   rows[i].n ? CELL_BOLD : CELL_DIM);
    }
    table_print(t, cli);
    if (!r->findings && !cli_flag(cli, "all"))
        fprintf(cli->out, "%s\n", _("nothing is new since the last watch; --all looks at everything and counts it"));
}

static void show(struct cli *cli, const struct watch_report *r) {
    if (cli->json) {
        show_json(cli, r);
    } else if (cli_flag(cli, "report")) {
        show_report(cli, r);
    } else {
        fprintf(cli->out,
                _("findings looked at: %llu; cases: %llu opened, %llu updated, %llu opened again, %llu advanced, "
                  "%llu closed, %llu unchanged\n"),
                (unsigned long long)r->findings, (unsigned long long)r->opened, (unsigned long long)r->updated,
                (unsigned long long)r->reopened, (unsigned long long)r->advanced, (unsigned long long)r->closed,
                (unsigned long long)r->unchanged);
    }
    fflush(cli->out);
}

/* ── one round ── */

struct decided { /* what became of decisions, targets and declarations */
    uint32_t reopened, due;
    bool at_risk;   /* a declaration of our own */
    uint32_t below; /* targets agreed with customers that are not met */
};

static void show_decided(struct cli *cli, const struct decided *d) {
    if (!cli->json && d->reopened)
        fprintf(cli->out, _("decisions opened again: %u; to be looked at: %u\n"), d->reopened, d->due);
    if (!cli->json && d->below)
        fprintf(cli->out, _("targets agreed with customers that are not met: %u (akashi contract extent --against)\n"),
                d->below);
    fflush(cli->out);
}

/* Two watches at once would decide the same things twice: the second waits. */
static int lock_watch(struct cli *cli) {
    const struct timespec pause = {.tv_nsec = 50000000};
    str path = path_join(cli->arena, cli->home, S("watch.lock"));
    int fd = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    while (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK || following_over()) {
            close(fd);
            return -1;
        }
        nanosleep(&pause, NULL);
    }
    return fd;
}

static bool bring_advisories(struct cli *cli, struct err *e) {
    struct import_result r;
    uint32_t n, failed;
    bool any;
    const str *from = cli_texts(cli, "from", &n);
    if (n)
        return advdb_import(cli->ctx, cli_db_path(cli), from, n, &r, e);
    return cli_db_update(cli, &any, &failed, &r, e);
}

/* So that who asks for findings by clock next need not wait: after a round that changed much, the service sees to it,
 * a single watch leaves it to who asks. */
static bool keep_due(struct cli *cli, struct cli_watch *x, struct err *e) {
    enum { FEW = 2000 };
    bool serves = cli_number(cli, "follow", -1) >= 0;
    return due_update_some(x->views.p, &x->clocks, cli->home, serves ? UINT64_MAX : FEW, e);
}

static bool round_once(struct cli *cli, struct watch_report *r, struct decided *decided, struct err *e) {
    struct cli_watch x;
    struct case_watch last;
    int lock = lock_watch(cli);
    if (lock < 0)
        return err_errno(e, cli->home, _("cannot lock the home for watching"));
    bool ok = bring_advisories(cli, e) && cli_watch_open(cli, HOME_SIGN, &x, e);
    if (ok) {
        ok = advdb_open(cli->ctx, cli_db_path(cli), &x.db, e) && case_watched(x.views.p, cli->arena, &last, e);
        x.plan.db = x.db;
        x.plan.all = cli_flag(cli, "all");
        ok = ok && tell(cli, &x, last.entries, e) && watch_run(x.views.p, &x.plan, cli->arena, r, e) &&
             tell(cli, &x, last.entries, e) && cli_tell_deadlines(cli, &x, e) &&
             cli_decisions_watch(cli, &x.views, x.db, x.policy.epss_jump, &decided->reopened, &decided->due, e) &&
             cli_extents_watch(cli, &x.views, &decided->below, e) &&
             cli_declarations_watch(cli, x.views.p, &decided->at_risk, e) && keep_due(cli, &x, e);
        cli_watch_close(&x);
    }
    close(lock);
    return ok;
}

static int follow(struct cli *cli, int64_t seconds) {
    struct err said = {0};
    struct arena *whole = cli->arena;
    following_begin(cli);
    do {
        struct err e = {0};
        struct watch_report r;
        struct decided decided = {0};
        struct arena_mark mark = arena_mark(whole);
        if (!cli->ctx->now_fixed)
            cli->ctx->now = (int64_t)time(NULL);
        if (round_once(cli, &r, &decided, &e)) {
            show(cli, &r);
            show_decided(cli, &decided);
            following_works(&said);
        } else if (!following_over()) {
            following_failed(cli, &e, &said); /* the next round may find the network or disk again */
        }
        cli_warnings(cli);
        ctx_warnings_next(cli->ctx);
        arena_reset(whole, mark);
    } while (following_pause(seconds * 1000));
    return 0;
}

/* Statement after statement takes and gives back the same few megabytes: they are kept. */
static void keep_memory(void) {
#ifdef M_TRIM_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

static int run_watch(struct cli *cli) {
    struct watch_report r;
    struct decided decided = {0};
    struct err e = {0};
    int64_t seconds = cli_number(cli, "follow", -1);
    keep_memory();
    if (seconds >= 0)
        return follow(cli, seconds ? seconds : 1);
    if (!round_once(cli, &r, &decided, &e)) {
        cli_warnings(cli);
        return cli_fail(cli, &e);
    }
    show(cli, &r);
    show_decided(cli, &decided);
    cli_warnings(cli);
    return 0;
}

const struct command watch_command = {
    .name = "watch",
    .args = "",
    .summary = N_("new advisories against everything ever shipped: opens, updates and closes cases"),
    .text = N_("Fetches what is new from the addresses of akashi.toml ([db] urls), or takes it from --from; finds the "
               "releases that are live (the newest of a product, and what deployments run) and hit; sets verdicts "
               "against them; and opens one case for each upgrade that clears findings. What it decides is signed and "
               "logged together with the digest of the advisories it was decided with. It may be ended at any moment "
               "and run again."),
    .options =
        (const struct option_spec[]){
            {.name = "from",
             .kind = OPT_TEXT,
             .many = true,
             .value = "FILE|DIR|ZIP",
             .help = N_("take advisories from here instead of the network")},
            {.name = "follow",
             .kind = OPT_NUMBER,
             .value = "SECONDS",
             .help = N_("go on, and look again after so many seconds, until ended")},
            {.name = "report", .kind = OPT_FLAG, .help = N_("say how many findings became how many cases, and why")},
            {.name = "all",
             .kind = OPT_FLAG,
             .help = N_("look at everything again, not only at what is new: after a change of settings")},
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            {.name = "config",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("settings with the addresses (default: akashi.toml in the current or the home folder)")},
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi watch --report", N_("once, and what became of the findings")},
                                         {"akashi watch --from advisories/", N_("without a network")},
                                         {"akashi watch --follow 3600", N_("as a service, every hour")},
                                         {0}},
    .max_args = 0,
    .run = run_watch,
};
