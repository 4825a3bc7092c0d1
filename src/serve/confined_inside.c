/* SPDX-License-Identifier: Apache-2.0
 *
 * The side inside.
 */
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg_in.h"
#include "base/wire.h"
#include "impact/inventory.h"
#include "impact/sheet_form.h"
#include "sbom/sketch.h"
#include "serve/confine.h"
#include "serve/confined_inner.h"
#include "serve/trial_inner.h"

enum { SECONDS = 600, KEPT_BYTES = 16 << 20 };
static const uint64_t memory_most = (uint64_t)4 << 30;

static bool read_exactly(char *to, size_t n) {
    while (n) {
        ssize_t got = read(STDIN_FILENO, to, n);
        if (got <= 0)
            return false;
        to += got;
        n -= (size_t)got;
    }
    return true;
}

static bool read_number(struct arena *a, uint32_t *out, uint32_t most) {
    struct wire w = {.rest = str_n(arena_room(a, 4), 4)};
    if (!read_exactly((char *)(uintptr_t)w.rest.p, 4))
        return false;
    *out = wire_number(&w, most);
    return !w.bad;
}

static bool read_text(struct arena *a, uint32_t most, str *out) {
    uint32_t n;
    if (!read_number(a, &n, most))
        return false;
    char *p = arena_room(a, (size_t)n + 1);
    *out = str_n(p, n);
    return read_exactly(p, n);
}

/* False at the end. */
static bool next_document(struct arena *a, struct asked_for *out) {
    uint32_t kind;
    str lang;
    if (!read_number(a, &kind, READ_KINDS - 1) || !read_text(a, 2, &lang) || !read_text(a, NAME_MOST, &out->name) ||
        !read_text(a, MORE_MOST, &out->more))
        return false;
    out->kind = kind;
    out->lang = str_is(lang, "ja") ? "ja" : "en";
    return read_text(a, DOCUMENT_MOST, &out->text);
}

bool reader_answer(char what, const struct buf *b) {
    struct buf head = {0};
    struct err e = {0};
    buf_addc(&head, what);
    wire_put_number(&head, (uint32_t)b->n);
    bool ok = b->n < UINT32_MAX && fd_write_all(STDOUT_FILENO, buf_str(&head), S("-"), &e) &&
              fd_write_all(STDOUT_FILENO, buf_str(b), S("-"), &e);
    buf_free(&head);
    return ok;
}

/* ── each kind ── */

static bool read_sbom(struct ctx *c, struct arena *a, const struct asked_for *q, struct buf *out, struct err *e) {
    struct sbom *s;
    struct gist g;
    if (!sbom_read(c, a, q->text, q->name, SBOM_LENIENT, &s, NULL, e))
        return false;
    gist_of(a, s, &g);
    gist_write(&g, out);
    return true;
}

static bool read_sketch(struct ctx *c, struct arena *a, const struct asked_for *q, struct buf *out, struct err *e) {
    struct sbom *s;
    if (!inventory_document_of(c, a, q->text, q->name, &s, e))
        return false;
    sbom_sketch(s, out);
    return true;
}

static bool read_sheet(struct ctx *c, struct arena *a, const struct asked_for *q, enum thing_kind kind, struct buf *out,
                       struct err *e) {
    struct sheet s;
    str text;
    if (!text_unpack(c, a, q->text, q->name, &text, e) || !sheet_read(c, a, kind, text, q->name, &s, e))
        return false;
    sheet_write(&s, out);
    return true;
}

static bool read_it(struct ctx *c, struct arena *a, const struct asked_for *q, char *what, struct buf *out,
                    struct err *e) {
    *what = FRAME_SHEET;
    switch (q->kind) {
    case IMPORT_SBOM: *what = FRAME_GIST; return read_sbom(c, a, q, out, e);
    case IMPORT_PARTIES: return read_sheet(c, a, q, THING_PARTY, out, e);
    case IMPORT_PRODUCTS: return read_sheet(c, a, q, THING_PRODUCT, out, e);
    case IMPORT_DEPLOYMENTS: return read_sheet(c, a, q, THING_DEPLOYMENT, out, e);
    case IMPORT_SERVICES: return read_sheet(c, a, q, THING_SERVICE, out, e);
    case READ_BUNDLE: *what = FRAME_BUNDLE; return read_bundle(c, a, q, out, e);
    case READ_CATALOGUE: *what = FRAME_CATALOGUE; return read_catalogue(c, a, q, out, e);
    case READ_GAP: *what = FRAME_GAP; return read_gap(a, q, out, e);
    case READ_KEY: *what = FRAME_KEY; return read_key(c, a, q, out, e);
    case READ_SKETCH: *what = FRAME_SKETCH; return read_sketch(c, a, q, out, e);
    default: break;
    }
    return err_set(e, ERR_INPUT, q->name, _("this is no kind of import"));
}

/* One after the other, each with nothing left of the one before. */
static bool read_one(const struct limits *limits) {
    struct arena *a = arena_new();
    struct ctx c;
    struct asked_for q;
    struct buf out = {0};
    struct err e = {0};
    char what;
    bool ok = next_document(a, &q);
    if (ok) {
        ctx_init(&c);
        c.limits = *limits;
        c.threads = 1; /* none can be started */
        c.quiet = true;
        msg_thread(q.lang);
        if (q.kind != IMPORT_ADVISORIES && !read_it(&c, a, &q, &what, &out, &e)) {
            buf_clear(&out);
            wire_put_err(&out, &e);
            what = FRAME_FAULT;
        }
        ok = q.kind == IMPORT_ADVISORIES ? read_advisories(&c, &q) : reader_answer(what, &out);
        ctx_free(&c);
    }
    buf_free(&out);
    arena_free(a);
    return ok;
}

void reader_run(struct ctx *c) {
    const struct confine_plan plan = {.memory = memory_most, .seconds = SECONDS};
    trial_load();
    (void)mallopt(M_MMAP_THRESHOLD, KEPT_BYTES); /* what one document took, the next one takes again */
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    (void)syscall(SYS_close_range, 3U, ~0U, 0U); /* nothing of whoever started it */
    struct limits limits = c->limits;
    const char how = confine(&plan) == CONFINED_ALL ? READER_CONFINED : READER_UNCONFINED;
    if (write(STDOUT_FILENO, &how, 1) != 1)
        return;
    while (read_one(&limits))
        ;
}
