/* SPDX-License-Identifier: Apache-2.0
 *
 * Row by row: which practices a question stands for, what is known of them, and what that is worth as an answer.
 */
#include "conform/answer.h"

enum { LINKS_MOST = 200, REFERENCES_MOST = 12 };

const char *answer_state_name(enum answer_state s) {
    static const char *const names[ANSWER_STATES] = {"yes",      "partly",  "notApplicable", "field", "leftAsItWas",
                                                     "unmapped", "unknown", "overlaps",      "fault"};
    return names[s];
}

/* ── what a practice is worth ── */

enum worth { WORTH_NOTHING, WORTH_OVERLAP, WORTH_PARTLY, WORTH_NOT_APPLICABLE, WORTH_YES };

struct answer {
    struct arena *a;
    const struct answer_ask *ask;
    struct csv_sheet *s;
    struct answer_columns *columns;
    struct answers *out;
    struct map practices, groups; /* by key: 1 + place */
    uint32_t *told;               /* by practice: the row (from 1) that referred to it last */
    uint32_t row;
};
struct row {
    struct answered out;
    struct buf practices, references, notes;
    uint32_t full, yes, partly, none, not_applicable; /* practices the question asks all of */
    uint32_t parts, overlaps; /* met ones it asks more than, and ones it has something in common with */
    uint32_t shown;
    int level; /* the lowest */
    bool all;  /* no practice yet */
};

static const struct answer_known *known_at(const struct answer *k, uint32_t practice) {
    return &k->ask->source->known[practice];
}
static int level_of(const struct answer_known *x) { return x->claimed > x->level ? x->claimed : x->level; }

static int wanted_of(const struct answer *k, const struct answer_known *x) {
    return k->ask->yes_at > 0 ? k->ask->yes_at : x->target > 0 ? x->target : LEVELS - 1;
}

static enum worth worth_of(const struct answer *k, uint32_t practice) {
    const struct answer_known *x = known_at(k, practice);
    if (x->basis == BASIS_NOT_APPLICABLE)
        return WORTH_NOT_APPLICABLE;
    return level_of(x) == 0 ? WORTH_NOTHING : level_of(x) >= wanted_of(k, x) ? WORTH_YES : WORTH_PARTLY;
}

/* ── what is told of it ── */

static void add_note(struct buf *b, const char *text) { buf_addf(b, "%s%s", b->n ? "; " : "", text); }

static void note(struct row *r, struct answer *k, uint32_t practice) {
    const struct answer_known *x = known_at(k, practice);
    str id = k->ask->source->catalogue->practices.v[practice].id, text;
    if (x->basis == BASIS_NOT_APPLICABLE)
        text = arena_printf(k->a, _("%.*s: not applicable (%.*s)"), STR_ARG(id), STR_ARG(x->reason));
    else if (x->claimed > x->level)
        text = arena_printf(k->a, _("%.*s: claimed by %.*s (%.*s)"), STR_ARG(id), STR_ARG(x->by), STR_ARG(x->reason));
    else if (level_of(x) < wanted_of(k, x))
        text = arena_printf(k->a, _("%.*s: level %d of %d"), STR_ARG(id), level_of(x), wanted_of(k, x));
    else if (x->basis == BASIS_ATTESTED)
        text = arena_printf(k->a, _("%.*s: attested by a named person"), STR_ARG(id));
    else
        return;
    add_note(&r->notes, arena_cstr(k->a, text));
}

static void refer(struct row *r, struct answer *k, uint32_t practice) {
    const struct answer_known *x = known_at(k, practice);
    if ((level_of(x) == 0 && x->basis != BASIS_NOT_APPLICABLE) || k->told[practice] == k->row + 1)
        return;
    k->told[practice] = k->row + 1;
    if (r->shown++ >= REFERENCES_MOST)
        return;
    buf_addf(&r->references, "; %.*s", STR_ARG(k->ask->source->catalogue->practices.v[practice].id));
    if (level_of(x))
        buf_addf(&r->references, _(" level %d"), level_of(x));
    if (x->entries.n)
        buf_addf(&r->references, " [%.*s]", STR_ARG(x->entries));
    note(r, k, practice);
}

/* ── a practice that is asked for, by way of those whose levels are known ── */

struct reached {
    enum worth worth;
    int level; /* -1: of another scale */
};

/* Pairs stand in the order of `to`. */
static uint32_t first_pair(const struct relation *x, uint32_t to) {
    uint32_t low = 0, high = x->pairs.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (x->pairs.v[middle].to < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum worth worth_through(const struct answer *k, const struct relation_pair *p) {
    enum worth own = worth_of(k, p->from);
    if (strength_full(p->strength) || own == WORTH_NOTHING)
        return own;
    if (own == WORTH_NOT_APPLICABLE)
        return WORTH_NOTHING;
    return p->strength == MAP_SUBSET ? WORTH_PARTLY : WORTH_OVERLAP;
}

/* Whatever meets it in full will do, so the best one counts. */
static struct reached reach(struct answer *k, struct row *r, uint32_t practice) {
    const struct relation *x = k->ask->relation;
    struct reached best = {WORTH_NOTHING, -1};
    if (!x) {
        refer(r, k, practice);
        return (struct reached){worth_of(k, practice), level_of(known_at(k, practice))};
    }
    for (uint32_t i = first_pair(x, practice); i < x->pairs.n && x->pairs.v[i].to == practice; i++) {
        enum worth w = worth_through(k, &x->pairs.v[i]);
        if (w > best.worth)
            best = (struct reached){w, strength_full(x->pairs.v[i].strength) ? level_of(known_at(k, x->pairs.v[i].from))
                                                                             : -1};
    }
    for (uint32_t i = first_pair(x, practice); best.worth && i < x->pairs.n && x->pairs.v[i].to == practice; i++)
        if (worth_through(k, &x->pairs.v[i]) == best.worth)
            refer(r, k, x->pairs.v[i].from);
    return best;
}

static void count_full(struct row *r, struct reached x) {
    r->full++;
    r->yes += x.worth == WORTH_YES;
    r->partly += x.worth == WORTH_PARTLY;
    r->overlaps += x.worth == WORTH_OVERLAP;
    r->none += x.worth <= WORTH_OVERLAP;
    r->not_applicable += x.worth == WORTH_NOT_APPLICABLE;
    if (x.worth != WORTH_NOT_APPLICABLE && (r->all || x.level < r->level)) {
        r->level = x.level;
        r->all = false;
    }
}

static void add_practice(struct answer *k, struct row *r, uint32_t practice, enum map_strength s) {
    str id = k->ask->of->practices.v[practice].id;
    buf_addf(&r->practices, "%s%.*s", r->practices.n ? ", " : "", STR_ARG(id));
    struct reached x = reach(k, r, practice);
    if (s == MAP_EQUAL || s == MAP_SUBSET)
        count_full(r, x);
    else if (s == MAP_SUPERSET && (x.worth == WORTH_YES || x.worth == WORTH_PARTLY))
        r->parts++;
    else if (x.worth != WORTH_NOTHING)
        r->overlaps++;
}

/* ── a name: of a practice, or of a group, which asks for all that the package has of it ── */

static bool is_under(const struct catalogue *c, uint32_t group, uint32_t of) {
    for (int32_t g = (int32_t)group; g >= 0; g = c->groups.v[g].parent)
        if ((uint32_t)g == of)
            return true;
    return false;
}

static uint32_t add_group(struct answer *k, struct row *r, uint32_t group, bool targets, enum map_strength s) {
    const struct catalogue *c = k->ask->of;
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->practices.n; i++) {
        if (!is_under(c, c->practices.v[i].group, group) || (targets && known_at(k, i)->target < 0))
            continue;
        add_practice(k, r, i, s);
        n++;
    }
    return n;
}

static bool add_named(struct answer *k, struct row *r, str name, enum map_strength s) {
    str key = answer_key(k->a, name);
    uintptr_t practice = (uintptr_t)map_get(&k->practices, key), group = (uintptr_t)map_get(&k->groups, key);
    if (practice) {
        add_practice(k, r, (uint32_t)practice - 1, s);
        return true;
    }
    if (!group)
        return false;
    uint32_t at = (uint32_t)group - 1;
    return (!k->ask->relation && add_group(k, r, at, true, s)) || add_group(k, r, at, false, s);
}

static void put_key(struct answer *k, struct map *to, str id, uint32_t place) {
    bool fresh;
    struct map_entry *at = map_put(to, answer_key(k->a, id), &fresh);
    if (fresh)
        at->value = (void *)(uintptr_t)(place + 1); // NOLINT(performance-no-int-to-ptr): a number, never followed
}

static void index_names(struct answer *k) {
    const struct catalogue *c = k->ask->of;
    map_init(&k->practices, k->a);
    map_init(&k->groups, k->a);
    for (uint32_t i = 0; i < c->practices.n; i++)
        put_key(k, &k->practices, c->practices.v[i].id, i);
    for (uint32_t i = 0; i < c->groups.n; i++)
        put_key(k, &k->groups, c->groups.v[i].id, i);
}

/* "S(1)-2.1, S(1)-2.2": *unknown is the first that is not there. */
static bool add_cell(struct answer *k, struct row *r, str cell, str *unknown) {
    static const char *const signs[] = {",", ";", "\n", "、", "，", "；", "・", NULL};
    uint32_t n = 0;
    if (add_named(k, r, cell, MAP_EQUAL))
        return true;
    while (cell.n && n++ < LINKS_MOST) {
        size_t at = cell.n, skip = 0;
        for (int i = 0; signs[i]; i++) {
            size_t found = str_find(cell, str_of(signs[i]));
            if (found != STR_NONE && found < at) {
                at = found;
                skip = strlen(signs[i]);
            }
        }
        str one = str_trim(str_upto(cell, at));
        if (one.n && !add_named(k, r, one, MAP_EQUAL)) {
            *unknown = one;
            return false;
        }
        cell = str_from(cell, at + skip);
    }
    return true;
}

/* ── a row ── */

static str cell_of(const struct answer *k, uint32_t row, enum answer_column c) {
    return k->columns->at[c] == SHEET_COLUMNS ? S("") : csv_sheet_text(k->s, row, k->columns->at[c]);
}

static bool by_map(struct answer *k, struct row *r, str question, str *fault) {
    struct answer_question *q = k->ask->map && question.n ? map_get(&k->ask->map->by_key, answer_key(k->a, question))
                                                          : NULL;
    if (!q)
        return false;
    q->used = true;
    for (uint32_t i = 0; i < q->links.n && i < LINKS_MOST; i++)
        if (!add_named(k, r, q->links.v[i].practice, q->links.v[i].strength)) {
            *fault = q->links.v[i].practice;
            return true;
        }
    return true;
}

/* Fills r; false: nothing says what the row stands for. */
static bool find_practices(struct answer *k, struct row *r, uint32_t row, str *fault) {
    str id = cell_of(k, row, ANSWER_ID), text = cell_of(k, row, ANSWER_TEXT), named = cell_of(k, row, ANSWER_PRACTICE);
    if (named.n) {
        (void)add_cell(k, r, named, fault);
        return true;
    }
    if (k->ask->map)
        return by_map(k, r, id, fault) || by_map(k, r, text, fault);
    return id.n && add_named(k, r, id, MAP_EQUAL);
}

static enum answer_state state_of(const struct row *r) {
    if (r->full && r->not_applicable == r->full)
        return ANSWERED_NOT_APPLICABLE;
    if (r->full && r->yes + r->not_applicable == r->full)
        return ANSWERED_YES;
    if (r->yes || r->partly || r->parts)
        return ANSWERED_PARTLY;
    return r->overlaps ? BLANK_OVERLAPS : BLANK_UNKNOWN;
}

static str text_of(struct arena *a, struct buf *b) {
    str text = arena_str(a, buf_str(b));
    buf_free(b);
    return text;
}

static void judge(struct answer *k, struct row *r) {
    struct answered *x = &r->out;
    x->state = state_of(r);
    if (x->state == BLANK_UNKNOWN)
        x->why = str_of(_("no evidence shows it and nobody has vouched for it"));
    else if (x->state == BLANK_OVERLAPS)
        x->why = str_of(_("what is known only has something in common with it"));
    else
        x->answer = k->ask->words[x->state];
    if (x->state == ANSWERED_YES || (x->state == ANSWERED_PARTLY && r->full && !r->none))
        x->level = r->all ? -1 : r->level;
}

static void take(struct answer *k, struct row *r) {
    struct answered *x = &r->out;
    if (r->shown > REFERENCES_MOST)
        buf_addf(&r->references, " …+%u", r->shown - REFERENCES_MOST);
    x->practices = text_of(k->a, &r->practices);
    str references = text_of(k->a, &r->references), notes = text_of(k->a, &r->notes);
    if (x->state <= ANSWERED_NOT_APPLICABLE) {
        x->reference = arena_cat(k->a, k->ask->source->name, references);
        x->note = notes;
    }
    k->out->counts[x->state]++;
    *vec_push(k->a, &k->out->rows) = *x;
}

static void fill(struct answer *k, uint32_t row, const struct answered *x) {
    const str cells[] = {x->answer, x->level < 0 ? S("") : arena_printf(k->a, "%d", x->level), x->reference, x->note};
    for (int i = ANSWER_ANSWER; i < ANSWER_COLUMNS; i++)
        if (cells[i - ANSWER_ANSWER].n && !cell_of(k, row, (enum answer_column)i).n)
            csv_sheet_put(k->a, k->s, row, k->columns->at[i], cells[i - ANSWER_ANSWER]);
}

static void answer_row(struct answer *k, uint32_t row) {
    struct row r = {.all = true, .level = -1, .out = {.level = -1, .line = k->s->rows.v[row].line}};
    str id = cell_of(k, row, ANSWER_ID), text = cell_of(k, row, ANSWER_TEXT), fault = {NULL, 0};
    str *field = k->ask->fields ? map_get(k->ask->fields, id) : NULL;
    r.out.question = id.n ? id : text.n ? text : cell_of(k, row, ANSWER_PRACTICE);
    if (!r.out.question.n)
        return; /* an empty line, or one of remarks */
    if (field) {
        r.out.state = field->n ? ANSWERED_FIELD : BLANK_UNKNOWN;
        r.out.answer = *field;
        r.out.why = str_of(field->n ? "" : _("nothing here says it"));
    } else if (cell_of(k, row, ANSWER_ANSWER).n) {
        r.out.state = LEFT_AS_IT_WAS;
        r.out.why = str_of(_("it has an answer already"));
    } else if (!find_practices(k, &r, row, &fault)) {
        r.out.state = BLANK_UNMAPPED;
        r.out.why = str_of(_("nothing says which practice it stands for"));
    } else if (fault.p) {
        r.out.state = BLANK_FAULT;
        r.out.why = arena_printf(k->a, _("%.*s has no practice or requirement '%.*s'"), STR_ARG(k->ask->of->id),
                                 STR_ARG(fault));
    } else {
        judge(k, &r);
    }
    take(k, &r);
    if (r.out.state <= ANSWERED_FIELD)
        fill(k, row, &k->out->rows.v[k->out->rows.n - 1]);
}

/* Behind the last column, in the reader's language. */
static void append_columns(struct answer *k) {
    static const char *const names[ANSWER_COLUMNS] = {
        NULL, NULL, NULL, N_("Answer"), N_("Level"), N_("Reference"), N_("Remark")};
    uint32_t at = k->s->columns;
    for (int i = ANSWER_ANSWER; i < ANSWER_COLUMNS; i++) {
        if (k->columns->at[i] != SHEET_COLUMNS)
            continue;
        csv_sheet_put(k->a, k->s, k->columns->head, at, str_of(_(names[i])));
        k->columns->at[i] = at++;
    }
}

void answer_sheet(struct arena *a, const struct answer_ask *ask, struct csv_sheet *s, struct answer_columns *columns,
                  struct answers *out) {
    struct answer k = {.a = a, .ask = ask, .s = s, .columns = columns, .out = out};
    *out = (struct answers){0};
    k.told = arena_array(a, uint32_t, ask->source->catalogue->practices.n + 1);
    index_names(&k);
    append_columns(&k);
    for (k.row = columns->head + 1; k.row < s->rows.n; k.row++)
        answer_row(&k, k.row);
}
