/* SPDX-License-Identifier: Apache-2.0
 *
 * Shell completion and man pages, written from the table of commands.
 */
#include "cli/options.h"

/* ── completion: each shell asks `akashi plumb complete WORDS…` and shows the lines it gets ── */

static void offer(struct cli *cli, str typed, const char *word, const char *help) {
    if (str_starts(str_of(word), typed))
        fprintf(cli->out, "%s\t%s\n", word, help);
}

/* The word that may follow those of the group, of each command that begins with them. */
static void offer_commands(struct cli *cli, str typed, str group) {
    struct map seen;
    map_init(&seen, cli->arena);
    for (const struct command *const *c = commands; *c; c++) {
        str name = str_of((*c)->name), word, more;
        bool fresh = true;
        if (group.n && !(str_starts(name, group) && name.n > group.n && name.p[group.n] == ' '))
            continue;
        bool longer = str_cut(group.n ? str_from(name, group.n + 1) : name, ' ', &word, &more);
        map_put(&seen, word, &fresh);
        if (fresh)
            offer(cli, typed, arena_cstr(cli->arena, word), longer ? "" : _((*c)->summary));
    }
}

static void offer_options(struct cli *cli, str typed, const struct option_spec *list) {
    for (; list && list->name; list++)
        offer(cli, typed, arena_printf(cli->arena, "--%s", list->name).p, _(list->help));
}

static void offer_choices(struct cli *cli, str typed, const struct option_spec *list, str option) {
    for (; list && list->name; list++) {
        if (!list->choices || !str_is(str_from(option, 2), list->name))
            continue;
        str rest = str_of(list->choices), one;
        while (str_next(&rest, '|', &one))
            offer(cli, typed, arena_cstr(cli->arena, one), "");
    }
}

/* args: the words behind "akashi", the last one being typed. */
static int run_complete(struct cli *cli) {
    uint32_t n = cli->n_args, used;
    str typed = n ? cli->args[n - 1] : S(""), before = n > 1 ? cli->args[n - 2] : S("");
    const struct command *command = command_of(cli->arena, cli->args, n ? n - 1 : 0, &used);
    if (!command) {
        offer_commands(cli, typed, words_joined(cli->arena, cli->args, n ? n - 1 : 0));
        return 0;
    }
    if (str_starts(before, S("--"))) {
        offer_choices(cli, typed, command->options, before);
        offer_choices(cli, typed, common_options, before);
    }
    if (str_starts(typed, S("-"))) {
        offer_options(cli, typed, command->options);
        offer_options(cli, typed, common_options);
    }
    return 0;
}

const struct command plumb_complete_command = {
    .name = "plumb complete",
    .args = "-- WORDS…",
    .summary = N_("what a shell may offer behind these words: one per line, a tab, its help"),
    .max_args = -1,
    .run = run_complete,
};

static const char bash_script[] =
    "_akashi() {\n"
    "    local IFS=$'\\n'\n"
    "    COMPREPLY=($(akashi plumb complete -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null | cut -f1))\n"
    "    [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default\n"
    "}\n"
    "complete -F _akashi akashi\n";
static const char zsh_script[] =
    "#compdef akashi\n"
    "_akashi() {\n"
    "    local -a found\n"
    "    local line\n"
    "    while IFS=$'\\t' read -r word help; do found+=(\"${word//:/\\\\:}:$help\"); done \\\n"
    "        < <(akashi plumb complete -- \"${(@)words[2,CURRENT]}\" 2>/dev/null)\n"
    "    if (( ${#found} )); then _describe akashi found; else _files; fi\n"
    "}\n"
    "compdef _akashi akashi\n";
static const char fish_script[] = "function __akashi_complete\n"
                                  "    set -l words (commandline -opc) (commandline -ct)\n"
                                  "    akashi plumb complete -- $words[2..-1] 2>/dev/null\n"
                                  "end\n"
                                  "complete -c akashi -a '(__akashi_complete)'\n";

static int run_completion(struct cli *cli) {
    str shell = cli->args[0];
    const char *script = str_is(shell, "bash")   ? bash_script
                         : str_is(shell, "zsh")  ? zsh_script
                         : str_is(shell, "fish") ? fish_script
                                                 : NULL;
    struct err e = {0};
    if (!script) {
        err_set(&e, ERR_USAGE, S(""), _("there is no completion for '%.*s'"), STR_ARG(shell));
        err_hint(&e, _("one of: %s"), "bash|zsh|fish");
        return cli_fail(cli, &e);
    }
    fputs(script, cli->out);
    return 0;
}

const struct command completion_command = {
    .name = "completion",
    .args = "bash|zsh|fish",
    .summary = N_("print the completion script of a shell"),
    .examples =
        (const struct example[]){
            {"akashi completion bash > ~/.local/share/bash-completion/completions/akashi", N_("for bash")},
            {"akashi completion fish > ~/.config/fish/completions/akashi.fish", N_("for fish")},
            {0},
        },
    .min_args = 1,
    .max_args = 1,
    .run = run_completion,
};

/* ── man pages ── */

/* troff: a backslash, and a dot or quote at the beginning of a line, mean something. */
static void roff(FILE *out, const char *text) {
    bool start = true;
    for (; *text; text++) {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
        start = *text == '\n';
    }
}

static void roff_options(FILE *out, const struct option_spec *o) {
    for (; o && o->name; o++) {
        fputs(".TP\n.B ", out);
        if (o->letter)
            fprintf(out, "\\-%c, ", o->letter);
        fputs("\\-\\-", out);
        roff(out, o->name);
        if (o->value)
            fprintf(out, " \\fI%s\\fR", o->value);
        fputc('\n', out);
        roff(out, _(o->help));
        if (o->choices) {
            fputs(" (", out);
            roff(out, o->choices);
            fputc(')', out);
        }
        fputc('\n', out);
    }
}

static void roff_command(struct cli *cli, const struct command *c) {
    FILE *out = cli->out;
    fprintf(out, ".SH \"akashi %s", c->name);
    if (c->args) {
        fputc(' ', out);
        roff(out, c->args);
    }
    fputs("\"\n", out);
    roff(out, _(c->summary));
    fputs("\n", out);
    if (c->text) {
        fputs(".PP\n", out);
        roff(out, _(c->text));
        fputs("\n", out);
    }
    roff_options(out, c->options);
    for (const struct example *x = c->examples; x && x->command; x++) {
        fputs(".PP\n.EX\n", out);
        roff(out, x->command);
        fputs("\n.EE\n", out);
        roff(out, _(x->says));
        fputs("\n", out);
    }
}

static int run_man(struct cli *cli) {
    FILE *out = cli->out;
    fprintf(out, ".TH AKASHI 1 \"\" \"akashi %s\"\n.SH %s\nakashi \\- ", AKASHI_VERSION, _("NAME"));
    roff(out, _("prove what software is made of, check it, learn what a vulnerability reaches"));
    fprintf(out, "\n.SH %s\n.B akashi\n\\fI%s\\fR\n", _("SYNOPSIS"), _("COMMAND [OPTION]… [ARGUMENT]…"));
    fprintf(out, ".SH \"%s\"\n", _("Options of every command"));
    roff_options(out, common_options);
    for (const struct command *const *c = commands; *c; c++)
        roff_command(cli, *c);
    fprintf(out, ".SH \"%s\"\n", _("Exit codes"));
    roff(out, _("0 fine · 1 the thing asked about is bad · 2 usage · 3 input unreadable · 4 environment"));
    fputc('\n', out);
    return 0;
}

const struct command plumb_man_command = {
    .name = "plumb man",
    .summary = N_("print the man page"),
    .examples = (const struct example[]){{"akashi plumb man | man -l -", N_("read it")}, {0}},
    .run = run_man,
};
