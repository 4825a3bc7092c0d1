/* SPDX-License-Identifier: Apache-2.0
 *
 * The browser side, inside the binary: files with the hash of their bytes in their names, each also compressed.
 *
 * What lies below /assets/ never changes under its name and is cached for ever; every other path of people ("/",
 * "/cases/C-1") is the one page, which is asked for anew each time and usually answered with 304.
 */
#ifndef AKASHI_SERVE_ASSETS_H
#define AKASHI_SERVE_ASSETS_H

#include "node/server.h"

enum asset_coding { ASSET_ZSTD, ASSET_BR, ASSET_GZIP, ASSET_PLAIN, ASSET_CODINGS };
struct asset {
    const char *path; /* "/index.html", "/assets/main-1A2B3C4D.js" */
    const char *type, *tag;
    struct {
        const unsigned char *p; /* NULL: not worth it */
        size_t n;
    } bodies[ASSET_CODINGS];
};
/* {0} at the end; nothing else when the binary was built without the browser side. */
extern const struct asset assets[];

/* The best coding that an Accept-Encoding header allows among those that the file has. */
enum asset_coding asset_coding_of(const struct asset *f, str accepts);
/* The file that a path of GET or HEAD means; NULL for /api/… and for what is not there. */
const struct asset *asset_find(const struct asset *table, str path);
/* false when there is none: somebody else answers. */
bool asset_answer(const struct asset *table, struct arena *a, const struct asked *q, struct answer *out);

#endif
