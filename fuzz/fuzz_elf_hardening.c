/* SPDX-License-Identifier: Apache-2.0
 *
 * A file that claims to be an ELF program, library or object. See inspect_file.h for the property.
 */
#include "inspect_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return inspect_file("elf", data, size); }
