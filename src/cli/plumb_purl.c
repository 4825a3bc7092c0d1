/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plumb.h"
#include "ident/purl.h"

static void answer(void *state, struct arena *a, str row, struct buf *out) {
    (void)state;
    struct purl p;
    struct err e;
    if (purl_parse(a, row, &p, &e) && purl_check(&p, &e))
        purl_write(&p, out);
    else
        buf_add(out, S("error"));
}

static int run(struct cli *cli) { return plumb_rows(cli, answer, NULL); }

static const struct example examples[] = {
    {"echo pkg:PYPI/Django_package@1.0 | akashi plumb purl", N_("pkg:pypi/django-package@1.0")}, {0}};

const struct command plumb_purl_command = {
    .name = "plumb purl",
    .args = "[FILE…]",
    .summary = N_("bring package URLs to their canonical form"),
    .text = N_(
        "Each row is a package URL; the answer is its canonical form, or \"error\" when it is none or does not keep "
        "what the definition of its type demands. Reads standard input when no file is given."),
    .examples = examples,
    .max_args = -1,
    .run = run,
};
