/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/help.h"

#include "cli/options.h"

/* Wraps at spaces; a text without spaces (Japanese) breaks between any two wide characters. */
static void wrapped(FILE *out, const char *text, unsigned indent, unsigned width) {
    str rest = str_of(text);
    unsigned at = indent;
    bool start = true;
    while (rest.n) {
        size_t n = 0;
        bool newline = rest.p[0] == '\n';
        if (newline) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
            start = true;
            rest = str_from(rest, 1);
            continue;
        }
        /* A word: up to a space or, between wide characters, one character. */
        do {
            n++;
            while (n < rest.n && ((unsigned char)rest.p[n] & 0xC0) == 0x80)
                n++;
        } while (n < rest.n && (unsigned char)rest.p[0] < 0xE3 && rest.p[n] != ' ' && rest.p[n] != '\n' &&
                 (unsigned char)rest.p[n] < 0xE3);
        str word = str_upto(rest, n);
        unsigned w = text_width(word);
        if (!start && at + w > width) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
            start = true;
        }
        if (start && word.p[0] == ' ') {
            word = str_from(word, 1);
            w--;
        }
        if (word.n) {
            fprintf(out, "%.*s", STR_ARG(word));
            at += w;
            start = false;
        }
        rest = str_from(rest, n);
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

static bool group_of(const struct command *c, str group) {
    str name = str_of(c->name);
    return str_starts(name, group) && (name.n == group.n || name.p[group.n] == ' ');
}

bool help_has_group(str group) {
    for (const struct command *const *c = commands; *c; c++)
        if (group_of(*c, group))
            return true;
    return false;
}

static int show_list(struct cli *cli, str group) {
    if (!group.n)
        fprintf(cli->out, "akashi %s — %s\n", AKASHI_VERSION,
                _("prove what software is made of, check it, learn what a vulnerability reaches"));
    head(cli, _("Commands"));
    for (const struct command *const *c = commands; *c; c++) {
        if (group.n && !group_of(*c, group))
            continue;
        fprintf(cli->out, "  %-18s", (*c)->name);
        wrapped(cli->out, _((*c)->summary), 20, help_width(cli));
    }
    fprintf(cli->out, "\n%s\n", _("'akashi help COMMAND' shows options and examples."));
    return 0;
}

bool help_unknown(struct cli *cli, const str *words, uint32_t n, struct err *e) {
    uint32_t known = 0; /* words that begin commands; the one behind them is what nobody knows */
    while (known < n && help_has_group(words_joined(cli->arena, words, known + 1)))
        known++;
    str tried = words_joined(cli->arena, words, known < n ? known + 1 : n);
    VEC(const char *) names = {0};
    for (const struct command *const *c = commands; *c; c++)
        *vec_push(cli->arena, &names) = (*c)->name;
    const char *near = nearest_word(tried, names.v, names.n);
    err_set(e, ERR_USAGE, S(""), _("there is no command '%.*s'"), STR_ARG(tried));
    return near ? err_hint(e, _("did you mean 'akashi %s'?"), near) : err_hint(e, "%s", _("'akashi help' lists them"));
}

static int run_help(struct cli *cli) {
    struct err e = {0};
    if (cli->n_args == 0)
        return show_list(cli, S(""));
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
    .examples = (const struct example[]){{"akashi help scan", N_("everything about scan")}, {0}},
    .max_args = 3,
    .run = run_help,
};
