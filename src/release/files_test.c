/* SPDX-License-Identifier: Apache-2.0 */
#include "release/files.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"

static str fresh_folder(struct testing *t) {
    char *name = temporary_name(arena_alloc(t->a, 256), 256, "files");
    assert_non_null(mkdtemp(name));
    return str_of(name);
}
static str put(struct testing *t, str root, const char *name, const char *text) {
    str path = path_join(t->a, root, str_of(name));
    assert_true(folder_make(path_dir(path), 0755, &t->e));
    assert_true(file_replace(path, str_of(text), &t->e));
    return path;
}
static void drop(struct testing *t, str root) {
    char *command = arena_cstr(t->a, arena_printf(t->a, "rm -rf '%.*s'", STR_ARG(root)));
    assert_int_equal(system(command), 0);
}

static void a_folder(void **state) {
    struct testing *t = *state;
    str root = fresh_folder(t);
    struct release_files files = {0}, again = {0};
    put(t, root, "b.txt", "abc");
    put(t, root, "a/z", "");
    put(t, root, "app-1.akashi.json", "{}");           /* a bundle at the top is not part of the release */
    put(t, root, "app-1.akashi.json.new-Xy12zA", "{"); /* nor what a killed writer of one left */
    put(t, root, "a/x.akashi.json", "deep");           /* deeper it is a file like others */
    assert_int_equal(symlink("b.txt", arena_cstr(t->a, path_join(t->a, root, S("link")))), 0);
    assert_true(release_files_read(&t->ctx, t->a, &root, 1, &files, &t->e));
    assert_int_equal(files.n, 3);
    check_str(files.v[0].name, "a/x.akashi.json");
    check_str(files.v[2].name, "b.txt");
    check_str(files.v[2].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(files.v[2].size, 3);
    str before = release_files_digest(t->a, &files);
    put(t, root, "b.txt", "abd");
    assert_true(release_files_read(&t->ctx, t->a, &root, 1, &again, &t->e));
    assert_false(str_eq(before, release_files_digest(t->a, &again)));
    drop(t, root);
}

static void refused(void **state) {
    struct testing *t = *state;
    str root = fresh_folder(t);
    struct release_files files = {0};
    assert_false(release_files_read(&t->ctx, t->a, &root, 1, &files, &t->e)); /* empty */
    assert_int_equal(t->e.kind, ERR_INPUT);
    str twice[] = {put(t, root, "x/same", "1"), put(t, root, "y/same", "2")};
    assert_false(release_files_read(&t->ctx, t->a, twice, 2, &files, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
    str both[] = {root, twice[0]};
    files = (struct release_files){0};
    assert_false(release_files_read(&t->ctx, t->a, both, 2, &files, &t->e));
    str missing = path_join(t->a, root, S("none"));
    files = (struct release_files){0};
    assert_false(release_files_read(&t->ctx, t->a, &missing, 1, &files, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    drop(t, root);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(a_folder), TEST(refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
