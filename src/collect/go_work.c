/* SPDX-License-Identifier: Apache-2.0
 *
 * go.work: a workspace of modules. Its modules have their own go.mod; what is read here is the toolchain it asks for.
 */
#include "collect/detectors.h"
#include "collect/go_file.h"

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct go_file g;
    if (!go_file_parse(c, f, bytes, a, &g, e))
        return false;
    go_file_find_stdlib(c, a, &g);
    return true;
}

static const char *const files[] = {"go.work", NULL};
const struct detector detector_go_work = {
    .name = "go/work", .of_project = true, .files = files, .purl_types = "golang", .read = read};
