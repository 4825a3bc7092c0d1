/* SPDX-License-Identifier: Apache-2.0
 *
 * For the targets of detectors: the first byte chooses a file name, the second how much of the rest goes to the file
 * beside it; both are packed into an archive and collected. What is found must be the same in a second run, and every
 * purl must read and write as itself.
 */
#ifndef AKASHI_FUZZ_DETECT_H
#define AKASHI_FUZZ_DETECT_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "collect/collect.h"

struct fuzz_files {
    const char *file, *beside; /* beside NULL: none */
};

static inline void fuzz_tar_add(struct buf *b, const char *name, str content) {
    char h[512] = {0}, zero[512] = {0};
    snprintf(h, 100, "%s", name);
    snprintf(h + 100, 8, "0000644");
    snprintf(h + 108, 8, "0000000");
    snprintf(h + 116, 8, "0000000");
    snprintf(h + 124, 12, "%011zo", content.n);
    snprintf(h + 136, 12, "00000000000");
    memset(h + 148, ' ', 8);
    h[156] = '0';
    memcpy(h + 257, "ustar", 6);
    memcpy(h + 263, "00", 2);
    unsigned sum = 0;
    for (size_t i = 0; i < 512; i++)
        sum += (unsigned char)h[i];
    snprintf(h + 148, 8, "%06o", sum);
    buf_add(b, str_n(h, 512));
    buf_add(b, content);
    buf_add(b, str_n(zero, (512 - content.n % 512) % 512));
}

/* Purls and edges of one run, as text. */
static inline void fuzz_collect(str archive, const char *only, struct buf *out) {
    struct ctx c;
    struct arena *a = arena_new();
    struct sbom *s = NULL;
    struct err e = {0};
    struct collect_options o = {.name = S("fuzz"), .only = str_of(only)};
    char path[64];
    ctx_init(&c);
    c.threads = 1;
    c.quiet = true;
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0 || write(fd, archive.p, archive.n) != (ssize_t)archive.n)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (!collect_run(&c, a, str_of(path), &o, &s, &e)) {
        fprintf(stderr, "%s: %s\n", e.where, e.what);
        abort(); /* one broken file never fails the run */
    }
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *found = &s->components.v[i];
        struct purl p;
        buf_addf(out, "%.*s %.*s\n", STR_ARG(found->purl), STR_ARG(found->name));
        if (!found->purl.n)
            continue;
        if (!purl_parse(a, found->purl, &p, &e) || !str_eq(purl_text(a, &p), found->purl)) {
            fprintf(stderr, "not canonical: %.*s\n", STR_ARG(found->purl));
            abort();
        }
    }
    for (uint32_t i = 0; i < s->relations.n; i++)
        buf_addf(out, "%u > %u\n", s->relations.v[i].from_at, s->relations.v[i].to_at);
    close(fd);
    arena_free(a);
    ctx_free(&c);
}

static inline int fuzz_detect(const uint8_t *data, size_t size, const struct fuzz_files *names, size_t n,
                              const char *only) {
    if (size < 2 || size > 65536)
        return 0;
    const struct fuzz_files *f = &names[data[0] % n];
    str rest = str_n((const char *)data + 2, size - 2);
    size_t cut = f->beside ? rest.n - rest.n * data[1] / 256 : rest.n;
    struct buf tar = {0}, first = {0}, second = {0};
    char zero[1024] = {0};
    fuzz_tar_add(&tar, f->file, str_upto(rest, cut));
    if (f->beside)
        fuzz_tar_add(&tar, f->beside, str_from(rest, cut));
    buf_add(&tar, str_n(zero, sizeof zero));
    fuzz_collect(buf_str(&tar), only, &first);
    fuzz_collect(buf_str(&tar), only, &second);
    if (!str_eq(buf_str(&first), buf_str(&second)))
        abort();
    buf_free(&tar);
    buf_free(&first);
    buf_free(&second);
    return 0;
}

#endif
