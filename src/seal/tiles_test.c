/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/testing.h"
#include "seal/note.h"
#include "seal/tiles.h"

static void names(void **state) {
    (void)state;
    static const struct {
        struct tile tile;
        const char *name;
    } rows[] = {
        {{false, 0, 0, 256}, "tile/0/000"},
        {{false, 3, 1234067, 256}, "tile/3/x001/x234/067"},
        {{false, 0, 273, 112}, "tile/0/273.p/112"},
        {{true, 0, 1000, 1}, "tile/entries/x001/000.p/1"},
        {{true, 0, UINT64_MAX, 255}, "tile/entries/x018/x446/x744/x073/x709/x551/615.p/255"},
        {{false, 63, 999, 256}, "tile/63/999"},
    };
    static const char *const bad[] = {"",
                                      "tile",
                                      "tile/0",
                                      "tile/64/000",
                                      "tile/00/000",
                                      "tile/0/00",
                                      "tile/0/x00",
                                      "tile/0/x000/001",
                                      "tile/0/000.p/0",
                                      "tile/0/0000",
                                      "tile/0/000.p/256",
                                      "tile/0/000.p/01",
                                      "tile/0/000/",
                                      "tile/0/000.p",
                                      "/tile/0/000",
                                      "tile/0/x001",
                                      "tile/0/000.p/1/2",
                                      "tile/entries/-01",
                                      "tile/entries/x018/x446/x744/x073/x709/x551/616",
                                      "checkpoint",
                                      "tile/entriesx/000"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[TILE_NAME_MOST];
        struct tile back;
        assert_int_equal(tile_name(&rows[i].tile, name), strlen(rows[i].name));
        assert_string_equal(name, rows[i].name);
        assert_true(tile_named(str_of(name), &back));
        assert_int_equal(back.entries, rows[i].tile.entries);
        assert_int_equal(back.index, rows[i].tile.index);
        assert_int_equal(back.level, rows[i].tile.level);
        assert_int_equal(back.width, rows[i].tile.width);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct tile t;
        if (tile_named(str_of(bad[i]), &t))
            fail_msg("\"%s\" is taken for a tile", bad[i]);
    }
}

/* The example of the specification: 70,000 entries. */
static void widths(void **state) {
    (void)state;
    static const struct {
        uint64_t size;
        unsigned level;
        uint64_t index;
        unsigned width;
    } rows[] = {{70000, 0, 272, 256}, {70000, 0, 273, 112}, {70000, 0, 274, 0}, {70000, 1, 0, 256}, {70000, 1, 1, 17},
                {70000, 2, 0, 1},     {70000, 3, 0, 0},     {256, 0, 0, 256},   {256, 0, 1, 0},     {256, 1, 0, 1},
                {0, 0, 0, 0},         {5, 63, 0, 0},        {5, 0, 0, 5}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(tile_width(rows[i].size, rows[i].level, rows[i].index), rows[i].width);
}

static void bundles(void **state) {
    (void)state;
    struct buf b = {0};
    bundle_add(&b, S("one"));
    bundle_add(&b, S(""));
    str rest = buf_str(&b), entry, two[3];
    assert_int_equal(b.n, 7);
    assert_true(bundle_next(&rest, &entry) && str_is(entry, "one"));
    assert_true(bundle_next(&rest, &entry) && entry.n == 0);
    assert_false(bundle_next(&rest, &entry));
    assert_true(bundle_split(buf_str(&b), two, 2));
    assert_false(bundle_split(buf_str(&b), two, 1));
    assert_false(bundle_split(buf_str(&b), two, 3));
    for (size_t n = 0; n < b.n; n++)
        assert_false(bundle_split(str_upto(buf_str(&b), n), two, 2));
    buf_free(&b);
}

/* ── a log in memory, its tiles made the plain way ── */

struct memory {
    struct arena *a;
    struct hash *leaf;
    uint64_t size;
    bool no_partial, short_tile;
    unsigned reads;
};
static struct hash over(const struct memory *m, unsigned level, uint64_t index) {
    if (level == 0)
        return m->leaf[index];
    return merkle_node(over(m, level - 1, 2 * index), over(m, level - 1, 2 * index + 1));
}
static bool from_memory(void *of, struct arena *a, str name, str *out, struct err *e) {
    struct memory *m = of;
    struct tile t;
    (void)e;
    m->reads++;
    *out = (str){NULL, 0};
    if (!tile_named(name, &t))
        return true;
    if (t.width > tile_width(m->size, t.level, t.index) || (m->no_partial && t.width < TILE_WIDTH))
        return true;
    struct hash *h = arena_array(a, struct hash, t.width);
    for (unsigned i = 0; i < t.width; i++)
        h[i] = over(m, t.level * 8, t.index * 256 + i);
    *out = str_n((char *)h, t.width * sizeof *h - m->short_tile);
    return true;
}

static void hashes_through_tiles(void **state) {
    struct testing *t = *state;
    enum { SIZE = 1000 };
    struct memory m = {.a = t->a, .size = SIZE, .leaf = arena_array(t->a, struct hash, SIZE)};
    struct tile_reader from = {from_memory, &m, S("memory")};
    struct merkle_edge edge = {0};
    for (unsigned i = 0; i < SIZE; i++)
        m.leaf[i] = merkle_leaf(arena_printf(t->a, "%u", i));
    static const uint64_t sizes[] = {1, 2, 255, 256, 257, 300, 511, 512, 700, 1000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct tiles tiles;
        struct hash root, proof[MERKLE_PROOF_MOST];
        uint32_t n;
        tiles_open(&tiles, t->a, &from, sizes[s]);
        struct hash_source source = tiles_hashes(&tiles);
        while (edge.size < sizes[s])
            merkle_edge_add(&edge, m.leaf[edge.size]);
        assert_true(merkle_root(&source, sizes[s], &root, &t->e));
        assert_true(hash_eq(root, merkle_edge_root(&edge)));
        for (uint64_t i = 0; i < sizes[s]; i += 7) {
            assert_true(merkle_inclusion(&source, i, sizes[s], proof, &n, &t->e));
            assert_true(merkle_inclusion_ok(i, sizes[s], m.leaf[i], proof, n, root));
        }
        struct hash h;
        assert_false(source.get(&tiles, 0, sizes[s], &h, &t->e));
        assert_int_equal(t->e.kind, ERR_USAGE);
    }
    /* Full tiles stand in for partial ones that are gone; a short or missing one is told by name. */
    struct tiles tiles;
    struct hash h;
    m.no_partial = true;
    tiles_open(&tiles, t->a, &from, 200);
    struct hash_source source = tiles_hashes(&tiles);
    assert_true(source.get(&tiles, 0, 199, &h, &t->e) && hash_eq(h, m.leaf[199]));
    tiles_open(&tiles, t->a, &from, 800);
    assert_false(source.get(&tiles, 0, 799, &h, &t->e));
    assert_string_equal(t->e.where, "memory/tile/0/003");
    m.short_tile = true;
    assert_false(source.get(&tiles, 0, 1, &h, &t->e));
    assert_string_equal(t->e.where, "memory/tile/0/000");
    assert_int_equal(t->e.kind, ERR_INPUT);
}

/* ── the sample log of another implementation ── */

static const char *const vkey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

static void check_checkpoint(struct testing *t, const struct tile_reader *from, str name, const struct vkey *key,
                             struct checkpoint *out) {
    str text;
    struct note note;
    bool broken = false;
    assert_true(from->read(from->of, t->a, name, &text, &t->e) && text.p);
    assert_true(note_parse(t->a, text, name, &note, &t->e));
    assert_true(note_verify(&note, key, NULL, &broken) && !broken);
    assert_true(checkpoint_parse(note.text, name, out, &t->e));
    assert_true(str_eq(note_text(t->a, &note), text));
    assert_true(str_eq(checkpoint_text(t->a, out), note.text));
}

static void check_size(struct testing *t, const struct tile_reader *from, const struct checkpoint *c) {
    struct tiles tiles;
    struct hash root, leaf[TILE_WIDTH];
    struct merkle_edge edge = {0};
    str entries[TILE_WIDTH], theirs;
    unsigned n;
    tiles_open(&tiles, t->a, from, c->size);
    struct hash_source source = tiles_hashes(&tiles);
    assert_true(merkle_root(&source, c->size, &root, &t->e));
    assert_memory_equal(root.b, c->root, 32);
    assert_true(tiles_entries(&tiles, t->a, 0, entries, &n, &t->e));
    assert_int_equal(n, c->size);
    struct buf bundle = {0};
    for (unsigned i = 0; i < n; i++) {
        leaf[i] = merkle_leaf(entries[i]);
        merkle_edge_add(&edge, leaf[i]);
        bundle_add(&bundle, entries[i]);
    }
    assert_memory_equal(merkle_edge_root(&edge).b, c->root, 32);
    struct tile tile = {.width = n};
    if (n) {
        assert_true(tiles_read(from, t->a, &tile, &theirs, &t->e));
        assert_true(str_eq(theirs, str_n((char *)leaf, n * sizeof *leaf)));
        tile.entries = true;
        assert_true(tiles_read(from, t->a, &tile, &theirs, &t->e));
        assert_true(str_eq(theirs, buf_str(&bundle)));
    }
    buf_free(&bundle);
}

static void sample_log(void **state) {
    struct testing *t = *state;
    str data = shared_data(t->a, "tlog/tessera");
    struct vkey key;
    struct checkpoint c, newest;
    if (!data.p)
        skip();
    const char *folder = arena_printf(t->a, "%.*s/tlog/tessera", STR_ARG(data)).p;
    struct tile_reader from = tile_folder(folder);
    assert_true(vkey_parse(t->a, str_of(vkey), S("key"), &key, &t->e));
    check_checkpoint(t, &from, S("checkpoint"), &key, &newest);
    check_size(t, &from, &newest);
    for (unsigned i = 0; i <= 15; i++) {
        check_checkpoint(t, &from, arena_printf(t->a, "checkpoint.%u", i), &key, &c);
        assert_int_equal(c.size, i);
        check_size(t, &from, &c);
        struct tiles tiles;
        struct hash proof[MERKLE_PROOF_MOST], one, two;
        uint32_t n;
        tiles_open(&tiles, t->a, &from, newest.size);
        struct hash_source source = tiles_hashes(&tiles);
        memcpy(one.b, c.root, 32);
        memcpy(two.b, newest.root, 32);
        assert_true(merkle_consistency(&source, i, newest.size, proof, &n, &t->e));
        assert_true(merkle_consistency_ok(i, newest.size, one, two, proof, n));
    }
}

/* What a folder answers when something is not as it should be. */
static void folder_reader(void **state) {
    struct testing *t = *state;
    char *dir = arena_cstr(t->a, S("akashi-tiles-XXXXXX"));
    assert_non_null(mkdtemp(dir));
    struct tile_reader from = tile_folder(dir);
    str got = S("x");
    assert_true(from.read(from.of, t->a, S("checkpoint"), &got, &t->e));
    assert_null(got.p);
    assert_true(folder_make(arena_printf(t->a, "%s/tile", dir), 0755, &t->e));
    assert_false(from.read(from.of, t->a, S("tile"), &got, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    str big = arena_printf(t->a, "%s/big", dir);
    int fd = open(big.p, O_CREAT | O_WRONLY, 0644);
    assert_true(fd >= 0 && ftruncate(fd, BUNDLE_MOST + 1) == 0);
    close(fd);
    assert_false(from.read(from.of, t->a, S("big"), &got, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    unlink(big.p);
    rmdir(arena_printf(t->a, "%s/tile", dir).p);
    rmdir(dir);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(names),      TEST(widths),       TEST(bundles), TEST(hashes_through_tiles),
                                       TEST(sample_log), TEST(folder_reader)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
