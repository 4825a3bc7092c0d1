/* SPDX-License-Identifier: Apache-2.0 */
#include "release/release.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/temporary.h"
#include "base/testing.h"
#include "release/verify.h"
#include "seal/index.h"

/* A home and a folder to be released, in a folder of their own. */
struct world {
    struct testing t;
    str root, home_path, dist, file;
    struct home home;
    struct trusted_keys keys;
};

static str put(struct world *w, str folder, const char *name, str text) {
    str path = path_join(w->t.a, folder, str_of(name));
    assert_true(folder_make(path_dir(path), 0755, &w->t.e));
    assert_true(file_replace(path, text, &w->t.e));
    return path;
}

static int world_setup(void **state) {
    struct world *w = calloc(1, sizeof *w);
    ctx_init(&w->t.ctx);
    w->t.a = arena_new();
    w->t.ctx.now = 1790000000;
    w->t.ctx.now_fixed = true;
    char *name = temporary_name(arena_alloc(w->t.a, 256), 256, "release");
    assert_non_null(mkdtemp(name));
    w->root = str_of(name);
    w->home_path = path_join(w->t.a, w->root, S("home"));
    w->dist = path_join(w->t.a, w->root, S("dist"));
    w->file = put(w, w->dist, "thing.txt", S("what is shipped\n"));
    put(w, w->dist, "app/package-lock.json",
        S("{\"name\":\"app\",\"version\":\"1.0.0\",\"lockfileVersion\":3,\"packages\":{\"\":{\"name\":\"app\","
          "\"version\":"
          "\"1.0.0\"},\"node_modules/left\":{\"version\":\"1.3.0\"}}}"));
    const struct home_plan plan = {.party = S("試験社"), .roles = ROLE_SUPPLIER};
    if (!home_make(&w->t.ctx, w->home_path, &plan, &w->t.e) ||
        !home_open(&w->t.ctx, w->t.a, w->home_path, HOME_SIGN, &w->home, &w->t.e))
        fail_msg("%s: %s", w->t.e.where, w->t.e.what);
    struct trusted_key *k = vec_push(w->t.a, &w->keys);
    *k = (struct trusted_key){.key = *privkey_public(w->home.key), .name = S("supplier")};
    pubkey_id(&k->key, k->id);
    *state = w;
    return 0;
}

static int world_teardown(void **state) {
    struct world *w = *state;
    char *command = arena_cstr(w->t.a, arena_printf(w->t.a, "rm -rf '%.*s'", STR_ARG(w->root)));
    home_close(&w->home);
    assert_int_equal(system(command), 0);
    arena_free(w->t.a);
    ctx_free(&w->t.ctx);
    free(w);
    return 0;
}
#define WORLD(fn) cmocka_unit_test_setup_teardown(fn, world_setup, world_teardown)

static bool release(struct world *w, str version, struct release_result *out) {
    const struct release_plan plan = {
        .paths = &w->dist, .n_paths = 1, .product = S("thing"), .version = version, .policy = S("minimum")};
    w->t.e = (struct err){0};
    return release_run(&w->t.ctx, w->t.a, &w->home, &plan, out, &w->t.e);
}
static void must_release(struct world *w, struct release_result *out) {
    if (!release(w, S("1.0"), out))
        fail_msg("%s: %s", w->t.e.where, w->t.e.what);
}

static struct verdict verify(struct world *w, str thing, const struct verify_options *more) {
    struct verify_options o = more ? *more : (struct verify_options){0};
    struct verdict v = {0};
    o.as_of = UINT64_MAX;
    if (!o.keys.n && !(more && more->home))
        o.keys = w->keys;
    w->t.e = (struct err){0};
    if (!verify_thing(&w->t.ctx, w->t.a, thing, &o, &v, &w->t.e))
        v.failing = UINT32_MAX;
    return v;
}

static const struct verify_line *line_of(const struct verdict *v, const char *id, enum holds state) {
    for (uint32_t i = 0; i < v->lines.n; i++)
        if (strcmp(v->lines.v[i].id, id) == 0 && v->lines.v[i].state == state)
            return &v->lines.v[i];
    return NULL;
}
static void all_holds(const struct verdict *v) {
    for (uint32_t i = 0; i < v->lines.n; i++)
        if (v->lines.v[i].state == FAILS)
            fail_msg("%s %.*s: %.*s", v->lines.v[i].id, STR_ARG(v->lines.v[i].about), STR_ARG(v->lines.v[i].what));
    assert_int_equal(v->failing, 0);
}
static void fails(const struct verdict *v, const char *id) {
    assert_true(v->failing > 0);
    if (!line_of(v, id, FAILS))
        fail_msg("%s should fail; %u lines", id, v->lines.n);
}

static uint64_t log_size(struct world *w) {
    struct checkpoint at;
    str note;
    assert_true(log_checkpoint(w->home.log, w->t.a, &at, &note, &w->t.e));
    return at.size;
}

/* ── releasing ── */

static void once_only(void **state) {
    struct world *w = *state;
    struct release_result r, again;
    must_release(w, &r);
    assert_false(r.was_there);
    assert_int_equal(r.files.n, 2);
    check_str(r.purl, "pkg:generic/thing@1.0");
    check_str(r.lines.v[r.lines.n - 1].kind, "release-manifest");
    assert_true(path_exists(path_join(w->t.a, w->dist, S("thing-1.0.akashi.json"))));
    uint64_t size = log_size(w);
    must_release(w, &again);
    assert_true(again.was_there);
    assert_int_equal(log_size(w), size);
    assert_int_equal(again.lines.n, r.lines.n);
    for (uint32_t i = 0; i < r.lines.n; i++) {
        assert_true(str_eq(again.lines.v[i].sha256, r.lines.v[i].sha256));
        assert_int_equal(again.lines.v[i].index, r.lines.v[i].index);
    }
}

static void the_bundle_comes_again(void **state) {
    struct world *w = *state;
    struct release_result r;
    must_release(w, &r);
    assert_int_equal(unlink(arena_cstr(w->t.a, r.bundle)), 0);
    must_release(w, &r);
    assert_true(r.was_there);
    struct verdict v = verify(w, w->file, NULL);
    all_holds(&v);
}

static void other_bits_are_another_version(void **state) {
    struct world *w = *state;
    struct release_result r;
    must_release(w, &r);
    uint64_t size = log_size(w);
    put(w, w->dist, "thing.txt", S("something else\n"));
    assert_false(release(w, S("1.0"), &r));
    assert_int_equal(w->t.e.kind, ERR_USAGE);
    assert_string_not_equal(w->t.e.hint, "");
    assert_int_equal(log_size(w), size);
    assert_true(release(w, S("1.1"), &r));
    assert_false(r.was_there);
}

static void bad_plans(void **state) {
    struct world *w = *state;
    struct release_result r;
    struct release_plan plan = {.paths = &w->dist, .n_paths = 1, .version = S("1")};
    uint64_t size = log_size(w);
    assert_false(release_run(&w->t.ctx, w->t.a, &w->home, &plan, &r, &w->t.e));
    assert_int_equal(w->t.e.kind, ERR_USAGE);
    plan.product = S("thing");
    plan.purl = S("pkg:generic/thing"); /* without a version */
    assert_false(release_run(&w->t.ctx, w->t.a, &w->home, &plan, &r, &w->t.e));
    plan.purl = (str){NULL, 0};
    plan.sbom = put(w, w->root, "no.sbom", S("no SBOM at all"));
    assert_false(release_run(&w->t.ctx, w->t.a, &w->home, &plan, &r, &w->t.e));
    assert_int_equal(w->t.e.kind, ERR_INPUT);
    assert_int_equal(log_size(w), size); /* nothing was half done */
}

/* ── verifying ── */

static void a_file_and_a_folder(void **state) {
    struct world *w = *state;
    struct release_result r;
    must_release(w, &r);
    struct verdict v = verify(w, w->file, NULL);
    all_holds(&v);
    assert_non_null(line_of(&v, "log", HOLDS));
    assert_non_null(line_of(&v, "subject", HOLDS));
    assert_non_null(line_of(&v, "signer", HOLDS));
    assert_non_null(line_of(&v, "witness", NOT_CHECKED));
    check_str(v.product, "thing");
    check_str(v.party, "試験社");
    v = verify(w, w->dist, NULL);
    all_holds(&v);
    assert_non_null(line_of(&v, "files", HOLDS));
    v = verify(w, r.bundle, NULL);
    all_holds(&v);
    const struct verify_options by_home = {.home = &w->home};
    assert_int_equal(unlink(arena_cstr(w->t.a, r.bundle)), 0);
    v = verify(w, w->file, &by_home); /* what the home's own log knows of it */
    all_holds(&v);
    assert_non_null(line_of(&v, "subject", HOLDS));
}

static void strangers(void **state) {
    struct world *w = *state;
    struct release_result r;
    struct privkey *other;
    must_release(w, &r);
    assert_true(privkey_new(SIG_ED25519, &other, &w->t.e));
    struct verify_options o = {0};
    struct trusted_key *k = vec_push(w->t.a, &o.keys);
    *k = (struct trusted_key){.key = *privkey_public(other), .name = S("stranger")};
    pubkey_id(&k->key, k->id);
    struct verdict v = verify(w, w->file, &o);
    fails(&v, "signature");
    fails(&v, "subject");
    assert_true(line_of(&v, "signature", FAILS)->hint.n > 0);
    privkey_free(other);
}

static void changed_files(void **state) {
    struct world *w = *state;
    struct release_result r;
    must_release(w, &r);
    put(w, w->dist, "thing.txt", S("what is shipped!\n"));
    put(w, w->dist, "more.txt", S("smuggled in"));
    struct verdict v = verify(w, w->file, NULL);
    fails(&v, "subject");
    assert_int_equal(unlink(arena_cstr(w->t.a, path_join(w->t.a, w->dist, S("app/package-lock.json")))), 0);
    v = verify(w, w->dist, NULL);
    uint32_t files = 0;
    for (uint32_t i = 0; i < v.lines.n; i++)
        files += strcmp(v.lines.v[i].id, "file") == 0 && v.lines.v[i].state == FAILS;
    assert_int_equal(files, 3); /* changed, added, gone */
}

/* Whatever byte of what is stated or proved is changed, something fails or the bundle cannot be read. */
static void flipped_bits(void **state) {
    struct world *w = *state;
    struct release_result r;
    str text;
    must_release(w, &r);
    assert_true(file_read(&w->t.ctx, w->t.a, r.bundle, &text, &w->t.e));
    size_t keys = str_find(text, S("\"keys\""));
    for (size_t at = 0; at < (keys == STR_NONE ? text.n : keys); at += text.n / 97 + 1) {
        char *changed = arena_cstr(w->t.a, text);
        if (ch_space(changed[at]) || changed[at] == '"' || changed[at] == ',')
            continue;
        changed[at] ^= 1;
        put(w, w->dist, "thing-1.0.akashi.json", str_n(changed, text.n));
        struct verdict v = verify(w, w->file, NULL);
        bool noticed = v.failing > 0 || v.unchecked > 0;
        if (!noticed)
            fail_msg("byte %zu of the bundle may be changed unnoticed", at);
    }
}

/* An envelope of its own about the file, made from a payload and changed by the caller. */
static str payload_of(struct world *w, str type, str predicate) {
    struct subject subject = {.name = S("thing.txt")};
    str payload;
    *vec_push(w->t.a, &subject.digests) = (struct subject_digest){
        S("sha256"), digest_hex(w->t.a, DIGEST_SHA256, S("what is shipped\n"))};
    assert_true(statement_text(&w->t.ctx, w->t.a, type, &subject, 1, predicate, &payload, &w->t.e));
    return payload;
}
static struct dsse signed_by_home(struct world *w, str payload) {
    struct dsse d = {.payload_type = S(DSSE_IN_TOTO), .payload = payload};
    assert_true(dsse_sign(w->t.a, &d, w->home.key, &w->t.e));
    return d;
}
static const struct verify_line *first_failure(struct world *w, const struct dsse *d, struct verdict *v) {
    str path = put(w, w->root, "one.dsse.json", dsse_text(w->t.a, d));
    const struct verify_options o = {.keys = w->keys};
    *v = verify(w, path, &o);
    for (uint32_t i = 0; i < v->lines.n; i++)
        if (v->lines.v[i].state == FAILS)
            return &v->lines.v[i];
    return NULL;
}

static void each_refusal_says_why(void **state) {
    struct world *w = *state;
    static const char tests[] = "{\"result\":\"PASSED\",\"configuration\":[]}";
    str type = S("https://in-toto.io/attestation/test-result/v0.1");
    str payload = payload_of(w, type, str_of(tests));
    struct verdict v;
    struct dsse d = signed_by_home(w, payload);
    assert_null(first_failure(w, &d, &v)); /* as it was signed it is fine */

    struct dsse_signature again = d.signatures.v[0];
    *vec_push(w->t.a, &d.signatures) = again; /* one key, twice */
    const struct verify_line *twice = first_failure(w, &d, &v);
    assert_non_null(twice);
    assert_true(str_find(twice->what, S("twice")) != STR_NONE);

    d = signed_by_home(w, payload); /* altered predicate, swapped subject: the signature is about something else */
    d.payload = payload_of(w, type, S("{\"result\":\"FAILED\",\"configuration\":[]}"));
    const struct verify_line *altered = first_failure(w, &d, &v);
    assert_non_null(altered);
    assert_true(str_find(altered->what, S("is bad")) != STR_NONE);

    d = signed_by_home(w, payload);
    d.payload_type = S("application/json");
    const struct verify_line *other = first_failure(w, &d, &v);
    assert_non_null(other);
    assert_string_equal(other->id, "statement");

    /* A member our own predicate does not know might change its meaning: signed or not, it is refused. */
    payload = arena_printf(
        w->t.a,
        "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"x\",\"digest\":{"
        "\"sha256\":\"%064d\"}}],\"predicateType\":\"tag:akashi,2026:predicate/hold/v1\",\"predicate\":{"
        "\"critical\":true}}",
        0);
    d = signed_by_home(w, payload);
    const struct verify_line *unknown = first_failure(w, &d, &v);
    assert_non_null(unknown);
    assert_string_equal(unknown->id, "statement");
}

/* What was signed before a key was revoked stays good; an envelope nobody logged does not. */
static void revoked_keys(void **state) {
    struct world *w = *state;
    struct release_result r;
    must_release(w, &r);
    struct known_key *k = (struct known_key *)(uintptr_t)keyring_find(w->home.keys, w->home.key_id);
    assert_non_null(k);
    k->until = w->t.ctx.now + 10;
    k->ended = S("revoked: stolen");
    w->t.ctx.now += 100;
    const struct verify_options o = {.home = &w->home};
    struct verdict v = verify(w, w->file, &o);
    all_holds(&v);
    struct dsse d = signed_by_home(w, payload_of(w, S("https://in-toto.io/attestation/test-result/v0.1"),
                                                 S("{\"result\":\"PASSED\",\"configuration\":[]}")));
    str path = put(w, w->root, "late.dsse.json", dsse_text(w->t.a, &d));
    v = verify(w, path, &o);
    fails(&v, "key");
}

/* Nor does an index that was logged after its key had been revoked: it could leave out whatever it likes. */
static void an_index_by_a_revoked_key(void **state) {
    struct world *w = *state;
    struct release_result r;
    struct words words;
    struct view *view;
    uint64_t index;
    str proof;
    must_release(w, &r);
    assert_true(home_index(&w->home, w->t.a, &index, &w->t.e));
    assert_true(words_asked(w->t.a, S("release"), &words, &w->t.e));
    assert_true(view_open(&w->t.ctx, w->home.path, w->home.log, &view, &w->t.e));
    assert_true(index_prove(&w->t.ctx, view, w->home.keys, w->t.a, &words, UINT64_MAX, &proof, &w->t.e));
    view_close(view);
    str path = put(w, w->root, "answer.find.json", proof);
    const struct verify_options o = {.home = &w->home};
    struct verdict v = verify(w, path, &o);
    all_holds(&v);
    struct known_key *k = (struct known_key *)(uintptr_t)keyring_find(w->home.keys, w->home.key_id);
    k->until = w->t.ctx.now + 10;
    k->ended = S("revoked: stolen");
    k->revoked = true;
    v = verify(w, path, &o);
    all_holds(&v); /* logged before */
    k->until = w->t.ctx.now - 10;
    v = verify(w, path, &o);
    fails(&v, "key");
}

/* Several releases beside each other: a file is looked up in the one that speaks of it, a folder in the latest. */
static void several_bundles(void **state) {
    struct world *w = *state;
    struct release_result r;
    must_release(w, &r);
    str old = put(w, w->root, "old/thing.txt", S("what is shipped\n"));
    put(w, w->dist, "thing.txt", S("the next version\n"));
    w->t.ctx.now += 10;
    assert_true(release(w, S("1.1"), &r));
    struct verdict v = verify(w, w->dist, NULL);
    all_holds(&v);
    check_str(v.version, "1.1");
    v = verify(w, w->file, NULL);
    all_holds(&v);
    check_str(v.version, "1.1");
    assert_true(file_replace(w->file, S("what is shipped\n"), &w->t.e));
    v = verify(w, w->file, NULL);
    all_holds(&v);
    check_str(v.version, "1.0");
    v = verify(w, old, NULL); /* no bundle there, nor above */
    fails(&v, "subject");
}

static struct verify_policy policy_of(struct world *w, const char *text) {
    struct verify_policy p;
    str path = put(w, w->root, "policy.toml", str_of(text));
    if (!verify_policy_read(&w->t.ctx, w->t.a, path, &p, &w->t.e))
        fail_msg("%s: %s", w->t.e.where, w->t.e.what);
    return p;
}

static void demands(void **state) {
    struct world *w = *state;
    struct release_result r;
    static const struct {
        const char *policy, *id;
        bool holds;
    } rows[] = {
        {"[require]\nstatements = [\"sbom\", \"provenance\", \"release\"]\n", "policy.statements", true},
        {"[require]\nstatements = [\"test-result\"]\n", "policy.statements", false},
        {"[require]\nlogged = true\n", "policy.logged", true},
        {"[require]\ntests = true\n", "policy.tests", false},
        {"[require]\nhardening = true\n", "policy.hardening", false}, /* there is no program in it */
        {"[require]\nno-kev = true\n", "policy.findings", false},     /* nothing was said about findings */
        {"[require]\nbuilders = [\"tag:akashi,2026:builder/local/*\"]\n", "policy.builder", true},
        {"[require]\nbuilders = [\"https://ci.example/*\"]\n", "policy.builder", false},
        {"[require]\nsources = [\"git+https://git.example/*\"]\n", "policy.source", false},
        {"[signers]\nsbom = [\"auditor\"]\n", "policy.signers", false},
    };
    must_release(w, &r);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct verify_policy p = policy_of(w, rows[i].policy);
        const struct verify_options o = {.policy = &p};
        struct verdict v = verify(w, w->file, &o);
        if (!line_of(&v, rows[i].id, rows[i].holds ? HOLDS : FAILS))
            fail_msg("%s: %s should %s", rows[i].policy, rows[i].id, rows[i].holds ? "hold" : "fail");
        assert_int_equal(v.failing > 0, !rows[i].holds);
    }
}

static void summary(void **state) {
    struct world *w = *state;
    struct release_result r;
    struct json doc;
    must_release(w, &r);
    struct verify_policy p = policy_of(w, "name = \"x\"\n[require]\ntests = true\n");
    const struct verify_options o = {.policy = &p};
    struct verdict v = verify(w, w->file, &o);
    str text = vsa_predicate(&w->t.ctx, w->t.a, &v, &p);
    assert_true(json_parse(&w->t.ctx, w->t.a, text, JSON_STRICT, S("vsa"), &doc, &w->t.e));
    check_str(j_gets(doc.root, "verificationResult"), "FAILED");
    assert_int_equal(j_len(j_get(doc.root, "inputAttestations")), r.lines.n);
    assert_true(str_eq(j_gets(j_get2(doc.root, "policy", "digest"), "sha256"), p.sha256));
}

int main(void) {
    const struct CMUnitTest tests[] = {WORLD(once_only),
                                       WORLD(the_bundle_comes_again),
                                       WORLD(other_bits_are_another_version),
                                       WORLD(bad_plans),
                                       WORLD(a_file_and_a_folder),
                                       WORLD(strangers),
                                       WORLD(changed_files),
                                       WORLD(flipped_bits),
                                       WORLD(several_bundles),
                                       WORLD(each_refusal_says_why),
                                       WORLD(revoked_keys),
                                       WORLD(an_index_by_a_revoked_key),
                                       WORLD(demands),
                                       WORLD(summary)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
