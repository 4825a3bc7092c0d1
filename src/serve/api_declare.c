/* SPDX-License-Identifier: Apache-2.0
 *
 * Declaring: what would be claimed, signing it, and the files that are handed over; a bundle of somebody's checked and
 * taken in.
 */
#include "base/digest.h"
#include "base/file.h"
#include "conform/declare_request.h"
#include "conform/handed.h"
#include "conform/recompute.h"
#include "conform/render.h"
#include "seal/home_bundle.h"
#include "seal/keytext.h"
#include "serve/declared.h"

bool api_declare(struct call *q, struct err *e);
bool api_declaration_file(struct call *q, struct err *e);
bool api_declaration_verify(struct call *q, struct err *e);
bool api_declaration_receive(struct call *q, struct err *e);

/* ── declaring ── */

static void read_request(struct call *q, struct declare_request *r) {
    struct jv b = q->json.root;
    *r = (struct declare_request){.catalogue = j_gets(b, "catalogue"),
                                  .package = j_gets(b, "package"),
                                  .party = j_gets(b, "party"),
                                  .signatory = call_person(q),
                                  .from = j_gets(b, "from"),
                                  .until = j_gets(b, "until"),
                                  .note = j_gets(b, "note"),
                                  .withhold = j_true(j_get(b, "withhold")),
                                  .dashes = ""};
    call_names(q, j_get(b, "products"), &r->products);
    call_names(q, j_get(b, "sites"), &r->sites);
    for (struct jiter it = j_iter(j_get(b, "exclusions")); j_next(&it);)
        *vec_push(q->a, &r->exclusions) = (struct exclusion){str_trim(j_gets(it.val, "what")),
                                                             str_trim(j_gets(it.val, "reason"))};
    for (struct jiter it = j_iter(j_get(b, "claims")); j_next(&it);) {
        int64_t level = j_int(j_get(it.val, "level"), 0);
        *vec_push(q->a, &r->claims) = (struct claim){j_gets(it.val, "practice"),
                                                     level > 0 && level < LEVELS ? (int)level : 0,
                                                     str_trim(j_gets(it.val, "reason"))};
    }
}

static bool check_exclusions(const struct declare_request *r, struct err *e) {
    for (uint32_t i = 0; i < r->exclusions.n; i++)
        if (!r->exclusions.v[i].what.n || !r->exclusions.v[i].reason.n)
            return err_set(e, ERR_USAGE, S("exclusions"), "%s", _("what is left out needs its reason"));
    return true;
}

/* What an earlier declaration has to do with it is told before anything is signed. */
static bool answer_preview(struct call *q, struct declaring *k, struct err *e) {
    struct err stands = {0};
    bool free_place = declaration_place(q->views, q->a, &k->d, &stands);
    if (!free_place && stands.kind != ERR_INPUT) {
        *e = stands;
        return false;
    }
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kbool(w, "signed", false);
    jw_kbool(w, "carried", free_place && !k->short_of.n);
    if (!free_place) {
        jw_kobj(w, "refused");
        jw_kstr(w, "declaration", str_of(stands.where));
        jw_kstr(w, "title", str_of(stands.what));
        jw_kstr(w, "hint", str_of(stands.hint));
        jw_obj_end(w);
    }
    declaring_json(q->a, w, k);
    jw_obj_end(w);
    return true;
}

static bool answer_short(struct call *q, struct declaring *k) {
    struct jw *w = call_json_as(q, 422);
    q->out->type = "application/problem+json";
    jw_obj(w);
    jw_kstr(w, "type", S("urn:akashi:problem:not-carried"));
    jw_kstr(w, "title",
            arena_printf(q->a,
                         msg_n("the evidence does not carry this package: %u practice falls short",
                               "the evidence does not carry this package: %u practices fall short", k->short_of.n),
                         k->short_of.n));
    jw_kint(w, "status", 422);
    declaring_json(q->a, w, k);
    jw_obj_end(w);
    return true;
}

bool api_declare(struct call *q, struct err *e) {
    struct declare_request r;
    struct declaring k;
    bool preview = j_true(j_get(q->json.root, "preview"));
    uint64_t index;
    str bundle;
    read_request(q, &r);
    if (preview && (!r.signatory.name.n || !r.signatory.role.n)) /* whoever looks has not decided who signs */
        r.signatory = (struct person){q->who.name.n ? q->who.name : S("-"), S("-")};
    if (!check_exclusions(&r, e) || !declare_request_make(q->views, q->a, &r, &k, e))
        return false;
    if (preview)
        return answer_preview(q, &k, e);
    if (k.short_of.n)
        return answer_short(q, &k);
    if (!declaring_sign(q->views, q->a, &k, &index, &bundle, e))
        return false;
    struct jw *w = call_json_as(q, 201);
    jw_obj(w);
    jw_kbool(w, "signed", true);
    jw_kint(w, "entry", (int64_t)index);
    declaring_json(q->a, w, &k);
    jw_obj_end(w);
    call_header(q, "Location", arena_printf(q->a, "/api/v1/declarations/%.*s", STR_ARG(k.d.id)).p);
    return true;
}
const struct route_doc api_declare_doc = {
    .answer = "declare-answer",
    .body = "declare",
    .says = N_("{catalogue, package, party, products: [], sites: [], exclusions: [{what, reason}], claims: [{practice, "
               "level, reason}], person: {name, role}, from, until, note, withhold, preview}: with preview what would "
               "be declared and what falls short, else signed and logged; 422 while the evidence does not carry it"),
};

/* ── files ── */

static const struct file_form {
    const char *form, *type;
} forms[] = {
    {"html", "text/html; charset=utf-8"}, {"pdf", "application/pdf"},        {"csv", "text/csv; charset=utf-8"},
    {"oscal", "application/json"},        {"cyclonedx", "application/json"}, {"procurement", "application/json"},
    {"bundle", "application/json"},
};
#define FORMS "html|pdf|csv|oscal|cyclonedx|procurement|bundle"
enum { FORM_BUNDLE = sizeof forms / sizeof *forms - 1 };

static bool entry_of(struct call *q, int64_t log_id, uint64_t entry, str *out, struct err *e) {
    struct bundle b;
    if (log_id != q->views->log_id)
        return err_set(e, ERR_INPUT, call_part(q, 0), "%s", _("only the log that it came from has a proof of it"));
    if (!home_bundle(q->home, q->a, &entry, 1, &b, e))
        return false;
    *out = bundle_text(q->a, &b);
    return true;
}

/* A word about it, on its way to whom it concerns. */
static bool word_of(struct call *q, const struct declaration_row *d, str *out, struct err *e) {
    uint64_t entry;
    if (!call_number(q, "entry", 0, UINT64_MAX >> 1, &entry, e))
        return false;
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.v[i].entry == entry)
            return entry_of(q, d->events.v[i].log_id, entry, out, e);
    return err_set(e, ERR_USAGE, S("entry"), "%s", _("nothing was said of this declaration there"));
}

/* The statements it rests on are for the declarer to hand over. */
static bool bundle_of(struct call *q, const struct reader *reader, const struct declaration_row *d, str *out,
                      struct err *e) {
    bool whole = d->ours && reader->owner && !call_flag(q, "withhold");
    if (call_text(q, "entry").n)
        return word_of(q, d, out, e);
    return d->ours ? declaration_bundle(q->views, q->a, d->entry, &d->said, whole, out, e)
                   : entry_of(q, d->log_id, d->entry, out, e);
}

static bool rendered(struct call *q, const struct declaration_row *d, const char *form, str *out, struct err *e) {
    struct buf b = {0};
    struct rendering r = {.arena = q->a, .declared = d, .out = &b};
    const struct rendition *as = rendition_of(str_of(form));
    bool ok = catalogue_find(q->ctx, q->views, q->a, d->said.catalogue, &r.catalogue, e) && as->write(&r, e);
    if (ok)
        *out = arena_str(q->a, buf_str(&b));
    buf_free(&b);
    return ok;
}

bool api_declaration_file(struct call *q, struct err *e) {
    struct reader reader;
    const struct declaration_row *d;
    str text;
    int form;
    if (!call_choice(q, "form", FORMS, 0, &form, e) || !call_reader(q, &reader, e) ||
        !call_declaration(q, &reader, &d, e))
        return false;
    if (!d)
        return call_not_found(q);
    if (form == FORM_BUNDLE ? !bundle_of(q, &reader, d, &text, e) : !rendered(q, d, forms[form].form, &text, e))
        return false;
    const struct rendition *as = rendition_of(str_of(forms[form].form));
    call_header(
        q, "Content-Disposition",
        arena_printf(q->a, "attachment; filename=\"%.*s.declaration%s\"", STR_ARG(d->said.id), as ? as->ends : ".json")
            .p);
    return call_bytes(q, forms[form].type, text);
}
const struct route_doc api_declaration_file_doc = {
    .answer = "declaration-file-answer",
    .others = "text/html|application/pdf|text/csv",
    .arguments =
        (const struct route_argument[]){
            {"form", FORMS, N_("as what (html)")},
            {"entry", "number",
             N_("a bundle of what was said of it there (a challenge, an answer …) for whom it concerns")},
            {"withhold", "flag", N_("a bundle without the statements it rests on")},
            ARGUMENT_AS_OF,
            ARGUMENT_AUDIENCE,
            {0}},
    .says = N_("a page to print or PDF in the reader's language, CSV, OSCAL, CycloneDX, a profile for procurement, or "
               "the bundle that anybody can verify; only the declarer gets it with its evidence"),
};

/* ── what came from somebody else ── */

static bool trusted_too(struct call *q, struct verify_options *o, struct err *e) {
    struct key_text key;
    str text = call_text(q, "key");
    if (!text.n)
        return true;
    if (!keytext_read(q->ctx, q->a, text, S("key"), &key, e))
        return false;
    struct trusted_key *k = vec_push(q->a, &o->keys);
    *k = (struct trusted_key){.key = key.key, .name = key.name.p ? key.name : S("key")};
    pubkey_id(&k->key, k->id);
    return true;
}

static bool bundle_came(struct call *q, struct bundle *out, struct err *e) {
    str text;
    if (!q->file.n)
        return err_set(e, ERR_USAGE, S("body"), "%s", _("send the file that was handed over"));
    return file_map(q->a, q->file, &text, e) && call_bundle(q, text, out, e);
}

bool api_declaration_verify(struct call *q, struct err *e) {
    struct verify_options o = {.home = q->home, .as_of = UINT64_MAX};
    struct recomputation r;
    struct bundle b;
    o.given = &b;
    if (!trusted_too(q, &o, e) || !bundle_came(q, &b, e) ||
        !declaration_recompute(q->ctx, q->a, S("body"), NULL, 0, &o, &r, e))
        return false;
    recomputation_json(q->a, call_json(q), &r);
    return true;
}
const struct route_doc api_declaration_verify_doc = {
    .answer = "recomputation-answer",
    .arguments = (const struct route_argument[]){{"key", "text",
                                                  N_("a signer's public key, trusted for this answer alone: PEM, vkey, "
                                                     "minisign, signify or SSH")},
                                                 {0}},
    .says = N_("the body is the bundle; of each practice: confirmed, attested-only, not-disclosed or contradicted"),
};

bool api_declaration_receive(struct call *q, struct err *e) {
    struct handed_over h;
    struct handed_entries all;
    struct bundle b;
    if (!bundle_came(q, &b, e) || !handed_of(q->ctx, q->a, q->home, &b, S("body"), &h, e) ||
        !handed_take(q->views, q->a, S("body"), &h, &all, e))
        return false;
    struct jw *w = call_json_as(q, 201);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < all.n; i++) {
        jw_obj(w);
        jw_kstr(w, "kind", all.v[i].kind);
        jw_kint(w, "entry", (int64_t)all.v[i].index);
        jw_kbool(w, "known", all.v[i].known);
        jw_kbool(w, "wasThere", all.v[i].was_there);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_declaration_receive_doc = {
    .answer = "declaration-answer",
    .says = N_(
        "the body is a bundle with a declaration, an endorsement, a challenge, its answer or a standing: logged as "
        "what it is; what only the declarer may say is refused when no trusted key signed it"),
};
