/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect/config.h"

extern const struct config_kind config_dockerfile, config_kernel, config_nginx, config_sshd, config_systemd;
const struct config_kind *const config_kinds[] = {
    &config_dockerfile, &config_kernel, &config_nginx, &config_sshd, &config_systemd, NULL,
};

const struct config_kind *config_kind_find(str name) {
    for (const struct config_kind *const *k = config_kinds; *k; k++)
        if (str_is(name, (*k)->name))
            return *k;
    return NULL;
}

bool config_bad(const struct config *c, uint32_t line, struct err *e, const char *what) {
    struct buf b = {0};
    buf_addf(&b, "%.*s:%u", STR_ARG(c->file.p ? c->file : c->path), line);
    err_set(e, ERR_INPUT, buf_str(&b), "%s", what);
    buf_free(&b);
    return false;
}

str config_key(const struct config *c, str key) { return c->kind->any_case ? arena_lower(c->a, key) : key; }

/* Numbers are small and keys short, so the text of both is the key of one map. */
static str index_key(struct buf *b, uint32_t context, str key) {
    buf_clear(b);
    buf_u64(b, context);
    buf_addc(b, ' ');
    buf_add(b, key);
    return buf_str(b);
}

struct ends {
    uint32_t first, last; /* entry numbers + 1 */
};

static void index_entry(struct config *c, uint32_t number) {
    struct config_entry *entry = &c->entries.v[number];
    struct buf b = {0};
    bool fresh;
    str key = index_key(&b, entry->context, entry->key);
    struct map_entry *at = map_find(&c->index, key);
    struct ends *ends = at ? at->value : arena_new_of(c->a, struct ends);
    if (at && ends->first) {
        c->entries.v[ends->last - 1].next = number + 1;
        ends->last = number + 1;
    } else {
        *ends = (struct ends){number + 1, number + 1};
        if (!at)
            map_put(&c->index, arena_str(c->a, key), NULL)->value = ends;
    }
    buf_free(&b);
    at = map_put(&c->by_key, entry->key, &fresh);
    if (fresh)
        at->value = arena_new_of(c->a, struct config_numbers);
    *vec_push(c->a, (struct config_numbers *)at->value) = number;
}

uint32_t config_own(const struct config *c, uint32_t context, str key) {
    struct buf b = {0};
    const struct ends *ends = map_get(&c->index, index_key(&b, context, key));
    buf_free(&b);
    return ends ? ends->first : 0;
}

uint32_t config_nearest(const struct config *c, uint32_t context, str key) {
    for (;;) {
        uint32_t found = config_own(c, context, key), parent = c->contexts.v[context].parent;
        if (found || parent == context)
            return found;
        context = parent;
    }
}

/* First place in v[0, n) whose number is not below least. */
static uint32_t lower_bound(const uint32_t *v, uint32_t n, uint32_t least) {
    uint32_t from = 0;
    while (from < n) {
        uint32_t middle = from + (n - from) / 2;
        if (v[middle] < least)
            from = middle + 1;
        else
            n = middle;
    }
    return from;
}

const uint32_t *config_within(const struct config *c, uint32_t context, str key, uint32_t *n) {
    const struct config_numbers *all = map_get(&c->by_key, key);
    *n = 0;
    if (!all)
        return NULL;
    const struct config_context *in = &c->contexts.v[context];
    uint32_t first = lower_bound(all->v, all->n, in->first), end = lower_bound(all->v, all->n, in->end);
    *n = end - first;
    return all->v + first;
}

bool config_add(struct config *c, str key, str value, uint32_t line, struct err *e) {
    if (c->entries.n >= CONFIG_ENTRIES)
        return err_set(e, ERR_LIMIT, c->path, _("more than %d settings in one file"), CONFIG_ENTRIES);
    *vec_push(c->a, &c->entries) = (struct config_entry){
        .key = config_key(c, key), .value = value, .file = c->file, .line = line, .context = c->of_inner};
    index_entry(c, c->entries.n - 1);
    return true;
}

bool config_add_first(struct config *c, str key, str value, uint32_t line, struct err *e) {
    return config_own(c, c->of_inner, config_key(c, key)) || config_add(c, key, value, line, e);
}

bool config_add_last(struct config *c, str key, str value, uint32_t line, struct err *e) {
    uint32_t old = config_own(c, c->of_inner, config_key(c, key));
    if (!old)
        return config_add(c, key, value, line, e);
    struct config_entry *entry = &c->entries.v[old - 1];
    entry->value = value;
    entry->line = line;
    entry->file = c->file;
    return true;
}

void config_clear(struct config *c, str key) {
    struct buf b = {0};
    struct ends *ends = map_get(&c->index, index_key(&b, c->of_inner, config_key(c, key)));
    if (ends)
        *ends = (struct ends){0};
    buf_free(&b);
}

bool config_enter_from(struct config *c, const char *type, uint32_t parent, uint32_t line, struct err *e) {
    if (c->contexts.n >= CONFIG_CONTEXTS)
        return err_set(e, ERR_LIMIT, c->path, _("more than %d blocks in one file"), CONFIG_CONTEXTS);
    *vec_push(c->a, &c->contexts) = (struct config_context){
        .type = type, .parent = parent, .line = line, .file = c->file, .first = c->entries.n, .end = UINT32_MAX};
    c->of_inner = c->contexts.n - 1;
    return true;
}

bool config_enter(struct config *c, const char *type, uint32_t line, struct err *e) {
    return config_enter_from(c, type, c->of_inner, line, e);
}

void config_leave(struct config *c, uint32_t back) {
    c->contexts.v[c->of_inner].end = c->entries.n;
    c->of_inner = back;
}

bool config_read(struct ctx *c, struct arena *a, const struct config_kind *kind, str path, str bytes,
                 const struct found_file *found, struct config *out, struct err *e) {
    *out = (struct config){.ctx = c, .a = a, .kind = kind, .path = path, .found = found};
    map_init(&out->index, a);
    map_init(&out->by_key, a);
    return config_enter_from(out, kind->contexts[0], 0, 0, e) && kind->read(out, bytes, e);
}
