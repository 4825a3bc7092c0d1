/* SPDX-License-Identifier: Apache-2.0
 *
 * A CycloneDX tree against the rules of its version.
 */
#include <stdlib.h>

#include "sbom/cdx_schema.h"

struct check {
    struct sbom_reading *r;
    uint8_t bit;
    bool quiet; /* only the answer is wanted */
};

static bool walk(struct check *c, struct jv v, const struct cdx_rule *rule);

/* Notes the breach unless quiet; always false, so that `return wrong(…)` reads well. */
static bool wrong(struct check *c, struct jv v, const char *what, ...) PRINTF_LIKE(3, 4);
static bool wrong(struct check *c, struct jv v, const char *what, ...) {
    if (c->quiet || codec_full(c->r))
        return false;
    struct buf b = {0};
    va_list ap;
    va_start(ap, what);
    buf_addv(&b, what, ap);
    va_end(ap);
    codec_error(c->r, codec_place(c->r, v), "%.*s", STR_ARG(buf_str(&b)));
    buf_free(&b);
    return false;
}

/* ── scalars ── */

static size_t characters(str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

static bool text_ok(struct check *c, struct jv v, const struct cdx_rule *rule) {
    if (!j_is_str(v))
        return wrong(c, v, _("this must be a string"));
    str s = j_str(v);
    if (rule->words && !cdx_word_allowed(rule, s, c->bit))
        return wrong(c, v, _("\"%.*s\" is none of the words allowed here"), STR_ARG(str_upto(s, 60)));
    if (rule->min && characters(s) < (size_t)rule->min)
        return wrong(c, v, _("this text must not be empty"));
    if (rule->max && characters(s) > (size_t)rule->max)
        return wrong(c, v, _("this text is longer than %d characters"), rule->max);
    if (!cdx_pattern_ok(rule->pattern, s))
        return wrong(c, v, "%s", _(cdx_pattern_says(rule->pattern)));
    if (!cdx_format_ok(rule->format, s))
        return wrong(c, v, "%s", _(cdx_format_says(rule->format)));
    return true;
}

static bool is_whole(struct jv v) {
    double d = j_num(v, 0.5);
    return j_is_int(v) ||
           (j_is_num(v) && d >= -9e15 && d <= 9e15 && !(d < (double)(int64_t)d) && !(d > (double)(int64_t)d));
}

static bool number_ok(struct check *c, struct jv v, const struct cdx_rule *rule) {
    if (rule->kind == CDX_INTEGER && !is_whole(v))
        return wrong(c, v, _("this must be a whole number"));
    if (!j_is_num(v))
        return wrong(c, v, _("this must be a number"));
    if (rule->has_min && j_num(v, 0) < rule->min)
        return wrong(c, v, _("this number must be at least %d"), rule->min);
    if (rule->max && j_num(v, 0) > rule->max)
        return wrong(c, v, _("this number must be at most %d"), rule->max);
    return true;
}

/* ── arrays ── */

/* The same for equal values, whatever the order of members. */
/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static uint64_t value_hash(struct jv v) {
    uint64_t h = j_len(v) * 0x9E3779B97F4A7C15u + 1;
    if (j_is_str(v))
        return hash_bytes(j_str(v));
    if (j_is_num(v))
        return (uint64_t)(int64_t)(j_num(v, 0) > -9e15 && j_num(v, 0) < 9e15 ? j_num(v, 0) : 7) * 31 + 2;
    if (!j_is_obj(v) && !j_is_arr(v))
        return 3 + (uint64_t)j_true(v);
    for (struct jiter it = j_iter(v); j_next(&it);)
        h = it.obj_ ? h + hash_bytes(it.key) * (value_hash(it.val) | 1) : h * 0xD6E8FEB86659FD93u + value_hash(it.val);
    return h;
}

struct hashed {
    uint64_t hash;
    struct jv v;
};
static int hashed_order(const void *x, const void *y) {
    const struct hashed *a = x, *b = y;
    return a->hash != b->hash ? (a->hash > b->hash) - (a->hash < b->hash) : (a->v.v > b->v.v) - (a->v.v < b->v.v);
}

static bool items_differ(struct check *c, struct jv v) {
    size_t n = j_len(v), i = 0;
    if (n < 2)
        return true;
    struct hashed *all = malloc(n * sizeof *all);
    if (!all)
        abort();
    for (struct jiter it = j_iter(v); j_next(&it); i++)
        all[i] = (struct hashed){value_hash(it.val), it.val};
    qsort(all, n, sizeof *all, hashed_order);
    struct jv twice = {NULL};
    for (i = 1; i < n && !twice.v; i++)
        if (all[i].hash == all[i - 1].hash && json_equal(all[i].v, all[i - 1].v))
            twice = all[i].v;
    free(all);
    return twice.v ? wrong(c, twice, _("the same item stands here twice")) : true;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool array_ok(struct check *c, struct jv v, const struct cdx_rule *rule) {
    bool ok = true;
    const struct cdx_rule *item = cdx_item_of(rule, c->bit);
    if (!j_is_arr(v))
        return wrong(c, v, _("this must be an array"));
    if (j_len(v) < (size_t)rule->min)
        ok = wrong(c, v, _("this needs at least %d items"), rule->min);
    if (rule->max && j_len(v) > (size_t)rule->max)
        ok = wrong(c, v, _("this takes at most %d items"), rule->max);
    for (struct jiter it = j_iter(v); (ok || !c->quiet) && item && j_next(&it);)
        ok &= walk(c, it.val, item);
    if (ok && (rule->unique & c->bit))
        ok = items_differ(c, v);
    if (ok && rule->also)
        ok = walk(c, v, rule->also);
    return ok;
}

/* ── objects ── */

/* versionRange is for external components only, and never beside version (1.7). */
static bool component_ok(struct check *c, struct jv v) {
    struct jv range = j_get(v, "versionRange"), external = j_get(v, "isExternal");
    if (!j_ok(range) || c->bit < V(7, 7))
        return true;
    if (j_ok(j_get(v, "version")))
        return wrong(c, range, _("version and versionRange exclude each other"));
    if (!j_ok(external) || (j_is_bool(external) && !j_true(external)))
        return wrong(c, range, _("versionRange is allowed for external components only"));
    return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool member_ok(struct check *c, struct jv obj, str key, struct jv v, const struct cdx_rule *rule,
                      uint64_t *seen) {
    for (const struct cdx_member *m = rule->members; m && m->name; m++)
        if ((m->versions & c->bit) && str_is(key, m->name)) {
            *seen |= (uint64_t)1 << ((m - rule->members) & 63);
            return walk(c, v, m->rule);
        }
    (void)obj;
    if (rule->open & c->bit)
        return true;
    return wrong(c, v, _("the member \"%.*s\" is not allowed here"), STR_ARG(str_upto(key, 60)));
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool object_ok(struct check *c, struct jv v, const struct cdx_rule *rule) {
    bool ok = true;
    uint64_t seen = 0;
    if (!j_is_obj(v))
        return wrong(c, v, _("this must be an object"));
    for (struct jiter it = j_iter(v); (ok || !c->quiet) && j_next(&it);)
        ok &= member_ok(c, v, it.key, it.val, rule, &seen);
    for (const struct cdx_member *m = rule->members; m && m->name; m++)
        if ((m->required & c->bit) && !(seen >> ((m - rule->members) & 63) & 1))
            ok = wrong(c, v, _("the member \"%s\" is missing"), m->name);
    if (ok && rule->also)
        ok = walk(c, v, rule->also);
    if (rule == cdx_component_rule)
        ok &= component_ok(c, v);
    return ok;
}

/* ── alternatives ── */

static bool same_shape(struct jv v, const struct cdx_rule *rule) {
    return rule->kind == CDX_OBJECT ? j_is_obj(v) : rule->kind == CDX_ARRAY ? j_is_arr(v) : false;
}

/* When only one alternative has the value's shape, its own complaint says more than "none fits". */
/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse and the tables */
static bool explain(struct check *c, struct jv v, const struct cdx_rule *rule) {
    const struct cdx_rule *only = NULL;
    unsigned n = 0;
    for (const struct cdx_part *p = rule->parts; p->versions; p++)
        if ((p->versions & c->bit) && same_shape(v, p->rule))
            only = p->rule, n++;
    if (n == 1)
        return walk(c, v, only);
    return wrong(c, v, _("this fits none of the forms allowed here"));
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse and the tables */
static bool alternatives_ok(struct check *c, struct jv v, const struct cdx_rule *rule) {
    unsigned fits = 0;
    struct check silent = {c->r, c->bit, true};
    for (const struct cdx_part *p = rule->parts; p->versions; p++)
        if (p->versions & c->bit)
            fits += walk(&silent, v, p->rule);
    if (fits == 0)
        return c->quiet ? false : explain(c, v, rule);
    if (fits > 1 && rule->kind == CDX_ONE_OF)
        return wrong(c, v, _("this fits several forms that exclude each other"));
    return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse and the tables */
static bool all_ok(struct check *c, struct jv v, const struct cdx_rule *rule) {
    bool ok = true;
    for (const struct cdx_part *p = rule->parts; p->versions; p++)
        if (p->versions & c->bit)
            ok &= walk(c, v, p->rule);
    return ok;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse and the tables */
static bool walk(struct check *c, struct jv v, const struct cdx_rule *rule) {
    switch (rule->kind) {
    case CDX_ANY: return true;
    case CDX_STRING: return text_ok(c, v, rule);
    case CDX_LICENCE:
        return (j_is_str(v) && cdx_licence_id_ok(j_str(v))) ||
               wrong(c, v, _("\"%.*s\" is no id of the SPDX licence list"), STR_ARG(str_upto(j_str(v), 60)));
    case CDX_INTEGER:
    case CDX_NUMBER: return number_ok(c, v, rule);
    case CDX_BOOL: return j_is_bool(v) || wrong(c, v, _("this must be true or false"));
    case CDX_OBJECT: return object_ok(c, v, rule);
    case CDX_ARRAY: return array_ok(c, v, rule);
    case CDX_ONE_OF:
    case CDX_ANY_OF: return alternatives_ok(c, v, rule);
    case CDX_ALL_OF: return all_ok(c, v, rule);
    }
    return true;
}

/* ── references ── */

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void collect_refs(struct check *c, struct jv v, struct map *refs) {
    for (struct jiter it = j_iter(v); j_next(&it);) {
        if (it.obj_ && str_is(it.key, "bom-ref") && j_is_str(it.val)) {
            bool fresh;
            map_put(refs, j_str(it.val), &fresh);
            if (!fresh)
                wrong(c, it.val, _("the bom-ref \"%.*s\" is used twice"), STR_ARG(str_upto(j_str(it.val), 100)));
        } else if (j_len(it.val)) {
            collect_refs(c, it.val, refs);
        }
    }
}

static void advise_dangling(struct check *c, const struct map *refs, struct jv ref) {
    if (j_is_str(ref) && !map_find(refs, j_str(ref)) && !str_starts(j_str(ref), S("urn:cdx:")) && !codec_full(c->r))
        codec_advice(c->r, codec_place(c->r, ref), _("nothing in the document has the bom-ref \"%.*s\""),
                     STR_ARG(str_upto(j_str(ref), 100)));
}

static void check_dependencies(struct check *c, struct jv root, const struct map *refs) {
    struct jv list = j_get(root, "dependencies");
    for (struct jiter it = j_iter(list); j_is_arr(list) && j_next(&it);) {
        struct jv on = j_get(it.val, "dependsOn");
        advise_dangling(c, refs, j_get(it.val, "ref"));
        for (struct jiter inner = j_iter(on); j_is_arr(on) && j_next(&inner);)
            advise_dangling(c, refs, inner.val);
    }
}

void cdx_check_refs(struct sbom_reading *r, struct jv root) {
    struct check c = {.r = r};
    struct map refs;
    map_init(&refs, r->arena);
    collect_refs(&c, root, &refs);
    check_dependencies(&c, root, &refs);
}

bool cdx_value_ok(struct jv v, const struct cdx_rule *rule, uint8_t bit) {
    struct check c = {.bit = bit, .quiet = true};
    return walk(&c, v, rule);
}

void cdx_check(struct sbom_reading *r, struct jv root, unsigned version) {
    struct check c = {.r = r, .bit = V(version, version)};
    walk(&c, root, cdx_bom);
    cdx_check_refs(r, root);
}
