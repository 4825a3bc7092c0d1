/* SPDX-License-Identifier: Apache-2.0
 *
 * os-release(5): which distribution a root filesystem is. As a component, and for the purls of its packages.
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/run.h"

struct os_release {
    str id, version, codename, pretty, cpe, home, build, variant;
};

/* Shell quoting as os-release allows it: one pair of quotes around the whole, backslash before $ " \ `. */
static str unquote(struct arena *a, str v) {
    v = str_trim(v);
    if (v.n < 2 || (v.p[0] != '"' && v.p[0] != '\'') || v.p[v.n - 1] != v.p[0])
        return v;
    bool escapes = v.p[0] == '"';
    v = str_n(v.p + 1, v.n - 2);
    char *p = arena_alloc(a, v.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (escapes && v.p[i] == '\\' && i + 1 < v.n)
            i++;
        p[n++] = v.p[i];
    }
    return str_n(p, n);
}

static struct os_release parse(struct arena *a, str text) {
    struct os_release r = {0};
    const struct {
        const char *key;
        str *to;
    } keys[] = {{"ID", &r.id},          {"VERSION_ID", &r.version}, {"VERSION_CODENAME", &r.codename},
                {"CPE_NAME", &r.cpe},   {"PRETTY_NAME", &r.pretty}, {"HOME_URL", &r.home},
                {"BUILD_ID", &r.build}, {"VARIANT_ID", &r.variant}};
    str line, key, value;
    while (str_line(&text, &line)) {
        if (!str_cut(str_trim(line), '=', &key, &value))
            continue;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (str_is(key, keys[i].key))
                *keys[i].to = unquote(a, value);
    }
    return r;
}

static bool read_os_release(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    (void)f;
    (void)e;
    struct os_release r = parse(a, bytes);
    if (!r.id.n)
        return true; /* a file of that name that is not what os-release(5) describes */
    struct find found = {.name = r.id,
                         .version = r.version.n ? r.version : r.build,
                         .kind = TYPE_OS,
                         .description = r.pretty,
                         .homepage = r.home,
                         .cpe = r.cpe};
    collect_find(c, &found);
    return true;
}

static const char *const files[] = {"etc/os-release", "usr/lib/os-release", NULL};
const struct detector detector_os_release = {
    .name = "os/release", .files = files, .opens = files, .read = read_os_release};

/* ── for other detectors ── */

static const struct distro *distro_at(struct collect *c, const struct found_file *f, str folder) {
    static const char *const places[] = {"etc/os-release", "usr/lib/os-release"};
    struct arena *a = c->run->distro_arena;
    for (size_t i = 0; i < 2; i++) {
        str text, path = arena_printf(a, "/%.*s%s%s", STR_ARG(folder), folder.n ? "/" : "", places[i]);
        struct err e = {0};
        if (!collect_open(c, f, path, a, &text, &e))
            continue;
        struct os_release r = parse(a, text);
        if (!r.id.n)
            continue;
        struct distro *d = arena_new_of(a, struct distro);
        *d = (struct distro){arena_lower(a, r.id), arena_str(a, r.version), arena_str(a, r.codename),
                             arena_str(a, r.pretty)};
        return d;
    }
    return NULL;
}

const struct distro *collect_distro(struct collect *c, const struct found_file *f) {
    struct run *run = c->run;
    str folder = path_dir(str_from(f->path, f->source->prefix.n));
    const struct distro *found = NULL;
    pthread_mutex_lock(&run->distro_lock);
    for (bool last = false; !found && !last; folder = path_dir(folder)) {
        bool fresh;
        last = folder.n == 0;
        str key = arena_printf(run->distro_arena, "%.*s%.*s", STR_ARG(f->source->prefix), STR_ARG(folder));
        struct map_entry *seen = map_put(&run->distros, key, &fresh);
        if (fresh)
            seen->value = (void *)(uintptr_t)distro_at(c, f, folder);
        found = map_get(&run->distros, key);
    }
    pthread_mutex_unlock(&run->distro_lock);
    return found;
}
