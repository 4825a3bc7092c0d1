/* SPDX-License-Identifier: Apache-2.0
 *
 * A build hands in a release: its files or their digests, its SBOM, how it was built and hardened. What `akashi
 * release` does for a folder, from what was sent: the same statements, in one batch of the log, and the proofs in the
 * answer.
 *
 * Nobody waits for it: it works with a home of its own beside the application's, as a command would, and only what the
 * views take from the log is done in their turn. Sent again after any end, it adds nothing twice.
 */
#include <dirent.h>
#include <unistd.h>

#include "base/file.h"
#include "impact/hits.h"
#include "impact/things_form.h"
#include "release/release.h"
#include "serve/app.h"
#include "serve/asking.h"
#include "serve/confined.h"
#include "serve/multipart.h"
#include "vuln/advdb.h"

bool api_release_new(struct call *q, struct err *e);

enum { READING_SECONDS = 120, FILES_MOST = 100000 };

struct handed {
    struct call *q;
    str folder; /* for what was sent, beside the body; gone with the call */
    struct release_plan plan;
    VEC(str) paths; /* of files */
    VEC(struct release_file) listed;
};

/* ── what was sent ── */

static bool is_name(str name) {
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == '/' || name.p[i] == '\\')
            return false;
    return name.n && name.n <= 255 && name.p[0] != '.' && str_utf8_ok(name);
}

static bool put(struct handed *h, const char *below, str name, str bytes, str *path, struct err *e) {
    str folder = path_join(h->q->a, h->folder, str_of(below));
    *path = path_join(h->q->a, folder, name);
    return folder_make(folder, 0700, e) && file_replace(*path, bytes, e);
}

/* "SHA256  NAME" lines, as sha256sum writes them. */
static bool take_digests(struct handed *h, str text, struct err *e) {
    str line, hex, name;
    while (str_line(&text, &line)) {
        if (!str_trim(line).n)
            continue;
        if (!str_cut(line, ' ', &hex, &name) || name.n < 2 || h->listed.n == FILES_MOST)
            return err_set(e, ERR_INPUT, S("digests"), _("must be lines as sha256sum writes them"));
        name = str_from(name, 1); /* a blank, or '*' for binary */
        *vec_push(h->q->a, &h->listed) = (struct release_file){.name = name, .sha256 = hex};
    }
    return true;
}

static str *text_of(struct handed *h, str name) {
    struct release_plan *p = &h->plan;
    const struct {
        const char *name;
        str *to;
    } texts[] = {{"product", &p->product}, {"version", &p->version}, {"purl", &p->purl}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_is(name, texts[i].name))
            return texts[i].to;
    return NULL;
}

static str *document_of(struct handed *h, str name) {
    struct release_plan *p = &h->plan;
    return str_is(name, "sbom")         ? &p->sbom
           : str_is(name, "provenance") ? &p->provenance
           : str_is(name, "hardening")  ? &p->hardening
                                        : NULL;
}

static bool take_part(struct handed *h, const struct form_part *part, struct err *e) {
    str *text = text_of(h, part->name), *document = document_of(h, part->name), path;
    if (text) {
        *text = arena_str(h->q->a, str_trim(part->body));
        return true;
    }
    if (document)
        return put(h, "said", arena_cat(h->q->a, part->name, S(".json")), part->body, document, e);
    if (str_is(part->name, "digests"))
        return take_digests(h, part->body, e);
    if (!str_is(part->name, "file"))
        return err_set(e, ERR_USAGE, part->name, "%s", _("there is no such field"));
    if (!is_name(part->filename))
        return err_set(e, ERR_USAGE, S("file"), "%s", _("this is no name of a file in a release"));
    if (path_exists(path_join(h->q->a, h->folder, arena_cat(h->q->a, S("files/"), part->filename))))
        return err_set(e, ERR_USAGE, part->filename, "%s", _("two files have this name"));
    if (!put(h, "files", part->filename, part->body, &path, e))
        return false;
    *vec_push(h->q->a, &h->paths) = path;
    return true;
}

static bool read_form(struct handed *h, str type, str text, struct err *e) {
    struct form_parts parts;
    if (!multipart_read(h->q->a, type, text, &parts))
        return err_set(e, ERR_INPUT, S("body"), _("this form is damaged"));
    for (uint32_t i = 0; i < parts.n; i++)
        if (!take_part(h, &parts.v[i], e))
            return false;
    return true;
}

static bool read_json(struct handed *h, str text, struct err *e) {
    struct call *q = h->q;
    if (!json_parse(q->ctx, q->a, text, JSON_STRICT, S("body"), &q->json, e) || !call_fits(q, &q->json, e))
        return false;
    for (struct jiter it = j_iter(q->json.root); j_next(&it);) {
        str *to = text_of(h, it.key), *document = document_of(h, it.key);
        if (to)
            *to = j_str(it.val);
        else if (document && !put(h, "said", arena_cat(q->a, it.key, S(".json")),
                                  j_is_str(it.val) ? j_str(it.val) : json_text(it.val, q->a), document, e))
            return false;
    }
    for (struct jiter it = j_iter(j_get(q->json.root, "files")); j_next(&it);)
        *vec_push(q->a, &h->listed) = (struct release_file){.name = j_gets(it.val, "name"),
                                                            .sha256 = j_gets(it.val, "sha256"),
                                                            .size = (uint64_t)j_int(j_get(it.val, "size"), 0)};
    return true;
}

static bool read_all(struct handed *h, struct err *e) {
    struct call *q = h->q;
    struct release_plan *p = &h->plan;
    str type = asked_header(q->asked, "Content-Type"), text = S("");
    if (q->file.n && !file_map(q->a, q->file, &text, e))
        return false;
    if (!(str_istarts(type, S("multipart/")) ? read_form(h, type, text, e) : read_json(h, text, e)))
        return false;
    const struct {
        const char *name;
        str given;
    } needed[] = {{"product", p->product}, {"version", p->version}, {"sbom", p->sbom}};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!needed[i].given.n)
            return err_set(e, ERR_USAGE, str_of(needed[i].name), "%s", _("this argument is needed"));
    if (h->paths.n && h->listed.n)
        return err_set(e, ERR_USAGE, S("files"), "%s", _("send either the files or their digests"));
    p->elsewhere = true;
    p->paths = h->paths.v;
    p->n_paths = h->paths.n;
    p->listed = h->listed.v;
    p->n_listed = h->listed.n;
    p->bundle = path_join(q->a, h->folder, S("bundle.akashi.json"));
    return thing_id_ok(p->product) || err_set(e, ERR_USAGE, S("product"), "%s", _("this cannot be an id of a product"));
}

/* ── done ── */

/* Read first where it can do no harm. */
static bool try_sbom(struct handed *h, struct err *e) {
    struct call *q = h->q;
    struct gist g;
    struct reading_plan plan = {
        .kind = IMPORT_SBOM, .name = S("sbom"), .whose = q->who.user, .lang = q->lang, .seconds = READING_SECONDS};
    return file_map(q->a, h->plan.sbom, &plan.text, e) && readers_gist(app_readers(q->app), &plan, q->a, &g, e);
}

static bool release_it(struct handed *h, struct release_result *r, struct err *e) {
    struct call *q = h->q;
    struct home home = {0};
    str db = path_join(q->a, app_home(q->app), S("advisories.db"));
    if (path_exists(db))
        h->plan.advisories = db;
    bool ok = home_open(q->ctx, q->a, app_home(q->app), HOME_SIGN, &home, e);
    home.by = q->who.user;
    ok = ok && release_run(q->ctx, q->a, &home, &h->plan, r, e);
    home_close(&home);
    return ok;
}

/* app_write() applies what the log has; then it is held against the advisories there are. */
static bool show_it(struct handed *h, struct err *e) {
    struct call *q = h->q;
    struct views *v = NULL;
    struct hits_change change;
    struct advdb *db = NULL;
    if (!app_write(q->app, &v, e))
        return false;
    bool ok = !h->plan.advisories.p ||
              (advdb_open(q->ctx, h->plan.advisories, &db, e) && hits_update(v->p, db, q->a, &change, e));
    advdb_close(db);
    app_write_end(q->app, v);
    return ok;
}

static bool answer(struct handed *h, const struct release_result *r, struct err *e) {
    struct call *q = h->q;
    str bundle;
    if (!file_read_plain(q->ctx, q->a, r->bundle, &bundle, e))
        return false;
    struct jw *w = call_json_as(q, r->was_there ? 200 : 201);
    jw_obj(w);
    release_json(w, &h->plan, r);
    jw_key(w, S("bundle"));
    jw_raw(w, str_trim(bundle));
    jw_obj_end(w);
    return true;
}

static bool may_release(struct call *q, str product, bool *may, struct err *e) {
    struct product p = {.party = -1};
    int64_t number;
    bool found;
    if (!thing_find(q->views, THING_PRODUCT, product, &found, &number, e) ||
        (found && !product_get(q->views, q->a, number, &q->when, &p, &found, e)))
        return false;
    return call_may_for(q, found ? p.party : -1, may, e);
}

static bool take(struct handed *h, struct err *e) {
    struct release_result r = {0};
    bool may;
    if (!read_all(h, e) || !may_release(h->q, h->plan.product, &may, e))
        return false;
    if (!may)
        return true;
    if (app_read_only(h->q->app))
        return err_set(e, ERR_ENV, app_home(h->q->app), _("the disk is full: only reading works until there is room"));
    if (!try_sbom(h, e))
        return false;
    if (release_it(h, &r, e))
        return show_it(h, e) && answer(h, &r, e);
    return r.differs && call_refuse(h->q, 409, "conflict", "%s", e->what);
}

static void empty(struct arena *a, str folder) {
    DIR *d = opendir(arena_cstr(a, folder));
    for (struct dirent *x; d && (x = readdir(d));)
        if (strcmp(x->d_name, ".") != 0 && strcmp(x->d_name, "..") != 0)
            unlink(arena_cstr(a, path_join(a, folder, str_of(x->d_name))));
    if (d)
        closedir(d);
    rmdir(arena_cstr(a, folder));
}

bool api_release_new(struct call *q, struct err *e) {
    static const char *const below[] = {"files", "said", ""};
    struct handed h = {.q = q, .folder = arena_cat(q->a, q->file, S(".d"))};
    if (!q->file.n)
        return err_set(e, ERR_INPUT, S("body"), _("there is no document"));
    bool ok = folder_make(h.folder, 0700, e) && take(&h, e);
    for (size_t i = 0; i < sizeof below / sizeof *below; i++)
        empty(q->a, path_join(q->a, h.folder, str_of(below[i])));
    return ok;
}
const struct route_doc api_release_new_doc = {
    .answer = "release-new-answer",
    .body = "release",
    .form = "release-form",
    .says = N_(
        "what `akashi release` prints as JSON, with the statements and, as \"bundle\", their proofs: 201, or 200 for "
        "the same files again; 409 for other files as a version that was released. \"sbom\" is needed; "
        "\"provenance\" (SLSA) and \"hardening\" are predicates, statements or envelopes"),
};
