/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/app.h"
#include "serve/call.h"

bool api_me(struct call *q, struct err *e);

static const char *const may_words[MAY_COUNT] = {"anybody", "self",   "read",   "upload",
                                                 "respond", "assess", "manage", "admin"};

bool api_me(struct call *q, struct err *e) {
    (void)e;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "user", q->who.user);
    jw_kstr(w, "name", q->who.name);
    jw_kstr(w, "party", q->home->party);
    jw_kstr(w, "lang", str_of(q->lang));
    jw_kbool(w, "read-only", app_read_only(q->app));
    jw_karr(w, "may");
    for (unsigned i = MAY_SELF; i < MAY_COUNT; i++)
        if (caller_may(&q->who, (enum may)i))
            jw_str(w, str_of(may_words[i]));
    jw_arr_end(w);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_me_doc = {0};
