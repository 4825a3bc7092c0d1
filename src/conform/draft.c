/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/draft.h"

#include <stdlib.h>

enum { SLUG_MOST = 64, KINDS_MOST = 16, UP_MOST = 64 };

str slug_of(struct arena *a, str text, const char *otherwise) {
    struct buf b = {0};
    for (size_t i = 0; i < text.n && b.n < SLUG_MOST; i++) {
        char c = ch_tolower(text.p[i]), last = b.n ? b.p[b.n - 1] : '-';
        bool sign = c == '.' && ch_digit(last) && i + 1 < text.n && ch_digit(text.p[i + 1]);
        if (ch_alnum(c) || sign)
            buf_addc(&b, c);
        else if (last != '-' && last != '.')
            buf_addc(&b, '-');
    }
    while (b.n && !ch_alnum(b.p[b.n - 1]))
        b.n--;
    str slug = b.n ? arena_str(a, buf_str(&b)) : str_of(otherwise);
    buf_free(&b);
    return slug;
}

struct draft_practice *draft_practice(struct draft *d, str id, str group) {
    struct draft_practice *p = vec_push(d->a, &d->practices);
    *p = (struct draft_practice){.id = id, .group = group, .origin = S("guideline"), .effort = {-1, -1}};
    memset(p->targets, -1, sizeof p->targets);
    return p;
}

int draft_package(struct draft *d, str id, struct label title) {
    for (uint32_t i = 0; i < d->packages.n; i++)
        if (str_eq(d->packages.v[i].id, id))
            return (int)i;
    if (d->packages.n == 8)
        return -1;
    *vec_push(d->a, &d->packages) = (struct catalogue_package){.id = id, .title = title};
    return (int)d->packages.n - 1;
}

/* ── what must be there ── */

static void give_groups(struct draft *d) {
    bool fresh, needed = !d->groups.n;
    struct map known;
    str all = S("all");
    map_init(&known, d->a);
    for (uint32_t i = 0; i < d->groups.n; i++)
        map_put(&known, d->groups.v[i].id, &fresh);
    for (int i = 1; map_find(&known, all); i++)
        all = arena_printf(d->a, "all-%d", i);
    for (uint32_t i = 0; i < d->practices.n; i++)
        if (!d->practices.v[i].group.p) {
            d->practices.v[i].group = all;
            needed = true;
        }
    if (needed)
        *vec_push(d->a, &d->groups) = (struct draft_group){.id = all, .kind = S("group"), .title = d->title};
}

struct kinds {
    str v[KINDS_MOST];
    uint32_t practices[KINDS_MOST], groups[KINDS_MOST], n;
};

static uint32_t kind_number(struct kinds *k, str kind) {
    uint32_t i = 0;
    while (i < k->n && !str_eq(k->v[i], kind))
        i++;
    if (i == k->n && k->n < KINDS_MOST)
        k->v[k->n++] = kind;
    return i;
}

static void count_kinds(const struct draft *d, const struct map *groups, struct kinds *k) {
    for (uint32_t i = 0; i < d->groups.n; i++) {
        uint32_t n = kind_number(k, d->groups.v[i].kind);
        if (n < KINDS_MOST)
            k->groups[n]++;
    }
    for (uint32_t i = 0; i < d->practices.n; i++) {
        const struct draft_group *g = map_get(groups, d->practices.v[i].group);
        uint32_t seen = 0;
        for (int up = 0; g && up < UP_MOST; up++) {
            uint32_t n = kind_number(k, g->kind);
            if (n < KINDS_MOST && !(seen >> n & 1))
                k->practices[n]++;
            seen |= n < KINDS_MOST ? 1U << n : 0;
            g = g->parent.p ? map_get(groups, g->parent) : NULL;
        }
    }
}

/* The finest kind of group that most practices are under. */
static void give_unit(struct draft *d) {
    struct kinds k = {.n = 0};
    struct map groups;
    uint32_t best = 0;
    if (d->unit.p)
        return;
    map_init(&groups, d->a);
    for (uint32_t i = 0; i < d->groups.n; i++)
        map_put(&groups, d->groups.v[i].id, NULL)->value = &d->groups.v[i];
    count_kinds(d, &groups, &k);
    for (uint32_t i = 1; i < k.n; i++)
        if (k.practices[i] > k.practices[best] || (k.practices[i] == k.practices[best] && k.groups[i] > k.groups[best]))
            best = i;
    d->unit = k.v[best];
}

/* ── writing ── */

static void put_label(struct jw *w, const char *key, struct label l) {
    if (!l.en.n && !l.ja.n)
        return;
    if (!l.en.n || !l.ja.n || str_eq(l.en, l.ja)) {
        jw_kstr(w, key, l.en.n ? l.en : l.ja);
        return;
    }
    jw_kobj(w, key);
    jw_kstr(w, "ja", l.ja);
    jw_kstr(w, "en", l.en);
    jw_obj_end(w);
}

static void put_text(struct jw *w, const char *key, str s) {
    if (s.n)
        jw_kstr(w, key, s);
}

static void put_bits(struct jw *w, const char *key, unsigned bits, const char *const *names) {
    if (!bits)
        return;
    jw_karr(w, key);
    for (int i = 0; names[i]; i++)
        if (bits >> i & 1)
            jw_str(w, str_of(names[i]));
    jw_arr_end(w);
}

static void put_levels(struct jw *w, const struct label *levels) {
    for (int i = 0; i < LEVELS; i++)
        if (!levels[i].en.n && !levels[i].ja.n)
            return; /* all five or none */
    jw_karr(w, "levels");
    for (int i = 0; i < LEVELS; i++) {
        struct label l = levels[i];
        if (str_eq(l.en, l.ja) || !l.en.n || !l.ja.n) {
            jw_str(w, l.en.n ? l.en : l.ja);
            continue;
        }
        jw_obj(w);
        jw_kstr(w, "ja", l.ja);
        jw_kstr(w, "en", l.en);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_members(struct jw *w, const struct draft_members *m) {
    for (uint32_t i = 0; i < m->n; i++) {
        jw_key(w, m->v[i].key);
        jw_raw(w, m->v[i].json);
    }
}

static void put_head(struct jw *w, const struct draft *d) {
    jw_kint(w, "catalogue", 1);
    jw_kstr(w, "id", d->id);
    put_members(w, &d->ours);
    if (d->ours.n)
        return;
    jw_kstr(w, "version", d->version.n ? d->version : S("1"));
    put_label(w, "title", d->title.en.n || d->title.ja.n ? d->title : label_both(d->id));
    put_label(w, "publisher", d->publisher);
    put_label(w, "source", d->source);
    put_label(w, "note", d->note);
    put_text(w, "licence", d->licence);
    jw_kstr(w, "status", d->status.n ? d->status : S("standard"));
    jw_kstr(w, "unit", d->unit);
    put_levels(w, d->levels);
    if (!d->packages.n)
        return;
    jw_karr(w, "packages");
    for (uint32_t i = 0; i < d->packages.n; i++) {
        jw_obj(w);
        jw_kstr(w, "id", d->packages.v[i].id);
        put_label(w, "title", d->packages.v[i].title);
        put_label(w, "text", d->packages.v[i].text);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_groups(struct jw *w, const struct draft *d) {
    jw_karr(w, "groups");
    for (uint32_t i = 0; i < d->groups.n; i++) {
        const struct draft_group *g = &d->groups.v[i];
        jw_obj(w);
        jw_kstr(w, "id", g->id);
        jw_kstr(w, "parent", g->parent);
        put_members(w, &g->ours);
        if (!g->ours.n) {
            jw_kstr(w, "kind", g->kind);
            put_label(w, "title", g->title.en.n || g->title.ja.n ? g->title : label_both(g->id));
            put_label(w, "text", g->text);
        }
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_evidence(struct jw *w, const struct draft_practice *p) {
    static const char *const names[] = {"0", "1", "2", "3", "4"};
    bool any = false;
    for (int i = 0; i < LEVELS; i++)
        any = any || p->evidence[i].n;
    if (!any)
        return;
    jw_kobj(w, "evidence");
    for (int i = 0; i < LEVELS; i++)
        if (p->evidence[i].n) {
            jw_key(w, str_of(names[i]));
            jw_raw(w, p->evidence[i]);
        }
    jw_obj_end(w);
}

static void put_targets(struct jw *w, const struct draft *d, const struct draft_practice *p) {
    bool any = false;
    for (uint32_t i = 0; i < d->packages.n; i++)
        any = any || p->targets[i] > 0;
    if (!any)
        return;
    jw_kobj(w, "packages");
    for (uint32_t i = 0; i < d->packages.n; i++)
        if (p->targets[i] > 0) {
            jw_key(w, d->packages.v[i].id);
            jw_int(w, p->targets[i]);
        }
    jw_obj_end(w);
}

static void put_fields(struct jw *w, const struct draft *d, const struct draft_practice *p) {
    static const char *const roles[] = {"developer", "supplier", "operator", "customer", "other", NULL};
    static const char *const contracts[] = {"prime", "sub", NULL};
    put_text(w, "origin", p->origin);
    put_label(w, "title", p->title.en.n || p->title.ja.n ? p->title : label_both(p->id));
    put_label(w, "text", p->text);
    put_bits(w, "binds", p->binds, roles);
    put_bits(w, "contract", p->contract, contracts);
    put_targets(w, d, p);
    put_levels(w, p->levels);
    put_evidence(w, p);
    if (p->effort.first >= 0 && p->effort.yearly >= 0) {
        jw_kobj(w, "effort");
        jw_kint(w, "first", p->effort.first);
        jw_kint(w, "yearly", p->effort.yearly);
        jw_obj_end(w);
    }
    put_label(w, "protects", p->protects);
    put_label(w, "incident", p->incident);
    put_label(w, "start", p->start);
    put_text(w, "command", p->command);
}

static void put_practice(struct jw *w, const struct draft *d, const struct draft_practice *p) {
    jw_obj(w);
    jw_kstr(w, "id", p->id);
    jw_kstr(w, "group", p->group);
    put_members(w, &p->ours);
    if (!p->ours.n)
        put_fields(w, d, p);
    jw_obj_end(w);
}

/* ── order ── */

static int by_group_order(const void *x, const void *y) {
    int64_t a = ((const struct draft_group *)x)->order, b = ((const struct draft_group *)y)->order;
    return (a > b) - (a < b);
}

static int by_practice_order(const void *x, const void *y) {
    int64_t a = ((const struct draft_practice *)x)->order, b = ((const struct draft_practice *)y)->order;
    return (a > b) - (a < b);
}

/* Nested notations give things in another order than ours; what came from ours says which. */
static void restore_order(struct draft *d) {
    bool groups = d->groups.n > 0, practices = d->practices.n > 0;
    for (uint32_t i = 0; i < d->groups.n; i++)
        groups = groups && d->groups.v[i].order > 0;
    for (uint32_t i = 0; i < d->practices.n; i++)
        practices = practices && d->practices.v[i].order > 0;
    if (groups)
        qsort(d->groups.v, d->groups.n, sizeof *d->groups.v, by_group_order);
    if (practices)
        qsort(d->practices.v, d->practices.n, sizeof *d->practices.v, by_practice_order);
}

str draft_text(struct draft *d) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    give_groups(d);
    restore_order(d);
    if (!d->ours.n)
        give_unit(d);
    jw_obj(&w);
    put_head(&w, d);
    put_groups(&w, d);
    jw_karr(&w, "practices");
    for (uint32_t i = 0; i < d->practices.n; i++)
        put_practice(&w, d, &d->practices.v[i]);
    jw_arr_end(&w);
    jw_obj_end(&w);
    str text = arena_str(d->a, buf_str(&b));
    buf_free(&b);
    return text;
}
