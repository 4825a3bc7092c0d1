/* SPDX-License-Identifier: Apache-2.0
 *
 * Is a copy complete, and can what is in it be had back? The second is answered by having a part of it back.
 */
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/copy_place.h"
#include "base/file.h"
#include "base/pool.h"

struct checking {
    struct ctx *c;
    struct arena *arena;
    struct archive *a;
    struct copy_place place;
    const struct copy_options *o;
    struct pack_keys keys;
    struct copy_check *out;
    struct copy_objects objects; /* the packs of the copy */
    struct map there;
    uint32_t ours_there;
};

static void fault(struct checking *k, str name, const char *what) {
    *vec_push(k->arena, &k->out->faults) = arena_printf(k->arena, "%.*s: %s", STR_ARG(name), what);
}

static bool compare(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e) {
    struct checking *k = arg;
    struct pack_file f;
    struct copy_item item = {.name = copy_pack_name(k->arena, id)};
    enum copy_state state = COPY_SAME;
    if (open)
        return true;
    k->out->packs++;
    const struct copy_object *there = map_get(&k->there, item.name);
    if (!there) {
        k->out->missing++;
        fault(k, item.name, _("is not in the copy"));
        return true;
    }
    k->ours_there++;
    if (!pack_open(k->a, id, &f, NULL, e))
        return false;
    item.fd = f.fd;
    bool ok = true, same = there->size == f.size;
    if (same && k->o->verify)
        ok = copy_measure(f.fd, str_of(f.path), &item, e) && k->place.kind->compare(&k->place, &item, &state, e);
    pack_close(&f);
    if (ok && (!same || state != COPY_SAME)) {
        k->out->wrong++;
        fault(k, item.name, same ? _("has another digest in the copy") : _("has another size in the copy"));
    }
    return ok;
}

static bool list(struct checking *k, struct err *e) {
    struct copy_objects all;
    unsigned char id[PACK_ID];
    if (!k->place.kind->list(&k->place, k->arena, &all, e))
        return false;
    map_init(&k->there, k->arena);
    for (uint32_t i = 0; i < all.n; i++)
        if (copy_pack_id(all.v[i].name, id)) {
            struct copy_object *kept = vec_push(k->arena, &k->objects);
            *kept = all.v[i];
        }
    for (uint32_t i = 0; i < k->objects.n; i++)
        map_put(&k->there, k->objects.v[i].name, NULL)->value = &k->objects.v[i];
    return true;
}

/* Downloaded to a file without a name, so that nothing stays behind. A store that gives other bytes than were sent
 * there says so of this pack; only what keeps it from giving any ends the check. */
static bool prove(struct checking *k, const struct copy_object *o, struct err *e) {
    struct copy_pack p = {.path = arena_cstr(k->arena, o->name)};
    struct err why = {0};
    if (!file_nameless(&p.fd, e))
        return false;
    bool got = k->place.kind->get(&k->place, o->name, p.fd, o->size, &why), ok = true;
    bool other = !got && why.kind == ERR_INPUT;
    if (!got && !other && why.kind != ERR_NONE) {
        ok = false;
        if (e)
            *e = why;
    }
    if (got && copy_pack_id(o->name, p.id))
        ok = copy_pack_prove(&p, &k->keys, e);
    close(p.fd);
    if (!ok)
        return false;
    k->out->proved += p.good;
    k->out->damaged += !p.good;
    k->out->bodies += p.good ? p.bodies : 0;
    k->out->bytes += p.good ? p.size : 0;
    if (!p.good)
        fault(k, o->name, other ? why.what : _("is damaged in the copy, or sealed with another key"));
    return true;
}

static uint32_t below(uint32_t n) {
    uint64_t r;
    random_bytes(&r, sizeof r);
    return n ? (uint32_t)(r % n) : 0; /* n is far below 2^32: the bias does not matter */
}

/* `sample` of 100, at random: a shuffle that stops when enough are drawn. */
static bool prove_sample(struct checking *k, double sample, struct err *e) {
    uint32_t n = k->objects.n, want = (uint32_t)ceil((double)n * sample / 100);
    bool ok = true;
    if (sample <= 0 || !n)
        return true;
    want = want > n ? n : want ? want : 1;
    struct progress *shown = progress_begin(k->c, _("packs proved"), want);
    for (uint32_t i = 0; ok && i < want; i++) {
        uint32_t pick = i + below(n - i);
        struct copy_object chosen = k->objects.v[pick];
        k->objects.v[pick] = k->objects.v[i];
        k->objects.v[i] = chosen;
        ok = prove(k, &chosen, e);
        progress_add(shown, 1);
    }
    progress_end(shown);
    return ok;
}

static bool check(struct checking *k, double sample, struct err *e) {
    if (!copy_open(k->c, k->o, COPY_READ, &k->place, e) || !list(k, e))
        return false;
    if (k->a && !packs_list(k->a, compare, k, e))
        return false;
    k->out->more = k->a ? k->objects.n - k->ours_there : 0;
    if (!k->a)
        k->out->packs = k->objects.n;
    return prove_sample(k, sample, e);
}

bool copy_check(struct ctx *c, struct arena *arena, struct archive *a, const unsigned char *key,
                const struct copy_options *o, double sample, struct copy_check *out, struct err *e) {
    struct checking k = {.c = c, .arena = arena, .a = a, .o = o, .out = out};
    *out = (struct copy_check){0};
    if (key)
        pack_keys_derive(key, &k.keys);
    else if (a)
        k.keys = a->keys;
    bool ok = check(&k, sample, e);
    copy_close(&k.place);
    wipe(&k.keys, sizeof k.keys);
    return ok;
}
