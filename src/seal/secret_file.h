/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that hold secrets: read into secret memory, and only where nobody else could.
 */
#ifndef AKASHI_SEAL_SECRET_FILE_H
#define AKASHI_SEAL_SECRET_FILE_H

#include "base/cipher.h"

enum secret_care { SECRET_PRIVATE, SECRET_AS_IT_IS };
/* At most `most` bytes. SECRET_PRIVATE: the owner must be us (or root), and nobody else may read or change it (regular
 * files): else ERR_ENV with what to type. */
MUST_USE bool secret_file_read(str path, size_t most, enum secret_care care, struct secret *out, struct err *e);

#endif
