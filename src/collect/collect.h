/* SPDX-License-Identifier: Apache-2.0
 *
 * What is in this folder, archive, image or binary? Detectors look at files and report components; the collector
 * walks, joins what was found twice, and makes an SBOM.
 *
 * A detector is one file holding one `const struct detector` and one word in the list of detectors.c.
 */
#ifndef AKASHI_COLLECT_COLLECT_H
#define AKASHI_COLLECT_COLLECT_H

#include "ident/purl.h"
#include "sbom/sbom.h"

struct collect; /* one run */
struct source;  /* the tree that is looked at: a folder, an archive, an image with its layers merged */

struct found_file {
    struct source *source;
    str path; /* from the root of the source, '/' between, no leading "./" */
    uint64_t size;
    uint32_t mode;
    str layer;        /* image layer digest; absent elsewhere */
    str capabilities; /* of a member of an archive or layer: file capabilities as stored (security.capability) */
};

/* A component as a detector reports it. Strings are copied. */
struct find {
    const char *type; /* purl type */
    str ns, name, version;
    struct purl_qualifier *qualifiers;
    uint32_t n_qualifiers;
    str purl; /* instead of the parts, when the source gives one */
    uint32_t line;
    enum sbom_scope scope;
    enum sbom_direct direct;
    enum sbom_type kind; /* TYPE_LIBRARY unless said */
    str licence;         /* SPDX expression or free text as the source states it; absent when it does not */
    str supplier, homepage, download, description, copyright, cpe, author;
    const struct sbom_hash *hashes;
    uint32_t n_hashes;
    const struct sbom_property *properties; /* "akashi:…" names */
    uint32_t n_properties;
    str key;           /* names this find for collect_edge within this file; absent: the purl */
    bool is_project;   /* the project the file belongs to, not one of its dependencies */
    bool is_member;    /* with is_project: one of several in a workspace, not the one the file is about */
    bool unless_owned; /* leave it out when a package of the operating system owns the file it was found in */
};

struct detector {
    const char *name;         /* "npm/package-lock" */
    const char *const *files; /* base names or patterns ("package-lock.json", "*.gemspec"), or paths with '/'
                                 matched at the end ("var/lib/dpkg/status"); NULL at the end; NULL = none */
    bool (*sniff)(str head,
                  const struct found_file *f); /* by the first 64 bytes of any file not claimed by name; or NULL */
    bool archives; /* claims archives by name only to look into them: one that is named by hand is opened as what it is
                    */
    bool pieces;   /* looks at pieces of a file only, which therefore may be larger than limits.file */
    bool of_project; /* tells what a project was developed with: not read inside an installed package, where such a file
                        is a leftover and nothing it names is there */
    const char *elf_section; /* "of an ELF file it needs this section": one without it is not read for it where the
                                names of sections can be had for less than the file; or NULL */
    bool of_unowned; /* has nothing to say about a file that a package of the operating system owns: such a file is not
                        offered to it where that is known (its finds carry unless_owned all the same) */
    const char *purl_types;   /* "npm": for docs and coverage */
    const char *const *opens; /* files it may ask for with collect_open, as in `files`; NULL = none. A packed source
                                 is read once as a stream and keeps only files and opens */
    /* Reads one file. False = malformed: the collector warns with e and drops what this file had reported. */
    bool (*read)(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e);
};
extern const struct detector *const detectors[];

/* ── for detectors ── */
struct ctx *collect_ctx(struct collect *c);
/* Reports one component of the file being read. */
void collect_find(struct collect *c, const struct find *f);
/* Reports an edge between two keys (find.key or purl) of this file: from depends on to. A key that begins with '@' is
 * known in the whole run. */
void collect_edge(struct collect *c, str from, str to);
/* A component that is there but cannot be named: counted, shown, never silently fine. what absent: the file itself,
 * unless another detector or a package database can name it. */
void collect_unidentified(struct collect *c, str what, str why);
/* The component reported with this key (or purl) in this file owns path, from the root of the file system its database
 * stands in (collect_fs_root): what other detectors find there is marked akashi:owned-by. */
void collect_owns(struct collect *c, str key, str fs_root, str path);
/* Another file of the same source ("../pom.xml" relative to f's folder, or "/etc/os-release" from the root of the
 * source). False with e->kind == ERR_NONE when there is none. */
MUST_USE bool collect_open(struct collect *c, const struct found_file *f, str path, struct arena *a, str *bytes,
                           struct err *e);
/* Looks into a file that is itself an archive (JAR, wheel, .deb): its members are offered to every detector with
 * path "outer!inner". */
MUST_USE bool collect_nested(struct collect *c, const struct found_file *f, str bytes, struct err *e);
/* The same for a file that is understood without its members: damage is a warning, what was reported stands. */
void collect_inside(struct collect *c, const struct found_file *f, str bytes);
/* Distribution of the root filesystem this file belongs to (/etc/os-release), for purl qualifiers: "debian-12". */
struct distro {
    str id, version, codename, pretty;
};
const struct distro *collect_distro(struct collect *c, const struct found_file *f);

/* What stands in front of `db` in f's path: "rootfs" for "rootfs/var/lib/dpkg/status" and db "var/lib/dpkg/status"; ""
 * when nothing does. db may be a folder: "var/lib/dpkg/status.d". */
str collect_fs_root(const struct found_file *f, const char *db);

/* ── for commands ── */
struct collect_options {
    str name, version; /* of what is looked at; from the path when absent */
    bool strict;       /* a malformed file fails the run */
    bool files;        /* also list files with their digests */
    str only, skip;    /* comma lists of detector names or prefixes ("npm", "os/dpkg") */
};
/* path: folder, file, archive, docker-save or OCI layout. The SBOM has one root component. */
MUST_USE bool collect_run(struct ctx *c, struct arena *a, str path, const struct collect_options *o, struct sbom **out,
                          struct err *e);
/* The same for one file in memory, as if it lay at this path of a tree. */
MUST_USE bool collect_text(struct ctx *c, struct arena *a, str path, str text, const struct collect_options *o,
                           struct sbom **out, struct err *e);

#endif
