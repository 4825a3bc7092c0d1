/* SPDX-License-Identifier: Apache-2.0
 *
 * The promises about the log (DESIGN §11): measured in one run, printed as "name value" lines for bench/run.
 *
 *     bench_log append HOME N BATCH THREADS   statements/s: signing alone, appending alone, both; archive included
 *     bench_log single HOME N                 ms of one durable append, and of the fsync alone
 *     bench_log check HOME                    seconds of log check
 *     bench_log prove HOME N                  ms of one inclusion proof, made and checked
 *     bench_log home HOME N [BATCH]           a whole home, as an ingest fills it: statements/s signed, logged,
 * archived and indexed each time it has grown tenfold; opening it; finding in it
 *
 * HOME is made when there is no log in it.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/disk.h"
#include "base/file.h"
#include "base/pool.h"
#include "seal/dsse.h"
#include "seal/home.h"
#include "seal/view.h"

struct bench {
    struct ctx c;
    struct arena *a;
    struct err e;
    const char *home;
    struct archive *archive;
    struct log_store store;
    struct privkey *key;
    struct log *log;
    struct log_add *adds;
    uint64_t n, batch;
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
static void must(struct bench *b, bool ok) {
    if (ok)
        return;
    fprintf(stderr, "bench_log: %s: %s\n", b->e.where, b->e.what);
    exit(1);
}
static int by_value(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static void open_all(struct bench *b) {
    str home = str_of(b->home), keyfile = path_join(b->a, home, S("key.der")), der;
    must(b, folder_make(home, 0755, &b->e));
    if (!path_exists(keyfile)) {
        struct secret s;
        must(b, privkey_new(SIG_ED25519, &b->key, &b->e));
        must(b, privkey_der(b->key, &s) && file_replace(keyfile, secret_str(&s), &b->e));
        secret_free(&s);
        must(b, log_make(&b->c, home, S("bench.example/log"), b->key, &b->e));
    } else {
        must(b, file_read(&b->c, b->a, keyfile, &der, &b->e));
        must(b, privkey_from_der(der, keyfile, &b->key, &b->e));
    }
    struct archive_options o = {0};
    must(b, archive_open(&b->c, path_join(b->a, home, S("archive")), &o, &b->archive, &b->e));
    b->store = log_store_of(b->archive);
    must(b, log_open(&b->c, home, &b->store, b->key, &b->log, &b->e));
}

/* A statement as small ones are: about 700 bytes with its envelope. */
static str payload(struct arena *a, uint64_t i) {
    return arena_printf(a,
                        "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"file-%llu\","
                        "\"digest\":{\"sha256\":\"%064llx\"}}],\"predicateType\":\"https://example.jp/bench\","
                        "\"predicate\":{\"number\":%llu,\"text\":\"the quick brown fox jumps over the lazy dog\"}}",
                        (unsigned long long)i, (unsigned long long)(i * 2654435761u), (unsigned long long)i);
}
static void sign_one(void *arg, size_t i, unsigned worker) {
    struct bench *b = arg;
    struct arena *a = arena_new();
    (void)worker;
    struct dsse d = {.payload_type = S(DSSE_IN_TOTO), .payload = payload(a, i)};
    must(b, dsse_sign(a, &d, b->key, &b->e));
    str text = dsse_text(a, &d);
    char *p = malloc(text.n);
    if (!p)
        abort();
    memcpy(p, text.p, text.n);
    b->adds[i].envelope = str_n(p, text.n);
    arena_free(a);
}
static void append_batch(void *arg, size_t i, unsigned worker) {
    struct bench *b = arg;
    struct err e = {0};
    (void)worker;
    uint64_t from = i * b->batch, n = from + b->batch > b->n ? b->n - from : b->batch;
    if (!log_append(b->log, b->adds + from, (uint32_t)n, &e)) {
        fprintf(stderr, "bench_log: %s: %s\n", e.where, e.what);
        exit(1);
    }
}

static void bench_append(struct bench *b) {
    b->adds = calloc(b->n, sizeof *b->adds);
    if (!b->adds)
        abort();
    for (uint64_t i = 0; i < b->n; i++)
        b->adds[i] = (struct log_add){.kind = S("bench")};
    double start = now();
    pool_run(&b->c, b->n, sign_one, b);
    double signing = now() - start;
    start = now();
    pool_run(&b->c, (b->n + b->batch - 1) / b->batch, append_batch, b);
    double appending = now() - start;
    printf("signing_per_s %.0f\n", (double)b->n / signing);
    printf("append_per_s %.0f\n", (double)b->n / appending);
    printf("both_per_s %.0f\n", (double)b->n / (signing + appending));
    start = now();
    must(b, log_settle(b->log, &b->e));
    printf("settle_s %.3f\n", now() - start);
    for (uint64_t i = 0; i < b->n; i++)
        free((void *)(uintptr_t)b->adds[i].envelope.p);
    free(b->adds);
}

/* A cold process would do what each round here does: open, append, close; the fsync is of as many bytes. */
static void bench_single(struct bench *b) {
    double *whole = calloc(b->n, sizeof *whole), *sync = calloc(b->n, sizeof *sync);
    const char *path = arena_printf(b->a, "%s/append/fsync-alone", b->home).p;
    char bytes[1400] = {0};
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (!whole || !sync || fd < 0)
        abort();
    log_close(b->log);
    for (uint64_t i = 0; i < b->n; i++) {
        struct dsse d = {.payload_type = S(DSSE_IN_TOTO), .payload = payload(b->a, (uint64_t)now() * 1000000 + i)};
        must(b, dsse_sign(b->a, &d, b->key, &b->e));
        struct log_add add = {.envelope = dsse_text(b->a, &d), .kind = S("bench"), .same_ok = true};
        double start = now();
        must(b, log_open(&b->c, str_of(b->home), &b->store, b->key, &b->log, &b->e));
        must(b, log_append(b->log, &add, 1, &b->e));
        whole[i] = (now() - start) * 1000;
        log_close(b->log);
        start = now();
        if (pwrite(fd, bytes, sizeof bytes, (off_t)(i * sizeof bytes)) < 0 || fdatasync(fd) != 0)
            abort();
        sync[i] = (now() - start) * 1000;
    }
    b->log = NULL;
    qsort(whole, b->n, sizeof *whole, by_value);
    qsort(sync, b->n, sizeof *sync, by_value);
    printf("single_ms %.3f\nfsync_ms %.3f\n", whole[b->n / 2], sync[b->n / 2]);
    close(fd);
    unlink(path);
    free(whole);
    free(sync);
}

static void fault(void *arg, const struct log_fault *f) {
    (void)arg;
    fprintf(stderr, "bench_log: %.*s: %s\n", STR_ARG(f->where), f->what);
}
static void bench_check(struct bench *b) {
    struct vkey key;
    struct checkpoint cp;
    uint64_t faults;
    must(b, log_checkpoint(b->log, b->a, &cp, NULL, &b->e));
    if (!vkey_of(b->a, S("bench.example/log"), NOTE_ED25519, privkey_public(b->key), &key))
        abort();
    double start = now();
    must(b, log_check(&b->c, str_of(b->home), NULL, &key, fault, NULL, &faults, &b->e));
    printf("entries %llu\nfaults %llu\ncheck_s %.3f\n", (unsigned long long)cp.size, (unsigned long long)faults,
           now() - start);
    start = now();
    must(b, log_check(&b->c, str_of(b->home), &b->store, &key, fault, NULL, &faults, &b->e));
    printf("faults_with_bodies %llu\ncheck_with_bodies_s %.3f\n", (unsigned long long)faults, now() - start);
}

static void bench_prove(struct bench *b) {
    struct checkpoint cp;
    struct hash root, proof[MERKLE_PROOF_MOST];
    double *spent = calloc(b->n, sizeof *spent);
    uint32_t n;
    must(b, log_checkpoint(b->log, b->a, &cp, NULL, &b->e));
    memcpy(root.b, cp.root, 32);
    if (!spent || cp.size == 0)
        abort();
    for (uint64_t i = 0; i < b->n; i++) {
        struct log_entry entry;
        double start = now();
        struct hash_source s = log_hashes(b->log);
        uint64_t index = i * 2654435761u % cp.size;
        must(b, log_entry(b->log, b->a, index, &entry, &b->e));
        must(b, merkle_inclusion(&s, index, cp.size, proof, &n, &b->e));
        if (!merkle_inclusion_ok(index, cp.size, merkle_leaf(entry.bytes), proof, n, root))
            abort();
        spent[i] = (now() - start) * 1000;
    }
    qsort(spent, b->n, sizeof *spent, by_value);
    printf("proof_ms %.3f\nproof_p99_ms %.3f\n", spent[b->n / 2], spent[b->n * 99 / 100]);
    free(spent);
}

/* ── a home that grows ── */

static long peak_mib(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return r.ru_maxrss >> 10;
}

static void add_batch(struct bench *b, struct home *h, uint64_t from, uint32_t n) {
    struct arena *a = arena_new();
    struct home_add *adds = arena_array(a, struct home_add, n);
    for (uint32_t i = 0; i < n; i++)
        adds[i].payload = payload(a, from + i);
    must(b, home_append(h, a, adds, n, &b->e));
    arena_free(a);
}

static void find_one(struct bench *b, uint64_t i, uint64_t *n) {
    struct arena *a = arena_new();
    struct home h;
    struct words words;
    struct view *v;
    struct view_found found;
    double start = now(), opened;
    must(b, home_open(&b->c, a, str_of(b->home), HOME_READ, &h, &b->e));
    opened = now();
    must(b, words_asked(a, arena_printf(a, "%064llx", (unsigned long long)(i * 2654435761u)), &words, &b->e));
    must(b, view_open(&b->c, str_of(b->home), h.log, &v, &b->e) && view_find(v, a, &words, UINT64_MAX, &found, &b->e));
    printf("open_ms %.1f\nfind_ms %.1f\n", (opened - start) * 1000, (now() - opened) * 1000);
    *n = view_size(v);
    if (found.n != 1)
        abort();
    view_close(v);
    home_close(&h);
    arena_free(a);
}

static void bench_home(struct bench *b) {
    struct home_plan plan = {.party = S("bench"), .roles = ROLE_SUPPLIER, .kind = SIG_ED25519};
    struct home h;
    uint64_t next = 1000, size;
    double spent = 0, last = 0, worst = 0;
    if (!home_is(str_of(b->home)))
        must(b, home_make(&b->c, str_of(b->home), &plan, &b->e));
    must(b,
         home_open(&b->c, b->a, str_of(b->home), HOME_SIGN, &h, &b->e) && home_as_of(&h, (str){NULL, 0}, &size, &b->e));
    for (uint64_t done = size, from = size; done < b->n;) {
        uint32_t n = (uint32_t)(b->n - done < b->batch ? b->n - done : b->batch);
        double start = now();
        add_batch(b, &h, done, n);
        last = now() - start;
        spent += last;
        worst = last > worst ? last : worst;
        done += n;
        if (done < next && done < b->n)
            continue;
        printf("statements %llu\nappended_per_s %.0f\nlast_batch_s %.3f\nslowest_batch_s %.3f\npeak_mib %ld\n",
               (unsigned long long)done, (double)(done - from) / spent, last, worst, peak_mib());
        fflush(stdout);
        from = done;
        spent = worst = 0;
        while (next <= done)
            next *= 10;
    }
    find_one(b, b->n / 2, &size); /* catches up */
    find_one(b, b->n / 3, &size);
    add_batch(b, &h, b->n, 1000);
    printf("after_1000_more\n");
    find_one(b, b->n + 500, &size);
    find_one(b, b->n / 3, &size);
    printf("peak_mib %ld\n", peak_mib());
    home_close(&h);
}

int main(int argc, char **argv) {
    static struct bench b;
    uint64_t threads = 0;
    ctx_init(&b.c);
    b.a = arena_new();
    b.n = 1000;
    if (argc < 3 || (argc > 3 && (!str_u64(str_of(argv[3]), &b.n) || !b.n)) ||
        (argc > 4 && (!str_u64(str_of(argv[4]), &b.batch) || !b.batch)) ||
        (argc > 5 && (!str_u64(str_of(argv[5]), &threads) || !threads || threads > 64))) {
        fprintf(stderr, "bench_log append|single|check|prove|home HOME [N [BATCH [THREADS]]]\n");
        return 2;
    }
    if (threads)
        b.c.threads = (unsigned)threads;
    b.batch = b.batch ? b.batch : 100;
    b.home = argv[2];
    if (strcmp(argv[1], "home") == 0) {
        bench_home(&b);
        return 0;
    }
    open_all(&b);
    if (strcmp(argv[1], "append") == 0)
        bench_append(&b);
    else if (strcmp(argv[1], "single") == 0)
        bench_single(&b);
    else if (strcmp(argv[1], "check") == 0)
        bench_check(&b);
    else if (strcmp(argv[1], "prove") == 0)
        bench_prove(&b);
    log_close(b.log);
    archive_close(b.archive);
    privkey_free(b.key);
    arena_free(b.a);
    ctx_free(&b.c);
    return 0;
}
