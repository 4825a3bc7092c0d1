/* SPDX-License-Identifier: Apache-2.0
 *
 * Pieces NVD pages and CVE records have in common.
 */
#ifndef AKASHI_VULN_NVD_H
#define AKASHI_VULN_NVD_H

#include "vuln/document.h"

/* NVD `configurations`, CVE `cpeApplicability`. */
void nvd_configurations(struct import_job *job, struct doc *doc, struct jv list);
/* The English text of [{lang, value}], or the first; absent when there is none. */
str nvd_english(struct jv list);

#endif
