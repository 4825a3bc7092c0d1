/* SPDX-License-Identifier: Apache-2.0
 *
 * Flaws opened into findings: a page of them, and how many there are.
 */
#include <time.h>

#include "impact/lists_inner.h"
#include "impact/reach_rows_inner.h"
#include "store/queries.h"
#include "vuln/cvss.h"

/* clang-format off */
const struct reach_column findings_columns[] = {
    {.key = "flaw", .head = N_("VULNERABILITY"), .kind = COLUMN_TEXT},
    {.key = "severity", .head = N_("SEVERITY"), .kind = COLUMN_TEXT},
    {.key = "score", .head = "CVSS", .kind = COLUMN_SCORE},
    {.key = "epss", .head = "EPSS", .kind = COLUMN_SHARE, .spare = true},
    {.key = "kev", .head = "KEV", .kind = COLUMN_FLAG},
    {.key = "kev_due", .kind = COLUMN_TIME},
    {.key = "component", .head = N_("COMPONENT"), .kind = COLUMN_TEXT, .shrink = true, .tail = true},
    {.key = "fixed", .head = N_("FIXED IN"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "status", .head = N_("STATUS"), .kind = COLUMN_TEXT, .spare = true},
    {.key = "product", .kind = COLUMN_TEXT},
    {.key = "name", .head = N_("PRODUCT"), .kind = COLUMN_TEXT, .instead = 10, .shrink = true},
    {.key = "version", .head = N_("VERSION"), .kind = COLUMN_TEXT},
    {.key = "party", .kind = COLUMN_TEXT},
    {.key = "advisory", .kind = COLUMN_TEXT},
    {.key = "published", .kind = COLUMN_TIME},
    {.key = "seen", .kind = COLUMN_TIME},
    {.key = "summary", .kind = COLUMN_TEXT},
    {0}};
/* clang-format on */

static struct reach_cell cell_time(int64_t t) { return (struct reach_cell){.given = t > 0, .number = t}; }
static struct reach_cell cell_known(int64_t n) { return (struct reach_cell){.given = n >= 0, .number = n}; }

/* Findings of one release stand together in what one release is asked for. */
static bool release_of(struct paging *x, uint32_t release, struct err *e) {
    if (x->has_release && x->release.id == release)
        return true;
    arena_reset(x->release_arena, (struct arena_mark){0});
    return x->has_release = contents_release(x->f->p->contents, x->release_arena, release, &x->release, e);
}

static bool put_finding(struct paging *x, const struct hit_row *hit, str purl, uint32_t release, struct err *e) {
    const struct flaw_row *f = x->flaw;
    const struct named *of, *by;
    if (!release_of(x, release, e) || !thing_name(&x->names, THING_PRODUCT, x->release.product, &of, e) ||
        !thing_name(&x->names, THING_PARTY, of->party, &by, e))
        return false;
    enum severity s = f->score < 0 ? SEVERITY_UNKNOWN : severity_of_score((double)f->score / 10);
    const struct reach_cell cells[] = {
        cell_text(f->id),
        cell_text(str_of(severity_name(s))),
        cell_known(f->score),
        cell_known(f->epss),
        cell_number(f->kev),
        cell_time(f->kev_due),
        cell_text(purl),
        cell_text(hit->fixed),
        cell_text(status_word(x->status)),
        cell_text(of->id),
        cell_text(of->name),
        cell_text(x->release.version),
        cell_text(by->id),
        cell_text(hit->advisory),
        cell_time(f->published),
        cell_time(f->seen),
        cell_text(f->summary),
    };
    return x->each(x->arg, cells, e);
}

/* Notes where the next page begins, once there is one more finding than the page holds. */
static void note_next(struct paging *x) {
    x->more = true;
    *x->next = (struct cursor){.size = x->f->pin.size,
                               .time = x->f->pin.time,
                               .offset = x->at,
                               .value = flaw_value(x->f->wish.sort, x->flaw),
                               .name = arena_str(x->f->a, x->flaw->id)};
    if (x->in) {
        x->next->value = x->in->due;
        x->next->name = arena_printf(x->f->a, "case:%lld", (long long)x->in->number);
    }
}

/* Of the releases with one component, newest first. */
static bool put_releases(struct paging *x, const struct hit_row *hit, str purl, const roaring_bitmap_t *bits,
                         const roaring_bitmap_t *spoken, struct err *e) {
    uint64_t n = roaring_bitmap_get_cardinality(bits);
    roaring_uint32_iterator_t it;
    uint32_t start;
    if (x->skip >= n) {
        x->skip -= n;
        x->at += n;
        return true;
    }
    x->at += x->skip;
    if (!x->left) {
        note_next(x);
        return true;
    }
    if (!roaring_bitmap_select(bits, (uint32_t)(n - 1 - x->skip), &start))
        return true;
    x->skip = 0;
    roaring_init_iterator(bits, &it);
    roaring_move_uint32_iterator_equalorlarger(&it, start);
    for (; it.has_value && x->left; x->at++) {
        struct arena_mark m = arena_mark(x->row_arena);
        x->status = VEX_NONE;
        bool ok = !spoken || !roaring_bitmap_contains(spoken, it.current_value) ||
                  status_finding(x->f, x->row_arena, &x->said, x->flaw, hit->component, purl, it.current_value,
                                 &x->status, e);
        bool wished = ok && status_wished(&x->f->wish, x->status);
        if (wished)
            ok = put_finding(x, hit, purl, it.current_value, e);
        x->left -= wished;
        arena_reset(x->row_arena, m);
        if (!ok)
            return false;
        roaring_previous_uint32_iterator(&it);
    }
    if (it.has_value)
        note_next(x);
    return true;
}

/* In few releases the same components are hit by many flaws. */
static bool row_of(struct paging *x, component_id id, struct component_row *out, struct err *e) {
    struct findings *f = x->f;
    str key = str_n((const char *)&id, sizeof id);
    if (!f->narrow)
        return contents_component_row(f->p->contents, x->flaw_arena, id, out, e);
    const struct component_row *known = map_get(&f->rows, key);
    if (known) {
        *out = *known;
        return true;
    }
    if (!contents_component_row(f->p->contents, f->a, id, out, e))
        return false;
    struct component_row *kept = arena_new_of(f->a, struct component_row);
    *kept = *out;
    map_put(&f->rows, arena_str(f->a, key), NULL)->value = kept;
    return true;
}

static bool put_hit(struct paging *x, const struct hit_row *hit, roaring_bitmap_t *bits, struct err *e) {
    struct component_row component;
    roaring_bitmap_t *spoken = NULL;
    if (roaring_bitmap_is_empty(bits))
        return true;
    if (!row_of(x, hit->component, &component, e))
        return false;
    if (x->said.some && !status_spoken_of(x->f, x->flaw_arena, &x->said, component.purl, bits, &spoken, e))
        return false;
    if (x->f->wish.status == FINDINGS_ANSWERED)
        roaring_bitmap_and_inplace(bits, spoken);
    bool ok = (!x->narrow || x->narrow(x, component.purl, bits, e)) &&
              put_releases(x, hit, component.purl, bits, spoken, e);
    if (spoken)
        roaring_bitmap_free(spoken);
    return ok;
}

bool hit_wished(const struct findings *f, const struct hit_row *hit) {
    return component_wished(f, hit->component) && (!f->wish.fixable || hit->fixed.n);
}

/* The first component alone may fill the page; of one that is followed, more and more are asked for at once. */
enum { AT_ONCE = 64 };

bool paging_hits(struct paging *x, const struct hit_row *hits, uint32_t n, struct err *e) {
    component_id ids[AT_ONCE];
    roaring_bitmap_t *bits[AT_ONCE];
    bool ok = true;
    for (uint32_t from = 0, k = 1; ok && !x->more && from < n; from += k, k = k < AT_ONCE ? k * 4 : k) {
        k = k < n - from ? k : n - from;
        for (uint32_t i = 0; i < k; i++)
            ids[i] = hits[from + i].component;
        if (!releases_with(x->f, ids, k, bits, e))
            return false;
        for (uint32_t i = 0; i < k; i++) {
            ok = ok && (x->more || put_hit(x, &hits[from + i], bits[i], e));
            roaring_bitmap_free(bits[i]);
        }
    }
    return ok;
}

static uint32_t keep_wished(const struct findings *f, struct hit_rows *hits) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < hits->n; i++)
        if (hit_wished(f, &hits->v[i]))
            hits->v[kept++] = hits->v[i];
    return hits->n = kept;
}

bool paging_flaw(void *arg, const struct flaw_row *flaw, bool *stop, struct err *e) {
    struct paging *x = arg;
    struct hit_rows hits = {0};
    if (!flaw_wished(&x->f->wish, flaw))
        return true;
    struct arena_mark m = arena_mark(x->flaw_arena);
    bool ok = hits_near(x->f, x->flaw_arena, flaw->number, &hits, e);
    x->flaw = flaw;
    x->at = 0;
    if (ok && keep_wished(x->f, &hits)) {
        ok = status_flaw(x->f, x->flaw_arena, flaw->number, -1, &x->said, e) && (!x->clock || clock_flaw(x, flaw, e));
        if (ok && (x->said.some || x->f->wish.status != FINDINGS_ANSWERED))
            ok = paging_hits(x, hits.v, hits.n, e);
        status_flaw_end(&x->said);
    }
    arena_reset(x->flaw_arena, m);
    x->skip = 0;
    *stop = x->more;
    return ok;
}

/* The flaw a page ended in comes first, then those behind it. */
static bool resume(struct paging *x, const struct cursor *from, struct flaw_place *after, struct err *e) {
    struct flaw_row flaw;
    bool found, stop = false;
    if (!hits_flaw(x->f->p, x->f->a, from->name, &found, &flaw, e))
        return false;
    *after = (struct flaw_place){from->value, found ? flaw.number : INT64_MAX};
    x->skip = from->offset;
    bool ok = !found || paging_flaw(x, &flaw, &stop, e);
    x->flaw = NULL;
    return ok;
}

bool findings_page(struct findings *f, const struct cursor *from, uint64_t n,
                   bool (*each)(void *arg, const struct reach_cell *cells, struct err *e), void *arg,
                   struct cursor *next, bool *more, struct err *e) {
    struct paging x = {.f = f, .left = n, .next = next, .each = each, .arg = arg};
    x.reach = (struct reach){.a = f->a, .p = f->p, .reader = f->reader, .when = f->when};
    x.names.r = &x.reach;
    x.flaw_arena = arena_new();
    x.row_arena = arena_new();
    x.release_arena = arena_new();
    struct flaw_place after = {INT64_MAX, INT64_MAX};
    bool own, ok = portfolio_read(f->p, &own, e) && clock_page(&x, from, e) &&
                   (f->nothing || x.more || !from->name.p || str_starts(from->name, S("case:")) ||
                    resume(&x, from, &after, e));
    if (ok && !x.more)
        ok = flaws_in_order(f, after, paging_flaw, &x, e);
    portfolio_read_end(f->p, own);
    *more = x.more;
    arena_free(x.flaw_arena);
    arena_free(x.row_arena);
    arena_free(x.release_arena);
    return ok;
}

bool findings_have_data(struct portfolio *p, bool *yes, struct err *e) {
    struct arena *a = arena_new();
    str digest;
    bool ok = hits_database(p, a, &digest, e);
    *yes = ok && digest.n;
    arena_free(a);
    return ok;
}

/* ── how many ── */

struct counting {
    struct findings *f;
    struct arena *a, *said_arena; /* of a flaw */
    uint64_t n, left;             /* looks at components still to spend */
    int64_t until;                /* processor time of this thread, in ms; 0: no end */
    bool short_;                  /* the work ended before the findings did */
};

static int64_t spent_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
static bool is_late(struct counting *x) {
    x->short_ = x->short_ || (x->until && spent_ms() > x->until);
    return x->short_;
}

/* With twins a count of documents is too high: then releases are counted one component at a time. */
static bool count_hits(struct counting *x, const component_id *ids, uint32_t n, struct err *e) {
    struct findings *f = x->f;
    const roaring_bitmap_t *twins;
    uint64_t *counts = arena_array(x->a, uint64_t, n + 1);
    if (!contents_twins(f->p->contents, &twins, e))
        return false;
    if (!twins || roaring_bitmap_is_empty(twins) || (f->narrow && !f->twins)) {
        for (uint32_t i = 0; f->narrow && i < n; i++)
            x->n += occurrences_of(&f->in, ids[i]);
        if (f->narrow)
            return true;
        for (uint32_t from = 0, k; from < n && !is_late(x); from += k) {
            k = n - from < AT_ONCE ? n - from : AT_ONCE;
            if (!contents_counts(f->p->contents, ids + from, k, f->limit, f->mask, counts, e))
                return false;
            for (uint32_t i = 0; i < k; i++)
                x->n += counts[i];
        }
        return true;
    }
    for (uint32_t from = 0, k; from < n && !is_late(x); from += k) {
        roaring_bitmap_t *bits[AT_ONCE];
        k = n - from < AT_ONCE ? n - from : AT_ONCE;
        if (!releases_with(f, ids + from, k, bits, e))
            return false;
        for (uint32_t i = 0; i < k; i++) {
            x->n += roaring_bitmap_get_cardinality(bits[i]);
            roaring_bitmap_free(bits[i]);
        }
    }
    return true;
}

/* Where something was said of the flaw, each finding is looked at that it may have been said of. */
static bool count_spoken(struct counting *x, struct flaw_said *said, const struct flaw_row *flaw, component_id id,
                         str purl, const roaring_bitmap_t *spoken, struct err *e) {
    roaring_uint32_iterator_t it;
    bool ok = true;
    int status;
    for (roaring_init_iterator(spoken, &it); ok && it.has_value && x->left; roaring_advance_uint32_iterator(&it)) {
        struct arena_mark m = arena_mark(x->a);
        ok = status_finding(x->f, x->a, said, flaw, id, purl, it.current_value, &status, e);
        x->n += ok && status_wished(&x->f->wish, status);
        x->left--;
        arena_reset(x->a, m);
    }
    x->short_ = x->short_ || it.has_value;
    return ok;
}

static bool count_answers(struct counting *x, struct flaw_said *said, const struct flaw_row *flaw,
                          const component_id *ids, uint32_t n, struct err *e) {
    bool ok = true;
    for (uint32_t i = 0; ok && i < n && !is_late(x); i++) {
        roaring_bitmap_t *bits;
        struct component_row component;
        if (!releases_with(x->f, &ids[i], 1, &bits, e))
            return false;
        if (!roaring_bitmap_is_empty(bits)) {
            ok = contents_component_row(x->f->p->contents, x->a, ids[i], &component, e);
            roaring_bitmap_t *spoken = NULL;
            ok = ok && status_spoken_of(x->f, x->a, said, component.purl, bits, &spoken, e);
            if (ok && x->f->wish.status == FINDINGS_OPEN)
                x->n += roaring_bitmap_get_cardinality(bits) - roaring_bitmap_get_cardinality(spoken);
            ok = ok && count_spoken(x, said, flaw, ids[i], component.purl, spoken, e);
            if (spoken)
                roaring_bitmap_free(spoken);
        }
        roaring_bitmap_free(bits);
    }
    return ok;
}

static bool count_flaw(void *arg, const struct flaw_row *flaw, bool *stop, struct err *e) {
    struct counting *x = arg;
    struct hit_rows hits = {0};
    uint32_t n = 0;
    if (!flaw_wished(&x->f->wish, flaw))
        return true;
    if (!x->left || is_late(x)) {
        *stop = x->short_ = true;
        return true;
    }
    struct arena_mark m = arena_mark(x->a);
    bool ok = hits_near(x->f, x->a, flaw->number, &hits, e);
    component_id *ids = arena_array(x->a, component_id, hits.n + 1);
    for (uint32_t i = 0; ok && i < hits.n; i++) {
        if (!hit_wished(x->f, &hits.v[i]))
            continue;
        if (n == x->left) {
            x->short_ = true;
            break;
        }
        ids[n++] = hits.v[i].component;
    }
    struct flaw_said said = {0};
    ok = ok && (x->f->wish.status == FINDINGS_ALL || status_flaw(x->f, x->said_arena, flaw->number, -1, &said, e));
    if (said.some)
        ok = ok && count_answers(x, &said, flaw, ids, n, e);
    else if (x->f->wish.status != FINDINGS_ANSWERED)
        ok = ok && count_hits(x, ids, n, e);
    status_flaw_end(&said);
    arena_reset(x->said_arena, (struct arena_mark){0});
    x->left -= n + 1 < x->left ? n + 1 : x->left;
    *stop = x->short_;
    arena_reset(x->a, m);
    return ok;
}

bool findings_count(struct findings *f, uint64_t budget, uint64_t *n, bool *exact, struct err *e) {
    struct counting x = {.f = f, .a = arena_new(), .said_arena = arena_new(), .left = budget};
    if (budget == FINDINGS_BUDGET)
        x.until = spent_ms() + FINDINGS_MS;
    bool own, ok = portfolio_read(f->p, &own, e) &&
                   flaws_in_order(f, (struct flaw_place){INT64_MAX, INT64_MAX}, count_flaw, &x, e);
    portfolio_read_end(f->p, own);
    arena_free(x.said_arena);
    arena_free(x.a);
    *n = x.n;
    *exact = !x.short_;
    return ok;
}
