/* SPDX-License-Identifier: Apache-2.0
 *
 * go.sum. With a go.mod beside it, it only serves that one. Alone, it stands for the module graph: minimal version
 * selection takes of each module the highest version anything asks for, and all of them are named here.
 */
#include "collect/go_sum.h"
#include "collect/detectors.h"

#include "ident/version.h"

void go_sum_init(struct go_sum *s, struct arena *a) {
    map_init(&s->modules, a);
    map_init(&s->sums, a);
}

static bool higher(const struct ecosystem *go, str now, str than) {
    if (!than.n)
        return true;
    return go ? go->compare(now, than) == ORDER_GREATER : str_cmp(now, than) > 0;
}

static str sum_key(struct arena *a, str path, str version) {
    return arena_printf(a, "%.*s %.*s", STR_ARG(path), STR_ARG(version));
}

bool go_sum_parse(const struct found_file *f, str bytes, struct arena *a, struct go_sum *out, struct err *e) {
    const struct ecosystem *go = ecosystem_find(S("Go"));
    str line;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        str path, version, sum, more;
        if (!next_word(&line, &path))
            continue;
        if (!next_word(&line, &version) || !next_word(&line, &sum) || next_word(&line, &more) || version.p[0] != 'v')
            return report_malformed(a, f, l.no, "go.sum", e);
        bool only_mod = str_ends(version, S("/go.mod"));
        if (only_mod)
            version = str_upto(version, version.n - 7);
        bool fresh;
        struct map_entry *entry = map_put(&out->modules, path, &fresh);
        if (fresh) {
            struct go_module *made = arena_new_of(a, struct go_module);
            *made = (struct go_module){.path = path, .line = l.no};
            entry->value = made;
        }
        struct go_module *m = entry->value;
        if (higher(go, version, m->any))
            m->any = version;
        if (only_mod)
            continue;
        if (higher(go, version, m->version)) {
            m->version = version;
            m->line = l.no;
        }
        str *kept = arena_new_of(a, str);
        *kept = sum;
        map_put(&out->sums, sum_key(a, path, version), NULL)->value = kept;
    }
    return true;
}

str go_sum_of(struct arena *a, const struct map *sums, str path, str version) {
    const str *sum = version.n ? map_get(sums, sum_key(a, path, version)) : NULL;
    return sum ? *sum : (str){0};
}

void go_sum_find(struct collect *c, const struct go_module *m, str version, enum sbom_direct direct) {
    struct find find = {.line = m->line, .key = m->path, .direct = direct};
    go_find_module(&find, m->path, version);
    if (!m->version.n)
        find.scope = SCOPE_OPTIONAL; /* in the module graph, but nothing of it is built */
    collect_find(c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct go_sum sum;
    go_sum_init(&sum, a);
    str beside;
    struct err none = {0};
    if (collect_open(c, f, S("go.mod"), a, &beside, &none))
        return true; /* go.mod says what of it counts, and whether this file matters at all */
    if (!go_sum_parse(f, bytes, a, &sum, e))
        return false;
    for (uint32_t i = 0; i < sum.modules.entries.n; i++) {
        const struct go_module *m = sum.modules.entries.v[i].value;
        go_sum_find(c, m, m->any, DIRECT_UNKNOWN);
    }
    return true;
}

static const char *const files[] = {"go.sum", NULL};
static const char *const opens[] = {"go.mod", NULL};
const struct detector detector_go_sum = {
    .name = "go/sum", .of_project = true, .files = files, .purl_types = "golang", .opens = opens, .read = read};
