/* SPDX-License-Identifier: Apache-2.0
 *
 * The archive as the log's store of envelopes.
 */
#include "archive/archive.h"
#include "seal/log.h"

static struct body_name named(const unsigned char name[32]) {
    struct body_name n;
    memcpy(n.b, name, 32);
    return n;
}
static bool put(void *of, str bytes, struct err *e) {
    struct body_name name;
    return archive_put(of, bytes, &name, e);
}
static bool get(void *of, struct arena *a, const unsigned char name[32], str *out, struct err *e) {
    struct body_name n = named(name);
    *out = (str){NULL, 0};
    return !archive_has(of, &n) || archive_get(of, a, &n, out, e);
}
static bool sync(void *of, struct err *e) { return archive_sync(of, e); }

struct log_store log_store_of(struct archive *a) {
    return (struct log_store){put, get, sync, a};
}
