/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/thing.h"

#include "cli/data_words.h"
#include "cli/impact_words.h"
#include "impact/duration.h"

enum { PAGE = 500, LIMIT = 100 };

/* Fields that a table has room for. */
static const char *const shown[4][7] = {
    [THING_PARTY] = {"name", "roles", "sector", "region"},
    [THING_PRODUCT] = {"name", "party", "support-until", "end-of-life"},
    [THING_DEPLOYMENT] = {"product", "version", "customer", "service", "exposure", "until"},
    [THING_SERVICE] = {"name", "party", "sector", "mtpd", "population", "needs"},
};

struct listing {
    struct cli *cli;
    enum thing_kind kind;
    str word;
    uint64_t limit, n;
    bool more;
    str last;
    struct saids rows;
};

static const struct field *field_of(enum thing_kind kind, const char *name, uint32_t *at) {
    const struct thing_shape *s = &thing_shapes[kind];
    for (*at = 0; *at < s->n; ++*at)
        if (strcmp(s->fields[*at].name, name) == 0)
            break;
    return &s->fields[*at];
}

/* The word is part of its id or of a text of it. */
static bool wanted(const struct listing *l, const struct said *s) {
    if (!l->word.n || str_find(s->form.id, l->word) != STR_NONE)
        return true;
    for (uint32_t i = 0; i < thing_shapes[l->kind].n; i++)
        if (str_find(s->form.v[i], l->word) != STR_NONE)
            return true;
    return false;
}

static bool collect(struct listing *l, struct cli_portfolio *h, const struct as_of *when, int64_t after,
                    struct err *e) {
    for (uint32_t n = PAGE; n == PAGE && !l->more;) {
        struct saids page = {0};
        if (!things_page(h->p, l->cli->arena, l->kind, when, after, PAGE, &page, e))
            return false;
        n = page.n;
        for (uint32_t i = 0; i < n && !l->more; i++) {
            after = page.v[i].number;
            if (!wanted(l, &page.v[i]))
                continue;
            l->more = l->limit && l->rows.n == l->limit;
            if (!l->more)
                *vec_push(l->cli->arena, &l->rows) = page.v[i];
        }
    }
    return true;
}

static void show_json(struct listing *l) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_karr(&w, thing_shapes[l->kind].kind);
    for (uint32_t i = 0; i < l->rows.n; i++) {
        jw_obj(&w);
        said_json(&w, l->cli->arena, &l->rows.v[i]);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    if (l->more)
        jw_kstr(&w, "next", l->rows.v[l->rows.n - 1].form.id);
    jw_obj_end(&w);
    put_json(l->cli, &b);
}

/* A value as people read it. */
static str value_text(struct arena *a, const struct field *f, str v) {
    int64_t n;
    uint64_t count;
    if (f->type == FIELD_ROLES)
        return data_words(a, WORD_ROLE, v);
    if (f->type == FIELD_DURATION && duration_parse(v, &n))
        return span_text(a, n);
    if (f->type == FIELD_COUNT && str_u64(v, &count))
        return grouped(a, (double)count);
    return strcmp(f->name, "exposure") == 0 ? data_word(WORD_EXPOSURE, v)
           : strcmp(f->name, "sector") == 0 ? data_word(WORD_SECTOR, v)
                                            : v;
}

static void show_row(struct listing *l, struct table *t, const struct said *s) {
    table_row(t);
    table_cell(t, s->form.id, s->mentioned ? CELL_DIM : CELL_BOLD);
    for (size_t i = 0; shown[l->kind][i]; i++) {
        uint32_t at;
        const struct field *f = field_of(l->kind, shown[l->kind][i], &at);
        str v = s->form.v[at];
        if (i == 0 && s->mentioned)
            table_cell(t, str_of(_("(only mentioned)")), CELL_DIM);
        else
            table_cell(t, v.p ? value_text(l->cli->arena, f, v) : S("-"), CELL_PLAIN);
    }
}

static void show_table(struct listing *l) {
    struct column columns[8] = {{.head = N_("id"), .shrink = true, .tail = true}};
    uint32_t n = 1, at;
    for (; shown[l->kind][n - 1]; n++) {
        const struct field *f = field_of(l->kind, shown[l->kind][n - 1], &at);
        columns[n] = (struct column){.head = thing_head(f),
                                     .shrink = f->type == FIELD_TEXT || f->type == FIELD_NEEDS ||
                                               f->type == FIELD_THING,
                                     .right = f->type == FIELD_COUNT};
    }
    struct table *t = table_new(l->cli->arena, columns, n);
    for (uint32_t i = 0; i < l->rows.n; i++)
        show_row(l, t, &l->rows.v[i]);
    table_print(t, l->cli);
    if (l->more)
        fprintf(l->cli->out, _("… there are more: --after %.*s, or --limit 0\n"),
                STR_ARG(l->rows.v[l->rows.n - 1].form.id));
}

int thing_run_list(struct cli *cli, enum thing_kind kind) {
    struct err e = {0};
    struct cli_portfolio h = {0};
    struct listing l = {.cli = cli, .kind = kind, .word = cli->n_args ? cli->args[0] : (str){NULL, 0}};
    int64_t after = -1, limit = cli_number(cli, "limit", LIMIT);
    str behind = cli_text(cli, "after");
    l.limit = limit > 0 ? (uint64_t)limit : 0;
    bool ok = cli_portfolio_open(cli, HOME_READ, &h, &e) &&
              (!behind.p || thing_must_find(&h, kind, behind, &after, &e)) && collect(&l, &h, &h.when, after, &e);
    thing_close(&h);
    if (!ok)
        return cli_fail(cli, &e);
    if (cli->json)
        show_json(&l);
    else if (l.rows.n)
        show_table(&l);
    else
        fprintf(cli->out, _("no %s\n"), _(thing_shapes[kind].titles));
    cli_warnings(cli);
    return 0;
}
