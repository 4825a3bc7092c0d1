/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cli/impact_scope.h"

struct bare {
    struct release_row row;
    str product;
    struct component_rows some;
};
struct answering {
    struct looking_at at;
    VEC(struct bare) rows;
    uint64_t components, unidentified; /* of all releases of the scope */
};

/* Of a release with several documents: what any of them lists. */
static bool count_all(struct answering *k, struct release_row *row, struct err *e) {
    struct contents *c = k->at.views.p->contents;
    struct arena *a = arena_new();
    struct component_ids ids;
    struct component_row one;
    bool several = false, ok = contents_of_release(c, a, row->id, k->at.scope.limit, &ids, &several, e);
    if (ok && several) {
        row->components = ids.n;
        row->unidentified = 0;
    }
    for (uint32_t i = 0; ok && several && i < ids.n; i++) {
        ok = contents_component_row(c, a, ids.v[i], &one, e);
        row->unidentified += ok && one.unidentified;
    }
    arena_free(a);
    return ok;
}

static bool collect(struct answering *k, struct err *e) {
    struct arena *a = k->at.cli->arena;
    roaring_uint32_iterator_t *it = roaring_create_iterator(k->at.scope.releases);
    bool ok = true;
    for (; ok && it->has_value; roaring_advance_uint32_iterator(it)) {
        struct arena_mark m = arena_mark(a);
        struct bare bare = {0};
        ok = contents_release(k->at.views.p->contents, a, it->current_value, &bare.row, e) &&
             (!bare.row.disagrees || count_all(k, &bare.row, e));
        k->components += bare.row.components;
        k->unidentified += bare.row.unidentified;
        if (bare.row.unidentified)
            *vec_push(a, &k->rows) = bare;
        else
            arena_reset(a, m);
    }
    roaring_free_uint32_iterator(it);
    return ok;
}

/* What lacks the greatest part of its components stands first among equals in number. */
static int worst_first(const void *p, const void *q) {
    const struct release_row *x = &((const struct bare *)p)->row, *y = &((const struct bare *)q)->row;
    if (x->unidentified != y->unidentified)
        return x->unidentified > y->unidentified ? -1 : 1;
    if (x->components != y->components)
        return x->components < y->components ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

enum { SOME = 3 };
static bool name(struct answering *k, struct bare *b, uint32_t most, struct err *e) {
    struct arena *a = k->at.cli->arena;
    struct component_ids ids = {0};
    if (!thing_id(k->at.views.p, a, THING_PRODUCT, b->row.product, &b->product, e) ||
        !contents_of_release(k->at.views.p->contents, a, b->row.id, k->at.scope.limit, &ids, NULL, e))
        return false;
    for (uint32_t i = 0; i < ids.n && b->some.n < most; i++) {
        struct component_row row;
        if (!contents_component_row(k->at.views.p->contents, a, ids.v[i], &row, e))
            return false;
        if (row.unidentified)
            *vec_push(a, &b->some) = row;
    }
    return true;
}

static str plain_name(const struct component_row *row) {
    return str_starts(row->purl, S("name:")) ? str_from(row->purl, 5) : row->purl;
}

static void show_text(struct answering *k, uint64_t from, uint64_t until) {
    static const struct column columns[] = {{.head = N_("product"), .shrink = true},
                                            {.head = N_("version"), .shrink = true},
                                            {.head = N_("unidentified"), .right = true},
                                            {.head = N_("components"), .right = true},
                                            {.head = N_("such as"), .wrap = true, .spare = true}};
    struct cli *cli = k->at.cli;
    struct table *t = table_new(cli->arena, columns, 5);
    fprintf(cli->out, _("known by their names alone: %llu of %llu components of %llu releases\n"),
            (unsigned long long)k->unidentified, (unsigned long long)k->components, (unsigned long long)k->at.releases);
    for (uint64_t i = from; i < until; i++) {
        const struct bare *x = &k->rows.v[i];
        str names = S("");
        for (uint32_t n = 0; n < x->some.n; n++)
            names = arena_printf(cli->arena, "%.*s%s%.*s", STR_ARG(names), n ? ", " : "",
                                 STR_ARG(plain_name(&x->some.v[n])));
        table_row(t);
        table_cell(t, x->product, CELL_BOLD);
        table_cell(t, x->row.version, CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%u", x->row.unidentified), CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%u", x->row.components), CELL_PLAIN);
        table_cell(t, names, CELL_PLAIN);
    }
    if (until > from) {
        fputc('\n', cli->out);
        table_print(t, cli);
    }
    look_more(&k->at, k->rows.n, until);
}

static void show_json(struct answering *k, uint64_t from, uint64_t until) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    look_json(&k->at, &w, k->rows.n);
    jw_kint(&w, "components", (int64_t)k->components);
    jw_kint(&w, "unidentified", (int64_t)k->unidentified);
    jw_karr(&w, "rows");
    for (uint64_t i = from; i < until; i++) {
        const struct bare *x = &k->rows.v[i];
        jw_obj(&w);
        jw_kstr(&w, "product", x->product);
        jw_kstr(&w, "version", x->row.version);
        jw_kint(&w, "components", x->row.components);
        jw_kint(&w, "unidentified", x->row.unidentified);
        jw_karr(&w, "names");
        for (uint32_t n = 0; n < x->some.n; n++)
            jw_str(&w, plain_name(&x->some.v[n]));
        jw_arr_end(&w);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(k->at.cli, &b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct answering k = {.at.cli = cli};
    uint64_t from = 0, until = 0;
    bool ok = look_open(&k.at, cli, &e) && collect(&k, &e);
    if (ok && k.rows.n)
        qsort(k.rows.v, k.rows.n, sizeof *k.rows.v, worst_first);
    if (ok)
        until = look_page(&k.at, k.rows.n, &from);
    for (uint64_t i = from; ok && i < until; i++)
        ok = name(&k, &k.rows.v[i], cli->json ? UINT32_MAX : SOME, &e);
    if (ok && cli->json)
        show_json(&k, from, until);
    else if (ok)
        show_text(&k, from, until);
    look_close(&k.at);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command impact_unidentified_command = {
    .name = "impact unidentified",
    .summary = N_("releases with components that nothing can be known of, the worst first"),
    .text = N_(
        "A component that has neither a package URL nor a CPE is known by its name alone: no advisory can be held "
        "against it for sure. Ask its supplier for an SBOM that identifies it."),
    .options = (const struct option_spec[]){OPTIONS_SCOPE, {0}},
    .examples = (const struct example[]){{"akashi impact unidentified", N_("where the blind spots are")},
                                         {"akashi impact unidentified --product thing@1.2 --json",
                                          N_("every such component of a release")},
                                         {0}},
    .run = run,
};
