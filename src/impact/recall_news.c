/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "impact/contents_inner.h"
#include "impact/recall_inner.h"
#include "store/queries.h"

bool news_cover(const struct news *n, const struct recall_state *now, uint32_t from, uint32_t to) {
    return n->store == now->store && n->made == now->made && n->first <= from && to - n->first <= n->n;
}

const component_id *news_of_package(const struct news *n, uint32_t release, int64_t package, uint32_t *count) {
    const struct news_release *x = &n->v[release - n->first];
    const component_id *ids = n->ids + x->at;
    uint32_t from = (uint32_t)ids_from(ids, x->n, (component_id)(package << COMPONENT_BITS));
    *count = 0;
    while (from + *count < x->n && package_of(ids[from + *count]) == package)
        ++*count;
    return ids + from;
}

static void begin_at(struct news *n, const struct recall_state *now, uint32_t first) {
    n->store = now->store;
    n->made = now->made;
    n->first = first;
    n->n = 0;
    n->n_ids = 0;
}

static void drop_half(struct news *n) {
    uint32_t gone = n->n / 2;
    size_t ids = gone < n->n ? n->v[gone].at : n->n_ids;
    memmove(n->v, n->v + gone, (n->n - gone) * sizeof *n->v);
    memmove(n->ids, n->ids + ids, (n->n_ids - ids) * sizeof *n->ids);
    n->first += gone;
    n->n -= gone;
    n->n_ids -= ids;
    for (uint32_t i = 0; i < n->n; i++)
        n->v[i].at -= ids;
}

static bool add(struct news *n, uint32_t twin, int64_t product, str list) {
    struct news_release x = {.twin = twin, .product = product};
    component_id id = 0;
    if (n->n == NEWS_MOST)
        drop_half(n);
    if (n->n_ids > NEWS_IDS_MOST) /* a few enormous ones */
        begin_at(n, &(struct recall_state){.store = n->store, .made = n->made}, n->first + n->n);
    x.at = n->n_ids;
    while (idlist_next(&list, &id)) {
        if (n->n_ids == n->cap) {
            n->cap = n->cap ? n->cap * 2 : 1 << 16;
            n->ids = realloc(n->ids, n->cap * sizeof *n->ids);
            if (!n->ids)
                abort();
        }
        n->ids[n->n_ids++] = id;
    }
    x.n = (uint32_t)(n->n_ids - x.at);
    n->v[n->n++] = x;
    return list.n == 0;
}

/* Those that others have added meanwhile are passed over. */
static bool take_row(struct news *n, struct ask *q, const struct recall_state *now) {
    uint32_t id = (uint32_t)ask_col_int(q, 0);
    if (n->store != now->store || n->made != now->made || id < n->first + n->n)
        return true;
    if (id > n->first + n->n)
        begin_at(n, now, id);
    return add(n, (uint32_t)ask_col_int(q, 1), ask_col_int(q, 2), ask_col_blob(q, 3));
}

bool news_read(struct portfolio *p, struct news *n, pthread_mutex_t *lock, const struct recall_state *now,
               struct err *e) {
    struct ask *q;
    bool row = true, ok = true;
    pthread_mutex_lock(lock);
    if (n->store != now->store || n->made != now->made || n->first + n->n + NEWS_MOST < now->releases)
        begin_at(n, now, now->releases);
    uint32_t from = n->first + n->n;
    pthread_mutex_unlock(lock);
    if (from >= now->releases)
        return true;
    if (!store_ask(p->store, &Q_release_news, &q, e))
        return false;
    ask_int(q, 1, from);
    ask_int(q, 2, now->releases);
    while (ok) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        pthread_mutex_lock(lock);
        ok = take_row(n, q, now);
        pthread_mutex_unlock(lock);
    }
    ask_end(q);
    return ok || err_set(e, ERR_ENV, S("release_list"), "%s", _("the views are damaged"));
}
