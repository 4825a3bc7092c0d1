/* SPDX-License-Identifier: Apache-2.0 */
#include "release/provenance.h"

#include <stdlib.h>

#include "base/json.h"

/* Templates: "${NAME}" is a variable; a template that names one that is not set is absent as a whole. */
struct parameter {
    const char *group, *name, *value; /* group "" = at the top */
};
struct ci {
    const char *name, *sign; /* sign: the variable that is set only there */
    const char *build_type, *builder, *source, *ref, *commit, *invocation, *started;
    struct parameter external[5], internal[5];
};

static const struct ci systems[] = {
    {.name = "github-actions",
     .sign = "GITHUB_ACTIONS",
     .build_type = "https://actions.github.io/buildtypes/workflow/v1",
     .builder = "https://github.com/actions/runner/${RUNNER_ENVIRONMENT}",
     .source = "${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}",
     .ref = "${GITHUB_REF}",
     .commit = "${GITHUB_SHA}",
     .invocation = "${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/attempts/"
                   "${GITHUB_RUN_ATTEMPT}",
     .external = {{"workflow", "ref", "${GITHUB_REF}"},
                  {"workflow", "repository", "${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}"},
                  {"workflow", "path", "${GITHUB_WORKFLOW_REF}"}},
     .internal = {{"github", "event_name", "${GITHUB_EVENT_NAME}"},
                  {"github", "repository_id", "${GITHUB_REPOSITORY_ID}"},
                  {"github", "repository_owner_id", "${GITHUB_REPOSITORY_OWNER_ID}"},
                  {"github", "runner_environment", "${RUNNER_ENVIRONMENT}"}}},
    {.name = "gitlab-ci",
     .sign = "GITLAB_CI",
     .build_type = "tag:akashi,2026:build/gitlab-ci/v1",
     .builder = "${CI_PROJECT_URL}/-/runners/${CI_RUNNER_ID}",
     .source = "${CI_PROJECT_URL}",
     .ref = "${CI_COMMIT_REF_NAME}",
     .commit = "${CI_COMMIT_SHA}",
     .invocation = "${CI_JOB_URL}",
     .started = "${CI_JOB_STARTED_AT}",
     .external = {{"", "source", "${CI_PROJECT_URL}"},
                  {"", "entryPoint", "${CI_JOB_NAME}"},
                  {"", "config", "${CI_CONFIG_PATH}"}},
     .internal = {{"", "pipeline", "${CI_PIPELINE_ID}"}, {"", "event", "${CI_PIPELINE_SOURCE}"}}},
    {.name = "jenkins",
     .sign = "JENKINS_URL",
     .build_type = "tag:akashi,2026:build/jenkins/v1",
     .builder = "${JENKINS_URL}",
     .source = "${GIT_URL}",
     .ref = "${GIT_BRANCH}",
     .commit = "${GIT_COMMIT}",
     .invocation = "${BUILD_URL}",
     .external = {{"", "job", "${JOB_NAME}"}},
     .internal = {{"", "build", "${BUILD_NUMBER}"}, {"", "node", "${NODE_NAME}"}}},
    {.name = "circleci",
     .sign = "CIRCLECI",
     .build_type = "tag:akashi,2026:build/circleci/v1",
     .builder = "https://circleci.com/",
     .source = "${CIRCLE_REPOSITORY_URL}",
     .ref = "${CIRCLE_BRANCH}",
     .commit = "${CIRCLE_SHA1}",
     .invocation = "${CIRCLE_BUILD_URL}",
     .external = {{"", "job", "${CIRCLE_JOB}"}},
     .internal = {{"", "workflow", "${CIRCLE_WORKFLOW_ID}"}}},
    {.name = "azure-pipelines",
     .sign = "TF_BUILD",
     .build_type = "tag:akashi,2026:build/azure-pipelines/v1",
     .builder = "${SYSTEM_TEAMFOUNDATIONCOLLECTIONURI}",
     .source = "${BUILD_REPOSITORY_URI}",
     .ref = "${BUILD_SOURCEBRANCH}",
     .commit = "${BUILD_SOURCEVERSION}",
     .invocation = "${SYSTEM_TEAMFOUNDATIONCOLLECTIONURI}${SYSTEM_TEAMPROJECT}/_build/results?buildId=${BUILD_BUILDID}",
     .external = {{"", "definition", "${BUILD_DEFINITIONNAME}"}},
     .internal = {{"", "agent", "${AGENT_NAME}"}, {"", "reason", "${BUILD_REASON}"}}},
    {.name = "bitbucket-pipelines",
     .sign = "BITBUCKET_BUILD_NUMBER",
     .build_type = "tag:akashi,2026:build/bitbucket-pipelines/v1",
     .builder = "${BITBUCKET_GIT_HTTP_ORIGIN}/pipelines",
     .source = "${BITBUCKET_GIT_HTTP_ORIGIN}",
     .ref = "${BITBUCKET_BRANCH}",
     .commit = "${BITBUCKET_COMMIT}",
     .invocation = "${BITBUCKET_GIT_HTTP_ORIGIN}/pipelines/results/${BITBUCKET_BUILD_NUMBER}",
     .internal = {{"", "pipeline", "${BITBUCKET_PIPELINE_UUID}"}}},
    {.name = "buildkite",
     .sign = "BUILDKITE",
     .build_type = "tag:akashi,2026:build/buildkite/v1",
     .builder = "https://buildkite.com/${BUILDKITE_ORGANIZATION_SLUG}",
     .source = "${BUILDKITE_REPO}",
     .ref = "${BUILDKITE_BRANCH}",
     .commit = "${BUILDKITE_COMMIT}",
     .invocation = "${BUILDKITE_BUILD_URL}#${BUILDKITE_JOB_ID}",
     .external = {{"", "pipeline", "${BUILDKITE_PIPELINE_SLUG}"}},
     .internal = {{"", "agent", "${BUILDKITE_AGENT_ID}"}}},
    {.name = "forgejo-actions",
     .sign = "FORGEJO_ACTIONS",
     .build_type = "tag:akashi,2026:build/forgejo-actions/v1",
     .builder = "${GITHUB_SERVER_URL}",
     .source = "${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}",
     .ref = "${GITHUB_REF}",
     .commit = "${GITHUB_SHA}",
     .invocation = "${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_NUMBER}",
     .external = {{"", "workflow", "${GITHUB_WORKFLOW}"}},
     .internal = {{"", "event_name", "${GITHUB_EVENT_NAME}"}}},
};

static const char *own_get(void *of, const char *name) {
    (void)of;
    return getenv(name);
}

struct environment environment_own(void) {
    return (struct environment){own_get, NULL};
}

static str variable(const struct environment *env, const char *name) {
    const char *value = env->get(env->of, name);
    return value && *value ? str_of(value) : (str){NULL, 0};
}

/* Forgejo sets GitHub's variables too and is asked first. */
static const struct ci *system_of(const struct environment *env) {
    const struct ci *found = NULL;
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
        if (variable(env, systems[i].sign).p && (!found || str_is(str_of(systems[i].name), "forgejo-actions")))
            found = &systems[i];
    return found;
}

str provenance_system(const struct environment *env) {
    const struct ci *ci = system_of(env);
    return ci ? str_of(ci->name) : (str){NULL, 0};
}

static str fill(struct arena *a, const struct environment *env, const char *template) {
    struct buf b = {0};
    str rest = str_of(template ? template : "");
    bool whole = rest.n > 0;
    while (rest.n && whole) {
        size_t at = str_find(rest, S("${")), end = str_chr(rest, '}');
        if (at == STR_NONE || end == STR_NONE) {
            buf_add(&b, rest);
            break;
        }
        buf_add(&b, str_upto(rest, at));
        str value = variable(env, arena_cstr(a, str_n(rest.p + at + 2, end - at - 2)));
        whole = value.p != NULL;
        buf_add(&b, value);
        rest = str_from(rest, end + 1);
    }
    str out = whole ? url_without_secrets(a, arena_str(a, buf_str(&b))) : (str){NULL, 0};
    buf_free(&b);
    return out;
}

/* GitHub gives "owner/repo/.github/workflows/ci.yml@refs/heads/main": the path within the repository is asked for. */
static str workflow_path(str ref) {
    str path, owner;
    str_rcut(ref, '@', &path, &owner);
    if (!path.p)
        path = ref;
    for (int i = 0; i < 2; i++) {
        str head, tail;
        if (!str_cut(path, '/', &head, &tail))
            return path;
        path = tail;
    }
    return path;
}

static void parameters(struct jw *w, struct arena *a, const struct environment *env, const char *key,
                       const struct parameter *list, size_t n) {
    const char *open = "";
    jw_kobj(w, key);
    for (size_t i = 0; i < n && list[i].name; i++) {
        if (strcmp(list[i].group, open) != 0) {
            if (*open)
                jw_obj_end(w);
            open = list[i].group;
            jw_kobj(w, open);
        }
        str value = fill(a, env, list[i].value);
        if (value.p && strstr(list[i].value, "WORKFLOW_REF"))
            value = workflow_path(value);
        jw_kstr(w, list[i].name, value);
    }
    if (*open)
        jw_obj_end(w);
    jw_obj_end(w);
}

static void write_source(struct jw *w, struct arena *a, str url, str ref, str commit) {
    jw_karr(w, "resolvedDependencies");
    if (url.p || commit.p) {
        bool has_scheme = str_starts(url, S("git+"));
        jw_obj(w);
        if (url.p)
            jw_kstr(w, "uri",
                    arena_printf(a, "%s%.*s%s%.*s", has_scheme ? "" : "git+", STR_ARG(url), ref.p ? "@" : "",
                                 STR_ARG(ref)));
        if (commit.p) {
            jw_kobj(w, "digest");
            jw_kstr(w, "gitCommit", commit);
            jw_obj_end(w);
        }
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static str or_else(str first, str second) { return first.p ? first : second; }

static str local_builder(struct arena *a, str party) {
    struct buf b = {0};
    buf_addz(&b, "tag:akashi,2026:builder/local/");
    for (size_t i = 0; i < party.n; i++) {
        unsigned char ch = (unsigned char)party.p[i];
        if (ch_alnum((char)ch) || ch == '-' || ch == '.' || ch == '_')
            buf_addc(&b, (char)ch);
        else
            buf_addf(&b, "%%%02X", ch);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void build_definition(struct jw *w, struct arena *a, const struct environment *env, const struct ci *ci,
                             const struct provenance_facts *facts) {
    static const struct source_commit none = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    const struct source_commit *s = facts->source ? facts->source : &none;
    jw_kobj(w, "buildDefinition");
    jw_kstr(w, "buildType", ci ? str_of(ci->build_type) : S("tag:akashi,2026:build/local/v1"));
    if (ci) {
        parameters(w, a, env, "externalParameters", ci->external, sizeof ci->external / sizeof *ci->external);
        parameters(w, a, env, "internalParameters", ci->internal, sizeof ci->internal / sizeof *ci->internal);
    } else {
        jw_kobj(w, "externalParameters");
        jw_kstr(w, "source", s->url);
        jw_kstr(w, "ref", s->ref);
        jw_obj_end(w);
    }
    str commit = ci ? fill(a, env, ci->commit) : (str){NULL, 0};
    /* The commit and the place it is found at come from one and the same witness. */
    if (commit.p)
        write_source(w, a, fill(a, env, ci->source), fill(a, env, ci->ref), commit);
    else
        write_source(w, a, s->url, s->ref, s->commit);
    jw_obj_end(w);
}

static void run_details(struct jw *w, struct ctx *c, struct arena *a, const struct environment *env,
                        const struct ci *ci, const struct provenance_facts *facts) {
    str from_ci = ci ? fill(a, env, ci->builder) : (str){NULL, 0};
    if (ci && !from_ci.p)
        from_ci = arena_printf(a, "tag:akashi,2026:builder/%s", ci->name);
    jw_kobj(w, "runDetails");
    jw_kobj(w, "builder");
    jw_kstr(w, "id", or_else(facts->builder, or_else(from_ci, local_builder(a, facts->party))));
    jw_kobj(w, "version");
    jw_kstr(w, "akashi", S(AKASHI_VERSION));
    jw_obj_end(w);
    jw_obj_end(w);
    jw_kobj(w, "metadata");
    if (ci) {
        jw_kstr(w, "invocationId", fill(a, env, ci->invocation));
        jw_kstr(w, "startedOn", fill(a, env, ci->started));
    }
    jw_kstr(w, "finishedOn", time_rfc3339(a, c->now));
    jw_obj_end(w);
    jw_obj_end(w);
}

str provenance_predicate(struct ctx *c, struct arena *a, const struct environment *env,
                         const struct provenance_facts *facts) {
    const struct ci *ci = system_of(env);
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    build_definition(&w, a, env, ci, facts);
    run_details(&w, c, a, env, ci, facts);
    jw_obj_end(&w);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}
