/* SPDX-License-Identifier: Apache-2.0
 *
 * A package's row and the texts of an advisory as a damaged database may hold them: reading ends, within the bytes
 * given; what a group yields lies inside the row.
 */
#include <stdlib.h>

#include "ident/cpe.h"
#include "vuln/compile.h"
#include "vuln/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void inside(str part, str whole) {
    if (part.n && (part.p < whole.p || part.p + part.n > whole.p + whole.n))
        abort();
}

static void ask_all(struct arena *a, str entries, str ecosystem) {
    static const char *const versions[] = {"0", "1.2.3", "2:1.0-1", "1.0rc1", "no version"};
    struct entry_of one;
    struct purl p = {.type = S("rpm"), .name = S("x"), .version = S("1")};
    struct cpe cpe = {0};
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        struct entry_ask ask = {.arena = a, .purl = i % 2 ? &p : NULL, .cpe = i % 3 ? &cpe : NULL};
        struct rd r = rd_of(entries);
        entry_ask_set(&ask, ecosystem, str_of(versions[i]));
        while (entry_next(&r, &one)) {
            struct entry_match m;
            inside(one.entry, entries);
            if (entry_match(&ask, one.entry, &m))
                inside(m.fixed, one.entry);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    str row = {(const char *)data, size};
    struct rd r = rd_of(row);
    struct group g;
    struct advisory v = {0};
    struct doc_strs related = {0};
    while (group_next(&r, &g)) {
        inside(g.ecosystem, row);
        inside(g.entries, row);
        ask_all(a, g.entries, g.ecosystem);
    }
    ask_all(a, row, S("npm"));
    (void)brief_read(a, row, &v, &related);
    (void)detail_read(a, row, &v);
    arena_free(a);
    return 0;
}
