/* SPDX-License-Identifier: Apache-2.0
 *
 * A file that claims to be a PE program or library. See inspect_file.h for the property.
 */
#include "inspect_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return inspect_file("pe", data, size); }
