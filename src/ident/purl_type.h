/* SPDX-License-Identifier: Apache-2.0
 *
 * What each purl type asks for beyond the common grammar (package-url type definitions). Private to purl.c.
 */
#ifndef AKASHI_IDENT_PURL_TYPE_H
#define AKASHI_IDENT_PURL_TYPE_H

#include "base/err.h"

enum purl_rules {
    PURL_NS_REQUIRED = 1 << 0,
    PURL_NS_PROHIBITED = 1 << 1,
    PURL_NS_LOWER = 1 << 2,
    PURL_NS_UPPER = 1 << 3,
    PURL_NAME_LOWER = 1 << 4,
    PURL_NAME_DASH = 1 << 5,       /* "_" is written "-" */
    PURL_NAME_UNDERSCORE = 1 << 6, /* whatever is no letter, digit or "_" is written "_" */
    PURL_VERSION_LOWER = 1 << 7,
    PURL_SUBPATH_LOWER = 1 << 8,
    PURL_HOST_CASE = 1 << 9,    /* lower case where the host named first in the namespace ignores case */
    PURL_SERVER_CASE = 1 << 10, /* name in lower case where the server of repository_url ignores case */
};

struct purl_type {
    const char *name;
    unsigned rules;
    const char *qualifier;             /* that must be there, or NULL */
    bool (*name_ok)(str name);         /* NULL: any */
    bool (*version_ok)(str version);   /* NULL: any */
    bool (*namespace_ok)(str segment); /* NULL: any; gets the whole namespace */
};

/* The rules of a type in lower case; those of "generic" when it is not on the list. */
const struct purl_type *purl_type_find(str type);

#endif
