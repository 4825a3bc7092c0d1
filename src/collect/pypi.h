/* SPDX-License-Identifier: Apache-2.0
 *
 * What Python's lock files share: names, requirements (PEP 508), hashes, where a package comes from, what the project
 * itself asks for (pyproject.toml), and reporting one package.
 */
#ifndef AKASHI_COLLECT_PYPI_H
#define AKASHI_COLLECT_PYPI_H

#include "collect/collect.h"
#include "collect/scope.h"

/* A requirement of PEP 508: `name [extra, …] specifier ; marker` or `name @ url ; marker`. Parts are trimmed slices. */
struct pypi_requirement {
    str name, extras, specifier, url, marker;
};
/* False when it does not begin with a name. What follows the name is cut, not judged. */
MUST_USE bool pypi_requirement(str text, struct pypi_requirement *out);
/* PEP 503: lower case, runs of '-', '_' and '.' become one '-'. */
str pypi_normal(struct arena *a, str name);
bool pypi_is_name(str s);
/* One of PEP 440's operators. */
bool pypi_is_operator(str op);
/* The version a specifier pins ("==1.2", "===1.2"); absent when it leaves a choice. */
str pypi_pinned(str specifier);
/* The pinned version, else the lowest one the specifier names as allowed (">=1.2", "~=1.2", then "<=1.2"); absent for
 * wildcards and for specifiers that only exclude. */
str pypi_lowest(str specifier);

/* "sha256:HEX", "sha256=HEX" */
void pypi_hash(struct arena *a, str text, struct sbom_hashes *out);
/* "git+https://host/path@commit" without credentials; revision may be absent. */
str pypi_vcs_url(struct arena *a, str vcs, str url, str revision);

struct pypi_package {
    str key, name, version;
    str requirement; /* what was asked for, when version is not all of it */
    str vcs_url, download, path, marker, licence, description, author, homepage;
    struct sbom_hashes hashes;
    uint32_t line;
    enum sbom_scope scope;
    enum sbom_direct direct;
    bool is_project, is_member;
};
/* A name that is none becomes an unidentified component. */
void pypi_report(struct collect *c, const struct pypi_package *p);

/* ── names to packages of one lock file: a name may stand for several versions, each for its own marker ── */
struct pypi_index {
    struct arena *a;
    struct map by_name; /* normal name → struct pypi_ids * */
};
VEC_NAMED(pypi_ids, uint32_t);
void pypi_index_init(struct pypi_index *x, struct arena *a);
void pypi_index_add(struct pypi_index *x, str name, uint32_t id);
/* Never NULL. */
const struct pypi_ids *pypi_index_find(const struct pypi_index *x, str name);

/* ── pyproject.toml ── */
struct pypi_wish {
    str name; /* as written */
    enum sbom_scope scope;
};
struct pyproject {
    str name, version, licence, description, homepage;
    uint32_t line;
    VEC(struct pypi_wish) wishes;
};
/* Reads PEP 621 and 735 tables, and those of Poetry, PDM and uv. */
MUST_USE bool pyproject_parse(struct ctx *c, struct arena *a, str text, str where, struct pyproject *out,
                              struct err *e);
/* The one beside f; false when there is none or it is broken. */
bool pyproject_beside(struct collect *c, const struct found_file *f, struct arena *a, struct pyproject *out);
/* A group of development dependencies, by its name, when nothing says what it is for. */
enum sbom_scope pypi_group_scope(str group);

#endif
