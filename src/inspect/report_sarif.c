/* SPDX-License-Identifier: Apache-2.0
 *
 * SARIF 2.1.0: each check that failed somewhere is a rule "kind/id", each failed requirement a result.
 */
#include "base/digest.h"
#include "inspect/report.h"

static str level_of(enum weight w) {
    return w == WEIGHT_HIGH ? S("error") : w == WEIGHT_MEDIUM ? S("warning") : S("note");
}

/* RFC 3986 path characters stay. */
static str uri_of(struct arena *a, str path) {
    struct buf b = {0};
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (ch_alnum((char)c) || (c && strchr("-._~/!$&'()*+,;=@", c)))
            buf_addc(&b, (char)c);
        else
            buf_addf(&b, "%%%02X", c);
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static void text_object(struct jw *w, const char *key, str text) {
    jw_kobj(w, key);
    jw_kstr(w, "text", text);
    jw_obj_end(w);
}

static str rule_id(struct arena *a, const struct inspection *i, const struct check *c) {
    return arena_printf(a, "%s/%s", i->kind, c->spec->id);
}

static void rule(struct jw *w, struct arena *a, str id, const struct check *c) {
    static const char *const severities[] = {"3.0", "5.5", "8.0"};
    const struct check_spec *s = c->spec;
    jw_obj(w);
    jw_kstr(w, "id", id);
    text_object(w, "shortDescription", str_of(_(s->title)));
    text_object(w, "fullDescription", str_of(_(s->reason ? s->reason : s->title)));
    if (s->fix)
        text_object(w, "help", str_of(_(s->fix)));
    jw_kobj(w, "defaultConfiguration");
    jw_kstr(w, "level", level_of(c->weight));
    jw_obj_end(w);
    jw_kobj(w, "properties");
    jw_kstr(w, "security-severity", str_of(severities[c->weight]));
    jw_karr(w, "tags");
    jw_str(w, S("security"));
    jw_str(w, S("hardening"));
    if (s->practice)
        jw_str(w, arena_printf(a, "%s", s->practice));
    jw_arr_end(w);
    jw_obj_end(w);
    jw_obj_end(w);
}

static void location(struct jw *w, struct arena *a, const struct inspection *i, const struct check *c) {
    jw_karr(w, "locations");
    jw_obj(w);
    jw_kobj(w, "physicalLocation");
    jw_kobj(w, "artifactLocation");
    jw_kstr(w, "uri", uri_of(a, i->path));
    jw_obj_end(w);
    if (c->line) {
        jw_kobj(w, "region");
        jw_kint(w, "startLine", c->line);
        jw_obj_end(w);
    }
    jw_obj_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
}

static void result(struct jw *w, struct arena *a, const struct inspection *i, const struct check *c, int64_t index) {
    str id = rule_id(a, i, c), place = c->line ? arena_printf(a, "%u", c->line) : S("");
    const char *title = _(c->spec->title), *fix = c->spec->fix ? _(c->spec->fix) : "";
    jw_obj(w);
    jw_kstr(w, "ruleId", id);
    jw_kint(w, "ruleIndex", index);
    jw_kstr(w, "level", level_of(c->weight));
    text_object(w, "message",
                c->detail.n ? arena_printf(a, _("Does not hold: %s (%.*s). To do: %s."), title, STR_ARG(c->detail), fix)
                            : arena_printf(a, _("Does not hold: %s. To do: %s."), title, fix));
    location(w, a, i, c);
    jw_kobj(w, "partialFingerprints");
    jw_kstr(w, "akashiInspection/v1",
            digest_hex(a, DIGEST_SHA256,
                       arena_printf(a, "%.*s\n%.*s\n%.*s", STR_ARG(id), STR_ARG(i->path), STR_ARG(place))));
    jw_obj_end(w);
    jw_obj_end(w);
}

/* Rules are numbered in the order they first occur. */
static void rules(struct jw *w, struct arena *a, const struct inspect_report *r, struct map *numbers) {
    for (uint32_t i = 0; i < r->files.n; i++)
        for (uint32_t k = 0; k < r->files.v[i].checks.n; k++) {
            const struct check *c = &r->files.v[i].checks.v[k];
            bool fresh;
            if (!c->failed)
                continue;
            str id = rule_id(a, &r->files.v[i], c);
            struct map_entry *entry = map_put(numbers, id, &fresh);
            if (!fresh)
                continue;
            entry->value = (void *)(uintptr_t)(numbers->entries.n - 1);
            rule(w, a, id, c);
        }
}

static void results(struct jw *w, struct arena *a, const struct inspect_report *r, const struct map *numbers) {
    for (uint32_t i = 0; i < r->files.n; i++)
        for (uint32_t k = 0; k < r->files.v[i].checks.n; k++) {
            const struct check *c = &r->files.v[i].checks.v[k];
            if (c->failed)
                result(w, a, &r->files.v[i], c, (int64_t)(uintptr_t)map_get(numbers, rule_id(a, &r->files.v[i], c)));
        }
}

void inspect_report_sarif(const struct inspect_report *r, struct arena *a, struct jw *w) {
    struct map numbers;
    map_init(&numbers, a);
    jw_obj(w);
    jw_kstr(w, "$schema", S("https://json.schemastore.org/sarif-2.1.0.json"));
    jw_kstr(w, "version", S("2.1.0"));
    jw_karr(w, "runs");
    jw_obj(w);
    jw_kobj(w, "tool");
    jw_kobj(w, "driver");
    jw_kstr(w, "name", S("akashi"));
    jw_kstr(w, "version", S(AKASHI_VERSION));
    jw_kstr(w, "semanticVersion", S(AKASHI_VERSION));
    jw_karr(w, "rules");
    rules(w, a, r, &numbers);
    jw_arr_end(w);
    jw_obj_end(w);
    jw_obj_end(w);
    jw_karr(w, "results");
    results(w, a, r, &numbers);
    jw_arr_end(w);
    jw_kstr(w, "columnKind", S("utf16CodeUnits"));
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
}
