/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiled records as bytes (base/wire.h), so that whoever reads advisories of strangers can be another process than
 * the one that merges them. compiler_write() of what compiler_take() took is the same bytes again.
 *
 *     "AkA1"  n records: kind  withdrawn  id  modified  newest  16 bytes
 *                        n names  n ecosystems  brief  detail
 *                        n affects: ecosystem  name  entry
 *             kev:  0 | 1 date  n: cve  added  due  name  action  ransomware
 *             epss: 0 | 1 date  n: cve (wide)  score  percentile
 */
#ifndef AKASHI_VULN_COMPILE_FORM_H
#define AKASHI_VULN_COMPILE_FORM_H

#include "vuln/compile.h"

void compiler_write(const struct compiler *c, struct buf *out);
/* Adds to a compiler that has nothing yet; bytes are copied. Fails when any byte is not as compiler_write() has it. */
MUST_USE bool compiler_take(struct compiler *c, str bytes, struct err *e);

#endif
