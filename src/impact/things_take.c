/* SPDX-License-Identifier: Apache-2.0
 *
 * What people write in cells and behind options, made canonical; and what cannot be.
 */
#include "ident/purl.h"
#include "impact/cells.h"
#include "impact/duration.h"
#include "impact/things_inner.h"

enum { TEXT_MOST = 2000 };
static const int64_t POPULATION_MOST = 100000000000, DURATION_MOST = (int64_t)3660 * 86400;

bool thing_id_check(str id, struct err *e) {
    if (thing_id_ok(id) && str_find(id, S("\xE3\x80\x80")) == STR_NONE)
        return true;
    if (!id.n)
        return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("the id is missing"));
    err_set(e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' cannot be an id"), STR_ARG(id));
    return err_hint(e, "%s", _("at most 200 bytes, without blanks and without , ; | \" ' < > \\"));
}
static bool take_id(struct arena *a, str text, str *out, struct err *e) {
    *out = arena_str(a, text);
    return thing_id_check(text, e);
}

static bool take_time(struct arena *a, const struct field *f, str text, str *out, struct err *e) {
    int64_t t;
    text = cell_day(a, text);
    if (!time_parse(text, &t)) {
        err_set(e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' is no day"), STR_ARG(text));
        return err_hint(e, "%s", _("write it like 2026-04-01 (2026/4/1 will do too)"));
    }
    *out = field_time_text(a, f, field_time(f, text));
    return true;
}

static bool take_duration(struct arena *a, str text, str *out, struct err *e) {
    int64_t seconds;
    text = cell_duration(a, text);
    if (str_starts(text, S("-")))
        return err_set(e, ERR_INPUT, (str){NULL, 0}, _("a duration cannot be negative: %.*s"), STR_ARG(text));
    if (!duration_parse(text, &seconds)) {
        err_set(e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' is no duration"), STR_ARG(text));
        return err_hint(e, "%s", _("write it like PT4H, P1DT12H, 4h, 30m or 2d"));
    }
    if (seconds > DURATION_MOST) {
        err_set(e, ERR_INPUT, (str){NULL, 0}, _("%.*s is more than ten years"), STR_ARG(text));
        return err_hint(e, "%s", _("leave it out when there is no limit"));
    }
    *out = duration_text(a, seconds);
    return true;
}

static bool take_number(struct arena *a, const struct field *f, str text, str *out, struct err *e) {
    struct buf digits = {0};
    int64_t n = -1, most = f->type == FIELD_PERCENT ? 100 : POPULATION_MOST;
    if (f->type == FIELD_PERCENT && str_ends(text, S("%")))
        text = str_trim(str_upto(text, text.n - 1));
    if (f->type == FIELD_COUNT && str_ends(text, S("人")))
        text = str_trim(str_upto(text, text.n - 3));
    for (size_t i = 0; i < text.n; i++) /* 1,200,000 */
        if (text.p[i] != ',' || i == 0)
            buf_addc(&digits, text.p[i]);
    bool ok = str_i64(buf_str(&digits), &n) && n >= 0 && n <= most;
    buf_free(&digits);
    if (!ok)
        return err_set(e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' is no number from 0 to %lld"), STR_ARG(text),
                       (long long)most);
    *out = arena_printf(a, "%lld", (long long)n);
    return true;
}

/* What a sheet in Japanese says for the words that statements use. */
static const struct word_pair {
    const char *japanese, *word;
} word_pairs[] = {
    {"開発者", "developer"}, {"供給者", "supplier"}, {"運用者", "operator"},   {"顧客", "customer"},
    {"その他", "other"},     {"小", "small"},        {"限定", "controlled"},   {"公開", "open"},
    {"なし", "none"},        {"社内", "internal"},   {"個人情報", "personal"}, {"機微", "sensitive"},
    {"日本語", "ja"},        {"英語", "en"},
};
static str word_of(str text) {
    for (size_t i = 0; i < sizeof word_pairs / sizeof *word_pairs; i++)
        if (str_is(text, word_pairs[i].japanese))
            return str_of(word_pairs[i].word);
    return text;
}

static bool take_choice(const struct field *f, str text, str *out, struct err *e) {
    str choices = str_of(f->choices), one;
    text = word_of(text);
    while (str_next(&choices, '|', &one))
        if (str_ieq(one, text)) {
            *out = one;
            return true;
        }
    err_set(e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' is none of its values"), STR_ARG(text));
    return err_hint(e, _("one of: %s"), f->choices);
}

static bool take_flag(str text, str *out, struct err *e) {
    static const char *const yes[] = {"true", "yes", "1", "はい", "○", "する"};
    static const char *const no[] = {"false", "no", "0", "いいえ", "×", "しない"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (str_ieq(text, str_of(yes[i])) || str_ieq(text, str_of(no[i]))) {
            *out = str_ieq(text, str_of(yes[i])) ? S("true") : S("false");
            return true;
        }
    }
    err_set(e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' is neither yes nor no"), STR_ARG(text));
    return err_hint(e, "%s", _("write true or false"));
}

/* ── lists ── */

/* Entries stand between ; — or , where no entry can hold one. */
static bool next_entry(str *rest, bool commas, str *entry) {
    size_t at = 0;
    if (!rest->p)
        return false;
    while (at < rest->n && rest->p[at] != ';' && !(commas && rest->p[at] == ','))
        at++;
    *entry = str_trim(str_upto(*rest, at));
    *rest = at < rest->n ? str_from(*rest, at + 1) : (str){NULL, 0};
    return true;
}

static bool take_roles(struct arena *a, str text, str *out, struct err *e) {
    struct buf b = {0};
    str one;
    unsigned roles = 0;
    while (next_entry(&text, true, &one))
        if (one.n) {
            if (b.n)
                buf_addc(&b, ',');
            buf_add(&b, word_of(one));
        }
    bool ok = roles_parse(buf_str(&b), &roles);
    buf_free(&b);
    if (!ok) {
        err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("this is no list of roles"));
        return err_hint(e, _("one of: %s"), "developer|supplier|operator|customer|other");
    }
    *out = roles_text(a, roles);
    for (size_t i = 0; i < out->n; i++)
        if (out->p[i] == ',')
            ((char *)(uintptr_t)out->p)[i] = ';';
    return true;
}

static bool add_entry(struct arena *a, str *list, char separator, str entry) {
    *list = list->n ? arena_printf(a, "%.*s%c%.*s", STR_ARG(*list), separator, STR_ARG(entry)) : arena_str(a, entry);
    return true;
}
static bool has_entry(str list, str entry) {
    str one;
    while (str_next(&list, ';', &one))
        if (str_eq(one, entry))
            return true;
    return false;
}

static bool take_parties(struct arena *a, str text, str *out, struct err *e) {
    str one, id;
    *out = (str){NULL, 0};
    while (next_entry(&text, true, &one))
        if (one.n && !has_entry(*out, one) && !(take_id(a, one, &id, e) && add_entry(a, out, ';', id)))
            return false;
    return true;
}

static bool take_contacts(struct arena *a, str text, str *out, struct err *e) {
    str one;
    *out = (str){NULL, 0};
    while (next_entry(&text, false, &one)) {
        struct contact c;
        if (!one.n)
            continue;
        if (str_chr(one, ':') == STR_NONE) /* an address alone */
            one = arena_printf(a, "security:%.*s", STR_ARG(one));
        bool ok = contact_cut(one, &c) && c.kind.n <= 40;
        for (size_t i = 0; ok && i < c.kind.n; i++)
            ok = ch_alnum(c.kind.p[i]) || c.kind.p[i] == '-';
        if (!ok) {
            err_set(e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' is no contact"), STR_ARG(one));
            return err_hint(e, "%s", _("write it like psirt:Name <psirt@example.jp>;sales:+81-3-0000-0000"));
        }
        c.kind = arena_lower(a, c.kind);
        one = c.name.n ? arena_printf(a, "%.*s:%.*s <%.*s>", STR_ARG(c.kind), STR_ARG(c.name), STR_ARG(c.address))
                       : arena_printf(a, "%.*s:%.*s", STR_ARG(c.kind), STR_ARG(c.address));
        add_entry(a, out, ';', one);
    }
    return true;
}

static bool take_need(struct arena *a, str text, str *out, struct err *e) {
    enum need_kind kind;
    str value;
    if (!need_cut(text, &kind, &value)) {
        err_set(e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' is nothing that can be needed"), STR_ARG(text));
        return err_hint(e, "%s",
                        _("write it like deployment:A|deployment:B;zone:C; a need is a service, deployment, party, "
                          "zone or package"));
    }
    if (kind == NEED_PACKAGE) {
        struct purl purl;
        if (!purl_parse(a, value, &purl, e))
            return false;
        value = purl_text(a, &purl);
    } else if (kind != NEED_ZONE && !take_id(a, value, &value, e)) {
        return false;
    }
    *out = arena_printf(a, "%s:%.*s", need_kinds[kind], STR_ARG(value));
    return true;
}

static bool take_needs(struct arena *a, str text, str *out, struct err *e) {
    str group, one, need;
    *out = (str){NULL, 0};
    while (next_entry(&text, false, &group)) {
        str made = {NULL, 0};
        while (str_next(&group, '|', &one))
            if (str_trim(one).n && !(take_need(a, one, &need, e) && add_entry(a, &made, '|', need)))
                return false;
        if (made.n)
            add_entry(a, out, ';', made);
    }
    return true;
}

/* ── one field ── */

static bool take_text(struct arena *a, str text, str *out, struct err *e) {
    if (text.n > TEXT_MOST)
        return err_set(e, ERR_INPUT, (str){NULL, 0}, _("this text is longer than %d bytes"), TEXT_MOST);
    *out = arena_str(a, text);
    return true;
}

static bool take_purl(struct arena *a, str text, str *out, struct err *e) {
    struct purl purl;
    if (!purl_parse(a, text, &purl, e))
        return false;
    *out = purl_text(a, &purl);
    return true;
}

/* Line ends and tabs aside: no reader, and no database, needs the others. */
static bool has_control(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && !ch_space(s.p[i])) || s.p[i] == 0x7F)
            return true;
    return false;
}

/* Where a full-width letter is never meant as such: neither names nor ids. */
static bool is_closed(enum field_type type) {
    return type == FIELD_FROM || type == FIELD_UNTIL || type == FIELD_DURATION || type == FIELD_COUNT ||
           type == FIELD_PERCENT || type == FIELD_CHOICE || type == FIELD_FLAG || type == FIELD_ROLES;
}

bool field_take(struct ctx *c, struct arena *a, const struct field *f, str text, str *out, struct err *e) {
    (void)c;
    *out = (str){NULL, 0};
    text = cell_trim(text);
    if (!text.n)
        return true;
    if (!str_utf8_ok(text))
        return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("this is no text in UTF-8"));
    if (is_closed(f->type))
        text = cell_narrow(a, text);
    if (has_control(text))
        return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("there is a control character in this text"));
    switch (f->type) {
    case FIELD_TEXT: return strcmp(f->name, "purl") == 0 ? take_purl(a, text, out, e) : take_text(a, text, out, e);
    case FIELD_THING: return take_id(a, text, out, e);
    case FIELD_FROM:
    case FIELD_UNTIL: return take_time(a, f, text, out, e);
    case FIELD_DURATION: return take_duration(a, text, out, e);
    case FIELD_COUNT:
    case FIELD_PERCENT: return take_number(a, f, text, out, e);
    case FIELD_CHOICE: return take_choice(f, text, out, e);
    case FIELD_FLAG: return take_flag(text, out, e);
    case FIELD_ROLES: return take_roles(a, text, out, e);
    case FIELD_PARTIES: return take_parties(a, text, out, e);
    case FIELD_CONTACTS: return take_contacts(a, text, out, e);
    case FIELD_NEEDS: return take_needs(a, text, out, e);
    }
    return true;
}

/* ── the whole ── */

static const struct pair { /* both are times; the second must not be before the first */
    enum thing_kind kind;
    const char *first, *second;
} pairs[] = {
    {THING_PRODUCT, "support-from", "support-until"},
    {THING_PRODUCT, "support-from", "end-of-life"},
    {THING_PRODUCT, "support-until", "end-of-life"},
    {THING_DEPLOYMENT, "since", "until"},
};

static uint32_t field_at(const struct thing_shape *s, const char *name) {
    uint32_t i = 0;
    while (i < s->n && strcmp(s->fields[i].name, name) != 0)
        i++;
    return i;
}

static bool check_order(const struct form *f, const struct field **field, struct err *e) {
    const struct thing_shape *s = &thing_shapes[f->kind];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i].kind != f->kind)
            continue;
        uint32_t one = field_at(s, pairs[i].first), two = field_at(s, pairs[i].second);
        if (!f->v[one].n || !f->v[two].n ||
            field_time(&s->fields[one], f->v[one]) <= field_time(&s->fields[two], f->v[two]))
            continue;
        *field = &s->fields[two];
        return err_set(e, ERR_INPUT, (str){NULL, 0}, _("%.*s is before %s, %.*s"), STR_ARG(f->v[two]), pairs[i].first,
                       STR_ARG(f->v[one]));
    }
    return true;
}

static bool check_mtpd(const struct form *f, const struct field **field, struct err *e) {
    const struct thing_shape *s = &thing_shapes[f->kind];
    uint32_t at = f->kind == THING_SERVICE ? field_at(s, "mtpd") : s->n;
    if (at == s->n || !str_is(f->v[at], "PT0S"))
        return true;
    *field = &s->fields[at];
    err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("a service that may not be out for a moment cannot be kept up"));
    return err_hint(e, "%s", _("say how long an outage can be borne, be it PT1S"));
}

bool form_check(const struct form *f, const struct field **field, struct err *e) {
    const struct thing_shape *s = &thing_shapes[f->kind];
    *field = NULL;
    bool ok = thing_id_check(f->id, e);
    for (uint32_t i = 0; ok && i < s->n; i++)
        if (s->fields[i].required && !f->v[i].n) {
            *field = &s->fields[i];
            ok = err_set(e, ERR_INPUT, (str){NULL, 0}, _("%s is missing"), s->fields[i].name);
        }
    return ok && check_order(f, field, e) && check_mtpd(f, field, e);
}
