/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/entry.h"
#include "vuln/distro.h"

#include "ident/cpe.h"
#include "vuln/place.h"

enum { EVENTS_MOST = 4096, COMPARISONS_MOST = 4 << 20 };

/* The rule by which versions of an ecosystem are ordered; a CPE's versions have none of their own. */
const struct ecosystem *entry_order(str ecosystem) {
    return ecosystem_find(str_is(ecosystem, "cpe") ? S("generic") : ecosystem);
}

/* "0" comes before every version (OSV), whatever the ecosystem's own order says: it has no key. */
static uint64_t key_of(const struct ecosystem *eco, str v) {
    return eco && v.n && !(v.n == 1 && v.p[0] == '0') ? eco->key(v) : 0;
}

/* ── packing ── */

struct bounds {
    uint64_t lo, hi;
};

/* Every version the range affects has lo <= key <= hi. An event that is no version of the ecosystem has its place by
 * another rule than the key, so it bounds nothing. */
static struct bounds bounds_of(const struct ecosystem *eco, const struct doc_range *r) {
    struct bounds b = {UINT64_MAX, 0};
    bool open = false, ends = false;
    for (uint32_t i = 0; i < r->events.n; i++) {
        uint64_t key = key_of(eco, r->events.v[i].version);
        if (r->events.v[i].kind == OSV_INTRODUCED) {
            b.lo = key < b.lo ? key : b.lo;
            continue;
        }
        ends = true;
        if (!key)
            open = true;
        b.hi = key > b.hi ? key : b.hi;
    }
    /* After the last end the range may open again: then it is open above it. */
    for (uint32_t i = 0; i < r->events.n && ends; i++)
        if (r->events.v[i].kind == OSV_INTRODUCED && key_of(eco, r->events.v[i].version) >= b.hi)
            open = true;
    if (open || !ends)
        b.hi = UINT64_MAX;
    return b;
}

static const struct ecosystem *range_order(const struct ecosystem *eco, const struct doc_range *r) {
    return !eco && r->semver ? ecosystem_find(S("semver")) : eco;
}

/* A range of alternating introduced and fixed (or last affected) events with rising keys: a key strictly between two of
 * them settles the matter without an exact comparison. */
struct ladder {
    uint64_t *keys;
    uint32_t n;
    bool rises;
};

static struct ladder ladder_of(struct arena *a, const struct ecosystem *eco, const struct doc_range *r) {
    struct ladder l = {arena_array(a, uint64_t, r->events.n), r->events.n, true};
    for (uint32_t i = 0; i < l.n; i++) {
        l.keys[i] = key_of(eco, r->events.v[i].version);
        bool zero = i == 0 && str_is(r->events.v[i].version, "0");
        bool opens = r->events.v[i].kind == OSV_INTRODUCED, limit = r->events.v[i].kind == OSV_LIMIT;
        l.rises = l.rises && !limit && opens == (i % 2 == 0) && (zero || l.keys[i]) &&
                  (i == 0 || l.keys[i] > l.keys[i - 1]);
    }
    return l;
}

/* 1: inside, 0: outside, -1: the keys do not tell. */
static int ladder_says(const struct ladder *l, uint64_t key) {
    uint32_t below = 0;
    if (!l->rises || !key)
        return -1;
    while (below < l->n && l->keys[below] < key)
        below++;
    if (below < l->n && l->keys[below] == key)
        return -1;
    return below % 2 == 1;
}

static bool in_ranges(const struct ecosystem *eco, const struct doc_affect *f, const struct ladder *ladders,
                      str version, uint64_t key) {
    for (uint32_t i = 0; eco && i < f->ranges.n; i++) {
        int says = ladder_says(&ladders[i], key);
        if (says > 0 || (says < 0 && osv_affects(eco, f->ranges.v[i].events.v, f->ranges.v[i].events.n, version)))
            return true;
    }
    return false;
}

static void pack_ranges(struct buf *out, const struct doc_affect *f) {
    pk_var(out, f->ranges.n);
    for (uint32_t i = 0; i < f->ranges.n; i++) {
        const struct doc_range *r = &f->ranges.v[i];
        pk_u8(out, r->semver);
        pk_var(out, r->events.n);
        for (uint32_t j = 0; j < r->events.n; j++) {
            pk_u8(out, r->events.v[j].kind);
            pk_str(out, r->events.v[j].version);
        }
    }
}

/* Listed versions a range covers anyway are left out: the range gives the same answer in less room. */
static uint32_t pack_versions(struct arena *a, struct buf *out, const struct doc_affect *f,
                              const struct ecosystem *eco) {
    uint32_t n = 0, *kept = arena_array(a, uint32_t, f->versions.n);
    uint64_t *keys = arena_array(a, uint64_t, f->versions.n);
    struct ladder *ladders = arena_array(a, struct ladder, f->versions.n ? f->ranges.n : 0);
    for (uint32_t i = 0; eco && f->versions.n && i < f->ranges.n; i++)
        ladders[i] = ladder_of(a, eco, &f->ranges.v[i]);
    uint64_t events = 1;
    for (uint32_t i = 0; i < f->ranges.n; i++)
        events += f->ranges.v[i].events.n;
    bool look = events * f->versions.n < COMPARISONS_MOST; /* else it costs more than it saves */
    for (uint32_t i = 0; i < f->versions.n; i++) {
        keys[n] = key_of(eco, f->versions.v[i]);
        if (!look || !in_ranges(eco, f, ladders, f->versions.v[i], keys[n]))
            kept[n++] = i;
    }
    pk_var(out, n);
    for (uint32_t i = 0; i < n; i++) {
        pk_u64(out, keys[i]);
        pk_str(out, f->versions.v[kept[i]]);
    }
    return n;
}

static void drop_useless_ranges(struct doc_affect *f, const struct ecosystem *eco) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->ranges.n; i++)
        if (range_order(eco, &f->ranges.v[i]) && f->ranges.v[i].events.n && f->ranges.v[i].events.n <= EVENTS_MOST)
            f->ranges.v[n++] = f->ranges.v[i];
    f->ranges.n = n;
}

bool entry_pack(struct arena *a, struct buf *out, const struct doc_affect *affect, const struct ecosystem *eco) {
    struct doc_affect f = *affect;
    drop_useless_ranges(&f, eco);
    if (!f.ranges.n && !f.versions.n && !f.every_version)
        return false;
    struct bounds b = {UINT64_MAX, 0};
    for (uint32_t i = 0; i < f.ranges.n; i++) {
        struct bounds one = bounds_of(eco, &f.ranges.v[i]);
        b.lo = one.lo < b.lo ? one.lo : b.lo;
        b.hi = one.hi > b.hi ? one.hi : b.hi;
    }
    size_t at = out->n;
    bool cpe = str_is(f.ecosystem, "cpe");
    pk_u8(out, (f.quals.n ? ENTRY_QUALS : 0u) | (unsigned)f.fix << 1 | (cpe ? ENTRY_LOW : 0u) |
                   (f.not_affected ? ENTRY_NOT : 0u) | (f.every_version ? ENTRY_EVERY : 0u));
    pk_u64(out, b.lo);
    pk_u64(out, b.hi);
    if (f.quals.n) {
        pk_var(out, f.quals.n);
        for (uint32_t i = 0; i < f.quals.n; i++) {
            pk_u8(out, f.quals.v[i].kind);
            pk_str(out, f.quals.v[i].value);
        }
    }
    pack_ranges(out, &f);
    if (pack_versions(a, out, &f, eco))
        out->p[at] = (char)(out->p[at] | ENTRY_LISTED);
    return true;
}

/* ── matching ── */

void entry_ask_set(struct entry_ask *ask, str ecosystem, str version) {
    ask->eco = entry_order(ecosystem);
    ask->version = version;
    ask->key = key_of(ask->eco, version);
}

static bool arch_is(const struct purl *p, str arch) {
    str have = p ? purl_qualifier(p, "arch") : S("");
    return !have.n || str_is(have, "noarch") || str_is(have, "all") || str_is(have, "source") || str_is(have, "src") ||
           str_eq(have, arch);
}

/* "nodejs:18" against rpmmod=nodejs:18:8060020220523160029:ad008a3a; a component that does not say is not excluded. */
static bool module_is(const struct purl *p, str module) {
    str have = p ? purl_qualifier(p, "rpmmod") : S("");
    return !have.n || (str_starts(have, module) && (have.n == module.n || have.p[module.n] == ':'));
}

static bool purl_has(const struct purl *p, str pair) {
    str key, value;
    if (!p || !str_cut(pair, '=', &key, &value))
        return true;
    for (uint32_t i = 0; i < p->n_qualifiers; i++)
        if (str_eq(p->qualifiers[i].key, key))
            return str_eq(p->qualifiers[i].value, value);
    return true;
}

/* Of the parts behind the version, what both name must agree. */
static bool cpe_has(const struct entry_ask *ask, str text) {
    struct cpe want;
    if (!ask->cpe)
        return true;
    if (!cpe_parse(ask->arena, text, &want, NULL))
        return false;
    for (unsigned part = CPE_UPDATE; part < CPE_PARTS; part++)
        if (ask->cpe->at[part].kind != CPE_ANY &&
            cpe_compare_part(&want, ask->cpe, (enum cpe_part)part) == CPE_DISJOINT)
            return false;
    return true;
}

static bool same_version(const struct entry_ask *ask, str v) {
    return str_eq(ask->version, v) || (ask->eco && ask->eco->compare(ask->version, v) == ORDER_EQUAL);
}

static bool quals_hold(const struct entry_ask *ask, struct rd *r) {
    bool arch_named = false, arch_fits = false, ok = true;
    for (uint32_t n = rd_count(r); n && !r->bad; n--) {
        uint8_t kind = rd_u8(r);
        str value = rd_str(r);
        if (kind == QUAL_ARCH) {
            arch_named = true;
            arch_fits = arch_fits || arch_is(ask->purl, value);
        } else if (kind == QUAL_MODULE) {
            ok = ok && module_is(ask->purl, value);
        } else if (kind == QUAL_CPE) {
            ok = ok && cpe_has(ask, value);
        } else if (kind == QUAL_NOT_VERSION) {
            ok = ok && !same_version(ask, value);
        } else if (kind == QUAL_PURL) {
            ok = ok && purl_has(ask->purl, value);
        } else if (kind == QUAL_PLATFORM) {
            ok = ok && distro_may_be(ask->system, value);
        }
    }
    return ok && (!arch_named || arch_fits);
}

static void better_fix(const struct ecosystem *eco, str version, const struct osv_event *events, uint32_t n,
                       str *fixed) {
    for (uint32_t i = 0; i < n; i++)
        if (events[i].kind == OSV_FIXED && version_compare_osv(eco, events[i].version, version) == ORDER_GREATER &&
            (!fixed->p || version_compare_osv(eco, events[i].version, *fixed) == ORDER_LESS))
            *fixed = events[i].version;
}

/* Reads one range; true when it affects the version. Fixed versions of ranges that affect go to *fixed, those of the
 * others to *elsewhere: a version that is only listed is fixed by the next fix there is. */
static bool range_match(const struct entry_ask *ask, struct rd *r, bool look, str *fixed, str *elsewhere) {
    struct osv_event small[16], *events = small;
    struct doc_range head = {.semver = rd_u8(r) != 0};
    uint32_t n = rd_count(r);
    if (n > EVENTS_MOST)
        r->bad = true;
    if (n > 16 && !r->bad)
        events = arena_array(ask->arena, struct osv_event, n);
    for (uint32_t i = 0; i < n && !r->bad; i++) {
        events[i].kind = (enum osv_event_kind)(rd_u8(r) & 3);
        events[i].version = rd_str(r);
    }
    const struct ecosystem *eco = range_order(ask->eco, &head);
    if (r->bad || !eco || !look)
        return false;
    bool in = osv_affects(eco, events, n, ask->version);
    better_fix(eco, ask->version, events, n, in ? fixed : elsewhere);
    return in;
}

static bool is_listed(const struct entry_ask *ask, struct rd *r) {
    for (uint32_t n = rd_count(r); n && !r->bad; n--) {
        uint64_t key = rd_u64(r);
        str v = rd_str(r);
        if (r->bad)
            return false;
        if (str_eq(v, ask->version) || (key && key == ask->key && ask->eco->compare(v, ask->version) == ORDER_EQUAL))
            return true;
    }
    return false;
}

bool entry_match(const struct entry_ask *ask, str entry, struct entry_match *out) {
    struct rd r = rd_of(entry);
    unsigned flags = rd_u8(&r);
    uint64_t lo = rd_u64(&r), hi = rd_u64(&r);
    bool near = !ask->key || (lo <= ask->key && ask->key <= hi);
    if (r.bad || (!near && !(flags & (ENTRY_LISTED | ENTRY_EVERY))))
        return false;
    if ((flags & ENTRY_QUALS) && !quals_hold(ask, &r))
        return false;
    bool in = flags & ENTRY_EVERY, listed = false;
    str fixed = {0}, elsewhere = {0};
    for (uint32_t n = rd_count(&r); n && !r.bad; n--)
        in |= range_match(ask, &r, near || (flags & ENTRY_LISTED), &fixed, &elsewhere);
    if (!in && (flags & ENTRY_LISTED))
        in = listed = is_listed(ask, &r);
    if (r.bad || !in)
        return false;
    if (listed)
        fixed = elsewhere;
    enum fix_state state = (enum fix_state)((flags & ENTRY_FIX) >> 1);
    *out = (struct entry_match){fixed, fixed.p ? FIX_AVAILABLE : state,
                                flags & ENTRY_LOW ? CONFIDENCE_LOW : CONFIDENCE_EXACT, (flags & ENTRY_NOT) != 0};
    return true;
}

bool group_next(struct rd *r, struct group *out) {
    if (!rd_more(r))
        return false;
    out->ecosystem = rd_str(r);
    out->name = rd_str(r);
    out->entries = rd_str(r);
    return !r->bad;
}

bool entry_next(struct rd *r, struct entry_of *out) {
    if (!rd_more(r))
        return false;
    out->advisory = rd_u32(r);
    out->entry = rd_str(r);
    return !r->bad;
}
