/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/search.h"
#include "serve/asking.h"

bool api_search(struct call *q, struct err *e);

bool api_search(struct call *q, struct err *e) {
    struct reader reader;
    struct search_hits found;
    uint64_t most;
    str text = call_text(q, "q");
    if (!call_reader(q, &reader, e) || !call_number(q, "limit", 20, 100, &most, e) ||
        !search_find(q->views, q->a, &reader, &q->when, text, (uint32_t)most, &found, e))
        return false;
    search_json(call_json(q), text, &found);
    return true;
}
const struct route_doc api_search_doc = {
    .answer = "search-answer",
    .arguments = (const struct route_argument[]){{"q", "text", N_("part of a name, at least two letters")},
                                                 {"limit", "number", N_("at most so many (20)")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_("the best first: named exactly so, beginning so, containing it"),
};
