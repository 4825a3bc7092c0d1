/* SPDX-License-Identifier: Apache-2.0
 *
 * Sheets in and out.
 */
#include <stdlib.h>

#include "base/file.h"
#include "cli/net.h"
#include "cli/thing.h"

/* ── in ── */

struct importing {
    struct cli *cli;
    struct cli_portfolio h;
    struct sheet sheet;
    struct stating *list;
    struct errs bad; /* by line: of cells, and of rows that contradict themselves */
    uint64_t n_bad;
    struct stated done;
};

static uint64_t line_of(const struct err *e) {
    str head, line;
    uint64_t n = 0;
    return str_rcut(str_of(e->where), ':', &head, &line) && str_u64(line, &n) ? n : 0;
}
static int by_line(const void *x, const void *y) {
    uint64_t one = line_of(x), two = line_of(y);
    return (one > two) - (one < two);
}

static bool prepare(struct importing *k, struct err *e) {
    struct arena *a = k->cli->arena;
    uint32_t n = k->sheet.rows.n;
    k->list = arena_array(a, struct stating, n ? n : 1);
    for (uint32_t i = 0; i < n; i++)
        k->list[i] = (struct stating){
            .form = k->sheet.rows.v[i].form,
            .given = k->sheet.given,
            .where = arena_printf(a, "%.*s:%u", STR_ARG(k->sheet.where), k->sheet.rows.v[i].line)};
    if (!things_prepare(k->h.p, a, k->list, n, &k->bad, e))
        return false;
    k->n_bad = k->sheet.faulty + k->bad.n;
    for (uint32_t i = 0; i < k->sheet.faults.n; i++)
        *vec_push(a, &k->bad) = k->sheet.faults.v[i];
    if (k->bad.n)
        qsort(k->bad.v, k->bad.n, sizeof *k->bad.v, by_line);
    return true;
}

static void say_json(struct importing *k, bool applied) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kbool(&w, "applied", applied);
    jw_kint(&w, "added", (int64_t)k->done.added);
    jw_kint(&w, "changed", (int64_t)k->done.changed);
    jw_kint(&w, "same", (int64_t)k->done.same);
    jw_kint(&w, "bad", (int64_t)k->n_bad);
    jw_karr(&w, "faults");
    for (uint32_t i = 0; i < k->bad.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "where", str_of(k->bad.v[i].where));
        jw_kstr(&w, "what", str_of(k->bad.v[i].what));
        if (k->bad.v[i].hint[0])
            jw_kstr(&w, "hint", str_of(k->bad.v[i].hint));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

enum { FAULTS_SHOWN = 20 };
static void say(struct importing *k, bool applied) {
    if (k->cli->json) {
        say_json(k, applied);
        return;
    }
    for (uint32_t i = 0; i < k->bad.n && i < FAULTS_SHOWN; i++)
        cli_fail(k->cli, &k->bad.v[i]);
    if (k->n_bad > FAULTS_SHOWN)
        fprintf(stderr, _("… and %llu more bad rows\n"), (unsigned long long)(k->n_bad - FAULTS_SHOWN));
    if (!applied)
        fprintf(stderr, _("nothing was taken: mend the rows, or take the good ones with --partial\n"));
    else
        fprintf(k->cli->out, _("%llu added, %llu changed, %llu were there already, %llu bad\n"),
                (unsigned long long)k->done.added, (unsigned long long)k->done.changed,
                (unsigned long long)k->done.same, (unsigned long long)k->n_bad);
}

int thing_run_import(struct cli *cli, enum thing_kind kind) {
    struct err e = {0};
    struct importing k = {.cli = cli};
    str text;
    bool ok = file_read_plain(cli->ctx, cli->arena, cli->args[0], &text, &e) &&
              sheet_read(cli->ctx, cli->arena, kind, text, cli->args[0], &k.sheet, &e) &&
              cli_portfolio_open(cli, HOME_SIGN, &k.h, &e) && prepare(&k, &e);
    bool apply = ok && (!k.n_bad || cli_flag(cli, "partial"));
    ok = ok && (!apply || things_say(k.h.p, cli->arena, k.list, k.sheet.rows.n, &k.done, &e));
    if (ok && (k.done.added || k.done.changed))
        cli_cosign(cli, &k.h.home);
    if (ok)
        say(&k, apply);
    thing_close(&k.h);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : k.n_bad ? err_exit_code(ERR_INPUT) : 0;
}

/* ── out ── */

enum { PAGE = 1000 };

static bool write_page(struct cli *cli, struct arena *a, const struct saids *page, bool json, bool *first) {
    struct buf b = {0};
    for (uint32_t i = 0; i < page->n; i++) {
        if (page->v[i].mentioned)
            continue;
        if (!json) {
            sheet_line(&b, &page->v[i].form);
            continue;
        }
        buf_addz(&b, *first ? "\n" : ",\n");
        buf_add(&b, form_predicate(a, &page->v[i].form, 1));
        *first = false;
    }
    bool ok = fwrite(buf_str(&b).p, 1, b.n, cli->out) == b.n;
    buf_free(&b);
    return ok;
}

static bool write_all(struct cli *cli, struct cli_portfolio *h, enum thing_kind kind, const struct as_of *when,
                      bool json, struct err *e) {
    struct arena *a = arena_new();
    struct arena_mark m = arena_mark(a);
    int64_t after = -1;
    bool ok = true, first = true;
    for (uint32_t n = PAGE; ok && n == PAGE; arena_reset(a, m)) {
        struct saids page = {0};
        ok = things_page(h->p, a, kind, when, after, PAGE, &page, e) &&
             (write_page(cli, a, &page, json, &first) || err_errno(e, S("-"), _("cannot write")));
        n = page.n;
        after = n ? page.v[n - 1].number : after;
    }
    arena_free(a);
    return ok;
}

int thing_run_export(struct cli *cli, enum thing_kind kind) {
    struct err e = {0};
    struct cli_portfolio h = {0};
    struct buf head = {0};
    bool json = cli->json || str_is(cli_text(cli, "format"), "json");
    bool ok = cli_portfolio_open(cli, HOME_READ, &h, &e);
    if (json)
        buf_addc(&head, '[');
    else
        sheet_head(&head, kind, cli_flag(cli, "excel"));
    if (ok)
        fwrite(head.p, 1, head.n, cli->out);
    buf_free(&head);
    ok = ok && write_all(cli, &h, kind, &h.when, json, &e);
    if (ok && json)
        fputs("\n]\n", cli->out);
    thing_close(&h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}
