/* SPDX-License-Identifier: Apache-2.0
 *
 * Paragraphs of "Field: value" lines (deb822(5)): dpkg, opkg, .deb control files, copyright files, and pieces of names
 * the package formats of that family share.
 */
#ifndef AKASHI_COLLECT_DEB822_H
#define AKASHI_COLLECT_DEB822_H

#include "collect/collect.h"

enum { DEB822_FIELDS = 128 }; /* of a paragraph; further ones are read over */

struct deb822_field {
    str name, value; /* value: first line trimmed, further lines as they are */
};
struct deb822 {
    struct deb822_field fields[DEB822_FIELDS];
    uint32_t n, line; /* line of the first field */
};
struct deb822_reader {
    str rest, where;
    uint32_t line;
};

struct deb822_reader deb822_begin(str text, str where);
/* Next paragraph that has a field. False at the end (e->kind == ERR_NONE) or on a line that is none of a field's. */
MUST_USE bool deb822_next(struct deb822_reader *r, struct deb822 *out, struct err *e);
/* Value of a field, any case; absent when there is none. */
str deb822_get(const struct deb822 *d, const char *field);

/* "openssl (3.0.11-1)" of the field Source; version absent when not given. */
void deb_source(str field, str *name, str *version);
/* Qualifiers arch, distro and, when the source package is called or versioned otherwise, upstream. Returns how many. */
uint32_t deb_qualifiers(struct arena *a, const struct distro *d, str arch, str source, str source_version, str name,
                        str version, struct purl_qualifier out[3]);
/* Licences that usr/share/doc/NAME/copyright states in the machine-readable form, joined with AND; else absent. */
str deb_copyright(struct collect *c, const struct found_file *f, struct arena *a, str fs_root, str name);

#endif
