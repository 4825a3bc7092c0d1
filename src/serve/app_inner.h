/* SPDX-License-Identifier: Apache-2.0
 *
 * Between app.c (its life, views) and app_append.c (writing together).
 */
#ifndef AKASHI_SERVE_APP_INNER_H
#define AKASHI_SERVE_APP_INNER_H

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "serve/app.h"

struct handed;
struct kept {
    void *made;
    void (*end)(void *made);
    struct kept *next;
};
struct app {
    struct ctx *ctx;
    struct arena *arena;
    struct app_plan plan;
    str first_key;
    struct access *access;
    struct throttle *throttle;
    struct oidc *oidc;
    struct shapes *shapes;
    struct metrics *metrics;
    struct limits_table *limits;
    struct access_log *log;
    struct jobs *jobs;
    struct sender *sender;
    atomic_uint generation;
    const char *rooms[8];        /* folders that are written to; NULL: none */
    _Atomic int64_t room_looked; /* when the disk was looked at: the low bit says that it is full */
    struct recall *recall;       /* answers kept for all who read */
    atomic_uint breaks;          /* views that stopped working: what is kept may be of another store */
    struct readers *readers;
    struct advdb *flaws;     /* used by who writes; NULL: to be opened */
    uint64_t flaws_of;       /* which file it is */
    struct views *writer;    /* NULL: to be opened */
    pthread_mutex_t writing; /* over the writer */
    pthread_mutex_t lock;    /* over what follows */
    struct views *idle;
    struct kept *kept;
    struct squeezer *squeezers[16];
    unsigned n_squeezers;
    struct handed *handed, **last_handed; /* in the order they came */
    bool leading;                         /* somebody is writing them */
    pthread_cond_t written;
};

/* Who reads SBOMs of the archive for views (app_documents.c). */
struct elsewhere app_elsewhere(struct app *app);

#endif
