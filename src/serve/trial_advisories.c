/* SPDX-License-Identifier: Apache-2.0 */
#include "base/charset.h"
#include "base/unpack.h"
#include "base/xml.h"
#include "serve/trial_inner.h"
#include "vuln/import_compiled.h"

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

static void fault(void *arg, const struct err *e) { trial_tell(arg, e); }

static bool compiled(void *arg, struct compiler *k) {
    struct trying *t = arg;
    t->documents += k->documents;
    k->documents = 0;
    compiler_clear(k);
    return true;
}

static void finished(void *arg, struct compiler *k) { (void)compiled(arg, k); }

void trial_advisories(struct trying *t, str text) {
    const struct compile_plan plan = {fault, compiled, finished, t};
    advdb_compile(t->c, text, t->name, &plan);
}
