/* SPDX-License-Identifier: Apache-2.0
 *
 * What SQLite asks for once in a process, before anything else of it is called.
 */
#ifndef AKASHI_STORE_PROCESS_H
#define AKASHI_STORE_PROCESS_H

void sqlite_process(void);

#endif
