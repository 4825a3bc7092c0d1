/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/rules.h"

#include "base/file.h"
#include "ident/licence.h"
#include "ident/purl.h"

static bool take_ignore(struct arena *a, struct rules *r, const struct json *doc, struct jv v, struct err *e) {
    struct ignore_rule rule = {.id = j_gets(v, "id"),
                               .component = j_gets(v, "component"),
                               .reason = str_trim(j_gets(v, "reason")),
                               .until = j_gets(v, "until"),
                               .where = json_place(doc, v, a),
                               .end = INT64_MAX};
    if (!rule.id.n)
        return err_set(e, ERR_INPUT, rule.where, _("an ignore rule needs the id of a vulnerability"));
    if (!rule.reason.n) {
        err_set(e, ERR_INPUT, rule.where, _("the ignore rule for %.*s has no reason"), STR_ARG(rule.id));
        return err_hint(e, "%s", _("say why in reason = \"…\": whoever reads it next year has to understand"));
    }
    if (rule.until.p) {
        if (!time_parse(rule.until, &rule.end))
            return err_set(e, ERR_INPUT, json_place(doc, j_get(v, "until"), a), _("'%.*s' is no date"),
                           STR_ARG(rule.until));
        if (rule.until.n == 10)
            rule.end += 86400; /* a bare date is meant to its end */
    }
    *vec_push(a, &r->ignore) = rule;
    return true;
}

#define TAKE_LIST(a, list, v)                                                                                          \
    for (struct jiter it_ = j_iter(v); j_next(&it_);)                                                                  \
    *vec_push(a, list) = j_str(it_.val)

bool rules_read(struct ctx *c, struct arena *a, str path, struct rules *out, struct err *e) {
    str text;
    struct json doc;
    *out = (struct rules){0};
    if (!file_read(c, a, path, &text, e) || !toml_parse(c, a, text, path, &doc, e))
        return false;
    for (struct jiter it = j_iter(j_get(doc.root, "ignore")); j_next(&it);)
        if (!take_ignore(a, out, &doc, it.val, e))
            return false;
    struct jv licence = j_get(doc.root, "licence");
    TAKE_LIST(a, &out->allow, j_get(licence, "allow"));
    TAKE_LIST(a, &out->deny, j_get(licence, "deny"));
    TAKE_LIST(a, &out->review, j_get(licence, "review"));
    out->mission = j_str(j_get2(doc.root, "scan", "mission"));
    return true;
}

static bool covers_component(str wanted, const struct sbom_component *component) {
    if (!wanted.n)
        return true;
    if (str_ieq(wanted, component->name) || str_eq(wanted, component->purl))
        return true;
    struct arena *a = arena_new();
    struct purl x, y;
    bool same = component->purl.n && purl_parse(a, wanted, &x, NULL) && purl_parse(a, component->purl, &y, NULL) &&
                str_eq(x.type, y.type) && str_eq(x.ns, y.ns) && str_eq(x.name, y.name) &&
                (!x.version.n || str_eq(x.version, y.version));
    arena_free(a);
    return same;
}

const struct ignore_rule *rules_ignore(const struct rules *r, const str *names, uint32_t n,
                                       const struct sbom_component *component, int64_t now,
                                       const struct ignore_rule **expired) {
    for (uint32_t i = 0; i < r->ignore.n; i++) {
        const struct ignore_rule *rule = &r->ignore.v[i];
        bool named = false;
        for (uint32_t k = 0; k < n; k++)
            named |= str_ieq(rule->id, names[k]);
        if (!named || !covers_component(rule->component, component))
            continue;
        if (now < rule->end)
            return rule;
        *expired = rule;
    }
    return NULL;
}

/* ── licences ── */

bool rules_have_licences(const struct rules *r) { return r->allow.n || r->deny.n || r->review.n; }

static bool listed(const str *list, uint32_t n, str id) {
    for (uint32_t i = 0; i < n; i++) {
        str p = list[i];
        if (p.n && p.p[p.n - 1] == '*' ? str_istarts(id, str_upto(p, p.n - 1)) : str_ieq(id, p))
            return true;
    }
    return false;
}

static enum licence_verdict judge_id(const struct rules *r, const struct licence *l, struct arena *a) {
    struct buf b = {0};
    licence_write(l, &b);
    str whole = arena_str(a, buf_str(&b)); /* "GPL-2.0-only WITH Classpath-exception-2.0" may be listed by itself */
    buf_free(&b);
    const str names[] = {whole, l->id};
    for (size_t i = 0; i < 2; i++) {
        if (listed(r->deny.v, r->deny.n, names[i]))
            return LICENCE_DENIED;
        if (listed(r->review.v, r->review.n, names[i]))
            return LICENCE_REVIEW;
        if (listed(r->allow.v, r->allow.n, names[i]))
            return LICENCE_ALLOWED;
    }
    return r->allow.n ? LICENCE_REVIEW : LICENCE_ALLOWED;
}

/* NOLINTNEXTLINE(misc-no-recursion): licence_parse bounds the depth */
static enum licence_verdict judge(const struct rules *r, const struct licence *l, struct arena *a) {
    if (l->op != LICENCE_AND && l->op != LICENCE_OR)
        return judge_id(r, l, a);
    enum licence_verdict x = judge(r, l->left, a), y = judge(r, l->right, a);
    return l->op == LICENCE_AND ? (x > y ? x : y) : (x < y ? x : y);
}

enum licence_verdict rules_licence(const struct rules *r, str expression) {
    struct arena *a = arena_new();
    struct licence *l;
    enum licence_verdict v = licence_parse(a, expression, &l, NULL)       ? judge(r, l, a)
                             : listed(r->deny.v, r->deny.n, expression)   ? LICENCE_DENIED
                             : listed(r->allow.v, r->allow.n, expression) ? LICENCE_ALLOWED
                                                                          : LICENCE_REVIEW;
    arena_free(a);
    return v;
}

const char *licence_verdict_name(enum licence_verdict v) {
    static const char *const names[] = {"unjudged", "allowed", "review", "denied"};
    return names[v];
}
