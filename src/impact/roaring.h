/* SPDX-License-Identifier: Apache-2.0
 *
 * CRoaring, without the compiler's header of vector intrinsics it brings along: 60,000 lines, which took five sixths of
 * the time of every file that includes views. Only its inline functions could use them, and only where the whole
 * program is compiled for AVX2, which it is not; the library itself chooses its own.
 */
#ifndef AKASHI_IMPACT_ROARING_H
#define AKASHI_IMPACT_ROARING_H

#define DISABLE_X64
#include <roaring/roaring.h>
#undef DISABLE_X64

#endif
