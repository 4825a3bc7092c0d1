/* SPDX-License-Identifier: Apache-2.0
 *
 * conanfile.txt: references under [requires], [build_requires], [tool_requires], [test_requires]. Where a conan.lock
 * lies beside, that one says what they became.
 */
#include "collect/conan_ref.h"
#include "collect/detectors.h"

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    static const char *const dev[] = {"build_requires", "tool_requires", "test_requires"};
    struct err none = {0};
    str locked, line, section = {0};
    (void)e;
    if (collect_open(c, f, S("conan.lock"), a, &locked, &none))
        return true;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        struct conan_ref ref;
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (line.p[0] == '[' && str_ends(line, S("]")) && str_chr(line, '/') == STR_NONE) {
            section = between(line, '[', ']');
            continue;
        }
        bool requires = str_is(section, "requires"), is_dev = false;
        for (size_t i = 0; i < sizeof dev / sizeof *dev; i++)
            is_dev |= str_is(section, dev[i]);
        if (!requires && !is_dev)
            continue;
        struct find find = {.line = l.no, .direct = DIRECT_YES, .scope = is_dev ? SCOPE_DEV : SCOPE_REQUIRED};
        (void)str_cut(line, ' ', &line, &locked);
        if (conan_ref_parse(line, &ref))
            conan_ref_find(c, a, &ref, &find);
        else
            report_nameless(c, line);
    }
    return true;
}

static const char *const files[] = {"conanfile.txt", NULL};
static const char *const opens[] = {"conan.lock", NULL};
const struct detector detector_conan_file = {
    .name = "conan/file", .of_project = true, .files = files, .purl_types = "conan", .opens = opens, .read = read};
