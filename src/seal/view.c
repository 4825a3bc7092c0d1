/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/view.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "seal/view_inner.h"

enum {
    SEGMENT_MOST = 131072, /* entries added at once, about: what they are found by is kept in memory until then */
    MERGE_LEAST = 8192,    /* entries that catching up may merge, or eight times what was new */
    SETTLED = 32768,       /* a segment of as many entries is left alone, until there are many … */
    SEGMENTS_MANY = 32,
    MERGED_THEN = 16 /* … and as many neighbours as these become one */
};

struct segment *view_segment(struct view *v, uint64_t index) {
    for (uint32_t i = 0; i < v->segments.n; i++)
        if (index >= v->segments.v[i].from && index < v->segments.v[i].to)
            return &v->segments.v[i];
    return NULL;
}

static bool take_lock(struct view *v, struct err *e) {
    if (!disk_folder(v->ctx, arena_cstr(v->a, v->folder), 0700, e))
        return false;
    v->lock = open(arena_cstr(v->a, v->lock_file), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (v->lock < 0)
        return err_errno(e, v->lock_file, _("cannot create a file here"));
    while (flock(v->lock, LOCK_EX) != 0)
        if (errno != EINTR)
            return err_errno(e, v->lock_file, _("cannot lock it"));
    return true;
}

static void let_go(struct view *v) {
    if (v->lock >= 0)
        close(v->lock);
    v->lock = -1;
}

/* ── bringing it up to date, with the lock ── */

static bool add_segment(struct view *v, uint64_t to, struct err *e) {
    struct making m;
    if (!making_begin(v, v->size, to, &m, e) || !making_end(&m, view_add(&m, e), e) || !making_take(&m, e))
        return false;
    *vec_push(v->a, &v->segments) = m.segment;
    v->size = to;
    return true;
}

static bool holds_any(const struct segment *s, const struct erasures *list) {
    for (uint32_t i = 0; i < list->n; i++)
        if (list->v[i].target >= s->from && list->v[i].target < s->to)
            return true;
    return false;
}

static bool write_anew(struct view *v, uint32_t i, const struct erasures *erased, struct err *e) {
    struct making m;
    struct segment *s = &v->segments.v[i];
    if (!making_begin(v, s->from, s->to, &m, e) || !making_end(&m, view_merge(&m, i, i + 1, erased, e), e) ||
        !making_take(&m, e))
        return false;
    db_close(s->db);
    *s = m.segment;
    return true;
}

static bool erase(struct view *v, struct err *e) {
    struct arena *a = arena_new();
    struct erasures open;
    bool ok = view_open_erasures(v, a, &open, e);
    for (uint32_t i = 0; ok && open.n && i < v->segments.n; i++)
        if (holds_any(&v->segments.v[i], &open))
            ok = write_anew(v, i, &open, e);
    arena_free(a);
    return ok;
}

static bool update(struct view *v, uint64_t to, struct err *e) {
    bool ok = true;
    while (ok && v->size < to)
        ok = add_segment(v, to - v->size > SEGMENT_MOST + SEGMENT_MOST / 4 ? v->size + SEGMENT_MOST : to, e);
    ok = ok && erase(v, e) && view_list_write(v, e);
    if (ok)
        view_sweep(v);
    else
        segments_close(v);
    return ok;
}

static void say_why(const struct view *v, enum view_state state) {
    if (state == VIEW_FOREIGN)
        ctx_warn(v->ctx, v->folder, "%s",
                 _("the view was made by another version or from another log: it is made anew"));
    else if (state != VIEW_NONE)
        ctx_warn(v->ctx, v->folder, "%s", _("the view is damaged: it is made anew"));
}

/* Damage may come to light while what is there is read on the way. */
static bool update_or_anew(struct view *v, enum view_state state, uint64_t to, struct err *e) {
    struct err why = {0};
    if (state == VIEW_GOOD && update(v, to, &why))
        return true;
    if (state == VIEW_GOOD && why.kind != ERR_INPUT) {
        if (e)
            *e = why;
        return false;
    }
    say_why(v, state == VIEW_GOOD ? VIEW_DAMAGED : state);
    segments_close(v);
    return update(v, to, e);
}

static bool update_locked(struct view *v, bool anew, uint64_t *added, struct err *e) {
    enum view_state state = VIEW_GOOD;
    uint64_t now = 0;
    bool ok = take_lock(v, e) && view_list_read(v, &state, &now, e);
    if (ok && anew) {
        segments_close(v);
        state = VIEW_NONE;
    }
    *added = now - v->size;
    ok = ok && update_or_anew(v, state, now, e);
    let_go(v);
    return ok;
}

/* ── putting segments together ── */

/* The small ones at the end that are worth it: each at most twice as large as all behind it, so an entry is copied some
 * log2(n) times until it is in a large one. */
static uint32_t small_at_end(const uint64_t *sizes, uint32_t n, uint64_t budget) {
    uint64_t sum = 0;
    uint32_t first = n;
    while (first && sizes[first - 1] < SETTLED && sum + sizes[first - 1] <= budget &&
           (!sum || sizes[first - 1] <= 2 * sum))
        sum += sizes[--first];
    return first;
}

/* The neighbours that are least together. */
static uint32_t cheapest(const uint64_t *sizes, uint32_t n) {
    uint64_t least = UINT64_MAX, sum = 0;
    uint32_t first = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum += sizes[i];
        if (i >= MERGED_THEN)
            sum -= sizes[i - MERGED_THEN];
        if (i + 1 >= MERGED_THEN && sum <= least) {
            least = sum;
            first = i + 1 - MERGED_THEN;
        }
    }
    return first;
}

void segments_to_merge(const uint64_t *sizes, uint32_t n, uint64_t budget, uint32_t *first, uint32_t *many) {
    *first = small_at_end(sizes, n, budget);
    *many = n - *first;
    if (*many > 1 || n <= SEGMENTS_MANY)
        return;
    *first = cheapest(sizes, n);
    *many = MERGED_THEN;
}

/* Whether the list still has those that were merged, one behind the other. */
static bool still_there(const struct view *v, const struct segment *merged, uint32_t n, uint32_t *at) {
    for (*at = 0; *at + n <= v->segments.n; ++*at) {
        uint32_t i = 0;
        while (i < n && memcmp(v->segments.v[*at + i].id, merged[i].id, DB_ID) == 0)
            i++;
        if (i == n)
            return true;
    }
    return false;
}

static bool replace(struct view *v, struct making *m, const struct segment *merged, uint32_t n, struct err *e) {
    enum view_state state;
    uint64_t now;
    uint32_t at;
    bool ok = take_lock(v, e) && view_list_read(v, &state, &now, e);
    if (!ok || state != VIEW_GOOD || !still_there(v, merged, n, &at)) {
        making_drop(m); /* somebody was faster */
    } else if ((ok = making_take(m, e))) {
        for (uint32_t i = at; i < at + n; i++)
            db_close(v->segments.v[i].db);
        v->segments.v[at] = m->segment;
        for (uint32_t i = at + n; i < v->segments.n; i++)
            v->segments.v[i - n + 1] = v->segments.v[i];
        v->segments.n -= n - 1;
        ok = view_list_write(v, e);
        if (ok)
            view_sweep(v);
    }
    let_go(v);
    return ok;
}

/* Without the lock: segments do not change, and others go on. */
static bool merge(struct view *v, uint64_t budget, struct err *e) {
    static const struct erasures none;
    struct making m;
    uint32_t first, n;
    uint64_t *sizes = arena_array(v->a, uint64_t, v->segments.n + 1);
    for (uint32_t i = 0; i < v->segments.n; i++)
        sizes[i] = v->segments.v[i].to - v->segments.v[i].from;
    segments_to_merge(sizes, v->segments.n, budget, &first, &n);
    if (n < 2)
        return true;
    struct segment *merged = arena_array(v->a, struct segment, n);
    memcpy(merged, v->segments.v + first, n * sizeof *merged);
    return making_begin(v, merged[0].from, merged[n - 1].to, &m, e) &&
           making_end(&m, view_merge(&m, first, first + n, &none, e), e) && replace(v, &m, merged, n, e);
}

/* ── opening ── */

/* Nobody's lock is needed where nothing is to be done. */
static bool look(struct view *v, bool *current, struct err *e) {
    enum view_state state = VIEW_GONE;
    uint64_t now = 0;
    for (int turn = 0; turn < 10 && state == VIEW_GONE; turn++)
        if (!view_list_read(v, &state, &now, e))
            return false;
    struct arena *a = arena_new();
    struct erasures open;
    *current = state == VIEW_GOOD && v->size == now && view_open_erasures(v, a, &open, NULL) && !open.n;
    arena_free(a);
    return true;
}

/* Merging may fail (a full disk, damage): the segments as they are answer too, or are found damaged by a question. */
static bool bring_up(struct view *v, bool anew, struct err *e) {
    uint64_t added = 0;
    struct err ignored = {0};
    bool current = false;
    if ((!anew && !look(v, &current, e)) || (!current && !update_locked(v, anew, &added, e)))
        return false;
    if (!current && !merge(v, 8 * added > MERGE_LEAST ? 8 * added : MERGE_LEAST, &ignored))
        ignored.kind = ERR_NONE;
    return v->segments.n || update_locked(v, false, &added, e);
}

static bool open_view(struct ctx *c, str home, struct log *log, bool anew, struct view **out, struct err *e) {
    struct arena *a = arena_new();
    struct view *v = arena_new_of(a, struct view);
    *v = (struct view){.ctx = c, .a = a, .log = log, .lock = -1};
    v->folder = path_join(a, home, S("view"));
    v->list_file = path_join(a, v->folder, S("list"));
    v->lock_file = path_join(a, v->folder, S("lock"));
    bool ok = bring_up(v, anew, e);
    let_go(v);
    *out = ok ? v : NULL;
    if (!ok)
        view_close(v);
    return ok;
}

bool view_open(struct ctx *c, str home, struct log *log, struct view **out, struct err *e) {
    return open_view(c, home, log, false, out, e);
}
bool view_rebuild(struct ctx *c, str home, struct log *log, struct view **out, struct err *e) {
    return open_view(c, home, log, true, out, e);
}

bool view_tidy(struct view *v, struct err *e) {
    uint64_t added;
    return merge(v, UINT64_MAX, e) && (v->segments.n || update_locked(v, false, &added, e));
}

bool view_mend(struct view *v, const struct err *why, struct err *e) {
    uint64_t added;
    if (why->kind != ERR_INPUT) {
        if (e)
            *e = *why;
        return false;
    }
    say_why(v, VIEW_DAMAGED);
    return update_locked(v, true, &added, e);
}

void view_close(struct view *v) {
    if (!v)
        return;
    segments_close(v);
    arena_free(v->a);
}

uint64_t view_size(const struct view *v) { return v->size; }
struct log *view_log(const struct view *v) {
    return v->log;
}
