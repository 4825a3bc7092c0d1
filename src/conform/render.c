/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/render.h"

#include "base/csv.h"
#include "base/digest.h"
#include "conform/oscal.h"

extern const struct rendition html_rendition, pdf_rendition, csv_rendition, oscal_rendition, cyclonedx_rendition,
    procurement_rendition;
const struct rendition *const renditions[] = {&html_rendition,
                                              &pdf_rendition,
                                              &csv_rendition,
                                              &oscal_rendition,
                                              &cyclonedx_rendition,
                                              &procurement_rendition,
                                              NULL};

const struct rendition *rendition_of(str name) {
    for (const struct rendition *const *r = renditions; *r; r++)
        if (str_is(name, (*r)->name))
            return *r;
    return NULL;
}

str rendition_uuid(struct arena *a, const struct declaration_row *d, const char *word, str more) {
    return oscal_uuid(a, arena_printf(a, "%s %.*s", word, STR_ARG(more)), hex_text(a, d->envelope, 32));
}

const char *basis_title(const struct declared_practice *p) {
    static const char *const titles[] = {N_("no evidence"), N_("computed"), N_("attested"), N_("not applicable")};
    return p->claimed ? N_("claimed") : titles[p->basis];
}

/* ── CSV ── a row a practice */

static void csv_line(struct buf *b, const str *cells, size_t n) {
    for (size_t i = 0; i < n; i++)
        csv_write(b, i == 0, cells[i]);
    buf_addz(b, "\r\n");
}

static str number(struct arena *a, int n) { return n < 0 ? S("") : arena_printf(a, "%d", n); }

static uint32_t entries_of(const struct declared_practice *p) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->rules.n; i++)
        n += p->rules.v[i].evidence.n;
    return n;
}

static bool write_csv(const struct rendering *r, struct err *e) {
    (void)e;
    struct arena *a = r->arena;
    const str heads[] = {S("declaration"), S("catalogue"), S("package"), S("practice"), S("title"), S("level"),
                         S("target"),      S("basis"),     S("person"),  S("reason"),   S("until"), S("evidence")};
    const struct declaration *d = &r->declared->said;
    csv_line(r->out, heads, 12);
    for (uint32_t i = 0; i < d->practices.n; i++) {
        const struct declared_practice *p = &d->practices.v[i];
        const struct practice *x = practice_of(r->catalogue, p->id);
        const str cells[] = {d->id,
                             d->catalogue,
                             d->package,
                             p->id,
                             x ? label_text(x->title) : S(""),
                             number(a, declared_level(p)),
                             number(a, p->target),
                             str_of(_(basis_title(p))),
                             p->claimed ? p->by.name : S(""),
                             p->claimed ? p->claim : p->reason,
                             p->until ? time_rfc3339(a, p->until) : S(""),
                             arena_printf(a, "%u", entries_of(p))};
        csv_line(r->out, cells, 12);
    }
    return true;
}
const struct rendition csv_rendition = {"csv", ".csv", N_("a row for each practice (CSV)"), write_csv};
