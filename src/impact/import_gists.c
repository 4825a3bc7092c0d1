/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents that somebody else has read, some at a time: what import.c does by the thousand, without its pipeline.
 */
#include "archive/archive.h"
#include "base/digest.h"
#include "impact/import.h"
#include "impact/import_name.h"

bool import_gist_prepare(struct ctx *c, struct arena *a, struct import_gist *x, struct err *e) {
    const struct naming how = {.ctx = c, .where = x->where, .strict = true};
    struct inventory of = {.product = x->product, .version = x->version, .party = x->party, .bytes = x->text.n};
    digest_of(DIGEST_SHA256, x->text, of.body);
    if (!inventory_complete(&how, a, x->gist, &of, e) || !inventory_payload(a, &of, &x->payload, e))
        return false;
    x->product = of.product;
    x->version = of.version;
    memcpy(x->body, of.body, sizeof x->body);
    return true;
}

static bool look_up(struct portfolio *p, struct arena *a, struct import_gist *list, uint32_t n, struct err *e) {
    unsigned char(*bodies)[32] = arena_alloc_n(a, n, sizeof *bodies);
    bool *maybe = arena_array(a, bool, n), ok = true;
    for (uint32_t i = 0; i < n; i++)
        memcpy(bodies[i], list[i].body, sizeof *bodies);
    if (!contents_of_bodies(p->contents, (const unsigned char(*)[32])bodies, n, maybe, e))
        return false;
    for (uint32_t i = 0; i < n && ok; i++) {
        struct inventory of = {.product = list[i].product, .version = list[i].version};
        memcpy(of.body, list[i].body, sizeof of.body);
        if (maybe[i])
            ok = inventory_known(p, a, &of, &list[i].known, e);
    }
    return ok;
}

static bool archive_new(struct portfolio *p, struct arena *a, const struct import_gist *list, uint32_t n,
                        struct err *e) {
    struct archive_item *items = arena_array(a, struct archive_item, n);
    uint32_t m = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!list[i].known) {
            items[m] = (struct archive_item){.bytes = list[i].text, .named = true};
            memcpy(items[m++].name.b, list[i].body, 32);
        }
    return !m || (archive_put_many(p->home->archive, items, m, e) && archive_sync(p->home->archive, e));
}

bool import_gists(struct portfolio *p, struct arena *a, struct import_gist *list, uint32_t n, struct err *e) {
    struct portfolio_add *adds = arena_array(a, struct portfolio_add, n ? n : 1);
    uint32_t *of = arena_array(a, uint32_t, n ? n : 1), m = 0;
    if (!n)
        return true;
    if (!look_up(p, a, list, n, e) || !archive_new(p, a, list, n, e))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!list[i].known) {
            of[m] = i;
            adds[m++] = (struct portfolio_add){
                .payload = list[i].payload, .parts = &list[i].gist->parts, .vex = &list[i].gist->vex};
        }
    if (m && !portfolio_append(p, a, adds, m, e))
        return false;
    for (uint32_t i = 0; i < m; i++)
        list[of[i]].known = adds[i].was_there;
    return true;
}
