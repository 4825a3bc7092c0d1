/* SPDX-License-Identifier: Apache-2.0
 *
 * CMakeLists.txt and *.cmake: what FetchContent_Declare, ExternalProject_Add and CPMAddPackage download. Variables set
 * to plain text in the same file are replaced; nothing is run.
 */
#include "collect/detectors.h"
#include "collect/download.h"

enum { MAX_ARGS = 256, MAX_VALUE = 4096 };

struct cmake {
    struct collect *c;
    const struct found_file *f;
    struct arena *a;
    struct map variables; /* name → str * */
    str text;
    size_t at;
    uint32_t line;
    str args[MAX_ARGS];
    uint32_t n_args;
};

static char here(const struct cmake *m) { return m->at < m->text.n ? m->text.p[m->at] : 0; }

static void step(struct cmake *m) {
    if (here(m) == '\n')
        m->line++;
    m->at++;
}

/* [[…]], [=[…]=]: number of '=' or -1 when no bracket opens here. */
static int bracket(const struct cmake *m) {
    size_t at = m->at + 1;
    int n = 0;
    while (at < m->text.n && m->text.p[at] == '=') {
        at++;
        n++;
    }
    return here(m) == '[' && at < m->text.n && m->text.p[at] == '[' ? n : -1;
}

static str take_bracket(struct cmake *m, int n) {
    for (int i = 0; i < n + 2; i++)
        step(m);
    size_t start = m->at;
    for (; m->at < m->text.n; step(m)) {
        size_t at = m->at + 1;
        int k = 0;
        if (here(m) != ']')
            continue;
        while (at < m->text.n && m->text.p[at] == '=' && k < n) {
            at++;
            k++;
        }
        if (k == n && at < m->text.n && m->text.p[at] == ']') {
            str inside = str_n(m->text.p + start, m->at - start);
            for (int i = 0; i < n + 2; i++)
                step(m);
            return inside;
        }
    }
    return str_n(m->text.p + start, m->at - start);
}

/* White space and comments. */
static void skip(struct cmake *m) {
    for (;;) {
        while (m->at < m->text.n && ch_space(here(m)))
            step(m);
        if (here(m) != '#')
            return;
        step(m);
        int n = bracket(m);
        if (n >= 0)
            (void)take_bracket(m, n);
        else
            while (m->at < m->text.n && here(m) != '\n')
                step(m);
    }
}

static str expanded(struct cmake *m, str text) {
    struct buf b = {0};
    if (str_find(text, S("${")) == STR_NONE)
        return text;
    while (text.n && b.n < MAX_VALUE) {
        size_t at = str_find(text, S("${"));
        buf_add(&b, str_upto(text, at));
        text = str_from(text, at);
        if (at == STR_NONE)
            break;
        size_t end = str_chr(text, '}');
        const str *value = end == STR_NONE ? NULL : map_get(&m->variables, str_n(text.p + 2, end - 2));
        size_t used = end == STR_NONE ? text.n : end + 1;
        buf_add(&b, value ? *value : str_upto(text, used));
        text = str_from(text, used);
    }
    str out = arena_str(m->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static str take_argument(struct cmake *m) {
    int n = bracket(m);
    if (n >= 0)
        return take_bracket(m, n);
    bool quoted = here(m) == '"';
    if (quoted)
        step(m);
    size_t start = m->at;
    while (m->at < m->text.n) {
        char ch = here(m);
        if (quoted ? ch == '"' : ch_space(ch) || ch == '(' || ch == ')' || ch == '"' || ch == '#')
            break;
        if (ch == '\\')
            step(m);
        step(m);
    }
    size_t end = m->at < m->text.n ? m->at : m->text.n;
    str s = str_n(m->text.p + start, end - start);
    if (quoted)
        step(m);
    return expanded(m, s);
}

/* Arguments up to the closing parenthesis; inner parentheses are flattened. */
static void take_arguments(struct cmake *m) {
    int depth = 1;
    m->n_args = 0;
    while (m->at < m->text.n) {
        skip(m);
        char ch = here(m);
        if (ch == '(' || ch == ')') {
            step(m);
            depth += ch == '(' ? 1 : -1;
            if (depth == 0)
                return;
            continue;
        }
        size_t before = m->at;
        str arg = take_argument(m);
        if (m->n_args < MAX_ARGS && (arg.n || m->at > before))
            m->args[m->n_args++] = arg;
        if (m->at == before)
            step(m);
    }
}

/* The argument behind a keyword. */
static str option(const struct cmake *m, const char *keyword) {
    for (uint32_t i = 0; i + 1 < m->n_args; i++)
        if (str_is(m->args[i], keyword))
            return m->args[i + 1];
    return (str){0};
}

static void add_hash(struct cmake *m, struct download *d) {
    str alg, hex, text = option(m, "URL_HASH");
    const char *name = str_cut(text, '=', &alg, &hex) ? hash_name(alg) : NULL;
    if (!name && option(m, "URL_MD5").n) {
        name = "MD5";
        hex = option(m, "URL_MD5");
    }
    if (!name || !hash_hex(m->a, name, hex, &d->hash))
        d->hash = (struct sbom_hash){0};
}

static bool unresolved(str s) { return str_find(s, S("${")) != STR_NONE; }

static void on_fetch(struct cmake *m, uint32_t line) {
    struct download d = {.line = line, .direct = DIRECT_YES, .name = m->n_args ? m->args[0] : (str){0}};
    d.git = option(m, "GIT_REPOSITORY");
    d.ref = option(m, "GIT_TAG");
    d.url = option(m, "URL");
    add_hash(m, &d);
    if (!d.git.n && !d.url.n)
        return; /* sources in the tree, or another version control */
    if (unresolved(d.git) || unresolved(d.url))
        return collect_unidentified(m->c, d.name, str_of(_("its address has a variable that is not set here")));
    if (unresolved(d.ref))
        d.ref = (str){0};
    download_find(m->c, m->a, &d);
}

/* CPMAddPackage("gh:fmtlib/fmt#10.2.1"), …@1.0, or with NAME, GITHUB_REPOSITORY, GIT_TAG, VERSION. */
static void on_cpm(struct cmake *m, uint32_t line) {
    struct download d = {.line = line, .direct = DIRECT_YES};
    static const struct {
        const char *prefix, *url;
    } hosts[] = {{"gh:", "https://github.com/"}, {"gl:", "https://gitlab.com/"}, {"bb:", "https://bitbucket.org/"}};
    str first = m->n_args ? m->args[0] : (str){0}, path, ref;
    for (size_t i = 0; i < 3 && m->n_args == 1; i++)
        if (str_starts(first, str_of(hosts[i].prefix))) {
            path = str_from(first, 3);
            if (str_cut(path, '#', &path, &ref))
                d.ref = ref;
            else if (str_cut(path, '@', &path, &ref))
                d.ref = arena_cat(m->a, S("v"), ref); /* CPM's rule */
            d.git = arena_cat(m->a, str_of(hosts[i].url), path);
        }
    if (m->n_args > 1) {
        d.name = option(m, "NAME");
        d.ref = option(m, "GIT_TAG");
        d.version = option(m, "VERSION");
        d.url = option(m, "URL");
        d.git = option(m, "GIT_REPOSITORY");
        if (option(m, "GITHUB_REPOSITORY").n)
            d.git = arena_cat(m->a, S("https://github.com/"), option(m, "GITHUB_REPOSITORY"));
        if (!d.ref.n && d.version.n)
            d.ref = arena_cat(m->a, S("v"), d.version);
        add_hash(m, &d);
    }
    if ((d.git.n || d.url.n) && !unresolved(d.git) && !unresolved(d.url))
        download_find(m->c, m->a, &d);
}

static void on_set(struct cmake *m, uint32_t line) {
    (void)line;
    if (m->n_args < 2 || unresolved(m->args[1]))
        return;
    str *value = arena_new_of(m->a, str);
    *value = arena_str(m->a, m->args[1]);
    map_put(&m->variables, m->args[0], NULL)->value = value;
}

static const struct {
    const char *name;
    void (*run)(struct cmake *m, uint32_t line);
} commands[] = {
    {"FetchContent_Declare", on_fetch}, {"ExternalProject_Add", on_fetch}, {"CPMAddPackage", on_cpm}, {"set", on_set}};

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct cmake m = {.c = c, .f = f, .a = a, .text = bytes, .line = 1};
    (void)e;
    map_init(&m.variables, a);
    while (m.at < m.text.n) {
        skip(&m);
        size_t start = m.at;
        while (ch_alnum(here(&m)) || here(&m) == '_')
            m.at++;
        str name = str_n(m.text.p + start, m.at - start);
        uint32_t line = m.line;
        skip(&m);
        if (!name.n || here(&m) != '(') {
            if (m.at == start)
                step(&m);
            continue;
        }
        step(&m);
        take_arguments(&m);
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
            if (str_ieq(name, str_of(commands[i].name)))
                commands[i].run(&m, line);
    }
    return true;
}

static const char *const files[] = {"CMakeLists.txt", "*.cmake", NULL};
const struct detector detector_cmake_fetch = {
    .name = "cpp/cmake", .of_project = true, .files = files, .purl_types = "github git generic", .read = read};
