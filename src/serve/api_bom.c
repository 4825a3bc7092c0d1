/* SPDX-License-Identifier: Apache-2.0
 *
 * What build servers speak: the part of Dependency-Track's API that its clients use to hand in an SBOM and to read what
 * was found, so that they can be pointed here unchanged. A project is a release of a product; its UUID names the
 * release and proves that it is the one meant.
 *
 * Nothing is left to be done when an upload is answered: the document is in log, archive and views, and its findings
 * are in the answer. The routes to ask how far it is say so.
 */
#include "base/cipher.h"
#include "base/digest.h"
#include "base/file.h"
#include "impact/lists.h"
#include "serve/app.h"
#include "serve/asking.h"
#include "serve/confined.h"
#include "serve/multipart.h"

bool api_dt_version(struct call *q, struct err *e);
bool api_dt_team(struct call *q, struct err *e);
bool api_bom(struct call *q, struct err *e);
bool api_bom_token(struct call *q, struct err *e);
bool api_project_lookup(struct call *q, struct err *e);
bool api_project(struct call *q, struct err *e);
bool api_project_findings(struct call *q, struct err *e);
bool api_project_export(struct call *q, struct err *e);
bool api_project_violations(struct call *q, struct err *e);

/* The oldest of theirs that has all of this; clients ask before they use it. */
#define SPOKEN "4.12.0"
enum { READING_SECONDS = 60, FINDINGS_PAGE = 1000 };

/* ── a release as a UUID ── version 8 (RFC 9562): 58 bits of a digest of its name, 64 of its number. */

struct project {
    str product, version, name;
    int64_t number; /* of the product */
    uint32_t release;
};

static str uuid_of(struct arena *a, const struct project *x) {
    unsigned char d[32], u[16];
    digest_of(DIGEST_SHA256, arena_printf(a, "%.*s\n%.*s", STR_ARG(x->product), STR_ARG(x->version)), d);
    memcpy(u, d, 10);
    u[6] = (unsigned char)(0x80 | (u[6] & 0x0f));
    u[8] = (unsigned char)(0x80 | (u[8] & 0x3f));
    for (int i = 0; i < 6; i++)
        u[10 + i] = (unsigned char)((uint64_t)x->release >> (8 * (5 - i)));
    str h = hex_text(a, u, 16);
    return arena_printf(a, "%.8s-%.4s-%.4s-%.4s-%.12s", h.p, h.p + 8, h.p + 12, h.p + 16, h.p + 20);
}

static bool describe(struct call *q, const struct release_row *row, struct project *out, bool *may, struct err *e) {
    struct product p = {0};
    struct reader reader = q->who.reader;
    *may = false;
    *out = (struct project){.number = row->product, .release = row->twin, .version = row->version};
    if (!product_get(q->views, q->a, row->product, &q->when, &p, may, e))
        return false;
    *may = *may && audience_product(&reader, &p);
    out->product = p.id;
    out->name = p.name.n ? p.name : p.id;
    return true;
}

/* *found false: no such project, or none the caller may know of. */
static bool by_uuid(struct call *q, str text, struct project *out, bool *found, struct err *e) {
    struct release_row row;
    uint64_t number = 0;
    uint32_t known;
    *found = false;
    if (text.n != 36)
        return true;
    for (size_t i = 24; i < 36; i++) {
        const char *digits = "0123456789abcdef", *at = strchr(digits, text.p[i] | 0x20);
        if (!at || !text.p[i])
            return true;
        number = number << 4 | (uint64_t)(at - digits);
    }
    if (!contents_releases_at(q->views->contents, &q->when, &known, e))
        return false;
    if (number >= known)
        return true;
    if (!contents_release(q->views->contents, q->a, (uint32_t)number, &row, e) || !describe(q, &row, out, found, e))
        return false;
    *found = *found && str_ieq(uuid_of(q->a, out), text);
    return true;
}

static bool by_name(struct call *q, str product, str version, struct project *out, bool *found, struct err *e) {
    struct release_rows rows;
    int64_t number;
    *found = false;
    if (!thing_find(q->views, THING_PRODUCT, product, found, &number, e) || !*found)
        return e->kind == ERR_NONE;
    if (!contents_releases(q->views->contents, q->a, number, version, &rows, e))
        return false;
    *found = rows.n > 0;
    return !*found || describe(q, &rows.v[0], out, found, e);
}

/* ── what was sent ── */

struct upload {
    str project, product, version, parent, bom;
    bool create;
};

static bool take_field(struct arena *a, struct upload *u, str name, str value) {
    const struct {
        const char *name;
        str *to;
    } fields[] = {{"project", &u->project}, {"projectName", &u->product}, {"projectVersion", &u->version}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_is(name, fields[i].name))
            *fields[i].to = arena_str(a, str_trim(value));
    if (str_is(name, "autoCreate"))
        u->create = str_is(value, "true");
    return true;
}

static bool read_json(struct call *q, str text, struct upload *u, struct err *e) {
    struct json doc;
    if (!json_parse(q->ctx, q->a, text, JSON_STRICT, S("body"), &doc, e) || !call_fits(q, &doc, e))
        return false;
    for (struct jiter it = j_iter(doc.root); j_next(&it);)
        take_field(q->a, u, it.key, j_is_bool(it.val) ? (j_true(it.val) ? S("true") : S("false")) : j_str(it.val));
    if (base64_bytes(q->a, j_gets(doc.root, "bom"), false, &u->bom))
        return true;
    return err_set(e, ERR_INPUT, S("body#/bom"), _("must be the document in base64"));
}

static bool read_form(struct call *q, str type, str text, struct upload *u, struct err *e) {
    struct form_parts parts;
    if (!multipart_read(q->a, type, text, &parts))
        return err_set(e, ERR_INPUT, S("body"), _("this form is damaged"));
    for (uint32_t i = 0; i < parts.n; i++)
        if (str_is(parts.v[i].name, "bom"))
            u->bom = parts.v[i].body;
        else
            take_field(q->a, u, parts.v[i].name, parts.v[i].body);
    return true;
}

static bool read_upload(struct call *q, struct upload *u, struct err *e) {
    str type = asked_header(q->asked, "Content-Type"), text = q->body;
    if (q->file.n && !file_map(q->a, q->file, &text, e))
        return false;
    if (!(str_istarts(type, S("multipart/")) ? read_form(q, type, text, u, e) : read_json(q, text, u, e)))
        return false;
    if (!u->bom.n)
        return err_set(e, ERR_INPUT, S("bom"), _("there is no document"));
    if (!u->project.n && (!u->product.n || !u->version.n))
        return err_set(e, ERR_INPUT, S("projectName"), _("say which project: its name and version, or its UUID"));
    return true;
}

/* ── into the log ── */

/* Read where it can do no harm; from then on the document itself is bytes. */
static bool take_in(struct call *q, const struct upload *u, struct err *e) {
    struct gist g;
    struct import_gist x = {
        .text = u->bom, .where = S("bom"), .product = u->product, .version = u->version, .gist = &g};
    const struct reading_plan plan = {.kind = IMPORT_SBOM,
                                      .text = u->bom,
                                      .name = S("bom"),
                                      .whose = q->who.user,
                                      .lang = q->lang,
                                      .seconds = READING_SECONDS};
    if (!readers_gist(app_readers(q->app), &plan, q->a, &g, e) || !import_gist_prepare(q->ctx, q->a, &x, e))
        return false;
    x.payload = statement_with_by(q->a, x.payload, q->who.user);
    return app_take(q->app, &x, e);
}

/* ── what was found ── */

static const char *severity_word(str s) {
    static const char *const words[] = {"CRITICAL", "HIGH", "MEDIUM", "LOW"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_ieq(s, str_of(words[i])))
            return words[i];
    return "UNASSIGNED";
}
static int severity_rank(const char *word) {
    static const char order[] = "CHMLU";
    return (int)(strchr(order, word[0]) - order);
}
static const char *source_of(str id) {
    return str_starts(id, S("CVE-")) ? "NVD" : str_starts(id, S("GHSA-")) ? "GITHUB" : "OSV";
}

static str named_uuid(struct arena *a, const char *kind, str name) {
    return uuid_of(a, &(struct project){.product = str_of(kind), .version = name});
}

struct finding_list {
    struct call *q;
    struct jw *w;
    str project;
    uint64_t n;
};

static void component_json(struct finding_list *k, str purl, str uuid) {
    struct jw *w = k->w;
    str name = purl, version = {NULL, 0}, rest;
    if (str_rcut(purl, '@', &rest, &version))
        name = rest;
    size_t slash = str_rchr(name, '/');
    jw_kobj(w, "component");
    jw_kstr(w, "uuid", uuid);
    jw_kstr(w, "name", slash == STR_NONE ? name : str_from(name, slash + 1));
    jw_kstr(w, "version", version);
    jw_kstr(w, "purl", purl);
    jw_kstr(w, "project", k->project);
    jw_obj_end(w);
}

static bool put_finding(void *arg, const struct reach_cell *cells, struct err *e) {
    enum { FLAW, SEVERITY, SCORE, EPSS, KEV, KEV_DUE, COMPONENT, FIXED, STATUS, SUMMARY = 16 };
    struct finding_list *k = arg;
    struct jw *w = k->w;
    struct arena *a = k->q->a;
    str flaw = cells[FLAW].text;
    const char *severity = severity_word(cells[SEVERITY].text);
    str component = named_uuid(a, "component", cells[COMPONENT].text);
    str vulnerability = named_uuid(a, "vulnerability", flaw);
    (void)e;
    k->n++;
    jw_obj(w);
    component_json(k, cells[COMPONENT].text, component);
    jw_kobj(w, "vulnerability");
    jw_kstr(w, "uuid", vulnerability);
    jw_kstr(w, "source", str_of(source_of(flaw)));
    jw_kstr(w, "vulnId", flaw);
    jw_kstr(w, "title", cells[SUMMARY].text);
    jw_kstr(w, "severity", str_of(severity));
    jw_kint(w, "severityRank", severity_rank(severity));
    if (cells[SCORE].given) {
        jw_key(w, S("cvssV3BaseScore"));
        jw_num(w, (double)cells[SCORE].number / 10);
    }
    if (cells[EPSS].given) {
        jw_key(w, S("epssScore"));
        jw_num(w, (double)cells[EPSS].number / 10000);
    }
    jw_kbool(w, "knownExploited", cells[KEV].number != 0);
    if (cells[FIXED].text.n)
        jw_kstr(w, "recommendation", cells[FIXED].text);
    jw_karr(w, "aliases");
    jw_arr_end(w);
    jw_karr(w, "cwes");
    jw_arr_end(w);
    jw_obj_end(w);
    jw_kobj(w, "analysis");
    jw_kbool(w, "isSuppressed", false);
    jw_obj_end(w);
    jw_kstr(w, "matrix",
            arena_printf(a, "%.*s:%.*s:%.*s", STR_ARG(k->project), STR_ARG(component), STR_ARG(vulnerability)));
    jw_obj_end(w);
    return true;
}

/* As an array. */
static bool findings_json(struct call *q, struct portfolio *p, struct jw *w, const struct project *x, uint64_t *n,
                          struct err *e) {
    struct question question;
    struct findings *f = NULL;
    struct cursor at = {0}, next = {0};
    bool more;
    struct finding_list k = {q, w, uuid_of(q->a, x), 0};
    const struct as_of now = {0};
    str text = arena_printf(q->a, "release:%.*s@%.*s", STR_ARG(x->product), STR_ARG(x->version));
    if (!question_parse(p, q->a, text, &question, e))
        return false;
    const struct findings_wish wish = {.within = &question};
    jw_arr(w);
    bool ok = findings_begin(p, q->a, &q->who.reader, &now, &wish, &f, e);
    for (more = true; ok && more; at = next)
        ok = findings_page(f, &at, FINDINGS_PAGE, put_finding, &k, &next, &more, e);
    findings_free(f);
    jw_arr_end(w);
    *n = k.n;
    return ok;
}

/* ── the routes ── */

static void project_json(struct call *q, struct jw *w, const struct project *x) {
    jw_obj(w);
    jw_kstr(w, "uuid", uuid_of(q->a, x));
    jw_kstr(w, "name", x->product);
    jw_kstr(w, "version", x->version);
    jw_kstr(w, "description", x->name);
    jw_kstr(w, "classifier", S("APPLICATION"));
    jw_kbool(w, "active", true);
    jw_obj_end(w);
}

bool api_dt_version(struct call *q, struct err *e) {
    (void)e;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "application", S("Akashi"));
    jw_kstr(w, "version", S(SPOKEN));
    jw_kstr(w, "akashi", S(AKASHI_VERSION));
    jw_obj_end(w);
    return true;
}
const struct route_doc api_dt_version_doc = {
    .answer = "version-answer",
    .says = N_("\"version\" is that of Dependency-Track whose clients are understood; \"akashi\" is ours")};

bool api_dt_team(struct call *q, struct err *e) {
    static const struct {
        enum may may;
        const char *name;
    } words[] = {
        {MAY_READ, "VIEW_PORTFOLIO"}, {MAY_READ, "VIEW_VULNERABILITY"},        {MAY_READ, "VIEW_POLICY_VIOLATION"},
        {MAY_UPLOAD, "BOM_UPLOAD"},   {MAY_UPLOAD, "PROJECT_CREATION_UPLOAD"}, {MAY_UPLOAD, "PORTFOLIO_MANAGEMENT"}};
    (void)e;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "name", q->who.name);
    jw_kstr(w, "uuid", named_uuid(q->a, "team", q->who.user));
    jw_karr(w, "permissions");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (caller_may(&q->who, words[i].may)) {
            jw_obj(w);
            jw_kstr(w, "name", str_of(words[i].name));
            jw_obj_end(w);
        }
    jw_arr_end(w);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_dt_team_doc = {.answer = "team-answer",
                                          .says = N_("what the token may do, in Dependency-Track's words")};

/* By a role for one party only for what that party ships already. */
static bool may_upload(struct call *q, const struct upload *u, bool *may, struct err *e) {
    struct product p = {.party = -1};
    int64_t number;
    bool found;
    if (!thing_find(q->views, THING_PRODUCT, u->product, &found, &number, e) ||
        (found && !product_get(q->views, q->a, number, &q->when, &p, &found, e)))
        return false;
    return call_may_for(q, found ? p.party : -1, may, e);
}

static bool refuse_project(struct call *q) {
    return call_refuse(q, 404, "not-found", "%s", _("there is no such project, and autoCreate is not set"));
}

bool api_bom(struct call *q, struct err *e) {
    struct upload u = {0};
    struct project x = {0};
    bool found = false, may;
    uint64_t n = 0;
    if (!read_upload(q, &u, e))
        return false;
    if (!(u.project.n ? by_uuid(q, u.project, &x, &found, e) : by_name(q, u.product, u.version, &x, &found, e)))
        return false;
    if (!found && (u.project.n || !u.create))
        return refuse_project(q);
    if (found) {
        u.product = x.product;
        u.version = x.version;
    }
    if (!may_upload(q, &u, &may, e))
        return false;
    if (!may)
        return true;
    if (!take_in(q, &u, e) || !call_look_again(q, e) || !by_name(q, u.product, u.version, &x, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_ENV, u.product, _("what was taken in cannot be found"));
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "token", uuid_of(q->a, &x));
    jw_kstr(w, "project", uuid_of(q->a, &x));
    jw_key(w, S("findings"));
    bool ok = findings_json(q, q->views, w, &x, &n, e);
    jw_kint(w, "total", (int64_t)n);
    jw_obj_end(w);
    return ok;
}
const struct route_doc api_bom_doc = {
    .answer = "bom-answer",
    .body = "bom",
    .form = "bom-form",
    .says = N_("JSON {project | projectName, projectVersion, autoCreate, bom (base64)}, or the same as a form with the "
               "document as it is; any format of SBOM. The answer has the token, the project's UUID and its findings")};

bool api_bom_token(struct call *q, struct err *e) {
    (void)e;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kbool(w, "processing", false);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_bom_token_doc = {.answer = "processing-answer",
                                            .says = N_("false always: uploads are worked on before they are answered")};

bool api_project_lookup(struct call *q, struct err *e) {
    struct project x = {0};
    bool found;
    str name, version;
    if (!call_needs(q, "name", &name, e) || !call_needs(q, "version", &version, e) ||
        !by_name(q, name, version, &x, &found, e))
        return false;
    if (!found)
        return call_not_found(q);
    project_json(q, call_json(q), &x);
    return true;
}
const struct route_doc api_project_lookup_doc = {
    .answer = "project-answer",
    .arguments = (const struct route_argument[]){{"name", "text", N_("id of the product")},
                                                 {"version", "text", N_("of the release")},
                                                 {0}},
};

bool api_project(struct call *q, struct err *e) {
    struct project x = {0};
    bool found;
    if (!by_uuid(q, call_part(q, 0), &x, &found, e))
        return false;
    if (!found)
        return call_not_found(q);
    project_json(q, call_json(q), &x);
    return true;
}
const struct route_doc api_project_doc = {.answer = "project-answer"};

bool api_project_findings(struct call *q, struct err *e) {
    struct project x = {0};
    bool found;
    uint64_t n;
    if (!by_uuid(q, call_part(q, 0), &x, &found, e))
        return false;
    return found ? findings_json(q, q->views, call_json(q), &x, &n, e) : call_not_found(q);
}
const struct route_doc api_project_findings_doc = {.answer = "project-findings-answer",
                                                   .says = N_("as Dependency-Track lists them")};

bool api_project_export(struct call *q, struct err *e) {
    struct project x = {0};
    bool found;
    uint64_t n;
    if (!by_uuid(q, call_part(q, 0), &x, &found, e))
        return false;
    if (!found)
        return call_not_found(q);
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "version", S("1.2"));
    jw_kobj(w, "meta");
    jw_kstr(w, "application", S("Akashi"));
    jw_kstr(w, "version", S(AKASHI_VERSION));
    jw_kstr(w, "timestamp", time_rfc3339(q->a, q->ctx->now));
    jw_obj_end(w);
    jw_key(w, S("project"));
    project_json(q, w, &x);
    jw_key(w, S("findings"));
    bool ok = findings_json(q, q->views, w, &x, &n, e);
    jw_obj_end(w);
    return ok;
}
const struct route_doc api_project_export_doc = {.answer = "project-export-answer",
                                                 .says = N_("the File Packaging Format (FPF) 1.2")};

bool api_project_violations(struct call *q, struct err *e) {
    struct project x = {0};
    bool found;
    if (!by_uuid(q, call_part(q, 0), &x, &found, e))
        return false;
    if (!found)
        return call_not_found(q);
    struct jw *w = call_json(q);
    jw_arr(w);
    jw_arr_end(w);
    return true;
}
const struct route_doc api_project_violations_doc = {
    .answer = "violations-answer",
    .says = N_("an empty list: policies are kept with the product that is scanned, not here")};
