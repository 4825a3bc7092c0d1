/* SPDX-License-Identifier: Apache-2.0 */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/digest.h"
#include "vuln/advdb.h"
#include "vuln/entry.h"
#include "vuln/place.h"

static const char schema[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    /* packages: place_keys it has entries under; names: packed list; ecosystems: as published, on lines */
    "CREATE TABLE document(kind INT, id TEXT, no INT, modified INT, hash BLOB, withdrawn INT, packages BLOB,"
    " names BLOB, ecosystems TEXT, PRIMARY KEY(kind,id)) WITHOUT ROWID;"
    "CREATE TABLE advisory(no INTEGER PRIMARY KEY, id TEXT, kind INT, flaw INT);"
    "CREATE INDEX flaw ON advisory(flaw) WHERE flaw<>no;"
    "CREATE TABLE brief(no INTEGER PRIMARY KEY, blob BLOB);"
    "CREATE TABLE detail(no INTEGER PRIMARY KEY, blob BLOB);"
    "CREATE TABLE name(name TEXT, no INT, PRIMARY KEY(name,no)) WITHOUT ROWID;"
    "CREATE TABLE package(key INTEGER PRIMARY KEY, groups BLOB);"
    /* newest: latest modified time in the data; imported: when somebody last brought it, changed or not */
    "CREATE TABLE source(kind TEXT, ecosystem TEXT, advisories INT, newest INT, imported INT,"
    " PRIMARY KEY(kind,ecosystem)) WITHOUT ROWID;"
    "CREATE TABLE ecosystem(name TEXT PRIMARY KEY) WITHOUT ROWID;" /* canonical names with any entry */
    "CREATE TABLE kev(cve TEXT PRIMARY KEY, added TEXT, due TEXT, name TEXT, action TEXT, ransomware INT)"
    " WITHOUT ROWID;"
    "CREATE TABLE epss(cve INTEGER PRIMARY KEY, score INT, percentile INT);"; /* cve_number; millionths */

/* For those who keep answers (change.h): what the database was after each import, and when each thing last changed.
 * What the first import brought is not listed: whoever saw nothing before has to look at everything anyway. */
static const char change_schema[] =
    "CREATE TABLE IF NOT EXISTS generation(sequence INTEGER PRIMARY KEY, digest TEXT);"
    "CREATE TABLE IF NOT EXISTS changed(kind INT, key INT, sequence INT, PRIMARY KEY(kind,key)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS changed_since ON changed(sequence);";

struct source_sum {
    enum doc_kind kind;
    str ecosystem;
    int64_t advisories, newest;
    bool touched;
};
struct known {
    unsigned char hash[HASH_SIZE];
    atomic_bool seen, used;
};
struct advdb_writer {
    struct ctx *c;
    struct db *db;
    struct arena *a;
    struct map sources; /* "kind\necosystem" → struct source_sum */
    struct map ecosystems;
    struct known *known; /* open addressing by the hash itself */
    size_t known_mask;
    int64_t next, sequence; /* sequence: of this import; 0 while the database is filled for the first time */
    bool names_changed, any_seen;
};

/* ── opening ── */

bool advdb_number(struct db *db, const char *key, int64_t *out, struct err *e) {
    static const char get[] = "SELECT value FROM meta WHERE key=?1";
    struct stmt *s;
    bool row;
    *out = 0;
    if (!db_stmt(db, get, &s, e))
        return false;
    stmt_text(s, 1, str_of(key));
    if (!stmt_step(s, &row, e))
        return false;
    *out = row ? stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    return true;
}

static bool set_meta(struct db *db, const char *key, int64_t number, str text, struct err *e) {
    static const char set[] = "INSERT OR REPLACE INTO meta(key,value) VALUES(?1,?2)";
    struct stmt *s;
    if (!db_stmt(db, set, &s, e))
        return false;
    stmt_text(s, 1, str_of(key));
    if (text.p)
        stmt_text(s, 2, text);
    else
        stmt_int(s, 2, number);
    return stmt_run(s, e);
}

static bool ask_number(struct db *db, const char *sql, int64_t *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!db_stmt(db, sql, &s, e) || !stmt_step(s, &row, e))
        return false;
    *out = row ? stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    return true;
}

static bool generation_add(struct advdb_writer *w, int64_t sequence, const char *digest, struct err *e) {
    static const char put[] = "INSERT INTO generation(sequence,digest) VALUES(?1,?2)";
    struct stmt *s;
    if (!db_stmt(w->db, put, &s, e))
        return false;
    stmt_int(s, 1, sequence);
    stmt_text(s, 2, str_of(digest));
    return stmt_run(s, e);
}

/* A database from before there were generations stands at its first one now. */
static bool begin_changes(struct advdb_writer *w, bool filled, struct err *e) {
    static const char last[] = "SELECT max(sequence) FROM generation",
                      now[] = "SELECT value FROM meta WHERE key='digest'";
    char digest[128] = "";
    struct stmt *s;
    bool row;
    if (!db_exec(w->db, change_schema, e) || !ask_number(w->db, last, &w->sequence, e))
        return false;
    if (filled && !w->sequence) {
        if (!db_stmt(w->db, now, &s, e) || !stmt_step(s, &row, e))
            return false;
        if (row)
            snprintf(digest, sizeof digest, "%.*s", STR_ARG(stmt_col_text(s, 0)));
        stmt_reset(s);
        w->sequence = 1;
        if (!generation_add(w, 1, digest, e))
            return false;
    }
    w->sequence += w->sequence > 0;
    return true;
}

static bool mark(struct advdb_writer *w, enum advdb_changed kind, int64_t key, struct err *e) {
    static const char put[] = "INSERT OR REPLACE INTO changed(kind,key,sequence) VALUES(?1,?2,?3)";
    struct stmt *s;
    if (!w->sequence)
        return true;
    if (!db_stmt(w->db, put, &s, e))
        return false;
    stmt_int(s, 1, kind);
    stmt_int(s, 2, key);
    stmt_int(s, 3, w->sequence);
    return stmt_run(s, e);
}

static bool prepare(struct advdb_writer *w, str path, struct err *e) {
    static const char version[] = "PRAGMA user_version";
    int64_t found;
    /* The file is a private copy that is renamed when it is whole: it needs no journal of its own. */
    if (!db_exec(w->db,
                 "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
                 "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY",
                 e) ||
        !ask_number(w->db, version, &found, e))
        return false;
    if (found != 0 && found != ADVDB_FORMAT)
        return err_set(e, ERR_ENV, path, _("the advisory database has format %lld, this program writes %d"),
                       (long long)found, ADVDB_FORMAT) ||
               err_hint(e, "%s", _("delete it and import again"));
    if (!db_exec(w->db, "BEGIN", e))
        return false;
    return (found == ADVDB_FORMAT || (db_exec(w->db, "PRAGMA user_version=1; PRAGMA application_id=1097553457", e) &&
                                      db_exec(w->db, schema, e))) &&
           begin_changes(w, found != 0, e);
}

static struct source_sum *source_at(struct advdb_writer *w, enum doc_kind kind, str ecosystem) {
    str key = arena_printf(w->a, "%d\n%.*s", (int)kind, STR_ARG(ecosystem));
    bool fresh;
    struct map_entry *at = map_put(&w->sources, key, &fresh);
    if (fresh) {
        struct source_sum *sum = arena_new_of(w->a, struct source_sum);
        *sum = (struct source_sum){.kind = kind, .ecosystem = str_from(key, str_chr(key, '\n') + 1)};
        at->value = sum;
    }
    return at->value;
}

static enum doc_kind kind_named(str name) {
    for (int k = 1; k < DOC_KINDS; k++)
        if (str_is(name, doc_kind_name((enum doc_kind)k)))
            return (enum doc_kind)k;
    return DOC_OSV;
}

static bool load_sources(struct advdb_writer *w, struct err *e) {
    static const char all[] = "SELECT kind, ecosystem, advisories, newest FROM source",
                      eco[] = "SELECT name FROM ecosystem";
    struct stmt *s;
    bool row = true;
    if (!db_stmt(w->db, all, &s, e))
        return false;
    while (stmt_step(s, &row, e) && row) {
        struct source_sum *sum = source_at(w, kind_named(stmt_col_text(s, 0)), stmt_col_text(s, 1));
        sum->advisories = stmt_col_int(s, 2);
        sum->newest = stmt_col_int(s, 3);
    }
    if (row || !db_stmt(w->db, eco, &s, e))
        return false;
    row = true;
    while (stmt_step(s, &row, e) && row)
        map_put(&w->ecosystems, arena_str(w->a, stmt_col_text(s, 0)), NULL);
    return !row;
}

static struct known *known_slot(struct advdb_writer *w, const unsigned char *hash) {
    size_t i;
    memcpy(&i, hash, sizeof i);
    for (i &= w->known_mask; w->known[i].used && memcmp(w->known[i].hash, hash, HASH_SIZE) != 0;)
        i = (i + 1) & w->known_mask;
    return &w->known[i];
}

static bool load_known(struct advdb_writer *w, struct err *e) {
    static const char count[] = "SELECT count(*) FROM document", all[] = "SELECT hash FROM document";
    struct stmt *s;
    int64_t n;
    bool row = true;
    if (!ask_number(w->db, count, &n, e))
        return false;
    for (w->known_mask = 15; w->known_mask < (size_t)n * 2; w->known_mask = w->known_mask * 2 + 1)
        ;
    w->known = calloc(w->known_mask + 1, sizeof *w->known);
    if (!w->known)
        abort();
    if (!db_stmt(w->db, all, &s, e))
        return false;
    while (stmt_step(s, &row, e) && row) {
        str hash = stmt_col_blob(s, 0);
        if (hash.n != HASH_SIZE || n-- <= 0)
            continue;
        struct known *k = known_slot(w, (const unsigned char *)hash.p);
        memcpy(k->hash, hash.p, HASH_SIZE);
        k->used = true;
    }
    return !row;
}

bool advdb_writer_open(struct ctx *c, str path, struct advdb_writer **out, struct err *e) {
    struct advdb_writer *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    *out = NULL;
    w->c = c;
    w->a = arena_new();
    map_init(&w->sources, w->a);
    map_init(&w->ecosystems, w->a);
    if (!db_open(c, path, DB_WRITE, &w->db, e) || !prepare(w, path, e) || !load_sources(w, e) || !load_known(w, e) ||
        !advdb_number(w->db, "next", &w->next, e)) {
        advdb_writer_close(w);
        return false;
    }
    w->next += w->next == 0;
    *out = w;
    return true;
}

void advdb_writer_close(struct advdb_writer *w) {
    if (!w)
        return;
    db_close(w->db);
    arena_free(w->a);
    free(w->known);
    free(w);
}

bool advdb_writer_knows(struct advdb_writer *w, const unsigned char hash[HASH_SIZE]) {
    struct known *k = known_slot(w, hash);
    if (!k->used)
        return false;
    k->seen = true;
    return true;
}

/* ── merging ── */

struct merge {
    struct advdb_writer *w;
    struct arena *a;
    VEC(struct package_op) ops;
    struct import_result *counts;
};

struct old {
    bool there;
    int64_t no, modified, withdrawn;
    str hash, packages, names, ecosystems;
};

/* A later text wins; of two with the same time the greater hash does, so that order of import does not matter. Go's
 * advisories carry no time at all: of those the one that comes later is the later one. */
static int newer(int64_t modified, const unsigned char *hash, int64_t other, const void *other_hash) {
    if (modified != other)
        return modified < other ? -1 : 1;
    return memcmp(hash, other_hash, HASH_SIZE);
}

static int record_order(const void *x, const void *y) {
    const struct record *a = *(struct record *const *)x, *b = *(struct record *const *)y;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int by = str_cmp(a->id, b->id);
    return by ? by : -newer(a->modified, a->hash, b->modified, b->hash);
}

static bool find_old(struct merge *m, const struct record *r, struct old *old, struct err *e) {
    static const char get[] = "SELECT no, modified, withdrawn, hash, packages, names, ecosystems FROM document"
                              " WHERE kind=?1 AND id=?2";
    struct stmt *s;
    if (!db_stmt(m->w->db, get, &s, e))
        return false;
    stmt_int(s, 1, r->kind);
    stmt_text(s, 2, r->id);
    if (!stmt_step(s, &old->there, e))
        return false;
    if (old->there) {
        old->no = stmt_col_int(s, 0);
        old->modified = stmt_col_int(s, 1);
        old->withdrawn = stmt_col_int(s, 2);
        old->hash = arena_str(m->a, stmt_col_blob(s, 3));
        old->packages = arena_str(m->a, stmt_col_blob(s, 4));
        old->names = arena_str(m->a, stmt_col_blob(s, 5));
        old->ecosystems = arena_str(m->a, stmt_col_text(s, 6));
    }
    stmt_reset(s);
    return true;
}

static bool name_row(struct db *db, bool add, str name, int64_t no, struct err *e) {
    static const char put[] = "INSERT OR IGNORE INTO name(name,no) VALUES(?1,?2)";
    static const char drop[] = "DELETE FROM name WHERE name=?1 AND no=?2";
    struct stmt *s;
    if (!db_stmt(db, add ? put : drop, &s, e))
        return false;
    stmt_text(s, 1, name);
    stmt_int(s, 2, no);
    return stmt_run(s, e);
}

static void count_sources(struct advdb_writer *w, enum doc_kind kind, str lines, int64_t newest, int by) {
    str rest = lines, one;
    bool any = false;
    while (rest.n && str_next(&rest, '\n', &one)) {
        struct source_sum *sum = source_at(w, kind, one);
        sum->advisories += by;
        sum->touched = true;
        sum->newest = by > 0 && newest > sum->newest ? newest : sum->newest;
        any = true;
    }
    if (!any) {
        struct source_sum *sum = source_at(w, kind, S(""));
        sum->advisories += by;
        sum->touched = true;
        sum->newest = by > 0 && newest > sum->newest ? newest : sum->newest;
    }
}

static bool take_out(struct merge *m, const struct record *r, const struct old *old, bool names_stay, struct err *e) {
    struct rd keys = rd_of(old->packages), names = rd_of(old->names);
    while (rd_left(&keys) >= 8)
        *vec_push(m->a, &m->ops) = (struct package_op){.key = (int64_t)rd_u64(&keys), .advisory = (uint32_t)old->no};
    while (!names_stay && rd_more(&names)) {
        m->w->names_changed = true;
        if (!name_row(m->w->db, false, rd_str(&names), old->no, e))
            return false;
    }
    if (!old->withdrawn)
        count_sources(m->w, r->kind, old->ecosystems, 0, -1);
    return true;
}

static bool put_advisory(struct db *db, const struct record *r, int64_t no, struct err *e) {
    static const char advisory[] = "INSERT INTO advisory(no,id,kind,flaw) VALUES(?1,?2,?3,?1)"
                                   " ON CONFLICT(no) DO NOTHING";
    static const char *const puts[] = {"INSERT OR REPLACE INTO brief(no,blob) VALUES(?1,?2)",
                                       "INSERT OR REPLACE INTO detail(no,blob) VALUES(?1,?2)"};
    const str blobs[] = {r->brief, r->detail};
    struct stmt *s;
    if (!db_stmt(db, advisory, &s, e))
        return false;
    stmt_int(s, 1, no);
    stmt_text(s, 2, r->id);
    stmt_int(s, 3, r->kind);
    bool ok = stmt_run(s, e);
    for (size_t i = 0; i < 2 && ok; i++) {
        if (!db_stmt(db, puts[i], &s, e))
            return false;
        stmt_int(s, 1, no);
        stmt_blob(s, 2, blobs[i]);
        ok = stmt_run(s, e);
    }
    return ok;
}

static bool drop_advisory(struct db *db, int64_t no, struct err *e) {
    static const char *const drops[] = {"DELETE FROM advisory WHERE no=?1", "DELETE FROM brief WHERE no=?1",
                                        "DELETE FROM detail WHERE no=?1"};
    for (size_t i = 0; i < 3; i++) {
        struct stmt *s;
        if (!db_stmt(db, drops[i], &s, e))
            return false;
        stmt_int(s, 1, no);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
}

struct columns {
    struct buf packages, names, ecosystems;
};

static bool put_document(struct merge *m, const struct record *r, int64_t no, const struct columns *x, struct err *e) {
    static const char put[] = "INSERT OR REPLACE INTO document(kind,id,no,modified,hash,withdrawn,packages,names,"
                              "ecosystems) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)";
    struct stmt *s;
    if (!db_stmt(m->w->db, put, &s, e))
        return false;
    stmt_int(s, 1, r->kind);
    stmt_text(s, 2, r->id);
    stmt_int(s, 3, no);
    stmt_int(s, 4, r->modified);
    stmt_blob(s, 5, str_n((const char *)r->hash, HASH_SIZE));
    stmt_int(s, 6, r->withdrawn);
    stmt_blob(s, 7, buf_str(&x->packages));
    stmt_blob(s, 8, buf_str(&x->names));
    stmt_text(s, 9, buf_str(&x->ecosystems));
    return stmt_run(s, e);
}

static void add_ops(struct merge *m, const struct record *r, int64_t no, struct columns *x) {
    for (uint32_t i = 0; i < r->affects.n; i++) {
        const struct record_affect *f = &r->affects.v[i];
        *vec_push(m->a, &m->ops) = (struct package_op){f->key, (uint32_t)no, true, f->ecosystem, f->name, f->entry};
        if (i == 0 || f->key != r->affects.v[i - 1].key)
            pk_u64(&x->packages, (uint64_t)f->key);
        if (!map_find(&m->w->ecosystems, f->ecosystem))
            map_put(&m->w->ecosystems, arena_str(m->w->a, f->ecosystem), NULL)->value = m->w; /* new: to be written */
    }
}

static bool put_in(struct merge *m, const struct record *r, int64_t no, struct columns *x, bool names_stay,
                   struct err *e) {
    buf_clear(&x->packages);
    buf_clear(&x->ecosystems);
    add_ops(m, r, no, x);
    for (uint32_t i = 0; i < r->names.n && !names_stay; i++) {
        m->w->names_changed = true;
        if (!name_row(m->w->db, true, r->names.v[i], no, e))
            return false;
    }
    for (uint32_t i = 0; i < r->ecosystems.n; i++) {
        buf_add(&x->ecosystems, r->ecosystems.v[i]);
        buf_addc(&x->ecosystems, '\n');
    }
    if (!r->withdrawn)
        count_sources(m->w, r->kind, buf_str(&x->ecosystems), r->newest, 1);
    return put_document(m, r, no, x, e) &&
           (r->withdrawn ? drop_advisory(m->w->db, no, e) : put_advisory(m->w->db, r, no, e));
}

static bool replaces(const struct record *r, const struct old *old) {
    if (!r->modified && !old->modified)
        return memcmp(r->hash, old->hash.p, HASH_SIZE) != 0;
    return newer(r->modified, r->hash, old->modified, old->hash.p) > 0;
}

/* What a document no longer says for one flaw ("ACME-1#CVE-…") and never did: nothing to take back. */
static bool is_nothing(const struct record *r, const struct old *old) {
    return r->withdrawn && !old->there && r->kind == DOC_CSAF && str_chr(r->id, '#') != STR_NONE;
}

static bool merge_record(struct merge *m, const struct record *r, struct columns *x, struct err *e) {
    struct old old = {0};
    if (!find_old(m, r, &old, e))
        return false;
    if (old.there && (old.hash.n != HASH_SIZE || !replaces(r, &old))) {
        m->counts->unchanged++;
        return true;
    }
    if (is_nothing(r, &old))
        return true;
    buf_clear(&x->names);
    for (uint32_t i = 0; i < r->names.n; i++)
        pk_str(&x->names, r->names.v[i]);
    bool names_stay = old.there && str_eq(old.names, buf_str(&x->names));
    if (old.there && !take_out(m, r, &old, names_stay, e))
        return false;
    if (r->withdrawn)
        m->counts->withdrawn++;
    else if (old.there && !old.withdrawn)
        m->counts->changed++;
    else
        m->counts->added++;
    int64_t no = old.there ? old.no : m->w->next++;
    return mark(m->w, CHANGED_ADVISORY, no, e) && put_in(m, r, no, x, names_stay, e);
}

static bool merge_records(struct merge *m, struct compiler *const *v, uint32_t n, struct err *e) {
    VEC(struct record *) all = {0};
    struct columns x = {0};
    bool ok = true;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < v[i]->records.n; j++)
            *vec_push(m->a, &all) = &v[i]->records.v[j];
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, record_order);
    for (uint32_t i = 0; i < all.n && ok; i++) {
        if (i && all.v[i]->kind == all.v[i - 1]->kind && str_eq(all.v[i]->id, all.v[i - 1]->id)) {
            m->counts->unchanged++; /* an older text of the same document, or the same again */
            continue;
        }
        ok = merge_record(m, all.v[i], &x, e);
    }
    buf_free(&x.packages);
    buf_free(&x.names);
    buf_free(&x.ecosystems);
    return ok;
}

/* ── KEV and EPSS: the newest list as a whole ── */

static bool list_is_newer(struct db *db, const char *key, str date, bool *out, struct err *e) {
    static const char get[] = "SELECT value FROM meta WHERE key=?1";
    struct stmt *s;
    bool row;
    if (!db_stmt(db, get, &s, e))
        return false;
    stmt_text(s, 1, str_of(key));
    if (!stmt_step(s, &row, e))
        return false;
    *out = !row || str_cmp(date, stmt_col_text(s, 0)) >= 0;
    stmt_reset(s);
    return !*out || set_meta(db, key, 0, date, e);
}

static void note_list(struct advdb_writer *w, enum doc_kind kind, str date, uint32_t n) {
    struct source_sum *sum = source_at(w, kind, S(""));
    sum->advisories = n;
    sum->touched = true;
    if (!time_parse(date, &sum->newest))
        sum->newest = 0;
}

/* Whether the list is at least as new as the one there is; then that one is gone, and the new one noted. */
static bool begin_list(struct merge *m, enum doc_kind kind, str date, uint32_t n, bool *newer_list, struct err *e) {
    bool kev = kind == DOC_KEV;
    if (!list_is_newer(m->w->db, kev ? "kev_date" : "epss_date", date, newer_list, e))
        return false;
    source_at(m->w, kind, S(""))->touched = true;
    if (!*newer_list)
        return true;
    note_list(m->w, kind, date, n);
    return mark(m->w, kev ? CHANGED_KEV : CHANGED_EPSS, 0, e) &&
           db_exec(m->w->db, kev ? "DELETE FROM kev" : "DELETE FROM epss", e);
}

static bool merge_kev(struct merge *m, const struct kev_list *list, struct err *e) {
    static const char put[] = "INSERT OR REPLACE INTO kev(cve,added,due,name,action,ransomware)"
                              " VALUES(?1,?2,?3,?4,?5,?6)";
    bool newer_list;
    if (!begin_list(m, DOC_KEV, list->date, list->n, &newer_list, e))
        return false;
    for (uint32_t i = 0; newer_list && i < list->n; i++) {
        const struct kev_entry *k = &list->v[i];
        struct stmt *s;
        if (!db_stmt(m->w->db, put, &s, e))
            return false;
        stmt_text(s, 1, k->cve);
        stmt_text(s, 2, k->added);
        stmt_text(s, 3, k->due);
        stmt_text(s, 4, k->name);
        stmt_text(s, 5, k->action);
        stmt_int(s, 6, k->ransomware);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
}

static int epss_order(const void *x, const void *y) {
    const struct epss_row *a = x, *b = y;
    return a->cve < b->cve ? -1 : a->cve > b->cve;
}

static bool merge_epss(struct merge *m, struct epss_list *list, struct err *e) {
    static const char put[] = "INSERT OR REPLACE INTO epss(cve,score,percentile) VALUES(?1,?2,?3)";
    bool newer_list;
    if (!begin_list(m, DOC_EPSS, list->date, list->n, &newer_list, e))
        return false;
    if (newer_list)
        qsort(list->v, list->n, sizeof *list->v, epss_order);
    for (uint32_t i = 0; newer_list && i < list->n; i++) {
        struct stmt *s;
        if (!db_stmt(m->w->db, put, &s, e))
            return false;
        stmt_int(s, 1, (int64_t)list->v[i].cve);
        stmt_int(s, 2, list->v[i].score);
        stmt_int(s, 3, list->v[i].percentile);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
}

bool advdb_writer_merge(struct advdb_writer *w, struct compiler *const *v, uint32_t n, struct import_result *counts,
                        struct err *e) {
    struct merge m = {.w = w, .a = arena_new(), .counts = counts};
    bool ok = merge_records(&m, v, n, e) && advdb_merge_packages(w->db, m.a, m.ops.v, m.ops.n, e);
    for (uint32_t i = 0; i < m.ops.n && ok; i++) /* they are sorted now */
        ok = (i && m.ops.v[i].key == m.ops.v[i - 1].key) || mark(w, CHANGED_PLACE, m.ops.v[i].key, e);
    for (uint32_t i = 0; i < n && ok; i++)
        ok = (!v[i]->kev.v || merge_kev(&m, &v[i]->kev, e)) && (!v[i]->epss.v || merge_epss(&m, &v[i]->epss, e));
    arena_free(m.a);
    return ok;
}

/* ── finishing ── */

/* Sources whose texts came again unchanged are as fresh as if they had changed. */
static bool touch_seen(struct advdb_writer *w, struct err *e) {
    static const char all[] = "SELECT hash, kind, ecosystems FROM document";
    struct stmt *s;
    bool row = true, any = false;
    for (size_t i = 0; i <= w->known_mask && !any; i++)
        any = w->known[i].seen;
    if (!any)
        return true;
    if (!db_stmt(w->db, all, &s, e))
        return false;
    while (stmt_step(s, &row, e) && row) {
        str hash = stmt_col_blob(s, 0);
        if (hash.n == HASH_SIZE && known_slot(w, (const unsigned char *)hash.p)->seen)
            count_sources(w, (enum doc_kind)stmt_col_int(s, 1), stmt_col_text(s, 2), 0, 0);
    }
    stmt_reset(s);
    return !row;
}

static bool write_sources(struct advdb_writer *w, struct err *e) {
    static const char put[] = "INSERT INTO source(kind,ecosystem,advisories,newest,imported) VALUES(?1,?2,?3,?4,?5)"
                              " ON CONFLICT(kind,ecosystem) DO UPDATE SET advisories=?3, newest=?4, imported=?5";
    static const char eco[] = "INSERT OR IGNORE INTO ecosystem(name) VALUES(?1)";
    struct stmt *s;
    for (uint32_t i = 0; i < w->sources.entries.n; i++) {
        const struct source_sum *sum = w->sources.entries.v[i].value;
        if (!sum->touched)
            continue;
        if (!db_stmt(w->db, put, &s, e))
            return false;
        stmt_text(s, 1, str_of(doc_kind_name(sum->kind)));
        stmt_text(s, 2, sum->ecosystem);
        stmt_int(s, 3, sum->advisories);
        stmt_int(s, 4, sum->newest);
        stmt_int(s, 5, w->c->now);
        if (!stmt_run(s, e))
            return false;
    }
    for (uint32_t i = 0; i < w->ecosystems.entries.n; i++) {
        if (!w->ecosystems.entries.v[i].value)
            continue;
        if (!db_stmt(w->db, eco, &s, e))
            return false;
        stmt_text(s, 1, w->ecosystems.entries.v[i].key);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
}

/* Over what was published, not over how it is stored: the same texts give the same digest in any order. */
static bool digest_rows(struct db *db, const char *sql, struct digest_state *d, struct err *e) {
    struct stmt *s;
    struct buf b = {0};
    bool row = true, ok;
    if (!db_stmt(db, sql, &s, e))
        return false;
    while ((ok = stmt_step(s, &row, e)) && row) {
        buf_clear(&b);
        for (int i = 0; i < 3; i++)
            pk_str(&b, stmt_col_blob(s, i));
        digest_add(d, buf_str(&b));
    }
    stmt_reset(s);
    buf_free(&b);
    return ok;
}

static bool write_digest(struct advdb_writer *w, struct err *e) {
    static const char *const parts[] = {"SELECT kind, id, hash FROM document ORDER BY kind, id",
                                        "SELECT cve, added, due FROM kev ORDER BY cve",
                                        "SELECT cve, score, percentile FROM epss ORDER BY cve"};
    struct digest_state *d = digest_begin(DIGEST_SHA256);
    unsigned char out[DIGEST_MOST];
    bool ok = true;
    for (size_t i = 0; i < 3 && ok; i++)
        ok = digest_rows(w->db, parts[i], d, e);
    digest_end(d, out);
    str hex = hex_text(w->a, out, digest_size(DIGEST_SHA256));
    return ok && set_meta(w->db, "digest", 0, hex, e) &&
           generation_add(w, w->sequence ? w->sequence : 1, arena_cstr(w->a, hex), e);
}

/* Counted once here, so that a scan need not walk the tables to say what it stands on. */
static bool write_counts(struct advdb_writer *w, struct err *e) {
    static const struct {
        const char *key, *sql;
    } counts[] = {{"advisories", "SELECT count(*) FROM advisory"},
                  {"packages", "SELECT count(*) FROM package"},
                  {"withdrawn", "SELECT count(*) FROM document WHERE withdrawn"},
                  {"kev", "SELECT count(*) FROM kev"},
                  {"epss", "SELECT count(*) FROM epss"}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        int64_t n;
        if (!ask_number(w->db, counts[i].sql, &n, e) || !set_meta(w->db, counts[i].key, n, (str){NULL, 0}, e))
            return false;
    }
    return true;
}

/* Which advisories are about one flaw decides what clears what: where that changed, answers may have changed. */
static bool mark_joined(struct advdb_writer *w, const struct joined *v, struct err *e) {
    static const char get[] = "SELECT d.packages FROM advisory a JOIN document d ON d.kind=a.kind AND d.id=a.id"
                              " WHERE a.no=?1";
    for (uint32_t i = 0; w->sequence && i < v->n; i++) {
        struct stmt *s;
        bool row, ok = mark(w, CHANGED_ADVISORY, v->v[i], e);
        if (!ok || !db_stmt(w->db, get, &s, e))
            return false;
        stmt_int(s, 1, v->v[i]);
        if (!stmt_step(s, &row, e))
            return false;
        struct rd keys = rd_of(row ? stmt_col_blob(s, 0) : S(""));
        while (ok && rd_left(&keys) >= 8)
            ok = mark(w, CHANGED_PLACE, (int64_t)rd_u64(&keys), e);
        stmt_reset(s);
        if (!ok)
            return false;
    }
    return true;
}

bool advdb_writer_finish(struct advdb_writer *w, struct err *e) {
    uint64_t flaws;
    struct joined joined = {0};
    if (!touch_seen(w, e) || !write_sources(w, e) || !write_counts(w, e) || !write_digest(w, e) ||
        !set_meta(w->db, "built", w->c->now, (str){NULL, 0}, e) || !set_meta(w->db, "next", w->next, (str){NULL, 0}, e))
        return false;
    if (w->names_changed && (!advdb_join_flaws(w->db, w->a, &flaws, &joined, e) || !mark_joined(w, &joined, e) ||
                             !set_meta(w->db, "flaws", (int64_t)flaws, (str){NULL, 0}, e)))
        return false;
    return db_exec(w->db, "COMMIT", e);
}
