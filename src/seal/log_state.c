/* SPDX-License-Identifier: Apache-2.0
 *
 * The state, kept in the lock file: how far the journal has been carried over. Only a help: what it says is worth
 * something while the machine has been running since it was written.
 *
 *   0   8   "AkaLock1"
 *   8   16  identity of the machine's present run
 *   24  8   generation
 *   32  8   bytes of the journal that are carried over
 *   40  8   size
 *   48  8   settled size
 *   56  8   zeros
 *   64  32  sum of the last record
 *   96  24  zeros
 *   120 8   first bytes of the SHA-256 of what is before
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "seal/log_inner.h"

static const char magic[8] = {'A', 'k', 'a', 'L', 'o', 'c', 'k', '1'};
enum { CHECK_AT = 120 };

bool state_read(int fd, const unsigned char boot[16], struct log_state *out) {
    static const unsigned char none[16];
    unsigned char p[STATE_BYTES], sum[32];
    size_t got;
    if (!disk_read_some(fd, "", p, sizeof p, 0, &got, NULL) || got != sizeof p || memcmp(p, magic, 8) != 0 ||
        memcmp(p + 8, boot, 16) != 0 || memcmp(boot, none, 16) == 0)
        return false;
    digest_of(DIGEST_SHA256, str_n((char *)p, CHECK_AT), sum);
    if (memcmp(sum, p + CHECK_AT, 8) != 0)
        return false;
    *out = (struct log_state){get_be(p + 24, 8), get_be(p + 32, 8), get_be(p + 40, 8), get_be(p + 48, 8), {0}};
    memcpy(out->sum, p + 64, 32);
    return true;
}

bool state_write(const struct ctx *c, int fd, const char *path, const unsigned char boot[16], const struct log_state *s,
                 struct err *e) {
    unsigned char p[STATE_BYTES] = {0}, sum[32];
    memcpy(p, magic, 8);
    memcpy(p + 8, boot, 16);
    put_be(p + 24, s->generation, 8);
    put_be(p + 32, s->journal, 8);
    put_be(p + 40, s->size, 8);
    put_be(p + 48, s->settled, 8);
    memcpy(p + 64, s->sum, 32);
    digest_of(DIGEST_SHA256, str_n((char *)p, CHECK_AT), sum);
    memcpy(p + CHECK_AT, sum, 8);
    return disk_write(c, fd, path, str_n((char *)p, sizeof p), 0, e);
}

void boot_id(unsigned char out[16]) {
    char text[64], hex[32];
    size_t got = 0, n = 0;
    memset(out, 0, 16);
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (disk_read_some(fd, "", text, sizeof text, 0, &got, NULL))
        for (size_t i = 0; i < got && n < sizeof hex; i++)
            if (ch_hex(text[i]))
                hex[n++] = text[i];
    if (n != sizeof hex || !hex_bytes(str_n(hex, n), out, 16))
        memset(out, 0, 16);
    close(fd);
}
