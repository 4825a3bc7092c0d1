/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/impact.h"

#include "impact/hits.h"

static str next_page(struct impact *x, const struct reach *r, const struct reach_page *page, str question) {
    uint64_t shown = page->from + page->n;
    if (shown >= reach_rows_count(r, page->list))
        return (str){NULL, 0};
    const struct cursor c = {.size = r->pin.size, .time = r->pin.time, .offset = shown};
    return cursor_text(x->cli->arena, &c, question);
}

/* ── for people ── */

static str number(struct arena *a, uint64_t n) { return grouped(a, (double)n); }

static void line(FILE *out, const char *what, str n, str more) {
    unsigned width = text_width(str_of(what)), digits = text_width(n);
    fprintf(out, "%s%*s %*s%.*s%s%.*s\n", what, width < 14 ? (int)(14 - width) : 0, "",
            digits < 12 ? (int)(12 - digits) : 0, "", STR_ARG(n), more.n ? "  " : "", STR_ARG(more));
}

static str places_text(struct arena *a, const struct reached_places *p) {
    enum { MOST = 6 };
    struct buf b = {0};
    for (uint32_t i = 0; i < p->n && i < MOST; i++)
        buf_addf(&b, "%s%.*s %u", i ? ", " : "", STR_ARG(p->v[i].name), p->v[i].services);
    if (p->n > MOST)
        buf_addz(&b, ", …");
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* Of a release, a product or a party also how many flaws its components have. */
static bool count_findings(struct impact *x, struct reach *r, bool *asked, uint64_t *n, bool *exact, struct err *e) {
    const struct findings_wish wish = {.within = r->q};
    struct findings *f = NULL;
    *asked = r->q->party >= 0 || r->q->product >= 0;
    if (!*asked)
        return true;
    bool ok = findings_begin(x->p, x->cli->arena, r->reader, &r->when, &wish, &f, e) &&
              findings_count(f, FINDINGS_BUDGET, n, exact, e);
    findings_free(f);
    return ok;
}

static bool put_findings(struct impact *x, struct reach *r, struct err *e) {
    struct arena *a = x->cli->arena;
    bool asked, exact;
    uint64_t n;
    if (!count_findings(x, r, &asked, &n, &exact, e))
        return false;
    if (asked)
        line(x->cli->out, _("findings"), exact ? number(a, n) : arena_printf(a, "≥ %.*s", STR_ARG(number(a, n))),
             (str){NULL, 0});
    return true;
}

static void put_counts(struct cli *cli, const struct reach *r) {
    struct arena *a = cli->arena;
    FILE *out = cli->out;
    str none = {NULL, 0};
    line(out, _("releases"), number(a, r->n_releases), none);
    line(out, _("products"), number(a, r->products.n), none);
    line(out, _("deployments"), number(a, r->deployments.n),
         r->deployments.n
             ? arena_printf(a, _("customers %u · operators %u · hosts %u"), r->customers.n, r->operators.n, r->hosts.n)
             : none);
    line(out, _("services"), number(a, r->services.n),
         r->services.n ? arena_printf(a, _("through others %u · fall %u · have an alternative %u"), r->n_indirect,
                                      r->n_falling, r->services.n - r->n_falling)
                       : none);
    if (!r->services.n)
        return;
    line(out, _("sectors"), number(a, r->sectors.n), places_text(a, &r->sectors));
    line(out, _("regions"), number(a, r->regions.n), places_text(a, &r->regions));
    line(out, _("population"), grouped(a, r->population), none);
    line(out, _("people-hours"), grouped(a, r->within + r->beyond),
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
    bool paths;
};

static bool table_put(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)e;
    struct tabling *x = arg;
    impact_table_row(x->cli, x->t, x->columns, cells);
    return true;
}

/* Releases, each with the ways to the component below it. */
static bool path_put(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)e;
    struct tabling *x = arg;
    const struct reach_cell *name = cells[1].given ? &cells[1] : &cells[0], *paths = &cells[10];
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
    if (page->paths && page->list == REACH_RELEASES)
        return reach_rows(r, page, path_put, &t, e);
    uint32_t n = impact_columns(t.columns, columns);
    t.t = table_new(x->cli->arena, columns, n);
    if (!reach_rows(r, page, table_put, &t, e))
        return false;
    table_print(t.t, x->cli);
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
    str next = next_page(x, r, page, question);
    if (next.p)
        fprintf(out, _("\n%llu–%llu of %llu; the next ones: --page %.*s\n"), (unsigned long long)page->from + 1,
                (unsigned long long)page->from + page->n, (unsigned long long)reach_rows_count(r, page->list),
                STR_ARG(next));
    return true;
}

/* ── for machines ── */

static void json_places(struct jw *w, const char *key, const struct reached_places *p) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < p->n; i++) {
        jw_obj(w);
        jw_kstr(w, "name", p->v[i].name);
        jw_kint(w, "services", p->v[i].services);
        jw_kint(w, "people", (int64_t)p->v[i].people);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static bool json_counts(struct impact *x, struct jw *w, struct reach *r, struct err *e) {
    bool asked, exact;
    uint64_t n;
    if (!count_findings(x, r, &asked, &n, &exact, e))
        return false;
    jw_kobj(w, "counts");
    if (asked) {
        jw_kint(w, "findings", (int64_t)n);
        jw_kbool(w, "findings_is_exact", exact);
    }
    jw_kint(w, "releases", (int64_t)r->n_releases);
    jw_kint(w, "products", r->products.n);
    jw_kint(w, "deployments", r->deployments.n);
    jw_kint(w, "customers", r->customers.n);
    jw_kint(w, "operators", r->operators.n);
    jw_kint(w, "hosts", r->hosts.n);
    jw_kint(w, "services", r->services.n);
    jw_kint(w, "services_through_others", r->n_indirect);
    jw_kint(w, "services_that_fall", r->n_falling);
    jw_kint(w, "sectors", r->sectors.n);
    jw_kint(w, "regions", r->regions.n);
    jw_kint(w, "population", (int64_t)r->population);
    jw_kint(w, "people_without_service", (int64_t)r->people);
    jw_kint(w, "people_hours_within", (int64_t)r->within);
    jw_kint(w, "people_hours_beyond", (int64_t)r->beyond);
    jw_kint(w, "services_not_computed", r->untold);
    jw_obj_end(w);
    json_places(w, "sectors", &r->sectors);
    json_places(w, "regions", &r->regions);
    return true;
}

static bool json_components(struct impact *x, struct jw *w, struct reach *r, struct err *e) {
    enum { MOST = 1000 };
    struct reached_components found;
    struct component_row row;
    if (!reach_components(r, &found, e))
        return false;
    jw_karr(w, "components");
    for (uint32_t i = 0; i < found.n && i < MOST; i++) {
        if (!contents_component_row(x->p->contents, x->cli->arena, found.v[i].id, &row, e))
            return false;
        jw_obj(w);
        jw_kstr(w, "purl", row.purl);
        jw_kint(w, "documents", (int64_t)found.v[i].releases);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    return true;
}

struct writing {
    struct arena *a;
    struct jw *w;
    const struct reach_column *columns;
};
static bool json_put(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)e;
    struct writing *x = arg;
    impact_json_row(x->a, x->w, x->columns, cells);
    return true;
}

bool impact_show_json(struct impact *x, struct reach *r, const struct reach_page *page, str question, struct err *e) {
    struct arena *a = x->cli->arena;
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    struct writing put = {a, &w, reach_columns(page->list)};
    jw_obj(&w);
    jw_kstr(&w, "asked", r->q->asked);
    jw_kstr(&w, "kind", str_of(question_kind_name(r->q->kind)));
    jw_kstr(&w, "name", r->q->name);
    jw_kobj(&w, "as_of");
    jw_kint(&w, "entries", (int64_t)r->pin.size);
    jw_kstr(&w, "time", time_rfc3339(a, r->pin.time));
    jw_obj_end(&w);
    bool ok = json_counts(x, &w, r, e) && json_components(x, &w, r, e);
    jw_kstr(&w, "list", str_of(reach_list_name(page->list)));
    jw_kint(&w, "total", (int64_t)reach_rows_count(r, page->list));
    jw_karr(&w, "rows");
    ok = ok && reach_rows(r, page, json_put, &put, e);
    jw_arr_end(&w);
    jw_kstr(&w, "next", next_page(x, r, page, question));
    jw_obj_end(&w);
    if (ok)
        put_json(x->cli, &b);
    else
        buf_free(&b);
    return ok;
}
