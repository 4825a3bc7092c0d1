/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/store.h"

void cli_layout(struct cli *cli, struct store_layout *out) {
    uint32_t n = 0;
    const str *given = cli_texts(cli, "server", &n);
    struct store_node *nodes = arena_array(cli->arena, struct store_node, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (!str_cut(given[i], '=', &nodes[i].name, &nodes[i].address))
            nodes[i] = (struct store_node){S(""), S("")}; /* refused where names are looked at */
    int64_t parts = cli_number(cli, "nodes", 0);
    *out = (struct store_layout){
        .parts = parts < 0 || parts > UINT32_MAX ? UINT32_MAX : (uint32_t)parts, .nodes = nodes, .n_nodes = n};
}
