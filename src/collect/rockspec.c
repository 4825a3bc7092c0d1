/* SPDX-License-Identifier: Apache-2.0
 *
 * *.rockspec (LuaRocks), Lua tables of plain text:
 *
 *   package = "luasocket"
 *   version = "3.1.0-1"
 *   description = { license = "MIT", homepage = "…" }
 *   dependencies = { "lua >= 5.1", "lpeg" }
 *
 * Installed ones stand in …/luarocks/rocks-5.4/NAME/VERSION/.
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/report.h"

struct lua {
    str text;
    size_t at;
};

static bool skip(struct lua *l) {
    for (; l->at < l->text.n; l->at++) {
        str rest = str_from(l->text, l->at);
        if (str_starts(rest, S("--[["))) {
            size_t end = str_find(rest, S("]]"));
            l->at += end == STR_NONE ? rest.n - 1 : end + 1;
        } else if (str_starts(rest, S("--"))) {
            size_t end = str_chr(rest, '\n');
            l->at += end == STR_NONE ? rest.n - 1 : end;
        } else if (!ch_space(rest.p[0]) && rest.p[0] != ',' && rest.p[0] != ';') {
            return true;
        }
    }
    return false;
}

/* "…", '…', [[…]]: false when the text at hand is none. */
static bool text_of(struct lua *l, str *out) {
    str rest = str_from(l->text, l->at);
    if (str_starts(rest, S("[["))) {
        size_t end = str_find(rest, S("]]"));
        *out = str_trim(str_n(rest.p + 2, (end == STR_NONE ? rest.n : end) - 2));
        l->at += end == STR_NONE ? rest.n : end + 2;
        return true;
    }
    if (!rest.n || (rest.p[0] != '"' && rest.p[0] != '\''))
        return false;
    size_t i = 1;
    while (i < rest.n && rest.p[i] != rest.p[0])
        i += rest.p[i] == '\\' ? 2 : 1;
    i = i < rest.n ? i : rest.n - 1;
    *out = str_n(rest.p + 1, i ? i - 1 : 0);
    l->at += i + 1;
    return true;
}

struct rock {
    str package, version, licence, homepage, summary, url;
    struct str_list dependencies;
};

static void take(struct rock *r, struct arena *a, str table, str key, str value) {
    const struct {
        const char *table, *key;
        str *into;
    } fields[] = {{"", "package", &r->package},
                  {"", "version", &r->version},
                  {"description", "license", &r->licence},
                  {"description", "homepage", &r->homepage},
                  {"description", "summary", &r->summary},
                  {"source", "url", &r->url}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_is(table, fields[i].table) && str_is(key, fields[i].key))
            *fields[i].into = value;
    if (str_is(table, "dependencies") && !key.n)
        *vec_push(a, &r->dependencies) = value;
}

/* Assignments at the top and one table down; deeper ones are read over. */
static void parse(struct rock *r, struct arena *a, str bytes) {
    struct lua l = {.text = bytes};
    str table = S(""), key = {0}, value;
    uint32_t depth = 0;
    while (skip(&l)) {
        char ch = l.text.p[l.at];
        if (text_of(&l, &value)) {
            if (depth <= 1)
                take(r, a, depth ? table : S(""), key, value);
            key = (str){0};
        } else if (ch == '{' || ch == '}') {
            if (ch == '{' && depth == 0)
                table = key;
            depth += ch == '{' ? 1 : depth ? UINT32_MAX : 0;
            key = (str){0};
            l.at++;
        } else if (ch_alpha(ch) || ch == '_') {
            size_t start = l.at;
            while (l.at < l.text.n && (ch_alnum(l.text.p[l.at]) || l.text.p[l.at] == '_'))
                l.at++;
            key = str_n(l.text.p + start, l.at - start);
        } else {
            l.at++;
        }
    }
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct rock r = {0};
    str name, rest;
    (void)e;
    parse(&r, a, bytes);
    str library = path_dir(path_dir(path_dir(f->path))),
        key = library_key(a, "lua", library, arena_lower(a, r.package));
    if (!r.package.n) {
        report_nameless(c, f->path);
        return true;
    }
    collect_find(c, &(struct find){.type = "luarocks",
                                   .name = r.package,
                                   .version = r.version,
                                   .key = key,
                                   .licence = r.licence,
                                   .homepage = r.homepage,
                                   .description = r.summary,
                                   .download = r.url,
                                   .is_project = str_find(f->path, S("luarocks/rocks")) == STR_NONE});
    for (uint32_t i = 0; i < r.dependencies.n; i++) {
        rest = r.dependencies.v[i];
        if (next_word(&rest, &name) && !str_is(name, "lua"))
            collect_edge(c, key, library_key(a, "lua", library, arena_lower(a, name)));
    }
    return true;
}

static const char *const files[] = {"*.rockspec", NULL};
const struct detector detector_rockspec = {
    .name = "lua/rockspec", .files = files, .purl_types = "luarocks", .read = read};
