/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/impact.h"

#include "base/line.h"
#include "cli/data_words.h"
#include "impact/hits.h"

/* ── for people ── */

static str number(struct arena *a, uint64_t n) { return grouped(a, (double)n); }

enum { BEHIND_NUMBER = 29 };

/* Broken between its parts where the terminal ends. */
static void put_more(struct cli *cli, str more) {
    unsigned indent = cli->width > 2 * BEHIND_NUMBER ? BEHIND_NUMBER : 2, at = BEHIND_NUMBER;
    str mark = S("  "), broken = S("");
    while (more.n) {
        size_t dot = str_find(more, S(" · ")), comma = str_find(more, S(", "));
        size_t end = dot < comma ? dot : comma; /* STR_NONE is the largest */
        str part = str_upto(more, end == STR_NONE ? more.n : end);
        if (cli->width && at + text_width(part) + 2 > cli->width) {
            fprintf(cli->out, "%.*s\n%*s", STR_ARG(broken), (int)indent, "");
            at = indent;
        } else {
            fprintf(cli->out, "%.*s", STR_ARG(mark));
            at += text_width(mark);
        }
        fprintf(cli->out, "%.*s", STR_ARG(part));
        at += text_width(part);
        mark = end == STR_NONE ? S("") : end == dot ? S(" · ") : S(", ");
        broken = mark.n ? str_upto(mark, mark.n - 1) : mark;
        more = str_from(more, part.n + mark.n);
    }
}

static void line(struct cli *cli, const char *what, str n, str more) {
    unsigned width = text_width(str_of(what)), digits = text_width(n);
    fprintf(cli->out, "%s%*s %*s%.*s", what, width < 14 ? (int)(14 - width) : 0, "",
            digits < 12 ? (int)(12 - digits) : 0, "", STR_ARG(n));
    put_more(cli, more);
    fputc('\n', cli->out);
}

static str places_text(struct arena *a, const struct reached_places *p, bool sectors) {
    enum { MOST = 6 };
    struct buf b = {0};
    for (uint32_t i = 0; i < p->n && i < MOST; i++)
        buf_addf(&b, "%s%.*s %u", i ? ", " : "", STR_ARG(sectors ? data_word(WORD_SECTOR, p->v[i].name) : p->v[i].name),
                 p->v[i].services);
    if (p->n > MOST)
        buf_addz(&b, ", …");
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static bool put_findings(struct impact *x, struct reach *r, struct err *e) {
    struct arena *a = x->cli->arena;
    bool asked, exact;
    uint64_t n;
    if (!reach_findings(r, &asked, &n, &exact, e))
        return false;
    if (asked)
        line(x->cli, _("findings"), exact ? number(a, n) : arena_printf(a, "≥ %.*s", STR_ARG(number(a, n))),
             (str){NULL, 0});
    return true;
}

static void put_counts(struct cli *cli, const struct reach *r) {
    struct arena *a = cli->arena;
    FILE *out = cli->out;
    str none = {NULL, 0};
    line(cli, _("releases"), number(a, r->n_releases), none);
    line(cli, _("products"), number(a, r->products.n), none);
    line(cli, _("deployments"), number(a, r->deployments.n),
         r->deployments.n
             ? arena_printf(a, _("customers %u · operators %u · hosts %u"), r->customers.n, r->operators.n, r->hosts.n)
             : none);
    line(cli, _("services"), number(a, r->services.n),
         r->services.n ? arena_printf(a, _("through others %u · fall %u · have an alternative %u"), r->n_indirect,
                                      r->n_falling, r->services.n - r->n_falling)
                       : none);
    if (!r->services.n)
        return;
    line(cli, _("sectors"), number(a, r->sectors.n), places_text(a, &r->sectors, true));
    line(cli, _("regions"), number(a, r->regions.n), places_text(a, &r->regions, false));
    line(cli, _("population"), grouped(a, r->population), none);
    line(cli, _("people-hours"), grouped(a, r->within + r->beyond),
         arena_printf(a, _("people without service %.*s · within MTPD %.*s · beyond %.*s"),
                      STR_ARG(grouped(a, r->people)), STR_ARG(grouped(a, r->within)), STR_ARG(grouped(a, r->beyond))));
    if (r->untold)
        fprintf(out,
                msg_n("%u service that falls does not state its population, or neither MTPD nor restore time\n",
                      "%u services that fall do not state their population, or neither MTPD nor restore time\n",
                      r->untold),
                r->untold);
}

static bool put_flaw(struct impact *x, const struct reach *r, struct err *e) {
    struct flaw_row f;
    if (r->q->flaw < 0)
        return true;
    if (!hits_flaw_row(x->p, x->cli->arena, r->q->flaw, &f, e))
        return false;
    FILE *out = x->cli->out;
    if (f.score >= 0)
        fprintf(out, "CVSS %d.%d", f.score / 10, f.score % 10);
    if (f.epss >= 0)
        fprintf(out, "%sEPSS %d.%02d %%", f.score >= 0 ? " · " : "", f.epss / 100, f.epss % 100);
    if (f.kev)
        fprintf(out, "%s%s", f.score >= 0 || f.epss >= 0 ? " · " : "", _("known to be exploited (KEV)"));
    if (f.score >= 0 || f.epss >= 0 || f.kev)
        fputc('\n', out);
    if (f.summary.n)
        fprintf(out, "%.*s\n", STR_ARG(f.summary));
    return true;
}

static bool put_components(struct impact *x, struct reach *r, struct err *e) {
    enum { MOST = 8 };
    struct reached_components found;
    struct arena *a = x->cli->arena;
    if (!r->q->components.n)
        return true;
    if (!reach_components(r, &found, e))
        return false;
    fprintf(x->cli->out,
            msg_n("%u version of a component in releases", "%u versions of components in releases", found.n), found.n);
    for (uint32_t i = 0; i < found.n && i < MOST; i++) {
        struct component_row row;
        if (!contents_component_row(x->p->contents, a, found.v[i].id, &row, e))
            return false;
        fprintf(x->cli->out, "%s%.*s (%llu)", i ? ", " : ": ",
                STR_ARG(r->q->package.p && row.version.p ? row.version : row.purl),
                (unsigned long long)found.v[i].releases);
    }
    fprintf(x->cli->out, "%s\n", found.n > MOST ? ", …" : "");
    return true;
}

struct tabling {
    struct cli *cli;
    struct table *t;
    const struct reach_column *columns;
    uint32_t disagree; /* releases whose documents do */
};

static void count_row(struct tabling *x, const struct reach_cell *cells) {
    for (uint32_t i = 0; x->columns[i].key; i++)
        if (strcmp(x->columns[i].key, "disagrees") == 0 && cells[i].given && cells[i].number)
            x->disagree++;
}

static bool table_put(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)e;
    struct tabling *x = arg;
    count_row(x, cells);
    impact_table_row(x->cli, x->t, x->columns, cells);
    return true;
}

/* Releases, each with the ways to the component below it. */
static bool path_put(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)e;
    struct tabling *x = arg;
    const struct reach_cell *name = cells[1].given ? &cells[1] : &cells[0], *paths = &cells[10];
    count_row(x, cells);
    fprintf(x->cli->out, "%.*s %.*s\n", STR_ARG(name->text), STR_ARG(cells[2].text));
    for (uint32_t i = 0; i < paths->n; i++)
        fprintf(x->cli->out, "  %.*s\n", STR_ARG(paths->list[i]));
    if (!paths->n)
        fprintf(x->cli->out, "  %s\n", _("(the SBOM does not say how, or is not here)"));
    return true;
}

static bool put_page(struct impact *x, struct reach *r, const struct reach_page *page, struct err *e) {
    struct column columns[REACH_COLUMNS];
    struct tabling t = {.cli = x->cli, .columns = reach_columns(page->list)};
    if (!reach_rows_count(r, page->list))
        return true;
    fputc('\n', x->cli->out);
    bool ways = page->paths && page->list == REACH_RELEASES;
    t.t = ways ? NULL : table_new(x->cli->arena, columns, impact_columns(t.columns, columns));
    if (!reach_rows(r, page, ways ? path_put : table_put, &t, e))
        return false;
    if (t.t)
        table_print(t.t, x->cli);
    if (t.disagree)
        fprintf(
            x->cli->out,
            msg_n("\n%u of these releases has documents that list different components (\"disagrees\" in --json)\n",
                  "\n%u of these releases have documents that list different components (\"disagrees\" in --json)\n",
                  t.disagree),
            t.disagree);
    return true;
}

bool impact_show(struct impact *x, struct reach *r, const struct reach_page *page, str question, struct err *e) {
    FILE *out = x->cli->out;
    fprintf(out, "%.*s\n", STR_ARG(r->q->name));
    if (!put_flaw(x, r, e) || !put_components(x, r, e))
        return false;
    if (!page->from) {
        if (!put_findings(x, r, e))
            return false;
        put_counts(x->cli, r);
    }
    if (!put_page(x, r, page, e))
        return false;
    str next = reach_next(r, page, question);
    if (next.p)
        fprintf(out, _("\n%llu–%llu of %llu; the next ones: --page %.*s\n"), (unsigned long long)page->from + 1,
                (unsigned long long)page->from + page->n, (unsigned long long)reach_rows_count(r, page->list),
                STR_ARG(next));
    return true;
}
