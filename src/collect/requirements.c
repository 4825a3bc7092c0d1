/* SPDX-License-Identifier: Apache-2.0
 *
 * requirements.txt as pip reads it: continued lines, comments, options behind a requirement, other files with -r,
 * constraints with -c, editable and direct addresses. What pip-compile and uv write behind "# via" gives the edges.
 *
 * A requirement that leaves a choice (">=2.0") is reported with the lowest version it names as allowed, and the whole
 * of it in the property akashi:requirement: something has to be assessed, and this is what the file admits.
 */
#include "base/file.h"
#include "collect/pypi.h"

enum { MOST_INCLUDES = 64, DEEPEST_INCLUDE = 16 };

struct wanted {
    struct pypi_package p;
    str via; /* who asked for it, joined by '\n'; absent when nothing says so */
    bool is_constraint;
};
struct reader {
    struct collect *c;
    const struct found_file *file;
    struct arena *a;
    VEC(struct wanted) wanted;
    struct map seen; /* files already read, by path */
    struct map by_name;
    enum sbom_scope scope;
    bool any_via;
    uint32_t good, bad;
    str first_bad;
};

/* One file of the reading: the main one, or one it includes. */
struct part {
    str path, rest;
    uint32_t line, start; /* start: first line of the logical line; in an included file that of the -r */
    uint32_t depth;
    bool is_constraint, in_via;
    str behind; /* comment behind the logical line, about what the line asks for */
};

static void read_part(struct reader *r, struct part *p);

/* ── lines ── */

/* pip: a comment begins at '#' at the start of the line or behind white space. */
static str without_comment(str line, str *comment) {
    *comment = (str){NULL, 0};
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == '#' && (i == 0 || ch_space(line.p[i - 1]))) {
            *comment = str_from(line, i + 1);
            return str_upto(line, i);
        }
    return line;
}

/* "# via a, b", or "# via" with one name on each of the following comment lines. */
static void read_via(struct reader *r, struct part *p, str comment) {
    struct wanted *last = r->wanted.n ? &r->wanted.v[r->wanted.n - 1] : NULL;
    str text = str_trim(comment), one;
    bool begins = str_starts(text, S("via")) && (text.n == 3 || ch_space(text.p[3]));
    if (!last || p->depth || p->is_constraint || (!begins && !(p->in_via && str_starts(comment, S("   ")))))
        p->in_via = false;
    else {
        p->in_via = r->any_via = true;
        text = str_trim(str_from(text, begins ? 3 : 0));
        while (str_next(&text, ',', &one))
            if (str_trim(one).n)
                last->via = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(last->via), last->via.n ? "\n" : "",
                                         STR_ARG(str_trim(one)));
        if (!last->via.p)
            last->via = S("");
    }
}

/* The next logical line; false at the end. */
static bool next_line(struct reader *r, struct part *p, str *out) {
    struct buf b = {0};
    str line, comment;
    bool more = false, any = false;
    while (str_line(&p->rest, &line)) {
        p->line++;
        if (!more)
            p->start = p->line;
        any = true;
        bool is_comment = str_starts(str_trim(line), S("#"));
        more = !is_comment && str_ends(line, S("\\"));
        str body = without_comment(more ? str_upto(line, line.n - 1) : line, &comment);
        if (str_trim(body).n)
            p->in_via = false;
        if (comment.p && !is_comment)
            p->behind = comment;
        else if (comment.p)
            read_via(r, p, comment);
        buf_add(&b, body);
        buf_addc(&b, ' ');
        if (!more)
            break;
    }
    *out = arena_str(r->a, str_trim(buf_str(&b)));
    buf_free(&b);
    return any;
}

/* Cuts the words that begin with the first option: "name==1 --hash=…". */
static str options_of(str *line) {
    for (size_t i = 0; i < line->n; i++)
        if (line->p[i] == '-' && (i == 0 || ch_space(line->p[i - 1]))) {
            str options = str_from(*line, i);
            *line = str_trim(str_upto(*line, i));
            return options;
        }
    return S("");
}

/* The next option and its value ("--hash=x", "--hash x", "-rx"); value may be absent. */
static bool next_option(str *rest, str *name, str *value) {
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && !ch_space(rest->p[n]))
        n++;
    str one = str_upto(*rest, n);
    *rest = str_trim(str_from(*rest, n));
    *value = (str){NULL, 0};
    if (!one.n)
        return false;
    *name = one;
    if (str_starts(one, S("--"))) {
        str_cut(one, '=', name, value);
    } else if (one.n > 2) {
        *name = str_upto(one, 2);
        *value = str_from(one, 2);
        *value = str_starts(*value, S("=")) ? str_from(*value, 1) : *value;
    }
    if (!value->p && rest->n && rest->p[0] != '-') {
        for (n = 0; n < rest->n && !ch_space(rest->p[n]);)
            n++;
        *value = str_upto(*rest, n);
        *rest = str_from(*rest, n);
    }
    return true;
}

/* ── requirements ── */

static str place(struct reader *r, const struct part *p) {
    str path = path_join(r->a, path_dir(r->file->path), p->path);
    return arena_printf(r->a, "%.*s:%u", STR_ARG(path), p->line);
}

static struct wanted *add(struct reader *r, const struct part *p, struct pypi_package package) {
    package.line = p->start;
    package.scope = r->scope;
    struct wanted *w = vec_push(r->a, &r->wanted);
    *w = (struct wanted){.p = package, .is_constraint = p->is_constraint};
    return w;
}

/* Each clause is an operator and a version; a wildcard stands at the end of == and != only (PEP 440). */
static bool specifier_ok(str specifier) {
    str rest = specifier, one;
    while (specifier.n && str_next(&rest, ',', &one)) {
        one = str_trim(one);
        size_t n = 0;
        while (n < one.n && strchr("=<>!~", one.p[n]))
            n++;
        str version = str_trim(str_from(one, n));
        bool equal = str_is(str_upto(one, n), "==") || str_is(str_upto(one, n), "!=");
        if (equal && str_ends(version, S(".*")))
            version = str_upto(version, version.n - 2);
        if (!pypi_is_operator(str_upto(one, n)) || version.n == 0)
            return one.n == 0 && rest.p == NULL; /* a comma at the end is allowed */
        for (size_t i = 0; i < version.n; i++)
            if (!ch_alnum(version.p[i]) && !strchr(".-_+!", version.p[i]))
                return false;
    }
    return true;
}

/* Name and version a wheel's or source archive's file name tells. */
static bool name_of_file(str file, str *name, str *version) {
    static const char *const endings[] = {".tar.gz", ".zip", ".tar.bz2", ".tar.xz", ".tgz"};
    str rest, ignored;
    str_cut(file, '#', &file, &ignored);
    str_cut(file, '?', &file, &ignored);
    file = path_base(file);
    if (str_ends(file, S(".whl")))
        return str_cut(file, '-', name, &rest) && str_cut(rest, '-', version, &ignored) && pypi_is_name(*name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(file, str_of(endings[i])))
            return str_rcut(str_upto(file, file.n - strlen(endings[i])), '-', name, version) && pypi_is_name(*name) &&
                   version->n && ch_digit(version->p[0]);
    return false;
}

/* "…#egg=NAME&subdirectory=…", extras cut off */
static str egg_of(str url) {
    str head, fragment, one, rest;
    str_cut(url, '#', &head, &fragment);
    while (str_next(&fragment, '&', &one))
        if (str_starts(one, S("egg="))) {
            str_cut(str_from(one, 4), '[', &one, &rest);
            return one;
        }
    return (str){NULL, 0};
}

static bool is_vcs(str url) {
    static const str tools[] = {S_INIT("git+"), S_INIT("hg+"), S_INIT("svn+"), S_INIT("bzr+")};
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
        if (str_starts(url, tools[i]))
            return true;
    return str_starts(url, S("git@")) || str_starts(url, S("git://"));
}

/* Sets where it comes from: "git+https://host/path@revision#egg=…", an archive's address, a path of the tree. */
static void set_address(struct reader *r, struct pypi_package *p, str url) {
    str address, fragment, revision = {NULL, 0};
    str_cut(url, '#', &address, &fragment);
    if (is_vcs(url)) {
        size_t slash = str_rchr(address, '/'), at = str_rchr(address, '@');
        if (at != STR_NONE && slash != STR_NONE && at > slash) {
            revision = str_from(address, at + 1);
            address = str_upto(address, at);
        }
        p->vcs_url = pypi_vcs_url(r->a, S("git"), address, revision);
    } else if (str_find(url, S("://")) != STR_NONE && !str_starts(url, S("file:"))) {
        p->download = address;
    } else {
        p->path = str_starts(address, S("file:")) ? str_from(address, 5) : address;
    }
    for (str rest = fragment, one; str_next(&rest, '&', &one);)
        pypi_hash(r->a, one, &p->hashes);
}

/* A requirement that is only an address or a path. */
static struct wanted *read_address(struct reader *r, const struct part *p, str url) {
    struct pypi_package x = {.name = egg_of(url)};
    str file_name, version;
    if (name_of_file(url, &file_name, &version)) {
        x.name = x.name.n ? x.name : file_name;
        x.version = version;
    }
    set_address(r, &x, url);
    if (x.name.n)
        return add(r, p, x);
    if (!p->is_constraint && !str_is(x.path, ".") && !str_is(x.path, "./"))
        collect_unidentified(r->c, url, str_of(_("its address tells no name")));
    return NULL;
}

static bool is_address(str text) {
    return str_find(text, S("://")) != STR_NONE || is_vcs(text) || str_starts(text, S(".")) ||
           str_starts(text, S("/")) || str_starts(text, S("file:")) || str_ends(text, S(".whl"));
}

static struct wanted *read_requirement(struct reader *r, const struct part *p, str text) {
    struct pypi_requirement q;
    bool at = str_find(text, S(" @ ")) != STR_NONE;
    if (str_find(text, S("${")) != STR_NONE) {
        collect_unidentified(r->c, text, str_of(_("an environment variable tells what it is")));
        return NULL;
    }
    if (!at && is_address(text)) {
        str address, marker;
        str_cut(text, ' ', &address, &marker);
        return read_address(r, p, address);
    }
    if (!pypi_requirement(text, &q) || !specifier_ok(q.specifier)) {
        r->first_bad = r->bad++ ? r->first_bad : place(r, p);
        ctx_warn(collect_ctx(r->c), place(r, p), _("this is no requirement pip understands"));
        return NULL;
    }
    r->good++;
    struct pypi_package x = {.name = q.name, .marker = q.marker};
    if (q.url.n) {
        str name;
        set_address(r, &x, q.url);
        if (!name_of_file(q.url, &name, &x.version))
            x.version = (str){NULL, 0};
    } else {
        x.version = pypi_lowest(q.specifier);
        if (!pypi_pinned(q.specifier).n)
            x.requirement = q.specifier;
    }
    return add(r, p, x);
}

/* ── options ── */

/* NOLINTNEXTLINE(misc-no-recursion): DEEPEST_INCLUDE and MOST_INCLUDES */
static void include(struct reader *r, const struct part *from, str name, bool is_constraint) {
    struct part p = {.depth = from->depth + 1, .is_constraint = is_constraint || from->is_constraint};
    struct err e = {0};
    str text;
    bool fresh;
    if (str_find(name, S("://")) != STR_NONE || str_find(name, S("${")) != STR_NONE) {
        collect_unidentified(r->c, name, str_of(_("requirements that are not in this tree")));
        return;
    }
    p.path = path_join(r->a, path_dir(from->path), name);
    map_put(&r->seen, p.path, &fresh);
    if (!fresh || p.depth > DEEPEST_INCLUDE || r->seen.entries.n > MOST_INCLUDES)
        return;
    if (!collect_open(r->c, r->file, p.path, r->a, &text, &e)) {
        if (e.kind == ERR_NONE)
            err_set(&e, ERR_INPUT, place(r, from), _("'%.*s' is not in this tree"), STR_ARG(name));
        ctx_warn_err(collect_ctx(r->c), &e);
        return;
    }
    p.rest = text_utf8(r->a, text);
    p.start = from->start;
    read_part(r, &p);
}

/* NOLINTNEXTLINE(misc-no-recursion): DEEPEST_INCLUDE */
static void read_options(struct reader *r, const struct part *p, str options, struct wanted *of) {
    str name, value;
    while (next_option(&options, &name, &value)) {
        if (str_is(name, "--hash") && of)
            pypi_hash(r->a, value, &of->p.hashes);
        else if (str_is(name, "-r") || str_is(name, "--requirement"))
            include(r, p, value, false);
        else if (str_is(name, "-c") || str_is(name, "--constraint"))
            include(r, p, value, true);
        else if ((str_is(name, "-e") || str_is(name, "--editable")) && value.n)
            of = read_address(r, p, value);
    }
}

static void read_part(struct reader *r, struct part *p) { /* NOLINT(misc-no-recursion): DEEPEST_INCLUDE */
    uint32_t main_line = p->depth ? p->start : 0;
    str line;
    while (next_line(r, p, &line)) {
        if (p->depth)
            p->start = main_line; /* the place that is reported is in the main file */
        if (!line.n)
            continue;
        str options = options_of(&line);
        struct wanted *w = line.n ? read_requirement(r, p, line) : NULL;
        read_options(r, p, options, w);
        if (p->behind.p)
            read_via(r, p, p->behind);
        p->behind = (str){NULL, 0};
    }
}

/* ── reporting ── */

/* A constraint chooses the version of what is asked for without one; it asks for nothing itself. */
static void apply_constraints(struct reader *r) {
    for (uint32_t i = 0; i < r->wanted.n; i++) {
        struct wanted *w = &r->wanted.v[i];
        if (w->is_constraint && w->p.version.n && !w->p.requirement.n)
            map_put(&r->by_name, pypi_normal(r->a, w->p.name), NULL)->value = w;
    }
    for (uint32_t i = 0; i < r->wanted.n; i++) {
        struct wanted *w = &r->wanted.v[i];
        const struct wanted *pin = map_get(&r->by_name, pypi_normal(r->a, w->p.name));
        if (!w->is_constraint && pin && (!w->p.version.n || w->p.requirement.n) && !w->p.vcs_url.n)
            w->p.version = pin->p.version;
    }
}

static void edges_from_via(struct reader *r, const struct wanted *w) {
    str rest = w->via, one;
    while (str_next(&rest, '\n', &one)) {
        const struct wanted *from = map_get(&r->by_name, pypi_normal(r->a, one));
        if (from)
            collect_edge(r->c, from->p.key, w->p.key);
    }
}

static enum sbom_direct direct_of(const struct reader *r, const struct wanted *w) {
    if (!r->any_via)
        return DIRECT_UNKNOWN;
    str rest = w->via, one;
    while (str_next(&rest, '\n', &one))
        if (one.n && (one.p[0] == '-' || one.p[0] == '(' || str_chr(one, '(') != STR_NONE))
            return DIRECT_YES; /* "-r requirements.in", "project (pyproject.toml)" */
    return DIRECT_TRANSITIVE;
}

static void report(struct reader *r) {
    apply_constraints(r);
    map_init(&r->by_name, r->a);
    for (uint32_t i = 0; i < r->wanted.n; i++) {
        struct wanted *w = &r->wanted.v[i];
        w->p.key = arena_printf(r->a, "%u", i + 1);
        if (!w->is_constraint)
            map_put(&r->by_name, pypi_normal(r->a, w->p.name), NULL)->value = w;
    }
    for (uint32_t i = 0; i < r->wanted.n; i++) {
        struct wanted *w = &r->wanted.v[i];
        if (w->is_constraint)
            continue;
        w->p.direct = direct_of(r, w);
        pypi_report(r->c, &w->p);
        edges_from_via(r, w);
    }
}

/* "requirements-dev.txt", "test-requirements.txt", "requirements/docs.txt" */
static enum sbom_scope scope_of(struct arena *a, str path) {
    str name = arena_lower(a, path_base(path));
    for (size_t i = 0, from = 0; i <= name.n; i++)
        if (i == name.n || !ch_alnum(name.p[i])) {
            if (i > from && pypi_group_scope(str_n(name.p + from, i - from)) == SCOPE_DEV)
                return SCOPE_DEV;
            from = i + 1;
        }
    return SCOPE_REQUIRED;
}

static bool requirements_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a,
                              struct err *e) {
    struct reader r = {.c = c, .file = f, .a = a, .scope = scope_of(a, f->path)};
    struct part p = {.path = path_base(f->path), .rest = text_utf8(a, bytes)};
    map_init(&r.seen, a);
    map_init(&r.by_name, a);
    map_put(&r.seen, p.path, NULL);
    read_part(&r, &p);
    /* Prose about "system requirements" has such a name too. */
    if (r.bad > r.good)
        return err_set(e, ERR_INPUT, r.first_bad, "%s", _("this is no requirement pip understands"));
    report(&r);
    return true;
}

const struct detector detector_requirements = {
    .name = "python/requirements",
    .of_project = true,
    .files = (const char *const[]){"*requirements*.txt", "requirements/*.txt", NULL},
    .purl_types = "pypi",
    .opens = (const char *const[]){"*constraints*.txt", "requirements/*.in", "*.pip", NULL},
    .read = requirements_read,
};
