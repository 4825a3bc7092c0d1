/* SPDX-License-Identifier: Apache-2.0
 *
 * The side inside, for advisories.
 */
#include "base/wire.h"
#include "serve/confined_inner.h"
#include "vuln/compile_form.h"
#include "vuln/import_compiled.h"

enum { PART_BYTES = 4 << 20, FAULTS_TOLD = 100 };

struct telling {
    uint64_t faulty;
    struct buf b;
    bool cut; /* nobody listens any more */
};

static void fault(void *arg, const struct err *e) {
    struct telling *t = arg;
    if (t->faulty++ >= FAULTS_TOLD || t->cut)
        return;
    buf_clear(&t->b);
    wire_put_err(&t->b, e);
    t->cut = !reader_answer(FRAME_FAULT, &t->b);
}

static void hand_over(struct telling *t, struct compiler *k) {
    buf_clear(&t->b);
    wire_put_wide(&t->b, k->documents);
    compiler_write(k, &t->b);
    t->cut = t->cut || !reader_answer(FRAME_RECORDS, &t->b);
    k->documents = 0;
    compiler_clear(k);
}

static bool compiled(void *arg, struct compiler *k) {
    struct telling *t = arg;
    if (k->bytes >= PART_BYTES || k->kev.v || k->epss.v)
        hand_over(t, k);
    return !t->cut;
}

static void finished(void *arg, struct compiler *k) {
    if (k->documents)
        hand_over(arg, k);
}

bool read_advisories(struct ctx *c, const struct asked_for *q) {
    struct telling t = {0};
    const struct compile_plan plan = {.fault = fault, .compiled = compiled, .finished = finished, .arg = &t};
    advdb_compile(c, q->text, q->name, &plan);
    buf_clear(&t.b);
    wire_put_wide(&t.b, t.faulty);
    bool ok = !t.cut && reader_answer(FRAME_END, &t.b);
    buf_free(&t.b);
    return ok;
}
