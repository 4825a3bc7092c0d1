/* SPDX-License-Identifier: Apache-2.0
 *
 * What a command is pointed at, as an SBOM: one that is already there, or one made by looking.
 */
#ifndef AKASHI_CLI_INPUT_H
#define AKASHI_CLI_INPUT_H

#include "sbom/sbom.h"

/* An SBOM in any format; else a folder, archive, image, lock file or binary is looked into. "-" is an SBOM on standard
 * input. Fails when nothing in a file can be identified; an empty folder is a warning. */
MUST_USE bool input_read(struct ctx *c, struct arena *a, str name, struct sbom **out, struct err *e);

#endif
