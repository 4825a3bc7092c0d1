/* SPDX-License-Identifier: Apache-2.0
 *
 * RPM headers: the index of tags that stands in every package file and, without its lead, in the package database.
 *
 *   number of entries (be32) · bytes of data (be32) · entries: tag, type, offset, count (be32 each) · data
 */
#ifndef AKASHI_COLLECT_RPM_HEADER_H
#define AKASHI_COLLECT_RPM_HEADER_H

#include "collect/collect.h"

enum rpm_tag {
    RPM_NAME = 1000,
    RPM_VERSION = 1001,
    RPM_RELEASE = 1002,
    RPM_EPOCH = 1003,
    RPM_SUMMARY = 1004,
    RPM_VENDOR = 1011,
    RPM_LICENSE = 1014,
    RPM_PACKAGER = 1015,
    RPM_URL = 1020,
    RPM_ARCH = 1022,
    RPM_SOURCERPM = 1044,
    RPM_PROVIDENAME = 1047,
    RPM_REQUIRENAME = 1049,
    RPM_DIRINDEXES = 1116,
    RPM_BASENAMES = 1117,
    RPM_DIRNAMES = 1118,
    RPM_MODULARITYLABEL = 5096,
};

struct rpm_header {
    str entries, data;
    uint32_t n;
};

/* From the counts on. False when it does not fit into bytes. *used, when not NULL, is how many bytes it takes. */
MUST_USE bool rpm_header_open(str bytes, struct rpm_header *out, size_t *used);
/* Text of a tag, of an array the first one; absent when there is none. */
str rpm_text(const struct rpm_header *h, enum rpm_tag tag);
bool rpm_number(const struct rpm_header *h, enum rpm_tag tag, uint32_t index, uint32_t *out);

/* for (struct rpm_texts t = rpm_texts(h, tag); rpm_next(&t);) uses t.text. */
struct rpm_texts {
    str rest, text;
    uint32_t left;
};
struct rpm_texts rpm_texts(const struct rpm_header *h, enum rpm_tag tag);
bool rpm_next(struct rpm_texts *t);

/* Reports the package; key is its name for collect_edge. distro may be NULL. False when it has no name or version, or
 * is no package at all but a key for signatures. */
bool rpm_report(struct collect *c, struct arena *a, const struct rpm_header *h, const struct distro *d, str key,
                uint32_t line);

/* A package file in a package manager's own cache: nothing to report. */
bool package_is_cached(const struct found_file *f);

#endif
