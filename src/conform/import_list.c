/* SPDX-License-Identifier: Apache-2.0
 *
 * Flat lists: a row for each requirement, in CSV or as objects in JSON. What belongs together is told by a parent, or
 * by columns for group (section) and chapter. Heads in Japanese or English.
 */
#include "base/csv.h"
#include "base/file.h"
#include "conform/import.h"

enum field {
    F_ID,
    F_TITLE,
    F_TITLE_JA,
    F_TITLE_EN,
    F_TEXT,
    F_TEXT_JA,
    F_TEXT_EN,
    F_EXAMPLES,
    F_PARENT,
    F_GROUP,
    F_GROUP_TITLE,
    F_CHAPTER,
    F_CHAPTER_TITLE,
    F_LEVEL,
    FIELDS
};
static const struct head {
    const char *name;
    enum field field;
} heads[] = {
    {"id", F_ID},
    {"req-id", F_ID},
    {"requirement-id", F_ID},
    {"control-id", F_ID},
    {"practice-id", F_ID},
    {"identifier", F_ID},
    {"number", F_ID},
    {"no", F_ID},
    {"no.", F_ID},
    {"識別子", F_ID},
    {"番号", F_ID},
    {"項番", F_ID},
    {"管理策番号", F_ID},
    {"title", F_TITLE},
    {"name", F_TITLE},
    {"題名", F_TITLE},
    {"名称", F_TITLE},
    {"項目", F_TITLE},
    {"項目名", F_TITLE},
    {"表題", F_TITLE},
    {"タイトル", F_TITLE},
    {"title-ja", F_TITLE_JA},
    {"title-en", F_TITLE_EN},
    {"text", F_TEXT},
    {"description", F_TEXT},
    {"req-description", F_TEXT},
    {"requirement", F_TEXT},
    {"本文", F_TEXT},
    {"内容", F_TEXT},
    {"説明", F_TEXT},
    {"要求事項", F_TEXT},
    {"要求内容", F_TEXT},
    {"text-ja", F_TEXT_JA},
    {"text-en", F_TEXT_EN},
    {"examples", F_EXAMPLES},
    {"例", F_EXAMPLES},
    {"parent", F_PARENT},
    {"親", F_PARENT},
    {"group", F_GROUP},
    {"group-id", F_GROUP},
    {"section", F_GROUP},
    {"section-id", F_GROUP},
    {"category", F_GROUP},
    {"グループ", F_GROUP},
    {"分類", F_GROUP},
    {"区分", F_GROUP},
    {"節", F_GROUP},
    {"group-title", F_GROUP_TITLE},
    {"group-name", F_GROUP_TITLE},
    {"section-name", F_GROUP_TITLE},
    {"section-title", F_GROUP_TITLE},
    {"分類名", F_GROUP_TITLE},
    {"節名", F_GROUP_TITLE},
    {"chapter", F_CHAPTER},
    {"chapter-id", F_CHAPTER},
    {"章", F_CHAPTER},
    {"大分類", F_CHAPTER},
    {"chapter-name", F_CHAPTER_TITLE},
    {"chapter-title", F_CHAPTER_TITLE},
    {"章名", F_CHAPTER_TITLE},
    {"level", F_LEVEL},
    {"l", F_LEVEL},
    {"レベル", F_LEVEL},
    {NULL, FIELDS},
};

struct row {
    str v[FIELDS];
    str place;
    bool is_parent;
};
VEC_NAMED(rows, struct row);

/* "Section_Name", "section name" and "section-name" are one. */
static enum field field_of(struct arena *a, str head) {
    char *name = arena_cstr(a, str_trim(head));
    const struct head *h = heads;
    for (char *p = name; *p; p++)
        *p = *p == '_' || *p == ' ' ? '-' : ch_tolower(*p);
    while (h->name && strcmp(h->name, name) != 0)
        h++;
    return h->field;
}

/* ── rows into a draft ── */

static struct label label_by(str both, str ja, str en) {
    return (struct label){en.n ? en : both.n ? both : ja, ja.n ? ja : both.n ? both : en};
}

static void put_group(struct importing *i, struct map *known, str id, str parent, str title, const char *kind) {
    bool fresh;
    map_put(known, id, &fresh);
    if (fresh)
        *vec_push(i->a, &i->draft->groups) = (struct draft_group){
            .id = id, .parent = parent, .kind = str_of(kind), .title = label_both(title.n ? title : id)};
}

static struct label text_of(struct importing *i, const struct row *r) {
    struct label l = label_by(r->v[F_TEXT], r->v[F_TEXT_JA], r->v[F_TEXT_EN]);
    if (!r->v[F_EXAMPLES].n)
        return l;
    const str parts[] = {l.en, l.ja};
    struct label out = {S(""), S("")};
    out.en = arena_printf(i->a, "%.*s\n\n%.*s", STR_ARG(parts[0]), STR_ARG(r->v[F_EXAMPLES]));
    out.ja = str_eq(l.en, l.ja) ? out.en
                                : arena_printf(i->a, "%.*s\n\n%.*s", STR_ARG(parts[1]), STR_ARG(r->v[F_EXAMPLES]));
    return out;
}

static void put_level(struct importing *i, const struct row *r, struct draft_practice *p) {
    uint64_t level;
    if (!str_u64(r->v[F_LEVEL], &level) || level < 1 || level > 4)
        return;
    for (uint64_t n = level; n <= 4; n++) /* what a level asks for, the ones above it ask for too */
        if (n < i->draft->packages.n + 1)
            p->targets[n - 1] = 1;
}

static void give_packages(struct importing *i, const struct rows *rows) {
    uint64_t most = 0, level;
    for (uint32_t n = 0; n < rows->n; n++)
        if (str_u64(rows->v[n].v[F_LEVEL], &level) && level <= 4 && level > most)
            most = level;
    for (uint64_t n = 1; n <= most; n++)
        draft_package(
            i->draft, arena_printf(i->a, "level-%u", (unsigned)n),
            (struct label){arena_printf(i->a, "Level %u", (unsigned)n), arena_printf(i->a, "レベル%u", (unsigned)n)});
}

static str group_of(struct importing *i, struct map *groups, const struct row *r) {
    str chapter = r->v[F_CHAPTER].n ? r->v[F_CHAPTER] : r->v[F_CHAPTER_TITLE];
    str group = r->v[F_GROUP].n ? r->v[F_GROUP] : r->v[F_GROUP_TITLE];
    str none = {NULL, 0};
    if (r->v[F_PARENT].n)
        return r->v[F_PARENT];
    if (chapter.n)
        put_group(i, groups, chapter, none, r->v[F_CHAPTER_TITLE], "chapter");
    if (group.n)
        put_group(i, groups, group, chapter.n && !str_eq(chapter, group) ? chapter : none, r->v[F_GROUP_TITLE],
                  "section");
    return group.n ? group : chapter.n ? chapter : none;
}

static bool mark_parents(struct importing *i, struct rows *rows, struct err *e) {
    struct map by_id;
    bool fresh;
    map_init(&by_id, i->a);
    for (uint32_t n = 0; n < rows->n; n++) {
        struct row *r = &rows->v[n];
        if (!r->v[F_ID].n)
            return err_set(e, ERR_INPUT, r->place, "%s", _("this requirement has no id"));
        map_put(&by_id, r->v[F_ID], &fresh)->value = r;
        if (!fresh)
            return err_set(e, ERR_INPUT, r->place, _("two requirements have this id: %.*s"), STR_ARG(r->v[F_ID]));
    }
    for (uint32_t n = 0; n < rows->n; n++) {
        struct row *r = &rows->v[n], *parent = map_get(&by_id, r->v[F_PARENT]);
        if (r->v[F_PARENT].n && !parent)
            return err_set(e, ERR_INPUT, r->place, _("there is no parent of this id: %.*s"), STR_ARG(r->v[F_PARENT]));
        if (parent)
            parent->is_parent = true;
    }
    return true;
}

static bool take_rows(struct importing *i, struct rows *rows, const char *origin, struct err *e) {
    struct map groups;
    map_init(&groups, i->a);
    if (!mark_parents(i, rows, e))
        return false;
    give_packages(i, rows);
    for (uint32_t n = 0; n < rows->n; n++) {
        const struct row *r = &rows->v[n];
        struct label title = label_by(r->v[F_TITLE], r->v[F_TITLE_JA], r->v[F_TITLE_EN]), text = text_of(i, r);
        if (r->is_parent) {
            *vec_push(i->a, &i->draft->groups) = (struct draft_group){
                r->v[F_ID], r->v[F_PARENT].n ? S("section") : S("chapter"),
                r->v[F_PARENT].n ? r->v[F_PARENT] : (str){NULL, 0}, title, text};
            continue;
        }
        struct draft_practice *p = draft_practice(i->draft, r->v[F_ID], group_of(i, &groups, r));
        p->origin = str_of(origin);
        p->title = title.en.n ? title : text.en.n ? text : label_both(r->v[F_ID]);
        if (title.en.n)
            p->text = text;
        put_level(i, r, p);
    }
    if (!rows->n)
        return err_set(e, ERR_INPUT, i->ask->where, "%s", _("there is no requirement in it"));
    return true;
}

/* ── JSON ── */

static struct jv list_of(struct jv root) {
    static const char *const names[] = {"items", "requirements", "controls", "practices", NULL};
    if (j_is_arr(root))
        return root;
    for (int i = 0; names[i]; i++)
        if (j_is_arr(j_get(root, names[i])))
            return j_get(root, names[i]);
    return (struct jv){NULL};
}

static bool is_list(struct jv root) {
    struct arena *a = arena_new();
    bool id = false;
    for (struct jiter it = j_iter(j_at(list_of(root), 0)); j_next(&it);)
        id = id || field_of(a, it.key) == F_ID;
    arena_free(a);
    return id;
}

/* What stands behind "Version" or "v" at the end of a title. */
static str version_in(str title) {
    size_t at = str_rchr(title, ' ');
    str last = str_from(title, at == STR_NONE ? 0 : at + 1);
    if (last.n && (*last.p == 'v' || *last.p == 'V'))
        last = str_from(last, 1);
    return last.n && ch_digit(*last.p) && last.n <= 64 ? last : (str){NULL, 0};
}

static str scalar_text(struct arena *a, struct jv v) {
    return j_is_str(v) ? str_trim(j_str(v)) : j_is_num(v) ? json_text(v, a) : S("");
}

static bool read_list(struct importing *i, struct err *e) {
    struct jv root = i->doc->root;
    struct rows rows = {0};
    struct draft *d = i->draft;
    for (struct jiter it = j_iter(list_of(root)); j_next(&it);) {
        struct row *r = vec_push(i->a, &rows);
        *r = (struct row){.place = json_place(i->doc, it.val, i->a)};
        for (struct jiter m = j_iter(it.val); j_next(&m);) {
            enum field f = field_of(i->a, m.key);
            if (f < FIELDS && !r->v[f].n)
                r->v[f] = scalar_text(i->a, m.val);
            else if (it.index == 0 && f == FIELDS)
                ctx_warn(i->c, json_place(i->doc, m.val, i->a), _("'%.*s' is not understood and left out"),
                         STR_ARG(m.key));
        }
    }
    d->title = label_both(j_gets(root, "title"));
    d->publisher = label_both(j_gets(root, "publisher"));
    d->version = j_gets(root, "version").n ? j_gets(root, "version") : version_in(d->title.en);
    d->licence = j_gets(root, "licence");
    d->id = import_id(i, (str){NULL, 0}, d->title.en);
    return take_rows(i, &rows, "guideline", e);
}
const struct import_format import_list = {"list", is_list, read_list};

/* ── CSV ── */

static bool read_heads(struct importing *i, const struct csv_row *head, enum field *fields, struct err *e) {
    bool id = false;
    str place = arena_printf(i->a, "%.*s:1", STR_ARG(i->ask->where));
    for (uint32_t n = 0; n < head->n; n++) {
        fields[n] = field_of(i->a, head->v[n]);
        id = id || fields[n] == F_ID;
        if (fields[n] == FIELDS && str_trim(head->v[n]).n)
            ctx_warn(i->c, place, _("'%.*s' is not understood and left out"), STR_ARG(str_trim(head->v[n])));
    }
    if (id)
        return true;
    err_set(e, ERR_INPUT, place, "%s", _("there is no column 'id'"));
    return err_hint(e, "%s",
                    _("the heads of columns are: id, title, text, group; in Japanese 識別子, 題名, 本文, 分類"));
}

bool import_csv(struct importing *i, struct err *e) {
    enum field fields[CSV_FIELDS];
    struct csv_row row;
    struct rows rows = {0};
    str rest = i->csv;
    uint32_t line = 1;
    if (!csv_next(i->a, &rest, &row))
        return err_set(e, ERR_INPUT, i->ask->where, "%s", _("there is no requirement in it"));
    if (!read_heads(i, &row, fields, e))
        return false;
    uint32_t width = row.n;
    for (line += row.lines; csv_next(i->a, &rest, &row); line += row.lines) {
        struct row r = {.place = arena_printf(i->a, "%.*s:%u", STR_ARG(i->ask->where), line)};
        bool any = false;
        for (uint32_t n = 0; n < row.n; n++) {
            str cell = str_trim(csv_plain(row.v[n]));
            any = any || cell.n;
            if (n < width && fields[n] < FIELDS && !r.v[fields[n]].n)
                r.v[fields[n]] = cell;
        }
        if (row.n > width || row.open)
            return err_set(e, ERR_INPUT, r.place,
                           row.open ? _("a quotation mark is not closed") : _("this row has more cells than the head"));
        if (any)
            *vec_push(i->a, &rows) = r;
    }
    i->draft->id = import_id(i, (str){NULL, 0}, (str){NULL, 0});
    i->draft->title = label_both(path_base(i->ask->where));
    i->draft->status = S("own");
    return take_rows(i, &rows, "own", e);
}
