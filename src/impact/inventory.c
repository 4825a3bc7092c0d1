/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/inventory.h"

#include "archive/archive.h"
#include "base/digest.h"
#include "impact/contents.h"
#include "impact/gone.h"
#include "impact/verdict.h"
#include "store/queries.h"

static const struct predicate *own(void) { return predicate_of_kind(S("inventory")); }

/* ── writing ── */

enum { TEXT_MOST = 2000 }; /* as the schema has it */

static bool fits(str s, const char *what, bool needed, struct err *e) {
    if (s.p && s.n <= TEXT_MOST && s.n > 0 && str_utf8_ok(s))
        return true;
    if (!s.n && !needed)
        return true;
    return err_set(e, ERR_INPUT, (str){NULL, 0},
                   s.n ? _("the %s is longer than 2000 bytes, or no UTF-8") : _("the %s is missing"), what);
}

static const char *media_type(str format) {
    if (str_starts(format, S("cyclonedx-xml")))
        return "application/vnd.cyclonedx+xml";
    if (str_starts(format, S("cyclonedx")))
        return "application/vnd.cyclonedx+json";
    if (str_starts(format, S("spdx-json")))
        return "application/spdx+json";
    if (str_starts(format, S("spdx3")))
        return "application/spdx+json";
    return "text/spdx";
}

bool inventory_payload(struct arena *a, const struct inventory *x, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject subject = {.name = arena_printf(a, "%.*s %.*s", STR_ARG(x->product), STR_ARG(x->version))};
    if (!fits(x->product, _("product"), true, e) || !fits(x->version, _("version"), true, e) ||
        !fits(x->party, _("party"), false, e) || !fits(x->purl, _("purl"), false, e) ||
        !fits(x->supersedes, _("version it supersedes"), false, e))
        return false;
    *vec_push(a, &subject.digests) = (struct subject_digest){S("sha256"), hex_text(a, x->body, 32)};
    jw_obj(&w);
    jw_kstr(&w, "_type", S("https://in-toto.io/Statement/v1"));
    jw_karr(&w, "subject");
    subject_write(&w, &subject);
    jw_arr_end(&w);
    jw_kstr(&w, "predicateType", str_of(own()->type));
    jw_kobj(&w, "predicate");
    jw_kstr(&w, "product", x->product);
    jw_kstr(&w, "version", x->version);
    if (x->party.n)
        jw_kstr(&w, "party", x->party);
    if (x->purl.n)
        jw_kstr(&w, "purl", x->purl);
    if (x->released.n)
        jw_kstr(&w, "releasedOn", x->released);
    if (x->supersedes.n)
        jw_kstr(&w, "supersedes", x->supersedes);
    jw_kobj(&w, "sbom");
    jw_kstr(&w, "format", x->format);
    jw_kstr(&w, "mediaType", str_of(media_type(x->format)));
    jw_kint(&w, "bytes", (int64_t)x->bytes);
    jw_obj_end(&w);
    jw_obj_end(&w);
    jw_obj_end(&w);
    *payload = arena_str(a, buf_str(&b));
    buf_free(&b);
    return true;
}

/* ── reading ── */

bool inventory_read(const struct statement *s, struct inventory *out) {
    struct jv p = s->predicate;
    *out = (struct inventory){.product = j_gets(p, "product"),
                              .version = j_gets(p, "version"),
                              .party = j_gets(p, "party"),
                              .purl = j_gets(p, "purl"),
                              .released = j_gets(p, "releasedOn"),
                              .supersedes = j_gets(p, "supersedes"),
                              .format = j_gets(j_get(p, "sbom"), "format")};
    return predicate_of_type(s->type) == own() && out->product.n && out->version.n && s->subjects.n &&
           hex_bytes(subject_sha256(&s->subjects.v[0]), out->body, 32);
}

/* What is in an envelope is the predicate of its statement. */
static str out_of_envelope(struct ctx *c, struct arena *a, str text) {
    struct dsse d;
    struct statement s;
    str at = text;
    while (at.n && ch_space(*at.p))
        at = str_from(at, 1);
    if (!str_starts(at, S("{\"payload")) || !dsse_parse(c, a, text, S(""), &d, NULL) ||
        !statement_open(c, a, d.payload, S(""), &s, NULL) || !j_ok(s.predicate))
        return text;
    return j_is_str(s.predicate) ? j_str(s.predicate) : json_text(s.predicate, a);
}

/* An SBOM that is a statement itself lies where the log keeps it, which may not be the archive yet. */
static bool find_envelope(struct portfolio *p, struct arena *a, const unsigned char body[32], str *out, struct err *e) {
    struct log_entry entry;
    struct ask *q;
    bool found;
    *out = (str){NULL, 0};
    if (!store_ask(p->store, &Q_sbom_envelope_find, &q, e))
        return false;
    ask_blob(q, 1, str_n((const char *)body, 32));
    ask_int(q, 2, p->log_id);
    if (!ask_step(q, &found, e))
        return false;
    uint64_t index = found ? (uint64_t)ask_col_int(q, 0) : 0;
    ask_end(q);
    return !found || (log_entry(p->home->log, a, index, &entry, e) &&
                      (entry.erased || log_envelope(p->home->log, a, &entry, out, e)));
}

static bool find_given(const struct portfolio *p, const unsigned char body[32], str *out, struct err *e) {
    const str *text = map_get(p->given, str_n((const char *)body, 32));
    *out = text ? *text : (str){NULL, 0};
    return text || err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("the SBOM document was not handed over"));
}

static bool find_text(struct portfolio *p, struct arena *a, const unsigned char body[32], str *out, struct err *e) {
    struct body_name name;
    if (p->given)
        return find_given(p, body, out, e);
    memcpy(name.b, body, 32);
    return find_envelope(p, a, body, out, e) && (out->p || archive_get(p->home->archive, a, &name, out, e));
}

bool inventory_text(struct portfolio *p, struct arena *a, const unsigned char body[32], str *out, struct err *e) {
    str text;
    if (!find_text(p, a, body, &text, e))
        return false;
    *out = out_of_envelope(p->ctx, a, text);
    return true;
}

bool inventory_document_of(struct ctx *c, struct arena *a, str text, str where, struct sbom **out, struct err *e) {
    return sbom_read(c, a, out_of_envelope(c, a, text), where, SBOM_LENIENT, out, NULL, e);
}

static bool read_text(struct portfolio *p, struct arena *a, const unsigned char body[32], bool here, struct sbom **out,
                      struct err *e) {
    str text, where = arena_printf(a, "sha256:%.*s", STR_ARG(hex_text(a, body, 32)));
    if (!find_text(p, a, body, &text, e))
        return false;
    return here || !p->elsewhere ? inventory_document_of(p->ctx, a, text, where, out, e)
                                 : p->elsewhere->read(p->elsewhere->arg, a, body, text, where, out, e);
}

bool inventory_document(struct portfolio *p, struct arena *a, const unsigned char body[32], struct sbom **out,
                        struct err *e) {
    return read_text(p, a, body, false, out, e);
}

bool inventory_parts(struct portfolio *p, struct arena *a, const unsigned char body[32], struct parts *out,
                     struct vex *vex, str product, struct err *e) {
    struct arena *temporary = arena_new();
    struct sbom *s;
    struct err bad = {0};
    bool ok = read_text(p, temporary, body, vex != NULL, &s, &bad); /* verdicts are in no sketch */
    if (ok) {
        parts_of(a, s, out);
        if (vex)
            vex_of_product(vex, s, product);
    } else if (bad.kind == ERR_INPUT || bad.kind == ERR_LIMIT) {
        ctx_warn_err(p->ctx, &bad);
        ok = true;
    } else if (e) {
        *e = bad;
    }
    arena_free(temporary);
    return ok;
}

str inventory_name(struct arena *a, const struct inventory *x) {
    return arena_printf(a, "%.*s@%.*s", STR_ARG(x->product), STR_ARG(x->version));
}

/* ── into the views ── */

/* What the release is; its parts are the entry's. */
static void release_of(const struct entry *x, const struct inventory *of, struct release_new *out) {
    *out = (struct release_new){.product = of->product,
                                .version = of->version,
                                .party = of->party,
                                .parts = x->parts,
                                .log_id = x->log_id,
                                .time = x->time,
                                .entry = x->index,
                                .purl = of->purl,
                                .supersedes = of->supersedes};
    memcpy(out->body, of->body, 32);
    memcpy(out->signer, x->key, 32);
    if (!of->released.n || !time_parse(of->released, &out->released))
        out->released = 0;
}

static bool read_document(struct portfolio *p, const struct inventory *of, struct entry *x, struct err *e) {
    struct parts *parts = arena_new_of(x->arena, struct parts);
    struct vex *vex = arena_new_of(x->arena, struct vex);
    vex->a = x->arena;
    x->parts = parts;
    x->vex = vex;
    return inventory_parts(p, x->arena, of->body, parts, vex, inventory_name(x->arena, of), e);
}

bool inventory_open(struct portfolio *p, struct entry *x, bool *is, struct release_new *out, struct err *e) {
    struct inventory of;
    *is = inventory_read(x->statement, &of);
    if (!*is)
        return true;
    if (!x->parts && gone_body(p, of.body, x->index)) {
        x->parts = arena_new_of(x->arena, struct parts);
        if (!gone_note(p, x->index, e))
            return false;
    }
    if (!x->parts && !read_document(p, &of, x, e))
        return false;
    release_of(x, &of, out);
    return true;
}

static bool apply(struct portfolio *p, const struct entry *x, struct err *e) {
    struct entry_outcome *o = x->outcome;
    struct entry with = *x;
    struct release_new r;
    if (!inventory_open(p, &with, &o->release, &r, e))
        return false;
    if (!o->release)
        return true;
    o->parts = with.parts;
    return contents_add(p->contents, &r, &o->release_id, &o->fresh, e) &&
           (!with.vex || verdicts_take(p, x, with.vex, true, e));
}
const struct projection inventory_projection = {"inventory", apply};
