/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an upload of entries to a mirror: however they are cut into pieces the answer is the same, it is one of
 * those the protocol knows, and nothing is ever kept that no signed checkpoint proves.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "seal/mirror.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static int answer(const struct mirror *m, str text, size_t step) {
    struct arena *a = arena_new();
    struct mirror_upload *u = mirror_upload_begin(m, a);
    struct reply r = {0};
    for (; text.n; text = str_from(text, step))
        mirror_upload_more(u, str_upto(text, step));
    check(mirror_upload_end(u, a, &r, NULL));
    arena_free(a);
    return r.status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct mirror m;
    struct vkey log;
    struct err e = {0};
    ctx_init(&c);
    check(vkey_parse(a, S("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), S("v"), &log, &e));
    /* No checkpoint was ever offered, so that the folder stays as it is: empty. */
    struct mirror_plan plan = {
        .folder = arena_printf(a, "%s/akashi-fuzz-mirror-%d", P_tmpdir, (int)getpid()), .logs = &log, .n_logs = 1};
    check(mirror_open(&c, a, &plan, &m, &e));
    str text = str_n((const char *)data, size);
    int whole = answer(&m, text, size ? size : 1);
    check(whole == 400 || whole == 404 || whole == 409);
    check(whole == answer(&m, text, 1) && whole == answer(&m, text, 7));
    check(!path_exists(mirror_copy(&m, a, log.name)));
    rmdir(arena_cstr(a, m.pending.folder));
    rmdir(arena_cstr(a, m.folder));
    arena_free(a);
    ctx_free(&c);
    return 0;
}
