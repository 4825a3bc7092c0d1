/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/temporary.h"
#include "base/testing.h"
#include "seal/keyfile.h"

static const struct scrypt_cost quick = {4, 8, 1};

static str folder_make_one(struct testing *t) {
    char *folder = temporary_name(arena_room(t->a, 256), 256, "keyfile");
    assert_non_null(mkdtemp(folder));
    return str_of(folder);
}
static void folder_end(struct testing *t, str folder) {
    assert_int_equal(system(arena_printf(t->a, "rm -rf '%.*s'", STR_ARG(folder)).p), 0);
}
static void write_text(struct testing *t, str path, str text) {
    assert_true(file_replace(path, text, &t->e));
    assert_int_equal(chmod(arena_cstr(t->a, path), 0600), 0);
}

static void there_and_back(void **state) {
    struct testing *t = *state;
    str folder = folder_make_one(t);
    for (unsigned i = 0; i < 4; i++) {
        struct privkey *k, *back;
        struct keyfile f;
        struct stat st;
        bool wrong, sealed = i & 1;
        str path = arena_printf(t->a, "%.*s/%u", STR_ARG(folder), i);
        assert_true(privkey_new(i & 2 ? SIG_ECDSA_P256 : SIG_ED25519, &k, &t->e));
        struct keyfile_plan plan = {.key = k, .cost = quick, .made = 1790000000};
        plan.passphrase = sealed ? S("pass") : (str){NULL, 0};
        assert_true(keyfile_write(&t->ctx, path, &plan, &t->e));
        assert_int_equal(stat(path.p, &st), 0);
        assert_int_equal(st.st_mode & 07777, 0600);
        assert_false(keyfile_write(&t->ctx, path, &plan, &t->e));
        assert_string_equal(t->e.what, "there is a file of this name");

        assert_true(keyfile_read(t->a, path, &f, &t->e));
        assert_int_equal(f.seal, sealed ? KEYFILE_SEALED : KEYFILE_OPEN);
        assert_int_equal(f.made, 1790000000);
        assert_true(pubkey_eq(&f.key, privkey_public(k)));
        if (sealed) {
            assert_false(keyfile_unlock(&f, S("Pass"), &back, &wrong, &t->e));
            assert_true(wrong);
            assert_string_equal(t->e.what, "the passphrase is wrong");
            assert_string_equal(t->e.where, path.p);
        }
        assert_true(keyfile_unlock(&f, S("pass"), &back, &wrong, &t->e));
        assert_true(pubkey_eq(privkey_public(back), privkey_public(k)));
        privkey_free(back);
        privkey_free(k);
        keyfile_free(&f);
    }
    folder_end(t, folder);
}

/* Each bit of the file, and each shortened file. */
static void damage_is_seen(void **state) {
    struct testing *t = *state;
    str folder = folder_make_one(t), path = path_join(t->a, folder, S("k")), text;
    struct keyfile f;
    for (int sealed = 0; sealed < 2; sealed++) {
        struct privkey *k;
        assert_true(privkey_new(SIG_ED25519, &k, &t->e));
        struct keyfile_plan plan = {.key = k, .cost = quick, .passphrase = sealed ? S("p") : (str){NULL, 0}};
        unlink(path.p);
        assert_true(keyfile_write(&t->ctx, path, &plan, &t->e));
        assert_true(file_read(&t->ctx, t->a, path, &text, &t->e));
        privkey_free(k);
        FILE *out = fopen(path.p, "r+b");
        assert_non_null(out);
        for (size_t bit = 0; bit < 8 * text.n; bit++) {
            fseek(out, (long)(bit / 8), SEEK_SET);
            fputc(text.p[bit / 8] ^ 1 << bit % 8, out);
            fflush(out);
            t->e = (struct err){0};
            if (keyfile_read(t->a, path, &f, &t->e))
                fail_msg("bit %zu of byte %zu does not matter", bit % 8, bit / 8);
            assert_string_equal(t->e.what, "this is no key file, or it is damaged: it is not as it was written");
            assert_int_equal(t->e.kind, ERR_INPUT);
            fseek(out, (long)(bit / 8), SEEK_SET);
            fputc(text.p[bit / 8], out);
            fflush(out);
        }
        fclose(out);
        assert_true(keyfile_read(t->a, path, &f, &t->e));
        keyfile_free(&f);
        for (size_t n = 0; n < text.n; n += 7) {
            write_text(t, path, str_upto(text, n));
            assert_false(keyfile_read(t->a, path, &f, &t->e));
        }
        write_text(t, path, arena_cat(t->a, text, S("\n")));
        assert_false(keyfile_read(t->a, path, &f, &t->e));
    }
    folder_end(t, folder);
}

/* Somebody who can write the file also writes its check; what is sealed holds nevertheless. */
static void forged_heads_do_not_open(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *from, *to, *what;
    } rows[] = {
        {"made 2026", "made 2025", "the passphrase is wrong"},
        {"scrypt 4 8 1", "scrypt 3 8 1", "the passphrase is wrong"},
        {"scrypt 4 8 1", "scrypt 31 8 1", "scrypt parameters are out of bounds (up to 1 GiB, 64 lanes)"},
        {"scrypt 4 8 1", "scrypt 4 8 65535", "scrypt parameters are out of bounds (up to 1 GiB, 64 lanes)"},
        {"scrypt 4 8 1 ", "scrypt 4 8 ", "this is no key file, or it is damaged: it is not as it was written"},
        {"seal scrypt", "seal bcrypt", "this is no key file, or it is damaged: it is not as it was written"},
        {"seal ", "seal none\nseal ", "this is no key file, or it is damaged: it is not as it was written"},
        {"akashi key 1", "akashi key 2", "this key file was written by a newer Akashi (version 2 of the form)"},
        {"public MCow", "public MCox", "this is no key file, or it is damaged: it is not as it was written"},
        {"\nkey ", "\nkey AAAA", "the passphrase is wrong"},
    };
    str folder = folder_make_one(t), path = path_join(t->a, folder, S("k")), text;
    struct privkey *k, *out;
    assert_true(privkey_new(SIG_ED25519, &k, &t->e));
    struct keyfile_plan plan = {.key = k, .cost = quick, .passphrase = S("p"), .made = 1790000000};
    assert_true(keyfile_write(&t->ctx, path, &plan, &t->e));
    assert_true(file_read(&t->ctx, t->a, path, &text, &t->e));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct keyfile f;
        bool wrong;
        size_t at = str_find(text, str_of(rows[i].from));
        assert_true(at != STR_NONE);
        str tail = str_from(text, at + strlen(rows[i].from));
        tail.n -= 71;
        str lines = arena_printf(t->a, "%.*s%s%.*s", (int)at, text.p, rows[i].to, STR_ARG(tail));
        write_text(
            t, path,
            arena_printf(t->a, "%.*scheck %.*s\n", STR_ARG(lines), 64, digest_hex(t->a, DIGEST_SHA256, lines).p));
        t->e = (struct err){0};
        if (keyfile_read(t->a, path, &f, &t->e)) {
            assert_false(keyfile_unlock(&f, S("p"), &out, &wrong, &t->e));
            keyfile_free(&f);
        }
        assert_string_equal(t->e.what, rows[i].what);
        assert_string_equal(t->e.where, path.p);
    }
    privkey_free(k);
    folder_end(t, folder);
}

static void loose_permissions(void **state) {
    struct testing *t = *state;
    static const struct {
        mode_t mode;
        bool ok;
    } rows[] = {{0600, true}, {0400, true}, {0640, false}, {0604, false}, {0610, false}, {0644, false}, {0602, false}};
    str folder = folder_make_one(t), path = path_join(t->a, folder, S("k"));
    struct privkey *k;
    struct keyfile f;
    assert_true(privkey_new(SIG_ED25519, &k, &t->e));
    struct keyfile_plan plan = {.key = k};
    assert_true(keyfile_write(&t->ctx, path, &plan, &t->e));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        chmod(path.p, rows[i].mode);
        assert_int_equal(keyfile_read(t->a, path, &f, &t->e), rows[i].ok);
        if (rows[i].ok) {
            keyfile_free(&f);
            continue;
        }
        assert_int_equal(t->e.kind, ERR_ENV);
        assert_string_equal(t->e.hint, arena_printf(t->a, "chmod 600 %.*s", STR_ARG(path)).p);
    }
    chmod(path.p, 0600);
    if (geteuid() == 0) {
        assert_int_equal(chown(path.p, 65534, 65534), 0);
        assert_false(keyfile_read(t->a, path, &f, &t->e));
        assert_string_equal(t->e.what, "this secret belongs to another user");
    }
    privkey_free(k);
    folder_end(t, folder);
}

/* A public key of another in front of one's own private key. */
static void another_public_key(void **state) {
    struct testing *t = *state;
    str folder = folder_make_one(t), x = path_join(t->a, folder, S("x")), y = path_join(t->a, folder, S("y")), tx, ty;
    struct privkey *k[2], *out;
    struct keyfile f;
    bool wrong;
    for (int i = 0; i < 2; i++) {
        assert_true(privkey_new(SIG_ED25519, &k[i], &t->e));
        struct keyfile_plan plan = {.key = k[i]};
        assert_true(keyfile_write(&t->ctx, i ? y : x, &plan, &t->e));
        privkey_free(k[i]);
    }
    assert_true(file_read(&t->ctx, t->a, x, &tx, &t->e));
    assert_true(file_read(&t->ctx, t->a, y, &ty, &t->e));
    size_t at = str_find(tx, S("\nseal"));
    str lines = arena_cat(t->a, str_upto(tx, at), str_from(str_upto(ty, ty.n - 71), at));
    write_text(t, x,
               arena_printf(t->a, "%.*scheck %.*s\n", STR_ARG(lines), 64, digest_hex(t->a, DIGEST_SHA256, lines).p));
    assert_true(keyfile_read(t->a, x, &f, &t->e));
    assert_false(keyfile_unlock(&f, (str){NULL, 0}, &out, &wrong, &t->e));
    assert_string_equal(t->e.what, "the private key does not fit its public key");
    assert_null(out);
    keyfile_free(&f);
    folder_end(t, folder);
}

static void loaded_with_what_the_environment_gives(void **state) {
    struct testing *t = *state;
    str folder = folder_make_one(t), path = path_join(t->a, folder, S("k")), pass = path_join(t->a, folder, S("p"));
    struct privkey *k, *out;
    assert_true(privkey_new(SIG_ED25519, &k, &t->e));
    struct keyfile_plan plan = {.key = k, .cost = quick, .passphrase = S("right")};
    assert_true(keyfile_write(&t->ctx, path, &plan, &t->e));
    setenv("AKASHI_PASSPHRASE_FILE", pass.p, 1);
    write_text(t, pass, S("right\n"));
    assert_true(keyfile_load(t->a, path, NULL, &out, &t->e));
    privkey_free(out);
    write_text(t, pass, S("wrong\n"));
    assert_false(keyfile_load(t->a, path, NULL, &out, &t->e));
    assert_string_equal(t->e.what, "the passphrase is wrong");
    assert_null(out);
    unsetenv("AKASHI_PASSPHRASE_FILE");
    privkey_free(k);
    folder_end(t, folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(there_and_back),    TEST(damage_is_seen),     TEST(forged_heads_do_not_open),
        TEST(loose_permissions), TEST(another_public_key), TEST(loaded_with_what_the_environment_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
