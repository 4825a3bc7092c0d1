/* SPDX-License-Identifier: Apache-2.0
 *
 * Wheels and eggs lying about as files: archives whose metadata the detector of installed packages reads.
 */
#include "collect/collect.h"

static bool wheel_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    (void)a;
    return collect_nested(c, f, bytes, e);
}

const struct detector detector_python_wheel = {
    .name = "python/wheel",
    .files = (const char *const[]){"*.whl", "*.egg", NULL},
    .purl_types = "pypi",
    .read = wheel_read,
};
