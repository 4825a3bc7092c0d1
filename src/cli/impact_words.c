/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/impact_words.h"

#include "cli/impact.h"

str people_text(struct arena *a, double people) { return people > 0 ? grouped(a, people) : S("-"); }

str span_text(struct arena *a, int64_t seconds) {
    long long minutes = (long long)((seconds + 59) / 60), hours = minutes / 60, days = hours / 24;
    if (hours < 1)
        return arena_printf(a, _("%lld min"), minutes);
    if (days < 2)
        return minutes % 60 ? arena_printf(a, _("%lld h %lld min"), hours, minutes % 60)
                            : arena_printf(a, _("%lld h"), hours);
    return hours % 24 ? arena_printf(a, _("%lld d %lld h"), days, hours % 24) : arena_printf(a, _("%lld d"), days);
}

str place_kind_text(enum place_kind k) {
    static const char *const words[] = {
        [PLACE_SERVICE] = N_("service"), [PLACE_DEPLOYMENT] = N_("deployment"), [PLACE_PARTY] = N_("party"),
        [PLACE_ZONE] = N_("zone"),       [PLACE_RELEASE] = N_("release"),       [PLACE_PACKAGE] = N_("package")};
    return str_of(_(words[k]));
}
