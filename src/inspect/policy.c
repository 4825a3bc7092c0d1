/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect/policy.h"

#include "base/digest.h"
#include "base/embedded.h"
#include "base/file.h"

extern const struct embedded_file embedded_policies[];

/* ── reading ── */

static bool policy_bytes(struct ctx *c, struct arena *a, str name, str *out, struct err *e) {
    for (const struct embedded_file *f = embedded_policies; f->name; f++)
        if (str_is(name, f->name)) {
            *out = str_n(f->bytes, f->size);
            return true;
        }
    if (path_exists(name))
        return file_read(c, a, name, out, e);
    err_set(e, ERR_USAGE, S(""), _("there is no policy \"%.*s\""), STR_ARG(name));
    return err_hint(e, "%s", _("one of minimum, standard; or a policy file"));
}

/* A list of strings in the document; a single string counts as a list of one. */
static bool read_list(const struct json *doc, struct arena *a, struct jv object, const char *key,
                      struct policy_words *out, struct err *e) {
    struct jv v = j_get(object, key);
    if (j_is_str(v))
        *vec_push(a, out) = j_str(v);
    else if (j_ok(v) && !j_is_arr(v))
        return err_set(e, ERR_INPUT, json_place(doc, v, a), _("a list of texts is expected here"));
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        if (!j_is_str(it.val))
            return err_set(e, ERR_INPUT, json_place(doc, it.val, a), _("a text is expected here"));
        *vec_push(a, out) = j_str(it.val);
    }
    return true;
}

static bool read_filter(const struct json *doc, struct arena *a, struct jv v, struct policy_filter *out,
                        struct err *e) {
    return read_list(doc, a, v, "kinds", &out->kinds, e) && read_list(doc, a, v, "checks", &out->checks, e) &&
           read_list(doc, a, v, "types", &out->types, e) && read_list(doc, a, v, "languages", &out->languages, e) &&
           read_list(doc, a, v, "paths", &out->paths, e) && read_list(doc, a, v, "levels", &out->levels, e);
}

/* A misspelt member would silently ask for something else than was meant. */
static bool known_members(const struct json *doc, struct arena *a, struct jv v, const char *const *names,
                          struct err *e) {
    for (struct jiter it = j_iter(v); j_next(&it);) {
        bool known = false;
        for (const char *const *n = names; *n && !known; n++)
            known = str_is(it.key, *n);
        if (!known)
            return err_set(e, ERR_INPUT, json_place(doc, it.val, a), _("a policy has no member \"%.*s\" here"),
                           STR_ARG(it.key));
    }
    return true;
}

static bool read_weight(const struct json *doc, struct arena *a, struct jv v, bool *has, enum weight *out,
                        struct err *e) {
    *has = j_ok(v);
    return !*has || weight_parse(j_str(v), out) ||
           err_set(e, ERR_INPUT, json_place(doc, v, a), _("a weight is one of low, medium, high"));
}

static bool read_requirement(const struct json *doc, struct arena *a, struct jv v, struct requirement *r,
                             struct err *e) {
    static const char *const members[] = {"kinds", "checks", "types", "languages", "paths",  "levels",
                                          "state", "weight", "from",  "except",    "reason", NULL};
    static const char *const inner[] = {"kinds", "checks", "types", "languages", "paths", "levels", "reason", NULL};
    struct jv state = j_get(v, "state"), except = j_get(v, "except");
    bool ignored;
    *r = (struct requirement){.state = CHECK_GOOD};
    if (!j_is_obj(v))
        return err_set(e, ERR_INPUT, json_place(doc, v, a), _("a requirement is an object"));
    if (!known_members(doc, a, v, members, e) || !read_filter(doc, a, v, &r->on, e) ||
        !read_weight(doc, a, j_get(v, "weight"), &r->has_weight, &r->weight, e) ||
        !read_weight(doc, a, j_get(v, "from"), &ignored, &r->from, e))
        return false;
    if (str_is(j_str(state), "any"))
        r->state = CHECK_NONE;
    else if (j_ok(state) &&
             (!check_state_parse(j_str(state), &r->state) || r->state < CHECK_GOOD || r->state > CHECK_PARTIAL))
        return err_set(e, ERR_INPUT, json_place(doc, state, a), _("a required state is one of good, partial, any"));
    for (struct jiter it = j_iter(except); j_is_arr(except) && j_next(&it);)
        if (!known_members(doc, a, it.val, inner, e) || !read_filter(doc, a, it.val, vec_push(a, &r->except), e))
            return false;
    return true;
}

bool policy_read(struct ctx *c, struct arena *a, str name, const struct policy **out, struct err *e) {
    static const char *const members[] = {"name", "title", "requirements", "$schema", NULL};
    struct policy *p = arena_new_of(a, struct policy);
    struct json doc;
    str text;
    if (!policy_bytes(c, a, name, &text, e) || !json_parse(c, a, text, JSON_STRICT, name, &doc, e))
        return false;
    struct jv list = j_get(doc.root, "requirements"), title = j_get(doc.root, "title");
    if (!j_is_obj(doc.root) || !j_is_arr(list))
        return err_set(e, ERR_INPUT, name, _("this is no policy: it has no list \"requirements\""));
    if (!known_members(&doc, a, doc.root, members, e))
        return false;
    p->name = j_gets(doc.root, "name").n ? j_gets(doc.root, "name") : path_base(name);
    p->title = j_is_str(title) ? j_str(title) : j_gets(title, msg_lang());
    p->sha256 = digest_hex(a, DIGEST_SHA256, text);
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (!read_requirement(&doc, a, it.val, vec_push(a, &p->requirements), e))
            return false;
    *out = p;
    return true;
}

/* ── judging ── */

static bool in_list(const struct policy_words *l, str s) {
    for (uint32_t i = 0; i < l->n; i++)
        if (str_glob(l->v[i], s))
            return true;
    return l->n == 0;
}

/* Paths match as a whole or from any folder on: "bin/su" also fits "rootfs/bin/su". */
static bool path_fits(const struct policy_filter *f, str path) {
    if (in_list(&f->paths, path))
        return true;
    for (size_t i = 0; i < path.n; i++)
        if ((path.p[i] == '/' || path.p[i] == '!') && in_list(&f->paths, str_from(path, i + 1)))
            return true;
    return false;
}

static bool filter_fits(const struct policy_filter *f, const struct inspection *i, const struct check_spec *c) {
    return in_list(&f->kinds, str_of(i->kind)) && in_list(&f->checks, str_of(c->id)) &&
           in_list(&f->types, str_of(i->type ? i->type : "")) && in_list(&f->languages, i->language) &&
           in_list(&f->levels, str_of(c->level ? c->level : "")) && path_fits(f, i->path);
}

static const struct requirement *requirement_for(const struct policy *p, const struct inspection *i,
                                                 const struct check *c) {
    for (uint32_t k = 0; k < p->requirements.n; k++) {
        const struct requirement *r = &p->requirements.v[k];
        if (c->spec->weight < r->from || !filter_fits(&r->on, i, c->spec))
            continue;
        for (uint32_t x = 0; x < r->except.n; x++)
            if (filter_fits(&r->except.v[x], i, c->spec))
                return NULL;
        return r->state == CHECK_NONE ? NULL : r;
    }
    return NULL;
}

void policy_judge(const struct policy *p, struct inspection *i) {
    i->failed = 0;
    i->worst = WEIGHT_LOW;
    for (uint32_t k = 0; k < i->checks.n; k++) {
        struct check *c = &i->checks.v[k];
        const struct requirement *r = requirement_for(p, i, c);
        c->required = r != NULL;
        c->weight = r && r->has_weight ? r->weight : c->spec->weight;
        c->failed = r && c->state > r->state;
        i->failed += c->failed;
        if (c->failed && c->weight > i->worst)
            i->worst = c->weight;
    }
}
