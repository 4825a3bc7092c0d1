/* SPDX-License-Identifier: Apache-2.0
 *
 * The line language of go.mod and go.work.
 */
#include "collect/go_file.h"

enum { MAX_WORDS = 8 };

struct reader {
    struct collect *c;
    const struct found_file *f;
    struct arena *a;
    struct go_file *out;
    struct err *e;
    uint32_t line;
    bool indirect; /* the line's comment says so */
    bool known;    /* one directive was understood */
};

/* Words of a line, quotes undone, up to a comment. */
static uint32_t split(str line, str words[MAX_WORDS], str *comment) {
    uint32_t n = 0;
    *comment = (str){0};
    for (size_t i = 0; i < line.n;) {
        if (ch_space(line.p[i])) {
            i++;
            continue;
        }
        if (str_starts(str_from(line, i), S("//"))) {
            *comment = str_trim(str_from(line, i + 2));
            break;
        }
        size_t start = i;
        char quote = line.p[i] == '"' || line.p[i] == '`' ? line.p[i] : 0;
        if (quote) {
            size_t end = str_chr(str_from(line, i + 1), quote);
            i = end == STR_NONE ? line.n : i + end + 2;
        } else if (line.p[i] == '(' || line.p[i] == ')') {
            i++;
        } else {
            while (i < line.n && !ch_space(line.p[i]) && line.p[i] != '(' && line.p[i] != ')' &&
                   !str_starts(str_from(line, i), S("//")))
                i++;
        }
        str word = str_n(line.p + start, i - start);
        if (n < MAX_WORDS)
            words[n++] = quote && word.n >= 2 ? str_n(word.p + 1, word.n - 2) : word;
    }
    return n;
}

static bool is_version(str s) { return s.n > 1 && s.p[0] == 'v' && ch_digit(s.p[1]); }

static bool cut_short(struct reader *r) { return report_malformed(r->a, r->f, r->line, "go.mod", r->e); }

static bool on_module(struct reader *r, const str *w, uint32_t n) {
    if (n < 1)
        return cut_short(r);
    r->out->module = w[0];
    r->out->module_line = r->line;
    return true;
}

static bool on_go(struct reader *r, const str *w, uint32_t n) {
    if (n < 1 || !ch_digit(w[0].p[0]))
        return cut_short(r);
    r->out->go = w[0];
    r->out->go_line = r->line;
    return true;
}

static bool on_toolchain(struct reader *r, const str *w, uint32_t n) {
    if (n < 1)
        return cut_short(r);
    r->out->toolchain = w[0];
    r->out->toolchain_line = r->line;
    return true;
}

static bool on_require(struct reader *r, const str *w, uint32_t n) {
    if (n != 2 || !is_version(w[1]))
        return cut_short(r);
    *vec_push(r->a, &r->out->requires) = (struct go_require){w[0], w[1], r->indirect, r->line};
    return true;
}

static bool on_exclude(struct reader *r, const str *w, uint32_t n) {
    if (n != 2 || !is_version(w[1]))
        return cut_short(r);
    *vec_push(r->a, &r->out->excludes) = (struct go_require){w[0], w[1], false, r->line};
    return true;
}

/* old [v1] => new [v2] */
static bool on_replace(struct reader *r, const str *w, uint32_t n) {
    uint32_t arrow = 0;
    while (arrow < n && !str_is(w[arrow], "=>"))
        arrow++;
    uint32_t behind = n - arrow;
    if (arrow < 1 || arrow > 2 || behind < 2 || behind > 3 || (arrow == 2 && !is_version(w[1])))
        return cut_short(r);
    *vec_push(r->a, &r->out->replaces) = (struct go_replace){
        .path = w[0],
        .version = arrow == 2 ? w[1] : (str){0},
        .to = w[arrow + 1],
        .to_version = behind == 3 ? w[arrow + 2] : (str){0},
        .line = r->line,
    };
    return true;
}

static bool on_use(struct reader *r, const str *w, uint32_t n) {
    if (n < 1)
        return cut_short(r);
    *vec_push(r->a, &r->out->uses) = w[0];
    return true;
}

static bool on_nothing(struct reader *r, const str *w, uint32_t n) {
    (void)r, (void)w, (void)n;
    return true;
}

static const struct directive {
    const char *verb;
    bool (*take)(struct reader *r, const str *words, uint32_t n);
} directives[] = {
    {"module", on_module},   {"go", on_go},           {"toolchain", on_toolchain},
    {"require", on_require}, {"exclude", on_exclude}, {"replace", on_replace},
    {"use", on_use},         {"retract", on_nothing}, {"godebug", on_nothing},
    {"tool", on_nothing},    {"ignore", on_nothing},
};

static const struct directive *directive_of(str verb) {
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (str_is(verb, directives[i].verb))
            return &directives[i];
    return NULL;
}

static bool take_line(struct reader *r, const struct directive **block, const str *w, uint32_t n) {
    if (*block) {
        if (!str_is(w[0], ")"))
            return (*block)->take(r, w, n);
        *block = NULL;
        return true;
    }
    const struct directive *d = directive_of(w[0]);
    if (!d) {
        ctx_warn(collect_ctx(r->c), report_place(r->a, r->f, r->line), _("the directive \"%.*s\" is not known"),
                 STR_ARG(w[0]));
        return true;
    }
    r->known = true;
    if (n == 2 && str_is(w[1], "(")) {
        *block = d;
        return true;
    }
    return d->take(r, w + 1, n - 1);
}

bool go_file_parse(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct go_file *out,
                   struct err *e) {
    *out = (struct go_file){0};
    struct reader r = {.c = c, .f = f, .a = a, .out = out, .e = e};
    const struct directive *block = NULL;
    str line, words[MAX_WORDS], comment, word;
    uint32_t lines_with_words = 0;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        uint32_t n = split(line, words, &comment);
        if (n == 0)
            continue;
        lines_with_words++;
        r.line = l.no;
        r.indirect = next_word(&comment, &word) && (str_is(word, "indirect") || str_starts(word, S("indirect;")));
        if (!r.known && !block && !directive_of(words[0]) && lines_with_words == 1)
            return report_malformed(a, f, l.no, "go.mod", e);
        if (!take_line(&r, &block, words, n))
            return false;
    }
    return true;
}

str go_file_stdlib(const struct go_file *g) {
    str tool = g->toolchain, rest;
    if (str_starts(tool, S("go")) && tool.n > 2 && ch_digit(tool.p[2])) {
        (void)str_cut(str_from(tool, 2), '-', &tool, &rest);
        return tool;
    }
    return g->go;
}

void go_file_find_stdlib(struct collect *c, struct arena *a, const struct go_file *g) {
    str version = go_file_stdlib(g);
    if (!version.n)
        return;
    static const struct sbom_property minimum[] = {{S_INIT("akashi:go:version"), S_INIT("minimum")}};
    collect_find(c, &(struct find){.type = "golang",
                                   .name = S("stdlib"),
                                   .version = arena_cat(a, S("v"), version),
                                   .line = version.p == g->go.p ? g->go_line : g->toolchain_line,
                                   .direct = DIRECT_YES,
                                   .scope = SCOPE_REQUIRED,
                                   .licence = S("BSD-3-Clause"),
                                   .properties = minimum,
                                   .n_properties = 1,
                                   .key = S("stdlib")});
}

void go_find_module(struct find *out, str path, str version) {
    out->type = "golang";
    if (!str_rcut(path, '/', &out->ns, &out->name))
        out->name = path;
    out->version = version;
}
