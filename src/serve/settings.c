/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/settings.h"

#include <sys/stat.h>

#include "base/file.h"
#include "serve/app.h"

static int64_t changed_at(struct call *q, str file) {
    struct stat st;
    return stat(arena_cstr(q->a, file), &st) == 0 ? (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec : 0;
}

static void end(void *made) {
    struct settings *s = made;
    arena_free(s->a);
}

static bool load(struct call *q, str file, int64_t changed, struct settings **out, struct err *e) {
    struct arena *a = arena_new();
    struct settings *s = arena_new_of(a, struct settings);
    *s = (struct settings){.a = a, .changed = changed};
    s->advisories = path_join(a, q->home->path, S("advisories.db"));
    bool ok = verdict_policy_read(q->ctx, a, file, &s->policy, e) &&
              clock_load(q->ctx, a, q->home->path, &s->clocks, e);
    if (ok)
        *out = s;
    else
        arena_free(a);
    return ok;
}

bool call_settings(struct call *q, const struct settings **out, struct err *e) {
    str file = path_join(q->a, q->home->path, S("akashi.toml"));
    struct settings *s = q->app ? app_kept(q->app) : NULL;
    int64_t changed = changed_at(q, file);
    *out = s;
    if (s && s->changed == changed)
        return true;
    if (!load(q, file, changed, &s, e))
        return false;
    if (q->app)
        app_keep(q->app, s, end);
    else
        arena_defer(q->a, end, s);
    *out = s;
    return true;
}
