/* SPDX-License-Identifier: Apache-2.0
 *
 * One document read by the process that was started for it.
 */
#include <unistd.h>

#include "base/file.h"
#include "impact/things_csv.h"
#include "sbom/sbom.h"
#include "serve/confine.h"
#include "serve/trial_inner.h"

enum { FAULTS_MOST = 100, DOCUMENT_MOST = 1 << 30, SECONDS = 120 };
static const uint64_t memory_most = (uint64_t)4 << 30;

void trial_tell(struct trying *t, const struct err *e) {
    if (t->faults++ >= FAULTS_MOST)
        return;
    jw_obj(t->w);
    jw_kstr(t->w, "where", str_of(e->where));
    jw_kstr(t->w, "what", str_of(e->what));
    if (e->hint[0])
        jw_kstr(t->w, "hint", str_of(e->hint));
    jw_obj_end(t->w);
}

static bool read_all(struct buf *b, str name, struct err *e) {
    enum { STEP = 256 << 10 };
    for (;;) {
        ssize_t n = read(STDIN_FILENO, buf_room(b, STEP), STEP);
        if (n < 0)
            return err_errno(e, name, _("cannot be read"));
        if (n == 0)
            return true;
        b->n += (size_t)n;
        if (b->n > DOCUMENT_MOST)
            return err_set(e, ERR_LIMIT, name, _("this is more than may be sent here"));
    }
}

/* ── each kind ── */

static void try_sbom(struct trying *t, str text, str where) {
    struct arena *a = arena_new();
    struct sbom *s;
    struct err e = {0};
    if (sbom_read(t->c, a, text, where, SBOM_LENIENT, &s, NULL, &e))
        t->documents++;
    else
        trial_tell(t, &e);
    arena_free(a);
}

static void try_sboms(struct trying *t, str text) {
    uint32_t n = 0;
    str line;
    if (!str_iends(t->name, S(".jsonl")) && !str_iends(t->name, S(".ndjson"))) {
        try_sbom(t, text, t->name);
        return;
    }
    while (str_line(&text, &line)) {
        n++;
        if (str_trim(line).n)
            try_sbom(t, line, arena_printf(t->a, "%.*s:%u", STR_ARG(t->name), n));
    }
}

static void try_sheet(struct trying *t, enum thing_kind kind, str text) {
    struct sheet s;
    struct err e = {0};
    if (!sheet_read(t->c, t->a, kind, text, t->name, &s, &e)) {
        trial_tell(t, &e);
        return;
    }
    t->documents = s.rows.n;
    for (uint32_t i = 0; i < s.faults.n; i++)
        trial_tell(t, &s.faults.v[i]);
}

/* Advisories may come as archives, which they are unpacked from one by one. */
static void try_it(struct trying *t, enum import_kind kind, str raw) {
    struct err e = {0};
    str text = raw;
    if (kind != IMPORT_ADVISORIES && !text_unpack(t->c, t->a, raw, t->name, &text, &e)) {
        trial_tell(t, &e);
        return;
    }
    switch (kind) {
    case IMPORT_SBOM: try_sboms(t, text); return;
    case IMPORT_ADVISORIES: trial_advisories(t, text); return;
    case IMPORT_PARTIES: try_sheet(t, THING_PARTY, text); return;
    case IMPORT_PRODUCTS: try_sheet(t, THING_PRODUCT, text); return;
    case IMPORT_DEPLOYMENTS: try_sheet(t, THING_DEPLOYMENT, text); return;
    case IMPORT_SERVICES: try_sheet(t, THING_SERVICE, text); return;
    case IMPORT_KINDS: return;
    }
}

bool trial_inside(struct ctx *c, enum import_kind kind, str name, struct buf *out, struct err *e) {
    const struct confine_plan plan = {.memory = memory_most, .seconds = SECONDS};
    struct buf raw = {0};
    struct jw w = jw_to(out, false);
    trial_load();
    if (!read_all(&raw, name, e)) {
        buf_free(&raw);
        return false;
    }
    c->threads = 1; /* none can be started */
    bool confined = confine(&plan) == CONFINED_ALL;
    struct trying t = {.c = c, .a = arena_new(), .name = name, .w = &w};
    jw_obj(&w);
    jw_kbool(&w, "confined", confined);
    jw_karr(&w, "faults");
    try_it(&t, kind, buf_str(&raw));
    jw_arr_end(&w);
    jw_kint(&w, "documents", (int64_t)t.documents);
    jw_kint(&w, "faulty", (int64_t)t.faults);
    jw_obj_end(&w);
    arena_free(t.a);
    buf_free(&raw);
    return true;
}
