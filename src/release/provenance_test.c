/* SPDX-License-Identifier: Apache-2.0 */
#include "release/provenance.h"

#include <stdio.h>

#include "base/json.h"
#include "base/temporary.h"
#include "base/testing.h"

struct setting {
    const char *name, *value;
};
static const char *lookup(void *of, const char *name) {
    for (const struct setting *s = of; s->name; s++)
        if (strcmp(s->name, name) == 0)
            return s->value;
    return NULL;
}

static struct jv read_back(struct testing *t, str text) {
    struct json doc;
    assert_true(json_parse(&t->ctx, t->a, text, JSON_STRICT, S("predicate"), &doc, &t->e));
    return doc.root;
}
static struct jv make(struct testing *t, struct setting *set, const struct provenance_facts *facts) {
    struct environment env = {lookup, set};
    return read_back(t, provenance_predicate(&t->ctx, t->a, &env, facts));
}

static void github(void **state) {
    struct testing *t = *state;
    struct setting set[] = {{"GITHUB_ACTIONS", "true"},
                            {"GITHUB_SERVER_URL", "https://code.example"},
                            {"GITHUB_REPOSITORY", "kaisha/app"},
                            {"GITHUB_REF", "refs/tags/v1"},
                            {"GITHUB_SHA", "0123456789012345678901234567890123456789"},
                            {"GITHUB_WORKFLOW_REF", "kaisha/app/.ci/build.yml@refs/tags/v1"},
                            {"GITHUB_RUN_ID", "77"},
                            {"GITHUB_RUN_ATTEMPT", "2"},
                            {"RUNNER_ENVIRONMENT", "github-hosted"},
                            {NULL, NULL}};
    struct provenance_facts facts = {.party = S("x")};
    struct jv p = make(t, set, &facts), def = j_get(p, "buildDefinition"), run = j_get(p, "runDetails");
    check_str(j_gets(def, "buildType"), "https://actions.github.io/buildtypes/workflow/v1");
    check_str(j_gets(j_get2(def, "externalParameters", "workflow"), "path"), ".ci/build.yml");
    check_str(j_gets(j_get2(def, "externalParameters", "workflow"), "ref"), "refs/tags/v1");
    struct jv dep = j_at(j_get(def, "resolvedDependencies"), 0);
    check_str(j_gets(dep, "uri"), "git+https://code.example/kaisha/app@refs/tags/v1");
    check_str(j_gets(j_get(dep, "digest"), "gitCommit"), "0123456789012345678901234567890123456789");
    check_str(j_gets(j_get(run, "builder"), "id"), "https://github.com/actions/runner/github-hosted");
    check_str(j_gets(j_get(run, "metadata"), "invocationId"),
              "https://code.example/kaisha/app/actions/runs/77/attempts/2");
    /* A variable that is not set is left out, not written empty. */
    assert_false(j_ok(j_get(j_get2(def, "internalParameters", "github"), "event_name")));
}

static void secrets_stay_out(void **state) {
    struct testing *t = *state;
    struct setting set[] = {{"JENKINS_URL", "https://ci.example/"},
                            {"GIT_URL", "https://user:token@git.example/app.git"},
                            {"GIT_COMMIT", "0123456789012345678901234567890123456789"},
                            {NULL, NULL}};
    struct environment env = {lookup, set};
    struct provenance_facts facts = {.party = S("x")};
    str text = provenance_predicate(&t->ctx, t->a, &env, &facts);
    assert_true(str_find(text, S("token")) == STR_NONE);
    assert_true(str_find(text, S("git+https://git.example/app.git")) != STR_NONE);
    check_str(provenance_system(&env), "jenkins");
}

static void forgejo_is_not_github(void **state) {
    struct testing *t = *state;
    struct setting set[] = {{"GITHUB_ACTIONS", "true"}, {"FORGEJO_ACTIONS", "true"}, {NULL, NULL}};
    struct environment env = {lookup, set};
    (void)t;
    check_str(provenance_system(&env), "forgejo-actions");
}

static void built_locally(void **state) {
    struct testing *t = *state;
    struct setting set[] = {{NULL, NULL}};
    struct source_commit source = {S("https://git.example/app"), S("refs/heads/main"),
                                   S("0123456789012345678901234567890123456789")};
    struct provenance_facts facts = {.party = S("A 社"), .source = &source};
    struct jv p = make(t, set, &facts);
    check_str(j_gets(j_get2(p, "runDetails", "builder"), "id"), "tag:akashi,2026:builder/local/A%20%E7%A4%BE");
    check_str(j_gets(j_get(p, "buildDefinition"), "buildType"), "tag:akashi,2026:build/local/v1");
    check_str(j_gets(j_at(j_get2(p, "buildDefinition", "resolvedDependencies"), 0), "uri"),
              "git+https://git.example/app@refs/heads/main");
    facts.builder = S("https://builder.example");
    check_str(j_gets(j_get2(make(t, set, &facts), "runDetails", "builder"), "id"), "https://builder.example");
}

/* ── the commit of a work tree ── */

static void put(struct testing *t, str root, const char *name, const char *text) {
    str path = path_join(t->a, root, str_of(name));
    assert_true(folder_make(path_dir(path), 0755, &t->e));
    assert_true(file_replace(path, str_of(text), &t->e));
}
static str fresh_folder(struct testing *t) {
    char *name = temporary_name(arena_alloc(t->a, 256), 256, "release");
    assert_non_null(mkdtemp(name));
    return str_of(name);
}
static void drop(struct testing *t, str root) {
    char *command = arena_cstr(t->a, arena_printf(t->a, "rm -rf '%.*s'", STR_ARG(root)));
    assert_int_equal(system(command), 0);
}

#define COMMIT "89abcdef0123456789abcdef0123456789abcdef"

static void commits(void **state) {
    struct testing *t = *state;
    str root = fresh_folder(t);
    struct source_commit s;
    assert_false(source_commit_read(&t->ctx, t->a, path_join(t->a, root, S("nowhere")), &s, &t->e));
    put(t, root, ".git/HEAD", "ref: refs/heads/main\n");
    put(t, root, ".git/config",
        "[core]\n\tbare = false\n[remote \"fork\"]\n\turl = https://f.example/x\n"
        "[remote \"origin\"]\n\turl = https://me:pw@git.example/x.git\n");
    put(t, root, "src/deep/a.c", "");
    assert_true(source_commit_read(&t->ctx, t->a, path_join(t->a, root, S("src/deep")), &s, &t->e));
    check_str(s.ref, "refs/heads/main");
    assert_false(s.commit.p != NULL);
    check_str(s.url, "https://git.example/x.git");
    put(t, root, ".git/packed-refs", "# pack-refs\n" COMMIT " refs/heads/main\n");
    assert_true(source_commit_read(&t->ctx, t->a, root, &s, &t->e));
    check_str(s.commit, COMMIT);
    put(t, root, ".git/HEAD", "ref: ../../../../etc/passwd\n"); /* a ref that climbs out is none */
    assert_true(source_commit_read(&t->ctx, t->a, root, &s, &t->e));
    assert_null(s.commit.p);
    put(t, root, ".git/HEAD", COMMIT "\n");
    assert_true(source_commit_read(&t->ctx, t->a, root, &s, &t->e));
    check_str(s.commit, COMMIT);
    assert_null(s.ref.p);
    put(t, root, ".git/worktrees/w/HEAD", "ref: refs/heads/side\n");
    put(t, root, ".git/worktrees/w/commondir", "../..\n");
    put(t, root, ".git/refs/heads/side", COMMIT "\n");
    put(t, root, "w/.git", arena_cstr(t->a, arena_printf(t->a, "gitdir: %.*s/.git/worktrees/w\n", STR_ARG(root))));
    assert_true(source_commit_read(&t->ctx, t->a, path_join(t->a, root, S("w")), &s, &t->e));
    check_str(s.ref, "refs/heads/side");
    check_str(s.commit, COMMIT);
    drop(t, root);
}

static void urls(void **state) {
    struct testing *t = *state;
    static const char *const rows[][2] = {{"https://a:b@h.example/x", "https://h.example/x"},
                                          {"https://h.example/x@y", "https://h.example/x@y"},
                                          {"git@h.example:x/y.git", "git@h.example:x/y.git"},
                                          {"ssh://git@h.example/x", "ssh://h.example/x"},
                                          {"https://tok@h.example", "https://h.example"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_str(url_without_secrets(t->a, str_of(rows[i][0])), rows[i][1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(github),        TEST(secrets_stay_out), TEST(forgejo_is_not_github),
                                       TEST(built_locally), TEST(commits),          TEST(urls)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
