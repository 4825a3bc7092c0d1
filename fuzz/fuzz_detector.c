/* SPDX-License-Identifier: Apache-2.0
 *
 * Every detector of this room over bytes that claim to be its file: the first byte chooses which. Looked at twice, the
 * result is the same; each component has a name, a reference of its own, and a place in this file.
 */
#include <stdlib.h>

#include "collect/collect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const paths[] = {
    "var/lib/dpkg/status",
    "lib/apk/db/installed",
    "var/lib/rpm/Packages",
    "var/lib/rpm/rpmdb.sqlite",
    "var/lib/rpm/Packages.db",
    "x.rpm",
    "x.deb",
    "x.jar",
    "x.exe",
    "bin/busybox",
    "bin/app",
    "lib/libx.so.1",
    "x.gguf",
    "x.onnx",
    "x.safetensors",
    "boot/vmlinuz",
    "x.ko",
    "var/lib/pacman/local/x-1/desc",
    "var/db/pkg/a/b-1/CONTENTS",
    "etc/os-release",
    "x.apk",
    "meta/snap.yaml",
    "Cellar/a/1/INSTALL_RECEIPT.json",
    "opt/bitnami/a/.spdx-a.spdx",
    "usr/lib/opkg/status",
    "wp-content/plugins/a/a.php",
    "nix/store/00000000000000000000000000000000-a-1/bin/a",
};

static void check(int ok) {
    if (!ok)
        abort();
}

static struct sbom *look(struct ctx *c, struct arena *a, str path, str bytes) {
    struct collect_options o = {.name = S("fuzz")};
    struct sbom *s = NULL;
    struct err e = {0};
    check(collect_text(c, a, path, bytes, &o, &s, &e));
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1)
        return 0;
    struct ctx c;
    ctx_init(&c);
    c.threads = 1;
    c.limits.member = c.limits.file = 1 << 24;
    c.limits.unpacked = 1 << 26;
    struct arena *a = arena_new();
    str path = str_of(paths[data[0] % (sizeof paths / sizeof *paths)]), bytes = str_n((const char *)data + 1, size - 1);
    struct sbom *x = look(&c, a, path, bytes), *y = look(&c, a, path, bytes);
    struct map refs;
    map_init(&refs, a);
    check(str_eq(x->id, y->id) && x->components.n == y->components.n && x->relations.n == y->relations.n);
    for (uint32_t i = 0; i < x->components.n; i++) {
        const struct sbom_component *k = &x->components.v[i];
        bool fresh;
        map_put(&refs, k->ref, &fresh);
        check(fresh && k->name.n > 0);
        for (uint32_t p = 0; p < k->places.n; p++)
            check(str_starts(k->places.v[p].path, path));
    }
    for (uint32_t i = 0; i < x->relations.n; i++)
        check(x->relations.v[i].from_at < x->components.n && x->relations.v[i].to_at < x->components.n);
    arena_free(a);
    ctx_free(&c);
    return 0;
}
