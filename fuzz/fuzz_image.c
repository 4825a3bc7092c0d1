/* SPDX-License-Identifier: Apache-2.0
 *
 * A file that may be an image (docker save, OCI layout), an archive, or anything: it is looked at or refused with one
 * error that has a place, and no path of a component leads outside.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "collect/collect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct err e = {0};
    struct sbom *s = NULL;
    char path[64];
    int fd = memfd_create("fuzz", 0);
    check(fd >= 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    check(fd_write_all(fd, str_n((const char *)data, size), S("fuzz"), &e));
    ctx_init(&c);
    c.threads = 1;
    c.limits.member = c.limits.file = 1 << 24;
    c.limits.unpacked = 1 << 26;
    struct arena *a = arena_new();
    struct collect_options o = {.name = S("fuzz")};
    if (collect_run(&c, a, str_of(path), &o, &s, &e)) {
        for (uint32_t i = 0; i < s->components.n; i++)
            for (uint32_t p = 0; p < s->components.v[i].places.n; p++) {
                str place = s->components.v[i].places.v[p].path;
                check(place.n && place.p[0] != '/' && str_find(place, S("../")) == STR_NONE);
            }
    } else {
        check(e.kind != ERR_NONE && e.where[0]);
    }
    arena_free(a);
    ctx_free(&c);
    close(fd);
    return 0;
}
