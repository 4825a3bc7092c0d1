/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/leaving.h"

#include <dirent.h>
#include <stdio.h>

#include "base/csv.h"
#include "base/digest.h"
#include "base/file.h"
#include "impact/contents.h"
#include "impact/inventory.h"
#include "impact/things_csv.h"

/* A file that grows; on disk when it is closed. */
struct growing {
    struct file_new f;
    struct buf b;
    str path;
    bool opened;
};
enum { PIECE = 1 << 18, PAGE = 1000 };

static bool open_file(struct growing *g, struct arena *a, str dir, const char *name, struct err *e) {
    *g = (struct growing){.path = path_join(a, dir, str_of(name))};
    g->opened = file_new_open(&g->f, g->path, e);
    return g->opened;
}
static bool pour(struct growing *g, size_t least, struct err *e) {
    bool ok = g->b.n < least || fd_write_all(g->f.fd, buf_str(&g->b), g->path, e);
    if (g->b.n >= least)
        buf_clear(&g->b);
    return ok;
}
static bool close_file(struct growing *g, bool ok, struct err *e) {
    if (!g->opened) {
        buf_free(&g->b);
        return false;
    }
    ok = ok && pour(g, 0, e) && file_new_commit(&g->f, e);
    if (!ok)
        file_new_abandon(&g->f);
    buf_free(&g->b);
    return ok;
}

struct leaving {
    struct portfolio *p;
    struct arena *a;
    str dir;
    const struct as_of *when;
    struct left *out;
};

/* ── things ── */

static void put_page(struct leaving *k, struct arena *a, enum thing_kind kind, const struct saids *page,
                     struct growing *csv, struct growing *json) {
    for (uint32_t i = 0; i < page->n; i++) {
        if (page->v[i].mentioned)
            continue;
        sheet_line(&csv->b, &page->v[i].form);
        buf_addz(&json->b, k->out->things[kind]++ ? ",\n" : "\n");
        buf_add(&json->b, form_predicate(a, &page->v[i].form, 1));
    }
}

static bool put_things(struct leaving *k, enum thing_kind kind, struct growing *csv, struct growing *json,
                       struct err *e) {
    struct arena *a = arena_new();
    struct arena_mark m = arena_mark(a);
    int64_t after = -1;
    bool ok = true;
    sheet_head(&csv->b, kind, false);
    buf_addc(&json->b, '[');
    for (uint32_t n = PAGE; ok && n == PAGE; arena_reset(a, m)) {
        struct saids page = {0};
        ok = things_page(k->p, a, kind, k->when, after, PAGE, &page, e);
        n = page.n;
        after = n ? page.v[n - 1].number : after;
        if (ok)
            put_page(k, a, kind, &page, csv, json);
        ok = ok && pour(csv, PIECE, e) && pour(json, PIECE, e);
    }
    buf_addz(&json->b, "\n]\n");
    arena_free(a);
    return ok;
}

static bool leave_things(struct leaving *k, enum thing_kind kind, struct err *e) {
    static const char *const names[4][2] = {{"parties.csv", "parties.json"},
                                            {"products.csv", "products.json"},
                                            {"deployments.csv", "deployments.json"},
                                            {"services.csv", "services.json"}};
    struct growing csv = {0}, json = {0};
    bool ok = open_file(&csv, k->a, k->dir, names[kind][0], e) && open_file(&json, k->a, k->dir, names[kind][1], e) &&
              put_things(k, kind, &csv, &json, e);
    bool one = close_file(&csv, ok, e), two = close_file(&json, ok, e);
    return ok && one && two;
}

/* ── releases ── */

/* The document's file, written when it is not there yet; absent when its text is not to be had. */
static bool leave_document(struct leaving *k, struct arena *a, const unsigned char body[32], str *path, struct err *e) {
    struct err bad = {0};
    str text;
    *path = (str){NULL, 0};
    if (!inventory_text(k->p, a, body, &text, &bad)) {
        if (bad.kind == ERR_ENV)
            return err_set(e, bad.kind, str_of(bad.where), "%s", bad.what);
        ctx_warn_err(k->p->ctx, &bad);
        k->out->lost++;
        return true;
    }
    str trimmed = str_trim(text), hex = digest_hex(a, DIGEST_SHA256, text);
    const char *suffix = str_starts(trimmed, S("{")) ? "json" : str_starts(trimmed, S("<")) ? "xml" : "spdx";
    *path = arena_printf(a, "sboms/%.2s/%.*s.%s", hex.p, STR_ARG(hex), suffix);
    str file = path_join(a, k->dir, *path);
    if (path_exists(file))
        return true;
    k->out->documents++;
    return folder_make(path_dir(file), 0755, e) && file_replace(file, text, e);
}

static void write_line(struct growing *jsonl, struct arena *a, const struct release_row *r, str product, str party,
                       str path) {
    struct jw w = jw_to(&jsonl->b, false);
    jw_obj(&w);
    jw_kstr(&w, "product", product);
    jw_kstr(&w, "version", r->version);
    jw_kstr(&w, "party", party);
    jw_kstr(&w, "purl", r->purl);
    jw_kstr(&w, "releasedOn", r->released ? time_rfc3339(a, r->released) : (str){NULL, 0});
    jw_kstr(&w, "supersedes", r->supersedes);
    jw_kstr(&w, "path", path);
    jw_obj_end(&w);
    buf_addc(&jsonl->b, '\n');
}

static void write_row(struct growing *csv, struct arena *a, const struct release_row *r, str product, str party,
                      str path) {
    const str cells[] = {product,
                         r->version,
                         party,
                         r->purl,
                         r->released ? time_rfc3339(a, r->released) : (str){NULL, 0},
                         r->supersedes,
                         time_rfc3339(a, r->time),
                         arena_printf(a, "%u", r->components),
                         arena_printf(a, "%u", r->unidentified),
                         path};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        csv_write(&csv->b, i == 0, cells[i].p ? cells[i] : S(""));
    buf_addz(&csv->b, "\r\n");
}

static bool leave_release(struct leaving *k, struct arena *a, uint32_t id, struct growing *csv, struct growing *jsonl,
                          struct err *e) {
    struct release_row r;
    str product, party = {NULL, 0}, path;
    if (!contents_release(k->p->contents, a, id, &r, e) || !thing_id(k->p, a, THING_PRODUCT, r.product, &product, e) ||
        (r.party >= 0 && !thing_id(k->p, a, THING_PARTY, r.party, &party, e)) ||
        !leave_document(k, a, r.body, &path, e))
        return false;
    k->out->releases++;
    write_row(csv, a, &r, product, party, path);
    if (path.p)
        write_line(jsonl, a, &r, product, party, path);
    return pour(csv, PIECE, e) && pour(jsonl, PIECE, e);
}

static bool leave_releases(struct leaving *k, struct err *e) {
    struct growing csv = {0}, jsonl = {0};
    struct arena *a = arena_new();
    struct arena_mark m = arena_mark(a);
    uint32_t limit = 0;
    bool ok = open_file(&csv, k->a, k->dir, "releases.csv", e) &&
              open_file(&jsonl, k->a, k->dir, "releases.jsonl", e) &&
              contents_releases_at(k->p->contents, k->when, &limit, e);
    buf_addz(&csv.b, "product,version,party,purl,released,supersedes,logged,components,unidentified,path\r\n");
    for (uint32_t id = 0; ok && id < limit; id++) {
        ok = leave_release(k, a, id, &csv, &jsonl, e);
        arena_reset(a, m);
    }
    arena_free(a);
    bool one = close_file(&csv, ok, e), two = close_file(&jsonl, ok, e);
    return ok && one && two;
}

/* ── all ── */

static bool is_empty(struct arena *a, str dir) {
    DIR *d = opendir(arena_cstr(a, dir));
    bool empty = true;
    for (struct dirent *entry; d && (entry = readdir(d));)
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
    if (d)
        closedir(d);
    return empty;
}

bool portfolio_leave(struct portfolio *p, str dir, const struct as_of *when, struct left *out, struct err *e) {
    struct leaving k = {.p = p, .a = arena_new(), .dir = dir, .when = when, .out = out};
    *out = (struct left){0};
    bool ok = folder_make(dir, 0755, e);
    if (ok && !is_empty(k.a, dir)) {
        err_set(e, ERR_ENV, dir, "%s", _("the folder is not empty"));
        ok = err_hint(e, "%s", _("name one that is empty or does not exist"));
    }
    for (int kind = 0; ok && kind < 4; kind++)
        ok = leave_things(&k, (enum thing_kind)kind, e);
    ok = ok && leave_releases(&k, e);
    arena_free(k.a);
    return ok;
}
