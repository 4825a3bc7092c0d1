/* SPDX-License-Identifier: Apache-2.0
 *
 * What the readers of conda files share: a package's address tells channel, platform, name, version, build and kind of
 * archive ("https://host/CHANNEL/linux-64/name-1.0-build_0.conda").
 */
#ifndef AKASHI_COLLECT_CONDA_H
#define AKASHI_COLLECT_CONDA_H

#include "collect/collect.h"

struct conda_package {
    str key, name, version, build, channel, subdir, type; /* type: "conda", "tar.bz2" */
    str url, licence, requirement, md5, sha256;
    uint32_t line;
    enum sbom_scope scope;
    enum sbom_direct direct;
};
/* Fills what the address tells and what is not yet set. False when it is no package's address. */
bool conda_from_url(struct conda_package *p, str url);
void conda_report(struct collect *c, struct arena *a, const struct conda_package *p);

#endif
