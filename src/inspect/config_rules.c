/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect/config_rules.h"

#include "base/embedded.h"
#include "inspect/config_judge.h"

enum { NESTING = 8, MOST_RULES = 4096, LONGEST_PATTERN = 4096 };
#define SCHEMA "akashi-inspect-rules/1"

struct reading {
    struct ctx *c;
    struct arena *a;
    const struct json *doc;
    const struct config_kind *kind;
    struct jv defaults, fix;
    const char *const *scope;
    str practice;
};

static bool bad(struct reading *r, struct jv at, struct err *e, const char *what) {
    return err_set(e, ERR_INPUT, json_place(r->doc, at, r->a), "%s", what);
}

static bool known_members(struct reading *r, struct jv obj, const char *const *names, struct err *e) {
    for (struct jiter it = j_iter(obj); j_next(&it);) {
        const char *const *n = names;
        while (*n && !str_is(it.key, *n))
            n++;
        if (!*n)
            return err_set(e, ERR_INPUT, json_place(r->doc, it.val, r->a), _("no member is called \"%.*s\" here"),
                           STR_ARG(it.key));
    }
    return true;
}

static str key_of(struct reading *r, str key) { return r->kind->any_case ? arena_lower(r->a, key) : key; }

/* A string, or a list of strings. */
static bool strings(struct reading *r, struct jv v, const str **out, uint32_t *n, struct err *e) {
    VEC(str) all = {0};
    if (j_is_str(v))
        *vec_push(r->a, &all) = j_str(v);
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        if (!j_is_str(it.val))
            return bad(r, it.val, e, _("this must be a string"));
        *vec_push(r->a, &all) = j_str(it.val);
    }
    *out = all.v;
    *n = all.n;
    return all.n > 0 || bad(r, v, e, _("this must be a string or a list of strings"));
}

/* ── conditions ── */

static void free_pattern(void *p) { regfree(p); }

static bool compile(struct reading *r, struct jv at, struct config_condition *t, struct err *e) {
    regex_t *patterns = arena_array(r->a, regex_t, t->n);
    for (uint32_t i = 0; i < t->n; i++) {
        char why[160];
        if (t->values[i].n > LONGEST_PATTERN || memchr(t->values[i].p, 0, t->values[i].n))
            return bad(r, at, e, _("the pattern is too long"));
        int code = regcomp(&patterns[i], arena_cstr(r->a, t->values[i]),
                           REG_EXTENDED | REG_NOSUB | (t->any_case ? REG_ICASE : 0));
        if (code) {
            regerror(code, &patterns[i], why, sizeof why);
            return err_set(e, ERR_INPUT, json_place(r->doc, at, r->a), _("the pattern cannot be read: %s"), why);
        }
        arena_defer(r->a, free_pattern, &patterns[i]);
    }
    t->patterns = patterns;
    return true;
}

static bool read_where(struct reading *r, struct jv v, enum config_where *out, struct err *e) {
    static const char *const names[] = {"nearest", "own", "within"};
    *out = WHERE_NEAREST;
    for (int i = 0; j_ok(v) && i < 3; i++)
        if (str_is(j_str(v), names[i])) {
            *out = (enum config_where)i;
            return true;
        }
    return !j_ok(v) || bad(r, v, e, _("\"where\" is one of nearest, own, within"));
}

static str default_of(struct reading *r, struct jv cond, str key) {
    str own = j_gets(cond, "default");
    if (own.p)
        return own;
    for (struct jiter it = j_iter(r->defaults); j_next(&it);)
        if (str_eq(key_of(r, it.key), key))
            return j_str(it.val);
    return (str){NULL, 0};
}

static bool read_test(struct reading *r, struct jv v, struct config_condition *out, struct err *e) {
    struct jv wanted = {NULL};
    out->form = FORM_TEST;
    out->key = key_of(r, j_gets(v, "key"));
    if (!out->key.n)
        return bad(r, v, e, _("a condition needs a \"key\", \"all\", \"any\" or \"not\""));
    for (struct jiter it = j_iter(v); j_next(&it);) {
        const struct config_op *op = config_op_find(it.key);
        if (op && out->op)
            return bad(r, it.val, e, _("a condition has one operator only"));
        if (op) {
            out->op = op;
            wanted = it.val;
        } else if (!str_is(it.key, "key") && !str_is(it.key, "where") && !str_is(it.key, "default") &&
                   !str_is(it.key, "any-case"))
            return err_set(e, ERR_INPUT, json_place(r->doc, it.val, r->a), _("there is no operator \"%.*s\""),
                           STR_ARG(it.key));
    }
    if (!out->op)
        return bad(r, v, e, _("the condition has no operator"));
    out->otherwise = default_of(r, v, out->key);
    out->any_case = r->kind->any_case || j_true(j_get(v, "any-case"));
    if (!read_where(r, j_get(v, "where"), &out->where, e))
        return false;
    if (out->op->valueless)
        return j_true(wanted) || bad(r, wanted, e, _("this must be true"));
    return strings(r, wanted, &out->values, &out->n, e) && (!out->op->pattern || compile(r, wanted, out, e));
}

static bool read_condition(struct reading *r, struct jv v, unsigned depth, struct config_condition *out, struct err *e);

// NOLINTNEXTLINE(misc-no-recursion): counted
static bool read_inner(struct reading *r, struct jv v, unsigned depth, struct config_condition *out, struct err *e) {
    bool many = j_is_arr(v);
    out->n_inner = many ? (uint32_t)j_len(v) : 1;
    if (!out->n_inner || (!many && out->form != FORM_NOT))
        return bad(r, v, e, _("this must be a list of conditions"));
    if (many && out->form == FORM_NOT)
        return bad(r, v, e, _("this must be a condition"));
    out->inner = arena_array(r->a, struct config_condition, out->n_inner);
    if (!many)
        return read_condition(r, v, depth + 1, out->inner, e);
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!read_condition(r, it.val, depth + 1, &out->inner[it.index], e))
            return false;
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): counted
static bool read_condition(struct reading *r, struct jv v, unsigned depth, struct config_condition *out,
                           struct err *e) {
    static const char *const forms[] = {"all", "any", "not"};
    static const enum config_form values[] = {FORM_ALL, FORM_ANY, FORM_NOT};
    *out = (struct config_condition){0};
    if (depth >= NESTING)
        return bad(r, v, e, _("conditions lie too deep in each other"));
    if (!j_is_obj(v))
        return bad(r, v, e, _("this must be a condition"));
    for (int i = 0; i < 3; i++) {
        struct jv inner = j_get(v, forms[i]);
        if (!j_ok(inner))
            continue;
        if (j_len(v) != 1)
            return bad(r, v, e, _("\"all\", \"any\" and \"not\" stand alone"));
        out->form = values[i];
        return read_inner(r, inner, depth, out, e);
    }
    return read_test(r, v, out, e);
}

/* ── rules ── */

static str in_language(struct jv texts) {
    str said = j_gets(texts, msg_lang());
    return said.p ? said : j_gets(texts, "en");
}

/* The key as the rule spells it. */
// NOLINTNEXTLINE(misc-no-recursion): read before, so bounded
static str spelt_key(struct jv v) {
    str key = j_gets(v, "key");
    struct jv inner = j_get(v, "all");
    if (key.p)
        return key;
    if (!j_ok(inner))
        inner = j_get(v, "any");
    return spelt_key(j_ok(inner) ? j_at(inner, 0) : j_get(v, "not"));
}

static str fill(struct arena *a, str text, str key, str good) {
    struct buf b = {0};
    for (size_t i = 0; i < text.n;) {
        str rest = str_from(text, i);
        if (str_starts(rest, S("{key}")) || str_starts(rest, S("{good}"))) {
            bool is_key = rest.p[1] == 'k';
            buf_add(&b, is_key ? key : good);
            i += is_key ? 5 : 6;
        } else
            buf_addc(&b, text.p[i++]);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static bool read_texts(struct reading *r, struct jv v, struct check_spec *spec, struct err *e) {
    str key = spelt_key(j_get(v, "bad")), good = j_gets(v, "good");
    str title = in_language(j_get(v, "title")), reason = in_language(j_get(v, "reason"));
    str fix = in_language(j_get(v, "fix"));
    if (!fix.p && good.p)
        fix = in_language(r->fix);
    if (!reason.n)
        return bad(r, v, e, _("the rule gives no reason"));
    if (!fix.n)
        return bad(r, v, e, _("the rule gives no fix"));
    spec->title = arena_cstr(r->a, title.p ? title : key);
    spec->reason = arena_cstr(r->a, reason);
    spec->fix = arena_cstr(r->a, fill(r->a, fix, key, good));
    return true;
}

static bool read_ranks(struct reading *r, struct jv v, struct check_spec *spec, struct err *e) {
    str level = j_gets(v, "level"), practice = j_gets(v, "practice");
    if (!weight_parse(j_gets(v, "severity"), &spec->weight))
        return bad(r, v, e, _("\"severity\" is one of low, medium, high"));
    if (!str_is(level, "minimum") && !str_is(level, "standard"))
        return bad(r, v, e, _("\"level\" is minimum or standard"));
    spec->level = str_is(level, "minimum") ? "minimum" : "standard";
    spec->practice = arena_cstr(r->a, practice.p ? practice : r->practice.p ? r->practice : S("S(1)-2.4"));
    return true;
}

static bool read_scope(struct reading *r, struct jv v, const char *const **out, struct err *e) {
    const str *names;
    uint32_t n;
    if (!j_ok(v))
        return true;
    if (!strings(r, v, &names, &n, e))
        return false;
    const char **scope = arena_array(r->a, const char *, (size_t)n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const char *const *type = r->kind->contexts;
        while (*type && !str_is(names[i], *type))
            type++;
        if (!*type)
            return err_set(e, ERR_INPUT, json_place(r->doc, v, r->a), _("files of this kind have no \"%.*s\""),
                           STR_ARG(names[i]));
        scope[i] = *type;
    }
    *out = scope;
    return true;
}

static bool read_examples(struct reading *r, struct jv v, struct config_rule *rule, struct err *e) {
    static const char *const names[] = {"good", "bad", NULL};
    if (!known_members(r, v, names, e))
        return false;
    for (int is_bad = 0; is_bad < 2; is_bad++) {
        const str *texts;
        uint32_t n = 0;
        struct jv list = j_get(v, names[is_bad]);
        if (j_ok(list) && !strings(r, list, &texts, &n, e))
            return false;
        for (uint32_t i = 0; i < n; i++)
            *vec_push(r->a, &rule->examples) = (struct config_example){texts[i], is_bad != 0};
    }
    return true;
}

static bool id_ok(str id) {
    for (size_t i = 0; i < id.n; i++)
        if (!ch_lower(id.p[i]) && !ch_digit(id.p[i]) && id.p[i] != '-')
            return false;
    return id.n > 0 && id.n <= 80;
}

static bool read_rule(struct reading *r, struct jv v, struct config_rule *rule, struct err *e) {
    static const char *const names[] = {"id",   "title",  "severity", "level",    "scope",      "if",       "bad",
                                        "good", "reason", "fix",      "practice", "references", "examples", NULL};
    const str *references = NULL;
    uint32_t n = 0;
    *rule = (struct config_rule){.scope = r->scope};
    if (!j_is_obj(v))
        return bad(r, v, e, _("this must be a rule"));
    if (!id_ok(j_gets(v, "id")))
        return bad(r, v, e, _("\"id\" is made of small letters, digits and hyphens"));
    rule->spec.id = arena_cstr(r->a, j_gets(v, "id"));
    if (!known_members(r, v, names, e) || !read_condition(r, j_get(v, "bad"), 0, &rule->bad, e) ||
        !read_ranks(r, v, &rule->spec, e) || !read_texts(r, v, &rule->spec, e) ||
        !read_scope(r, j_get(v, "scope"), &rule->scope, e) || !read_examples(r, j_get(v, "examples"), rule, e))
        return false;
    if (j_ok(j_get(v, "references")) && !strings(r, j_get(v, "references"), &references, &n, e))
        return false;
    for (uint32_t i = 0; i < n; i++)
        *vec_push(r->a, &rule->references) = references[i];
    if (!j_ok(j_get(v, "if")))
        return true;
    rule->when = arena_new_of(r->a, struct config_condition);
    return read_condition(r, j_get(v, "if"), 0, rule->when, e);
}

/* A rule with a known id takes its place. */
static struct config_rule *place_of(struct arena *a, struct config_rules *rules, const char *id) {
    for (uint32_t i = 0; i < rules->rules.n; i++)
        if (strcmp(rules->rules.v[i].spec.id, id) == 0)
            return &rules->rules.v[i];
    return vec_push(a, &rules->rules);
}

static bool read_head(struct reading *r, bool *other, struct config_rules *out, struct err *e) {
    static const char *const names[] = {"schema", "kind", "scope", "practice", "fix", "defaults", "rules", NULL};
    struct jv root = r->doc->root;
    if (!j_is_obj(root) || !str_is(j_gets(root, "schema"), SCHEMA))
        return bad(r, root, e, _("this is no rules file: its \"schema\" must be akashi-inspect-rules/1"));
    r->kind = config_kind_find(j_gets(root, "kind"));
    if (!r->kind)
        return bad(r, j_ok(j_get(root, "kind")) ? j_get(root, "kind") : root, e,
                   _("\"kind\" is one of dockerfile, kernel, nginx, sshd, systemd"));
    *other = out->kind && out->kind != r->kind;
    r->defaults = j_get(root, "defaults");
    r->fix = j_get(root, "fix");
    r->practice = j_gets(root, "practice");
    const char **scope = arena_array(r->a, const char *, 2);
    scope[0] = r->kind->contexts[0];
    r->scope = scope;
    return known_members(r, root, names, e) && read_scope(r, j_get(root, "scope"), &r->scope, e);
}

bool config_rules_read(struct ctx *c, struct arena *a, str text, str where, struct config_rules *out, bool *other,
                       struct err *e) {
    struct json doc;
    struct reading r = {.c = c, .a = a, .doc = &doc};
    struct map ids;
    if (!json_parse(c, a, text, JSON_STRICT, where, &doc, e) || !read_head(&r, other, out, e))
        return false;
    struct jv list = j_get(doc.root, "rules");
    if (!j_is_arr(list) || !j_len(list) || j_len(list) > MOST_RULES)
        return bad(&r, doc.root, e, _("\"rules\" must be a list of 1 to 4096 rules"));
    map_init(&ids, a);
    for (struct jiter it = j_iter(list); j_next(&it);) {
        struct config_rule rule;
        bool fresh;
        if (!read_rule(&r, it.val, &rule, e))
            return false;
        map_put(&ids, str_of(rule.spec.id), &fresh);
        if (!fresh)
            return bad(&r, it.val, e, _("two rules have this id"));
        if (!*other)
            *place_of(a, out, rule.spec.id) = rule;
    }
    if (!*other)
        out->kind = r.kind;
    return true;
}

bool config_rules_builtin(struct ctx *c, struct arena *a, const struct config_kind *kind, struct config_rules *out,
                          struct err *e) {
    bool other;
    *out = (struct config_rules){.kind = kind};
    for (const struct embedded_file *f = embedded_inspect_rules; f->name; f++)
        if (strcmp(f->name, kind->name) == 0)
            return config_rules_read(c, a, str_n(f->bytes, f->size), str_of(f->name), out, &other, e);
    return true;
}

/* Which of the good or of the bad ones it is, from 0. */
static unsigned number_of(const struct config_rule *rule, uint32_t k) {
    unsigned n = 0;
    for (uint32_t i = 0; i < k; i++)
        n += rule->examples.v[i].bad == rule->examples.v[k].bad;
    return n;
}

bool config_rules_prove(struct ctx *c, struct arena *a, const struct config_rules *r, str where, struct err *e) {
    for (uint32_t i = 0; i < r->rules.n; i++) {
        const struct config_rule *rule = &r->rules.v[i];
        for (uint32_t k = 0; k < rule->examples.n; k++) {
            struct arena_mark mark = arena_mark(a);
            struct config file;
            struct config_faults faults = {0};
            str path = str_is(str_of(r->kind->name), "systemd") ? S("example.service") : S("example");
            if (!config_read(c, a, r->kind, path, rule->examples.v[k].text, NULL, &file, e))
                return err_prefix(e, _("an example of rule %s"), rule->spec.id);
            enum check_state state = config_judge(&file, rule, a, &faults);
            if ((state == CHECK_BAD) != rule->examples.v[k].bad)
                return err_set(e, ERR_INPUT, where,
                               rule->examples.v[k].bad ? _("rule %s does not report its bad example %u")
                                                       : _("rule %s reports its good example %u"),
                               rule->spec.id, number_of(rule, k));
            arena_reset(a, mark);
        }
    }
    return true;
}
