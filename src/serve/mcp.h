/* SPDX-License-Identifier: Apache-2.0
 *
 * The routes that only read as tools of the Model Context Protocol (2025-06-18), for agents: JSON-RPC over a pipe or
 * POST /mcp. A tool is a row of the routes' table under another name; who asks sees what that route would show them.
 */
#ifndef AKASHI_SERVE_MCP_H
#define AKASHI_SERVE_MCP_H

#include "serve/call.h"

/* What a message is answered with: the call holds who asks, the views and the language. Absent: a notification, which
 * is not answered. */
str mcp_answer(struct call *q, str message);
/* The route that a tool is; NULL: there is no such tool. */
const struct api *mcp_route(str tool);

#endif
