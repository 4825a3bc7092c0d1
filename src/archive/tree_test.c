/* SPDX-License-Identifier: Apache-2.0
 *
 * Folders come back as they were; a tree's text cannot reach outside the target.
 */
#include "archive/tree.h"

#include <sys/xattr.h>

#include "archive/testing.h"

static str in(struct testing *t, str folder, const char *name) { return path_join(t->a, folder, str_of(name)); }
static char *cin(struct testing *t, str folder, const char *name) { return arena_cstr(t->a, in(t, folder, name)); }

static void fill(struct testing *t, str f) {
    struct timespec times[2] = {{1000, 5}, {981173106, 123456789}};
    MUST(file_replace(in(t, f, "text"), S("hello"), &t->e));
    MUST(file_replace(in(t, f, "large"), noise(t->a, 5 << 20, 3), &t->e));
    MUST(file_replace(in(t, f, "empty"), S(""), &t->e));
    MUST(file_replace(in(t, f, "\xE8\xA8\xBC \\a#b=c\n"), S("name"), &t->e));
    MUST(folder_make(in(t, f, "sub/deep"), 0755, &t->e));
    MUST(file_replace(in(t, f, "sub/deep/x"), S("hello"), &t->e));
    assert_int_equal(chmod(cin(t, f, "sub/deep/x"), 0750), 0);
    assert_int_equal(link(cin(t, f, "text"), cin(t, f, "sub/same")), 0);
    assert_int_equal(symlink("../../outside", cin(t, f, "sub/link")), 0);
    assert_int_equal(mkfifo(cin(t, f, "fifo"), 0640), 0);
    int fd = open(cin(t, f, "sparse"), O_RDWR | O_CREAT, 0600);
    assert_int_equal(pwrite(fd, "x", 1, 1 << 20), 1);
    assert_int_equal(ftruncate(fd, 3 << 20), 0);
    close(fd);
    assert_int_equal(utimensat(AT_FDCWD, cin(t, f, "sub/deep/x"), times, 0), 0);
    assert_int_equal(chmod(cin(t, f, "sub/deep"), 0555), 0);
    assert_int_equal(utimensat(AT_FDCWD, cin(t, f, "sub/deep"), times, 0), 0);
}

/* The same folder gives the same text, so two texts that are equal compare everything a tree holds. */
static void a_folder_comes_back(void **state) {
    struct testing *t = *state;
    str folder = scratch(t), from = scratch(t), to = arena_cat(t->a, from, S(".out"));
    struct body_name first, again;
    struct stat a_st, b_st;
    struct archive *a = open_one(t, folder, NULL);
    fill(t, from);
    MUST(archive_put_tree(a, from, &first, &t->e));
    assert_true(archive_is_tree(a, &first));
    MUST(archive_get_tree(a, &first, to, &t->e));
    MUST(archive_put_tree(a, to, &again, &t->e));
    assert_memory_equal(first.b, again.b, 32);
    assert_int_equal(stat(cin(t, to, "text"), &a_st), 0);
    assert_int_equal(stat(cin(t, to, "sub/same"), &b_st), 0);
    assert_true(a_st.st_ino == b_st.st_ino);
    assert_int_equal(stat(cin(t, to, "sparse"), &a_st), 0);
    assert_true(a_st.st_blocks * 512 < 1 << 20);
    /* Not into a folder with something in it. */
    assert_false(archive_get_tree(a, &first, to, &t->e));
    assert_non_null(strstr(t->e.what, "not empty"));
    archive_close(a);
    chmod(cin(t, from, "sub/deep"), 0755);
    chmod(cin(t, to, "sub/deep"), 0755);
    drop(t, from);
    drop(t, to);
    drop(t, folder);
}

/* Those of "user." need no privilege, where the file system has them. */
static void extended_attributes_come_back(void **state) {
    struct testing *t = *state;
    str folder = scratch(t), from = scratch(t), to = arena_cat(t->a, from, S(".out"));
    static const char value[] = "any \0 bytes \xff";
    char got[64];
    struct body_name name;
    MUST(file_replace(in(t, from, "file"), S("x"), &t->e));
    MUST(folder_make(in(t, from, "sub"), 0755, &t->e));
    if (setxattr(cin(t, from, "file"), "user.akashi", value, sizeof value, 0) != 0) {
        drop(t, from);
        drop(t, folder);
        skip();
    }
    assert_int_equal(setxattr(cin(t, from, "file"), "user.empty", "", 0, 0), 0);
    assert_int_equal(setxattr(cin(t, from, "sub"), "user.of.folder", "f", 1, 0), 0);
    struct archive *a = open_one(t, folder, NULL);
    MUST(archive_put_tree(a, from, &name, &t->e));
    MUST(archive_get_tree(a, &name, to, &t->e));
    assert_int_equal(getxattr(cin(t, to, "file"), "user.akashi", got, sizeof got), sizeof value);
    assert_memory_equal(got, value, sizeof value);
    assert_int_equal(getxattr(cin(t, to, "file"), "user.empty", got, sizeof got), 0);
    assert_int_equal(getxattr(cin(t, to, "sub"), "user.of.folder", got, sizeof got), 1);
    archive_close(a);
    drop(t, from);
    drop(t, to);
    drop(t, folder);
}

#define LINE " mode=0644 uid=0 gid=0 time=1.000000000"
#define EMPTY " size=0 sha256digest=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void hostile_trees_stay_inside(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *why; /* why: in the error; NULL: it is restored */
    } rows[] = {
        {". type=dir" LINE "\n./a type=file" LINE EMPTY "\n", NULL},
        {"./../a type=file" LINE EMPTY "\n", "such a path"},
        {"../a type=file" LINE EMPTY "\n", "such a path"},
        {"/a type=file" LINE EMPTY "\n", "such a path"},
        {"./a/../../b type=file" LINE EMPTY "\n", "such a path"},
        {"./a//b type=file" LINE EMPTY "\n", "such a path"},
        {"./a/ type=dir" LINE "\n", "such a path"},
        {"./\\056\\056/a type=file" LINE EMPTY "\n", "such a path"},
        {"./a\\000b type=file" LINE EMPTY "\n", "such a path"},
        {"./l type=link" LINE " link=..\n./l/a type=file" LINE EMPTY "\n", "cannot create"},
        {"./l type=link" LINE " link=..\n./l/d type=dir" LINE "\n", "cannot make"},
        {"./l type=link" LINE " link=/etc/passwd\n./h type=file" LINE EMPTY " hardlink=./l\n", "hard link"},
        {"./l type=link" LINE " link=..\n./h type=file" LINE EMPTY " hardlink=./l/x\n", "hard link"},
        {"./h type=file" LINE EMPTY " hardlink=../x\n", "cannot be read"},
        {"./a type=file" LINE EMPTY "\n./a type=file" LINE EMPTY "\n", "cannot create"},
        {"./a type=file" LINE EMPTY " holes=0+9\n", "not say enough"},
        {"./a type=file" LINE " size=7 sha256digest=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
         "another size"},
        {"./a type=file" LINE "\n", "not say enough"},
        {"./a type=file mode=77777 uid=0 gid=0 time=1.000000000" EMPTY "\n", "cannot be read"},
        {"./a type=file" LINE EMPTY " what=ever\n", "cannot be read"},
        {"./a type=file" LINE EMPTY, "no tree"},
        {"./d/a type=file" LINE EMPTY "\n", "cannot create"},
    };
    str folder = scratch(t);
    struct archive *a = open_one(t, folder, NULL);
    struct body_name name;
    MUST(archive_put(a, S(""), &name, &t->e));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str to = arena_printf(t->a, "%.*s/out%zu", STR_ARG(folder), i);
        str text = arena_printf(t->a, "%s%s", tree_first_line, rows[i].text);
        MUST(archive_put(a, text, &name, &t->e));
        t->e = (struct err){0};
        bool ok = archive_get_tree(a, &name, to, &t->e);
        if (ok != !rows[i].why || (rows[i].why && !strstr(t->e.what, rows[i].why)))
            fail_msg("row %zu: %s: %s", i, t->e.where, t->e.what);
    }
    assert_false(path_exists(in(t, folder, "a")) || path_exists(in(t, folder, "d")));
    archive_close(a);
    drop(t, folder);
}

static void lines_come_back(void **state) {
    struct testing *t = *state;
    static const char *const lines[] = {
        "./a type=file mode=4755 uid=1 gid=2 time=-5.000000009" EMPTY " hardlink=./\\345\\220\\215\n",
        "./s type=file mode=0644 uid=1 gid=2 time=5.000000009 size=100 "
        "sha256digest=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 holes=0+10,20+80 "
        "xattr.user.k=djE=\n",
        "./n type=char mode=0600 uid=0 gid=0 time=0.000000000 device=linux,5,1\n",
        "./l type=link mode=0777 uid=0 gid=0 time=0.000000000 link=x\\040y\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct tree_entry entry;
        struct buf b = {0};
        str line = str_of(lines[i]);
        MUST(tree_line_read(t->a, str_upto(line, line.n - 1), &entry, &t->e));
        tree_line_write(&b, &entry);
        check_str(buf_str(&b), lines[i]);
        buf_free(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(a_folder_comes_back), TEST(extended_attributes_come_back),
                                       TEST(hostile_trees_stay_inside), TEST(lines_come_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
