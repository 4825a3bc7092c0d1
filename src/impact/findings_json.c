/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/answer.h"

#include "vuln/cvss.h"

static bool no_severity(str word, struct err *e) {
    err_set(e, ERR_USAGE, S("severity"), _("\"%.*s\" is no severity"), STR_ARG(word));
    return err_hint(e, "%s", _("critical, high, medium, low, none or unknown; several with commas between"));
}

bool findings_severities(str text, unsigned *out, struct err *e) {
    bool one = str_chr(text, ',') == STR_NONE;
    str word;
    *out = 0;
    while (str_next(&text, ',', &word)) {
        enum severity s = severity_of_word(word);
        if (s == SEVERITY_UNKNOWN && !str_is(word, "unknown"))
            return no_severity(word, e);
        *out |= 1U << s;
        for (unsigned more = s; one && s > SEVERITY_NONE && more <= SEVERITY_CRITICAL; more++)
            *out |= 1U << more;
    }
    return true;
}

bool findings_epss(str text, int32_t *out, struct err *e) {
    str whole, part;
    uint64_t n = 0;
    (void)str_cut(text, '.', &whole, &part);
    *out = str_is(whole, "1") ? 10000 : 0;
    bool good = (str_is(whole, "0") || str_is(whole, "1")) && part.n <= 4 && (!part.n || str_u64(part, &n));
    for (size_t i = part.n; i < 4; i++)
        n *= 10;
    *out += (int32_t)n;
    return (good && *out <= 10000) ||
           err_set(e, ERR_USAGE, text, "%s", _("a probability is a number from 0 to 1, of at most four places"));
}

struct writing {
    struct arena *a;
    struct jw *w;
};
static bool put(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)e;
    struct writing *x = arg;
    cells_json(x->a, x->w, findings_columns, cells);
    return true;
}

bool findings_json(struct portfolio *p, struct arena *a, struct jw *w, const struct findings_answer *k, struct err *e) {
    struct writing x = {a, w};
    const struct as_of *pin = findings_pin(k->list);
    struct cursor next;
    bool more;
    str database;
    if (!hits_database(p, a, &database, e))
        return false;
    jw_obj(w);
    jw_kobj(w, "as_of");
    jw_kint(w, "entries", (int64_t)pin->size);
    jw_kstr(w, "time", time_rfc3339(a, pin->time));
    jw_kstr(w, "advisories", database);
    jw_obj_end(w);
    jw_kint(w, "total", (int64_t)k->count);
    jw_kbool(w, "total_is_exact", k->exact);
    jw_karr(w, "rows");
    if (!findings_page(k->list, k->from, k->limit, put, &x, &next, &more, e))
        return false;
    jw_arr_end(w);
    if (more)
        jw_kstr(w, "next", cursor_text(a, &next, k->question));
    jw_obj_end(w);
    return true;
}
