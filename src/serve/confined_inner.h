/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said between the two sides (base/wire.h):
 *
 *     from inside, once: CONFINED or UNCONFINED
 *     from outside:      kind  language  name  size (wide)  the document
 *     from inside:       a frame: what (1 byte)  size (4)  its bytes
 */
#ifndef AKASHI_SERVE_CONFINED_INNER_H
#define AKASHI_SERVE_CONFINED_INNER_H

#include "serve/confined.h"

enum { READER_CONFINED = 'C', READER_UNCONFINED = 'U' };
enum { FRAME_GIST = 'g', FRAME_SHEET = 's', FRAME_FAULT = 'f' };
enum { HEAD_MOST = 64 << 10, NAME_MOST = 4096, DOCUMENT_MOST = 1 << 30 };

#endif
