/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/job.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/disk.h"
#include "base/file.h"
#include "base/msg_in.h"
#include "base/pool.h"
#include "serve/job_inner.h"

enum { LOOK_SECONDS = 5 };

/* ── doing them ── */

static struct job *next_queued(struct jobs *jobs) {
    struct job *oldest = NULL;
    for (struct job *j = jobs->newest; j; j = j->next)
        if (j->state == JOB_QUEUED)
            oldest = j;
    return oldest;
}

static bool save(struct jobs *jobs, const struct job *j) {
    struct err e = {0};
    bool ok = job_save(jobs, j, &e);
    if (!ok)
        app_problem(jobs->app, &e);
    return ok;
}

static void begin(struct jobs *jobs, struct job *j) {
    j->state = JOB_RUNNING;
    j->started = (int64_t)time(NULL);
    j->attempts++;
    j->documents = j->added = j->changed = j->known = j->failed = j->read = 0;
    j->faults.n = 0;
    j->serial++;
    jobs->running = j;
    (void)save(jobs, j);
}

static void drop_document(struct jobs *jobs, const struct job *j) {
    struct arena *a = arena_new();
    struct err e = {0};
    if (!disk_remove(jobs->ctx, job_document(a, jobs, j).p, &e))
        app_problem(jobs->app, &e);
    arena_free(a);
}

/* The document goes last: a job that is kept as under way needs it. Where there is no room, it makes some. */
static void keep_end(struct jobs *jobs, struct job *j) {
    bool saved = job_save(jobs, j, NULL);
    drop_document(jobs, j);
    j->unsaved = !saved && !save(jobs, j);
}

/* Those for whose end there was no room. */
static bool keep_unsaved(struct jobs *jobs) {
    bool all = true;
    for (struct job *j = jobs->newest; j; j = j->next) {
        j->unsaved = j->unsaved && !job_save(jobs, j, NULL);
        all &= !j->unsaved;
    }
    return all;
}

/* One that the server's end cut short goes on at the next start. */
static void end(struct jobs *jobs, struct job *j) {
    bool over = !(jobs->closing && j->state == JOB_CANCELLED);
    j->ended = over ? (int64_t)time(NULL) : 0;
    if (!over) {
        j->state = JOB_QUEUED;
        j->attempts--;
        j->error = (struct job_fault){{NULL, 0}, {NULL, 0}, {NULL, 0}};
    }
    j->serial++;
    if (over)
        keep_end(jobs, j);
    else
        (void)save(jobs, j);
}

/* For more to do; some seconds at most while the end of one is to be written down. */
static void rest(struct jobs *jobs) {
    struct timespec until;
    if (keep_unsaved(jobs)) {
        pthread_cond_wait(&jobs->more, &jobs->lock);
        return;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LOOK_SECONDS;
    pthread_cond_timedwait(&jobs->more, &jobs->lock, &until);
}

static void *work(void *arg) {
    struct jobs *jobs = arg;
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->closing) {
        struct job *j = next_queued(jobs);
        if (!j) {
            rest(jobs);
            continue;
        }
        begin(jobs, j);
        pthread_mutex_unlock(&jobs->lock);
        msg_thread(j->japanese ? "ja" : "en");
        job_run(jobs, j);
        msg_thread(NULL);
        pthread_mutex_lock(&jobs->lock);
        jobs->running = NULL;
        end(jobs, j);
    }
    (void)keep_unsaved(jobs);
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

/* ── at the start ── */

static bool is_over(const struct job *j) { return j->state >= JOB_DONE; }

static void fail(struct job *j, const struct err *e) {
    j->state = JOB_FAILED;
    j->ended = (int64_t)time(NULL);
    j->error = (struct job_fault){j->name, arena_str(j->a, str_of(e->what)), {NULL, 0}};
}

static bool has_document(const struct jobs *jobs, const struct job *j) {
    struct arena *a = arena_new();
    bool there = path_exists(job_document(a, jobs, j));
    arena_free(a);
    return there;
}

/* Running: the server was killed meanwhile. */
static void take_up(struct jobs *jobs, struct job *j) {
    struct err e = {0};
    if (is_over(j))
        drop_document(jobs, j); /* mostly it is gone */
    if (j->state != JOB_RUNNING)
        return;
    if (!has_document(jobs, j)) /* keep_end() had no room, and then no time */
        (void)err_set(
            &e, ERR_ENV, j->name,
            _("there was no room to write down what came of this: look whether it is there, or send it again"));
    else if (j->attempts >= JOB_ATTEMPTS)
        (void)err_set(&e, ERR_ENV, j->name, _("the server ended %u times while this ran"), j->attempts);
    if (e.kind) {
        fail(j, &e);
        keep_end(jobs, j);
    } else {
        j->state = JOB_QUEUED;
        (void)save(jobs, j);
    }
}

/* What a killed server left of jobs that nobody was told of. */
static void sweep(struct jobs *jobs) {
    enum { ENDING = sizeof ".document" - 1 };
    struct arena *a = arena_new();
    DIR *d = opendir(jobs->folder.p);
    for (struct dirent *x; d && (x = readdir(d));) {
        str name = str_of(x->d_name);
        bool document = str_ends(name, S(".document"));
        str job = arena_cat(a, str_upto(name, name.n - (document ? ENDING : 0)), S(".json"));
        if (str_ends(name, S(".json.new")) || (document && !path_exists(path_join(a, jobs->folder, job))))
            (void)unlinkat(dirfd(d), x->d_name, 0);
    }
    if (d)
        closedir(d);
    arena_free(a);
}

static int newest_first(const void *x, const void *y) {
    const struct job *const *one = x, *const *two = y;
    return str_cmp((*two)->id, (*one)->id); /* an id begins with its time */
}

static bool load_all(struct jobs *jobs, struct err *e) {
    VEC(struct job *) list = {0};
    struct arena *a = arena_new();
    DIR *d = opendir(jobs->folder.p);
    if (!d) {
        arena_free(a);
        return err_errno(e, jobs->folder, _("cannot read the folder"));
    }
    for (struct dirent *x; (x = readdir(d));) {
        struct err bad = {0};
        struct job *j;
        if (!str_ends(str_of(x->d_name), S(".json")))
            continue;
        if (job_load(jobs, path_join(a, jobs->folder, str_of(x->d_name)), &j, &bad))
            *vec_push(a, &list) = j;
        else
            app_problem(jobs->app, &bad);
    }
    closedir(d);
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, newest_first);
    for (uint32_t i = list.n; i-- > 0;) {
        list.v[i]->next = jobs->newest;
        jobs->newest = list.v[i];
        take_up(jobs, list.v[i]);
    }
    arena_free(a);
    return true;
}

bool jobs_open(struct app *app, struct jobs **out, struct err *e) {
    struct arena *a = arena_new();
    struct jobs *jobs = arena_new_of(a, struct jobs);
    *out = NULL;
    *jobs = (struct jobs){.app = app, .ctx = app_ctx(app), .a = a};
    jobs->folder = path_join(a, app_home(app), S("jobs"));
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->more, NULL);
    if (!disk_folder(jobs->ctx, jobs->folder.p, 0700, e) || !load_all(jobs, e)) {
        jobs_close(jobs);
        return false;
    }
    sweep(jobs);
    jobs->started = thread_start(&jobs->thread, work, jobs);
    if (!jobs->started) {
        jobs_close(jobs);
        return err_errno(e, S(""), _("no thread can be started"));
    }
    *out = jobs;
    return true;
}

void jobs_close(struct jobs *jobs) {
    if (!jobs)
        return;
    pthread_mutex_lock(&jobs->lock);
    jobs->closing = true;
    if (jobs->running)
        atomic_store(&jobs->running->stop, true);
    pthread_cond_signal(&jobs->more);
    pthread_mutex_unlock(&jobs->lock);
    if (jobs->started)
        pthread_join(jobs->thread, NULL);
    for (struct job *j = jobs->newest, *next; j; j = next) {
        next = j->next;
        arena_free(j->a);
    }
    pthread_cond_destroy(&jobs->more);
    pthread_mutex_destroy(&jobs->lock);
    arena_free(jobs->a);
}

/* ── asked for ── */

/* Those that are over and of which many newer ones are known; never the one that its thread still has to end. */
static void forget_old(struct jobs *jobs) {
    uint32_t n = 0;
    for (struct job **at = &jobs->newest; *at;) {
        struct job *j = *at;
        if (++n <= JOBS_KEPT || !is_over(j) || j == jobs->running) {
            at = &j->next;
            continue;
        }
        *at = j->next;
        job_forget(jobs, j);
        arena_free(j->a);
    }
}

static struct job *job_new(const struct job_plan *plan) {
    struct arena *a = arena_new();
    struct job *j = arena_new_of(a, struct job);
    struct timespec now;
    unsigned short chance;
    clock_gettime(CLOCK_REALTIME, &now);
    random_bytes(&chance, sizeof chance);
    j->a = a;
    j->id = arena_printf(a, "%09llx%05lx%04x", (unsigned long long)now.tv_sec, (unsigned long)now.tv_nsec / 1000,
                         chance);
    j->kind = plan->kind;
    j->name = arena_str(a, plan->name);
    j->user = arena_str(a, plan->user);
    j->product = arena_str(a, plan->product);
    j->version = arena_str(a, plan->version);
    j->party = arena_str(a, plan->party);
    j->partial = plan->partial;
    j->japanese = strcmp(plan->lang, "ja") == 0;
    j->created = (int64_t)now.tv_sec;
    return j;
}

/* Its bytes are on disk: the job that needs them is told of, and kept. */
static bool sync_document(struct jobs *jobs, const char *path, struct err *e) {
    int fd;
    if (!disk_open(jobs->ctx, path, O_RDONLY, 0, &fd, NULL, e))
        return false;
    bool ok = disk_sync(jobs->ctx, fd, path, e);
    close(fd);
    return ok;
}

bool jobs_add(struct jobs *jobs, struct arena *a, const struct job_plan *plan, str *id, struct err *e) {
    struct job *j = job_new(plan);
    struct stat st;
    const char *file = arena_cstr(a, plan->file);
    if (stat(file, &st) != 0 || !sync_document(jobs, file, e)) {
        arena_free(j->a);
        return e->kind ? false : err_errno(e, plan->name, _("cannot open the file"));
    }
    j->bytes = (uint64_t)st.st_size;
    *id = arena_str(a, j->id);
    pthread_mutex_lock(&jobs->lock);
    bool ok = disk_rename(jobs->ctx, file, job_document(a, jobs, j).p, e) && job_save(jobs, j, e);
    if (ok) {
        j->next = jobs->newest;
        jobs->newest = j;
        forget_old(jobs);
        pthread_cond_signal(&jobs->more);
    } else {
        job_forget(jobs, j);
        arena_free(j->a);
    }
    pthread_mutex_unlock(&jobs->lock);
    return ok;
}

/* Under the lock. */
static struct job *find(struct jobs *jobs, str id, str user) {
    for (struct job *j = jobs->newest; j; j = j->next)
        if (str_eq(j->id, id))
            return !user.p || str_eq(j->user, user) ? j : NULL;
    return NULL;
}

bool jobs_cancel(struct jobs *jobs, str id, str user) {
    pthread_mutex_lock(&jobs->lock);
    struct job *j = find(jobs, id, user);
    if (j && j->state == JOB_QUEUED) {
        j->state = JOB_CANCELLED;
        end(jobs, j);
    } else if (j) {
        atomic_store(&j->stop, true);
    }
    pthread_mutex_unlock(&jobs->lock);
    return j != NULL;
}

bool jobs_show(struct jobs *jobs, str id, str user, struct jw *w, uint64_t *version, bool *ended) {
    pthread_mutex_lock(&jobs->lock);
    struct job *j = find(jobs, id, user);
    if (j) {
        job_json(j, w, false);
        *version = j->serial;
        *ended = is_over(j);
    }
    pthread_mutex_unlock(&jobs->lock);
    return j != NULL;
}

void jobs_list(struct jobs *jobs, str user, struct jw *w) {
    pthread_mutex_lock(&jobs->lock);
    jw_arr(w);
    for (struct job *j = jobs->newest; j; j = j->next)
        if (!user.p || str_eq(j->user, user))
            job_json(j, w, false);
    jw_arr_end(w);
    pthread_mutex_unlock(&jobs->lock);
}

void jobs_count(struct jobs *jobs, uint64_t counts[JOB_STATES]) {
    memset(counts, 0, JOB_STATES * sizeof *counts);
    pthread_mutex_lock(&jobs->lock);
    for (struct job *j = jobs->newest; j; j = j->next)
        counts[j->state]++;
    pthread_mutex_unlock(&jobs->lock);
}
