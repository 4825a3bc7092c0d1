/* SPDX-License-Identifier: Apache-2.0
 *
 * Linux kernels outside any package: the version in the head of a boot image, and modules by what .modinfo says.
 */
#include "base/file.h"
#include "base/unpack.h"
#include "collect/binary.h"
#include "collect/detectors.h"

static str text_at(str bytes, size_t at) {
    str rest = str_from(bytes, at);
    size_t end = str_chr(str_upto(rest, 512), 0);
    return end == STR_NONE ? (str){NULL, 0} : str_upto(rest, end);
}

/* x86: "HdrS" at 0x202, and at 0x20E the place of the version text, less 0x200 (Documentation/arch/x86/boot.rst).
 * Others say "Linux version 6.1.0 …" in the plain image. */
static str kernel_version(str bytes) {
    str text = {NULL, 0};
    if (str_eq(piece(bytes, 0x202, 4), S("HdrS"))) {
        text = text_at(bytes, (size_t)le16(bytes, 0x20E) + 0x200);
    } else {
        str magic = S("Linux version ");
        const char *at = memmem(bytes.p, bytes.n, magic.p, magic.n);
        if (at)
            text = text_at(bytes, (size_t)(at - bytes.p) + magic.n);
    }
    size_t space = str_chr(text, ' ');
    return text.n && ch_digit(text.p[0]) ? str_upto(text, space == STR_NONE ? text.n : space) : (str){NULL, 0};
}

static void report_kernel(struct collect *c, struct arena *a, str full) {
    str release = full;
    for (size_t i = 0; i < full.n; i++)
        if (!ch_digit(full.p[i]) && full.p[i] != '.') {
            release = str_upto(full, i);
            break;
        }
    struct sbom_property p = {S("akashi:kernel-release"), full};
    struct find find = {.type = "generic",
                        .name = S("linux"),
                        .version = full,
                        .kind = TYPE_OS,
                        .unless_owned = true,
                        .licence = S("GPL-2.0-only WITH Linux-syscall-note"),
                        .properties = &p,
                        .n_properties = 1,
                        .cpe = arena_printf(a, "cpe:2.3:o:linux:linux_kernel:%.*s:*:*:*:*:*:*:*", STR_ARG(release))};
    collect_find(c, &find);
}

static bool read_kernel(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    str full = kernel_version(bytes);
    (void)e;
    (void)f;
    if (full.n) /* else a compressed image without a head we know, or something else of that name */
        report_kernel(c, a, full);
    return true;
}

static const char *const kernel_files[] = {"vmlinuz",    "vmlinuz-*",  "vmlinux", "bzImage",
                                           "boot/Image", "kernel.img", NULL};
const struct detector detector_kernel = {.name = "binary/linux-kernel",
                                         .of_unowned = true,
                                         .files = kernel_files,
                                         .purl_types = "generic",
                                         .read = read_kernel};

/* lib/modules/VERSION/modules.builtin stands there for each kernel whose modules are. */
static bool read_builtin(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    (void)bytes;
    (void)e;
    report_kernel(c, a, path_base(path_dir(f->path)));
    return true;
}

static const char *const builtin_files[] = {"lib/modules/*/modules.builtin", NULL};
const struct detector detector_kernel_modules = {
    .name = "binary/linux-modules", .files = builtin_files, .purl_types = "generic", .read = read_builtin};

/* ── modules: texts "key=value" with NUL behind each ── */

static str modinfo(str section, const char *key) {
    str item, want = str_of(key);
    while (str_next(&section, 0, &item))
        if (str_starts(item, want) && item.n > want.n && item.p[want.n] == '=')
            return str_from(item, want.n + 1);
    return (str){NULL, 0};
}

static bool read_module(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    if (!text_unpack(collect_ctx(c), a, bytes, f->path, &bytes, e))
        return false;
    str section = binary_section(bytes, ".modinfo", NULL, NULL), magic = modinfo(section, "vermagic"), kernel;
    str name = modinfo(section, "name"), base = path_base(f->path);
    if (!section.p)
        return true;
    str_cut(magic, ' ', &kernel, &(str){0});
    struct sbom_property p = {S("akashi:kernel-release"), kernel};
    struct find find = {.name = name.n ? name : str_upto(base, str_find(base, S(".ko"))),
                        .unless_owned = true,
                        .version = modinfo(section, "version"),
                        .kind = TYPE_DEVICE_DRIVER,
                        .licence = modinfo(section, "license"),
                        .description = modinfo(section, "description"),
                        .author = modinfo(section, "author"),
                        .properties = &p,
                        .n_properties = 1};
    if (!find.version.n)
        find.version = kernel;
    collect_find(c, &find);
    return true;
}

/* Modules of the kernel itself (lib/modules/VERSION/kernel/) are thousands and say no more than its version. */
static const char *const module_files[] = {"lib/modules/*/*.ko",
                                           "updates/*.ko*",
                                           "updates/dkms/*.ko*",
                                           "extra/*.ko*",
                                           "dkms/*.ko*",
                                           "weak-updates/*.ko*",
                                           NULL};
const struct detector detector_kernel_module = {
    .name = "binary/linux-module", .of_unowned = true, .files = module_files, .purl_types = "", .read = read_module};
