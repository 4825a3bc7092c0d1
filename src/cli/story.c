/* SPDX-License-Identifier: Apache-2.0
 *
 * How the story is told: on a terminal, or as the page docs/tutorial.md.
 */
#include "cli/story.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/line.h"
#include "base/temporary.h"
#include "cli/cli.h"

enum { WIDTH = 100, FOLD = 88 };

struct telling {
    struct cli *cli;
    bool markdown, pause;
    bool open; /* a block of code */
    int day;
    uint32_t chapter, commands;
    int64_t begin;
};

/* ── text ── */

static void say_folded(FILE *out, str text) {
    while (text.n) {
        size_t n = line_fit(text, FOLD);
        str line = str_trim(str_upto(text, n));
        fprintf(out, "%.*s\n", STR_ARG(line));
        text = str_from(text, n);
    }
}

/* In front of " --option" a long command goes on in another line, as in a shell. */
static void say_command(FILE *out, str line) {
    size_t width = 0;
    fputs("$ ", out);
    while (line.n) {
        size_t next = str_find(str_from(line, 1), S(" --"));
        str piece = str_upto(line, next == STR_NONE ? line.n : next + 1);
        if (width && width + text_width(piece) > FOLD) {
            fputs(" \\\n>    ", out);
            width = 4;
        }
        fprintf(out, "%.*s", STR_ARG(piece));
        width += text_width(piece);
        line = str_from(line, piece.n);
    }
    fputc('\n', out);
}

static str date_of(const struct telling *t, int day) {
    return str_upto(time_rfc3339(t->cli->arena, t->begin + (int64_t)day * 86400), 10);
}

/* ── steps ── */

static void close_block(struct telling *t) {
    if (t->open && t->markdown)
        fputs("```\n", t->cli->out);
    t->open = false;
}

static void wait_for_reader(struct telling *t) {
    if (!t->pause)
        return;
    fflush(t->cli->out);
    fputs(_("[Enter]"), stderr);
    for (int c = 0; c != '\n' && c != EOF;)
        c = getchar();
}

static void say_title(struct telling *t, const char *title) {
    FILE *out = t->cli->out;
    t->chapter++;
    if (t->markdown)
        fprintf(out, "\n## %u. %s\n", t->chapter, title);
    else
        fprintf(out, "\n%s── %u. %s ──%s\n", t->cli->colour ? "\033[1m" : "", t->chapter, title,
                t->cli->colour ? "\033[0m" : "");
}

static void say_why(struct telling *t, const struct script_step *s) {
    struct arena *a = t->cli->arena;
    FILE *out = t->cli->out;
    str why = s->why ? str_of(_(s->why)) : S("");
    close_block(t);
    if (s->title)
        say_title(t, _(s->title));
    if (s->day != t->day)
        why = arena_printf(a, t->markdown ? "*%.*s.* %.*s" : "%.*s. %.*s", STR_ARG(date_of(t, s->day)), STR_ARG(why));
    t->day = s->day;
    fputc('\n', out);
    say_folded(out, why);
    fputc('\n', out);
}

static void told(void *arg, const struct script_step *s, str content, str line, const struct played *p) {
    struct telling *t = arg;
    FILE *out = t->cli->out;
    if (s->why || s->title || s->day != t->day)
        say_why(t, s);
    if (t->markdown && !t->open)
        fputs("```console\n", out);
    t->open = true;
    if (content.p)
        fprintf(out, "$ cat >%s <<'END'\n%.*sEND\n", s->file, STR_ARG(content));
    if (line.p) {
        t->commands++;
        say_command(out, line);
        fprintf(out, "%.*s", STR_ARG(p->text));
        if (p->code)
            fprintf(out, _("(exit code %d)\n"), p->code);
    }
    wait_for_reader(t);
}

/* ── the whole ── */

static void say_head(struct telling *t) {
    FILE *out = t->cli->out;
    if (t->markdown)
        fprintf(out, "# %s\n\n", _("A story to follow"));
    say_folded(
        out, str_of(_("A vendor of eight people, from its first day to a declaration that its customer checks; a patch "
                      "that is declined, exploited, and comes back by itself; a challenge that is upheld.")));
    if (!t->markdown)
        return;
    fputc('\n', out);
    say_folded(out,
               str_of(_("Everything below was really run, by `akashi demo --story`: keys, ids and digests differ each "
                        "time, the rest is as here. To type it yourself, begin in an empty folder.")));
    fputs("\n```console\n$ export AKASHI_HOME=vendor\n$ mkdir dist-1.0 dist-1.1 advisories\n```\n", out);
}

static void say_end(struct telling *t, str folder, bool kept) {
    FILE *out = t->cli->out;
    close_block(t);
    if (t->markdown)
        return;
    fprintf(out, _("\n%u commands were run; every signature, log entry and level is real.\n"), t->commands);
    if (kept)
        fprintf(out, _("All of it is in %.*s: try AKASHI_HOME=vendor there.\n"), STR_ARG(folder));
    else
        fprintf(out, "%s\n", _("Nothing of it is left. --keep DIR keeps it."));
}

static bool fresh_folder(struct cli *cli, str keep, char folder[4096], struct err *e) {
    if (!keep.p) {
        if (mkdtemp(temporary_name(folder, 4096, "story")))
            return true;
        return err_errno(e, str_of(folder), "%s", _("cannot make the folder"));
    }
    if (path_exists(keep))
        return err_set(e, ERR_USAGE, keep, "%s", _("this is there already: the story needs a folder of its own"));
    if (!folder_make(keep, 0700, e))
        return false;
    char *whole = realpath(arena_cstr(cli->arena, keep), NULL);
    if (whole)
        snprintf(folder, 4096, "%s", whole);
    free(whole);
    return true;
}

/* Who is in it, in the reader's language. */
static void name_people(struct script *s) {
    static const struct {
        const char *name, *is;
    } all[] = {{"FIRM", N_("Tsubaki Soft")}, {"HOSPITAL", N_("Aoi Hospital")}, {"SYSTEM", N_("Reception")},
               {"PRESIDENT", N_("Mai Ito")}, {"ROLE", N_("President")},        {"CIO", N_("Jun Aoki")}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        script_name(s, str_of(all[i].name), str_of(_(all[i].is)));
}

int story_run(struct cli *cli) {
    struct err e = {0};
    char folder[4096] = "";
    str keep = cli_text(cli, "keep");
    if (!fresh_folder(cli, keep, folder, &e))
        return cli_fail(cli, &e);
    struct telling t = {.cli = cli,
                        .markdown = cli_flag(cli, "markdown"),
                        .pause = cli_flag(cli, "pause") && isatty(STDIN_FILENO),
                        .day = -1};
    struct script s = {.play = {.arena = cli->arena,
                                .folder = str_of(folder),
                                .home = S("vendor"),
                                .lang = msg_lang(),
                                .columns = WIDTH},
                       .latest = cli->ctx->now,
                       .told = told,
                       .arg = &t};
    t.begin = s.begin = cli->ctx->now - cli->ctx->now % 86400 - (int64_t)STORY_DAYS * 86400;
    map_init(&s.names, cli->arena);
    name_people(&s);
    say_head(&t);
    bool ok = script_run(&s, story_steps, &e);
    if (ok)
        say_end(&t, str_of(folder), keep.p);
    if (!keep.p)
        (void)folder_remove(AT_FDCWD, folder);
    return ok ? 0 : cli_fail(cli, &e);
}
