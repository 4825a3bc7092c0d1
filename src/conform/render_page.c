/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/render_page.h"

#include "base/digest.h"

static void pair(struct arena *a, struct page_pairs *to, const char *name, str value) {
    *vec_push(a, to) = (struct page_pair){str_of(name), value};
}

static int stamp_kind(enum standing s) { return s == STANDING_GOOD ? 0 : s <= STANDING_CHALLENGED ? 1 : 2; }
static const char *stamp_word(enum standing s) {
    static const char *const words[] = {N_("in force"),  N_("expired"),   N_("at risk"),    N_("challenged"),
                                        N_("suspended"), N_("corrected"), N_("superseded"), N_("withdrawn")};
    return _(words[s]);
}

static str names(struct arena *a, const struct scope_names *v) {
    struct buf b = {0};
    for (uint32_t i = 0; i < v->n; i++) {
        buf_addz(&b, i ? ", " : "");
        buf_add(&b, v->v[i]);
    }
    str all = arena_str(a, buf_str(&b));
    buf_free(&b);
    return all;
}

static str day(struct arena *a, int64_t t) { return str_upto(time_rfc3339(a, t), 10); }

static str package_title(const struct rendering *r) {
    int32_t n = package_number(r->catalogue, r->declared->said.package);
    return n < 0 ? r->declared->said.package : label_text(r->catalogue->packages.v[n].title);
}

static void facts(const struct rendering *r, struct page *out) {
    struct page_pairs *b = &out->facts;
    struct arena *a = r->arena;
    const struct declaration *d = &r->declared->said;
    pair(a, b, _("Declaration"), d->id);
    pair(a, b, _("Declared by"), d->party_name);
    pair(a, b, _("Signed for by"),
         arena_printf(a, "%.*s, %.*s", STR_ARG(d->signatory.role), STR_ARG(d->signatory.name)));
    pair(a, b, _("Package"), package_title(r));
    pair(a, b, _("Valid"), arena_printf(a, "%.*s – %.*s", STR_ARG(day(a, d->from)), STR_ARG(day(a, d->until))));
    pair(a, b, _("Products"), names(a, &d->products));
    if (d->sites.n)
        pair(a, b, _("Sites"), names(a, &d->sites));
    for (uint32_t i = 0; i < d->exclusions.n; i++)
        pair(a, b, _("Not covered"),
             arena_printf(a, "%.*s: %.*s", STR_ARG(d->exclusions.v[i].what), STR_ARG(d->exclusions.v[i].reason)));
    pair(a, b, _("Releases counted"), arena_printf(a, "%llu", (unsigned long long)d->releases));
    pair(a, b, _("Evidence"),
         arena_printf(a, _("%u statements in the log %.*s, as of %.*s"), d->evidence.n, STR_ARG(d->origin),
                      STR_ARG(time_rfc3339(a, d->time))));
    pair(a, b, _("Catalogue edition"),
         arena_printf(a, "%.*s %.*s, SHA-256 %.*s…", STR_ARG(d->catalogue), STR_ARG(d->catalogue_version),
                      STR_ARG(str_upto(d->catalogue_sha256, 16))));
    pair(a, b, "SHA-256", str_from(out->digest, 7));
    if (d->note.n)
        pair(a, b, _("Note"), d->note);
}

static uint32_t counted(const struct declared_practice *p) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->rules.n; i++)
        n += p->rules.v[i].evidence.n;
    return n;
}

static void practices(const struct rendering *r, struct page *out) {
    static const char *const heads[PAGE_HEADS] = {N_("Practice"), N_("Title"),     N_("Level"), "",
                                                  N_("Basis"),    N_("Statements")};
    const struct declaration *d = &r->declared->said;
    out->practices_title = str_of(_("Practices"));
    for (size_t i = 0; i < PAGE_HEADS; i++)
        out->heads[i] = *heads[i] ? str_of(_(heads[i])) : S("");
    for (uint32_t i = 0; i < d->practices.n; i++) {
        const struct declared_practice *p = &d->practices.v[i];
        const struct practice *x = practice_of(r->catalogue, p->id);
        if (p->target < 0)
            continue;
        *vec_push(r->arena, &out->rows) = (struct page_row){.id = p->id,
                                                            .title = x ? label_text(x->title) : S(""),
                                                            .remark = p->claimed ? p->claim : p->reason,
                                                            .level = p->level,
                                                            .claimed = p->claimed,
                                                            .declared = declared_level(p),
                                                            .target = p->target,
                                                            .falls_short = declared_level(p) < p->target &&
                                                                           p->basis != BASIS_NOT_APPLICABLE,
                                                            .basis = str_of(_(basis_title(p))),
                                                            .statements = counted(p)};
    }
}

static void history(const struct rendering *r, struct page *out) {
    static const char *const kinds[] = {N_("endorsed"), N_("challenged"), N_("answered"), N_("standing"),
                                        N_("handed over")};
    out->history_title = str_of(_("What became of it"));
    for (uint32_t i = 0; i < r->declared->events.n; i++) {
        const struct declaration_event *x = &r->declared->events.v[i];
        if (x->event == DECLARED_GIVEN || !x->counts) /* to whom it was given is nobody else's business */
            continue;
        str said = j_gets(x->said, "reason");
        said = said.n ? said : j_gets(x->said, "text");
        said = said.n ? said : j_gets(x->said, "result");
        pair(r->arena, &out->history,
             arena_printf(r->arena, "%.*s %s", STR_ARG(day(r->arena, x->time)), _(kinds[x->event])).p, said);
    }
}

void page_of(const struct rendering *r, struct page *out) {
    const struct declaration *d = &r->declared->said;
    *out = (struct page){.id = d->id,
                         .title = str_of(_("Declaration of conformity")),
                         .catalogue = label_text(r->catalogue->title),
                         .stamp = str_of(stamp_word(r->declared->standing)),
                         .stamp_kind = stamp_kind(r->declared->standing),
                         .digest = arena_cat(r->arena, S("sha256:"), hex_text(r->arena, r->declared->envelope, 32))};
    facts(r, out);
    practices(r, out);
    history(r, out);
    out->legend = str_of(
        _("Full boxes: computed from signed statements in the log; anybody who has them can compute it again. "
          "Hatched boxes: claimed by the person who signed, beyond the evidence. The line below a box marks "
          "what the package wants."));
    out->command = arena_printf(r->arena, "akashi conform verify %.*s.declaration.json --key KEY", STR_ARG(d->id));
}
