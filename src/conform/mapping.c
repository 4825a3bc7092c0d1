/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/mapping.h"

#include "base/charset.h"
#include "base/csv.h"
#include "base/digest.h"
#include "base/embedded.h"
#include "base/file.h"
#include "conform/canonical.h"
#include "conform/own.h"
#include "conform/shape.h"

static const char *const names[] = {"", "overlaps", "subset", "superset", "equal"}; /* of enum map_strength */

const char *strength_name(enum map_strength s) { return names[s]; }

static enum map_strength strength_of(str word) {
    static const struct {
        const char *word;
        enum map_strength strength;
    } japanese[] = {{"同等", MAP_EQUAL}, {"含む", MAP_SUPERSET}, {"一部", MAP_SUBSET}, {"重なる", MAP_OVERLAPS}};
    for (int i = MAP_OVERLAPS; i <= MAP_EQUAL; i++)
        if (str_ieq(word, str_of(names[i])))
            return (enum map_strength)i;
    for (size_t i = 0; i < sizeof japanese / sizeof *japanese; i++)
        if (str_is(word, japanese[i].word))
            return japanese[i].strength;
    return MAP_NONE;
}

bool strength_parse(str word, enum map_strength *out) {
    *out = strength_of(word);
    return *out != MAP_NONE;
}

/* ── reading ── */

static str row_place(struct arena *a, const struct mapping *m, uint32_t n, const char *member) {
    if (m->rows.v[n].line)
        return arena_printf(a, "%.*s:%u", STR_ARG(m->where), m->rows.v[n].line);
    return arena_printf(a, "%.*s#/pairs/%u/%s", STR_ARG(m->where), n, member);
}

static bool once_each(struct arena *a, const struct mapping *m, struct err *e) {
    struct map seen;
    bool fresh;
    map_init(&seen, a);
    for (uint32_t i = 0; i < m->rows.n; i++) {
        const struct map_row *r = &m->rows.v[i];
        map_put(&seen, arena_printf(a, "%zu %.*s %.*s", r->from.n, STR_ARG(r->from), STR_ARG(r->to)), &fresh);
        if (!fresh)
            return err_set(e, ERR_INPUT, row_place(a, m, i, "to"), _("this pair stands twice: %.*s, %.*s"),
                           STR_ARG(r->from), STR_ARG(r->to));
    }
    return true;
}

static bool read_json(struct ctx *c, struct arena *a, str text, struct mapping *m, struct err *e) {
    struct json doc;
    if (!json_parse(c, a, text, JSON_STRICT, m->where, &doc, e) || !conform_shape(c, a, "map", &doc, e))
        return false;
    m->from = j_gets(doc.root, "from");
    m->to = j_gets(doc.root, "to");
    m->version = j_gets(doc.root, "version");
    m->note = label_of(j_get(doc.root, "note"));
    for (struct jiter it = j_iter(j_get(doc.root, "pairs")); j_next(&it);)
        *vec_push(a, &m->rows) = (struct map_row){j_gets(it.val, "from"), j_gets(it.val, "to"),
                                                  strength_of(j_gets(it.val, "strength")),
                                                  label_of(j_get(it.val, "why")), 0};
    m->text = canonical_text(a, doc.root);
    return true;
}

enum column { C_FROM, C_TO, C_STRENGTH, C_WHY, COLUMNS };

static bool read_heads(struct arena *a, const struct mapping *m, const struct csv_row *head, uint32_t *at,
                       struct err *e) {
    static const char *const heads[COLUMNS][2] = {{"from", "元"}, {"to", "先"}, {"strength", "関係"}, {"why", "理由"}};
    for (int i = 0; i < COLUMNS; i++) {
        at[i] = csv_column(head, heads[i][0]);
        if (at[i] == CSV_FIELDS)
            at[i] = csv_column(head, heads[i][1]);
        if (at[i] == CSV_FIELDS && i != C_WHY) {
            err_set(e, ERR_INPUT, arena_printf(a, "%.*s:1", STR_ARG(m->where)), _("there is no column '%s'"),
                    heads[i][0]);
            return err_hint(e, "%s",
                            _("the heads of columns are: from, to, strength, why; in Japanese 元, 先, 関係, 理由"));
        }
    }
    return true;
}

static bool read_rows(struct arena *a, str text, struct mapping *m, struct err *e) {
    uint32_t at[COLUMNS], line = 1;
    struct csv_row row;
    if (!csv_next(a, &text, &row))
        row = (struct csv_row){.n = 0, .lines = 1};
    if (!read_heads(a, m, &row, at, e))
        return false;
    for (line += row.lines; csv_next(a, &text, &row); line += row.lines) {
        str from = str_trim(csv_plain(csv_at(&row, at[C_FROM]))), to = str_trim(csv_plain(csv_at(&row, at[C_TO])));
        struct map_row r = {from,
                            to,
                            strength_of(str_trim(csv_at(&row, at[C_STRENGTH]))),
                            {csv_plain(csv_at(&row, at[C_WHY])), csv_plain(csv_at(&row, at[C_WHY]))},
                            line};
        str place = arena_printf(a, "%.*s:%u", STR_ARG(m->where), line);
        if (!from.n && !to.n)
            continue;
        if (!from.n || !to.n)
            return err_set(e, ERR_INPUT, place, "%s", _("one side of this pair is missing"));
        if (!r.strength) {
            err_set(e, ERR_INPUT, place, _("this is no strength: %.*s"), STR_ARG(csv_at(&row, at[C_STRENGTH])));
            return err_hint(e, "%s", _("one of: equal, superset, subset, overlaps (同等, 含む, 一部, 重なる)"));
        }
        *vec_push(a, &m->rows) = r;
    }
    return m->rows.n || err_set(e, ERR_INPUT, m->where, "%s", _("there are headings, and no pair below them"));
}

static str text_of(struct ctx *c, struct arena *a, const struct mapping *m) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct json doc;
    jw_obj(&w);
    jw_kint(&w, "map", 1);
    jw_kstr(&w, "from", m->from);
    jw_kstr(&w, "to", m->to);
    jw_karr(&w, "pairs");
    for (uint32_t i = 0; i < m->rows.n; i++) {
        const struct map_row *r = &m->rows.v[i];
        jw_obj(&w);
        jw_kstr(&w, "from", r->from);
        jw_kstr(&w, "to", r->to);
        jw_kstr(&w, "strength", str_of(names[r->strength]));
        if (r->why.en.n)
            jw_kstr(&w, "why", r->why.en);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    str text = buf_str(&b);
    text = json_parse(c, a, text, JSON_STRICT, m->where, &doc, NULL) ? canonical_text(a, doc.root) : S("");
    buf_free(&b);
    return text;
}

static bool read_csv(struct ctx *c, struct arena *a, str text, str from, str to, struct mapping *m, struct err *e) {
    str stem = path_base(m->where);
    size_t cut = str_find(stem, S("--"));
    stem = str_iends(stem, S(".csv")) ? str_upto(stem, stem.n - 4) : stem;
    m->from = from.n ? from : cut == STR_NONE ? from : str_upto(stem, cut);
    m->to = to.n ? to : cut == STR_NONE ? to : str_from(stem, cut + 2);
    if (!m->from.n || !m->to.n) {
        err_set(e, ERR_USAGE, m->where, "%s", _("it does not say between which catalogues this map is"));
        return err_hint(e, "%s", _("--from ID and --to ID, or the file's name FROM--TO.csv"));
    }
    if (!read_rows(a, text, m, e))
        return false;
    m->text = text_of(c, a, m);
    return true;
}

bool mapping_read(struct ctx *c, struct arena *a, str text, str where, str from, str to, struct mapping *out,
                  struct err *e) {
    const char *charset;
    str rest;
    *out = (struct mapping){.where = where};
    if (!text_decode(a, text, where, &text, &charset, e))
        return false;
    for (rest = text; rest.n && ch_space(*rest.p);)
        rest = str_from(rest, 1);
    bool json = rest.n && (*rest.p == '{' || *rest.p == '[');
    if (json ? !read_json(c, a, text, out, e) : !read_csv(c, a, text, from, to, out, e))
        return false;
    if (str_eq(out->from, out->to)) {
        err_set(e, ERR_INPUT, where, _("this map leads from %.*s back to itself"), STR_ARG(out->from));
        return err_hint(e, "%s", _("a map relates one catalogue to another"));
    }
    out->digest = digest_hex(a, DIGEST_SHA256, out->text);
    return once_each(a, out, e);
}

bool mapping_check(struct arena *a, const struct mapping *m, const struct catalogue *from, const struct catalogue *to,
                   struct err *e) {
    for (uint32_t i = 0; i < m->rows.n; i++) {
        const struct map_row *r = &m->rows.v[i];
        bool known = practice_of(from, r->from) != NULL;
        if (known && practice_of(to, r->to))
            continue;
        return err_set(e, ERR_INPUT, row_place(a, m, i, known ? "to" : "from"), _("%.*s has no practice '%.*s'"),
                       STR_ARG(known ? to->id : from->id), STR_ARG(known ? r->to : r->from));
    }
    return true;
}

/* ── all there are ── */

bool mappings_all(struct ctx *c, struct portfolio *p, struct arena *a, struct mappings *out, struct err *e) {
    struct owns imported;
    struct map seen;
    str none = {NULL, 0};
    *out = (struct mappings){0};
    map_init(&seen, a);
    if (!own_newest(p, a, "mapping", none, NULL, &imported, e))
        return false;
    for (uint32_t i = 0; i < imported.n; i++) {
        struct mapping *m = arena_new_of(a, struct mapping);
        str where = arena_printf(a, "log/%llu", (unsigned long long)imported.v[i].index);
        if (!mapping_read(c, a, json_text(imported.v[i].statement.predicate, a), where, none, none, m, e))
            return false;
        map_put(&seen, imported.v[i].name, NULL);
        *vec_push(a, out) = m;
    }
    for (const struct embedded_file *f = embedded_maps; f->name; f++) {
        struct mapping *m = arena_new_of(a, struct mapping);
        if (map_find(&seen, str_of(f->name)))
            continue;
        if (!mapping_read(c, a, str_n(f->bytes, f->size), arena_printf(a, "%s.json", f->name), none, none, m, e))
            return false;
        *vec_push(a, out) = m;
    }
    return true;
}
