/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "release/evidence.h"

enum level { LEVEL_NONE, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR, LEVELS };
static const char *const level_names[LEVELS] = {"none", "note", "warning", "error"};

struct analysis {
    struct ctx *c;
    struct arena *a;
    uint64_t counts[LEVELS], suppressed;
    bool failed_run;
    struct jw *w;
};

static bool level_of(str name, enum level *out) {
    for (int i = 0; i < LEVELS; i++)
        if (str_is(name, level_names[i])) {
            *out = (enum level)i;
            return true;
        }
    return false;
}

/* A result's own level, else its rule's default, else "warning"; a result of another kind than "fail" has none. */
static enum level result_level(struct jv run, struct jv result) {
    enum level level = LEVEL_WARNING;
    str kind = j_gets(result, "kind");
    if (kind.p && !str_is(kind, "fail"))
        return LEVEL_NONE;
    if (level_of(j_gets(result, "level"), &level))
        return level;
    struct jv rules = j_get(j_get2(run, "tool", "driver"), "rules"), rule = {NULL};
    int64_t at = j_int(j_get(result, "ruleIndex"), j_int(j_get2(result, "rule", "index"), -1));
    if (at >= 0 && (uint64_t)at < j_len(rules))
        rule = j_at(rules, (size_t)at);
    str id = j_gets(result, "ruleId");
    for (struct jiter it = j_iter(rules); !j_ok(rule) && id.p && j_next(&it);)
        if (str_eq(j_gets(it.val, "id"), id))
            rule = it.val;
    (void)level_of(j_gets(j_get(rule, "defaultConfiguration"), "level"), &level);
    return level;
}

static bool is_suppressed(struct jv result) {
    for (struct jiter it = j_iter(j_get(result, "suppressions")); j_next(&it);) {
        str status = j_gets(it.val, "status");
        if (!status.p || str_is(status, "accepted"))
            return true;
    }
    return false;
}

static void read_run(struct analysis *s, struct jv run) {
    struct jv driver = j_get2(run, "tool", "driver");
    str version = j_gets(driver, "semanticVersion");
    for (struct jiter it = j_iter(j_get(run, "results")); j_next(&it);) {
        if (is_suppressed(it.val))
            s->suppressed++;
        else
            s->counts[result_level(run, it.val)]++;
    }
    for (struct jiter it = j_iter(j_get(run, "invocations")); j_next(&it);)
        if (j_is_bool(j_get(it.val, "executionSuccessful")) && !j_true(j_get(it.val, "executionSuccessful")))
            s->failed_run = true;
    jw_obj(s->w);
    jw_kstr(s->w, "name", j_gets(driver, "name"));
    jw_kstr(s->w, "version", version.p ? version : j_gets(driver, "version"));
    jw_obj_end(s->w);
}

static bool read_sarif(struct analysis *s, str path, str *digest, struct err *e) {
    str bytes;
    struct json doc;
    if (!file_read_plain(s->c, s->a, path, &bytes, e) ||
        !json_parse(s->c, s->a, bytes, JSON_DUPLICATES_OK, path, &doc, e))
        return false;
    if (!str_is(j_gets(doc.root, "version"), "2.1.0") || !j_is_arr(j_get(doc.root, "runs")))
        return err_set(e, ERR_INPUT, json_place(&doc, doc.root, s->a), _("this is no SARIF 2.1.0 document"));
    size_t i = 0;
    for (struct jiter it = j_iter(j_get(doc.root, "runs")); j_next(&it); i++) {
        if (!j_gets(j_get2(it.val, "tool", "driver"), "name").n)
            return err_set(e, ERR_INPUT, json_place(&doc, it.val, s->a), _("the run does not name its tool"));
        read_run(s, it.val);
    }
    if (i == 0)
        return err_set(e, ERR_INPUT, json_place(&doc, doc.root, s->a), _("the document has no run in it"));
    *digest = digest_hex(s->a, DIGEST_SHA256, bytes);
    return true;
}

static void write_counts(struct analysis *s) {
    jw_kstr(s->w, "result",
            s->counts[LEVEL_ERROR] || s->failed_run ? S("FAILED")
            : s->counts[LEVEL_WARNING]              ? S("WARNED")
                                                    : S("PASSED"));
    jw_kobj(s->w, "counts");
    for (int i = LEVEL_ERROR; i > LEVEL_NONE; i--)
        jw_kint(s->w, level_names[i], (int64_t)s->counts[i]);
    jw_kint(s->w, "suppressed", (int64_t)s->suppressed);
    jw_obj_end(s->w);
}

bool analysis_predicate(struct ctx *c, struct arena *a, const str *files, uint32_t n, str *predicate, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct analysis s = {.c = c, .a = a, .w = &w};
    str *digests = arena_array(a, str, n);
    bool ok = true;
    jw_obj(&w);
    jw_karr(&w, "tools");
    for (uint32_t i = 0; i < n && ok; i++)
        ok = read_sarif(&s, files[i], &digests[i], e);
    jw_arr_end(&w);
    write_counts(&s);
    jw_karr(&w, "reports");
    for (uint32_t i = 0; i < n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "name", path_base(files[i]));
        jw_kobj(&w, "digest");
        jw_kstr(&w, "sha256", digests[i]);
        jw_obj_end(&w);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    *predicate = arena_str(a, buf_str(&b));
    buf_free(&b);
    return ok;
}
