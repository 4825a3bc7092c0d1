/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/import_name.h"

#include "base/file.h"
#include "impact/things.h"
#include "impact/things_form.h"

/* An id that people can type, out of a name. */
static str id_of_name(struct arena *a, str name) {
    struct buf b = {0};
    name = str_trim(name);
    for (size_t i = 0; i < name.n && b.n < 200; i++) {
        unsigned char c = (unsigned char)name.p[i];
        bool bad = c <= ' ' || c == 0x7F || strchr(",;|\"'<>\\", c);
        if (!bad)
            buf_addc(&b, name.p[i]);
        else if (b.n && b.p[b.n - 1] != '-')
            buf_addc(&b, '-');
    }
    while (b.n && (((unsigned char)b.p[b.n - 1] & 0xC0) == 0x80) && !str_utf8_ok(buf_str(&b)))
        b.n--;
    str id = b.n && thing_id_ok(buf_str(&b)) ? arena_str(a, buf_str(&b)) : (str){NULL, 0};
    buf_free(&b);
    return id;
}

static bool is_id(const struct naming *how, str id, const char *what, struct err *e) {
    return !id.n || thing_id_ok(id) ||
           err_set(e, ERR_INPUT, how->where,
                   _("%s: an id has at most 200 bytes, and no spaces, quotes, commas or semicolons: %.*s"), what,
                   STR_ARG(id));
}

/* "thing-1.2" of "dir/thing-1.2.cdx.json". */
static str stem_of(str file) {
    static const char *const endings[] = {".json",      ".jsonld", ".xml", ".yaml", ".yml",  ".rdf",
                                          ".spdx",      ".spdx3",  ".cdx", ".bom",  ".sbom", ".tag",
                                          ".cyclonedx", ".gz",     ".zst", ".xz",   ".bz2",  ".txt"};
    enum { ENDINGS = sizeof endings / sizeof *endings };
    file = path_base(file);
    for (size_t i = 0; i < ENDINGS; i++)
        if (str_iends(file, str_of(endings[i])) && file.n > strlen(endings[i])) {
            file.n -= strlen(endings[i]);
            i = (size_t)-1; /* from the beginning: endings stand behind each other */
        }
    return file;
}

/* What stands in for a product that nobody names, best first: the document's name, serial number, file. */
static void take_for_product(const struct naming *how, struct arena *a, const struct gist *g, struct inventory *x) {
    const str others[] = {g->id, stem_of(how->file)};
    x->product = id_of_name(a, g->name);
    for (size_t i = 0; i < sizeof others / sizeof *others && !x->product.n && !how->strict; i++) {
        x->product = id_of_name(a, others[i]);
        if (x->product.n)
            ctx_warn(how->ctx, how->where,
                     _("the document names no product: taken by its serial number or file name as %.*s"),
                     STR_ARG(x->product));
    }
}

static void take_for_version(const struct naming *how, const struct gist *g, struct inventory *x) {
    int64_t made;
    if (how->strict || g->created.n < 10 || !time_parse(g->created, &made))
        return;
    x->version = str_upto(g->created, 10);
    ctx_warn(how->ctx, how->where, _("the document names no version: taken by the day it was made as %.*s"),
             STR_ARG(x->version));
}

static bool is_complete(const struct naming *how, const struct inventory *x, struct err *e) {
    if (x->product.n && x->version.n)
        return true;
    err_set(e, ERR_INPUT, how->where, "%s",
            x->product.n ? _("the document does not say which version it is about")
                         : _("the document does not say which product it is about"));
    return err_hint(e, "%s", _("say it with --product and --version, or in the columns of a .jsonl file"));
}

bool inventory_complete(const struct naming *how, struct arena *a, struct gist *g, struct inventory *x, struct err *e) {
    if (!is_id(how, x->product, _("product"), e) || !is_id(how, x->party, _("party"), e))
        return false;
    if (!x->product.n && g->root_name.n)
        x->product = id_of_name(a, g->group.n ? arena_printf(a, "%.*s/%.*s", STR_ARG(g->group), STR_ARG(g->root_name))
                                              : g->root_name);
    if (!x->product.n)
        take_for_product(how, a, g, x);
    if (!x->version.n && g->has_root)
        x->version = g->version;
    if (!x->version.n && x->product.n)
        take_for_version(how, g, x);
    if (!x->party.n && g->supplier.n)
        x->party = id_of_name(a, g->supplier);
    if (!x->purl.n && g->has_root)
        x->purl = g->purl;
    x->format = g->format;
    if (!is_complete(how, x, e))
        return false;
    gist_of_product(g, inventory_name(a, x));
    return true;
}

/* ── known ── */

static bool is_product(struct portfolio *p, struct arena *a, int64_t number, str product, bool *same, struct err *e) {
    str id;
    if (!thing_id(p, a, THING_PRODUCT, number, &id, e))
        return false;
    *same = str_eq(id, product);
    return true;
}

bool inventory_known(struct portfolio *p, struct arena *a, const struct inventory *x, bool *known, struct err *e) {
    enum { ROWS = 64 };
    struct release_rows rows;
    *known = false;
    if (!contents_of_body(p->contents, a, x->body, ROWS, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n && !*known; i++) {
        *known = !x->version.n || str_eq(x->version, rows.v[i].version);
        if (*known && x->product.n && !is_product(p, a, rows.v[i].product, x->product, known, e))
            return false;
    }
    return true;
}
