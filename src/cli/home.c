/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/home.h"

#include "base/digest.h"

str short_hex(struct arena *a, const unsigned char bytes[32]) { return hex_text(a, bytes, 8); }

str key_owner(struct cli *cli, const struct home *h, const unsigned char id[32]) {
    const struct known_key *k = keyring_find(h->keys, id);
    return k && k->name.n ? k->name : short_hex(cli->arena, id);
}

void put_json(struct cli *cli, struct buf *b) {
    buf_addc(b, '\n');
    fwrite(b->p, 1, b->n, cli->out);
    buf_free(b);
}
