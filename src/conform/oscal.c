/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/oscal.h"

#include "base/digest.h"
#include "conform/canonical.h"

struct writing {
    struct ctx *c;
    struct arena *a;
    const struct catalogue *k;
    struct jw *w;
    struct map tokens; /* given out already */
    str *group_tokens, *practice_tokens;
};

/* ── words ── */

/* Kana and kanji: letters to everybody's tables. */
static bool is_letter(uint32_t u) {
    return (u >= 0x3041 && u <= 0x3096) || (u >= 0x30A1 && u <= 0x30FA) || (u >= 0x4E00 && u <= 0x9FFF);
}

str oscal_token(struct arena *a, str text) {
    struct buf b = {0};
    for (size_t i = 0; i < text.n;) {
        uint32_t u;
        size_t n = str_rune(str_from(text, i), &u);
        char c = text.p[i];
        bool letter = n == 1 ? ch_alpha(c) || c == '_' : n > 1 && is_letter(u);
        if (letter || (b.n && n == 1 && (ch_digit(c) || c == '.' || c == '-')))
            buf_add(&b, str_n(text.p + i, n));
        else if (n == 1 && ch_digit(c))
            buf_addf(&b, "_%c", c);
        else
            buf_addc(&b, '_');
        i += n ? n : 1;
    }
    if (!b.n)
        buf_addc(&b, '_');
    str token = arena_str(a, buf_str(&b));
    buf_free(&b);
    return token;
}

str oscal_uuid(struct arena *a, str name, str within) {
    unsigned char d[32];
    str all = arena_printf(a, "%.*s/%.*s", STR_ARG(within), STR_ARG(name));
    digest_of(DIGEST_SHA256, all, d);
    d[6] = (unsigned char)((d[6] & 0x0F) | 0x50);
    d[8] = (unsigned char)((d[8] & 0x3F) | 0x80);
    const char *h = hex_text(a, d, 16).p;
    return arena_printf(a, "%.8s-%.4s-%.4s-%.4s-%.12s", h, h + 8, h + 12, h + 16, h + 20);
}

bool oscal_string(str s) {
    if (!s.n || str_trim(s).n != s.n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ')
            return false;
    return str_find(s, S("\xE2\x80\xA8")) == STR_NONE && str_find(s, S("\xE2\x80\xA9")) == STR_NONE &&
           str_find(s, S("\xC2\x85")) == STR_NONE;
}

static str unique_token(struct writing *x, str id) {
    str token = oscal_token(x->a, id), made = token;
    bool fresh;
    map_put(&x->tokens, made, &fresh);
    for (int i = 2; !fresh; i++) {
        made = arena_printf(x->a, "%.*s.%d", STR_ARG(token), i);
        map_put(&x->tokens, made, &fresh);
    }
    return made;
}

/* One line; what is no title of OSCAL's stands in our prop besides. */
static str line_of(struct arena *a, str s) {
    char *p = arena_cstr(a, s);
    for (char *q = p; *q; q++)
        if (*q == '\n' || *q == '\r')
            *q = ' ';
    return s.n ? str_n(p, s.n) : S("-");
}

/* JSON on one line for those whose "." stops at more than a line feed. */
static str json_line(struct arena *a, struct jv v) {
    static const char *const signs[][2] = {
        {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}, {"\xC2\x85", "\\u0085"}};
    str text = canonical_text(a, v);
    for (size_t i = 0; i < 3; i++) {
        size_t at;
        while ((at = str_find(text, str_of(signs[i][0]))) != STR_NONE)
            text = arena_printf(a, "%.*s%s%.*s", (int)at, text.p, signs[i][1],
                                STR_ARG(str_from(text, at + strlen(signs[i][0]))));
    }
    return text;
}

/* ── props ── */

static void put_prop(struct writing *x, const char *name, const char *class, str value) {
    jw_obj(x->w);
    jw_kstr(x->w, "name", str_of(name));
    jw_kstr(x->w, "ns", S(OSCAL_NS));
    jw_kstr(x->w, "value", value);
    if (class)
        jw_kstr(x->w, "class", str_of(class));
    jw_obj_end(x->w);
}

static void put_id(struct writing *x, str id) {
    if (oscal_string(id)) {
        jw_obj(x->w);
        jw_kstr(x->w, "name", S("label"));
        jw_kstr(x->w, "value", id);
        jw_obj_end(x->w);
        put_prop(x, "id", NULL, id);
        return;
    }
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct json doc;
    jw_str(&w, id);
    if (json_parse(x->c, x->a, buf_str(&b), JSON_STRICT, S("id"), &doc, NULL))
        put_prop(x, "id", "json", json_line(x->a, doc.root));
    buf_free(&b);
}

static bool is_one_of(str word, const char *const *words) {
    for (; *words; words++)
        if (str_is(word, *words))
            return true;
    return false;
}

/* All members but those OSCAL's structure says. */
static void put_members(struct writing *x, struct jv source, const char *const *but) {
    for (struct jiter it = j_iter(source); j_next(&it);)
        if (!is_one_of(it.key, but))
            put_prop(x, arena_cstr(x->a, it.key), "json", json_line(x->a, it.val));
}

static void put_order(struct writing *x, size_t n) { put_prop(x, "order", NULL, arena_printf(x->a, "%zu", n + 1)); }

/* ── metadata ── */

static void put_publisher(struct writing *x) {
    str name = x->k->publisher.en, uuid = oscal_uuid(x->a, S("publisher"), x->k->digest);
    if (!oscal_string(name))
        return;
    jw_karr(x->w, "roles");
    jw_obj(x->w);
    jw_kstr(x->w, "id", S("creator"));
    jw_kstr(x->w, "title", S("Document creator"));
    jw_obj_end(x->w);
    jw_arr_end(x->w);
    jw_karr(x->w, "parties");
    jw_obj(x->w);
    jw_kstr(x->w, "uuid", uuid);
    jw_kstr(x->w, "type", S("organization"));
    jw_kstr(x->w, "name", name);
    jw_obj_end(x->w);
    jw_arr_end(x->w);
    jw_karr(x->w, "responsible-parties");
    jw_obj(x->w);
    jw_kstr(x->w, "role-id", S("creator"));
    jw_karr(x->w, "party-uuids");
    jw_str(x->w, uuid);
    jw_arr_end(x->w);
    jw_obj_end(x->w);
    jw_arr_end(x->w);
}

static void put_metadata(struct writing *x, str title, bool members) {
    static const char *const but[] = {"catalogue", "id", "groups", "practices", NULL};
    str version = x->k->version;
    jw_kobj(x->w, "metadata");
    jw_kstr(x->w, "title", line_of(x->a, title));
    jw_kstr(x->w, "last-modified", time_rfc3339(x->a, x->c->now));
    jw_kstr(x->w, "version", oscal_string(version) ? version : S("-"));
    jw_kstr(x->w, "oscal-version", S(OSCAL_VERSION));
    jw_karr(x->w, "props");
    put_prop(x, "id", NULL, x->k->id);
    put_prop(x, "digest", NULL, x->k->digest);
    if (members)
        put_members(x, x->k->json, but);
    jw_arr_end(x->w);
    put_publisher(x);
    jw_obj_end(x->w);
}

/* ── groups and controls ── */

static void put_control(struct writing *x, uint32_t n) {
    static const char *const but[] = {"id", "group", NULL};
    const struct practice *p = &x->k->practices.v[n];
    jw_obj(x->w);
    jw_kstr(x->w, "id", x->practice_tokens[n]);
    jw_kstr(x->w, "class", S("practice"));
    jw_kstr(x->w, "title", line_of(x->a, p->title.en));
    jw_karr(x->w, "props");
    put_id(x, p->id);
    put_order(x, n);
    put_members(x, p->json, but);
    jw_arr_end(x->w);
    if (p->text.en.n) {
        jw_karr(x->w, "parts");
        jw_obj(x->w);
        jw_kstr(x->w, "id", unique_token(x, arena_cat(x->a, x->practice_tokens[n], S("_smt"))));
        jw_kstr(x->w, "name", S("statement"));
        jw_kstr(x->w, "prose", p->text.en);
        jw_obj_end(x->w);
        jw_arr_end(x->w);
    }
    jw_obj_end(x->w);
}

static void put_controls(struct writing *x, uint32_t group) {
    jw_karr(x->w, "controls");
    for (uint32_t i = 0; i < x->k->practices.n; i++)
        if (x->k->practices.v[i].group == group)
            put_control(x, i);
    jw_arr_end(x->w);
}

static bool has_practices(const struct catalogue *k, uint32_t group) {
    for (uint32_t i = 0; i < k->practices.n; i++)
        if (k->practices.v[i].group == group)
            return true;
    return false;
}

static bool has_groups(const struct catalogue *k, int32_t parent) {
    for (uint32_t i = 0; i < k->groups.n; i++)
        if (k->groups.v[i].parent == parent)
            return true;
    return false;
}

/* OSCAL has either groups or controls in a group. */
static void put_wrapped(struct writing *x, uint32_t group) {
    const struct catalogue_group *g = &x->k->groups.v[group];
    jw_obj(x->w);
    jw_kstr(x->w, "id", unique_token(x, arena_cat(x->a, x->group_tokens[group], S("_own"))));
    jw_kstr(x->w, "title", line_of(x->a, g->title.en));
    jw_karr(x->w, "props");
    put_prop(x, "transparent", NULL, S("true"));
    jw_arr_end(x->w);
    put_controls(x, group);
    jw_obj_end(x->w);
}

static void put_groups(struct writing *x, int32_t parent, bool practices);

static void put_group(struct writing *x, uint32_t n) { // NOLINT(misc-no-recursion): groups are at most 32 deep
    static const char *const but[] = {"id", "parent", NULL};
    const struct catalogue_group *g = &x->k->groups.v[n];
    struct jv source = j_at(j_get(x->k->json, "groups"), n);
    bool practices = has_practices(x->k, n);
    jw_obj(x->w);
    jw_kstr(x->w, "id", x->group_tokens[n]);
    jw_kstr(x->w, "class", oscal_token(x->a, g->kind));
    jw_kstr(x->w, "title", line_of(x->a, g->title.en));
    jw_karr(x->w, "props");
    put_id(x, g->id);
    put_order(x, n);
    put_members(x, source, but);
    jw_arr_end(x->w);
    if (has_groups(x->k, (int32_t)n))
        put_groups(x, (int32_t)n, practices);
    else if (practices)
        put_controls(x, n);
    jw_obj_end(x->w);
}

/* NOLINTNEXTLINE(misc-no-recursion): see put_group() */
static void put_groups(struct writing *x, int32_t parent, bool practices) {
    jw_karr(x->w, "groups");
    for (uint32_t i = 0; i < x->k->groups.n; i++)
        if (x->k->groups.v[i].parent == parent)
            put_group(x, i);
    if (practices)
        put_wrapped(x, (uint32_t)parent);
    jw_arr_end(x->w);
}

static void give_tokens(struct writing *x) {
    map_init(&x->tokens, x->a);
    x->group_tokens = arena_array(x->a, str, x->k->groups.n + 1);
    x->practice_tokens = arena_array(x->a, str, x->k->practices.n + 1);
    for (uint32_t i = 0; i < x->k->practices.n; i++)
        x->practice_tokens[i] = unique_token(x, x->k->practices.v[i].id);
    for (uint32_t i = 0; i < x->k->groups.n; i++)
        x->group_tokens[i] = unique_token(x, x->k->groups.v[i].id);
}

static str finish(struct writing *x, struct buf *b) {
    str text = arena_str(x->a, buf_str(b));
    buf_free(b);
    return text;
}

bool oscal_catalogue(struct ctx *c, struct arena *a, const struct catalogue *k, str *out, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    struct writing x = {.c = c, .a = a, .k = k, .w = &w};
    (void)e;
    give_tokens(&x);
    jw_obj(&w);
    jw_kobj(&w, "catalog");
    jw_kstr(&w, "uuid", oscal_uuid(a, S("catalog"), k->digest));
    put_metadata(&x, k->title.en, true);
    put_groups(&x, -1, false);
    jw_obj_end(&w);
    jw_obj_end(&w);
    *out = finish(&x, &b);
    return true;
}

/* ── profiles ── */

static void put_targets(struct writing *x, int32_t package) {
    jw_kobj(x->w, "modify");
    jw_karr(x->w, "alters");
    for (uint32_t i = 0; i < x->k->practices.n; i++) {
        const struct practice *p = &x->k->practices.v[i];
        if (p->targets[package] < 0)
            continue;
        jw_obj(x->w);
        jw_kstr(x->w, "control-id", x->practice_tokens[i]);
        jw_karr(x->w, "adds");
        jw_obj(x->w);
        jw_karr(x->w, "props");
        put_prop(x, "target", NULL, arena_printf(x->a, "%d", p->targets[package]));
        jw_arr_end(x->w);
        jw_obj_end(x->w);
        jw_arr_end(x->w);
        jw_obj_end(x->w);
    }
    jw_arr_end(x->w);
    jw_obj_end(x->w);
}

static void put_import(struct writing *x, int32_t package, str href) {
    jw_karr(x->w, "imports");
    jw_obj(x->w);
    jw_kstr(x->w, "href", href);
    jw_karr(x->w, "include-controls");
    jw_obj(x->w);
    jw_karr(x->w, "with-ids");
    for (uint32_t i = 0; i < x->k->practices.n; i++)
        if (x->k->practices.v[i].targets[package] >= 0)
            jw_str(x->w, x->practice_tokens[i]);
    jw_arr_end(x->w);
    jw_obj_end(x->w);
    jw_arr_end(x->w);
    jw_obj_end(x->w);
    jw_arr_end(x->w);
}

bool oscal_profile(struct ctx *c, struct arena *a, const struct catalogue *k, str package, str href, str *out,
                   struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    struct writing x = {.c = c, .a = a, .k = k, .w = &w};
    int32_t n = package_number(k, package);
    bool any = false;
    for (uint32_t i = 0; n >= 0 && i < k->practices.n; i++)
        any = any || k->practices.v[i].targets[n] >= 0;
    if (!any)
        return err_set(e, ERR_USAGE, k->id,
                       n < 0 ? _("there is no package '%.*s'") : _("nothing is in the package '%.*s'"),
                       STR_ARG(package));
    give_tokens(&x);
    jw_obj(&w);
    jw_kobj(&w, "profile");
    jw_kstr(&w, "uuid", oscal_uuid(a, package, k->digest));
    put_metadata(&x, arena_printf(a, "%.*s: %.*s", STR_ARG(k->title.en), STR_ARG(k->packages.v[n].title.en)), false);
    put_import(&x, n, href);
    jw_kobj(&w, "merge");
    jw_kbool(&w, "as-is", true);
    jw_obj_end(&w);
    put_targets(&x, n);
    jw_obj_end(&w);
    jw_obj_end(&w);
    *out = finish(&x, &b);
    return true;
}
