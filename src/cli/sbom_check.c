/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/cli.h"
#include "sbom/profile.h"

struct check {
    struct cli *cli;
    str name;
    struct sbom *sbom;
    struct sbom_problems problems;
    uint32_t errors;
    VEC(struct profile_score) scores;
};

static str first_missing(struct check *k, const struct element_score *s) {
    enum { SHOWN = 3 };
    struct buf b = {0};
    uint32_t n = s->asked - s->filled;
    for (uint32_t i = 0; s->missing && i < n && i < SHOWN; i++)
        buf_addf(&b, "%s%.*s", i ? ", " : "",
                 STR_ARG(sbom_identity(k->cli->arena, &k->sbom->components.v[s->missing[i]])));
    if (s->missing && n > SHOWN)
        buf_addf(&b, " … +%u", n - SHOWN);
    str text = arena_str(k->cli->arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static void print_score(struct check *k, const struct profile_score *score) {
    static const struct column columns[] = {{.head = N_("FIELD"), .shrink = true},
                                            {.head = N_("FILLED"), .right = true},
                                            {.head = N_("MISSING IN"), .wrap = true},
                                            {.head = N_("HOW TO MEND"), .wrap = true}};
    struct cli *cli = k->cli;
    fprintf(cli->out, "\n%.*s: %.1f / 100\n", STR_ARG(score->profile->title), score->score);
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < score->profile->elements.n; i++) {
        const struct element_score *s = &score->elements[i];
        bool full = s->filled == s->asked && s->asked;
        table_row(t);
        table_cell(t, str_of(_(s->element->field->title)), CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%u/%u", s->filled, s->asked), full ? CELL_GREEN : CELL_YELLOW);
        table_cell(t, first_missing(k, s), CELL_DIM);
        table_cell(t, full ? S("") : str_of(_(s->element->field->fix)), CELL_PLAIN);
    }
    table_print(t, cli);
}

static void print_text(struct check *k) {
    FILE *out = k->cli->out;
    fprintf(out, "%.*s: %.*s: %s\n", STR_ARG(k->name), STR_ARG(sbom_form_name(k->cli->arena, k->sbom->form)),
            k->errors ? _("not valid") : _("valid"));
    for (uint32_t i = 0; i < k->problems.n; i++)
        fprintf(out, "  %s %.*s: %.*s\n", k->problems.v[i].error ? _("error") : _("advice"),
                STR_ARG(k->problems.v[i].where), STR_ARG(k->problems.v[i].what));
    for (uint32_t i = 0; i < k->scores.n; i++)
        print_score(k, &k->scores.v[i]);
}

static void json_score(struct check *k, struct jw *w, const struct profile_score *score) {
    jw_obj(w);
    jw_kstr(w, "profile", score->profile->id);
    jw_kstr(w, "title", score->profile->title);
    jw_key(w, S("score"));
    jw_num(w, (double)(int64_t)(score->score * 10 + 0.5) / 10);
    jw_karr(w, "fields");
    for (uint32_t i = 0; i < score->profile->elements.n; i++) {
        const struct element_score *s = &score->elements[i];
        jw_obj(w);
        jw_kstr(w, "field", str_of(s->element->field->name));
        jw_kint(w, "asked", s->asked);
        jw_kint(w, "filled", s->filled);
        jw_karr(w, "missing");
        for (uint32_t m = 0; s->missing && m < s->asked - s->filled; m++)
            jw_str(w, sbom_identity(k->cli->arena, &k->sbom->components.v[s->missing[m]]));
        jw_arr_end(w);
        if (s->filled < s->asked)
            jw_kstr(w, "fix", str_of(_(s->element->field->fix)));
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}

static void json_check(struct check *k, struct jw *w) {
    jw_obj(w);
    jw_kstr(w, "file", k->name);
    jw_kstr(w, "format", sbom_form_name(k->cli->arena, k->sbom->form));
    jw_kbool(w, "valid", !k->errors);
    jw_kint(w, "components", k->sbom->components.n);
    jw_karr(w, "problems");
    for (uint32_t i = 0; i < k->problems.n; i++) {
        jw_obj(w);
        jw_kstr(w, "level", k->problems.v[i].error ? S("error") : S("advice"));
        jw_kstr(w, "where", k->problems.v[i].where);
        jw_kstr(w, "what", k->problems.v[i].what);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "profiles");
    for (uint32_t i = 0; i < k->scores.n; i++)
        json_score(k, w, &k->scores.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}

static bool check_file(struct check *k, const struct profile *profiles, uint32_t n, struct err *e) {
    struct cli *cli = k->cli;
    str bytes;
    if (!file_read_plain(cli->ctx, cli->arena, k->name, &bytes, e) ||
        !sbom_read(cli->ctx, cli->arena, bytes, k->name, SBOM_VALIDATE, &k->sbom, &k->problems, e))
        return false;
    for (uint32_t i = 0; i < k->problems.n; i++)
        k->errors += k->problems.v[i].error;
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &k->scores) = profile_apply(&profiles[i], k->sbom, cli->arena);
    return true;
}

static bool read_profiles(struct cli *cli, struct profile **out, uint32_t *n, struct err *e) {
    const str *given = cli_texts(cli, "profile", n);
    static const str meti[] = {S_INIT("meti")};
    VEC(str) names = {0};
    if (*n == 1 && str_is(given[0], "all"))
        for (const char *const *p = profile_names(cli->arena); *p; p++)
            *vec_push(cli->arena, &names) = str_of(*p);
    else
        for (uint32_t i = 0; i < (*n ? *n : 1); i++)
            *vec_push(cli->arena, &names) = (*n ? given : meti)[i];
    *n = names.n;
    *out = arena_array(cli->arena, struct profile, names.n);
    for (uint32_t i = 0; i < names.n; i++)
        if (!profile_read(cli->ctx, cli->arena, names.v[i], &(*out)[i], e))
            return false;
    return true;
}

static int run_check(struct cli *cli) {
    struct err e = {0};
    struct profile *profiles;
    uint32_t n_profiles;
    if (!read_profiles(cli, &profiles, &n_profiles, &e))
        return cli_fail(cli, &e);
    struct buf json = {0};
    struct jw w = jw_to(&json, true);
    int code = 0;
    int64_t least = cli_number(cli, "min-score", 0);
    if (cli->json)
        jw_arr(&w);
    for (uint32_t i = 0; i < cli->n_args; i++) {
        struct check k = {.cli = cli, .name = cli->args[i]};
        e = (struct err){0};
        if (!check_file(&k, profiles, n_profiles, &e)) {
            int failed = cli_fail(cli, &e);
            code = failed > code ? failed : code;
            continue;
        }
        if (cli->json)
            json_check(&k, &w);
        else
            print_text(&k);
        bool low = false;
        for (uint32_t p = 0; p < k.scores.n; p++)
            low |= k.scores.v[p].score < (double)least;
        if (code == 0 && (k.errors || low))
            code = 1;
    }
    if (cli->json) {
        jw_arr_end(&w);
        buf_addc(&json, '\n');
        fwrite(json.p, 1, json.n, cli->out);
    }
    buf_free(&json);
    return code;
}

const struct command sbom_check_command = {
    .name = "sbom check",
    .args = "FILE…",
    .summary = N_("check an SBOM against its format's rules, and score it against quality profiles"),
    .text = N_("Exit 0 when every document is valid in its format (whatever its score, unless --min-score), 1 when "
               "one is not, 3 when one cannot be read as any known format. Each missing field is named with the "
               "components that lack it and with what to do."),
    .options =
        (const struct option_spec[]){
            {.name = "profile",
             .letter = 'p',
             .kind = OPT_TEXT,
             .value = "NAME",
             .many = true,
             .help = N_("meti, ntia, cisa2025, bsi, openchain-telco, all, or a profile file; may be repeated "
                        "(default: meti)")},
            {.name = "min-score",
             .kind = OPT_NUMBER,
             .value = "N",
             .help = N_("exit 1 when a score (0 to 100) is below N")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi sbom check app.cdx.json", N_("valid? and how good against the METI guide")},
            {"akashi sbom check -p ntia -p cisa2025 --min-score 80 app.spdx", N_("gate a delivery")},
            {0},
        },
    .min_args = 1,
    .max_args = -1,
    .run = run_check,
};
