/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi plumb inrange: a version against a VERS range, OSV JSON, or an ecosystem's own notation.
 */
#include "cli/plumb.h"
#include "ident/version.h"

enum verdict { NO, YES, UNKNOWN };

struct state {
    struct ctx *ctx;
    struct arena *kept; /* the last range: rows with the same one follow each other */
    struct arena_mark empty;
    str range;
    bool is_vers, ok;
    struct vers vers;
    struct json json;
};

/* ── OSV ── */

VEC_NAMED(events, struct osv_event);

static void add_events(struct arena *a, struct jv list, struct events *events) {
    static const struct {
        const char *key;
        enum osv_event_kind kind;
    } kinds[] = {{"introduced", OSV_INTRODUCED},
                 {"fixed", OSV_FIXED},
                 {"last_affected", OSV_LAST_AFFECTED},
                 {"limit", OSV_LIMIT}};
    for (struct jiter it = j_iter(list); j_next(&it);)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            str version = j_gets(it.val, kinds[i].key);
            if (version.p)
                *vec_push(a, events) = (struct osv_event){kinds[i].kind, version};
        }
}

static enum verdict in_range(struct arena *a, const struct ecosystem *eco, struct jv range, str version) {
    str type = j_gets(range, "type");
    struct jv own = j_get(range, "ecosystem");
    if (j_is_str(own))
        eco = ecosystem_find(j_str(own));
    if (str_is(type, "SEMVER") || (!type.p && !eco))
        eco = ecosystem_find(S("semver"));
    if (!eco || str_is(type, "GIT") || !j_is_arr(j_get(range, "events")))
        return UNKNOWN;
    struct events events = {0};
    add_events(a, j_get(range, "events"), &events);
    return osv_affects(eco, events.v, events.n, version) ? YES : NO;
}

static bool is_listed(const struct ecosystem *eco, struct jv versions, str version) {
    for (struct jiter it = j_iter(versions); j_next(&it);) {
        str listed = j_str(it.val);
        if (str_eq(listed, version) || (eco && eco->compare(listed, version) == ORDER_EQUAL))
            return true;
    }
    return false;
}

/* YES beats NO, and NO beats UNKNOWN: what could be judged counts. */
static enum verdict either(enum verdict x, enum verdict y) {
    return x == YES || y == YES ? YES : x == NO || y == NO ? NO : UNKNOWN;
}

static enum verdict in_affected(struct arena *a, struct jv affected, str version) {
    str name = j_gets(j_get(affected, "package"), "ecosystem");
    const struct ecosystem *eco = name.p ? ecosystem_find(name) : NULL;
    struct jv versions = j_get(affected, "versions");
    if (name.p && !eco)
        return UNKNOWN;
    if (is_listed(eco, versions, version))
        return YES;
    enum verdict verdict = j_is_arr(versions) ? NO : UNKNOWN;
    for (struct jiter it = j_iter(j_get(affected, "ranges")); j_next(&it);)
        verdict = either(verdict, in_range(a, eco, it.val, version));
    return verdict;
}

/* A whole record, one of its affected[], one of its ranges[]. */
static enum verdict in_object(struct arena *a, struct jv v, str version) {
    if (j_is_arr(j_get(v, "events"))) {
        str name = j_gets(j_get(v, "package"), "ecosystem");
        return in_range(a, name.p ? ecosystem_find(name) : NULL, v, version);
    }
    if (!j_is_arr(j_get(v, "affected")))
        return in_affected(a, v, version);
    enum verdict verdict = UNKNOWN;
    for (struct jiter it = j_iter(j_get(v, "affected")); j_next(&it);)
        verdict = either(verdict, in_affected(a, it.val, version));
    return verdict;
}

static enum verdict in_json(struct arena *a, struct jv v, str version) {
    if (!j_is_arr(v))
        return in_object(a, v, version);
    enum verdict verdict = UNKNOWN;
    for (struct jiter it = j_iter(v); j_next(&it);)
        verdict = either(verdict, in_object(a, it.val, version));
    return verdict;
}

/* ── rows ── */

static void remember(struct state *s, str range) {
    struct err e;
    arena_reset(s->kept, s->empty);
    s->range = arena_str(s->kept, range);
    s->is_vers = str_istarts(range, S("vers:"));
    s->ok = s->is_vers ? vers_parse(s->kept, s->range, &s->vers, &e)
                       : json_parse(s->ctx, s->kept, s->range, JSON_STRICT, S("-"), &s->json, &e);
}

static enum verdict in_known_range(struct state *s, struct arena *a, str range, str version) {
    struct err e;
    bool inside;
    if (!s->range.p || !str_eq(range, s->range))
        remember(s, range);
    if (!s->ok)
        return UNKNOWN;
    if (s->is_vers)
        return vers_contains(&s->vers, version, &inside, &e) ? (inside ? YES : NO) : UNKNOWN;
    return version.n ? in_json(a, s->json.root, version) : UNKNOWN;
}

static enum verdict in_native(struct arena *a, str row, str version) {
    str name, native;
    struct err e;
    bool inside;
    const struct ecosystem *eco = str_cut(row, '\t', &name, &native) ? ecosystem_find(name) : NULL;
    if (!eco || !range_satisfies(a, eco, native, version, &inside, &e))
        return UNKNOWN;
    return inside ? YES : NO;
}

static void answer(void *state, struct arena *a, str row, struct buf *out) {
    static const char *const words[] = {[NO] = "no", [YES] = "yes", [UNKNOWN] = "error"};
    str range, version;
    enum verdict verdict = UNKNOWN;
    if (str_rcut(row, '\t', &range, &version)) {
        range = str_trim(range);
        bool json = range.n && (range.p[0] == '{' || range.p[0] == '[') && str_chr(range, '"') != STR_NONE;
        verdict = json || str_istarts(range, S("vers:")) ? in_known_range(state, a, range, version)
                                                         : in_native(a, range, version);
    }
    buf_addz(out, words[verdict]);
}

static int run(struct cli *cli) {
    struct state s = {.ctx = cli->ctx, .kept = arena_new()};
    s.empty = arena_mark(s.kept);
    int code = plumb_rows(cli, answer, &s);
    arena_free(s.kept);
    return code;
}

static const struct example examples[] = {
    {"printf 'vers:npm/>=1.0.0|<2.0.0\\t1.5.0\\n' | akashi plumb inrange", N_("prints yes")},
    {"printf 'npm\\t^1.2 || ~3.1\\t3.1.7\\n' | akashi plumb inrange", N_("prints yes")},
    {0}};

const struct command plumb_inrange_command = {
    .name = "plumb inrange",
    .args = "[FILE…]",
    .summary = N_("say whether versions lie in ranges"),
    .text = N_(
        "Each row is a range and a version, separated by a tab; the answer is \"yes\", \"no\" or \"error\". The range "
        "is a VERS range (vers:npm/>=1.0.0|<2.0.0) or OSV JSON on one line: a whole record, one of its affected "
        "entries, one of their ranges, or an array of these. The ecosystem comes from package.ecosystem (or "
        "\"ecosystem\" beside the events); type SEMVER needs none, and type GIT cannot be judged without listed "
        "versions. A row of three fields is an ecosystem, a range in its own notation and a version. Reads "
        "standard input when no file is given."),
    .examples = examples,
    .max_args = -1,
    .run = run,
};
