/* SPDX-License-Identifier: Apache-2.0
 *
 * The kernel's configuration: .config, /boot/config-*, /proc/config.gz.
 *
 *   # Linux/x86 6.1.0 Kernel Configuration     → @version 6.1.0, @arch x86
 *   CONFIG_SMP=y                               → CONFIG_SMP y
 *   CONFIG_LSM="lockdown,yama"                 → CONFIG_LSM lockdown,yama
 *   # CONFIG_DEVMEM is not set                 → CONFIG_DEVMEM n
 *
 * What came last counts, as when the kernel's build reads it.
 */
#include "base/file.h"
#include "inspect/config_rules.h"
#include "inspect/inspectors.h"

static str without_quotes(str s) {
    return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_n(s.p + 1, s.n - 2) : s;
}

/* "Linux/x86 6.1.0-rc3 Kernel Configuration", older: "Linux/x86_64 3.2.0 Kernel Configuration" */
static bool header(struct config *c, str said, uint32_t line, struct err *e) {
    str arch, version;
    if (!str_starts(said, S("Linux/")) || !str_ends(said, S("Kernel Configuration")) ||
        !str_cut(str_from(said, 6), ' ', &arch, &version))
        return true;
    (void)str_cut(version, ' ', &version, &(str){0});
    return config_add_last(c, S("@arch"), arch, line, e) && config_add_last(c, S("@version"), version, line, e);
}

static bool setting(struct config *c, str line, uint32_t number, struct err *e) {
    str key, value;
    if (str_starts(line, S("#"))) {
        str said = str_trim(str_from(line, 1));
        if (str_starts(said, S("CONFIG_")) && str_ends(said, S(" is not set")))
            return config_add_last(c, str_upto(said, said.n - 11), S("n"), number, e);
        return header(c, said, number, e);
    }
    if (!str_starts(line, S("CONFIG_")) || !str_cut(line, '=', &key, &value))
        return true;
    return config_add_last(c, key, without_quotes(value), number, e);
}

static bool read(struct config *c, str bytes, struct err *e) {
    str line;
    if (!text_unpack(c->ctx, c->a, bytes, c->path, &bytes, e))
        return false;
    for (uint32_t number = 1; str_line(&bytes, &line); number++)
        if (!setting(c, str_trim(line), number, e))
            return false;
    /* Every kernel's has one of the two; a config-* of something else has neither. */
    c->not_mine = !config_own(c, 0, S("@version")) && !config_own(c, 0, S("CONFIG_MODULES")) &&
                  !config_own(c, 0, S("CONFIG_MMU"));
    return true;
}

static const char *const contexts[] = {"file", NULL};
const struct config_kind config_kernel = {.name = "kernel", .contexts = contexts, .read = read};

static const char *const files[] = {".config", "config-*", "config.gz", "*.kconfig", NULL};

static bool prepare(struct ctx *c, struct arena *a, const struct inspect_options *o, const void **state,
                    struct err *e) {
    return config_prepare(&config_kernel, c, a, o, state, e);
}

static bool sniff(str head, const struct found_file *f) {
    (void)f;
    return str_starts(head, S("#\n# Automatically generated file; DO NOT EDIT.\n# Linux/"));
}

const struct inspector inspector_kernel = {.name = "kernel",
                                           .title = N_("Linux kernel configuration"),
                                           .files = files,
                                           .sniff = sniff,
                                           .prepare = prepare,
                                           .look = config_look};
