/* SPDX-License-Identifier: Apache-2.0
 *
 * Package by package, for their versions lie side by side: what is in the scope is held against what is known.
 */
#include "impact/drift.h"

#include <stdlib.h>

#include "ident/purl.h"
#include "ident/version.h"
#include "store/queries.h"
#include "vuln/eol.h"

const char *const drift_words[DRIFTS] = {
    [DRIFT_MALICIOUS] = N_("malicious"),     [DRIFT_REPUBLISHED] = N_("republished"),
    [DRIFT_SUPPLIER] = N_("supplier"),       [DRIFT_YANKED] = N_("yanked"),
    [DRIFT_END_OF_LIFE] = N_("end-of-life"), [DRIFT_UNMAINTAINED] = N_("unmaintained"),
    [DRIFT_BEHIND] = N_("behind"),
};

struct distribution {
    str name, ended; /* "debian-10" */
    VEC(component_id) ids;
};
struct drifting {
    struct portfolio *p;
    struct arena *a, *scratch; /* for the answer; for a package */
    const struct drift_plan *plan;
    const struct scope *scope;
    struct tallies tally;
    struct map republished;   /* component id, as 8 bytes → number of hashes */
    struct map distributions; /* name → struct distribution */
    VEC(int64_t) resupplied;  /* packages, ascending */
    struct drift_rows *out;
};

static bool wants(const struct drifting *k, enum drift why) { return !k->plan->only || k->plan->only >> why & 1; }

static void add(struct drifting *k, enum drift why, const struct component_row *c, str than, uint32_t n) {
    const struct tally *t = tally_of(&k->tally, c->id);
    *vec_push(k->a, k->out) = (struct drift_row){.why = why,
                                                 .component = c->id,
                                                 .purl = arena_str(k->a, c->purl),
                                                 .than = arena_str(k->a, than),
                                                 .n = n,
                                                 .releases = t ? t->releases : 0};
}

/* ── what the store tells of the whole ── */

static str id_key(const component_id *id) { return str_n((const char *)id, sizeof *id); }

static bool read_republished(struct drifting *k, struct err *e) {
    enum { PAGE = 10000 };
    component_id after = -1;
    map_init(&k->republished, k->a);
    if (!wants(k, DRIFT_REPUBLISHED))
        return true;
    for (uint32_t n = PAGE; n == PAGE;) {
        struct ask *q;
        bool row = true;
        if (!store_ask(k->p->store, &Q_components_republished, &q, e))
            return false;
        ask_int(q, 1, k->scope->limit);
        ask_int(q, 2, after);
        ask_int(q, 3, PAGE);
        for (n = 0;; n++) {
            if (!ask_step(q, &row, e))
                return false;
            if (!row)
                break;
            after = ask_col_int(q, 0);
            component_id *id = arena_new_of(k->a, component_id);
            *id = after;
            map_put(&k->republished, id_key(id), NULL)->value = (void *)(uintptr_t)ask_col_int(q, 2);
        }
        ask_end(q);
    }
    return true;
}

static bool read_resupplied(struct drifting *k, struct err *e) {
    enum { PAGE = 10000 };
    int64_t after = -1;
    if (!wants(k, DRIFT_SUPPLIER))
        return true;
    for (uint32_t n = PAGE; n == PAGE;) {
        struct ask *q;
        bool row = true;
        if (!store_ask(k->p->store, &Q_packages_resupplied, &q, e))
            return false;
        ask_int(q, 1, k->scope->limit);
        ask_int(q, 2, after);
        ask_int(q, 3, PAGE);
        for (n = 0;; n++) {
            if (!ask_step(q, &row, e))
                return false;
            if (!row)
                break;
            after = ask_col_int(q, 0);
            *vec_push(k->a, &k->resupplied) = after;
        }
        ask_end(q);
    }
    return true;
}

/* ── one package ── */

struct known {
    str version;
    const struct component_row *row; /* NULL: an advisory names it */
};
VEC_NAMED(knowns, struct known);
struct package {
    int64_t number;
    const struct tally *in_scope;
    uint32_t n;
    struct component_rows rows; /* every version of the portfolio */
    struct purl purl;           /* of the first; type absent when it has none */
    const struct ecosystem *eco;
    struct knowns known; /* distinct versions, newest first */
};

static const struct component_row *row_of(const struct package *x, component_id id) {
    uint32_t from = 0, to = x->rows.n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (x->rows.v[mid].id < id)
            from = mid + 1;
        else
            to = mid;
    }
    return from < x->rows.n && x->rows.v[from].id == id ? &x->rows.v[from] : NULL;
}

static void bounds(const struct package *x, component_id *first, component_id *last) {
    *first = x->number << COMPONENT_BITS;
    *last = *first + ((component_id)1 << COMPONENT_BITS) - 1;
}

/* qsort has no argument for the ecosystem: merged by hand. */
static void sort_versions(struct arena *a, const struct ecosystem *eco, struct known *v, uint32_t n) {
    struct known *from = v, *to = arena_array(a, struct known, n + 1);
    for (uint32_t width = 1; width < n; width *= 2) {
        for (uint32_t at = 0; at < n; at += 2 * width) {
            uint32_t i = at, mid = at + width < n ? at + width : n, j = mid, end = mid + width < n ? mid + width : n;
            for (uint32_t o = at; o < end; o++)
                to[o] = j >= end ||
                                (i < mid && version_compare_osv(eco, from[i].version, from[j].version) != ORDER_LESS)
                            ? from[i++]
                            : from[j++];
        }
        struct known *other = from;
        from = to;
        to = other;
    }
    if (from != v && n)
        memcpy(v, from, n * sizeof *v);
}

static bool read_fixed(struct drifting *k, struct package *x, struct err *e) {
    component_id first, last;
    struct ask *q;
    bool row = true;
    bounds(x, &first, &last);
    if (!store_ask(k->p->store, &Q_package_fixed, &q, e))
        return false;
    ask_int(q, 1, first);
    ask_int(q, 2, last);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(k->scratch, &x->known) = (struct known){arena_str(k->scratch, ask_col_text(q, 0)), NULL};
    }
    ask_end(q);
    return true;
}

/* A pre-release is nothing to be behind of, unless it is what one has. */
static bool is_prerelease(str version) {
    static const char *const marks[] = {"alpha", "beta", "rc", "-pre", ".dev", "snapshot", "canary", "nightly"};
    for (size_t i = 0; i + 2 < version.n; i++)
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
            if (str_istarts(str_from(version, i), str_of(marks[m])))
                return true;
    return false;
}

static bool read_known(struct drifting *k, struct package *x, struct err *e) {
    for (uint32_t i = 0; i < x->rows.n; i++)
        if (x->rows.v[i].version.n)
            *vec_push(k->scratch, &x->known) = (struct known){x->rows.v[i].version, &x->rows.v[i]};
    if (!read_fixed(k, x, e))
        return false;
    sort_versions(k->scratch, x->eco, x->known.v, x->known.n);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < x->known.n; i++)
        if (!kept || version_compare_osv(x->eco, x->known.v[kept - 1].version, x->known.v[i].version) != ORDER_EQUAL)
            x->known.v[kept++] = x->known.v[i];
    x->known.n = kept;
    return true;
}

static void find_behind(struct drifting *k, struct package *x, const struct component_row *c) {
    uint32_t newer = 0;
    str newest = {NULL, 0};
    bool pre = is_prerelease(c->version);
    if (!c->version.n)
        return;
    for (uint32_t i = 0; i < x->known.n; i++) {
        if (version_compare_osv(x->eco, x->known.v[i].version, c->version) != ORDER_GREATER)
            break;
        if (!pre && is_prerelease(x->known.v[i].version))
            continue;
        newest = newest.p ? newest : x->known.v[i].version;
        newer++;
    }
    if (newer && newer >= k->plan->behind)
        add(k, DRIFT_BEHIND, c, newest, newer);
}

/* When a component was first seen: the day its release came out, as stated, else as logged. */
static bool first_seen(struct drifting *k, component_id id, int64_t *out, struct err *e) {
    roaring_bitmap_t *with;
    struct release_row row;
    *out = 0;
    if (!contents_with(k->p->contents, &id, 1, k->scope->limit, &with, e))
        return false;
    if (k->scope->seen)
        roaring_bitmap_and_inplace(with, k->scope->seen);
    bool any = !roaring_bitmap_is_empty(with), ok = true;
    if (any) {
        ok = contents_release(k->p->contents, k->scratch, roaring_bitmap_minimum(with), &row, e);
        *out = ok ? (row.released && row.released < row.time ? row.released : row.time) : 0;
    }
    roaring_bitmap_free(with);
    return ok;
}

enum { YEAR = 31556952 };
static bool find_unmaintained(struct drifting *k, struct package *x, const struct component_row *c, struct err *e) {
    int64_t seen;
    if (!x->known.n || x->known.v[0].row == NULL || !c->version.n ||
        version_compare_osv(x->eco, x->known.v[0].version, c->version) != ORDER_EQUAL)
        return true;
    if (!first_seen(k, c->id, &seen, e))
        return false;
    if (seen && seen < k->plan->now - k->plan->years * YEAR)
        add(k, DRIFT_UNMAINTAINED, c, str_upto(time_rfc3339(k->scratch, seen), 10), 0);
    return true;
}

static bool contains_word(str text, const char *word) {
    for (size_t i = 0; i + strlen(word) <= text.n; i++)
        if (str_ieq(str_n(text.p + i, strlen(word)), str_of(word)))
            return true;
    return false;
}

struct told {
    component_id id;
    str advisory, summary;
};
VEC_NAMED(tolds, struct told);
static bool read_told(struct drifting *k, struct package *x, struct tolds *out, struct err *e) {
    component_id first, last;
    struct ask *q;
    bool row = true;
    bounds(x, &first, &last);
    if (!store_ask(k->p->store, &Q_package_told, &q, e))
        return false;
    ask_int(q, 1, first);
    ask_int(q, 2, last);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(k->scratch, out) = (struct told){ask_col_int(q, 0), arena_str(k->scratch, ask_col_text(q, 1)),
                                                   arena_str(k->scratch, ask_col_text(q, 2))};
    }
    ask_end(q);
    return true;
}

static void find_told(struct drifting *k, const struct component_row *c, const struct tolds *told) {
    for (uint32_t i = 0; i < told->n; i++) {
        const struct told *t = &told->v[i];
        if (t->id != c->id)
            continue;
        if (str_starts(t->advisory, S("MAL-")) && wants(k, DRIFT_MALICIOUS))
            add(k, DRIFT_MALICIOUS, c, t->advisory, 0);
        else if (contains_word(t->summary, "unmaintained") && wants(k, DRIFT_UNMAINTAINED))
            add(k, DRIFT_UNMAINTAINED, c, t->advisory, 0);
        else if (contains_word(t->summary, "yanked") && wants(k, DRIFT_YANKED))
            add(k, DRIFT_YANKED, c, t->advisory, 0);
    }
}

/* ── whose life has ended ── */

static bool names_runtime(str type) {
    return str_is(type, "generic") || str_is(type, "docker") || str_is(type, "oci") || str_is(type, "bitnami");
}
static bool has_ended(const struct drifting *k, str day) {
    int64_t t;
    return day.n && time_parse(day, &t) && t + 86400 <= k->plan->now;
}

static void find_ended(struct drifting *k, const struct component_row *c) {
    struct purl purl;
    str id, release;
    bool fresh;
    if (!purl_parse(k->scratch, c->purl, &purl, NULL))
        return;
    if (names_runtime(purl.type)) {
        str day = end_of_life_date(purl.name, purl.version);
        if (has_ended(k, day))
            add(k, DRIFT_END_OF_LIFE, c, day, 0);
    }
    str distro = purl_qualifier(&purl, "distro");
    if (!distro.n || !str_rcut(distro, '-', &id, &release) || !has_ended(k, end_of_life_date(id, release)))
        return;
    struct map_entry *entry = map_put(&k->distributions, arena_str(k->a, distro), &fresh);
    struct distribution *d = fresh ? arena_new_of(k->a, struct distribution) : entry->value;
    entry->value = d;
    d->name = entry->key;
    d->ended = end_of_life_date(id, release);
    *vec_push(k->a, &d->ids) = c->id;
}

static bool tell_distributions(struct drifting *k, struct err *e) {
    for (uint32_t i = 0; i < k->distributions.entries.n; i++) {
        const struct distribution *d = k->distributions.entries.v[i].value;
        struct drift_row row = {
            .why = DRIFT_END_OF_LIFE, .component = -1, .purl = d->name, .than = d->ended, .n = d->ids.n};
        if (!scope_count(k->p, k->scope, d->ids.v, d->ids.n, &row.releases, e))
            return false;
        *vec_push(k->a, k->out) = row;
    }
    return true;
}

/* ── who supplies it ── */

static bool is_resupplied(const struct drifting *k, int64_t package) {
    uint32_t from = 0, to = k->resupplied.n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (k->resupplied.v[mid] < package)
            from = mid + 1;
        else
            to = mid;
    }
    return from < k->resupplied.n && k->resupplied.v[from] == package;
}

/* A component whose supplier is not the one that the package had at first. */
static bool find_resupplied(struct drifting *k, struct package *x, struct err *e) {
    component_id first, last;
    struct ask *q;
    bool row = true;
    str before = {NULL, 0};
    struct tolds now = {0};
    bounds(x, &first, &last);
    if (!store_ask(k->p->store, &Q_package_suppliers, &q, e))
        return false;
    ask_int(q, 1, first);
    ask_int(q, 2, last);
    ask_int(q, 3, k->scope->limit);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (!scope_sees(k->scope, ask_col_int(q, 2)))
            continue;
        str supplier = arena_str(k->scratch, ask_col_text(q, 1));
        before = before.p ? before : supplier;
        if (!str_ieq(before, supplier))
            *vec_push(k->scratch, &now) = (struct told){.id = ask_col_int(q, 0), .summary = supplier};
    }
    ask_end(q);
    for (uint32_t i = 0; i < now.n; i++) {
        const struct component_row *c = tally_of(&k->tally, now.v[i].id) ? row_of(x, now.v[i].id) : NULL;
        if (c)
            add(k, DRIFT_SUPPLIER, c,
                arena_printf(k->scratch, "%.*s → %.*s", STR_ARG(before), STR_ARG(now.v[i].summary)), 0);
    }
    return true;
}

/* ── all ── */

/* Hashes of one kind that documents gave whom the reader may know of; of several kinds the last, as above. */
static bool count_seen(struct drifting *k, component_id id, uint32_t *out, struct err *e) {
    struct ask *q;
    bool row = true;
    int64_t kind = -1;
    uint32_t n = 0;
    *out = 0;
    if (!store_ask(k->p->store, &Q_component_hashes, &q, e))
        return false;
    ask_int(q, 1, id);
    ask_int(q, 2, k->scope->limit);
    while (row) {
        if (!ask_step(q, &row, e))
            return false;
        if (row && !scope_sees(k->scope, ask_col_int(q, 2)))
            continue;
        if (row && ask_col_int(q, 0) == kind) {
            n++;
            continue;
        }
        *out = n > 1 ? n : *out;
        kind = row ? ask_col_int(q, 0) : -1;
        n = 1;
    }
    ask_end(q);
    return true;
}

static bool find_republished(struct drifting *k, const struct component_row *c, struct err *e) {
    uint32_t n = (uint32_t)(uintptr_t)map_get(&k->republished, id_key(&c->id));
    if (n && k->scope->seen && !count_seen(k, c->id, &n, e))
        return false;
    if (n)
        add(k, DRIFT_REPUBLISHED, c, (str){NULL, 0}, n);
    return true;
}

static bool look_at(struct drifting *k, struct package *x, const struct component_row *c, const struct tolds *told,
                    struct err *e) {
    if (!find_republished(k, c, e))
        return false;
    find_told(k, c, told);
    if (wants(k, DRIFT_END_OF_LIFE))
        find_ended(k, c);
    if (wants(k, DRIFT_BEHIND))
        find_behind(k, x, c);
    return !wants(k, DRIFT_UNMAINTAINED) || find_unmaintained(k, x, c, e);
}

/* Versions that came later were not known then; those that only others ship are not the reader's to know. */
static bool forget_later(struct drifting *k, struct package *x, struct err *e) {
    component_id *ids = arena_array(k->scratch, component_id, x->rows.n + 1);
    uint64_t *counts = arena_array(k->scratch, uint64_t, x->rows.n + 1);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < x->rows.n; i++)
        ids[i] = x->rows.v[i].id;
    if (!contents_counts(k->p->contents, ids, x->rows.n, k->scope->limit, k->scope->seen, counts, e))
        return false;
    for (uint32_t i = 0; i < x->rows.n; i++)
        if (counts[i])
            x->rows.v[kept++] = x->rows.v[i];
    x->rows.n = kept;
    return true;
}

static bool look_at_package(struct drifting *k, struct package *x, struct err *e) {
    struct tolds told = {0};
    if (!contents_versions(k->p->contents, k->scratch, x->number, &x->rows, e) ||
        ((k->scope->past || k->scope->seen) && !forget_later(k, x, e)))
        return false;
    if (!x->rows.n)
        return true;
    if (purl_parse(k->scratch, x->rows.v[0].purl, &x->purl, NULL))
        x->eco = ecosystem_find(x->purl.type);
    if (!x->eco)
        x->eco = ecosystem_find(S("generic"));
    if (!read_known(k, x, e) || !read_told(k, x, &told, e))
        return false;
    for (uint32_t i = 0; i < x->n; i++) {
        const struct component_row *c = row_of(x, x->in_scope[i].id);
        if (c && !look_at(k, x, c, &told, e))
            return false;
    }
    return !is_resupplied(k, x->number) || find_resupplied(k, x, e);
}

static bool look_at_all(struct drifting *k, struct err *e) {
    struct arena_mark m = arena_mark(k->scratch);
    for (uint32_t i = 0, n; i < k->tally.n; i += n) {
        struct package x = {.number = package_of(k->tally.v[i].id), .in_scope = &k->tally.v[i]};
        for (n = 0; i + n < k->tally.n && package_of(k->tally.v[i + n].id) == x.number;)
            n++;
        x.n = n;
        if (!look_at_package(k, &x, e))
            return false;
        arena_reset(k->scratch, m);
    }
    return tell_distributions(k, e);
}

static int by_gravity(const void *p, const void *q) {
    const struct drift_row *x = p, *y = q;
    if (x->why != y->why)
        return x->why < y->why ? -1 : 1;
    if (x->releases != y->releases)
        return x->releases > y->releases ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    int names = str_cmp(x->purl, y->purl);
    return names ? names : str_cmp(x->than, y->than);
}

bool drift_find(struct portfolio *p, struct arena *a, const struct drift_plan *plan, const struct scope *s,
                struct drift_rows *out, struct err *e) {
    struct drifting k = {.p = p, .a = a, .scratch = arena_new(), .plan = plan, .scope = s, .out = out};
    map_init(&k.distributions, a);
    bool ok = scope_tally(p, a, s, &k.tally, e) && read_republished(&k, e) && read_resupplied(&k, e) &&
              look_at_all(&k, e);
    if (ok && out->n)
        qsort(out->v, out->n, sizeof *out->v, by_gravity);
    arena_free(k.scratch);
    return ok;
}
