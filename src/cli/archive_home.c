/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/archive_home.h"

#include "base/file.h"
#include "seal/home.h"

static bool key_read(struct cli *cli, str path, unsigned char key[AEAD_KEY], struct err *e) {
    str text;
    if (!file_read(cli->ctx, cli->arena, path, &text, e))
        return false;
    if (text.n == AEAD_KEY) {
        memcpy(key, text.p, AEAD_KEY);
        return true;
    }
    return hex_bytes(str_trim(text), key, AEAD_KEY) ||
           err_set(e, ERR_INPUT, path, _("an archive key is 32 bytes, or 64 hex digits"));
}

bool cli_archive_key(struct cli *cli, unsigned char key[AEAD_KEY], bool *given, struct err *e) {
    str file = cli_text(cli, "archive-key");
    if (!file.p && !cli_text(cli, "archive").p)
        return home_archive_key(cli->home, key, given, e);
    *given = file.p != NULL;
    return !file.p || key_read(cli, file, key, e);
}

/* What was logged just now lies in the log's journal still; a home that cannot be written has nothing to settle. */
static bool settle(struct cli *cli, enum archive_use use, struct err *e) {
    struct home h = {0};
    struct err ignored = {0};
    if (!home_is(cli->home))
        return true;
    bool ok = home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &h, &ignored) && log_settle(h.log, &ignored);
    home_close(&h);
    if (!ok && use == ARCHIVE_WRITE && e)
        *e = ignored;
    return ok || use == ARCHIVE_READ;
}

bool cli_archive_open(struct cli *cli, enum archive_use use, struct archive **out, struct err *e) {
    unsigned char key[AEAD_KEY];
    str path = cli_text(cli, "archive");
    bool has_key;
    struct archive_options o = {.read_only = use == ARCHIVE_READ};
    if (!path.p) {
        if (use == ARCHIVE_WRITE && !cli_home_make(cli, e))
            return false;
        path = path_join(cli->arena, cli->home, S("archive"));
        if (!settle(cli, use, e))
            return false;
    }
    if (!cli_archive_key(cli, key, &has_key, e))
        return false;
    o.key = has_key ? key : NULL;
    bool ok = archive_open(cli->ctx, path, &o, out, e);
    wipe(key, sizeof key);
    return ok;
}

bool cli_body_name(str text, struct body_name *out, struct err *e) {
    str hex = str_starts(text, S("sha256:")) ? str_from(text, 7) : text;
    return hex_bytes(hex, out->b, 32) ||
           err_set(e, ERR_USAGE, text, _("this is no digest: 64 hex digits were expected"));
}

bool cli_sample(const struct cli *cli, unsigned *percent, struct err *e) {
    str text = cli_text(cli, "sample");
    uint64_t n = 0;
    if (text.n && text.p[text.n - 1] == '%')
        text.n--;
    if (text.p && (!str_u64(text, &n) || n > 100))
        return err_set(e, ERR_USAGE, text, _("--sample is a number from 0 to 100"));
    *percent = (unsigned)n;
    return true;
}

str cli_name_text(struct cli *cli, const struct body_name *name) { return hex_text(cli->arena, name->b, 32); }

str cli_size_text(struct cli *cli, uint64_t n) {
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    size_t unit = 0;
    double v = (double)n;
    for (; v >= 1024 && unit + 1 < sizeof units / sizeof *units; unit++)
        v /= 1024;
    return unit ? arena_printf(cli->arena, "%.1f %s", v, units[unit])
                : arena_printf(cli->arena, "%llu B", (unsigned long long)n);
}
