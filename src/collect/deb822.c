/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/deb822.h"

#include <stdio.h>

struct deb822_reader deb822_begin(str text, str where) {
    return (struct deb822_reader){.rest = text, .where = where};
}

static bool field_name_ok(str name) {
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] <= ' ' || name.p[i] == 0x7F)
            return false;
    return name.n > 0;
}

static bool bad_line(const struct deb822_reader *r, struct err *e) {
    err_set(e, ERR_INPUT, r->where, _("a line \"Field: value\" was expected"));
    if (e) {
        size_t n = strlen(e->where);
        snprintf(e->where + n, sizeof e->where - n, ":%u", r->line);
    }
    return false;
}

bool deb822_next(struct deb822_reader *r, struct deb822 *out, struct err *e) {
    str line;
    struct deb822_field *last = NULL;
    out->n = out->line = 0;
    if (e)
        e->kind = ERR_NONE;
    while (str_line(&r->rest, &line)) {
        r->line++;
        str name, value;
        if (str_trim(line).n == 0) {
            if (out->line)
                return true;
            continue;
        }
        if (line.p[0] == '#')
            continue;
        if ((line.p[0] == ' ' || line.p[0] == '\t') && out->line) {
            if (last) /* continued: the value reaches to the end of this line */
                last->value = str_n(last->value.p, (size_t)(line.p + line.n - last->value.p));
            continue;
        }
        if (!str_cut(line, ':', &name, &value) || !field_name_ok(name))
            return bad_line(r, e);
        if (!out->line)
            out->line = r->line;
        last = NULL;
        if (out->n < DEB822_FIELDS) {
            last = &out->fields[out->n++];
            *last = (struct deb822_field){name, str_trim(value)};
        }
    }
    return out->line > 0;
}

str deb822_get(const struct deb822 *d, const char *field) {
    str name = str_of(field);
    for (uint32_t i = 0; i < d->n; i++)
        if (str_ieq(d->fields[i].name, name))
            return d->fields[i].value;
    return (str){NULL, 0};
}

void deb_source(str field, str *name, str *version) {
    size_t open = str_chr(field, '(');
    *version = (str){NULL, 0};
    *name = str_trim(str_upto(field, open == STR_NONE ? field.n : open));
    if (open != STR_NONE) {
        str v = str_from(field, open + 1);
        size_t close = str_chr(v, ')');
        *version = str_trim(str_upto(v, close == STR_NONE ? v.n : close));
    }
}

uint32_t deb_qualifiers(struct arena *a, const struct distro *d, str arch, str source, str source_version, str name,
                        str version, struct purl_qualifier out[3]) {
    uint32_t n = 0;
    str release = !d ? S("") : d->version.n ? d->version : d->codename;
    bool other_version = source_version.n && !str_eq(source_version, version);
    if (arch.n)
        out[n++] = (struct purl_qualifier){S("arch"), arch};
    if (release.n)
        out[n++] = (struct purl_qualifier){S("distro"), arena_printf(a, "%.*s-%.*s", STR_ARG(d->id), STR_ARG(release))};
    if (source.n && (!str_eq(source, name) || other_version))
        out[n++] = (struct purl_qualifier){
            S("upstream"),
            other_version ? arena_printf(a, "%.*s@%.*s", STR_ARG(source), STR_ARG(source_version)) : source};
    return n;
}

/* ── copyright files ── */

enum { LICENCES_MOST = 32 };

/* "GPL-2+ or Artistic" in Debian's words; what is no SPDX expression is made one where only the id differs. */
static str spdx_of(struct arena *a, str debian) {
    static const struct {
        const char *debian, *spdx;
    } ids[] = {
        {"Apache-2", "Apache-2.0"},
        {"Artistic", "Artistic-1.0-Perl"},
        {"Artistic-1", "Artistic-1.0"},
        {"Artistic-2", "Artistic-2.0"},
        {"BSD-2-clause", "BSD-2-Clause"},
        {"BSD-3-clause", "BSD-3-Clause"},
        {"BSD-4-clause", "BSD-4-Clause"},
        {"CC0", "CC0-1.0"},
        {"CC0-1", "CC0-1.0"},
        {"Expat", "MIT"},
        {"GFDL-1.1+", "GFDL-1.1-or-later"},
        {"GFDL-1.2+", "GFDL-1.2-or-later"},
        {"GFDL-1.3", "GFDL-1.3-only"},
        {"GFDL-1.3+", "GFDL-1.3-or-later"},
        {"GPL-1", "GPL-1.0-only"},
        {"GPL-1+", "GPL-1.0-or-later"},
        {"GPL-2", "GPL-2.0-only"},
        {"GPL-2+", "GPL-2.0-or-later"},
        {"GPL-3", "GPL-3.0-only"},
        {"GPL-3+", "GPL-3.0-or-later"},
        {"LGPL-2", "LGPL-2.0-only"},
        {"LGPL-2+", "LGPL-2.0-or-later"},
        {"LGPL-2.1", "LGPL-2.1-only"},
        {"LGPL-2.1+", "LGPL-2.1-or-later"},
        {"LGPL-3", "LGPL-3.0-only"},
        {"LGPL-3+", "LGPL-3.0-or-later"},
        {"MPL-1.1", "MPL-1.1"},
        {"AGPL-3", "AGPL-3.0-only"},
        {"AGPL-3+", "AGPL-3.0-or-later"},
        {"zlib", "Zlib"},
        {"BSL-1.0", "BSL-1.0"},
        {"ISC", "ISC"},
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (str_ieq(debian, str_of(ids[i].debian)))
            return str_of(ids[i].spdx);
    /* LicenseRef-: letters, digits, '.' and '-' only */
    char *p = arena_alloc(a, debian.n + 1);
    for (size_t i = 0; i < debian.n; i++)
        p[i] = ch_alnum(debian.p[i]) || debian.p[i] == '.' ? debian.p[i] : '-';
    str id = str_n(p, debian.n);
    return arena_cat(a, S("LicenseRef-"), id);
}

/* "A or B", "A, and B", "GPL-2+ with OpenSSL-exception". */
static void add_expression(struct arena *a, struct buf *b, str text) {
    str word;
    bool first = true;
    buf_addc(b, '(');
    while (str_next(&text, ' ', &word)) {
        word = str_trim(word);
        while (word.n && word.p[word.n - 1] == ',')
            word.n--;
        if (word.n == 0)
            continue;
        if (!first)
            buf_addc(b, ' ');
        first = false;
        if (str_ieq(word, S("or")) || str_is(word, "|"))
            buf_addz(b, "OR");
        else if (str_ieq(word, S("and")) || str_is(word, "&"))
            buf_addz(b, "AND");
        else
            buf_add(b, spdx_of(a, word));
    }
    buf_addc(b, ')');
}

static str join_licences(struct arena *a, const str *names, uint32_t n) {
    struct buf b = {0};
    for (uint32_t i = 0; i < n; i++) {
        bool simple = str_chr(names[i], ' ') == STR_NONE;
        if (i)
            buf_addz(&b, " AND ");
        if (simple)
            buf_add(&b, spdx_of(a, names[i]));
        else
            add_expression(a, &b, names[i]);
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

str deb_copyright(struct collect *c, const struct found_file *f, struct arena *a, str fs_root, str name) {
    struct arena *tmp = arena_new();
    str path = arena_printf(tmp, "/%.*s%susr/share/doc/%.*s/copyright", STR_ARG(fs_root), fs_root.n ? "/" : "",
                            STR_ARG(name));
    str text, names[LICENCES_MOST], result = {NULL, 0};
    uint32_t n = 0;
    struct deb822 d;
    struct err e = {0};
    if (collect_open(c, f, path, tmp, &text, &e) && str_find(str_upto(text, 400), S("copyright-format")) != STR_NONE) {
        struct deb822_reader r = deb822_begin(text, path);
        while (n < LICENCES_MOST && deb822_next(&r, &d, &e)) {
            str licence = deb822_get(&d, "License"), first;
            if (!deb822_get(&d, "Files").p || !str_line(&licence, &first))
                continue;
            first = str_trim(first);
            bool known = first.n == 0 || str_find(first, S(" with ")) != STR_NONE;
            for (uint32_t i = 0; i < n && !known; i++)
                known = str_eq(names[i], first);
            if (!known)
                names[n++] = first;
        }
        if (n)
            result = join_licences(a, names, n);
    }
    arena_free(tmp);
    return result;
}
