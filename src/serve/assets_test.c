/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of the browser side: which file a path means, in which coding, and that none answers for the API.
 */
#include "serve/assets.h"

#include "base/testing.h"

#define BODY(text)                                                                                                     \
    { (const unsigned char *)(text), sizeof(text) - 1 }
static const struct asset table[] = {
    {"/assets/main-1.js", "text/javascript", "\"m\"", {BODY("z"), BODY("b"), BODY("g"), BODY("plain")}},
    {"/index.html", "text/html", "\"i\"", {{0}, {0}, BODY("g"), BODY("page")}},
    {0},
};

static void a_path_means_a_file(void **state) {
    static const struct {
        const char *path, *file;
    } rows[] = {
        {"/", "/index.html"},          {"/index.html", "/index.html"},
        {"/cases/C-1", "/index.html"}, {"/releases/thing@1.0", "/index.html"},
        {"/apiary", "/index.html"},    {"/assets/main-1.js", "/assets/main-1.js"},
        {"/assets/main-2.js", NULL},   {"/assets/../index.html", NULL},
        {"/.well-known/csaf", NULL},   {"/api", NULL},
        {"/api/v1/nothing", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct asset *f = asset_find(table, str_of(rows[i].path));
        assert_int_equal(f != NULL, rows[i].file != NULL);
        if (f)
            assert_string_equal(f->path, rows[i].file);
    }
    static const struct asset none[] = {{0}};
    assert_null(asset_find(none, S("/")));
}

static void the_best_coding_that_both_know(void **state) {
    static const struct {
        const char *accepts;
        enum asset_coding main, page;
    } rows[] = {
        {"", ASSET_PLAIN, ASSET_PLAIN},
        {"gzip, deflate, br, zstd", ASSET_ZSTD, ASSET_GZIP},
        {"gzip, br", ASSET_BR, ASSET_GZIP},
        {"GZIP;q=0.5", ASSET_GZIP, ASSET_GZIP},
        {"zstd;q=0, br;q=0.000, gzip; q=0.001", ASSET_GZIP, ASSET_GZIP},
        {"*", ASSET_PLAIN, ASSET_PLAIN},
        {"identity;q=0", ASSET_PLAIN, ASSET_PLAIN},
        {",,;,gzipped", ASSET_PLAIN, ASSET_PLAIN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(asset_coding_of(&table[0], str_of(rows[i].accepts)), rows[i].main);
        assert_int_equal(asset_coding_of(&table[1], str_of(rows[i].accepts)), rows[i].page);
    }
}

static void only_reading_is_answered(void **state) {
    struct arena *a = arena_new();
    struct answer out = {0};
    (void)state;
    struct asked q = {.method = "POST", .path = S("/")};
    assert_false(asset_answer(table, a, &q, &out));
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_path_means_a_file),
        TEST(the_best_coding_that_both_know),
        TEST(only_reading_is_answered),
    };
    return cmocka_run_group_tests_name("assets", tests, NULL, NULL);
}
