/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "base/xml.h"
#include "release/evidence.h"

enum outcome { PASSED, WARNED /* passed at a later try */, FAILED, SKIPPED, OUTCOMES };

struct tests {
    struct ctx *c;
    struct arena *a;
    VEC(str) names[OUTCOMES];
};

static enum outcome outcome_of(const struct xml_node *test) {
    static const struct {
        const char *child;
        enum outcome is;
    } signs[] = {{"failure", FAILED},   {"error", FAILED},        {"skipped", SKIPPED},
                 {"disabled", SKIPPED}, {"flakyFailure", WARNED}, {"flakyError", WARNED}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (xml_child(test, signs[i].child))
            return signs[i].is;
    str status = xml_attr(test, "status");
    return str_is(status, "notrun") || str_is(status, "disabled") || str_is(status, "skipped") ? SKIPPED : PASSED;
}

static void add_test(struct tests *t, const struct xml_node *test) {
    str group = xml_attr(test, "classname"), name = xml_attr(test, "name");
    enum outcome is = outcome_of(test);
    *vec_push(t->a, &t->names[is]) = group.n ? arena_printf(t->a, "%.*s.%.*s", STR_ARG(group), STR_ARG(name))
                                             : arena_str(t->a, name);
}

/* Suites nest; the tree's depth is bounded by its reader, so a walk by parent pointers needs no recursion. */
static void walk(struct tests *t, const struct xml_node *root) {
    const struct xml_node *at = root;
    while (at) {
        if (str_is(at->name, "testcase"))
            add_test(t, at);
        if (at->child && !str_is(at->name, "testcase")) {
            at = at->child;
            continue;
        }
        while (at != root && !at->next)
            at = at->parent;
        at = at == root ? NULL : at->next;
    }
}

static bool read_report(struct tests *t, str path, struct jw *configuration, struct err *e) {
    str bytes;
    struct xml_node *root;
    uint32_t before = 0, after = 0;
    for (int i = 0; i < OUTCOMES; i++)
        before += t->names[i].n;
    if (!file_read_plain(t->c, t->a, path, &bytes, e) || !xml_parse(t->c, t->a, bytes, path, &root, e))
        return false;
    if (!str_is(root->name, "testsuites") && !str_is(root->name, "testsuite"))
        return err_set(e, ERR_INPUT, xml_place(root, path, t->a), _("this is no JUnit report: <%.*s>"),
                       STR_ARG(root->name));
    walk(t, root);
    for (int i = 0; i < OUTCOMES; i++)
        after += t->names[i].n;
    if (before == after)
        return err_set(e, ERR_INPUT, path, _("the report has no test in it"));
    jw_obj(configuration);
    jw_kstr(configuration, "name", path_base(path));
    jw_kobj(configuration, "digest");
    jw_kstr(configuration, "sha256", digest_hex(t->a, DIGEST_SHA256, bytes));
    jw_obj_end(configuration);
    jw_obj_end(configuration);
    return true;
}

static void write_result(struct tests *t, struct jw *w, str url) {
    static const char *const keys[OUTCOMES] = {"passedTests", "warnedTests", "failedTests", "skippedTests"};
    jw_kstr(w, "result", t->names[FAILED].n ? S("FAILED") : t->names[WARNED].n ? S("WARNED") : S("PASSED"));
    jw_kstr(w, "url", url);
    for (int i = 0; i < OUTCOMES; i++) {
        jw_karr(w, keys[i]);
        for (uint32_t k = 0; k < t->names[i].n; k++)
            jw_str(w, t->names[i].v[k]);
        jw_arr_end(w);
    }
}

bool tests_predicate(struct ctx *c, struct arena *a, const str *files, uint32_t n, str url, str *predicate,
                     struct err *e) {
    struct tests t = {.c = c, .a = a};
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    bool ok = true;
    jw_obj(&w);
    jw_karr(&w, "configuration");
    for (uint32_t i = 0; i < n && ok; i++)
        ok = read_report(&t, files[i], &w, e);
    jw_arr_end(&w);
    write_result(&t, &w, url);
    jw_obj_end(&w);
    *predicate = arena_str(a, buf_str(&b));
    buf_free(&b);
    return ok;
}
