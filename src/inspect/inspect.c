/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect/inspectors.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/pool.h"
#include "collect/source.h"
#include "inspect/policy.h"

const struct inspector *const inspectors[] = {
#define INSPECTOR(name) &name,
#include "inspect/inspectors.list"
#undef INSPECTOR
    NULL,
};

/* ── names ── */

static const char *const state_names[] = {"unknown", "none", "good", "partial", "bad"};
static const char *const weight_names[] = {"low", "medium", "high"};

const char *check_state_name(enum check_state s) { return state_names[s]; }
bool check_state_parse(str s, enum check_state *out) {
    for (size_t i = 0; i < sizeof state_names / sizeof *state_names; i++)
        if (str_is(s, state_names[i])) {
            *out = (enum check_state)i;
            return true;
        }
    return false;
}
const char *weight_name(enum weight w) { return weight_names[w]; }
bool weight_parse(str s, enum weight *out) {
    for (size_t i = 0; i < sizeof weight_names / sizeof *weight_names; i++)
        if (str_is(s, weight_names[i])) {
            *out = (enum weight)i;
            return true;
        }
    return false;
}

/* ── for inspectors ── */

void check_at(struct inspect *in, struct inspection *out, const struct check_spec *spec, enum check_state state,
              str detail, uint32_t line) {
    *vec_push(in->a, &out->checks) = (struct check){
        .spec = spec, .state = state, .detail = detail, .line = line, .weight = spec->weight};
}
void check_add(struct inspect *in, struct inspection *out, const struct check_spec *spec, enum check_state state,
               str detail) {
    check_at(in, out, spec, state, detail, 0);
}
void fact_add(struct inspect *in, struct inspection *out, const char *id, const char *title, str value) {
    if (value.n)
        *vec_push(in->a, &out->facts) = (struct fact){id, title, value};
}
const struct check *check_find(const struct inspection *i, const char *id) {
    for (uint32_t k = 0; k < i->checks.n; k++)
        if (strcmp(i->checks.v[k].spec->id, id) == 0)
            return &i->checks.v[k];
    return NULL;
}
str fact_find(const struct inspection *i, const char *id) {
    for (uint32_t k = 0; k < i->facts.n; k++)
        if (strcmp(i->facts.v[k].id, id) == 0)
            return i->facts.v[k].value;
    return (str){NULL, 0};
}

/* ── a run ──
 *
 * Inspectors are offered files by the collector's matcher: each has a detector in its table that says which files it
 * wants, in the order of inspectors[]; the last one wants archives, whose members are looked at in turn. */

VEC_NAMED(found, struct inspection);

struct worker {
    struct arena *keep;
    struct found found;
};

struct run {
    struct ctx *ctx;
    struct source *source;
    const struct matcher *matcher;
    const struct inspect_options *options;
    const struct inspector **by_index;
    const void **states;
    struct worker *workers;
    struct progress *progress;
    atomic_uint_fast32_t malformed;
};

static const char *const archive_names[] = {
    "*.deb",    "*.udeb",    "*.rpm",     "*.jar",      "*.war",  "*.ear",   "*.whl",  "*.egg",  "*.apk",    "*.ipk",
    "*.aar",    "*.ipa",     "*.zip",     "*.7z",       "*.tar",  "*.tgz",   "*.txz",  "*.tbz2", "*.tar.gz", "*.crate",
    "*.tar.xz", "*.tar.zst", "*.tar.bz2", "*.tar.lzma", "*.cpio", "*.nupkg", "*.vsix", "*.snap", "*.gem",    NULL};

static void prepare_one(struct run *r, struct arena *a, const struct inspector *i, uint16_t at,
                        const struct detector **list) {
    struct detector *d = arena_new_of(a, struct detector);
    *d = (struct detector){.name = i->name, .files = i->files, .sniff = i->sniff, .pieces = i->pieces};
    list[at] = d;
    r->by_index[at] = i;
}

static bool prepare(struct run *r, struct arena *a, struct err *e) {
    static const struct detector archives = {
        .name = "archive", .files = archive_names, .archives = true, .pieces = true};
    const struct inspect_options *o = r->options;
    uint16_t n = 0;
    while (inspectors[n])
        n++;
    const struct detector **list = arena_array(a, const struct detector *, n + 2u);
    r->by_index = arena_array(a, const struct inspector *, n + 2u);
    r->states = arena_array(a, const void *, n + 2u);
    for (uint16_t i = 0; i < n; i++)
        prepare_one(r, a, inspectors[i], i, list);
    list[n] = &archives;
    str only = o->only.n ? arena_printf(a, "%.*s,archive", STR_ARG(o->only)) : o->only;
    struct matcher *m;
    if (!detector_table_new(a, list, only, o->skip, &m, e))
        return false;
    matcher_any_name(m);
    r->matcher = m;
    for (uint16_t i = 0; i < n; i++)
        if (inspectors[i]->prepare && !inspectors[i]->prepare(r->ctx, a, o, &r->states[i], e))
            return false;
    return true;
}

static void look_failed(struct run *r, str path, struct err *e) {
    if (e->kind == ERR_NONE)
        err_set(e, ERR_INPUT, path, _("the file is malformed"));
    if (!e->where[0])
        err_within(e, path);
    ctx_warn_err(r->ctx, e);
    atomic_fetch_add(&r->malformed, 1);
}

/* Asks one inspector; true when it knew the file. */
static bool ask(struct run *r, struct worker *w, uint16_t index, struct source *s, const struct candidate *cand,
                const struct found_file *f, str bytes, struct arena *scratch) {
    const struct inspector *i = r->by_index[index];
    struct err e = {0};
    struct inspect in = {.ctx = r->ctx, .a = w->keep, .scratch = scratch, .file = f, .state = r->states[index]};
    struct inspection out = {
        .path = arena_str(w->keep, f->path), .layer = arena_str(w->keep, f->layer), .mode = f->mode, .size = bytes.n};
    if (f->mode & 0111)
        in.capabilities = source_capabilities(s, cand, scratch);
    if (!i->pieces && bytes.n > r->ctx->limits.file) {
        err_set(&e, ERR_LIMIT, f->path, _("larger than the %zu MiB a document may have"), r->ctx->limits.file >> 20);
        look_failed(r, f->path, &e);
        return true;
    }
    if (!i->look(&in, bytes, &out, &e)) {
        look_failed(r, f->path, &e);
        return true;
    }
    if (!out.kind)
        return false;
    if (r->options->digests)
        out.sha256 = digest_hex(w->keep, DIGEST_SHA256, bytes);
    *vec_push(w->keep, &w->found) = out;
    return true;
}

static void look_at(struct run *r, struct worker *w, struct source *s, struct candidate *cand);

/* The members of an archive, unless it cannot be read: then what was found in front of the damage stays. */
// NOLINTNEXTLINE(misc-no-recursion): source_open_nested() counts the levels
static void look_inside(struct run *r, struct worker *w, struct source *outer, const struct found_file *f, str bytes) {
    struct arena *a = arena_new();
    struct source *s = NULL;
    struct err e = {0};
    if (!source_open_nested(outer, a, bytes, arena_cat(a, f->path, S("!")), &s, &e))
        look_failed(r, f->path, &e);
    for (uint32_t i = 0; s && i < s->candidates.n; i++) {
        s->candidates.v[i].file.layer = f->layer;
        look_at(r, w, s, &s->candidates.v[i]);
    }
    source_close(s);
    arena_free(a);
}

// NOLINTNEXTLINE(misc-no-recursion): source_open_nested() counts the levels
static void look_at(struct run *r, struct worker *w, struct source *s, struct candidate *cand) {
    struct arena *scratch = arena_new();
    struct err e = {0};
    str bytes;
    struct found_file f = cand->file;
    f.path = s->prefix.n ? arena_cat(scratch, s->prefix, f.path) : f.path;
    if (!source_take(s, cand, scratch, &bytes, &e)) {
        look_failed(r, f.path, &e);
        bytes.p = NULL;
    }
    for (uint8_t i = 0; bytes.p && i < cand->claims.n; i++) {
        if (!r->by_index[cand->claims.by[i]])
            look_inside(r, w, s, &f, bytes);
        else if (ask(r, w, cand->claims.by[i], s, cand, &f, bytes, scratch))
            break;
    }
    arena_free(scratch);
}

static void one_job(void *arg, size_t i, unsigned worker) {
    struct run *r = arg;
    look_at(r, &r->workers[worker], r->source, &r->source->candidates.v[i]);
    progress_add(r->progress, 1);
}

static int by_path(const void *x, const void *y) {
    const struct inspection *a = x, *b = y;
    int order = str_cmp(a->path, b->path);
    return order ? order : strcmp(a->kind, b->kind);
}

/* What the workers found, in the order of the paths, judged. */
static void gather(struct run *r, struct arena *a, struct inspect_report *report) {
    uint32_t first = report->files.n;
    for (unsigned i = 0; i < r->ctx->threads; i++)
        for (uint32_t k = 0; k < r->workers[i].found.n; k++)
            *vec_push(a, &report->files) = r->workers[i].found.v[k];
    if (report->files.n > first)
        qsort(report->files.v + first, report->files.n - first, sizeof *report->files.v, by_path);
    for (uint32_t i = first; i < report->files.n; i++) {
        struct inspection *f = &report->files.v[i];
        policy_judge(report->policy, f);
        if (!f->failed)
            continue;
        report->failing++;
        if (!report->failed_any || f->worst > report->worst)
            report->worst = f->worst;
        report->failed_any = true;
    }
    report->malformed += (uint32_t)atomic_load(&r->malformed);
}

static void free_arena(void *arena) { arena_free(arena); }

static void look_all(struct run *r, struct arena *a) {
    struct ctx *c = r->ctx;
    r->workers = arena_array(a, struct worker, c->threads);
    for (unsigned i = 0; i < c->threads; i++) {
        r->workers[i].keep = arena_new();
        arena_defer(a, free_arena, r->workers[i].keep);
    }
    r->progress = progress_begin(c, _("files read"), r->source->candidates.n);
    pool_run(c, r->source->candidates.n, one_job, r);
    progress_end(r->progress);
}

/* text absent: what lies at path. */
static bool inspect_any(struct ctx *c, struct arena *a, str path, str text, const struct inspect_options *o,
                        struct inspect_report *report, struct err *e) {
    struct run r = {.ctx = c, .options = o};
    struct arena *tmp = arena_new(); /* what is only needed meanwhile */
    bool ok = report->policy || policy_read(c, a, o->policy.n ? o->policy : S("standard"), &report->policy, e);
    if (ok)
        ok = prepare(&r, a, e);
    if (ok)
        ok = text.p ? source_open_text(c, tmp, r.matcher, path, text, &r.source, e)
                    : source_open(c, tmp, r.matcher, path, false, &r.source, e);
    if (ok) {
        *vec_push(a, &report->inputs) = arena_str(a, path);
        look_all(&r, a);
        uint32_t before = report->files.n + report->malformed;
        gather(&r, a, report);
        if (report->files.n + report->malformed == before)
            ctx_warn(c, path, _("there is nothing here that can be inspected"));
    }
    source_close(r.source);
    arena_free(tmp);
    return ok;
}

bool inspect_run(struct ctx *c, struct arena *a, str path, const struct inspect_options *o,
                 struct inspect_report *report, struct err *e) {
    return inspect_any(c, a, path, (str){NULL, 0}, o, report, e);
}

bool inspect_text(struct ctx *c, struct arena *a, str path, str bytes, const struct inspect_options *o,
                  struct inspect_report *report, struct err *e) {
    return inspect_any(c, a, path, bytes.p ? bytes : S(""), o, report, e);
}
