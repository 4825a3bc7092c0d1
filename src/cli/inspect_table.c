/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/inspect_table.h"

#include <stdlib.h>

#include "cli/data_words.h"
#include "inspect/policy.h"

/* Columns of programs: the checks that stand behind each, whatever the format. The worst of those that apply is shown.
 */
static const struct cell_checks {
    const char *ids[5];
} shown[] = {
    {{"pie", "aslr"}},           {{"relro"}},
    {{"stack-protector", "gs"}}, {{"fortify"}},
    {{"nx", "dep", "stack-nx"}}, {{"ibt", "shstk", "bti", "pac", "cfg"}},
};
enum { SHOWN = sizeof shown / sizeof *shown };

static bool is_program(const struct inspection *i) {
    return strcmp(i->kind, "elf") == 0 || strcmp(i->kind, "pe") == 0 || strcmp(i->kind, "macho") == 0;
}

/* Failed first, then by how bad. */
static int badness(const struct check *c) { return (c->failed ? 8 : 0) + (int)c->state; }

static const struct check *worst_of(const struct inspection *i, const struct cell_checks *checks) {
    const struct check *worst = NULL;
    for (size_t k = 0; k < 5 && checks->ids[k]; k++) {
        const struct check *c = check_find(i, checks->ids[k]);
        if (c && c->state != CHECK_NONE && (!worst || badness(c) > badness(worst)))
            worst = c;
    }
    return worst;
}

static void state_cell(struct table *t, const struct check *c) {
    static const char *const words[] = {"?", "-", "yes", "part", "no"};
    if (!c) {
        table_cell(t, S("-"), CELL_DIM);
        return;
    }
    enum cell_style style = c->failed && c->weight == WEIGHT_HIGH ? CELL_RED
                            : c->failed                           ? CELL_YELLOW
                            : c->state == CHECK_GOOD              ? CELL_GREEN
                                                                  : CELL_DIM;
    table_cell(t, data_word(WORD_PRESENCE, str_of(words[c->state])), style);
}

static bool in_columns(const char *id) {
    for (size_t i = 0; i < SHOWN; i++)
        for (size_t k = 0; k < 5 && shown[i].ids[k]; k++)
            if (strcmp(shown[i].ids[k], id) == 0)
                return true;
    return false;
}

/* What else failed, and what is worth knowing. */
static str others(struct arena *a, const struct inspection *i) {
    struct buf b = {0};
    for (uint32_t k = 0; k < i->checks.n; k++) {
        const struct check *c = &i->checks.v[k];
        bool worth = c->state == CHECK_PARTIAL &&
                     (strcmp(c->spec->id, "privileges") == 0 || strcmp(c->spec->id, "rpath") == 0);
        if (in_columns(c->spec->id) || (!c->failed && !worth))
            continue;
        buf_addz(&b, b.n ? "; " : "");
        if (c->failed)
            buf_addf(&b, "%s%s", c->spec->id, c->detail.n ? ": " : "");
        buf_add(&b, c->detail);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static int problems_first(const void *x, const void *y) {
    const struct inspection *a = *(const struct inspection *const *)x, *b = *(const struct inspection *const *)y;
    int by_weight = (b->failed ? (int)b->worst + 1 : 0) - (a->failed ? (int)a->worst + 1 : 0);
    if (by_weight)
        return by_weight;
    if (a->failed != b->failed)
        return a->failed > b->failed ? -1 : 1;
    return str_cmp(a->path, b->path);
}

static const struct inspection **sorted(struct arena *a, const struct inspect_report *r) {
    const struct inspection **list = arena_array(a, const struct inspection *, r->files.n + 1);
    for (uint32_t i = 0; i < r->files.n; i++)
        list[i] = &r->files.v[i];
    qsort(list, r->files.n, sizeof *list, problems_first);
    return list;
}

static uint32_t print_programs(struct cli *cli, const struct inspection *const *files, uint32_t n, bool all) {
    static const struct column columns[] = {
        {.head = N_("FILE"), .shrink = true, .tail = true},
        {.head = N_("TYPE"), .shrink = true, .spare = true},
        {.head = "PIE"},
        {.head = "RELRO"},
        {.head = N_("CANARY")},
        {.head = "FORTIFY"},
        {.head = "NX"},
        {.head = "CFI"},
        {.head = N_("OTHERWISE"), .wrap = true},
    };
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    uint32_t rows = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct inspection *f = files[i];
        if (!is_program(f) || (!all && !f->failed))
            continue;
        rows++;
        table_row(t);
        table_cell(t, f->path, f->failed ? CELL_BOLD : CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%s%s%.*s", f->type, f->language.n ? ", " : "", STR_ARG(f->language)),
                   CELL_DIM);
        for (size_t k = 0; k < SHOWN; k++)
            state_cell(t, worst_of(f, &shown[k]));
        table_cell(t, others(cli->arena, f), CELL_PLAIN);
    }
    if (rows)
        table_print(t, cli);
    return rows;
}

static void config_row(struct cli *cli, struct table *t, const struct inspection *f, const struct check *c) {
    static const enum cell_style styles[] = {CELL_PLAIN, CELL_YELLOW, CELL_RED};
    str place = c->line ? arena_printf(cli->arena, "%.*s:%u", STR_ARG(f->path), c->line) : f->path;
    table_row(t);
    table_cell(t, place, CELL_BOLD);
    table_cell(t, str_of(f->kind), CELL_DIM);
    table_cell(t,
               c->failed ? data_word(WORD_WEIGHT, str_of(weight_name(c->weight)))
                         : data_word(WORD_PRESENCE, str_of(check_state_name(c->state))),
               c->failed ? styles[c->weight] : CELL_GREEN);
    table_cell(t,
               c->detail.n ? arena_printf(cli->arena, "%s (%.*s)", _(c->spec->title), STR_ARG(c->detail))
                           : str_of(_(c->spec->title)),
               CELL_PLAIN);
    table_cell(t, str_of(c->failed && c->spec->fix ? _(c->spec->fix) : ""), CELL_PLAIN);
}

static uint32_t print_configuration(struct cli *cli, const struct inspection *const *files, uint32_t n, bool all,
                                    bool blank) {
    static const struct column columns[] = {
        {.head = N_("PLACE"), .shrink = true, .tail = true},
        {.head = N_("KIND"), .spare = true},
        {.head = N_("WEIGHT")},
        {.head = N_("WHAT"), .wrap = true},
        {.head = N_("TO DO"), .wrap = true},
    };
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    uint32_t rows = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; !is_program(files[i]) && k < files[i]->checks.n; k++) {
            const struct check *c = &files[i]->checks.v[k];
            if (!c->failed && (!all || c->state == CHECK_NONE))
                continue;
            config_row(cli, t, files[i], c);
            rows++;
        }
    if (rows && blank)
        fputc('\n', cli->out);
    if (rows)
        table_print(t, cli);
    return rows;
}

/* ── what to do, by how many files it mends ── */

struct remedy {
    const struct check_spec *spec;
    enum weight weight;
    uint32_t files;
};

static int most_urgent(const void *x, const void *y) {
    const struct remedy *a = x, *b = y;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->files != b->files ? (a->files > b->files ? -1 : 1) : strcmp(a->spec->id, b->spec->id);
}

static void print_remedies(struct cli *cli, const struct inspect_report *r) {
    VEC(struct remedy) list = {0};
    for (uint32_t i = 0; i < r->files.n; i++)
        for (uint32_t k = 0; is_program(&r->files.v[i]) && k < r->files.v[i].checks.n; k++) {
            const struct check *c = &r->files.v[i].checks.v[k];
            uint32_t at = 0;
            if (!c->failed)
                continue;
            while (at < list.n && (list.v[at].spec != c->spec || list.v[at].weight != c->weight))
                at++;
            if (at == list.n)
                *vec_push(cli->arena, &list) = (struct remedy){c->spec, c->weight, 0};
            list.v[at].files++;
        }
    if (!list.n)
        return;
    qsort(list.v, list.n, sizeof *list.v, most_urgent);
    static const struct column columns[] = {{.head = N_("WEIGHT")},
                                            {.head = N_("FILES"), .right = true},
                                            {.head = N_("WANTED"), .wrap = true},
                                            {.head = N_("TO DO"), .wrap = true}};
    static const enum cell_style styles[] = {CELL_PLAIN, CELL_YELLOW, CELL_RED};
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < list.n; i++) {
        const struct remedy *m = &list.v[i];
        table_row(t);
        table_cell(t, data_word(WORD_WEIGHT, str_of(weight_name(m->weight))), styles[m->weight]);
        table_cell(t, arena_printf(cli->arena, "%u", m->files), CELL_PLAIN);
        table_cell(t, str_of(_(m->spec->title)), CELL_PLAIN);
        table_cell(t, str_of(_(m->spec->fix)), CELL_PLAIN);
    }
    fputc('\n', cli->out);
    table_print(t, cli);
}

static void print_sum(struct cli *cli, const struct inspect_report *r, bool blank) {
    if (blank)
        fputc('\n', cli->out);
    fprintf(cli->out, _("inspected: %u · against the policy %.*s: %u · could not be read: %u\n"), r->files.n,
            STR_ARG(r->policy->name), r->failing, r->malformed);
}

void inspect_table_print(struct cli *cli, const struct inspect_report *r, bool all) {
    const struct inspection **files = sorted(cli->arena, r);
    uint32_t rows = print_programs(cli, files, r->files.n, all);
    rows += print_configuration(cli, files, r->files.n, all, rows > 0);
    print_remedies(cli, r);
    print_sum(cli, r, rows > 0);
}
