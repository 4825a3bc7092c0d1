/* SPDX-License-Identifier: Apache-2.0
 *
 * Configuration files where they lie: what includes what, what is judged with what, rules of the user's own.
 */
#include "base/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "inspect/inspect.h"

struct tree {
    struct testing *t;
    char root[64];
};

static void put(struct tree *tree, const char *path, const char *text) {
    str file = arena_printf(tree->t->a, "%s/%s", tree->root, path);
    assert_true(folder_make(path_dir(file), 0755, &tree->t->e));
    assert_true(file_replace(file, str_of(text), &tree->t->e));
}

static struct tree begin(void **state) {
    struct tree tree = {.t = *state, .root = "akashi-config-XXXXXX"};
    assert_non_null(mkdtemp(tree.root));
    return tree;
}

static void remove_tree(struct tree *tree) {
    str command = arena_printf(tree->t->a, "rm -rf ./%s", tree->root);
    assert_int_equal(system(arena_cstr(tree->t->a, command)), 0);
}

/* Faults of one rule over the tree (or the file in it): "path:line detail\n". */
static str faults_of(struct tree *tree, const char *path, const char *rule, const str *rules, uint32_t n_rules) {
    struct inspect_report report = {0};
    struct inspect_options o = {.rules = rules, .n_rules = n_rules};
    struct testing *t = tree->t;
    str at = path ? arena_printf(t->a, "%s/%s", tree->root, path) : str_of(tree->root);
    struct buf b = {0};
    if (!inspect_run(&t->ctx, t->a, at, &o, &report, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    for (uint32_t i = 0; i < report.files.n; i++)
        for (uint32_t k = 0; k < report.files.v[i].checks.n; k++) {
            const struct check *c = &report.files.v[i].checks.v[k];
            if (c->state == CHECK_BAD && strcmp(c->spec->id, rule) == 0)
                buf_addf(&b, "%.*s:%u %.*s\n", STR_ARG(report.files.v[i].path), c->line, STR_ARG(c->detail));
        }
    str out = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void test_sshd_includes(void **state) {
    struct tree tree = begin(state);
    put(&tree, "rootfs/etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin no\n");
    put(&tree, "rootfs/etc/ssh/sshd_config.d/50-a.conf", "Match User x\nX11Forwarding yes\n");
    put(&tree, "rootfs/etc/ssh/sshd_config.d/60-b.conf", "PermitRootLogin yes\nInclude sshd_config.d/none\n");
    put(&tree, "rootfs/etc/ssh/sshd_config.d/70-c.conf", "PermitRootLogin no\n");
    const char *want = "rootfs/etc/ssh/sshd_config:0 permitrootlogin yes (rootfs/etc/ssh/sshd_config.d/60-b.conf:1)\n";
    check_str(faults_of(&tree, NULL, "root-login-password", NULL, 0), want);
    check_str(faults_of(&tree, NULL, "x11-forwarding", NULL, 0),
              "rootfs/etc/ssh/sshd_config:0 x11forwarding yes (rootfs/etc/ssh/sshd_config.d/50-a.conf:2)\n");
    /* Named alone, its folder stands for /etc/ssh. */
    check_str(faults_of(&tree, "rootfs/etc/ssh/sshd_config", "root-login-password", NULL, 0),
              "sshd_config:0 permitrootlogin yes (sshd_config.d/60-b.conf:1)\n");
    remove_tree(&tree);
}

static void test_include_loop(void **state) {
    struct tree tree = begin(state);
    put(&tree, "etc/ssh/sshd_config", "Include sshd_config\n");
    struct inspect_report report = {0};
    struct inspect_options o = {0};
    assert_true(inspect_run(&tree.t->ctx, tree.t->a, str_of(tree.root), &o, &report, &tree.t->e));
    assert_int_equal(report.malformed, 1);
    remove_tree(&tree);
}

static void test_systemd_drop_ins(void **state) {
    struct tree tree = begin(state);
    put(&tree, "usr/lib/systemd/system/a.service", "[Service]\nExecStart=/usr/bin/a\n");
    put(&tree, "usr/lib/systemd/system/a.service.d/x.conf", "[Service]\nUMask=0000\n");
    put(&tree, "etc/systemd/system/a.service.d/y.conf", "[Service]\nNoNewPrivileges=yes\n");
    check_str(faults_of(&tree, NULL, "no-new-privileges", NULL, 0), "");
    check_str(faults_of(&tree, NULL, "umask", NULL, 0),
              "usr/lib/systemd/system/a.service:0 Service.UMask 0000 (usr/lib/systemd/system/a.service.d/x.conf:2)\n");
    remove_tree(&tree);
}

static void test_nginx_includes(void **state) {
    struct tree tree = begin(state);
    put(&tree, "etc/nginx/nginx.conf", "http {\n ssl_protocols TLSv1.3;\n include sites-enabled/*;\n}\n");
    put(&tree, "etc/nginx/sites-enabled/a", "server { listen 443 ssl;\n include snippets/tls.conf; }\n");
    put(&tree, "etc/nginx/snippets/tls.conf", "ssl_protocols TLSv1;\n");
    check_str(faults_of(&tree, "etc/nginx/nginx.conf", "old-protocols", NULL, 0),
              "nginx.conf:0 ssl_protocols TLSv1 (snippets/tls.conf:1)\n");
    remove_tree(&tree);
}

static void test_links_stay_inside(void **state) {
    struct tree tree = begin(state);
    put(&tree, "outside/60-b.conf", "PermitRootLogin yes\n");
    put(&tree, "in/etc/ssh/sshd_config", "Include sshd_config.d/*.conf\n");
    str link = arena_printf(tree.t->a, "%s/in/etc/ssh/sshd_config.d", tree.root);
    assert_int_equal(symlink("../../../outside", arena_cstr(tree.t->a, link)), 0);
    check_str(faults_of(&tree, "in", "root-login-password", NULL, 0), "");
    remove_tree(&tree);
}

#define OWN_RULE(op)                                                                                                   \
    "{\"schema\":\"akashi-inspect-rules/1\",\"kind\":\"sshd\",\"rules\":[{\"id\":\"own-port\",\"severity\":\"high\","  \
    "\"level\":\"minimum\",\"reason\":{\"en\":\"r\"},\"fix\":{\"en\":\"f\"},\"bad\":{\"key\":\"Port\",\"" op           \
    "\":\"22\"}}]}"

static void test_own_rules(void **state) {
    struct tree tree = begin(state);
    struct testing *t = tree.t;
    put(&tree, "sshd_config", "Port 22\n");
    put(&tree, "good.json", OWN_RULE("is"));
    put(&tree, "bad.json", OWN_RULE("equals"));
    str good = arena_printf(t->a, "%s/good.json", tree.root), bad = arena_printf(t->a, "%s/bad.json", tree.root);
    check_str(faults_of(&tree, NULL, "own-port", &good, 1), "sshd_config:1 port 22\n");
    struct inspect_report report = {0};
    struct inspect_options o = {.rules = &bad, .n_rules = 1};
    assert_false(inspect_run(&t->ctx, t->a, str_of(tree.root), &o, &report, &t->e));
    assert_non_null(strstr(t->e.where, "bad.json#/rules/0/bad/equals"));
    remove_tree(&tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_sshd_includes),  TEST(test_include_loop),      TEST(test_systemd_drop_ins),
        TEST(test_nginx_includes), TEST(test_links_stay_inside), TEST(test_own_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
