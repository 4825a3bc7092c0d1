/* SPDX-License-Identifier: Apache-2.0 */
#include "base/charset.h"
#include "base/unpack.h"
#include "base/xml.h"
#include "serve/trial_inner.h"
#include "vuln/compile.h"

void trial_load(void) {
    struct arena *a = arena_new();
    struct err e = {0};
    const char *charset;
    str text;
    bool ok = unpack_ready(&e); /* what is not there is told by whoever needs it */
    ok &= xml_ready(&e);
    ok &= text_decode(a, S("\x82\xa0,\x82\xa2\n"), S(""), &text, &charset, &e);
    (void)ok;
    arena_free(a);
}

bool trial_is_archive(str text) { return unpack_looks_like_archive(text); }

static void try_advisory(struct trying *t, str text, str where) {
    struct arena *a = arena_new();
    struct compiler out;
    const struct importer *reader;
    struct err e = {0};
    compiler_init(&out);
    struct import_job job = {.ctx = t->c, .arena = a, .where = where, .text = text, .out = &out};
    if (!import_detect(&job, &reader, &e) || (reader && !reader->read(&job, &e)))
        trial_tell(t, &e);
    else
        t->documents += out.documents ? out.documents : reader != NULL;
    compiler_free(&out);
    arena_free(a);
}

void trial_advisories(struct trying *t, str text) {
    struct unpack *u;
    struct entry entry;
    struct err e = {0};
    if (!unpack_looks_like_archive(text)) {
        try_advisory(t, text, t->name);
        return;
    }
    if (!unpack_open_text(t->c, text, t->name, &u, &e)) {
        trial_tell(t, &e);
        return;
    }
    while (unpack_next(u, &entry, &e)) {
        struct arena *a = arena_new();
        str bytes;
        if (entry.kind == ENTRY_FILE && unpack_read(u, a, &bytes, &e))
            try_advisory(t, bytes, arena_printf(a, "%.*s!%.*s", STR_ARG(t->name), STR_ARG(entry.path)));
        arena_free(a);
        if (e.kind)
            break;
    }
    if (e.kind)
        trial_tell(t, &e);
    unpack_close(u);
}
