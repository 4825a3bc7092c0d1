/* SPDX-License-Identifier: Apache-2.0
 *
 * cabal.project.freeze: `constraints:` is a comma list of "any.name ==1.2", "name ==1.2", "name +flag -flag" and
 * "any.name installed" (the one that came with the compiler). A field goes on in the indented lines below it.
 */
#include "collect/detectors.h"
#include "collect/report.h"

static void take_constraint(struct collect *c, str text, uint32_t line) {
    str name, op, version, rest = str_trim(text);
    if (!next_word(&rest, &name))
        return;
    size_t dot = str_chr(name, '.'), equal = str_find(name, S("=="));
    if (equal != STR_NONE) { /* "any.x==1.0" without a blank */
        op = str_from(name, equal);
        name = str_upto(name, equal);
    } else if (!next_word(&rest, &op)) {
        return;
    }
    if (dot != STR_NONE && dot < name.n)
        name = str_from(name, dot + 1); /* any., setup. and the like say where the constraint applies */
    if (str_is(op, "installed"))
        return collect_unidentified(c, name, str_of(_("its version is that of the compiler, which is not told")));
    if (!str_starts(op, S("==")))
        return;
    version = op.n > 2 ? str_from(op, 2) : (str){0};
    if (!version.n && !next_word(&rest, &version))
        return;
    collect_find(c, &(struct find){.type = "hackage", .name = name, .version = version, .line = line});
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    bool in = false;
    str line, item;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        if (str_starts(str_trim(line), S("--")))
            continue;
        if (line.n && indent_of(line) == 0) {
            if (str_chr(line, ':') == STR_NONE)
                return report_malformed(a, f, l.no, "cabal.project.freeze", e);
            in = str_istarts(line, S("constraints:"));
            line = in ? str_from(line, 12) : line;
        }
        while (in && str_next(&line, ',', &item))
            take_constraint(c, item, l.no);
    }
    return true;
}

static const char *const files[] = {"cabal.project.freeze", "cabal.config.freeze", NULL};
const struct detector detector_cabal_freeze = {
    .name = "haskell/cabal-freeze", .of_project = true, .files = files, .purl_types = "hackage", .read = read};
