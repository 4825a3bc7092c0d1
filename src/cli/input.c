/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/input.h"

#include "base/file.h"
#include "collect/collect.h"

static bool look_into(struct ctx *c, struct arena *a, str name, struct sbom **out, struct err *e) {
    const struct collect_options how = {0};
    return collect_run(c, a, name, &how, out, e);
}

bool input_read(struct ctx *c, struct arena *a, str name, struct sbom **out, struct err *e) {
    str bytes;
    if (path_is_dir(name)) {
        if (!look_into(c, a, name, out, e))
            return false;
        if ((*out)->components.n <= 1) /* the root alone */
            ctx_warn(c, name, _("no component was found here"));
        return true;
    }
    if (!file_read_plain(c, a, name, &bytes, e))
        return false;
    /* Detection looks at the beginning only: what it does not see and no detector knows may still be an SBOM, and if
     * not, its reader says best what is wrong. */
    bool seen = sbom_detect(text_utf8(a, bytes)).format != SBOM_NONE;
    if (!seen && !str_is(name, "-")) {
        if (!look_into(c, a, name, out, e))
            return false;
        if ((*out)->components.n > 1)
            return true;
    }
    return sbom_read(c, a, bytes, name, SBOM_LENIENT, out, NULL, e);
}
