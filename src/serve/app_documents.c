/* SPDX-License-Identifier: Apache-2.0
 *
 * SBOMs of the archive that are read again for a question: by a confined process, each document by one of its own, so
 * that it has no other to lie about.
 */
#include "base/digest.h"
#include "base/msg.h"
#include "serve/app_inner.h"
#include "serve/confined.h"

enum { SECONDS = 60 };

static bool read_elsewhere(void *arg, struct arena *a, const unsigned char body[32], str text, str where,
                           struct sbom **out, struct err *e) {
    struct app *app = arg;
    const struct reading_plan plan = {.kind = READ_SKETCH,
                                      .text = text,
                                      .name = where,
                                      .whose = hex_text(a, body, 32),
                                      .lang = msg_lang(),
                                      .seconds = SECONDS};
    return readers_sketch(app->readers, &plan, a, out, e);
}

struct elsewhere app_elsewhere(struct app *app) {
    return (struct elsewhere){read_elsewhere, app};
}
