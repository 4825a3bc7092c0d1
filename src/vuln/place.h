/* SPDX-License-Identifier: Apache-2.0
 *
 * Where advisories about a package stand: the one form of ecosystem and name that both a published document and an
 * installed component are brought to, and what a purl says of its distribution.
 */
#ifndef AKASHI_VULN_PLACE_H
#define AKASHI_VULN_PLACE_H

#include "ident/purl.h"

/* "Ubuntu:22.04:LTS" → "Ubuntu:22.04", "SUSE:Linux Enterprise Server 15 SP5" → "SUSE:15.5",
 * "Red Hat:enterprise_linux:9::appstream" → "Red Hat:9", "npm" → "npm". */
str place_ecosystem(struct arena *a, str ecosystem);
/* OSV's spelling of a canonical name: "debian:12" → "Debian:12". */
str place_shown(struct arena *a, str ecosystem);
/* The name by the ecosystem's own rule of sameness: PyPI "Foo.Bar" → "foo-bar", Go and NuGet without case … */
str place_name(struct arena *a, str ecosystem, str name);
/* Row of a package; both already in the forms above. Never 0. */
int64_t place_key(str ecosystem, str name);

/* How a distribution names packages in its advisories. */
enum place_by { BY_NAME, BY_SOURCE, BY_BINARY, BY_BOTH };

struct place_query {
    str ecosystem; /* canonical; absent when nothing is known to look in */
    str name, version;
    bool decides; /* a support stream: what it says of an advisory or flaw stands, whatever the plain release says */
    bool any_release; /* advisories that name the distribution and no release: no data about this one by themselves */
};
enum { PLACE_QUERIES = 6 };
/* Where to look for a component, best first. `distro` is what the document says of its operating system
 * ("debian-12"), used where the purl is silent; may be absent. Returns how many. */
uint32_t place_of(struct arena *a, const struct purl *p, str distro, struct place_query out[PLACE_QUERIES]);

#endif
