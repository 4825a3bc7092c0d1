/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/import.h"

#include <pthread.h>
#include <stdlib.h>

#include "archive/archive.h"
#include "base/file.h"
#include "base/pool.h"
#include "impact/contents_inner.h"
#include "impact/import_feed.h"
#include "impact/import_name.h"

enum {
    BATCH_DOCUMENTS = 4096,
    BATCH_BYTES = 32 << 20,
    /* Batches that are applied in one transaction: pages of large indexes, which any release may touch, are written
     * once for all of them. */
    GROUP_DOCUMENTS = 4096,
    GROUP_BATCHES = 8,
    WAITING_MOST = 5, /* batches between two stages: one that is stopped by the disk does not stop the one before it */
    WORKERS_MOST = 64
};

enum item_state { ITEM_READY, ITEM_KNOWN, ITEM_SKIPPED, ITEM_BAD };
struct item {
    struct import_item of;
    enum item_state state;
    uint64_t bytes;
    str text; /* until it is archived */
    str file; /* its path; absent when it has none */
    struct inventory inventory;
    bool maybe_known; /* its digest was met before */
    bool fatal;       /* nothing would go better with the next one */
    struct err *bad;
    struct parts parts;
    struct vex vex;
    struct home_add add;
};
struct batch {
    struct arena *a;                   /* of the feed */
    struct arena *kept[WORKERS_MOST];  /* what workers leave for the log and the views */
    struct arena *texts[WORKERS_MOST]; /* the documents, until they are archived */
    VEC(struct item) items;
    struct portfolio_add *adds; /* of the items that the log gets */
    uint32_t n_adds;
    bool full;   /* else nothing more was there at the moment */
    bool over;   /* nothing comes behind it */
    bool failed; /* in one of its stages */
    struct err e;
};
struct hand_over { /* of batches from one stage to the next */
    pthread_mutex_t lock;
    pthread_cond_t moved;
    struct batch *waiting[WAITING_MOST]; /* the first one first */
    uint32_t n;
    bool closed;
};
struct group { /* of batches that are applied together */
    struct batch *of[GROUP_BATCHES];
    uint32_t n, documents;
};
struct worker { /* looks whether a document is known */
    struct portfolio p;
};
struct importing {
    struct portfolio *p;
    const struct import_plan *plan;
    struct import_feed *feed;
    struct worker workers[WORKERS_MOST];
    struct import_outcome *out;
    struct batch *batch; /* being prepared */
    bool over;           /* the last one was prepared */
    struct hand_over prepared, logged;
};

/* ── one document ── */

struct reading {
    struct importing *k;
    struct item *item;
    struct worker *worker;
    struct arena *kept, *texts, *a; /* a: for this step alone */
    str text;
    struct inventory inventory;
};

static bool bad_line(const struct reading *r, const char *what, struct err *e) {
    return err_set(e, ERR_INPUT, r->item->of.where, "%s", what);
}

/* The document of a line of JSON, and what the line says of it. */
static bool read_line(struct reading *r, struct err *e) {
    const struct import_item *x = &r->item->of;
    struct json doc;
    if (!json_parse(r->k->p->ctx, r->a, x->line, JSON_DUPLICATES_OK, x->where, &doc, e))
        return false;
    struct jv sbom = j_get(doc.root, "sbom"), path = j_get(doc.root, "path");
    if (!j_ok(sbom) && !j_ok(path)) { /* the line is a document */
        r->text = x->line;
        return true;
    }
    r->inventory.product = j_gets(doc.root, "product");
    r->inventory.version = j_gets(doc.root, "version");
    r->inventory.party = j_gets(doc.root, "party");
    r->inventory.purl = j_gets(doc.root, "purl");
    r->inventory.released = j_gets(doc.root, "releasedOn");
    r->inventory.supersedes = j_gets(doc.root, "supersedes");
    if (j_is_str(path)) {
        str file = j_str(path);
        if (x->folder.n && !str_starts(file, S("/")))
            file = path_join(r->a, x->folder, file);
        r->item->file = arena_str(r->kept, file);
        return file_read(r->k->p->ctx, r->texts, file, &r->text, e);
    }
    r->text = j_is_str(sbom) ? arena_str(r->texts, j_str(sbom)) : json_text(sbom, r->texts);
    return r->text.n || bad_line(r, _("this line has neither \"sbom\" nor \"path\""), e);
}

static bool read_text(struct reading *r, struct err *e) {
    const struct import_item *x = &r->item->of;
    r->item->file = x->path;
    if (x->path.p)
        return file_read(r->k->p->ctx, r->texts, x->path, &r->text, e);
    if (x->document) {
        r->text = x->line;
        return true;
    }
    return read_line(r, e);
}

static bool is_sbom(struct reading *r) {
    str plain;
    return text_unpack(r->k->p->ctx, r->a, r->text, r->item->of.where, &plain, NULL) &&
           sbom_detect(text_utf8(r->a, plain)).format != SBOM_NONE;
}

/* By whoever reads documents here, or for us. */
static bool read_gist(struct reading *r, struct gist *out, struct err *e) {
    const struct import_plan *plan = r->k->plan;
    struct sbom *s;
    if (plan->reader)
        return plan->reader(plan->arg, r->kept, r->text, r->item->of.where, out, e);
    if (!sbom_read(r->k->p->ctx, r->a, r->text, r->item->of.where, SBOM_LENIENT, &s, NULL, e))
        return false;
    gist_of(r->kept, s, out);
    return true;
}

static bool take(struct reading *r, struct err *e) {
    struct portfolio *p = r->k->p;
    struct gist g;
    const struct naming how = {p->ctx, r->item->of.where, r->item->file, r->k->plan->strict};
    if (!read_gist(r, &g, e)) {
        if (r->item->of.found && e->kind == ERR_INPUT && !is_sbom(r))
            r->item->state = ITEM_SKIPPED;
        return false;
    }
    if (!inventory_complete(&how, r->kept, &g, &r->inventory, e))
        return false;
    r->inventory.bytes = r->text.n;
    r->item->parts = g.parts;
    r->item->vex = g.vex;
    if (!inventory_payload(r->kept, &r->inventory, &r->item->add.payload, e))
        return false;
    r->item->fatal = true;
    return home_sign(p->home, r->kept, &r->item->add, e);
}

/* First step: its bytes, their digest, and what is said beside it. */
static bool read_item(struct reading *r, struct err *e) {
    const struct import_plan *plan = r->k->plan;
    struct inventory *x = &r->inventory;
    if (!read_text(r, e))
        return false;
    const struct {
        str *to, otherwise;
    } said[] = {{&x->product, plan->product}, {&x->version, plan->version}, {&x->party, plan->party},
                {&x->purl, {NULL, 0}},        {&x->released, {NULL, 0}},    {&x->supersedes, {NULL, 0}}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        *said[i].to = arena_str(r->kept, said[i].to->n ? *said[i].to : said[i].otherwise);
    r->item->bytes = r->text.n;
    r->item->text = r->text;
    digest_of(DIGEST_SHA256, r->text, x->body);
    r->item->inventory = *x;
    return true;
}

/* Second step, when it is known which digests were met before. */
static bool take_item(struct reading *r, struct err *e) {
    bool known = false;
    r->item->fatal = true;
    if (r->item->maybe_known && !inventory_known(&r->worker->p, r->a, &r->inventory, &known, e))
        return false;
    r->item->fatal = false;
    if (known) {
        r->item->state = ITEM_KNOWN;
        return true;
    }
    return take(r, e);
}

static void step(struct importing *k, size_t i, unsigned worker, bool (*one)(struct reading *r, struct err *e)) {
    struct item *item = &k->batch->items.v[i];
    struct err e = {0};
    struct reading r = {.k = k,
                        .item = item,
                        .worker = &k->workers[worker],
                        .kept = k->batch->kept[worker],
                        .texts = k->batch->texts[worker],
                        .text = item->text,
                        .inventory = item->inventory};
    if (item->state != ITEM_READY)
        return;
    r.a = arena_new();
    if (!one(&r, &e) && item->state != ITEM_SKIPPED) {
        item->state = ITEM_BAD;
        item->bad = arena_new_of(r.kept, struct err);
        if (!e.where[0])
            (void)err_within(&e, item->of.where);
        *item->bad = e;
    }
    arena_free(r.a);
}
static void read_step(void *arg, size_t i, unsigned worker) { step(arg, i, worker, read_item); }
static void take_step(void *arg, size_t i, unsigned worker) { step(arg, i, worker, take_item); }

/* ── a batch ── */

static struct batch *batch_new(void) {
    struct batch *b = calloc(1, sizeof *b);
    if (!b)
        abort();
    b->a = arena_new();
    for (int i = 0; i < WORKERS_MOST; i++) {
        b->kept[i] = arena_new();
        b->texts[i] = arena_new();
    }
    return b;
}
static void forget_texts(struct batch *b) {
    for (int i = 0; i < WORKERS_MOST; i++) {
        arena_free(b->texts[i]);
        b->texts[i] = NULL;
    }
}
static void batch_free(struct batch *b) {
    if (!b)
        return;
    forget_texts(b);
    for (int i = 0; i < WORKERS_MOST; i++)
        arena_free(b->kept[i]);
    arena_free(b->a);
    free(b);
}

static void fill(struct importing *k, struct batch *b) {
    uint64_t bytes = 0;
    bool more = true;
    while (b->items.n < BATCH_DOCUMENTS && bytes < BATCH_BYTES) {
        struct import_item x;
        feed_next(k->feed, b->a, b->items.n == 0, &x, &more);
        if (!more)
            break;
        *vec_push(b->a, &b->items) = (struct item){.of = x};
        bytes += x.size;
    }
    b->full = more;
    b->over = feed_over(k->feed);
}

static bool archive_all(struct importing *k, struct batch *b, struct err *e) {
    struct archive_item *list = arena_array(b->a, struct archive_item, b->items.n + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->items.n; i++)
        if (b->items.v[i].state == ITEM_READY) {
            list[n].bytes = b->items.v[i].text;
            list[n].named = true;
            memcpy(list[n++].name.b, b->items.v[i].inventory.body, 32);
        }
    return !n || archive_put_many(k->p->home->archive, list, n, e);
}

static bool find_met(struct importing *k, struct batch *b, struct err *e) {
    uint32_t n = b->items.n;
    unsigned char(*bodies)[32] = arena_alloc_n(b->a, n + 1, sizeof *bodies);
    bool *maybe = arena_array(b->a, bool, n + 1);
    for (uint32_t i = 0; i < n; i++)
        memcpy(bodies[i], b->items.v[i].inventory.body, sizeof *bodies);
    bool ok = contents_of_bodies(k->workers[0].p.contents, (const unsigned char(*)[32])bodies, n, maybe, e);
    for (uint32_t i = 0; i < n; i++)
        b->items.v[i].maybe_known = maybe[i];
    return ok;
}

/* First stage. */
static void prepare(struct importing *k, struct batch *b) {
    k->batch = b;
    fill(k, b);
    pool_run(k->p->ctx, b->items.n, read_step, k);
    b->failed = !find_met(k, b, &b->e);
    if (!b->failed) {
        pool_run(k->p->ctx, b->items.n, take_step, k);
        b->failed = !archive_all(k, b, &b->e);
    }
    forget_texts(b);
}

/* Second stage: the documents are on disk before the log names them, and then its entries are. All that wait go
 * together: a sync takes as long for one batch as for five. */
struct some { /* batches */
    struct batch *of[WAITING_MOST];
    uint32_t n;
};

static bool may_go_on(struct batch *b) {
    for (uint32_t i = 0; !b->failed && i < b->items.n; i++) {
        const struct item *x = &b->items.v[i];
        if (x->state == ITEM_BAD && x->fatal) {
            b->e = *x->bad;
            b->failed = true;
        }
    }
    return !b->failed;
}

static void collect_adds(struct batch *b) {
    b->adds = arena_array(b->a, struct portfolio_add, b->items.n + 1);
    for (uint32_t i = 0; i < b->items.n; i++) {
        struct item *x = &b->items.v[i];
        if (x->state == ITEM_READY)
            b->adds[b->n_adds++] = (struct portfolio_add){
                .payload = x->add.payload, .made = &x->add, .parts = &x->parts, .vex = &x->vex};
    }
}

static bool log_together(struct importing *k, struct arena *a, struct batch **list, uint32_t n, struct err *e) {
    uint32_t all = 0, at = 0;
    for (uint32_t i = 0; i < n; i++)
        all += list[i]->n_adds;
    struct portfolio_add *adds = arena_array(a, struct portfolio_add, all + 1);
    for (uint32_t i = 0; i < n; at += list[i++]->n_adds)
        if (list[i]->n_adds)
            memcpy(adds + at, list[i]->adds, list[i]->n_adds * sizeof *adds);
    if (!archive_sync(k->p->home->archive, e) || !portfolio_log(k->p, a, adds, all, e))
        return false;
    at = 0;
    for (uint32_t i = 0; i < n; at += list[i++]->n_adds)
        if (list[i]->n_adds)
            memcpy(list[i]->adds, adds + at, list[i]->n_adds * sizeof *adds);
    return true;
}

/* Those before the first that cannot go on. What the call needs is kept with the last of them, which is forgotten
 * last. */
static void write_log(struct importing *k, struct some *x) {
    uint32_t n = 0;
    while (n < x->n && may_go_on(x->of[n]))
        collect_adds(x->of[n++]);
    if (n && !log_together(k, x->of[n - 1]->a, x->of, n, &x->of[0]->e))
        x->of[0]->failed = true;
}

static void tell(const struct importing *k, const struct err *e) {
    if (k->plan->fault)
        k->plan->fault(k->plan->arg, e);
}

/* Third stage. */
static void count(struct importing *k, const struct batch *b) {
    for (uint32_t i = 0; i < b->items.n; i++) {
        const struct item *x = &b->items.v[i];
        if (x->state == ITEM_BAD)
            tell(k, x->bad);
        k->out->bytes += x->bytes;
        k->out->documents += x->state != ITEM_SKIPPED;
        k->out->skipped += x->state == ITEM_SKIPPED;
        k->out->failed += x->state == ITEM_BAD;
        k->out->known += x->state == ITEM_KNOWN;
    }
}

static bool apply(struct importing *k, const struct portfolio_add *adds, uint32_t n, struct err *e) {
    const struct contents *contents = k->p->contents;
    uint64_t before = contents->disagreeing;
    if (!portfolio_apply(k->p, adds, n, e))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        k->out->known += adds[i].was_there;
        k->out->added += !adds[i].was_there;
    }
    k->out->disagreeing += contents->disagreeing - before;
    return true;
}

static void group_free(struct group *g) {
    for (uint32_t i = 0; i < g->n; i++)
        batch_free(g->of[i]);
    *g = (struct group){0};
}

static bool apply_group(struct importing *k, struct group *g, struct progress *progress, struct err *e) {
    struct arena *a = arena_new();
    struct portfolio_add *adds = arena_array(a, struct portfolio_add, g->documents + 1);
    uint32_t n = 0;
    uint64_t items = 0;
    for (uint32_t i = 0; i < g->n; i++) {
        const struct batch *b = g->of[i];
        count(k, b);
        if (b->n_adds)
            memcpy(adds + n, b->adds, b->n_adds * sizeof *adds);
        n += b->n_adds;
        items += b->items.n;
    }
    bool ok = apply(k, adds, n, e);
    arena_free(a);
    group_free(g);
    progress_add(progress, items);
    return ok;
}

/* ── from stage to stage ── */

static bool stopped(const struct importing *k) { return k->plan->stop && atomic_load(k->plan->stop); }

/* Waits until there is room; false: nobody takes it any more. */
static bool hand_on(struct hand_over *h, struct batch *b) {
    pthread_mutex_lock(&h->lock);
    while (h->n == WAITING_MOST && !h->closed)
        pthread_cond_wait(&h->moved, &h->lock);
    bool taken = !h->closed;
    if (taken)
        h->waiting[h->n++] = b;
    pthread_cond_broadcast(&h->moved);
    pthread_mutex_unlock(&h->lock);
    return taken;
}
/* NULL: nothing comes any more. */
static struct batch *take_over(struct hand_over *h) {
    pthread_mutex_lock(&h->lock);
    while (!h->n && !h->closed)
        pthread_cond_wait(&h->moved, &h->lock);
    struct batch *b = h->n ? h->waiting[0] : NULL;
    if (b)
        memmove(h->waiting, h->waiting + 1, --h->n * sizeof *h->waiting);
    pthread_cond_broadcast(&h->moved);
    pthread_mutex_unlock(&h->lock);
    return b;
}
/* What waits, but no more documents than a batch may have, or one batch; none: nothing comes any more. */
static void take_some(struct hand_over *h, struct some *out) {
    uint32_t documents = 0;
    pthread_mutex_lock(&h->lock);
    while (!h->n && !h->closed)
        pthread_cond_wait(&h->moved, &h->lock);
    for (out->n = 0; out->n < h->n; out->n++) {
        documents += h->waiting[out->n]->items.n;
        if (out->n && documents > BATCH_DOCUMENTS)
            break;
        out->of[out->n] = h->waiting[out->n];
    }
    h->n -= out->n;
    memmove(h->waiting, h->waiting + out->n, h->n * sizeof *h->waiting);
    pthread_cond_broadcast(&h->moved);
    pthread_mutex_unlock(&h->lock);
}
/* By who gives, behind the last one, which is still taken; or by who takes no more. */
static void close_hand(struct hand_over *h) {
    pthread_mutex_lock(&h->lock);
    h->closed = true;
    pthread_cond_broadcast(&h->moved);
    pthread_mutex_unlock(&h->lock);
}

static void *prepare_all(void *arg) {
    struct importing *k = arg;
    for (bool going = true; going && !k->over && !stopped(k);) {
        struct batch *b = batch_new();
        prepare(k, b);
        k->over = b->over;
        going = !b->failed;
        if (!hand_on(&k->prepared, b)) {
            batch_free(b);
            going = false;
        }
    }
    close_hand(&k->prepared);
    return NULL;
}

static void *log_all(void *arg) {
    struct importing *k = arg;
    struct some x;
    bool going = true;
    while (going) {
        take_some(&k->prepared, &x);
        write_log(k, &x);
        for (uint32_t i = 0; i < x.n; i++) {
            struct batch *b = x.of[i];
            bool last = b->failed; /* whoever takes it frees it */
            bool taken = going && hand_on(&k->logged, b);
            going = taken && !last;
            if (!taken)
                batch_free(b);
        }
        going = going && x.n;
    }
    close_hand(&k->prepared);
    close_hand(&k->logged);
    home_index_go_on(k->p->home); /* while what was logged last is applied */
    return NULL;
}

static void hand_over_init(struct hand_over *h) {
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->moved, NULL);
}
static void hand_over_end(struct hand_over *h) {
    for (uint32_t i = 0; i < h->n; i++)
        batch_free(h->waiting[i]); /* who would have taken it failed before */
    pthread_cond_destroy(&h->moved);
    pthread_mutex_destroy(&h->lock);
}

/* What a stream brought last does not wait for more. */
static bool is_whole(const struct group *g, const struct batch *last) {
    return !last->full || last->over || g->n == GROUP_BATCHES || g->documents >= GROUP_DOCUMENTS;
}

static bool apply_all(struct importing *k, struct progress *progress, struct err *e) {
    struct group g = {0};
    struct batch *b;
    bool ok = true;
    while (ok && (b = take_over(&k->logged))) {
        if (b->failed) {
            ok = apply_group(k, &g, progress, e);
            if (ok)
                *e = b->e;
            ok = false;
            batch_free(b);
            break;
        }
        g.of[g.n++] = b;
        g.documents += b->n_adds;
        ok = !is_whole(&g, b) || apply_group(k, &g, progress, e);
    }
    ok = ok && apply_group(k, &g, progress, e);
    group_free(&g);
    close_hand(&k->logged);
    return ok;
}

/* One batch is prepared while the one before it is logged, and the one before that is applied. */
static bool pipeline(struct importing *k, struct progress *progress, struct err *e) {
    pthread_t preparing, logging;
    hand_over_init(&k->prepared);
    hand_over_init(&k->logged);
    bool ok = thread_start(&logging, log_all, k);
    if (ok) {
        bool both = thread_start(&preparing, prepare_all, k);
        if (!both)
            close_hand(&k->prepared);
        ok = apply_all(k, progress, e) && both;
        pthread_join(logging, NULL);
        if (both)
            pthread_join(preparing, NULL);
        else
            err_set(e, ERR_ENV, (str){NULL, 0}, "%s", _("no thread can be started"));
    } else {
        err_set(e, ERR_ENV, (str){NULL, 0}, "%s", _("no thread can be started"));
    }
    hand_over_end(&k->prepared);
    hand_over_end(&k->logged);
    k->out->stopped = ok && !k->over && stopped(k);
    return ok;
}

static bool open_workers(struct importing *k, struct err *e) {
    unsigned n = k->p->ctx->threads < WORKERS_MOST ? k->p->ctx->threads : WORKERS_MOST;
    for (unsigned i = 0; i < n; i++) {
        struct portfolio *p = &k->workers[i].p;
        *p = *k->p;
        p->store = NULL;
        p->contents = NULL;
        if (!store_open(p->ctx, k->p->where, STORE_READ, &p->store, e) || !contents_open(p, &p->contents, e))
            return false;
    }
    return true;
}

bool import_run(struct portfolio *p, const struct import_plan *plan, struct import_outcome *out, struct err *e) {
    struct importing *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    *out = (struct import_outcome){0};
    k->p = p;
    k->plan = plan;
    k->out = out;
    bool ok = open_workers(k, e);
    if (ok) {
        k->feed = feed_new(p->ctx, plan);
        struct progress *progress = progress_begin(p->ctx, _("importing"), feed_total(k->feed));
        home_index_wait(p->home);
        ok = pipeline(k, progress, e);
        home_index_go_on(p->home); /* where no thread could be started */
        struct arena *a = arena_new();
        ok = ok && portfolio_append(p, a, NULL, 0, e); /* the index too */
        arena_free(a);
        progress_end(progress);
    }
    feed_free(k->feed);
    for (int i = 0; i < WORKERS_MOST; i++) {
        contents_close(k->workers[i].p.contents);
        store_close(k->workers[i].p.store);
    }
    free(k);
    return ok;
}
