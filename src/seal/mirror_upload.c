/* SPDX-License-Identifier: Apache-2.0
 *
 * tlog-mirror's add-entries, taken piece by piece.
 */
#include <unistd.h>

#include "seal/mirror_copy.h"

enum { BEHIND_MOST = 32 * TILE_WIDTH, PROOF_MOST = 63, WORD = 8, SHORT = 2 };

struct mirror_upload {
    const struct mirror *m;
    struct arena *a;
    struct buf in; /* not understood yet */
    bool has_head;
    str origin;
    uint64_t start, end, at, latest; /* at: the next entry to come; latest: size of the pending checkpoint */
    str note;                        /* the pending checkpoint of size `end` */
    struct hash root;
    struct replica copy;
    unsigned have; /* entries of the package under way that were seen, … */
    size_t used;   /* … and the bytes they take */
    bool saved;    /* at least one package */
    int over;      /* nothing more is looked at: this is the status */
    bool failed;
    struct err e;
};

static void free_in(void *u) { buf_free(&((struct mirror_upload *)u)->in); }

struct mirror_upload *mirror_upload_begin(const struct mirror *m, struct arena *a) {
    struct mirror_upload *u = arena_new_of(a, struct mirror_upload);
    u->m = m;
    u->a = a;
    arena_defer(a, free_in, u);
    return u;
}

static uint64_t number(const char *p, unsigned n) {
    uint64_t v = 0;
    for (unsigned i = 0; i < n; i++)
        v = v << 8 | (unsigned char)p[i];
    return v;
}

static bool end_with(struct mirror_upload *u, int status) {
    u->over = status;
    return false;
}
static bool fail(struct mirror_upload *u) {
    u->failed = true;
    return end_with(u, 500);
}

/* ── the head ── */

static bool known(const struct mirror *m, str origin) {
    for (uint32_t i = 0; i < m->pending.n_logs; i++)
        if (str_eq(m->pending.logs[i].name, origin))
            return true;
    return false;
}

static bool judge_head(struct mirror_upload *u) {
    struct note n;
    struct checkpoint at;
    if (u->start > u->end)
        return end_with(u, 400);
    if (!known(u->m, u->origin))
        return end_with(u, 404);
    if (!replica_open(u->m, u->a, u->origin, &u->copy, &u->e) ||
        !mirror_pending(u->m, u->a, u->origin, u->end, &u->note, &u->latest, &u->e))
        return fail(u);
    uint64_t next = replica_next(&u->copy);
    if (!u->note.p || u->end < u->copy.size || u->start > next || (next > BEHIND_MOST && u->start < next - BEHIND_MOST))
        return end_with(u, 409);
    if (!note_parse(u->a, u->note, u->m->pending.folder, &n, &u->e) ||
        !checkpoint_parse(n.text, u->m->pending.folder, &at, &u->e))
        return fail(u);
    memcpy(u->root.b, at.root, sizeof u->root.b);
    return true;
}

/* Takes the head once all of it is there; false when it is not, or when it ends the matter. */
static bool take_head(struct mirror_upload *u) {
    const char *p = u->in.p;
    if (u->in.n < SHORT)
        return false;
    size_t origin = (size_t)number(p, SHORT), ticket_at = SHORT + origin + 2 * WORD;
    if (u->in.n < ticket_at + SHORT)
        return false;
    size_t whole = ticket_at + SHORT + (size_t)number(p + ticket_at, SHORT); /* tickets are not used here */
    if (u->in.n < whole)
        return false;
    u->origin = arena_str(u->a, str_n(p + SHORT, origin));
    u->start = u->at = number(p + SHORT + origin, WORD);
    u->end = number(p + SHORT + origin + WORD, WORD);
    u->has_head = true;
    u->used = whole;
    return judge_head(u);
}

/* ── packages ── */

static uint64_t package_end(const struct mirror_upload *u) {
    uint64_t end = (u->at / TILE_WIDTH + 1) * TILE_WIDTH;
    return end < u->end ? end : u->end;
}

/* The hash of the bundle's entries so far: those that are here and those that came before them. */
static struct hash subtree_hash(str before, str came) {
    struct merkle_edge edge = {0};
    str entry;
    while (bundle_next(&before, &entry))
        merkle_edge_add(&edge, merkle_leaf(entry));
    while (bundle_next(&came, &entry))
        merkle_edge_add(&edge, merkle_leaf(entry));
    return merkle_edge_root(&edge);
}

static bool keep(struct mirror_upload *u, struct arena *a, str before, str came, uint64_t upto) {
    int fd;
    if (!witness_lock(&u->m->pending, a, u->origin, &fd, &u->e))
        return false;
    bool ok = replica_write(&u->copy, a, upto, arena_cat(a, before, came), &u->e);
    close(fd);
    return ok;
}

/* A package that is all there: proven, then kept. */
static bool take_package(struct mirror_upload *u, struct arena *a, str came, const char *hashes, uint32_t n) {
    struct hash proof[PROOF_MOST];
    uint64_t base = u->at / TILE_WIDTH * TILE_WIDTH, upto = package_end(u);
    str before = S("");
    if (u->at > base && !replica_read(&u->copy, a, u->at, &before, &u->e))
        return fail(u);
    memcpy(proof, hashes, n * sizeof *proof);
    if (!merkle_subtree_consistency_ok(base, upto, u->end, subtree_hash(before, came), u->root, proof, n))
        return end_with(u, 422);
    if (!keep(u, a, before, came, upto))
        return fail(u);
    u->at = upto;
    u->saved = true;
    return true;
}

/* Goes through the entries that came; true when a package was taken, so that another may follow. */
static bool step(struct mirror_upload *u, size_t *from) {
    str rest = str_from(buf_str(&u->in), *from + u->used), entry;
    unsigned count = (unsigned)(package_end(u) - u->at);
    while (u->have < count && bundle_next(&rest, &entry)) {
        u->have++;
        u->used += SHORT + entry.n;
    }
    if (u->have < count || rest.n == 0)
        return false;
    uint32_t n = (unsigned char)rest.p[0];
    if (n > PROOF_MOST)
        return end_with(u, 422);
    if (rest.n < 1 + (size_t)n * sizeof(struct hash))
        return false;
    struct arena *a = arena_new();
    bool ok = take_package(u, a, str_n(u->in.p + *from, u->used), rest.p + 1, n);
    arena_free(a);
    *from += u->used + 1 + n * sizeof(struct hash);
    u->used = u->have = 0;
    return ok;
}

static void forget(struct mirror_upload *u, size_t n) {
    memmove(u->in.p, u->in.p + n, u->in.n - n);
    u->in.n -= n;
}

void mirror_upload_more(struct mirror_upload *u, str piece) {
    size_t from = 0;
    if (u->over || (u->has_head && u->at >= u->end))
        return;
    buf_add(&u->in, piece);
    if (!u->has_head) {
        if (!take_head(u))
            return;
        from = u->used;
        u->used = 0;
    }
    while (!u->over && u->at < u->end && step(u, &from))
        ;
    forget(u, from);
}

/* ── the answer ── */

static bool reply_info(struct mirror_upload *u, struct arena *a, int status, struct reply *out) {
    uint64_t size = u->note.p && u->end >= u->copy.size ? u->end : u->latest;
    *out = (struct reply){
        status, "text/x.tlog.mirror-info",
        arena_printf(a, "%llu\n%llu\n\n", (unsigned long long)size, (unsigned long long)replica_next(&u->copy))};
    return true;
}

static bool plain(struct reply *out, int status, const char *text) {
    *out = (struct reply){status, "text/plain; charset=utf-8", str_of(text)};
    return true;
}

/* Signs and shows the checkpoint; the lines of the mirror's own keys are the answer. */
static bool show(struct mirror_upload *u, struct arena *a, struct reply *out, struct err *e) {
    struct note n;
    struct buf lines = {0};
    if (!note_parse(a, u->note, u->m->pending.folder, &n, e))
        return false;
    uint32_t own = n.lines.n;
    for (uint32_t i = 0; i < u->m->n_signers; i++) {
        const struct witness_signer *s = &u->m->signers[i];
        if (!note_sign(a, &n, s->name, s->use, s->key, signing_time(u->m->ctx), e))
            return false;
    }
    if (!replica_show(&u->copy, a, note_text(a, &n), e))
        return false;
    for (uint32_t i = own; i < n.lines.n; i++)
        note_line_add(a, &lines, &n.lines.v[i]);
    plain(out, 200, arena_str(a, buf_str(&lines)).p);
    buf_free(&lines);
    return true;
}

/* Under the origin's lock: another upload may have gone further meanwhile. */
static bool commit(struct mirror_upload *u, struct arena *a, struct reply *out, struct err *e) {
    if (!replica_open(u->m, a, u->origin, &u->copy, e))
        return false;
    if (u->end < u->copy.size)
        return reply_info(u, a, 409, out);
    return replica_build(&u->copy, u->end, u->root, e) && show(u, a, out, e);
}

bool mirror_upload_end(struct mirror_upload *u, struct arena *a, struct reply *out, struct err *e) {
    int fd;
    if (u->failed) {
        if (e)
            *e = u->e;
        return false;
    }
    switch (u->over) {
    case 0: break;
    case 404: return plain(out, 404, "unknown log\n");
    case 409: return reply_info(u, a, 409, out);
    case 422: return plain(out, 422, "the entries are not those of the checkpoint\n");
    default: return plain(out, 400, "the numbers at the head do not fit\n");
    }
    if (!u->has_head)
        return plain(out, 400, "the head is cut off\n");
    if (u->at < u->end)
        return u->saved ? reply_info(u, a, 202, out) : plain(out, 400, "the first package is cut off\n");
    if (!witness_lock(&u->m->pending, a, u->origin, &fd, e))
        return false;
    bool ok = commit(u, a, out, e);
    close(fd);
    return ok;
}
