/* SPDX-License-Identifier: Apache-2.0 */
#include "release/verify_policy.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/tree.h"

enum shape { SHAPE_TEXT, SHAPE_LIST, SHAPE_YES, SHAPE_COUNT, SHAPE_FILE, SHAPE_FILES };

struct member {
    const char *table, *name;
    enum shape shape;
    size_t at; /* in struct verify_policy */
};
#define AT(field) offsetof(struct verify_policy, field)
static const struct member members[] = {
    {"", "name", SHAPE_TEXT, AT(name)},
    {"trust", "keys", SHAPE_FILES, AT(keys)},
    {"trust", "log", SHAPE_FILE, AT(log)},
    {"require", "statements", SHAPE_LIST, AT(statements)},
    {"require", "logged", SHAPE_YES, AT(logged)},
    {"require", "hardening", SHAPE_YES, AT(hardening_passed)},
    {"require", "hardening-policies", SHAPE_LIST, AT(hardening)},
    {"require", "tests", SHAPE_YES, AT(tests_passed)},
    {"require", "analysis", SHAPE_YES, AT(analysis_passed)},
    {"require", "no-kev", SHAPE_YES, AT(no_kev)},
    {"require", "no-priority", SHAPE_TEXT, AT(no_priority)},
    {"require", "most-open-findings", SHAPE_COUNT, AT(most_open)},
    {"require", "findings-most-days-old", SHAPE_COUNT, AT(most_days)},
    {"require", "builders", SHAPE_LIST, AT(builders)},
    {"require", "sources", SHAPE_LIST, AT(sources)},
};

struct reading {
    struct arena *a;
    struct json doc;
    str folder;
    struct verify_policy *out;
};

static bool wrong(struct reading *r, struct jv v, const char *wanted, struct err *e) {
    return err_set(e, ERR_INPUT, json_place(&r->doc, v, r->a), "%s", wanted);
}

static bool take_list(struct reading *r, struct jv v, bool files, struct patterns *out, struct err *e) {
    if (!j_is_arr(v))
        return wrong(r, v, _("a list of texts is expected here: [\"…\", \"…\"]"), e);
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str s = j_str(it.val);
        if (!s.n)
            return wrong(r, it.val, _("a text is expected here"), e);
        *vec_push(r->a, out) = files && !str_starts(s, S("/")) ? path_join(r->a, r->folder, s) : s;
    }
    return true;
}

static bool take_count(struct reading *r, struct jv v, int64_t *out, struct err *e) {
    *out = j_int(v, -1);
    return *out >= 0 || wrong(r, v, _("a whole number from 0 up is expected here"), e);
}

static bool take(struct reading *r, const struct member *m, struct jv v, struct err *e) {
    void *at = (char *)r->out + m->at;
    switch (m->shape) {
    case SHAPE_LIST:
    case SHAPE_FILES: return take_list(r, v, m->shape == SHAPE_FILES, at, e);
    case SHAPE_YES: *(bool *)at = j_true(v); return j_is_bool(v) || wrong(r, v, _("true or false is expected here"), e);
    case SHAPE_COUNT: return take_count(r, v, at, e);
    case SHAPE_FILE:
    case SHAPE_TEXT: break;
    }
    str s = j_str(v);
    *(str *)at = m->shape == SHAPE_FILE && s.n && !str_starts(s, S("/")) ? path_join(r->a, r->folder, s) : s;
    return s.n || wrong(r, v, _("a text is expected here"), e);
}

static const struct member *member_of(const char *table, str name) {
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(members[i].table, table) == 0 && str_is(name, members[i].name))
            return &members[i];
    return NULL;
}

/* A demand that is misspelt would silently not be made: an unknown name is refused. */
static bool take_table(struct reading *r, const char *table, struct jv v, struct err *e) {
    if (j_ok(v) && !j_is_obj(v))
        return wrong(r, v, _("a table is expected here"), e);
    for (struct jiter it = j_iter(v); j_next(&it);) {
        const struct member *m = member_of(table, it.key);
        if (!m && !*table && j_is_obj(it.val))
            continue; /* the tables, looked at by name */
        if (!m)
            return err_set(e, ERR_INPUT, json_place(&r->doc, it.val, r->a), _("'%.*s' is no word of a policy"),
                           STR_ARG(it.key));
        if (!take(r, m, it.val, e))
            return false;
    }
    return true;
}

static bool take_signers(struct reading *r, struct jv v, struct err *e) {
    for (struct jiter it = j_iter(v); j_next(&it);) {
        struct signer_rule *rule = vec_push(r->a, &r->out->signers);
        *rule = (struct signer_rule){.kind = it.key};
        if (!take_list(r, it.val, false, &rule->names, e))
            return false;
    }
    return true;
}

static bool tables_known(struct reading *r, struct err *e) {
    for (struct jiter it = j_iter(r->doc.root); j_next(&it);)
        if (j_is_obj(it.val) && !str_is(it.key, "trust") && !str_is(it.key, "require") && !str_is(it.key, "signers"))
            return err_set(e, ERR_INPUT, json_place(&r->doc, it.val, r->a), _("'%.*s' is no word of a policy"),
                           STR_ARG(it.key));
    return true;
}

bool verify_policy_read(struct ctx *c, struct arena *a, str path, struct verify_policy *out, struct err *e) {
    struct reading r = {.a = a, .folder = path_dir(path), .out = out};
    str text;
    *out = (struct verify_policy){.path = path, .most_open = -1, .most_days = -1};
    if (!file_read(c, a, path, &text, e) || !toml_parse(c, a, text, path, &r.doc, e))
        return false;
    out->sha256 = digest_hex(a, DIGEST_SHA256, text);
    if (!tables_known(&r, e) || !take_table(&r, "", r.doc.root, e) ||
        !take_table(&r, "trust", j_get(r.doc.root, "trust"), e) ||
        !take_table(&r, "require", j_get(r.doc.root, "require"), e) ||
        !take_signers(&r, j_get(r.doc.root, "signers"), e))
        return false;
    if (!out->name.n)
        out->name = path_base(path);
    return true;
}

bool pattern_matches(const struct patterns *p, str text) {
    for (uint32_t i = 0; i < p->n; i++) {
        str want = p->v[i];
        bool open = want.n && want.p[want.n - 1] == '*';
        if (open ? str_starts(text, str_upto(want, want.n - 1)) : str_eq(text, want))
            return true;
    }
    return false;
}
