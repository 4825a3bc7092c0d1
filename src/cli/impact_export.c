/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/impact.h"

enum { PIECE = 1 << 18 };

static bool flush(struct exporting *x, struct err *e) {
    size_t n = x->b.n;
    bool ok = !n || fwrite(x->b.p, 1, n, x->cli->out) == n;
    buf_clear(&x->b);
    return ok || err_errno(e, S(""), "%s", _("cannot write"));
}

void impact_export_begin(struct exporting *x, struct cli *cli, const struct reach_column *columns, bool csv) {
    *x = (struct exporting){.cli = cli, .columns = columns, .a = arena_new(), .csv = csv};
    if (csv)
        cells_csv_head(&x->b, columns);
}

bool impact_export_put(void *arg, const struct reach_cell *cells, struct err *e) {
    struct exporting *x = arg;
    struct arena_mark m = arena_mark(x->a);
    if (x->csv) {
        cells_csv_row(x->a, &x->b, x->columns, cells);
    } else {
        struct jw w = jw_to(&x->b, false);
        cells_json(x->a, &w, x->columns, cells);
        buf_addc(&x->b, '\n');
    }
    arena_reset(x->a, m);
    return x->b.n < PIECE || flush(x, e);
}

bool impact_export_end(struct exporting *x, struct err *e) {
    bool ok = flush(x, e);
    arena_free(x->a);
    buf_free(&x->b);
    return ok;
}

bool impact_export(struct impact *i, struct reach *r, const struct reach_page *page, bool csv, struct err *e) {
    struct exporting x;
    impact_export_begin(&x, i->cli, reach_columns(page->list), csv);
    bool ok = reach_rows(r, page, impact_export_put, &x, e);
    return impact_export_end(&x, ok ? e : NULL) && ok;
}
