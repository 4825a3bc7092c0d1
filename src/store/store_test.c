/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "store/queries.h"

static void versions_of_the_schema_are_kept(void **state) {
    struct testing *t = *state;
    char dir[256];
    assert_non_null(mkdtemp(temporary_name(dir, sizeof dir, "store")));
    str path = path_join(t->a, str_of(dir), S("views.db"));
    struct store *s;
    assert_false(store_open(&t->ctx, path, STORE_READ, &s, &t->e));
    for (int i = 0; i < 2; i++) {
        assert_true(store_open(&t->ctx, path, STORE_WRITE, &s, &t->e));
        struct ask *q;
        bool row;
        assert_true(store_ask(s, &Q_schema_parts, &q, &t->e));
        assert_true(ask_step(q, &row, &t->e) && row);
        assert_true(ask_col_int(q, 1) >= 1);
        store_close(s);
    }
    assert_true(store_open(&t->ctx, path, STORE_WRITE, &s, &t->e));
    struct ask *q;
    assert_true(store_ask(s, &Q_schema_part_set, &q, &t->e));
    ask_text(q, 1, S("store"));
    ask_int(q, 2, 999);
    assert_true(ask_run(q, &t->e));
    store_close(s);
    assert_false(store_open(&t->ctx, path, STORE_WRITE, &s, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    unlink(arena_cstr(t->a, path));
    rmdir(dir);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(versions_of_the_schema_are_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
