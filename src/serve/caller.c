/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/caller.h"

#include "base/cipher.h"
#include "serve/app.h"
#include "serve/call.h"

static bool same(str x, str y) { return x.n && same_bytes(x, y); }

bool caller_of(struct call *q, struct caller *out, struct err *e) {
    (void)e;
    str given = asked_header(q->asked, "Authorization");
    *out = (struct caller){.by = CALLER_NOBODY};
    if (str_istarts(given, S("Bearer ")) && same(str_trim(str_from(given, 7)), app_first_key(q->app)))
        *out = (struct caller){.by = CALLER_TOKEN,
                               .user = S("admin"),
                               .name = S("admin"),
                               .may = (1U << MAY_COUNT) - 1,
                               .reader = reader_owner};
    return true;
}
