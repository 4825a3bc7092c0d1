/* SPDX-License-Identifier: Apache-2.0
 *
 * The inspectors of configuration files: rules are read when the first file of a kind is met, and kept for the run.
 */
#include <pthread.h>

#include "base/file.h"
#include "inspect/config_rules.h"

struct state {
    const struct config_kind *kind;
    struct arena *a;
    const struct inspect_options *options;
    pthread_mutex_t lock;
    bool loaded;
    struct config_rules rules;
};

static void free_state(void *p) {
    struct state *s = p;
    pthread_mutex_destroy(&s->lock);
    arena_free(s->a);
}

/* Rules given by the user are read at once: what is wrong in them is said before anything is looked at. */
static bool read_given(struct ctx *c, struct state *s, struct config_rules *out, bool prove, struct err *e) {
    for (uint32_t i = 0; s->options && i < s->options->n_rules; i++) {
        str text, name = s->options->rules[i];
        bool other = false;
        struct config_rules alone = {.kind = out->kind};
        if (!file_read(c, s->a, name, &text, e) || !config_rules_read(c, s->a, text, name, out, &other, e))
            return false;
        if (prove && (!config_rules_read(c, s->a, text, name, &alone, &other, e) ||
                      (!other && !config_rules_prove(c, s->a, &alone, name, e))))
            return false;
    }
    return true;
}

bool config_prepare(const struct config_kind *kind, struct ctx *c, struct arena *a, const struct inspect_options *o,
                    const void **state, struct err *e) {
    struct state *s = arena_new_of(a, struct state);
    s->kind = kind;
    s->a = arena_new();
    s->options = o;
    pthread_mutex_init(&s->lock, NULL);
    arena_defer(a, free_state, s);
    *state = s;
    return read_given(c, s, &(struct config_rules){.kind = kind}, true, e);
}

static bool load(struct ctx *c, struct state *s, struct err *e) {
    pthread_mutex_lock(&s->lock);
    bool ok = s->loaded ||
              (config_rules_builtin(c, s->a, s->kind, &s->rules, e) && read_given(c, s, &s->rules, false, e));
    s->loaded = ok;
    pthread_mutex_unlock(&s->lock);
    return ok;
}

static str detail_of(struct arena *a, const struct config_fault *f) {
    if (!f->file.p)
        return f->found;
    return f->found.p ? arena_printf(a, "%.*s (%.*s:%u)", STR_ARG(f->found), STR_ARG(f->file), f->line) : f->file;
}

bool config_look(struct inspect *in, str bytes, struct inspection *out, struct err *e) {
    struct state *s = (struct state *)in->state;
    struct config file;
    if (!load(in->ctx, s, e) || !config_read(in->ctx, in->scratch, s->kind, in->file->path, bytes, in->file, &file, e))
        return false;
    if (file.not_mine)
        return true;
    out->kind = s->kind->name;
    out->type = "configuration";
    for (uint32_t i = 0; i < s->rules.rules.n; i++) {
        const struct config_rule *rule = &s->rules.rules.v[i];
        struct config_faults faults = {0};
        enum check_state state = config_judge(&file, rule, in->a, &faults);
        if (!faults.n)
            check_add(in, out, &rule->spec, state, (str){NULL, 0});
        for (uint32_t k = 0; k < faults.n; k++)
            check_at(in, out, &rule->spec, CHECK_BAD, detail_of(in->a, &faults.v[k]),
                     faults.v[k].file.p ? 0 : faults.v[k].line);
    }
    return true;
}
