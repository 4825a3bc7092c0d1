/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists and blocks: what was written is what is read, and half of it is no list.
 */
#include "impact/idlist.h"

#include "base/testing.h"

enum { PIECES = 5 };
static const struct {
    component_id id;
    uint32_t n, step; /* releases 0, step, 2 × step … */
} pieces[PIECES] = {{5, 1, 1},
                    {((component_id)7 << COMPONENT_BITS) + 3, 8192, 8},
                    {((component_id)7 << COMPONENT_BITS) + 4, 8193, 7},
                    {((component_id)7 << COMPONENT_BITS) + 900, 3, 30000},
                    {((component_id)9 << COMPONENT_BITS), BUCKET_RELEASES, 1}};

static void write(struct buf *b) {
    uint16_t *offsets = malloc(BUCKET_RELEASES * sizeof *offsets);
    component_id last = 0;
    for (int k = 0; k < PIECES; k++) {
        for (uint32_t i = 0; i < pieces[k].n; i++)
            offsets[i] = (uint16_t)(i * pieces[k].step);
        idblock_write(b, last, pieces[k].id, offsets, pieces[k].n);
        last = pieces[k].id;
    }
    free(offsets);
}

static void blocks_are_read_as_written(void **state) {
    uint16_t *offsets = malloc(BUCKET_RELEASES * sizeof *offsets);
    struct buf b = {0};
    component_id id = 0;
    uint32_t n;
    (void)state;
    write(&b);
    assert_true(b.n < 8192 + 2 * 8192 + 100); /* the two long ones as bits */
    str rest = buf_str(&b);
    for (int k = 0; k < PIECES; k++) {
        assert_true(idblock_next(&rest, &id, offsets, BUCKET_RELEASES, &n));
        assert_true(id == pieces[k].id && n == pieces[k].n);
        for (uint32_t i = 0; i < n; i++)
            assert_int_equal(offsets[i], i * pieces[k].step);
    }
    assert_int_equal(rest.n, 0);
    free(offsets);
    buf_free(&b);
}

/* Cut off anywhere, or with a bit too many: nothing is read that is not there. */
static void half_a_block_is_none(void **state) {
    uint16_t *offsets = malloc(BUCKET_RELEASES * sizeof *offsets);
    struct buf b = {0};
    (void)state;
    write(&b);
    for (size_t cut = 0; cut < b.n; cut += 97) {
        str rest = str_n(b.p, cut);
        component_id id = 0;
        uint32_t n;
        int whole = 0;
        while (rest.n && idblock_next(&rest, &id, offsets, BUCKET_RELEASES, &n))
            whole++;
        assert_true(whole < PIECES);
    }
    b.p[b.n - 8192 - 1] ^= 1; /* the last number of releases: one less than there are bits */
    str rest = buf_str(&b);
    component_id id = 0;
    uint32_t n;
    int whole = 0;
    while (rest.n && idblock_next(&rest, &id, offsets, BUCKET_RELEASES, &n))
        whole++;
    assert_int_equal(whole, PIECES - 1);
    free(offsets);
    buf_free(&b);
}

static int by_id(const void *x, const void *y) {
    component_id a = *(const component_id *)x, b = *(const component_id *)y;
    return (a > b) - (a < b);
}

/* Against the library's sort; few values, so that many are there twice. */
static void ids_ascend_and_none_is_twice(void **state) {
    static const uint32_t sizes[] = {0, 1, 2, 15, 16, 17, 31, 33, 200, 1024, 1025, 5000};
    uint64_t seed = 7;
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (unsigned spread = 4; spread < 64; spread += 20) {
            uint32_t n = sizes[i], kept = 0;
            component_id *v = malloc((n + 1) * sizeof *v), *twin = malloc((n + 1) * sizeof *twin);
            for (uint32_t k = 0; k < n; k++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                v[k] = twin[k] = (component_id)(seed >> 1 >> (63 - spread));
            }
            qsort(twin, n, sizeof *twin, by_id);
            for (uint32_t k = 0; k < n; k++)
                if (!kept || twin[k] != twin[kept - 1])
                    twin[kept++] = twin[k];
            assert_int_equal(ids_sort(v, n), kept);
            assert_memory_equal(v, twin, kept * sizeof *v);
            free(v);
            free(twin);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(ids_ascend_and_none_is_twice),
                                       cmocka_unit_test(blocks_are_read_as_written),
                                       cmocka_unit_test(half_a_block_is_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
