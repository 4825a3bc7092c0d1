/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plumb.h"
#include "ident/version.h"

/* Rows of one ecosystem usually come in a row. */
struct state {
    bool osv;
    char name[64];
    size_t n;
    const struct ecosystem *eco;
};

static const struct ecosystem *find(struct state *s, str name) {
    if (name.n > sizeof s->name)
        return NULL;
    if (!s->eco || !str_eq(name, str_n(s->name, s->n))) {
        s->eco = ecosystem_find(name);
        if (name.n)
            memcpy(s->name, name.p, name.n);
        s->n = name.n;
    }
    return s->eco;
}

static str sign(enum order o) {
    return o == ORDER_LESS ? S("<") : o == ORDER_EQUAL ? S("=") : o == ORDER_GREATER ? S(">") : S("error");
}

static void answer(void *state, struct arena *arena, str row, struct buf *out) {
    (void)arena;
    struct state *s = state;
    str name, a, b;
    bool complete = str_cut(row, '\t', &name, &a) && str_cut(a, '\t', &a, &b) && str_chr(b, '\t') == STR_NONE;
    const struct ecosystem *eco = complete ? find(s, name) : NULL;
    enum order o = !eco ? ORDER_ERROR : s->osv ? version_compare_osv(eco, a, b) : eco->compare(a, b);
    buf_add(out, sign(o));
}

static int run(struct cli *cli) {
    struct state s = {.osv = cli_flag(cli, "osv")};
    return plumb_rows(cli, answer, &s);
}

static const struct option_spec options[] = {
    {.name = "osv",
     .help = N_("order as OSV does: \"0\" before everything, strings that are no version in a fixed place")},
    {0}};
static const struct example examples[] = {
    {"printf 'npm\\t1.0.0-rc.1\\t1.0.0\\n' | akashi plumb vercmp", N_("prints <")}, {0}};

const struct command plumb_vercmp_command = {
    .name = "plumb vercmp",
    .args = "[FILE…]",
    .summary = N_("compare versions"),
    .text = N_("Each row is an ecosystem and two versions, separated by tabs; the answer is \"<\", \"=\", \">\", or "
               "\"error\" when a version is none there or the ecosystem is unknown. The ecosystem is given by its OSV "
               "name, purl type or VERS scheme, in any case. Reads standard input when no file is given."),
    .options = options,
    .examples = examples,
    .max_args = -1,
    .run = run,
};
