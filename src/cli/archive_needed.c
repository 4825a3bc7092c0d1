/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/archive_needed.h"

#include "seal/dsse.h"

struct collecting {
    struct cli *cli;
    struct archive_at_home *h;
};

static void need(struct collecting *k, const unsigned char name[32]) {
    bool fresh;
    struct map_entry *entry = map_put(&k->h->needed, str_n((const char *)name, 32), &fresh);
    if (fresh)
        entry->key = arena_str(k->cli->arena, entry->key);
}

/* Wherever 64 hex digits stand alone: a subject, a material, an entry of a manifest. */
static void need_digests_in(struct collecting *k, str text) {
    unsigned char name[32];
    for (size_t i = 0, run = 0; i <= text.n; i++) {
        if (i < text.n && ch_hex(text.p[i])) {
            run++;
            continue;
        }
        if (run == 64 && hex_bytes(str_n(text.p + i - 64, 64), name, 32))
            need(k, name);
        run = 0;
    }
}

static bool each(void *arg, const struct log_entry *entry, struct err *e) {
    struct collecting *k = arg;
    struct arena *a = arena_new();
    struct dsse d;
    str text = {NULL, 0};
    bool ok = entry->erased || log_envelope(k->h->home.log, a, entry, &text, e);
    if (ok && !entry->erased)
        need(k, entry->envelope);
    if (ok && text.p && dsse_parse(k->cli->ctx, a, text, S(""), &d, NULL))
        need_digests_in(k, d.payload);
    arena_free(a);
    return ok;
}

bool archive_at_home_open(struct cli *cli, enum home_use use, struct archive_at_home *h, struct err *e) {
    struct collecting k = {cli, h};
    struct checkpoint now;
    str note;
    *h = (struct archive_at_home){0};
    map_init(&h->needed, cli->arena);
    if (cli_text(cli, "archive").p || !home_is(cli->home))
        return cli_archive_open(cli, ARCHIVE_WRITE, &h->archive, e);
    if (!home_open(cli->ctx, cli->arena, cli->home, use, &h->home, e))
        return false;
    h->has_home = true;
    h->archive = h->home.archive;
    /* What was logged just now lies in the journal still. */
    return log_settle(h->home.log, e) && log_checkpoint(h->home.log, cli->arena, &now, &note, e) &&
           log_each(h->home.log, 0, now.size, each, &k, e);
}

void archive_at_home_close(struct archive_at_home *h) {
    if (h->has_home)
        home_close(&h->home);
    else
        archive_close(h->archive);
}

bool archive_is_needed(void *of, const struct body_name *name) {
    const struct archive_at_home *h = of;
    return map_find(&h->needed, str_n((const char *)name->b, 32)) != NULL;
}
