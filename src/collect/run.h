/* SPDX-License-Identifier: Apache-2.0
 *
 * One run of the collector, from the inside. Files are read by several threads; each writes what it finds into a
 * report of its own, and the reports are joined in the order of the paths, so the result does not depend on timing.
 */
#ifndef AKASHI_COLLECT_RUN_H
#define AKASHI_COLLECT_RUN_H

#include <pthread.h>

#include "collect/source.h"

struct kept_find {
    struct find f; /* strings in the worker's arena */
    str purl;      /* canonical; absent when the parts make none */
    uint32_t at;   /* index of the component it became, or SBOM_NO */
};
struct edge {
    str from, to;
};
struct unnamed { /* a component nobody can name */
    str what, why;
};
struct owned {
    str key, path; /* path from the root of the source */
};

/* What one detector says about one file. */
struct report {
    const struct detector *detector;
    str path, layer; /* path with the source's prefix */
    VEC(struct kept_find) finds;
    VEC(struct edge) edges;
    VEC(struct unnamed) unnamed;
    VEC(struct owned) owned;
    struct report *next;
};

struct run {
    struct ctx *ctx;
    const struct matcher *matcher;
    struct source *source;
    struct sbom_file *files; /* one for each candidate when every file is to be listed; else NULL */
    struct map paths;        /* of all candidates; read-only once the jobs run */
    struct map owners;       /* path → identity (str *) of the package that owns it; known after run_index_owners() */
    atomic_uint_fast32_t malformed;
    pthread_mutex_t distro_lock;
    struct map distros; /* folder → struct distro * or NULL, under lock */
    struct arena *distro_arena;
};

/* What a detector holds in its hands: one job of the run. */
struct collect {
    struct run *run;
    struct arena *keep;    /* outlives the job: reports */
    struct report *report; /* of the file being read */
    struct report **tail;  /* where the next report goes */
};

/* Offers one file to its detectors; bytes may be used until it returns. */
void run_read(struct collect *c, const struct candidate *cand, str bytes, struct arena *scratch);
/* Fills run->owners from what was reported so far; everything new lives in a. */
void run_index_owners(struct run *run, struct arena *a, struct report *const *reports, size_t n);
/* Joins the reports of all files into an SBOM that lives in a. */
struct sbom *run_join(struct run *run, struct arena *a, struct report *const *reports, size_t n, str path,
                      const struct collect_options *o);

#endif
