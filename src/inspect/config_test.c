/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"

#include "base/embedded.h"
#include "inspect/config_rules.h"

/* ── readers ── */

/* "file", then each entry in its context: "  USER app :3". What is overridden is not shown. */
static str listing(struct testing *t, const struct config *c) {
    struct buf b = {0};
    for (uint32_t i = 0; i < c->contexts.n; i++) {
        buf_addf(&b, "%s<%u:", c->contexts.v[i].type, c->contexts.v[i].parent);
        for (uint32_t k = 0; k < c->entries.n; k++) {
            const struct config_entry *e = &c->entries.v[k];
            uint32_t at = config_own(c, i, e->key);
            while (at && at != k + 1)
                at = c->entries.v[at - 1].next;
            if (e->context == i && at)
                buf_addf(&b, " %u[%.*s|%.*s]", e->line, STR_ARG(e->key), STR_ARG(e->value));
        }
        buf_addc(&b, '\n');
    }
    str out = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static struct config read_text(struct testing *t, const char *kind, const char *path, const char *text) {
    struct config c;
    if (!config_read(&t->ctx, t->a, config_kind_find(str_of(kind)), str_of(path), str_of(text), NULL, &c, &t->e))
        fail_msg("%s: %s: %s", path, t->e.where, t->e.what);
    return c;
}

static void test_readers(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *kind, *text, *want;
    } rows[] = {
        {"kernel",
         "#\n# Linux/x86 6.1.0 Kernel Configuration\n#\nCONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=\"x "
         "y\"\nCONFIG_A=m\n",
         "file<0: 2[@arch|x86] 2[@version|6.1.0] 7[CONFIG_A|m] 5[CONFIG_B|n] 6[CONFIG_C|x y]\n"},
        /* The first one counts; times are seconds; old names; lists collect. */
        {"sshd",
         "PermitRootLogin no\npermitrootlogin yes\nLoginGraceTime 1m30s\nChallengeResponseAuthentication=no\nPort "
         "22\nPort 2222 # x\n",
         "file<0: 1[permitrootlogin|no] 3[logingracetime|90] 4[kbdinteractiveauthentication|no] 5[port|22] "
         "6[port|2222]\n"},
        {"sshd", "# a\n\nMatch User \"a b\"\n  X11Forwarding yes\nMatch all\n X11Forwarding no\n",
         "file<0:\nmatch<0: 3[match|User a b] 4[x11forwarding|yes]\nmatch<0: 5[match|all] 6[x11forwarding|no]\n"},
        {"sshd", "Ciphers -aes128-cbc\nMACs +x\nPermitRootLogin without-password\n",
         "file<0: 2[macs|+x] 3[permitrootlogin|prohibit-password]\n"},
        {"systemd",
         "[Unit]\nDescription=x\n[Service]\nUser=a\nUser=b\n; c\nExecStart=/bin/a \\\n# in between\n  "
         "b\nEnvironment=A=1\nEnvironment=B=2\nPrivateTmp=true\n",
         "file<0: 2[Unit.Description|x] 5[Service.User|b] 7[Service.ExecStart|/bin/a b] 10[Service.Environment|A=1] "
         "11[Service.Environment|B=2] 12[Service.PrivateTmp|yes]\n"},
        {"systemd", "[Service]\nType=simple\nUser=a\nUser=\nEnvironment=A=1\nEnvironment=\nEnvironment=B=2\n",
         "file<0: 2[Service.Type|simple] 7[Service.Environment|B=2]\n"},
        {"systemd", "[Service]\nType=simple\nPrivateTmp=1\nPrivateTmp=\nUMask=0\nUMask=0077\n",
         "file<0: 2[Service.Type|simple] 3[Service.PrivateTmp|1] 6[Service.UMask|0077]\n"},
        {"systemd",
         "[Service]\nType=simple\nCapabilityBoundingSet=CAP_KILL CAP_CHOWN\nCapabilityBoundingSet=~CAP_KILL\n",
         "file<0: 2[Service.Type|simple] 4[Service.CapabilityBoundingSet|CAP_CHOWN]\n"},
        {"systemd", "[Service]\nRestrictNamespaces=~user net\nRestrictAddressFamilies=none\n",
         "file<0: 2[Service.RestrictNamespaces|cgroup ipc mnt pid uts time] 3[Service.RestrictAddressFamilies|]\n"},
        {"dockerfile",
         "ARG V=12\nFROM debian:$V AS Build\nRUN a && b \\\n  | c; \\\n# no\n  d 'x;y'\nUSER root\nUSER app\nFROM "
         "build\nCOPY [\"a b\", \"c\"]\n",
         "file<0: 1[ARG|V=12]\nstage<0: 2[FROM|debian:12] 3[RUN|a] 3[RUN|b | c] 6[RUN|d 'x;y'] 8[USER|app]\n"
         "final<1: 10[COPY|a b c]\n"},
        {"dockerfile",
         "FROM scratch\nENV A=1 B=\"2 3\"\nENV C 4 5\nARG D\nONBUILD USER x\nRUN --mount=type=cache,target=/a "
         "[\"make\", \"b\"]\n",
         "file<0:\nfinal<0: 2[ENV|A=1] 2[ENV|B=2 3] 3[ENV|C=4 5] 4[ARG|D] 5[USER|x] "
         "6[RUN-OPTION|--mount=type=cache,target=/a] 6[RUN|make b]\n"},
        {"dockerfile", "# escape=`\nFROM x@sha256:0\nRUN a `\n b\nRUN <<EOF\nc\n# d\ne && f\nEOF\nCMD z\n",
         "file<0:\nfinal<0: 2[FROM|x@sha256:0] 3[RUN|a b] 5[RUN|<<EOF] 6[RUN|c] 8[RUN|e] 8[RUN|f] 10[CMD|z]\n"},
        {"nginx",
         "user w; # x\nhttp {\n  server_tokens off;\n  server { listen 80; listen [::]:80;\n    location ~ \"^/a{2}\" "
         "{ root ${x}/y; }\n  }\n}\n",
         "file<0: 1[user|w]\nhttp<0: 3[server_tokens|off]\nserver<1: 4[listen|80] 4[listen|[::]:80]\n"
         "location<2: 5[location|~ ^/a{2}] 5[root|${x}/y]\n"},
        {"nginx", "map $a $b { default 1; x { } }\nserver { content_by_lua_block { if x then end } listen 'a b' c; }\n",
         "file<0:\nserver<0: 2[listen|a b c]\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct config c = read_text(t, rows[i].kind, "x.service", rows[i].text);
        str got = listing(t, &c);
        if (!str_is(got, rows[i].want))
            fail_msg("row %zu:\n%.*swant\n%s", i, STR_ARG(got), rows[i].want);
    }
}

static void test_not_ours(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *kind, *path, *text;
    } rows[] = {
        {"kernel", "config-3.11", "prefix=/usr\n"}, {"systemd", "a.service.d/x.conf", "[Service]\nUser=a\n"},
        {"systemd", "a.service", "[Service]\n"},    {"sshd", "etc/ssh/sshd_config.d/x.conf", "PermitRootLogin yes\n"},
        {"dockerfile", "Dockerfile", "hello\n"},    {"nginx", "conf.d/x.conf", "a b;\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(read_text(t, rows[i].kind, rows[i].path, rows[i].text).not_mine);
}

static void test_malformed(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"server {\n listen 80;\n", "n:1"},
        {"server { }\n}\n", "n:2"},
        {"a \"b\n\n", "n:1"},
        {"\nlisten 80", "n:2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct config c;
        t->e = (struct err){0};
        assert_false(
            config_read(&t->ctx, t->a, config_kind_find(S("nginx")), S("n"), str_of(rows[i].text), NULL, &c, &t->e));
        assert_string_equal(t->e.where, rows[i].where);
    }
}

/* ── rules ── */

static struct config_rules builtin(struct testing *t, const char *kind) {
    struct config_rules r;
    if (!config_rules_builtin(&t->ctx, t->a, config_kind_find(str_of(kind)), &r, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return r;
}

/* Every rule there is has an example it reports and one it does not, and both come out so. */
static void test_every_rule(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *kind;
        uint32_t least;
    } rows[] = {{"kernel", 60}, {"sshd", 25}, {"systemd", 20}, {"dockerfile", 15}, {"nginx", 15}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct config_rules r = builtin(t, rows[i].kind);
        assert_true(r.rules.n >= rows[i].least);
        for (uint32_t k = 0; k < r.rules.n; k++) {
            const struct config_rule *rule = &r.rules.v[k];
            uint32_t good = 0, bad = 0;
            for (uint32_t x = 0; x < rule->examples.n; x++)
                rule->examples.v[x].bad ? bad++ : good++;
            if (!good || !bad || !rule->references.n || strncmp(rule->spec.practice, "S(1)-", 5) != 0)
                fail_msg("%s/%s: good %u, bad %u, practice %s", rows[i].kind, rule->spec.id, good, bad,
                         rule->spec.practice);
        }
        if (!config_rules_prove(&t->ctx, t->a, &r, str_of(rows[i].kind), &t->e))
            fail_msg("%s: %s %s", t->e.where, t->e.what, t->e.hint);
    }
}

static void test_both_languages(void **state) {
    struct testing *t = *state;
    for (const struct embedded_file *f = embedded_inspect_rules; f->name; f++) {
        struct json doc;
        assert_true(json_parse(&t->ctx, t->a, str_n(f->bytes, f->size), JSON_STRICT, str_of(f->name), &doc, &t->e));
        for (struct jiter it = j_iter(j_get(doc.root, "rules")); j_next(&it);) {
            static const char *const texts[] = {"reason", "title", "fix"};
            for (size_t i = 0; i < 3; i++) {
                struct jv v = j_get(it.val, texts[i]);
                if ((j_ok(v) || i == 0) && (!j_gets(v, "en").n || !j_gets(v, "ja").n))
                    fail_msg("%s: %.*s", f->name, STR_ARG(json_pointer(&doc, v, t->a)));
            }
        }
    }
}

/* What is reported of a file by one of the built-in rules: "line found; …". */
static void test_places(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *kind, *rule, *text, *want;
    } rows[] = {
        {"sshd", "root-login-password", "Port 1\nPermitRootLogin yes\nMatch User a\nPermitRootLogin yes\n",
         "2 permitrootlogin yes; 4 permitrootlogin yes; "},
        {"sshd", "password-authentication", "Port 1\n", "0 passwordauthentication is not set, so it is yes; "},
        {"sshd", "password-authentication", "PasswordAuthentication no\nMatch User a\nX11Forwarding no\n", ""},
        {"dockerfile", "chmod-777", "FROM a:1\nRUN chmod 777 a && \\\n x && \\\n chmod 666 b\n",
         "2 RUN chmod 777 a; 4 RUN chmod 666 b; "},
        {"dockerfile", "user-root", "FROM a:1\n", "1 USER is not set; "},
        {"nginx", "old-protocols",
         "http {\n ssl_protocols TLSv1;\n server { listen 1; }\n server { ssl_protocols SSLv3; } }\n",
         "2 ssl_protocols TLSv1; 4 ssl_protocols SSLv3; "},
        {"systemd", "cap-sys-module", "[Service]\nExecStart=/a\n",
         "0 Service.CapabilityBoundingSet is not set, so it is CAP_AUDIT_CONTROL CAP_BPF CAP_DAC_OVERRIDE "
         "CAP_NET_ADMIN "
         "CAP_SETUID CAP_SYS_ADMIN CAP_SYS_MODULE CAP_SYS_PTRACE CAP_SYS_RAWIO; "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct config_rules r = builtin(t, rows[i].kind);
        struct config c = read_text(t, rows[i].kind, "x.service", rows[i].text);
        struct config_faults faults = {0};
        struct buf b = {0};
        for (uint32_t k = 0; k < r.rules.n; k++)
            if (strcmp(r.rules.v[k].spec.id, rows[i].rule) == 0)
                (void)config_judge(&c, &r.rules.v[k], t->a, &faults);
        for (uint32_t k = 0; k < faults.n; k++)
            buf_addf(&b, "%u %.*s; ", faults.v[k].line, STR_ARG(faults.v[k].found));
        check_str(buf_str(&b), rows[i].want);
        buf_free(&b);
    }
}

#define RULE(members)                                                                                                  \
    "{\"schema\":\"akashi-inspect-rules/1\",\"kind\":\"kernel\",\"rules\":[{\"id\":\"a\",\"severity\":\"low\","        \
    "\"level\":\"minimum\",\"reason\":{\"en\":\"r\"},\"fix\":{\"en\":\"f\"}," members "}]}"

static void test_rules_errors(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {RULE("\"bad\":{\"key\":\"A\",\"is\":\"y\"}"), NULL},
        {RULE("\"bad\":{\"all\":[{\"key\":\"A\",\"is\":\"y\"},{\"not\":{\"key\":\"B\",\"absent\":true}}]}"), NULL},
        {"{\"rules\":[]}", "r#"},
        {"{\"schema\":\"akashi-inspect-rules/1\",\"kind\":\"x\",\"rules\":[]}", "r#/kind"},
        {"{\"schema\":\"akashi-inspect-rules/1\",\"kind\":\"kernel\",\"rules\":[]}", "r#"},
        {"{\"schema\":\"akashi-inspect-rules/1\",\"kind\":\"kernel\",\"rules\":[1]}", "r#/rules/0"},
        {"{\n\"schema\":", "r:2:10"},
        {RULE("\"bad\":1"), "r#/rules/0/bad"},
        {RULE("\"bad\":{}"), "r#/rules/0/bad"},
        {RULE("\"bad\":{\"key\":\"A\"}"), "r#/rules/0/bad"},
        {RULE("\"bad\":{\"key\":\"A\",\"isnt\":\"y\"}"), "r#/rules/0/bad/isnt"},
        {RULE("\"bad\":{\"key\":\"A\",\"is\":1}"), "r#/rules/0/bad/is"},
        {RULE("\"bad\":{\"key\":\"A\",\"is\":\"y\",\"begins\":\"z\"}"), "r#/rules/0/bad/begins"},
        {RULE("\"bad\":{\"key\":\"A\",\"matches\":\"(\"}"), "r#/rules/0/bad/matches"},
        {RULE("\"bad\":{\"key\":\"A\",\"is\":\"y\",\"where\":\"x\"}"), "r#/rules/0/bad/where"},
        {RULE("\"bad\":{\"any\":[]}"), "r#/rules/0/bad/any"},
        {RULE("\"bad\":{\"any\":[{\"key\":\"A\",\"present\":true}],\"key\":\"A\"}"), "r#/rules/0/bad"},
        {RULE("\"bad\":{\"key\":\"A\",\"is\":\"y\"},\"scope\":\"server\""), "r#/rules/0/scope"},
        {RULE("\"bad\":{\"key\":\"A\",\"is\":\"y\"},\"colour\":1"), "r#/rules/0/colour"},
        {RULE("\"bad\":{\"key\":\"A\",\"is\":\"y\"},\"examples\":{\"worse\":\"\"}"), "r#/rules/0/examples/worse"},
        {RULE("\"bad\":{\"key\":\"A\",\"is\":\"y\"},\"examples\":{\"bad\":\"A=y\"}"), "r"},
        {RULE("\"bad\":{\"key\":\"CONFIG_A\",\"is\":\"y\"},\"examples\":{\"good\":\"CONFIG_A=y\"}"), "r"},
        {RULE("\"bad\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"key\":\"A\",\"is\":"
              "\"y\"}}}}}}}}}"),
         "r#/rules/0/bad/not/not/not/not/not/not/not/not"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct config_rules r = {0};
        bool other;
        t->e = (struct err){0};
        bool ok = config_rules_read(&t->ctx, t->a, str_of(rows[i].text), S("r"), &r, &other, &t->e) &&
                  config_rules_prove(&t->ctx, t->a, &r, S("r"), &t->e);
        if (ok != !rows[i].where || (!ok && strcmp(t->e.where, rows[i].where) != 0))
            fail_msg("row %zu: %s: %s", i, t->e.where, t->e.what);
    }
}

static void test_operators(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *condition;
        bool bad;
    } rows[] = {
        {"\"is\":\"a,b c\"", true},       {"\"is\":\"a\"", false},
        {"\"is-not\":\"a\"", true},       {"\"contains\":\"b\"", true},
        {"\"contains\":\"d\"", false},    {"\"contains-not\":\"d\"", true},
        {"\"begins\":\"a,\"", true},      {"\"begins-not\":\"b\"", true},
        {"\"matches\":\"^a.*c$\"", true}, {"\"matches\":[\"x\",\"b\"]", true},
        {"\"matches-not\":\"B\"", true},  {"\"matches\":\"B\",\"any-case\":true", true},
        {"\"present\":true", true},       {"\"absent\":true", false},
        {"\"less-than\":\"5\"", false},
    };
    static const struct {
        const char *value, *than;
        int order;
    } numbers[] = {
        {"5.4.0", "5.10", -1}, {"5.10", "5.10.0", 0}, {"7", "6.9", 1}, {"010", "10", 0}, {"65536", "32768", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows + 2 * sizeof numbers / sizeof *numbers; i++) {
        size_t k = i - sizeof rows / sizeof *rows;
        bool other, less = k % 2 == 0, is_row = i < sizeof rows / sizeof *rows;
        struct config_rules r = {0};
        struct config_faults faults = {0};
        const char *value = is_row ? "a,b c" : numbers[k / 2].value;
        str condition = is_row ? str_of(rows[i].condition)
                               : arena_printf(t->a, "\"%s\":\"%s\"", less ? "less-than" : "more-than",
                                              numbers[k / 2].than);
        str text = arena_printf(t->a, RULE("\"bad\":{\"key\":\"CONFIG_A\",%.*s}"), STR_ARG(condition));
        assert_true(config_rules_read(&t->ctx, t->a, text, S("r"), &r, &other, &t->e));
        struct config c = read_text(t, "kernel", "c", arena_cstr(t->a, arena_printf(t->a, "CONFIG_A=\"%s\"\n", value)));
        bool want = is_row ? rows[i].bad : numbers[k / 2].order == (less ? -1 : 1);
        if ((config_judge(&c, &r.rules.v[0], t->a, &faults) == CHECK_BAD) != want)
            fail_msg("%.*s", STR_ARG(text));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_readers),        TEST(test_not_ours), TEST(test_malformed),    TEST(test_every_rule),
        TEST(test_both_languages), TEST(test_places),   TEST(test_rules_errors), TEST(test_operators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
