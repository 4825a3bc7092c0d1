/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "serve/job_inner.h"

const char *const job_state_words[JOB_STATES] = {"queued", "running", "done", "failed", "cancelled"};

/* ── written ── */

static void put_fault(struct jw *w, const struct job_fault *f) {
    jw_obj(w);
    jw_kstr(w, "where", f->where);
    jw_kstr(w, "what", f->what);
    if (f->hint.n)
        jw_kstr(w, "hint", f->hint);
    jw_obj_end(w);
}

static void put_time(struct jw *w, struct arena *a, const char *key, int64_t t) {
    if (t)
        jw_kstr(w, key, time_rfc3339(a, t));
}

static void put_text(struct jw *w, const char *key, str s) {
    if (s.n)
        jw_kstr(w, key, s);
}

void job_json(const struct job *j, struct jw *w, bool whole) {
    struct arena *a = arena_new();
    jw_obj(w);
    jw_kstr(w, "id", j->id);
    jw_kstr(w, "kind", str_of(import_kind_words[j->kind]));
    jw_kstr(w, "name", j->name);
    jw_kstr(w, "user", j->user);
    jw_kstr(w, "state", str_of(job_state_words[j->state]));
    put_time(w, a, "created", j->created);
    put_time(w, a, "started", j->started);
    put_time(w, a, "ended", j->ended);
    jw_kint(w, "bytes", (int64_t)j->bytes);
    jw_kint(w, "read", (int64_t)j->read);
    jw_kint(w, "documents", (int64_t)j->documents);
    jw_kint(w, "added", (int64_t)j->added);
    jw_kint(w, "changed", (int64_t)j->changed);
    jw_kint(w, "known", (int64_t)j->known);
    jw_kint(w, "failed", (int64_t)j->failed);
    put_text(w, "product", j->product);
    put_text(w, "version", j->version);
    put_text(w, "party", j->party);
    if (whole) {
        jw_kbool(w, "partial", j->partial);
        jw_kbool(w, "japanese", j->japanese);
        jw_kint(w, "attempts", j->attempts);
    }
    jw_karr(w, "faults");
    for (uint32_t i = 0; i < j->faults.n; i++)
        put_fault(w, &j->faults.v[i]);
    jw_arr_end(w);
    if (j->error.what.n) {
        jw_key(w, S("error"));
        put_fault(w, &j->error);
    }
    jw_obj_end(w);
    arena_free(a);
}

static str file_of(struct arena *a, const struct jobs *jobs, str id, const char *ending) {
    return arena_printf(a, "%.*s/%.*s%s", STR_ARG(jobs->folder), STR_ARG(id), ending);
}

str job_document(struct arena *a, const struct jobs *jobs, const struct job *j) {
    return file_of(a, jobs, j->id, ".document");
}

bool job_save(const struct jobs *jobs, const struct job *j, struct err *e) {
    struct arena *a = arena_new();
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    job_json(j, &w, true);
    bool ok = disk_put(jobs->ctx, file_of(a, jobs, j->id, ".json").p, buf_str(&b), 0600, DISK_DURABLE, e);
    buf_free(&b);
    arena_free(a);
    return ok;
}

void job_forget(const struct jobs *jobs, const struct job *j) {
    struct arena *a = arena_new();
    unlink(job_document(a, jobs, j).p);
    unlink(file_of(a, jobs, j->id, ".json").p);
    arena_free(a);
}

/* ── read ── */

static int64_t time_at(struct jv v, const char *key) {
    int64_t t;
    return time_parse(j_gets(v, key), &t) ? t : 0;
}

static struct job_fault fault_at(struct arena *a, struct jv v) {
    return (struct job_fault){arena_str(a, j_gets(v, "where")), arena_str(a, j_gets(v, "what")),
                              arena_str(a, j_gets(v, "hint"))};
}

static void read_counts(struct job *j, struct jv v) {
    j->bytes = (uint64_t)j_int(j_get(v, "bytes"), 0);
    j->read = (uint64_t)j_int(j_get(v, "read"), 0);
    j->documents = (uint64_t)j_int(j_get(v, "documents"), 0);
    j->added = (uint64_t)j_int(j_get(v, "added"), 0);
    j->changed = (uint64_t)j_int(j_get(v, "changed"), 0);
    j->known = (uint64_t)j_int(j_get(v, "known"), 0);
    j->failed = (uint64_t)j_int(j_get(v, "failed"), 0);
}

static bool read_state(struct job *j, struct jv v) {
    for (int i = 0; i < JOB_STATES; i++)
        if (str_is(j_gets(v, "state"), job_state_words[i])) {
            j->state = (enum job_state)i;
            return true;
        }
    return false;
}

bool job_load(const struct jobs *jobs, str file, struct job **out, struct err *e) {
    struct arena *a = arena_new();
    struct job *j = arena_new_of(a, struct job);
    struct json doc;
    str text;
    *out = NULL;
    j->a = a;
    if (!file_read(jobs->ctx, a, file, &text, e) || !json_parse(jobs->ctx, a, text, JSON_STRICT, file, &doc, e) ||
        !import_kind_of(j_gets(doc.root, "kind"), &j->kind) || !read_state(j, doc.root)) {
        arena_free(a);
        return e->kind ? false : err_set(e, ERR_INPUT, file, _("this is no job"));
    }
    struct jv v = doc.root;
    j->id = j_gets(v, "id");
    j->name = j_gets(v, "name");
    j->user = j_gets(v, "user");
    j->product = j_gets(v, "product");
    j->version = j_gets(v, "version");
    j->party = j_gets(v, "party");
    j->partial = j_true(j_get(v, "partial"));
    j->japanese = j_true(j_get(v, "japanese"));
    j->attempts = (unsigned)j_int(j_get(v, "attempts"), 0);
    j->created = time_at(v, "created");
    j->started = time_at(v, "started");
    j->ended = time_at(v, "ended");
    read_counts(j, v);
    for (struct jiter it = j_iter(j_get(v, "faults")); j_next(&it);)
        *vec_push(a, &j->faults) = fault_at(a, it.val);
    j->error = fault_at(a, j_get(v, "error"));
    *out = j;
    return true;
}
