/* SPDX-License-Identifier: Apache-2.0
 *
 * The client's side of tlog-mirror: reads a log through its tiles and brings it to a mirror.
 */
#include "base/cipher.h"
#include "seal/mirror.h"

/* The specification's advice is 32 packages a request; long entries make it fewer. */
enum { PACKAGES_MOST = 32, REQUEST_MOST = 8 << 20, STALLS_MOST = 4 };

struct bringer {
    struct arena *a;
    const struct mirror_end *to;
    struct tiles tiles;
    str origin;
    uint64_t size, next;
    str ticket;
    struct err *e;
};

static void put_number(struct buf *b, uint64_t v, unsigned n) {
    while (n--)
        buf_addc(b, (char)(unsigned char)(v >> 8 * n));
}

static void put_head(struct buf *b, const struct bringer *g, uint64_t start, uint64_t end) {
    put_number(b, g->origin.n, 2);
    buf_add(b, g->origin);
    put_number(b, start, 8);
    put_number(b, end, 8);
    put_number(b, g->ticket.n, 2);
    buf_add(b, g->ticket);
}

/* The package that begins with entry `start`; *end is where it ends. */
static bool put_package(struct buf *b, struct bringer *g, uint64_t start, uint64_t *end) {
    struct arena *a = arena_new();
    str entries[TILE_WIDTH];
    struct hash proof[MERKLE_PROOF_MOST];
    struct hash_source hashes = tiles_hashes(&g->tiles);
    unsigned n = 0;
    uint32_t n_proof = 0;
    uint64_t base = start / TILE_WIDTH * TILE_WIDTH;
    bool ok = tiles_entries(&g->tiles, a, start / TILE_WIDTH, entries, &n, g->e) &&
              merkle_subtree_consistency(&hashes, base, base + n, g->size, proof, &n_proof, g->e);
    for (uint64_t i = start - base; ok && i < n; i++)
        bundle_add(b, entries[i]);
    if (ok) {
        put_number(b, n_proof, 1);
        buf_add(b, str_n((const char *)proof, n_proof * sizeof *proof));
    }
    *end = base + n;
    arena_free(a);
    return ok;
}

/* SIZE, NEXT, TICKET, each on a line. */
static bool read_info(struct bringer *g, str body, uint64_t *size) {
    str line;
    return str_line(&body, &line) && tlog_number(line, size) && str_line(&body, &line) && tlog_number(line, &g->next) &&
           str_cut(body, '\n', &line, &body) && body.n == 0 && base64_bytes(g->a, line, false, &g->ticket) &&
           g->ticket.n <= UINT16_MAX;
}

static bool fill(struct buf *b, struct bringer *g) {
    uint64_t at = g->next < g->size ? g->next : g->size;
    put_head(b, g, at, g->size);
    for (unsigned i = 0; i < PACKAGES_MOST && at < g->size && b->n < REQUEST_MOST; i++)
        if (!put_package(b, g, at, &at))
            return false;
    return true;
}

/* One request; *done when the mirror has all and says so. */
static bool upload(struct bringer *g, bool *done, str *cosignatures) {
    struct buf b = {0};
    struct reply r;
    uint64_t size = g->size;
    str where = g->to->witness.where;
    bool ok = fill(&b, g) && g->to->add_entries(g->to->witness.of, g->a, buf_str(&b), &r, g->e);
    buf_free(&b);
    if (!ok)
        return false;
    *done = r.status == 200;
    if (*done)
        *cosignatures = r.body;
    if (r.status == 422)
        return err_set(g->e, ERR_INPUT, where, _("the log's entries are not those its checkpoint speaks of"));
    bool told = (r.status == 202 || r.status == 409) && read_info(g, r.body, &size);
    if (*done || (told && size == g->size))
        return true;
    if (told && size > g->size)
        return err_set(g->e, ERR_ENV, where, _("meanwhile somebody else brought a newer state there, of %llu entries"),
                       (unsigned long long)size);
    return reply_refused(g->a, where, &r, g->e);
}

/* Asks where the mirror is: an upload of nothing is answered with that. */
static bool ask_next(struct bringer *g) {
    struct buf b = {0};
    struct reply r;
    uint64_t size;
    put_head(&b, g, 0, 0);
    bool ok = g->to->add_entries(g->to->witness.of, g->a, buf_str(&b), &r, g->e);
    buf_free(&b);
    if (!ok || r.status == 200) /* an empty log that is mirrored already */
        return ok;
    return (r.status == 409 && read_info(g, r.body, &size)) || reply_refused(g->a, g->to->witness.where, &r, g->e);
}

static bool upload_all(struct bringer *g, struct mirrored *out) {
    bool done = false;
    for (unsigned stalls = 0; !done;) {
        uint64_t before = g->next;
        if (!upload(g, &done, &out->cosignatures))
            return false;
        stalls = g->next > before ? 0 : stalls + 1;
        if (!done && stalls > STALLS_MOST)
            return err_set(g->e, ERR_ENV, g->to->witness.where,
                           _("the mirror takes no more entries and does not say why"));
    }
    out->size = g->size;
    return true;
}

bool mirror_source_ok(struct arena *a, const struct mirror_source *from, const struct vkey *log, struct err *e) {
    str where = from->tiles->where;
    struct note n;
    struct checkpoint at;
    bool broken;
    if (!note_parse(a, from->checkpoint, where, &n, e) || !checkpoint_parse(n.text, where, &at, e))
        return false;
    if (!str_eq(at.origin, log->name))
        return err_set(e, ERR_INPUT, where, _("this is the log \"%.*s\", the key is that of \"%.*s\""),
                       STR_ARG(at.origin), STR_ARG(log->name));
    return note_verify(&n, log, NULL, &broken) ||
           err_set(e, ERR_INPUT, where, _("the checkpoint is not signed by the log's key"));
}

bool mirror_bring(struct arena *a, const struct mirror_source *from, const struct mirror_end *to, struct mirrored *out,
                  struct err *e) {
    struct bringer g = {.a = a, .to = to, .ticket = S(""), .e = e};
    struct note n;
    struct checkpoint at;
    uint64_t had;
    str body;
    *out = (struct mirrored){.cosignatures = S("")};
    if (!note_parse(a, from->checkpoint, from->tiles->where, &n, e) ||
        !checkpoint_parse(n.text, from->tiles->where, &at, e))
        return false;
    g.origin = at.origin;
    g.size = at.size;
    tiles_open(&g.tiles, a, from->tiles, at.size);
    struct hash_source hashes = tiles_hashes(&g.tiles);
    if (!witness_offer(a, &to->witness, &hashes, at.size, from->checkpoint, &had, &body, e) || !ask_next(&g))
        return false;
    out->before = g.next;
    return upload_all(&g, out);
}
