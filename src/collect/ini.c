/* SPDX-License-Identifier: Apache-2.0
 *
 * "[section]" and "key = value" lines.
 */
#include "collect/ini.h"

bool ini_next(struct lines *l, struct ini_line *out) {
    str line;
    while (lines_next(l, &line)) {
        line = str_trim(line);
        out->line = l->no;
        if (!line.n || line.p[0] == '#' || line.p[0] == ';')
            continue;
        if (line.p[0] == '[') {
            out->section = str_trim(between(line, '[', ']'));
            out->key = (str){0};
            return true;
        }
        if (!str_cut(line, '=', &out->key, &out->value))
            continue;
        out->key = str_trim(out->key);
        out->value = unquote(str_trim(out->value));
        return true;
    }
    return false;
}
