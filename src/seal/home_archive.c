/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/archive.h"
#include "base/disk.h"
#include "base/file.h"
#include "seal/home.h"
#include "seal/secret_file.h"

/* HOME/keys/archive.key: 64 hex digits. It is not sealed with the passphrase, because reading needs it too; it keeps
 * copies of the archive, wherever they go, from being read without the home. */
static str key_file(struct arena *a, str home) { return path_join(a, home, S("keys/archive.key")); }

bool home_archive_encrypt(struct ctx *c, str home, struct err *e) {
    unsigned char key[AEAD_KEY];
    struct arena *a = arena_new();
    random_bytes(key, sizeof key);
    char text[2 * AEAD_KEY + 1];
    for (size_t i = 0; i < sizeof key; i++) {
        text[2 * i] = "0123456789abcdef"[key[i] >> 4];
        text[2 * i + 1] = "0123456789abcdef"[key[i] & 15];
    }
    text[sizeof text - 1] = '\n';
    bool ok = disk_put(c, arena_cstr(a, key_file(a, home)), str_n(text, sizeof text), 0600, DISK_DURABLE, e);
    wipe(text, sizeof text);
    wipe(key, sizeof key);
    arena_free(a);
    return ok;
}

bool home_archive_key(str home, unsigned char key[AEAD_KEY], bool *given, struct err *e) {
    struct secret text = {0};
    struct arena *a = arena_new();
    str path = key_file(a, home);
    *given = path_exists(path);
    bool ok = !*given || (secret_file_read(path, 256, SECRET_PRIVATE, &text, e) &&
                          (hex_bytes(str_trim(secret_str(&text)), key, AEAD_KEY) ||
                           err_set(e, ERR_INPUT, path, _("an archive key is 64 hex digits: this file was changed"))));
    secret_free(&text);
    arena_free(a);
    return ok;
}

bool home_archive_open(struct ctx *c, str home, bool read_only, struct archive **out, struct err *e) {
    unsigned char key[AEAD_KEY];
    struct arena *a = arena_new();
    bool sealed, ok = home_archive_key(home, key, &sealed, e);
    if (ok) {
        const struct archive_options o = {.key = sealed ? key : NULL, .read_only = read_only};
        ok = archive_open(c, path_join(a, home, S("archive")), &o, out, e);
    }
    wipe(key, sizeof key);
    arena_free(a);
    return ok;
}
