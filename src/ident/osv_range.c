/* SPDX-License-Identifier: Apache-2.0
 *
 * OSV ranges. The schema sorts the events and walks them; the state behind the walk is what the last event at or before
 * the version says, so one pass that remembers that event gives the same answer for events in any order.
 */
#include "ident/version.h"

/* At one version: what begins there comes before what ends there. */
static int rank(enum osv_event_kind kind) { return kind == OSV_INTRODUCED ? 0 : kind == OSV_LAST_AFFECTED ? 1 : 2; }

/* Does the event tell anything about this version? */
static bool reaches(const struct ecosystem *eco, const struct osv_event *event, str version) {
    enum order o = version_compare_osv(eco, event->version, version);
    return event->kind == OSV_LAST_AFFECTED ? o == ORDER_LESS : o != ORDER_GREATER;
}

static bool before_limits(const struct ecosystem *eco, const struct osv_event *events, uint32_t n, str version) {
    bool limited = false;
    for (uint32_t i = 0; i < n; i++) {
        if (events[i].kind != OSV_LIMIT)
            continue;
        limited = true;
        if (str_is(events[i].version, "*") || version_compare_osv(eco, version, events[i].version) == ORDER_LESS)
            return true;
    }
    return !limited;
}

bool osv_affects(const struct ecosystem *eco, const struct osv_event *events, uint32_t n, str version) {
    const struct osv_event *last = NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (events[i].kind == OSV_LIMIT || !reaches(eco, &events[i], version))
            continue;
        enum order o = last ? version_compare_osv(eco, last->version, events[i].version) : ORDER_LESS;
        if (o == ORDER_LESS || (o == ORDER_EQUAL && rank(last->kind) <= rank(events[i].kind)))
            last = &events[i];
    }
    return last && last->kind == OSV_INTRODUCED && before_limits(eco, events, n, version);
}
