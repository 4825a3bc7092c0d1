/* SPDX-License-Identifier: Apache-2.0
 *
 * What a confined process hands over of advisories: any bytes are refused, or mean what is written again as the very
 * same; and what is made of any advisory that can be read is taken.
 */
#include <stdlib.h>

#include "vuln/compile_form.h"
#include "vuln/import_compiled.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static bool check_form(str bytes) {
    struct compiler k;
    struct buf b = {0};
    compiler_init(&k);
    bool taken = compiler_take(&k, bytes, NULL);
    if (taken) {
        compiler_write(&k, &b);
        check(str_eq(buf_str(&b), bytes));
    }
    buf_free(&b);
    compiler_free(&k);
    return taken;
}

static void fault(void *arg, const struct err *e) {
    (void)arg;
    check(e->kind != ERR_NONE);
}

static bool compiled(void *arg, struct compiler *k) {
    struct buf b = {0};
    (void)arg;
    compiler_write(k, &b);
    check(check_form(buf_str(&b)));
    buf_free(&b);
    compiler_clear(k);
    return true;
}

static void finished(void *arg, struct compiler *k) { (void)compiled(arg, k); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct compile_plan plan = {fault, compiled, finished, NULL};
    struct ctx c;
    ctx_init(&c);
    c.quiet = true;
    (void)check_form(str_n((const char *)data, size));
    advdb_compile(&c, str_n((const char *)data, size), S("f"), &plan);
    ctx_free(&c);
    return 0;
}
