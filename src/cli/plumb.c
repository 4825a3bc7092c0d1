/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plumb.h"

#include "base/file.h"

enum { FLUSH = 1 << 16 };

static bool print(struct cli *cli, struct buf *out, struct err *e) {
    bool ok = fwrite(out->p ? out->p : "", 1, out->n, cli->out) == out->n;
    buf_clear(out);
    return ok || err_errno(e, S("-"), _("cannot write"));
}

static bool answer_file(struct cli *cli, str path, plumb_row *row, void *state, struct buf *out, struct err *e) {
    struct arena *a = arena_new(), *text_arena = arena_new();
    struct arena_mark empty = arena_mark(a);
    str text, line;
    bool ok = file_read_plain(cli->ctx, text_arena, path, &text, e);
    while (ok && str_line(&text, &line)) {
        row(state, a, line, out);
        buf_addc(out, '\n');
        arena_reset(a, empty);
        if (out->n > FLUSH)
            ok = print(cli, out, e);
    }
    arena_free(text_arena);
    arena_free(a);
    return ok && print(cli, out, e);
}

int plumb_rows(struct cli *cli, plumb_row *row, void *state) {
    static const str standard_input = S_INIT("-");
    const str *files = cli->n_args ? cli->args : &standard_input;
    struct buf out = {0};
    struct err e = {0};
    bool ok = true;
    for (uint32_t i = 0; ok && i < (cli->n_args ? cli->n_args : 1); i++)
        ok = answer_file(cli, files[i], row, state, &out, &e);
    buf_free(&out);
    return ok ? 0 : cli_fail(cli, &e);
}

void plumb_field(struct buf *b, str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20) {
            buf_addf(b, "%%%02X", (unsigned)(unsigned char)s.p[i]);
        } else {
            size_t from = i;
            while (i + 1 < s.n && (unsigned char)s.p[i + 1] >= 0x20)
                i++;
            buf_add(b, str_n(s.p + from, i + 1 - from));
        }
}
