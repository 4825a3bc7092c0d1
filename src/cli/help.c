/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/help.h"

#include "base/line.h"
#include "cli/options.h"

static void wrapped(FILE *out, const char *text, unsigned indent, unsigned width) {
    str rest = str_of(text);
    width = width > indent + 20 ? width - indent : 20;
    for (const char *before = ""; rest.n; before = "\n") {
        size_t end = str_chr(rest, '\n');
        str paragraph = str_upto(rest, end == STR_NONE ? rest.n : end);
        rest = str_from(rest, end == STR_NONE ? rest.n : end + 1);
        do {
            size_t n = line_fit(paragraph, width);
            str line = str_trim(str_upto(paragraph, n));
            fprintf(out, "%s%*s%.*s", before, *before && line.n ? (int)indent : 0, "", STR_ARG(line));
            paragraph = str_from(paragraph, n);
            before = "\n";
        } while (paragraph.n);
    }
    fputc('\n', out);
}

static unsigned help_width(const struct cli *cli) { return cli->width && cli->width < 100 ? cli->width : 100; }

static void head(struct cli *cli, const char *text) {
    fprintf(cli->out, "\n%s%s%s\n", cli->colour ? "\033[1m" : "", text, cli->colour ? "\033[0m" : "");
}

static void show_option(struct cli *cli, const struct option_spec *o) {
    struct buf b = {0};
    if (o->letter)
        buf_addf(&b, "-%c, ", o->letter);
    buf_addf(&b, "--%s", o->name);
    if (o->value)
        buf_addf(&b, " %s", o->value);
    unsigned w = text_width(buf_str(&b));
    fprintf(cli->out, "  %.*s%*s", STR_ARG(buf_str(&b)), w < 24 ? (int)(24 - w) : 1, "");
    buf_clear(&b);
    buf_addz(&b, _(o->help));
    if (o->choices)
        buf_addf(&b, " (%s)", o->choices);
    buf_addc(&b, 0);
    wrapped(cli->out, b.p, 26, help_width(cli));
    buf_free(&b);
}

static void show_options(struct cli *cli, const char *title, const struct option_spec *list) {
    if (!list || !list->name)
        return;
    head(cli, title);
    for (; list->name; list++)
        show_option(cli, list);
}

static int show_command(struct cli *cli, const struct command *c) {
    fprintf(cli->out, "akashi %s %s\n\n  ", c->name, c->args ? c->args : "");
    wrapped(cli->out, _(c->summary), 2, help_width(cli));
    if (c->text) {
        fputs("\n  ", cli->out);
        wrapped(cli->out, _(c->text), 2, help_width(cli));
    }
    show_options(cli, _("Options"), c->options);
    show_options(cli, _("Options of every command"), common_options);
    if (c->examples && c->examples->command) {
        head(cli, _("Examples"));
        for (const struct example *x = c->examples; x->command; x++)
            fprintf(cli->out, "  $ %s\n      %s\n", x->command, _(x->says));
    }
    head(cli, _("Exit codes"));
    fprintf(cli->out, "  %s\n",
            _("0 fine · 1 the thing asked about is bad · 2 usage · 3 input unreadable · 4 environment"));
    return 0;
}

/* Every command is of the group without a name. */
static bool group_of(const struct command *c, str group) {
    str name = str_of(c->name);
    return !group.n || (str_starts(name, group) && (name.n == group.n || name.p[group.n] == ' '));
}

bool help_has_group(str group) {
    for (const struct command *const *c = commands; *c; c++)
        if (group_of(*c, group))
            return true;
    return false;
}

/* ── the commands of one subject ── */

static void show_row(struct cli *cli, const char *name, unsigned column, const char *text) {
    unsigned w = text_width(str_of(name));
    fprintf(cli->out, "  %s%*s", name, w + 2 < column ? (int)(column - w - 2) : 1, "");
    wrapped(cli->out, text, column, help_width(cli));
}

static int show_list(struct cli *cli, str group) {
    unsigned longest = 0, w;
    head(cli, _("Commands"));
    for (const struct command *const *c = commands; *c; c++)
        if (group_of(*c, group) && (w = text_width(str_of((*c)->name))) > longest)
            longest = w;
    for (const struct command *const *c = commands; *c; c++)
        if (group_of(*c, group))
            show_row(cli, (*c)->name, longest + 4, _((*c)->summary));
    fprintf(cli->out, "\n%s\n", _("'akashi help COMMAND' shows options and examples."));
    return 0;
}

/* ── all subjects on one page ── */

/* A family is what commands begin with; one that is a command alone is told by its summary. */
struct family {
    const char *word, *says;
};
struct subject {
    const char *title;
    struct family families[8];
};
static const struct subject subjects[] = {
    {N_("First steps"), {{"demo", NULL}, {"scan", NULL}, {"serve", NULL}, {"init", NULL}, {"doctor", NULL}}},
    {N_("What software is made of, and what is known to be wrong with it"),
     {{"sbom", N_("SBOMs of any format")}, {"db", N_("the advisories to match against")}, {"inspect", NULL}}},
    {N_("Prove it, check it"),
     {{"release", NULL},
      {"verify", NULL},
      {"sign", NULL},
      {"share", N_("what a customer gets to see, with proofs")},
      {"key", N_("keys of one's own and of others")},
      {"log", N_("the log of everything said, its proofs, witnesses and mirrors")},
      {"archive", N_("what was shipped, for as long as it must be kept")}}},
    {N_("Whom it reaches"),
     {{"impact", N_("who is hit, by what, through which path")},
      {"party", N_("who takes part: suppliers, operators, customers")},
      {"product", N_("what is sold, who answers for it, until when")},
      {"deploy", N_("where releases run")},
      {"service", N_("what people depend on, and how long it may be out")}}},
    {N_("Answer it"),
     {{"watch", NULL},
      {"case", N_("who does what about it until when")},
      {"vex", N_("verdicts, published in three formats")},
      {"notify", N_("who is told, and what was told")}}},
    {N_("Requirements, declarations, decisions"),
     {{"conform", N_("levels from evidence; declarations that can be checked and challenged")},
      {"decide", N_("what was offered to a customer, and what the customer decided")},
      {"contract", N_("who holds which practice under which contract")}}},
    {N_("The server and its users"),
     {{"user", N_("who may sign in")}, {"token", N_("programs that use the API")}, {"mcp", NULL}}},
    {N_("This program"),
     {{"store", N_("where the views lie: SQLite or PostgreSQL")},
      {"rebuild", NULL},
      {"plumb", N_("stable helpers for scripts, a row in, a row out")},
      {"completion", NULL},
      {"version", NULL},
      {"help", NULL}}},
};

/* "party": "add, list, show"; one word for what has more behind it ("catalogue …"). */
static void add_members(struct buf *b, const char *family) {
    str group = str_of(family), last = {NULL, 0};
    bool first = true;
    for (const struct command *const *c = commands; *c; c++) {
        str name = str_of((*c)->name), member;
        if (!group_of(*c, group) || name.n == group.n)
            continue;
        str rest = str_from(name, group.n + 1);
        bool more = str_next(&rest, ' ', &member) && rest.n;
        if (str_eq(member, last))
            continue;
        last = member;
        buf_addf(b, "%s%.*s%s", first ? "\n" : ", ", STR_ARG(member), more ? " …" : "");
        first = false;
    }
}

static void show_family(struct cli *cli, const struct family *f) {
    struct buf b = {0};
    const struct command *alone = command_find(str_of(f->word));
    buf_addz(&b, f->says ? _(f->says) : alone ? _(alone->summary) : "");
    add_members(&b, f->word);
    buf_addc(&b, 0);
    show_row(cli, f->word, 14, b.p);
    buf_free(&b);
}

static int show_subjects(struct cli *cli) {
    fprintf(cli->out, "akashi %s — %s\n", AKASHI_VERSION,
            _("prove what software is made of, check it, learn what a vulnerability reaches"));
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        head(cli, _(subjects[i].title));
        for (const struct family *f = subjects[i].families; f->word; f++)
            show_family(cli, f);
    }
    fprintf(cli->out, "\n%s\n",
            _("'akashi help COMMAND' shows options and examples, 'akashi help --all' every command."));
    return 0;
}

/* "deployments list" for "deploy list": a subject that is written longer or shorter than it is called here. */
static const char *like_subject(struct cli *cli, const str *words, uint32_t n) {
    enum { LETTERS = 4 };
    str word = words[0];
    if (str_ends(word, S("ies")))
        word = arena_printf(cli->arena, "%.*sy", (int)word.n - 3, word.p);
    for (const struct command *const *c = commands; *c; c++) {
        str subject, rest;
        str_cut(str_of((*c)->name), ' ', &subject, &rest);
        if (subject.n < LETTERS || word.n < LETTERS || (!str_starts(word, subject) && !str_starts(subject, word)))
            continue;
        str with = n > 1 ? arena_printf(cli->arena, "%.*s %.*s", STR_ARG(subject), STR_ARG(words[1])) : subject;
        return arena_cstr(cli->arena, help_has_group(with) ? with : subject);
    }
    return NULL;
}

/* "findings" for "impact findings", if only one is called so. */
static const char *with_subject(str word) {
    const char *found = NULL;
    for (const struct command *const *c = commands; *c; c++) {
        str subject, rest;
        if (!str_rcut(str_of((*c)->name), ' ', &subject, &rest) || !str_eq(rest, word))
            continue;
        if (found)
            return NULL;
        found = (*c)->name;
    }
    return found;
}

bool help_unknown(struct cli *cli, const str *words, uint32_t n, struct err *e) {
    uint32_t known = 0; /* words that begin commands; the one behind them is what nobody knows */
    while (known < n && help_has_group(words_joined(cli->arena, words, known + 1)))
        known++;
    str tried = words_joined(cli->arena, words, known < n ? known + 1 : n);
    VEC(const char *) names = {0};
    for (const struct command *const *c = commands; *c; c++)
        *vec_push(cli->arena, &names) = (*c)->name;
    const char *near = known || !n ? NULL : like_subject(cli, words, n);
    near = near ? near : nearest_word(tried, names.v, names.n);
    near = near || n != 1 ? near : with_subject(words[0]);
    err_set(e, ERR_USAGE, S(""), _("there is no command '%.*s'"), STR_ARG(tried));
    return near ? err_hint(e, _("did you mean 'akashi %s'?"), near) : err_hint(e, "%s", _("'akashi help' lists them"));
}

static int run_help(struct cli *cli) {
    struct err e = {0};
    if (cli->n_args == 0)
        return cli_flag(cli, "all") ? show_list(cli, S("")) : show_subjects(cli);
    str name = words_joined(cli->arena, cli->args, cli->n_args);
    const struct command *c = command_find(name);
    if (c)
        return show_command(cli, c);
    if (help_has_group(name))
        return show_list(cli, name);
    (void)help_unknown(cli, cli->args, cli->n_args, &e);
    return cli_fail(cli, &e);
}

const struct command help_command = {
    .name = "help",
    .args = "[COMMAND]",
    .summary = N_("list the commands, or show one with its options and examples"),
    .options = (const struct option_spec[]){{.name = "all", .help = N_("every command, a line each")}, {0}},
    .examples = (const struct example[]){{"akashi help scan", N_("everything about scan")}, {0}},
    .max_args = 3,
    .run = run_help,
};
