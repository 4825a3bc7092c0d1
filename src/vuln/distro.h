/* SPDX-License-Identifier: Apache-2.0
 *
 * Distributions: their advisories' ecosystem, how it writes releases, and whether it names source or binary packages.
 * A distribution is one row of the table in distro.c.
 */
#ifndef AKASHI_VULN_DISTRO_H
#define AKASHI_VULN_DISTRO_H

#include "vuln/place.h"

struct distro_release {
    str ecosystems[2]; /* canonical; with a support stream (EUS, Ubuntu Pro) that comes first and decides */
    uint32_t n;        /* 0: the distribution is known, its release is not */
    enum place_by by;
};
/* From namespace, `distro` qualifier, the document's operating system, and what the version itself tells
 * (".el9", "+deb12u1", "ubuntu0.22.04.1"). False when the purl is of no distribution we know. */
bool distro_of(struct arena *a, const struct purl *p, str document, struct distro_release *out);

/* "Debian", "12.5" of an operating-system component → "debian-12.5"; absent when it is no distribution we know. */
str distro_text(struct arena *a, str name, str version);
/* "rhel-8.4" of a system whose CPE, repository or property `told` names a support stream → "rhel-8.4-eus"; else as it
 * is. */
str distro_with_stream(struct arena *a, str distro, str told);
struct sbom;
/* What a document says of its operating system, "debian-12.5"; absent when it has none that we know. */
str distro_of_document(struct arena *a, const struct sbom *s);
/* Whether a purl says nothing of its distribution's release, and a document's operating system is that distribution:
 * then distro_of() goes by the document. */
bool distro_by_document(const struct purl *p, str document);
/* Whether a system may be one of these platforms, "o:redhat:enterprise_linux o:microsoft:windows" (part, vendor and
 * product of CPE names). False only when it is certain: the system is known, and each platform is another one. */
bool distro_may_be(str distro, str platforms);
/* OSV's spelling of a distribution's name ("debian" → "Debian"); absent when it is none. */
str distro_shown(str base);
/* Whether an OSV ecosystem ("Debian:12") is that of a distribution: its advisories settle the matter for its own
 * packages, so one without a fix means that there is none yet. */
bool distro_is(str ecosystem);

#endif
