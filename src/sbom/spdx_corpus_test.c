/* SPDX-License-Identifier: Apache-2.0
 *
 * Every SPDX document of the shared data is read, yields as many packages as its INDEX.tsv says, and loses nothing when
 * it is written again.
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
    str root = shared_data(t->a, "sbom/INDEX.tsv"), text, line;
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

/* All of x is in y, which may have more members (what the format asks for and x does not state). */
static bool is_within(struct jv x, struct jv y) { /* NOLINT(misc-no-recursion): bounded by json_parse */
    struct jiter i = j_iter(x), j = j_iter(y);
    if (j_is_arr(x)) {
        while (j_next(&i))
            if (!j_next(&j) || !is_within(i.val, j.val))
                return false;
        return j_is_arr(y) && j_len(x) == j_len(y);
    }
    if (!j_is_obj(x))
        return json_equal(x, y);
    while (j_next(&i))
        if (!is_within(i.val, j_getn(y, i.key)))
            return false;
    return j_is_obj(y);
}

/* Written again in a notation, read again: the same tree. */
static void check_round_trip(struct corpus *corpus, const struct row *row, struct sbom *s,
                             enum sbom_notation notation) {
    struct testing *t = corpus->t;
    struct sbom_form form = {.format = s->form.format, .notation = notation, .version = s->form.version};
    struct sbom_problems losses = {0};
    struct sbom *again = NULL;
    struct buf b = {0};
    if (!sbom_write(&t->ctx, s, form, true, &b, &losses, &t->e) ||
        !sbom_read(&t->ctx, s->arena, buf_str(&b), row->path, SBOM_LENIENT, &again, NULL, &t->e)) {
        print_message("%.*s again: %s: %s\n", STR_ARG(row->path), t->e.where, t->e.what);
        corpus->bad++;
    } else if (losses.n || !is_within(s->source.root, again->source.root)) {
        print_message("%.*s: round trip (%d) differs\n", STR_ARG(row->path), (int)notation);
        corpus->bad++;
    }
    buf_free(&b);
}

/* INDEX.tsv counts software_Package; the packages of the AI and dataset profiles are packages too. */
static uint32_t counted(const struct sbom *s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->components.n; i++) {
        str type = j_gets(s->components.v[i].origin, "type");
        n += !str_is(type, "ai_AIPackage") && !str_is(type, "dataset_DatasetPackage");
    }
    return n;
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
        if (str_u64(row->packages, &want) && counted(s) != want) {
            print_message("%.*s: %u packages, want %.*s\n", STR_ARG(row->path), counted(s), STR_ARG(row->packages));
            corpus->bad++;
        }
        if (s->form.format == SBOM_SPDX2 && s->form.version.n)
            check_round_trip(corpus, row, s, NOTE_JSON);
        if (s->form.format == SBOM_SPDX3) {
            s->form.version = S("3.0.1");
            check_round_trip(corpus, row, s, NOTE_JSON);
        }
        if (s->form.notation == NOTE_TAGVALUE)
            check_round_trip(corpus, row, s, NOTE_TAGVALUE);
    }
    arena_free(a);
}

static bool wanted(const struct row *row) {
    return row && (str_starts(row->format, S("spdx-")) || str_is(row->format, "xml"));
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
    print_message("# %u documents read, %u refused\n", corpus.read, corpus.refused);
    assert_true(corpus.read > 100);
    assert_int_equal(corpus.bad, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(every_document_yields_its_packages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
