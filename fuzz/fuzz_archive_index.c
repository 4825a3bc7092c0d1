/* SPDX-License-Identifier: Apache-2.0
 *
 * The index file of an archive: whatever it holds, looking up stays within it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "archive/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const unsigned char id[PACK_ID];
    struct index *x = index_new();
    const struct index_pack *packs;
    uint32_t n;
    char path[64];
    int fd = memfd_create("index", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (index_load(x, str_of(path), id, &packs, &n))
        for (size_t at = 0; at + 32 <= size; at += 32) {
            struct body_name name;
            struct place place;
            memcpy(name.b, data + at, 32);
            (void)index_find(x, &name, &place);
        }
    (void)index_whole(x);
    index_free(x);
    close(fd);
    return 0;
}
