/* SPDX-License-Identifier: Apache-2.0
 *
 * An entry is a question of a reader. It has the newest few of its answers, each with the states it is the answer in,
 * so that those who read an older state find theirs too.
 */
#include <assert.h>
#include <stdlib.h>

#include "impact/contents_inner.h"
#include "impact/reach_inner.h"
#include "impact/recall_inner.h"

enum { VERSIONS = 4, KEPT_MOST = 512, BYTES_LEAST = 512 };

struct version {
    int64_t moved, time_from, time_until;
    uint32_t from, upto; /* releases there are */
    uint64_t releases;   /* that are hit */
    char *text;          /* members; NULL: the number alone was asked for */
    size_t n;
};
struct entry_kept {
    char *key;
    size_t n_key, bytes;
    uint64_t hash, used, store;
    int64_t made, package;
    bool every; /* all versions, for who sees everything */
    bool busy;  /* somebody computes it, and has `grown` */
    char *name;
    size_t n_name;
    struct version versions[VERSIONS]; /* newest first */
    uint32_t n;
    struct grown *grown; /* of the newest one; NULL: it does not grow */
};
struct recall {
    pthread_mutex_t lock;
    pthread_cond_t done; /* somebody has computed something */
    size_t most, bytes;
    uint64_t clock;
    uint32_t n;
    struct entry_kept *entries[KEPT_MOST];
    struct news news;
};

struct recall *recall_new(size_t most) {
    struct recall *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->done, NULL);
    r->most = most;
    return r;
}

static void drop_versions(struct entry_kept *x) {
    for (uint32_t i = 0; i < x->n; i++)
        free(x->versions[i].text);
    x->n = 0;
}
static void entry_free(struct entry_kept *x) {
    drop_versions(x);
    grown_free(x->grown);
    free(x->name);
    free(x->key);
    free(x);
}
void recall_free(struct recall *r) {
    if (!r)
        return;
    for (uint32_t i = 0; i < r->n; i++)
        entry_free(r->entries[i]);
    free(r->news.ids);
    pthread_cond_destroy(&r->done);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

void recall_use(struct recall *r, struct portfolio *p, uint64_t store) {
    p->contents->recall = r;
    p->contents->recall_of = store;
}

/* ── entries ── with the lock */

static uint64_t hash_of(str key) {
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
    return h;
}

static struct entry_kept *entry_of(struct recall *r, str key, uint64_t hash) {
    for (uint32_t i = 0; i < r->n; i++) {
        struct entry_kept *x = r->entries[i];
        if (x->hash == hash && x->n_key == key.n && memcmp(x->key, key.p, key.n) == 0)
            return x;
    }
    return NULL;
}

static void drop_at(struct recall *r, uint32_t at) {
    r->bytes -= r->entries[at]->bytes;
    entry_free(r->entries[at]);
    r->entries[at] = r->entries[--r->n];
}
static void drop(struct recall *r, const struct entry_kept *x) {
    for (uint32_t i = 0; i < r->n; i++)
        if (r->entries[i] == x) {
            drop_at(r, i);
            return;
        }
}
static void drop_least_used(struct recall *r) {
    uint32_t least = UINT32_MAX;
    for (uint32_t i = 0; i < r->n; i++)
        if (!r->entries[i]->busy && (least == UINT32_MAX || r->entries[i]->used < r->entries[least]->used))
            least = i;
    if (least != UINT32_MAX)
        drop_at(r, least);
}

/* NULL: all there can be are being computed. */
static struct entry_kept *entry_new(struct recall *r, str key, uint64_t hash) {
    if (r->n == KEPT_MOST)
        drop_least_used(r);
    if (r->n == KEPT_MOST)
        return NULL;
    struct entry_kept *x = calloc(1, sizeof *x);
    if (!x || !(x->key = malloc(key.n + 1)))
        abort();
    memcpy(x->key, key.p, key.n);
    x->n_key = key.n;
    x->hash = hash;
    return r->entries[r->n++] = x;
}

/* What it takes now; others make room for it. */
static void weigh(struct recall *r, struct entry_kept *x) {
    size_t now = BYTES_LEAST + x->n_key + x->n_name + (x->grown ? grown_bytes(x->grown) : 0);
    for (uint32_t i = 0; i < x->n; i++)
        now += x->versions[i].n;
    r->bytes += now - x->bytes;
    x->bytes = now;
    for (uint32_t left = r->n; left && r->bytes > r->most; left--)
        drop_least_used(r);
}

/* ── which answer ── with the lock */

static bool is_its_time(const struct version *v, const struct recall_state *now) {
    return v->moved == now->moved && v->time_from <= now->time && now->time <= v->time_until;
}

/* How the releases [v->upto, to) change it. *more: hits among them, where their number is all that matters. */
static bool is_untouched(const struct recall *r, const struct entry_kept *x, const struct version *v, uint32_t to,
                         uint64_t *more) {
    uint32_t n;
    bool counts = x->every && !v->text;
    *more = 0;
    for (uint32_t id = v->upto; id < to; id++) {
        uint32_t twin = r->news.v[id - r->news.first].twin;
        (void)news_of_package(&r->news, id, x->package, &n);
        if (!n && (twin == id || !v->text || (x->grown && !roaring_bitmap_contains(x->grown->releases, twin))))
            continue;
        if (!n || !counts || twin != id)
            return false;
        ++*more;
    }
    return true;
}

/* The answer in this state; NULL: there is none, *older says that the newest one is of a later state. */
static struct version *version_of(struct recall *r, struct entry_kept *x, const struct recall_state *now, bool *older) {
    struct version *v = NULL;
    uint64_t more;
    *older = false;
    if (x->store != now->store || x->made != now->made)
        return NULL;
    for (uint32_t i = 0; i < x->n && !v; i++)
        if (x->versions[i].from <= now->releases && is_its_time(&x->versions[i], now))
            v = &x->versions[i];
    *older = x->n && (x->versions[0].from > now->releases || x->versions[0].moved > now->moved);
    if (!v || now->releases <= v->upto)
        return v;
    if (x->busy || !news_cover(&r->news, now, v->upto, now->releases) || !is_untouched(r, x, v, now->releases, &more))
        return NULL;
    if (more && v != x->versions)
        return NULL;
    if (more) {
        v->from = now->releases;
        v->releases += more;
    }
    v->upto = now->releases;
    if (x->grown && v == x->versions)
        x->grown->upto = v->upto;
    return v;
}

static void put_version(struct recall *r, struct entry_kept *x, const struct version *v) {
    if (x->n == VERSIONS)
        free(x->versions[--x->n].text);
    memmove(x->versions + 1, x->versions, x->n * sizeof *x->versions);
    x->versions[0] = *v;
    x->n++;
    weigh(r, x);
}

/* ── asking ── */

struct asking {
    struct portfolio *p;
    struct arena *a;
    const struct recall_ask *of;
    bool count; /* the number alone */
    str key;
    uint64_t hash;
    struct recall_state now;
    /* the answer */
    str name;
    uint64_t releases;
    struct buf text;
};

static bool state_of(struct portfolio *p, struct recall_state *out, struct err *e) {
    struct contents *c = p->contents;
    bool own;
    if (!contents_read(c, &own, e)) /* looks at the numbers */
        return false;
    contents_read_end(c, own);
    *out = (struct recall_state){c->recall_of, c->made, c->moved, p->ctx->now, c->releases};
    return true;
}

static void add_number(struct buf *b, int64_t n) { buf_addf(b, "%lld,", (long long)n); }

/* The question and its reader. */
static str key_of(const struct asking *k) {
    const struct reader *r = k->of->reader;
    struct buf b = {0};
    buf_addf(&b, "%d %llu %d %d ", k->count, (unsigned long long)k->of->n, r->owner, r->owner ? 0 : (int)r->clearance);
    for (uint32_t i = 0; !r->owner && i < r->n; i++)
        add_number(&b, r->parties[i]);
    buf_addc(&b, ' ');
    for (uint32_t i = 0; !r->owner && i < r->n_subs; i++)
        add_number(&b, r->subs[i]);
    buf_addc(&b, '\n');
    buf_add(&b, k->of->text);
    str out = arena_str(k->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void hand_out(struct asking *k, struct recall *r, struct entry_kept *x, const struct version *v) {
    x->used = ++r->clock;
    k->name = arena_str(k->a, str_n(x->name, x->n_name));
    k->releases = v->releases;
    buf_add(&k->text, str_n(v->text, v->n));
}

/* ── computing ── */

struct computed {
    struct version v;
    struct grown *grown;
    int64_t package;
    bool keep, every;
};

#define FIRST_MEMBER "counts"
/* What reach_json_body() wrote as an object, from the value of its first member to that of its last. */
static str members(const struct buf *b) {
    static const char head[] = "{\"" FIRST_MEMBER "\":";
    enum { HEAD = sizeof head - 1 };
    assert(b->n > HEAD && memcmp(b->p, head, HEAD) == 0);
    return str_n(b->p + HEAD, b->n - HEAD - 1);
}

static void own_text(struct version *v, str text) {
    v->n = text.n;
    v->text = malloc(text.n + 1);
    if (!v->text)
        abort();
    memcpy(v->text, text.p, text.n);
}

/* What it is about; *known false where nothing says which package that would be. */
static bool package_asked(struct asking *k, const struct question *q, bool *known, int64_t *out, struct err *e) {
    *known = q->components.n > 0;
    *out = *known ? package_of(q->components.v[0]) : -1;
    return *known || !str_istarts(q->asked, S("pkg:")) || contents_package(k->p->contents, q->package, known, out, e);
}

/* From the views alone; of what it may be kept by. */
static bool compute(struct asking *k, struct computed *out, struct err *e) {
    static const struct as_of now = {0};
    const struct reader *reader = k->of->reader;
    struct question q;
    struct reach r = {0};
    struct buf text = {0};
    bool known = false;
    *out = (struct computed){.v = {.moved = k->now.moved,
                                   .from = k->now.releases,
                                   .upto = k->now.releases,
                                   .time_from = k->now.time,
                                   .time_until = k->now.time}};
    bool ok = question_parse(k->p, k->a, k->of->text, &q, e) && package_asked(k, &q, &known, &out->package, e) &&
              reach_begin(&r, k->p, k->a, &q, reader, &now, e);
    if (ok && k->count)
        ok = reach_count(&r, e);
    else
        ok = ok && reach_releases(&r, e) && reach_products(&r, e) && reach_systems(&r, e) &&
             recall_write(&r, k->of->n, &text, e);
    if (ok) {
        k->name = q.name;
        k->releases = out->v.releases = r.n_releases;
        if (!k->count)
            buf_add(&k->text, members(&text));
        out->every = q.every >= 0 && reader->owner;
        out->keep = known && (k->count || r.from_columns);
        if (out->keep && !k->count)
            own_text(&out->v, members(&text));
        if (!k->count || reader->owner) { /* whoever sees all counts what no moment changes */
            out->v.time_from = k->count ? INT64_MIN : r.same_from;
            out->v.time_until = k->count ? INT64_MAX : r.same_until;
        }
        if (out->keep && !k->count && reader->owner)
            ok = grown_new(&r, out->package, &out->grown, e);
    }
    if (!ok)
        free(out->v.text);
    buf_free(&text);
    reach_free(&r);
    return ok;
}

/* From what grew; *done false: it does not say. */
static bool compute_grown(struct asking *k, struct entry_kept *x, enum growth growth, struct computed *out, bool *done,
                          struct err *e) {
    struct grown *g = x->grown;
    const struct version *last = &x->versions[0];
    struct buf text = {0};
    *done = true;
    if ((growth == GROWTH_SYSTEMS || !is_its_time(last, &k->now)) && !grown_systems(g, k->p, done, e))
        return false;
    if (!*done)
        return true;
    if (growth > GROWTH_FRONT || last->moved != k->now.moved) /* names and second documents are in the rows */
        grown_forget_rows(g);
    bool ok = grown_write(g, k->p, k->of->n, &text, e);
    *out = (struct computed){.package = x->package, .keep = true, .every = x->every, .grown = g};
    out->v = (struct version){.moved = k->now.moved,
                              .from = k->now.releases,
                              .upto = k->now.releases,
                              .time_from = g->figures.same_from,
                              .time_until = g->figures.same_until,
                              .releases = roaring_bitmap_get_cardinality(g->releases)};
    if (ok) {
        k->name = arena_str(k->a, str_n(x->name, x->n_name));
        k->releases = out->v.releases;
        buf_add(&k->text, members(&text));
        own_text(&out->v, members(&text));
    }
    buf_free(&text);
    return ok;
}

/* With the lock, as the only one who works at it. */
static bool try_growing(struct recall *r, struct entry_kept *x, const struct recall_state *now, enum growth *out) {
    if (!x->grown || x->store != now->store || x->made != now->made ||
        !news_cover(&r->news, now, x->grown->upto, now->releases))
        return false;
    *out = grown_take(x->grown, &r->news, now->releases);
    return *out != GROWTH_UNKNOWN;
}

static void keep(struct asking *k, struct entry_kept *x, const struct computed *made) {
    struct recall *r = k->p->contents->recall;
    if (x->store != k->now.store || x->made != k->now.made)
        drop_versions(x);
    x->store = k->now.store;
    x->made = k->now.made;
    x->package = made->package;
    x->every = made->every;
    free(x->name);
    x->name = malloc(k->name.n + 1);
    if (!x->name)
        abort();
    memcpy(x->name, k->name.p, k->name.n);
    x->n_name = k->name.n;
    x->grown = made->grown;
    put_version(r, x, &made->v);
}

/* Holds the lock when it begins and when it ends. */
static bool lead(struct asking *k, struct entry_kept *x, struct err *e) {
    struct recall *r = k->p->contents->recall;
    struct computed made = {0};
    enum growth growth;
    bool done = false, ok = true;
    x->busy = true;
    x->used = ++r->clock;
    bool grows = try_growing(r, x, &k->now, &growth);
    pthread_mutex_unlock(&r->lock);
    if (grows)
        ok = compute_grown(k, x, growth, &made, &done, e);
    if (!ok || !done) {
        grown_free(x->grown);
        x->grown = NULL;
    }
    if (ok && !done)
        ok = compute(k, &made, e);
    pthread_mutex_lock(&r->lock);
    x->busy = false;
    if (ok && made.keep)
        keep(k, x, &made); /* which may find no room for it */
    else if (!x->n)
        drop(r, x);
    pthread_cond_broadcast(&r->done);
    return ok;
}

/* For this state alone: others have a later one already. */
static bool compute_apart(struct asking *k, struct err *e) {
    struct computed made;
    bool ok = compute(k, &made, e);
    if (ok) {
        free(made.v.text);
        grown_free(made.grown);
    }
    return ok;
}

static bool find_answer(struct asking *k, struct err *e) {
    struct recall *r = k->p->contents->recall;
    bool ok = true, older = false;
    if (!news_read(k->p, &r->news, &r->lock, &k->now, e))
        return false;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        struct entry_kept *x = entry_of(r, k->key, k->hash);
        struct version *v = x ? version_of(r, x, &k->now, &older) : NULL;
        if (v) {
            hand_out(k, r, x, v);
            break;
        }
        if (x && x->busy) {
            pthread_cond_wait(&r->done, &r->lock);
            continue;
        }
        if (!older && (x || (x = entry_new(r, k->key, k->hash)))) {
            ok = lead(k, x, e);
            break;
        }
        pthread_mutex_unlock(&r->lock);
        return compute_apart(k, e);
    }
    pthread_mutex_unlock(&r->lock);
    return ok;
}

/* What is written in front says that it is about a package. */
static bool is_kept(const struct portfolio *p, str text) {
    return p->contents->recall &&
           (str_istarts(text, S("pkg:")) || str_starts(text, S("name:")) || str_istarts(text, S("cpe:")));
}

static bool ask(struct asking *k, struct err *e) {
    bool own;
    if (!portfolio_read(k->p, &own, e))
        return false;
    k->key = key_of(k);
    k->hash = hash_of(k->key);
    bool ok = state_of(k->p, &k->now, e) && find_answer(k, e);
    portfolio_read_end(k->p, own);
    return ok;
}

bool recall_count(struct portfolio *p, struct arena *a, const struct recall_ask *of, bool *said, str *name, uint64_t *n,
                  struct err *e) {
    struct recall_ask mine = *of;
    struct asking k = {.p = p, .a = a, .of = &mine, .count = true};
    mine.text = str_trim(of->text);
    mine.n = 0;
    *said = is_kept(p, mine.text);
    bool ok = !*said || ask(&k, e);
    *name = k.name;
    *n = k.releases;
    return ok;
}

bool recall_reach(struct portfolio *p, struct arena *a, const struct recall_ask *of, struct jw *w, bool *said,
                  struct err *e) {
    struct recall_ask mine = *of;
    struct asking k = {.p = p, .a = a, .of = &mine};
    mine.text = str_trim(of->text);
    *said = !w->pretty && is_kept(p, mine.text);
    if (!*said)
        return true;
    bool ok = ask(&k, e);
    if (ok) {
        const struct question q = {.kind = QUESTION_PACKAGE, .asked = mine.text, .name = k.name};
        const struct as_of pin = {.given = true, .size = p->size, .time = p->ctx->now};
        const struct cursor next = {.size = pin.size, .time = pin.time, .offset = of->n};
        jw_obj(w);
        reach_json_head(w, a, &q, &pin);
        jw_key(w, S(FIRST_MEMBER));
        jw_raw(w, buf_str(&k.text));
        jw_kstr(w, "next", k.releases > of->n ? cursor_text(a, &next, of->question) : (str){NULL, 0});
        jw_obj_end(w);
    }
    buf_free(&k.text);
    return ok;
}
