/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include "cli/help.h"

const struct option_spec common_options[] = {
    {.name = "json", .kind = OPT_FLAG, .help = N_("answer in JSON")},
    {.name = "output",
     .letter = 'o',
     .kind = OPT_TEXT,
     .value = "FILE",
     .help = N_("write to FILE instead of standard output; the file appears whole or not at all")},
    {.name = "quiet", .letter = 'q', .kind = OPT_FLAG, .help = N_("no progress and no warnings on standard error")},
    {.name = "home",
     .kind = OPT_TEXT,
     .value = "DIR",
     .help = N_("home directory (default: AKASHI_HOME, else ~/.local/share/akashi)")},
    {.name = "lang", .kind = OPT_TEXT, .value = "LANG", .help = N_("language of messages"), .choices = "ja|en"},
    {.name = "help", .letter = 'h', .kind = OPT_FLAG, .help = N_("show this help")},
    {0},
};

struct value {
    const struct option_spec *spec;
    str text;
};
struct cli_values {
    VEC(struct value) list;
};

str words_joined(struct arena *a, const str *words, uint32_t n) {
    str s = n ? words[0] : S("");
    for (uint32_t i = 1; i < n; i++)
        s = arena_printf(a, "%.*s %.*s", STR_ARG(s), STR_ARG(words[i]));
    return s;
}

const struct command *command_of(struct arena *a, const str *words, uint32_t n, uint32_t *used) {
    const struct command *c = NULL;
    for (*used = n < COMMAND_WORDS ? n : COMMAND_WORDS; *used > 0; --*used)
        if ((c = command_find(words_joined(a, words, *used))) != NULL)
            break;
    return c;
}

const struct command *command_find(str name) {
    for (const struct command *const *c = commands; *c; c++)
        if (str_is(name, (*c)->name))
            return *c;
    return NULL;
}

static const struct option_spec *spec_in(const struct option_spec *list, str name, char letter) {
    for (; list && list->name; list++)
        if (letter ? list->letter == letter : str_is(name, list->name))
            return list;
    return NULL;
}

static const struct option_spec *spec_find(const struct cli *cli, str name, char letter) {
    const struct option_spec *s = cli->command ? spec_in(cli->command->options, name, letter) : NULL;
    return s ? s : spec_in(common_options, name, letter);
}

/* Levenshtein distance, words of at most 31 letters. */
static unsigned distance(str a, str b) {
    unsigned row[32];
    if (a.n > 31 || b.n > 31)
        return 99;
    for (unsigned j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned here = diagonal + (a.p[i - 1] != b.p[j - 1]);
            diagonal = row[j];
            unsigned gap = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = here < gap ? here : gap;
        }
    }
    return row[b.n];
}

const char *nearest_word(str word, const char *const *known, uint32_t n) {
    const char *best = NULL;
    unsigned least = word.n < 4 ? 2 : 3;
    for (uint32_t i = 0; i < n; i++) {
        unsigned d = distance(word, str_of(known[i]));
        if (d < least) {
            least = d;
            best = known[i];
        }
    }
    return best;
}

static bool unknown_option(struct cli *cli, str word, struct err *e) {
    VEC(const char *) names = {0};
    for (const struct option_spec *s = cli->command->options; s && s->name; s++)
        *vec_push(cli->arena, &names) = s->name;
    for (const struct option_spec *s = common_options; s->name; s++)
        *vec_push(cli->arena, &names) = s->name;
    while (word.n && word.p[0] == '-')
        word = str_from(word, 1);
    const char *near = nearest_word(word, names.v, names.n);
    err_set(e, ERR_USAGE, S(""), _("'%s' has no option '--%.*s'"), cli->command->name, STR_ARG(word));
    if (near)
        return err_hint(e, _("did you mean --%s?"), near);
    return err_hint(e, _("'akashi help %s' shows the options"), cli->command->name);
}

static bool has_choice(const char *choices, str value) {
    str rest = str_of(choices), one;
    while (str_next(&rest, '|', &one))
        if (str_eq(one, value))
            return true;
    return false;
}

static bool keep(struct cli *cli, const struct option_spec *spec, str text, struct err *e) {
    int64_t number;
    if (spec->choices && !has_choice(spec->choices, text)) {
        err_set(e, ERR_USAGE, S(""), _("--%s cannot be '%.*s'"), spec->name, STR_ARG(text));
        return err_hint(e, _("one of: %s"), spec->choices);
    }
    if (spec->kind == OPT_NUMBER && !str_i64(text, &number))
        return err_set(e, ERR_USAGE, S(""), _("--%s needs a whole number, not '%.*s'"), spec->name, STR_ARG(text));
    *vec_push(cli->arena, &cli->values->list) = (struct value){spec, text};
    return true;
}

/* One word that begins with '-'; takes the next word when the option needs a value. */
static bool take_option(struct cli *cli, char **argv, int argc, int *i, struct err *e) {
    str word = str_of(argv[*i]), name = word, value = {NULL, 0};
    const struct option_spec *spec;
    if (str_starts(word, S("--"))) {
        str_cut(str_from(word, 2), '=', &name, &value);
        spec = spec_find(cli, name, 0);
    } else {
        spec = spec_find(cli, word, word.p[1]);
        if (word.n > 2)
            value = str_from(word, word.p[2] == '=' ? 3 : 2);
    }
    if (!spec)
        return unknown_option(cli, str_starts(word, S("--")) ? name : word, e);
    if (spec->kind == OPT_FLAG) {
        if (value.p)
            return err_set(e, ERR_USAGE, S(""), _("--%s takes no value"), spec->name);
        return keep(cli, spec, S("1"), e);
    }
    if (!value.p) {
        if (*i + 1 >= argc)
            return err_set(e, ERR_USAGE, S(""), _("--%s needs a value (%s)"), spec->name, spec->value);
        value = str_of(argv[++*i]);
    }
    return keep(cli, spec, value, e);
}

/* The command is the first one to three words; options may stand before them only when they are common ones. */
static bool take_command(struct cli *cli, int argc, char **argv, int *i, struct err *e) {
    cli->command = &help_command;
    while (*i < argc && argv[*i][0] == '-' && argv[*i][1]) {
        if (str_is(str_of(argv[*i]), "--version"))
            argv[*i] = (char *)(uintptr_t) "version";
        else if (!take_option(cli, argv, argc, i, e))
            return false;
        else
            ++*i;
    }
    if (*i >= argc)
        return true;
    str words[COMMAND_WORDS];
    uint32_t n = 0, used;
    while (n < COMMAND_WORDS && *i + (int)n < argc && (n == 0 || argv[*i + (int)n][0] != '-')) {
        words[n] = str_of(argv[*i + (int)n]);
        n++;
    }
    const struct command *found = command_of(cli->arena, words, n, &used);
    if (found) {
        cli->command = found;
        *i += (int)used;
        return true;
    }
    if (help_has_group(words_joined(cli->arena, words, n)))
        return true; /* "akashi sbom": help of the group */
    return help_unknown(cli, words, n, e);
}

static bool check_count(struct cli *cli, struct err *e) {
    const struct command *c = cli->command;
    if ((int)cli->n_args < c->min_args)
        err_set(e, ERR_USAGE, S(""), _("'%s' needs %s"), c->name, c->args);
    else if (c->max_args >= 0 && (int)cli->n_args > c->max_args)
        err_set(e, ERR_USAGE, S(""), _("'%s' does not know what to do with '%.*s'"), c->name,
                STR_ARG(cli->args[c->max_args]));
    else
        return true;
    return err_hint(e, _("'akashi help %s' shows how it is called"), c->name);
}

bool cli_parse(struct cli *cli, int argc, char **argv, struct err *e) {
    VEC(str) args = {0};
    int i = 1;
    cli->values = arena_new_of(cli->arena, struct cli_values);
    if (!take_command(cli, argc, argv, &i, e))
        return false;
    for (bool options = true; i < argc; i++) {
        if (options && str_is(str_of(argv[i]), "--"))
            options = false;
        else if (options && argv[i][0] == '-' && argv[i][1]) {
            if (!take_option(cli, argv, argc, &i, e))
                return false;
        } else
            *vec_push(cli->arena, &args) = str_of(argv[i]);
    }
    cli->args = args.v;
    cli->n_args = args.n;
    if (cli_flag(cli, "help") && cli->command != &help_command) {
        str rest = str_of(cli->command->name), word;
        VEC(str) words = {0};
        while (str_next(&rest, ' ', &word))
            *vec_push(cli->arena, &words) = word;
        cli->args = words.v;
        cli->n_args = words.n;
        cli->command = &help_command;
    }
    return check_count(cli, e);
}

static const struct value *last(const struct cli *cli, const char *name) {
    for (uint32_t i = cli->values->list.n; i-- > 0;)
        if (str_is(str_of(cli->values->list.v[i].spec->name), name))
            return &cli->values->list.v[i];
    return NULL;
}

bool cli_flag(const struct cli *cli, const char *name) { return last(cli, name) != NULL; }
str cli_text(const struct cli *cli, const char *name) {
    const struct value *v = last(cli, name);
    return v ? v->text : (str){NULL, 0};
}
int64_t cli_number(const struct cli *cli, const char *name, int64_t otherwise) {
    int64_t n;
    return str_i64(cli_text(cli, name), &n) ? n : otherwise;
}
const str *cli_texts(const struct cli *cli, const char *name, uint32_t *n) {
    VEC(str) list = {0};
    for (uint32_t i = 0; i < cli->values->list.n; i++)
        if (str_is(str_of(cli->values->list.v[i].spec->name), name))
            *vec_push(cli->arena, &list) = cli->values->list.v[i].text;
    *n = list.n;
    return list.v;
}
