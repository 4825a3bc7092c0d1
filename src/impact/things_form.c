/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/things_inner.h"

#include "base/digest.h"
#include "impact/duration.h"

/* ── parts of fields ── */

const char *const need_kinds[5] = {
    [NEED_SERVICE] = "service", [NEED_DEPLOYMENT] = "deployment", [NEED_PARTY] = "party",
    [NEED_ZONE] = "zone",       [NEED_PACKAGE] = "package",
};

bool need_cut(str text, enum need_kind *kind, str *value) {
    str word;
    if (!str_cut(str_trim(text), ':', &word, value))
        return false;
    *value = str_trim(*value);
    for (unsigned i = 0; i < 5; i++)
        if (str_ieq(str_trim(word), str_of(need_kinds[i]))) {
            *kind = (enum need_kind)i;
            return value->n > 0;
        }
    return false;
}

enum thing_kind need_thing(enum need_kind kind) {
    return kind == NEED_SERVICE ? THING_SERVICE : kind == NEED_DEPLOYMENT ? THING_DEPLOYMENT : THING_PARTY;
}

/* A mail address in <> behind a name, or an address alone. */
bool contact_cut(str text, struct contact *out) {
    str rest;
    *out = (struct contact){0};
    if (!str_cut(str_trim(text), ':', &out->kind, &rest))
        return false;
    out->kind = str_trim(out->kind);
    rest = str_trim(rest);
    size_t at = str_rchr(rest, '<');
    if (at != STR_NONE && str_ends(rest, S(">"))) {
        out->name = str_trim(str_upto(rest, at));
        out->address = str_trim(str_n(rest.p + at + 1, rest.n - at - 2));
    } else {
        out->address = rest;
    }
    if (!out->name.n)
        out->name = (str){NULL, 0};
    return out->kind.n && out->address.n;
}

enum { DAY = 86400 };

int64_t field_time(const struct field *f, str text) {
    int64_t t;
    if (!text.n || !time_parse(text, &t))
        return 0;
    return f->type == FIELD_UNTIL && text.n == 10 ? t + DAY - 1 : t;
}

str field_time_text(struct arena *a, const struct field *f, int64_t t) {
    bool day = f->type == FIELD_UNTIL ? t % DAY == DAY - 1 : t % DAY == 0;
    str text = time_rfc3339(a, t);
    return day ? str_upto(text, 10) : text;
}

bool thing_id_ok(str id) {
    if (!id.n || id.n > 200 || !str_utf8_ok(id))
        return false;
    for (size_t i = 0; i < id.n; i++)
        if ((unsigned char)id.p[i] <= ' ' || id.p[i] == 0x7F || strchr(",;|\"'<>\\", id.p[i]))
            return false;
    return true;
}

bool form_same(const struct form *x, const struct form *y) {
    bool same = x->kind == y->kind && str_eq(x->id, y->id);
    for (uint32_t i = 0; same && i < thing_shapes[x->kind].n; i++)
        same = str_eq(x->v[i], y->v[i]) && (x->v[i].p == NULL) == (y->v[i].p == NULL);
    return same;
}

/* ── to a statement ── */

static void write_list(struct jw *w, str text) {
    str one;
    jw_arr(w);
    while (str_next(&text, ';', &one))
        jw_str(w, one);
    jw_arr_end(w);
}

static void write_contacts(struct jw *w, str text) {
    str one;
    jw_arr(w);
    while (str_next(&text, ';', &one)) {
        struct contact c;
        if (!contact_cut(one, &c))
            continue;
        jw_obj(w);
        jw_kstr(w, "kind", c.kind);
        jw_kstr(w, "name", c.name);
        jw_kstr(w, "address", c.address);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void write_needs(struct jw *w, str text) {
    str group, one, value;
    enum need_kind kind;
    jw_arr(w);
    while (str_next(&text, ';', &group)) {
        jw_arr(w);
        while (str_next(&group, '|', &one)) {
            if (!need_cut(one, &kind, &value))
                continue;
            jw_obj(w);
            jw_kstr(w, need_kinds[kind], value);
            jw_obj_end(w);
        }
        jw_arr_end(w);
    }
    jw_arr_end(w);
}

static void write_value(struct jw *w, const struct field *f, str v) {
    int64_t n = 0;
    switch (f->type) {
    case FIELD_COUNT:
    case FIELD_PERCENT: jw_int(w, str_i64(v, &n) ? n : 0); break;
    case FIELD_FLAG: jw_bool(w, str_is(v, "true")); break;
    case FIELD_ROLES:
    case FIELD_PARTIES: write_list(w, v); break;
    case FIELD_CONTACTS: write_contacts(w, v); break;
    case FIELD_NEEDS: write_needs(w, v); break;
    case FIELD_TEXT:
    case FIELD_THING:
    case FIELD_FROM:
    case FIELD_UNTIL:
    case FIELD_DURATION:
    case FIELD_CHOICE: jw_str(w, v); break;
    }
}

/* Fields whose paths share a first step stand side by side in the tables. */
str form_predicate(struct arena *a, const struct form *f, int64_t revision) {
    const struct thing_shape *shape = &thing_shapes[f->kind];
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    str open = S("");
    jw_obj(&w);
    jw_kstr(&w, "id", f->id);
    for (uint32_t i = 0; i < shape->n; i++) {
        str step, last;
        if (!f->v[i].p)
            continue;
        bool nested = str_cut(str_of(shape->fields[i].path), '/', &step, &last);
        if (open.n && !(nested && str_eq(step, open))) {
            jw_obj_end(&w);
            open = S("");
        }
        if (nested && !open.n)
            jw_kobj(&w, arena_cstr(a, open = step));
        jw_key(&w, nested ? last : step);
        write_value(&w, &shape->fields[i], f->v[i]);
    }
    if (open.n)
        jw_obj_end(&w);
    if (revision > 1)
        jw_kint(&w, "revision", revision);
    jw_obj_end(&w);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

bool form_payload(struct ctx *c, struct arena *a, const struct form *f, int64_t revision, str *out, struct err *e) {
    const struct thing_shape *shape = &thing_shapes[f->kind];
    struct subject s = {.name = f->id};
    str named = arena_printf(a, "%s:%.*s", shape->kind, STR_ARG(f->id));
    *vec_push(a, &s.digests) = (struct subject_digest){S("sha256"), digest_hex(a, DIGEST_SHA256, named)};
    return statement_text(c, a, str_of(predicate_of_kind(str_of(shape->kind))->type), &s, 1,
                          form_predicate(a, f, revision), out, e);
}

/* ── from a statement ── */

static void add_part(struct buf *b, char separator, str part) {
    if (b->n)
        buf_addc(b, separator);
    buf_add(b, part);
}

static str read_need(struct arena *a, struct jv v) {
    for (unsigned i = 0; i < 5; i++) {
        str value = j_gets(v, need_kinds[i]);
        if (value.n && str_chr(value, ';') == STR_NONE && str_chr(value, '|') == STR_NONE)
            return arena_printf(a, "%s:%.*s", need_kinds[i], STR_ARG(value));
    }
    return (str){NULL, 0};
}

static str read_contact(struct arena *a, struct jv v) {
    str kind = j_gets(v, "kind"), name = j_gets(v, "name"), address = j_gets(v, "address");
    if (!kind.n || !address.n)
        return (str){NULL, 0};
    if (!name.n)
        return arena_printf(a, "%.*s:%.*s", STR_ARG(kind), STR_ARG(address));
    return arena_printf(a, "%.*s:%.*s <%.*s>", STR_ARG(kind), STR_ARG(name), STR_ARG(address));
}

/* ';' stands between entries: within one it becomes ','. */
static str without_semicolon(struct arena *a, str s) {
    str out = str_chr(s, ';') == STR_NONE ? s : arena_str(a, s);
    for (size_t i = 0; out.p != s.p && i < out.n; i++)
        if (out.p[i] == ';')
            ((char *)(uintptr_t)out.p)[i] = ',';
    return out;
}

static void read_group(struct arena *a, struct jv group, struct buf *b) {
    struct buf one = {0};
    for (struct jiter it = j_iter(group); j_next(&it);) {
        str part = read_need(a, it.val);
        if (part.p)
            add_part(&one, '|', part);
    }
    if (one.n)
        add_part(b, ';', buf_str(&one));
    buf_free(&one);
}

static str read_list(struct arena *a, const struct field *f, struct jv v) {
    struct buf b = {0};
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        if (f->type == FIELD_NEEDS) {
            read_group(a, it.val, &b);
            continue;
        }
        str part = f->type == FIELD_CONTACTS ? without_semicolon(a, read_contact(a, it.val)) : j_str(it.val);
        if (part.n && str_chr(part, ';') == STR_NONE)
            add_part(&b, ';', part);
    }
    str out = b.n ? arena_str(a, buf_str(&b)) : (str){NULL, 0};
    buf_free(&b);
    return out;
}

/* What a command would have made of the value: other ways to write it become the one. */
static str read_value(struct ctx *c, struct arena *a, const struct field *f, struct jv v) {
    struct err ignored = {0};
    str text = j_is_int(v)    ? arena_printf(a, "%lld", (long long)j_int(v, 0))
               : j_is_bool(v) ? (j_true(v) ? S("true") : S("false"))
               : j_is_arr(v)  ? read_list(a, f, v)
                              : arena_str(a, j_str(v));
    if (text.n && memchr(text.p, 0, text.n))
        return (str){NULL, 0}; /* PostgreSQL's text has no NUL */
    if (f->type == FIELD_TEXT || f->type == FIELD_CONTACTS || !text.p)
        return text;
    return field_take(c, a, f, text, &text, &ignored) ? text : (str){NULL, 0};
}

/* "Example Ltd" is known as "Example-Ltd". */
static str id_of_name(struct arena *a, str name) {
    struct buf b = {0};
    name = str_upto(name, 200);
    for (size_t i = 0; i < name.n; i++) {
        if ((unsigned char)name.p[i] > ' ' && !strchr(",;|\"'<>\\\x7F", name.p[i]))
            buf_addc(&b, name.p[i]);
        else if (b.n && b.p[b.n - 1] != '-')
            buf_addc(&b, '-');
    }
    while (b.n && !str_utf8_ok(buf_str(&b)))
        b.n--;
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* Before there were contacts, a party had one. */
static void old_contact(struct arena *a, struct jv predicate, struct form *out) {
    str contact = without_semicolon(a, j_gets(predicate, "contact"));
    for (uint32_t i = 0; contact.n && i < thing_shapes[THING_PARTY].n; i++)
        if (thing_shapes[THING_PARTY].fields[i].type == FIELD_CONTACTS && !out->v[i].p)
            out->v[i] = arena_printf(a, "security:%.*s", STR_ARG(contact));
}

void form_of_predicate(struct ctx *c, struct arena *a, enum thing_kind kind, struct jv predicate, struct form *out) {
    const struct thing_shape *shape = &thing_shapes[kind];
    *out = (struct form){.kind = kind, .id = j_gets(predicate, "id")};
    if (!out->id.n && kind == THING_PARTY)
        out->id = id_of_name(a, j_gets(predicate, "name"));
    for (uint32_t i = 0; i < shape->n; i++) {
        str step, last;
        struct jv v = predicate;
        if (str_cut(str_of(shape->fields[i].path), '/', &step, &last))
            v = j_getn(v, step);
        else
            last = step;
        out->v[i] = read_value(c, a, &shape->fields[i], j_getn(v, last));
    }
    if (kind == THING_PARTY)
        old_contact(a, predicate, out);
}
