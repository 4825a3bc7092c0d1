/* SPDX-License-Identifier: Apache-2.0
 *
 * `db import` in two halves for those who let strangers' advisories be read by another process (serve/confined.h): one
 * half compiles a document or archive and touches no file, the other merges what was compiled.
 */
#ifndef AKASHI_VULN_IMPORT_COMPILED_H
#define AKASHI_VULN_IMPORT_COMPILED_H

#include "vuln/compile.h"

struct compile_plan {
    void (*fault)(void *arg, const struct err *e); /* a document that cannot be read; the others are */
    /* After each document: may hand over what there is and clear the compiler. False: stop. */
    bool (*compiled)(void *arg, struct compiler *k);
    void (*finished)(void *arg, struct compiler *k); /* at the end, with what is left */
    void *arg;
};
/* A document, or an archive of some, as a file of that name would be. */
void advdb_compile(struct ctx *c, str text, str where, const struct compile_plan *plan);

struct compiled_source {
    /* The next part, into an empty compiler (`documents` too); *more false: there is none behind it. A failure is the
     * end of all of it: nothing was taken. */
    bool (*next)(void *arg, struct compiler *out, bool *more, struct err *e);
    void *arg;
};
/* As advdb_import(). */
MUST_USE bool advdb_import_compiled(struct ctx *c, str db_path, const struct compiled_source *from,
                                    struct import_result *out, struct err *e);

#endif
