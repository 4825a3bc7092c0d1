/* SPDX-License-Identifier: Apache-2.0
 *
 * Every case of the shared lock files: the collector finds what expected.tsv of the case states, no more and no less,
 * but for the differences in the table below. LOCKFILES=npm,yarn selects kinds, LOCKFILES=npm/scalibr--one cases.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "collect/collect.h"

/* Where we differ from the tool a case comes from, and why. `+` we report it and the origin does not, `-` the other
 * way round; name may be "*", "(dev)" stands for whatever only serves development, and "name@version" says exactly
 * which. What is listed as unidentified is neither. */
struct difference {
    const char *cases; /* glob over "kind/case" */
    char way;
    const char *name, *why;
};
static const struct difference differences[] = {
#include "collect/lockfiles_differences.list"
    {NULL, 0, NULL, NULL},
};

/* Cases whose main file is not called what the format wants. */
struct rename {
    const char *kind, *suffix_wanted, *becomes; /* becomes: the whole name, or behind '+' what is appended */
};
static const struct rename renames[] = {
    {"dotnet-deps", ".deps.json", "+.deps.json"},
    {"npm", "package-lock.json", "package-lock.json"},
    {"maven-pom", "pom.xml", "pom.xml"},
    {"pip", "requirements.txt", "requirements.txt"},
};

#define PARENT "parent/pom.xml"

struct one {
    str kind, name, file, expected, origin;
};

static str field(str *line) {
    str f = S("");
    str_next(line, '\t', &f);
    return f;
}

static bool selected(const struct one *o) {
    str words = str_of(getenv("LOCKFILES")), word;
    if (!words.n)
        return true;
    while (str_next(&words, ',', &word))
        if (str_eq(word, o->kind) || str_eq(word, o->name))
            return true;
    return false;
}

static const struct difference *excused(const struct one *o, char way, str name, str full) {
    for (const struct difference *d = differences; d->cases; d++)
        if (d->way == way && str_glob(str_of(d->cases), o->name) &&
            (str_is(S("*"), d->name) || str_is(name, d->name) || str_is(full, d->name)))
            return d;
    return NULL;
}

/* "type\tname\tversion" as expected.tsv writes it. */
static str row_of(struct arena *a, const struct one *o, const struct sbom_component *c, str *name) {
    struct purl p = {0};
    if (!c->purl.n || !purl_parse(a, c->purl, &p, NULL)) {
        *name = c->name;
        return arena_printf(a, "\t%.*s\t%.*s", STR_ARG(c->name), STR_ARG(c->version));
    }
    bool bare = str_is(p.type, "deb") || str_is(p.type, "apk") || str_is(p.type, "rpm") || !p.ns.n ||
                (str_is(p.type, "maven") && str_is(o->origin, "anchore/syft"));
    const char *between = str_is(p.type, "maven") ? ":" : "/";
    *name = bare ? p.name : arena_printf(a, "%.*s%s%.*s", STR_ARG(p.ns), between, STR_ARG(p.name));
    str version = p.version;
    if (str_is(p.type, "golang") && str_is(o->origin, "google/osv-scalibr") && version.n && version.p[0] == 'v')
        version = str_from(version, 1);
    return arena_printf(a, "%.*s\t%.*s\t%.*s", STR_ARG(p.type), STR_ARG(*name), STR_ARG(version));
}

static str wanted_row(struct arena *a, str line, str *name) {
    str type = field(&line), version;
    *name = field(&line);
    version = field(&line);
    if (str_is(version, "unknown"))
        version = S("");
    struct purl p;
    if (str_is(type, "pypi") && purl_parse(a, purl_make(a, "pypi", S(""), *name, version), &p, NULL))
        *name = p.name;
    return arena_printf(a, "%.*s\t%.*s\t%.*s", STR_ARG(type), STR_ARG(*name), STR_ARG(version));
}

static unsigned check_rows(struct testing *t, const struct one *o, const struct sbom *s, str expected) {
    struct map got, want;
    unsigned wrong = 0;
    map_init(&got, t->a);
    map_init(&want, t->a);
    str line, name;
    while (str_line(&expected, &line))
        if (line.n) {
            str row = wanted_row(t->a, line, &name);
            map_put(&want, row, NULL)->value = arena_cstr(t->a, name);
        }
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        bool optional = c->in_metadata;
        for (uint32_t k = 0; k < c->properties.n; k++)
            optional |= str_is(c->properties.v[k].name, "akashi:project") ||
                        str_is(c->properties.v[k].name, "akashi:unidentified");
        optional |= c->scope == SCOPE_DEV && excused(o, '+', S("(dev)"), S(""));
        str row = row_of(t->a, o, c, &name);
        str full = arena_printf(t->a, "%.*s@%.*s", STR_ARG(name), STR_ARG(c->version));
        map_put(&got, row, NULL);
        if (!optional && !map_find(&want, row) && !excused(o, '+', name, full)) {
            print_message("%.*s: not expected: %.*s\n", STR_ARG(o->name), STR_ARG(row));
            wrong++;
        }
    }
    for (uint32_t i = 0; i < want.entries.n; i++) {
        str row = want.entries.v[i].key, version, head;
        name = str_of(want.entries.v[i].value);
        str_rcut(row, '\t', &head, &version);
        str full = arena_printf(t->a, "%.*s@%.*s", STR_ARG(name), STR_ARG(version));
        if (!map_find(&got, row) && !excused(o, '-', name, full)) {
            print_message("%.*s: missing: %.*s\n", STR_ARG(o->name), STR_ARG(row));
            wrong++;
        }
    }
    return wrong;
}

/* parent/pom.xml beside a pom. */
static void copy_parent(struct testing *t, str folder, str made) {
    str text, from = path_join(t->a, folder, S(PARENT));
    if (!path_exists(from))
        return;
    assert_true(file_read(&t->ctx, t->a, from, &text, &t->e));
    assert_true(folder_make(path_join(t->a, made, S("parent")), 0700, &t->e));
    assert_true(file_replace(path_join(t->a, made, S(PARENT)), text, &t->e));
}

/* The case's folder, or a copy of it in which the main file has its proper name. */
static str folder_of(struct testing *t, const struct one *o, str folder, char *made) {
    made[0] = 0;
    for (size_t i = 0; i < sizeof renames / sizeof *renames; i++) {
        const struct rename *r = &renames[i];
        if (!str_is(o->kind, r->kind) || str_ends(o->file, str_of(r->suffix_wanted)))
            continue;
        str text, from = path_join(t->a, folder, o->file);
        temporary_name(made, 256, "lockfiles");
        assert_non_null(mkdtemp(made));
        str name = r->becomes[0] == '+' ? arena_cat(t->a, o->file, str_of(r->becomes + 1)) : str_of(r->becomes);
        assert_true(file_read(&t->ctx, t->a, from, &text, &t->e));
        assert_true(file_replace(path_join(t->a, str_of(made), name), text, &t->e));
        copy_parent(t, folder, str_of(made));
        return str_of(made);
    }
    return folder;
}

static void remove_made(struct testing *t, const struct one *o, const char *made) {
    if (!made[0])
        return;
    for (size_t i = 0; i < sizeof renames / sizeof *renames; i++)
        if (str_is(o->kind, renames[i].kind)) {
            const char *b = renames[i].becomes;
            str name = b[0] == '+' ? arena_cat(t->a, o->file, str_of(b + 1)) : str_of(b);
            unlink(arena_cstr(t->a, path_join(t->a, str_of(made), name)));
        }
    unlink(arena_cstr(t->a, path_join(t->a, str_of(made), S(PARENT))));
    rmdir(arena_cstr(t->a, path_join(t->a, str_of(made), S("parent"))));
    rmdir(made);
}

static unsigned run_case(const struct one *o) {
    void *state;
    test_setup(&state);
    struct testing *t = state;
    struct sbom *s = NULL;
    char made[256];
    unsigned wrong = 0;
    uint32_t warnings;
    str folder = path_join(t->a, path_join(t->a, shared_data(t->a, "lockfiles"), S("lockfiles")), o->name), text;
    str looked_at = folder_of(t, o, folder, made);
    struct collect_options options = {.name = S("case")};
    if (!collect_run(&t->ctx, t->a, looked_at, &options, &s, &t->e)) {
        print_message("%.*s: the run failed: %s: %s\n", STR_ARG(o->name), t->e.where, t->e.what);
        wrong++;
    } else if (str_is(o->expected, "stated")) {
        assert_true(file_read(&t->ctx, t->a, path_join(t->a, folder, S("expected.tsv")), &text, &t->e));
        wrong += check_rows(t, o, s, text);
    } else if (str_is(o->expected, "must fail")) {
        ctx_warnings(&t->ctx, &warnings);
        wrong += check_rows(t, o, s, S(""));
        if (warnings == 0 && !excused(o, '!', S(""), S(""))) {
            print_message("%.*s: broken, and no warning says so\n", STR_ARG(o->name));
            wrong++;
        }
    }
    if (wrong && s) {
        const struct warning *w = ctx_warnings(&t->ctx, &warnings);
        for (uint32_t i = 0; i < warnings; i++)
            print_message("%.*s: warning: %.*s: %.*s\n", STR_ARG(o->name), STR_ARG(w[i].where), STR_ARG(w[i].what));
    }
    remove_made(t, o, made);
    test_teardown(&state);
    return wrong;
}

/* All cases of one kind are one test. */
static void kind_agrees(void **state) {
    struct testing *t;
    const char *kind = *state;
    void *own;
    unsigned wrong = 0, cases = 0;
    test_setup(&own);
    t = own;
    str shared = shared_data(t->a, "lockfiles/INDEX.tsv"), index, line;
    if (shared.p && file_read(&t->ctx, t->a, path_join(t->a, shared, S("lockfiles/INDEX.tsv")), &index, &t->e))
        while (str_line(&index, &line)) {
            struct one o = {.name = field(&line)};
            o.kind = field(&line);
            o.file = field(&line);
            o.expected = field(&line);
            field(&line);
            o.origin = field(&line);
            if (!str_is(o.kind, kind) || !selected(&o))
                continue;
            cases++;
            wrong += run_case(&o);
        }
    test_teardown(&own);
    if (!cases)
        skip();
    assert_int_equal(wrong, 0);
}

#define KIND(name)                                                                                                     \
    { name, kind_agrees, NULL, NULL, (void *)(uintptr_t)name }

int main(void) {
    const struct CMUnitTest tests[] = {
        KIND("apk"),
        KIND("dpkg"),
#include "collect/lockfiles_kinds.list"
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
