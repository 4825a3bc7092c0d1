/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/gap_json.h"

#include "base/csv.h"
#include "conform/catalogue_json.h"

/* ── what remains ── */

void gap_have_all(struct arena *a, const struct catalogue *k, struct hads *out) {
    for (uint32_t i = 0; i < k->practices.n; i++)
        *vec_push(a, out) = (struct had){k->id, k->practices.v[i].id, -1, 0};
}

static void put_row(struct jw *w, const struct gap_row *r) {
    jw_obj(w);
    jw_kstr(w, "id", r->practice->id);
    label_json(w, "title", r->practice->title);
    jw_kstr(w, "state", str_of(gap_name(r->state)));
    if (r->practice->effort.first >= 0) {
        jw_kint(w, "first", r->practice->effort.first);
        jw_kint(w, "yearly", r->practice->effort.yearly);
    }
    label_json(w, "start", r->practice->start);
    jw_kstr(w, "command", r->practice->command);
    jw_karr(w, "by");
    for (uint32_t n = 0; n < r->by.n; n++) {
        jw_obj(w);
        jw_kstr(w, "catalogue", r->by.v[n].catalogue);
        jw_kstr(w, "id", r->by.v[n].id);
        jw_kstr(w, "strength", str_of(strength_name(r->by.v[n].strength)));
        jw_kstr(w, "via", r->by.v[n].via);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}

void gap_json(struct jw *w, const struct gap_ask *ask, const struct gap *g) {
    jw_obj(w);
    jw_kstr(w, "want", ask->want->id);
    jw_kstr(w, "package", ask->package);
    jw_kobj(w, "counts");
    for (int i = 0; i < 3; i++)
        jw_kint(w, gap_name((enum gap_state)i), g->counts[i]);
    jw_obj_end(w);
    jw_kobj(w, "effort");
    jw_kint(w, "first", g->hours_first);
    jw_kint(w, "yearly", g->hours_yearly);
    jw_kint(w, "notEstimated", g->not_estimated);
    jw_obj_end(w);
    jw_karr(w, "unrelated");
    for (uint32_t i = 0; i < g->unrelated.n; i++)
        jw_str(w, g->unrelated.v[i].catalogue);
    jw_arr_end(w);
    jw_karr(w, "practices");
    for (uint32_t i = 0; i < g->rows.n; i++)
        put_row(w, &g->rows.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}

str gap_by_text(struct arena *a, const struct gap_row *r, uint32_t most) {
    str text = S("");
    for (uint32_t i = 0; i < r->by.n && i < most; i++)
        text = arena_printf(a, "%.*s%s%.*s", STR_ARG(text), i ? ", " : "", STR_ARG(r->by.v[i].id));
    if (r->by.n > most)
        text = arena_printf(a, _("%.*s and %u more"), STR_ARG(text), r->by.n - most);
    return text;
}

void gap_csv(struct arena *a, const struct gap *g, struct buf *b) {
    buf_addz(b, "id,title,state,by,hours_first,hours_yearly,start,command\r\n");
    for (uint32_t i = 0; i < g->rows.n; i++) {
        const struct gap_row *r = &g->rows.v[i];
        const struct practice *p = r->practice;
        csv_write(b, true, p->id);
        csv_write(b, false, label_text(p->title));
        csv_write(b, false, str_of(gap_name(r->state)));
        csv_write(b, false, gap_by_text(a, r, UINT32_MAX));
        csv_write(b, false, p->effort.first < 0 ? S("") : arena_printf(a, "%d", p->effort.first));
        csv_write(b, false, p->effort.yearly < 0 ? S("") : arena_printf(a, "%d", p->effort.yearly));
        csv_write(b, false, label_text(p->start).p ? label_text(p->start) : S(""));
        csv_write(b, false, p->command.p ? p->command : S(""));
        buf_addz(b, "\r\n");
    }
}

/* ── from one catalogue to another ── */

uint32_t relation_pairs_of(const struct relation *r, uint32_t practice, uint32_t *first) {
    uint32_t n = *first;
    while (n < r->pairs.n && r->pairs.v[n].to < practice)
        n++;
    *first = n;
    while (n < r->pairs.n && r->pairs.v[n].to == practice)
        n++;
    return n;
}

enum covered relation_covered(const struct relation *r, uint32_t first, uint32_t end) {
    return first == end ? COVERED_NONE : strength_full(r->pairs.v[first].strength) ? COVERED_FULL : COVERED_PARTLY;
}

const char *covered_name(enum covered c) {
    static const char *const names[] = {"full", "partly", "none"};
    return names[c];
}

void relation_counts(const struct relation *r, uint32_t counts[3]) {
    counts[0] = counts[1] = counts[2] = 0;
    for (uint32_t i = 0, at = 0; i < r->to->practices.n; i++) {
        uint32_t end = relation_pairs_of(r, i, &at);
        counts[relation_covered(r, at, end)]++;
    }
}

static void put_pair(struct jw *w, const struct relation *r, const struct relation_pair *p) {
    const struct practice *from = &r->from->practices.v[p->from];
    jw_obj(w);
    jw_kstr(w, "id", from->id);
    label_json(w, "title", from->title);
    jw_kstr(w, "strength", str_of(strength_name(p->strength)));
    label_json(w, "why", p->why);
    jw_kstr(w, "via", p->via);
    jw_obj_end(w);
}

void relation_json(struct jw *w, const struct relation *r) {
    uint32_t counts[3];
    relation_counts(r, counts);
    jw_obj(w);
    jw_kstr(w, "from", r->from->id);
    jw_kstr(w, "to", r->to->id);
    jw_kint(w, "maps", r->steps);
    jw_kobj(w, "counts");
    for (int i = 0; i < 3; i++)
        jw_kint(w, covered_name((enum covered)i), counts[i]);
    jw_obj_end(w);
    jw_karr(w, "practices");
    for (uint32_t i = 0, at = 0; i < r->to->practices.n; i++) {
        uint32_t end = relation_pairs_of(r, i, &at);
        jw_obj(w);
        jw_kstr(w, "id", r->to->practices.v[i].id);
        label_json(w, "title", r->to->practices.v[i].title);
        jw_kstr(w, "covered", str_of(covered_name(relation_covered(r, at, end))));
        jw_karr(w, "by");
        for (; at < end; at++)
            put_pair(w, r, &r->pairs.v[at]);
        jw_arr_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}

void relation_csv(const struct relation *r, struct buf *b) {
    buf_addz(b, "id,title,covered,by,strength,via,why\r\n");
    for (uint32_t i = 0, at = 0; i < r->to->practices.n; i++) {
        uint32_t end = relation_pairs_of(r, i, &at), n = at;
        do {
            const struct relation_pair *p = n < end ? &r->pairs.v[n] : NULL;
            csv_write(b, true, r->to->practices.v[i].id);
            csv_write(b, false, label_text(r->to->practices.v[i].title));
            csv_write(b, false, str_of(covered_name(relation_covered(r, at, end))));
            csv_write(b, false, p ? r->from->practices.v[p->from].id : S(""));
            csv_write(b, false, p ? str_of(strength_name(p->strength)) : S(""));
            csv_write(b, false, p && p->via.p ? p->via : S(""));
            csv_write(b, false, p && label_text(p->why).p ? label_text(p->why) : S(""));
            buf_addz(b, "\r\n");
        } while (++n < end);
    }
}
