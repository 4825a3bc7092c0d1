/* SPDX-License-Identifier: Apache-2.0
 *
 * Every SPDX document of the shared data is read, and yields as many packages as its INDEX.tsv says.
 */
#include "base/testing.h"
#include "base/unpack.h"
#include "sbom/codec.h"

struct row {
    str path, format, version, packages;
};
struct corpus {
    struct testing *t;
    str folder;
    struct map rows; /* path → struct row */
    uint32_t read, refused, bad;
};

static bool corpus_open(struct testing *t, struct corpus *out) {
    str root = shared_data(t->a), text, line;
    *out = (struct corpus){.t = t};
    if (!root.p)
        return false;
    out->folder = path_join(t->a, root, S("sbom"));
    map_init(&out->rows, t->a);
    if (!file_read(&t->ctx, t->a, path_join(t->a, out->folder, S("INDEX.tsv")), &text, &t->e))
        return false;
    while (str_line(&text, &line)) {
        struct row *row = arena_new_of(t->a, struct row);
        str encoding;
        if (str_next(&line, '\t', &row->path) && str_next(&line, '\t', &row->format) &&
            str_next(&line, '\t', &row->version) && str_next(&line, '\t', &encoding) &&
            str_next(&line, '\t', &row->packages))
            map_put(&out->rows, row->path, NULL)->value = row;
    }
    return true;
}

/* Documents that must not be read: broken on purpose, or of another kind. */
static bool may_fail(const struct row *row) { return !str_starts(row->format, S("spdx-")); }

static void check_document(struct corpus *corpus, const struct row *row, str text) {
    struct testing *t = corpus->t;
    struct arena *a = arena_new();
    struct sbom *s = NULL;
    uint64_t want;
    if (!sbom_read(&t->ctx, a, text, row->path, SBOM_LENIENT, &s, NULL, &t->e)) {
        corpus->refused++;
        if (!may_fail(row)) {
            print_message("%s: %s\n", t->e.where, t->e.what);
            corpus->bad++;
        }
    } else {
        corpus->read++;
        if (str_u64(row->packages, &want) && s->components.n != want) {
            print_message("%.*s: %u packages, want %.*s\n", STR_ARG(row->path), s->components.n,
                          STR_ARG(row->packages));
            corpus->bad++;
        }
    }
    arena_free(a);
}

static bool wanted(const struct row *row) {
    return row && !str_is(row->format, "spdx-jsonld") &&
           (str_starts(row->format, S("spdx-")) || str_is(row->format, "xml"));
}

static void folder_documents(struct corpus *corpus) {
    struct testing *t = corpus->t;
    for (uint32_t i = 0; i < corpus->rows.entries.n; i++) {
        const struct row *row = corpus->rows.entries.v[i].value;
        if (!wanted(row) || str_starts(row->path, S("large.zip!")))
            continue;
        struct arena *a = arena_new();
        str text;
        if (!file_read(&t->ctx, a, path_join(a, corpus->folder, row->path), &text, &t->e))
            fail_msg("%s: %s", t->e.where, t->e.what);
        check_document(corpus, row, text);
        arena_free(a);
    }
}

static void packed_documents(struct corpus *corpus) {
    struct testing *t = corpus->t;
    struct unpack *u = NULL;
    struct entry entry;
    str zip = path_join(t->a, corpus->folder, S("large.zip"));
    if (!unpack_open_file(&t->ctx, zip, &u, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    while (unpack_next(u, &entry, &t->e)) {
        struct arena *a = arena_new();
        str text;
        const struct row *row = map_get(&corpus->rows, arena_cat(a, S("large.zip!"), entry.path));
        if (wanted(row)) {
            assert_true(unpack_read(u, a, &text, &t->e));
            check_document(corpus, row, text);
        }
        arena_free(a);
    }
    unpack_close(u);
}

static void every_document_yields_its_packages(void **state) {
    struct testing *t = *state;
    struct corpus corpus;
    if (!corpus_open(t, &corpus))
        skip();
    folder_documents(&corpus);
    packed_documents(&corpus);
    print_message("%u documents read, %u refused\n", corpus.read, corpus.refused);
    assert_true(corpus.read > 100);
    assert_int_equal(corpus.bad, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(every_document_yields_its_packages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
