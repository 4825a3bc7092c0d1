/* SPDX-License-Identifier: Apache-2.0
 *
 * Files: bounds of reading, and a replacement that leaves the old file whole whatever goes wrong.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/testing.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Each test works in an empty folder of its own. */
struct in_folder {
    struct testing *t;
    char folder[64];
    int before;
};

static int setup(void **state) {
    struct in_folder *f = calloc(1, sizeof *f);
    void *inner;
    test_setup(&inner);
    f->t = inner;
    f->before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    strcpy(f->folder, "akashi-file-XXXXXX");
    const char *tmp = getenv("TMPDIR");
    if (f->before < 0 || chdir(tmp ? tmp : P_tmpdir) != 0 || !mkdtemp(f->folder) || chdir(f->folder) != 0)
        return -1;
    *state = f;
    return 0;
}

static unsigned files_here(bool wipe) {
    DIR *d = opendir(".");
    unsigned n = 0;
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.') {
            n++;
            if (wipe)
                (void)remove(e->d_name);
        }
    if (d)
        closedir(d);
    return n;
}

static int teardown(void **state) {
    struct in_folder *f = *state;
    files_here(true);
    void *inner = f->t;
    int bad = chdir("..") != 0 || rmdir(f->folder) != 0 || fchdir(f->before) != 0;
    close(f->before);
    free(f);
    return test_teardown(&inner) || bad;
}

#define IN_FOLDER(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

static struct testing *with_old_file(void **state) {
    struct testing *t = ((struct in_folder *)*state)->t;
    assert_true(file_replace(S("f"), S("old"), &t->e));
    return t;
}

static void check_file(struct testing *t, const char *path, const char *want) {
    str got = {NULL, 0};
    if (!file_read(&t->ctx, t->a, str_of(path), &got, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    check_str(got, want);
}

static void replaces_whole(void **state) {
    struct testing *t = with_old_file(state);
    check_file(t, "f", "old");
    assert_int_equal(chmod("f", 0640), 0);
    assert_true(file_replace(S("f"), S("new"), &t->e));
    check_file(t, "f", "new");
    struct stat st;
    assert_int_equal(stat("f", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640); /* the mode stays */
    assert_true(file_replace(S("empty"), S(""), &t->e));
    check_file(t, "empty", "");
    assert_int_equal(files_here(false), 2);
}

static void an_abandoned_file_leaves_nothing(void **state) {
    struct testing *t = with_old_file(state);
    struct file_new f;
    assert_true(file_new_open(&f, S("f"), &t->e));
    assert_true(fd_write_all(f.fd, S("half"), S("f"), &t->e));
    assert_int_equal(files_here(false), 2);
    file_new_abandon(&f);
    file_new_abandon(&f);
    assert_int_equal(files_here(false), 1);
    check_file(t, "f", "old");
}

/* A file size limit behaves as a full disk does: some bytes are written, then none. */
static void a_full_disk_leaves_the_old_file(void **state) {
    struct testing *t = with_old_file(state);
    struct buf b = {0};
    memset(buf_room(&b, 100000), 'x', 100000);
    b.n = 100000;
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096});
        struct err e = {0};
        bool ok = file_replace(S("f"), buf_str(&b), &e);
        _exit(ok ? 10 : e.kind == ERR_ENV && strstr(e.what, "File too large") ? 0 : 11);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    buf_free(&b);
    check_file(t, "f", "old");
    assert_int_equal(files_here(false), 1);
}

static void no_space_left_is_said_with_a_hint(void **state) {
    struct testing *t = ((struct in_folder *)*state)->t;
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        skip();
    assert_false(fd_write_all(fd, S("x"), S("out"), &t->e));
    close(fd);
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_string_equal(t->e.where, "out");
    assert_true(t->e.hint[0] != 0);
}

static void only_a_regular_file_is_replaced(void **state) {
    struct in_folder *in = *state;
    struct testing *t = in->t;
    struct stat st;
    str got;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_false(file_replace(S("pipe"), S("x"), &t->e));
    assert_string_equal(t->e.where, "pipe");
    assert_false(file_replace(S("folder"), S("x"), &t->e));
    assert_true(lstat("pipe", &st) == 0 && S_ISFIFO(st.st_mode));
    assert_true(file_replace(S("target"), S("old"), &t->e));
    assert_int_equal(symlink("target", "link"), 0);
    assert_true(file_replace(S("link"), S("new"), &t->e));
    assert_true(lstat("link", &st) == 0 && S_ISLNK(st.st_mode));
    assert_true(file_read(&t->ctx, t->a, S("target"), &got, &t->e));
    check_str(got, "new");
}

static void cannot_write_here(void **state) {
    struct testing *t = with_old_file(state);
    assert_false(file_replace(S("missing/f"), S("x"), &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_string_equal(t->e.where, "missing/f");
    assert_false(file_replace(S("f/under-a-file"), S("x"), &t->e));
    assert_int_equal(mkdir("d", 0755), 0);
    assert_false(file_replace(S("d"), S("x"), &t->e)); /* a folder is not replaced by a file */
    assert_true(path_is_dir(S("d")));
    assert_int_equal(files_here(false), 2);
    assert_false(file_replace(S(""), S("x"), &t->e));
    assert_false(file_replace(S("a\0b"), S("x"), &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
}

static void reads_within_bounds(void **state) {
    struct testing *t = with_old_file(state);
    str got;
    assert_false(file_read(&t->ctx, t->a, S("none"), &got, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    assert_string_equal(t->e.where, "none");
    assert_int_equal(mkdir("d", 0755), 0);
    assert_false(file_read(&t->ctx, t->a, S("d"), &got, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    t->ctx.limits.file = 3;
    check_file(t, "f", "old");
    t->ctx.limits.file = 2;
    assert_false(file_read(&t->ctx, t->a, S("f"), &got, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
}

/* A pipe says nothing of its size beforehand. */
static void a_pipe_is_bounded_too(void **state) {
    struct testing *t = ((struct in_folder *)*state)->t;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    t->ctx.limits.file = 200000;
    for (int large = 0; large < 2; large++) {
        pid_t child = fork();
        if (child == 0) {
            signal(SIGPIPE, SIG_IGN);
            int fd = open("pipe", O_WRONLY | O_CLOEXEC);
            static const char block[1000] = "x";
            for (int i = 0; i < (large ? 500 : 200); i++)
                if (write(fd, block, sizeof block) < 0)
                    break;
            _exit(0);
        }
        str got;
        assert_int_equal(file_read(&t->ctx, t->a, S("pipe"), &got, &t->e), !large);
        if (large)
            assert_int_equal(t->e.kind, ERR_LIMIT);
        else
            assert_int_equal(got.n, 200000);
        waitpid(child, NULL, 0);
    }
}

static void maps(void **state) {
    struct testing *t = with_old_file(state);
    str got;
    assert_true(file_map(t->a, S("f"), &got, &t->e));
    check_str(got, "old");
    assert_true(file_replace(S("empty"), S(""), &t->e));
    assert_true(file_map(t->a, S("empty"), &got, &t->e));
    assert_int_equal(got.n, 0);
    assert_false(file_map(t->a, S("none"), &got, &t->e));
    assert_string_equal(t->e.where, "none");
}

static void a_file_cut_short_while_mapped_reads_as_zeros(void **state) {
    struct testing *t = ((struct in_folder *)*state)->t;
    enum { SIZE = 1 << 18 };
    char *text = arena_alloc(t->a, SIZE);
    struct sigaction before;
    str got;
    memset(text, 'x', SIZE);
    assert_true(file_replace(S("long"), str_n(text, SIZE), &t->e));
    assert_true(file_map(t->a, S("long"), &got, &t->e));
    assert_int_equal(truncate("long", 10), 0);
    sigaction(SIGBUS, NULL, &before);
    file_survive_cuts();
    for (size_t i = 1 << 17; i < SIZE; i += 1000)
        assert_int_equal(got.p[i], 0);
    assert_int_equal(got.p[9], 'x');
    sigaction(SIGBUS, &before, NULL);
}

static void makes_folders(void **state) {
    struct testing *t = with_old_file(state);
    assert_true(folder_make(S("d"), 0700, &t->e));
    assert_true(folder_make(S("d/"), 0700, &t->e)); /* it is there already */
    assert_true(folder_make(S("d//e/./g"), 0700, &t->e));
    assert_true(path_is_dir(S("d/e/g")));
    assert_true(path_exists(S("f")));
    assert_false(path_is_dir(S("f")));
    assert_false(path_exists(S("g")));
    assert_false(folder_make(S("f/x"), 0700, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_int_equal(rmdir("d/e/g") | rmdir("d/e"), 0);
}

static void joins_and_parts_paths(void **state) {
    struct testing *t = ((struct in_folder *)*state)->t;
    check_str(path_join(t->a, S("a"), S("b")), "a/b");
    check_str(path_join(t->a, S("a/"), S("b")), "a/b");
    check_str(path_join(t->a, S(""), S("b")), "b");
    check_str(path_join(t->a, S("a"), S("/b")), "/b");
    check_str(path_dir(S("a/b/c")), "a/b");
    check_str(path_dir(S("c")), "");
    check_str(path_dir(S("/c")), "");
    check_str(path_base(S("a/b/c")), "c");
    check_str(path_base(S("c")), "c");
    check_str(path_base(S("a/")), "");
}

static void cleans_paths(void **state) {
    struct testing *t = ((struct in_folder *)*state)->t;
    static const struct {
        const char *path, *clean; /* NULL: refused */
    } rows[] = {
        {"a/./x/../b", "a/b"},
        {"./a", "a"},
        {"a//b/", "a/b"},
        {"", ""},
        {".", ""},
        {"a/..", ""},
        {"a/../..", NULL},
        {"..", NULL},
        {"../a", NULL},
        {"a/../../b", NULL},
        {"/etc/passwd", NULL},
        {"/", NULL},
        {"...", "..."},
        {"..a/b", "..a/b"},
        {"a/b/../../c", "c"},
        {"a\\..\\b", "a\\..\\b"},
        {".hidden", ".hidden"},
        {"a/...", "a/..."},
        {"a/b/../../../c", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        str got = path_clean(t->a, str_of(rows[i].path));
        if (rows[i].clean)
            check_str(got, rows[i].clean);
        else
            assert_null(got.p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(replaces_whole),
        IN_FOLDER(an_abandoned_file_leaves_nothing),
        IN_FOLDER(a_full_disk_leaves_the_old_file),
        IN_FOLDER(no_space_left_is_said_with_a_hint),
        IN_FOLDER(only_a_regular_file_is_replaced),
        IN_FOLDER(cannot_write_here),
        IN_FOLDER(reads_within_bounds),
        IN_FOLDER(a_pipe_is_bounded_too),
        IN_FOLDER(maps),
        IN_FOLDER(a_file_cut_short_while_mapped_reads_as_zeros),
        IN_FOLDER(makes_folders),
        IN_FOLDER(joins_and_parts_paths),
        IN_FOLDER(cleans_paths),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
