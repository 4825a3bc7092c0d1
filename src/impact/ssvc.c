/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/ssvc.h"

#include "base/msg_in.h"

enum { DEEP = 4 }; /* tables that derive what another needs */

/* ── what is known ── */

static const struct ssvc_input *known_of(const struct ssvc_inputs *known, str point) {
    for (uint32_t i = known->n; i > 0; i--)
        if (str_eq(known->v[i - 1].point, point))
            return &known->v[i - 1];
    return NULL;
}

static void know(struct arena *a, struct ssvc_inputs *out, const char *point, const char *value) {
    *vec_push(a, out) = (struct ssvc_input){str_of(point), str_of(value)};
}

void ssvc_of_advisory(struct arena *a, const struct advisory *about, str vector, struct ssvc_inputs *out) {
    static const char *const exploitation[] = {"N", "P", "A"};
    struct priority_facts f = priority_facts_of(about, vector, MISSION_MEDIUM);
    know(a, out, "E", exploitation[f.exploitation]);
    know(a, out, "KEV", about->kev ? "Y" : "N");
    /* Without a vector and without CISA's word nothing is known of these two. */
    if (vector.n || about->ssvc_automatable.p)
        know(a, out, "A", f.automatable ? "Y" : "N");
    if (vector.n || about->ssvc_impact.p)
        know(a, out, "TI", f.total ? "T" : "P");
}

void ssvc_join(struct arena *a, const struct ssvc_inputs *one, struct ssvc_inputs *all) {
    static const struct {
        const char *point, *values; /* mildest first, each one letter */
    } orders[] = {{"E", "NPA"}, {"KEV", "NY"}, {"A", "NY"}, {"TI", "PT"}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        const struct ssvc_input *now = known_of(one, str_of(orders[i].point));
        const struct ssvc_input *before = known_of(all, str_of(orders[i].point));
        str values = str_of(orders[i].values);
        if (now && (!before || str_find(values, before->value) < str_find(values, now->value)))
            *vec_push(a, all) = *now;
    }
}

void ssvc_of_exposure(struct arena *a, str exposure, struct ssvc_inputs *out) {
    static const struct {
        const char *word, *value, *public;
    } rows[] = {{"small", "S", "N"}, {"controlled", "C", "N"}, {"open", "O", "Y"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_ieq(exposure, str_of(rows[i].word))) {
            know(a, out, "EXP", rows[i].value);
            know(a, out, "PE", rows[i].public);
        }
}

/* A service that may be out for four hours at most fails its mission when it goes; one that may be out for a week only
 * supports it. A million people depending on it weigh as one step, and so does it that others can take over half. */
void ssvc_of_service(struct arena *a, int64_t mtpd, int64_t population, unsigned substitutes, struct ssvc_inputs *out) {
    static const int64_t bounds[] = {7 * 86400, 86400, 4 * 3600};
    static const char *const mission[] = {"D", "MSC", "MEF", "MF"}, *const wellbeing[] = {"L", "M", "H", "H"};
    int step = 0;
    if (mtpd < 0)
        return;
    for (int i = 0; i < 3; i++)
        step += mtpd <= bounds[i];
    step += population >= 1000000;
    step -= substitutes >= 50;
    step = step < 0 ? 0 : step > 3 ? 3 : step;
    know(a, out, "MI", mission[step]);
    know(a, out, "MWI", wellbeing[step]);
}

/* Where nothing is known: no exploit without evidence (sources of exploitation speak up), but reachable, automatable
 * and total, since nobody has shown otherwise; middling consequences. */
static const struct {
    const char *point, *value;
} assumptions[] = {{"E", "N"}, {"KEV", "N"}, {"EXP", "O"},  {"PE", "Y"}, {"A", "Y"},   {"TI", "T"}, {"VD", "D"},
                   {"U", "E"}, {"SI", "M"},  {"MI", "MSC"}, {"HI", "M"}, {"MWI", "M"}, {"PSI", "M"}};

static bool value_find(const struct ssvc_point *p, str word, uint32_t *out) {
    for (*out = 0; *out < p->n_values; ++*out) {
        const struct ssvc_value *v = &p->values[*out];
        if (str_ieq(v->key, word) || str_ieq(v->name.en, word) || str_eq(v->name.ja, word))
            return true;
    }
    return false;
}

static uint32_t assume(const struct ssvc_point *p) {
    uint32_t value;
    for (size_t i = 0; i < sizeof assumptions / sizeof *assumptions; i++)
        if (str_is(p->key, assumptions[i].point) && value_find(p, str_of(assumptions[i].value), &value))
            return value;
    return p->n_values - 1; /* a point of somebody's own: the worst */
}

/* ── deciding ── */

/* A table that answers this point and has something to go by. */
static const struct ssvc_table *source_of(const struct ssvc_set *set, const struct ssvc_point *p,
                                          const struct ssvc_inputs *known) {
    for (uint32_t i = 0; i < set->tables.n; i++) {
        const struct ssvc_table *t = &set->tables.v[i];
        if (!str_eq(t->outcome.key, p->key))
            continue;
        for (uint32_t n = 0; n < t->n_points; n++)
            if (known_of(known, t->points[n].key))
                return t;
    }
    return NULL;
}

static bool decide(const struct ssvc_set *set, struct arena *a, const struct ssvc_table *t,
                   const struct ssvc_inputs *known, unsigned depth, struct ssvc_decision *out, struct err *e);

// NOLINTNEXTLINE(misc-no-recursion): at most DEEP tables deep
static bool step_of(const struct ssvc_set *set, struct arena *a, const struct ssvc_point *p,
                    const struct ssvc_inputs *known, unsigned depth, struct ssvc_step *out, struct err *e) {
    const struct ssvc_input *given = known_of(known, p->key);
    const struct ssvc_table *source;
    struct ssvc_decision sub;
    *out = (struct ssvc_step){.point = p, .how = SSVC_GIVEN};
    if (given)
        return value_find(p, given->value, &out->value) || err_set(e, ERR_INPUT, p->id, _("'%.*s' is no value of %.*s"),
                                                                   STR_ARG(given->value), STR_ARG(label_text(p->name)));
    if (depth < DEEP && (source = source_of(set, p, known)) != NULL) {
        if (!decide(set, a, source, known, depth + 1, &sub, e))
            return false;
        out->how = SSVC_DERIVED;
        if (value_find(p, ssvc_outcome(&sub)->key, &out->value))
            return true;
    }
    out->how = SSVC_ASSUMED;
    out->value = assume(p);
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): at most DEEP tables deep
static bool decide(const struct ssvc_set *set, struct arena *a, const struct ssvc_table *t,
                   const struct ssvc_inputs *known, unsigned depth, struct ssvc_decision *out, struct err *e) {
    uint32_t index = 0;
    *out = (struct ssvc_decision){.table = t};
    for (uint32_t i = 0; i < t->n_points; i++) {
        struct ssvc_step step;
        if (!step_of(set, a, &t->points[i], known, depth, &step, e))
            return false;
        *vec_push(a, &out->steps) = step;
        index = index * t->points[i].n_values + step.value;
    }
    out->decided = out->outcome = t->outcomes[index];
    return true;
}

bool ssvc_decide(const struct ssvc_set *set, struct arena *a, const struct ssvc_table *t,
                 const struct ssvc_inputs *known, struct ssvc_decision *out, struct err *e) {
    return decide(set, a, t, known, 0, out, e);
}

bool ssvc_override(struct ssvc_decision *d, str outcome, str reason, str by, struct err *e) {
    uint32_t value;
    struct buf all = {0};
    if (!str_trim(reason).n)
        return err_set(e, ERR_USAGE, S(""), _("deciding otherwise than the table needs a reason"));
    if (value_find(&d->table->outcome, outcome, &value)) {
        d->outcome = value;
        d->reason = reason;
        d->by = by;
        return true;
    }
    for (uint32_t i = 0; i < d->table->outcome.n_values; i++)
        buf_addf(&all, "%s%.*s", i ? ", " : "", STR_ARG(d->table->outcome.values[i].name.en));
    err_set(e, ERR_USAGE, S(""), _("'%.*s' is no outcome of %.*s"), STR_ARG(outcome), STR_ARG(d->table->id));
    err_hint(e, _("one of: %.*s"), STR_ARG(buf_str(&all)));
    buf_free(&all);
    return false;
}

unsigned ssvc_rank(const struct ssvc_decision *d) {
    uint32_t n = d->table->outcome.n_values;
    return n > 1 ? 100 * d->outcome / (n - 1) : 0;
}

static void put_step(struct buf *b, const struct ssvc_point *p, uint32_t value, bool assumed, const char *lang) {
    buf_addf(b, "%s%.*s: %.*s", b->n ? " · " : "", STR_ARG(label_in(p->name, lang)),
             STR_ARG(label_in(p->values[value].name, lang)));
    if (assumed)
        buf_addz(b, msg_in(lang, N_(" (assumed)")));
}
static void put_outcome(struct buf *b, const struct ssvc_table *t, uint32_t value, const char *lang) {
    buf_addf(b, " → %.*s", STR_ARG(label_in(t->outcome.values[value].name, lang)));
}

str ssvc_path(struct arena *a, const struct ssvc_decision *d, const char *lang) {
    struct buf b = {0};
    for (uint32_t i = 0; i < d->steps.n; i++)
        put_step(&b, d->steps.v[i].point, d->steps.v[i].value, d->steps.v[i].how == SSVC_ASSUMED, lang);
    put_outcome(&b, d->table, d->decided, lang);
    if (d->reason.p)
        buf_addf(&b, msg_in(lang, N_("; decided as %.*s by %.*s: %.*s")),
                 STR_ARG(label_in(ssvc_outcome(d)->name, lang)), STR_ARG(d->by), STR_ARG(d->reason));
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* ── a path that somebody wrote ── */

static bool cut_at(str *rest, const char *mark, str *before) {
    size_t at = str_find(*rest, str_of(mark));
    if (at == STR_NONE)
        return false;
    *before = str_upto(*rest, at);
    *rest = str_from(*rest, at + strlen(mark));
    return true;
}

static bool read_step(const struct ssvc_table *t, str text, struct ssvc_step *out) {
    static const char *const langs[] = {"en", "ja"};
    str name;
    if (!cut_at(&text, ": ", &name))
        return false;
    out->how = SSVC_GIVEN;
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        str assumed = str_of(msg_in(langs[i], N_(" (assumed)")));
        if (!str_ends(text, assumed))
            continue;
        text = str_upto(text, text.n - assumed.n);
        out->how = SSVC_ASSUMED;
        break;
    }
    for (uint32_t i = 0; i < t->n_points; i++) {
        out->point = &t->points[i];
        if ((str_eq(out->point->name.en, name) || str_eq(out->point->name.ja, name)) &&
            value_find(out->point, text, &out->value))
            return true;
    }
    return false;
}

str ssvc_path_text(const struct ssvc_set *set, struct arena *a, str table, str path) {
    const struct ssvc_table *t = ssvc_table(set, table);
    const char *lang = msg_lang();
    str steps, one, outcome = path;
    struct ssvc_step step;
    struct buf b = {0};
    uint32_t value;
    bool ok = t && cut_at(&outcome, " → ", &steps), more = ok;
    while (ok && more) {
        more = cut_at(&steps, " · ", &one);
        if ((ok = read_step(t, more ? one : steps, &step)))
            put_step(&b, step.point, step.value, step.how == SSVC_ASSUMED, lang);
    }
    if ((ok = ok && value_find(&t->outcome, outcome, &value)))
        put_outcome(&b, t, value, lang);
    str out = ok ? arena_str(a, buf_str(&b)) : path;
    buf_free(&b);
    return out;
}

str ssvc_outcome_text(const struct ssvc_set *set, str table, str outcome) {
    const struct ssvc_table *t = ssvc_table(set, table);
    uint32_t value;
    return t && value_find(&t->outcome, outcome, &value) ? label_text(t->outcome.values[value].name) : outcome;
}
