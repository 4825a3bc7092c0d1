/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents turned into the records of the database, in worker threads; merging them is advdb_write.c's.
 *
 * A compiler belongs to one worker. Its records live until compiler_clear().
 */
#ifndef AKASHI_VULN_COMPILE_H
#define AKASHI_VULN_COMPILE_H

#include "vuln/document.h"

enum { HASH_SIZE = 16 };

struct record_affect {
    int64_t key;                /* place_key of the two */
    str ecosystem, name, entry; /* canonical; packed */
};
struct record {
    enum doc_kind kind;
    bool withdrawn;
    str id;
    int64_t modified; /* 0 when the document does not say, or says nonsense ("0001-01-01") */
    int64_t newest;   /* modified, else published */
    unsigned char hash[HASH_SIZE];
    VEC(str) names;      /* the id and its other names */
    VEC(str) ecosystems; /* as published, each once */
    str brief, detail;
    VEC(struct record_affect) affects;
};
struct kev_list {
    str date;
    struct kev_entry *v;
    uint32_t n;
};
struct epss_row {
    uint64_t cve;               /* cve_number() */
    uint32_t score, percentile; /* millionths */
};
struct epss_list {
    str date;
    struct epss_row *v;
    uint32_t n;
};

struct compiler {
    struct arena *a;       /* of the records */
    struct arena *scratch; /* of one document */
    struct buf entry, text;
    struct squeezer *squeezer;
    VEC(struct record) records;
    struct kev_list kev;
    struct epss_list epss;
    uint64_t documents, skipped, unchanged;
    str published, canonical; /* the ecosystem of the affect before: they come in runs */
    const struct ecosystem *order;
    const unsigned char *text_hash; /* of the text being read when it holds one document; or NULL */
    uint64_t bytes;
};
void compiler_init(struct compiler *c);
void compiler_clear(struct compiler *c);
void compiler_free(struct compiler *c);

/* First HASH_SIZE bytes of SHA-256. */
void text_hash(str text, unsigned char out[HASH_SIZE]);
/* "CVE-2021-44228" → a number that sorts like the id; 0 when it is none. */
uint64_t cve_number(str id);

/* The two blobs of an advisory, read again. */
bool brief_read(struct arena *a, str blob, struct advisory *out, struct doc_strs *related);
bool detail_read(struct arena *a, str blob, struct advisory *out);

#endif
