/* SPDX-License-Identifier: Apache-2.0
 *
 * What detectors of text files share: lines with their numbers, places for messages, digests, and repositories named
 * as package URLs. Knows no file format.
 */
#ifndef AKASHI_COLLECT_REPORT_H
#define AKASHI_COLLECT_REPORT_H

#include "collect/collect.h"

/* for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) counts in l.no: 1, 2, … */
struct lines {
    str rest;
    uint32_t no;
};
bool lines_next(struct lines *l, str *line);

/* Leading blanks (spaces and tabs) of a line. */
size_t indent_of(str line);
/* The line without what follows the first `mark` outside quotes, trimmed. */
str uncomment(str line, char mark);
/* Takes the next word of *rest (up to white space); false at its end. */
bool next_word(str *rest, str *word);
/* Text between the first `open` and the next `close` of s; absent when there is none. */
str between(str s, char open, char close);
/* Without one pair of surrounding quotes (" or '). */
str unquote(str s);

/* "path:line", or the path when line is 0. */
str report_place(struct arena *a, const struct found_file *f, uint32_t line);
/* Fills e with "this is not a readable FORMAT" at that place and returns false. */
bool report_malformed(struct arena *a, const struct found_file *f, uint32_t line, const char *format, struct err *e);
/* Reads JSON, its place being the file. Fails also when the root is no object. */
MUST_USE bool report_json(struct collect *c, const struct found_file *f, str bytes, struct arena *a, const char *format,
                          struct json *out, struct err *e);

/* Line of a value, where the notation keeps lines; else 0. */
static inline uint32_t report_line(const struct json *doc, struct jv v) {
    return doc->lines && v.v ? doc->lines[v.v - doc->root.v] : 0;
}
/* Counts something without a usable name. */
static inline void report_nameless(struct collect *c, str what) {
    collect_unidentified(c, what, str_of(_("it names no package")));
}

/* A digest in hexadecimal (any case) or base64 as hash; false when it is not one of n bytes. n = 0: any length. */
MUST_USE bool hash_hex(struct arena *a, const char *alg, str hex, struct sbom_hash *out);
MUST_USE bool hash_base64(struct arena *a, const char *alg, str base64, struct sbom_hash *out);

/* Type, namespace, name and version for the repository at a git URL: pkg:github and pkg:bitbucket where they apply,
 * pkg:git elsewhere. Understands https, ssh, git, scp-like and "git+…" forms; false for relative and local ones. */
MUST_USE bool find_repository(struct arena *a, str url, str ref, struct find *out);
/* Looks like a full commit id (40 or 64 hexadecimal digits). */
bool is_commit(str s);

/* A key that edges from other files find too: an installed package by type and name within its library. */
str library_key(struct arena *a, const char *type, str library, str name);

/* The base name of the folder the file lies in; absent at the root of the source. */
str folder_name(const struct found_file *f);

VEC_NAMED(str_list, str);

/* Licences as one expression: one as it is, several "(A) OR (B)" or " AND ". Absent for none. */
str licence_join(struct arena *a, const str *licences, uint32_t n, const char *joint);
/* The same of a JSON string or array of strings. */
str licence_of_json(struct arena *a, struct jv v, const char *joint);

#endif
