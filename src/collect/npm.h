/* SPDX-License-Identifier: Apache-2.0
 *
 * What the lock files of npm, Yarn, pnpm, Bun and Deno share: package names, the specifiers that say where a package
 * comes from, integrity strings, licence members, and reporting one package.
 */
#ifndef AKASHI_COLLECT_NPM_H
#define AKASHI_COLLECT_NPM_H

#include "collect/collect.h"

/* Cuts "@scope/name" (ns becomes "@scope") or "name" (ns absent). False when it is no package name. */
MUST_USE bool npm_name(str full, str *ns, str *name);
/* Cuts "name@rest" or "@scope/name@rest" behind the name; without an '@' *rest is absent. */
void npm_cut(str spec, str *name, str *rest);
/* The name a registry tarball's address tells ("…/@s/n/-/n-1.0.0.tgz"); absent when it is no such address. */
str npm_tarball_name(str url);

enum npm_from {
    NPM_REGISTRY, /* a version, range or tag; an alias has been resolved */
    NPM_GIT,
    NPM_TARBALL, /* some web address */
    NPM_LOCAL,   /* a folder or file of the tree */
    NPM_UNKNOWN, /* a protocol nobody knows */
};
struct npm_origin {
    enum npm_from from;
    str alias;         /* "npm:NAME@…": NAME */
    str range;         /* behind the name of an alias, or the specifier itself */
    str vcs_url;       /* git: "git+https://host/path@revision", without credentials */
    str url;           /* tarball: its address, without credentials */
    str path;          /* local: behind the protocol */
    bool is_workspace; /* local: "workspace:", "link:" */
};
/* Reads a dependency specifier or the resolved address of a lock file. Results live in a. */
struct npm_origin npm_origin_of(struct arena *a, str spec);

/* "sha512-BASE64 sha1-BASE64…" as hashes; unknown algorithms and broken ones are left out. */
void npm_integrity(struct arena *a, str text, struct sbom_hashes *out);
/* One hash from hexadecimal digits; the algorithm follows from the length. */
void npm_hex_hash(struct arena *a, str hex, struct sbom_hashes *out);
/* The licence of a package.json or lock entry: "license" as text, object or list, else "licenses". */
str npm_licence(struct arena *a, struct jv package);

struct npm_package {
    str key;     /* names it for edges */
    str name;    /* real name, scope included */
    str alias;   /* the name it is installed under, when that differs; absent otherwise */
    str version; /* absent when not stated */
    str resolved, integrity, sha1;
    str licence;
    struct npm_origin origin; /* used when resolved is absent */
    uint32_t line;
    enum sbom_scope scope;
    enum sbom_direct direct;
    bool is_project, is_member;
};
/* Reports it; a name that is none becomes an unidentified component. */
void npm_report(struct collect *c, struct arena *a, const struct npm_package *p);

/* Line of a string of the document, counted from where the last call stopped: cheap in rising order. */
struct json_lines {
    str text;
    const struct json *doc;
    size_t at;
    uint32_t line;
};
uint32_t json_line(struct json_lines *l, str in_document);

#endif
