/* SPDX-License-Identifier: Apache-2.0
 *
 * tlog-tiles over HTTP, both sides. Nothing but names of that layout is ever opened.
 */
#ifndef AKASHI_NODE_TILES_H
#define AKASHI_NODE_TILES_H

#include "base/http.h"
#include "node/server.h"
#include "seal/tiles.h"

/* Answers with FOLDER/name when name is "checkpoint" or a tile's; else 404. */
MUST_USE bool tiles_answer(struct arena *a, str folder, str name, struct answer *out, struct err *e);

/* GET of everything in one log's folder. */
struct served_log {
    str folder;
};
extern const struct route log_routes[]; /* `of` is a struct served_log */

/* A log somewhere on the network. Both are borrowed; one thread. */
struct far_log {
    struct http *http;
    str url;
};
struct tile_reader tile_url(struct arena *a, struct far_log *l);

/* PREFIX/name, whether the prefix ends with a slash or not. */
str url_join(struct arena *a, str prefix, str name);

#endif
