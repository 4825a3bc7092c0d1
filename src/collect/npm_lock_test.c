/* SPDX-License-Identifier: Apache-2.0
 *
 * The lock files of JavaScript's package managers and installed packages: each yields exactly what is listed.
 */
#include "collect/listing.h"

static void npm_v3(void **state) {
    YIELDS("pkg:npm/app@1.0.0 project :2 ISC\n"
           "pkg:npm/a@1.0.0 direct needed :6 MIT #1\n"
           "pkg:npm/b@2.0.0 transitive needed :8\n"
           "pkg:npm/b@1.0.0 direct dev :9\n"
           "pkg:npm/real@3.0.0 direct optional :10 alias=c\n"
           "pkg:npm/w@0.1.0 project :11\n"
           "pkg:npm/app@1.0.0 > pkg:npm/a@1.0.0\n"
           "pkg:npm/app@1.0.0 > pkg:npm/w@0.1.0\n"
           "pkg:npm/app@1.0.0 > pkg:npm/real@3.0.0\n"
           "pkg:npm/app@1.0.0 > pkg:npm/b@1.0.0\n"
           "pkg:npm/a@1.0.0 > pkg:npm/b@2.0.0\n"
           "pkg:npm/w@0.1.0 > pkg:npm/a@1.0.0\n",
           "package-lock.json",
           "{\"name\": \"app\", \"lockfileVersion\": 3, \"packages\": {\n"
           " \"\": {\"name\": \"app\", \"version\": \"1.0.0\", \"license\": \"ISC\",\n"
           "  \"dependencies\": {\"a\": \"^1\", \"w\": \"*\", \"gone\": \"1\"}, \"optionalDependencies\": {\"c\": "
           "\"npm:real@3\"},\n"
           "  \"devDependencies\": {\"b\": \"1\"}},\n"
           "\n"
           " \"node_modules/a\": {\"version\": \"1.0.0\", \"license\": \"MIT\", \"dependencies\": {\"b\": \"2\"},\n"
           "  \"integrity\": \"sha1-qUqP5cyxm6YcTAhz05Hph5gvu9M=\"},\n"
           " \"node_modules/a/node_modules/b\": {\"version\": \"2.0.0\"},\n"
           " \"node_modules/b\": {\"version\": \"1.0.0\", \"dev\": true},\n"
           " \"node_modules/c\": {\"name\": \"real\", \"version\": \"3.0.0\", \"optional\": true},\n"
           " \"apps/w\": {\"version\": \"0.1.0\", \"dependencies\": {\"a\": \"1\"}},\n"
           " \"node_modules/w\": {\"resolved\": \"apps/w\", \"link\": true}\n"
           "}}");
}

static void npm_v1(void **state) {
    YIELDS("pkg:npm/app@1.0.0 project\n"
           "pkg:npm/%40s/real@1.0.0 direct needed :4 alias=a\n"
           "pkg:npm/b@2.0.0 transitive needed :5\n"
           "pkg:npm/b?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fo%2Fb.git%400a direct dev :7\n"
           "pkg:npm/l transitive needed :8 path=../l\n"
           "? node_modules/x\n"
           "pkg:npm/%40s/real@1.0.0 > pkg:npm/b@2.0.0\n"
           "pkg:npm/app@1.0.0 > pkg:npm/%40s/real@1.0.0\n"
           "pkg:npm/app@1.0.0 > pkg:npm/b?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fo%2Fb.git%400a\n"
           "pkg:npm/app@1.0.0 > pkg:npm/l\n",
           "npm-shrinkwrap.json",
           "{\"name\": \"app\", \"version\": \"1.0.0\", \"lockfileVersion\": 1,\n"
           " \"dependencies\": {\n"
           "\n"
           " \"a\": {\"version\": \"npm:@s/real@1.0.0\", \"requires\": {\"b\": \"2\"}, \"dependencies\": {\n"
           "   \"b\": {\"version\": \"2.0.0\"}\n"
           " }},\n"
           " \"b\": {\"version\": \"git+https://t0ken@h.example/o/b.git#0a\", \"dev\": true},\n"
           " \"l\": {\"version\": \"file:../l\"},\n"
           " \"node_modules/x\": {\"version\": \"1.0.0\"}\n"
           "}}",
           "package.json",
           "{\"name\": \"app\", \"version\": \"1.0.0\", \"dependencies\": {\"a\": \"*\"},"
           " \"devDependencies\": {\"b\": \"*\"}}");
}

static void yarn_1(void **state) {
    YIELDS(
        "pkg:npm/app@1.0.0 project :1\n"
        "pkg:npm/a@1.0.1 direct needed :2 #1\n"
        "pkg:npm/%40s/real@2.0.0 transitive optional :8 alias=b\n"
        "pkg:npm/d@3.0.0?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fd.git%400123456789012345678901234567890123456789 "
        "direct dev :12\n"
        "? e@unheard:1\n"
        "pkg:npm/a@1.0.1 > pkg:npm/%40s/real@2.0.0\n"
        "pkg:npm/app@1.0.0 > pkg:npm/a@1.0.1\n"
        "pkg:npm/app@1.0.0 > "
        "pkg:npm/d@3.0.0?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fd.git%400123456789012345678901234567890123456789\n",
        "yarn.lock",
        "# yarn lockfile v1\n"
        "a@^1.0.0, a@~1.0.1:\n"
        "  version \"1.0.1\"\n"
        "  resolved \"https://r.example/a/-/a-1.0.1.tgz#a94a8fe5ccb19ba61c4c0873d391e987982fbbd3\"\n"
        "  optionalDependencies:\n"
        "    b \"npm:@s/real@^2\"\n"
        "\n"
        "\"b@npm:@s/real@^2\":\n"
        "  \"version\" \"2.0.0\"\n"
        "  resolved \"https://r.example/@s/real/-/real-2.0.0.tgz\"\n"
        "\n"
        "d@o/d:\n"
        "  version \"3.0.0\"\n"
        "  resolved \"https://codeload.github.com/o/d/tar.gz/0123456789012345678901234567890123456789\"\n"
        "\n"
        "e@unheard:1:\n"
        "  version \"1.0.0\"\n",
        "package.json",
        "{\"name\": \"app\", \"version\": \"1.0.0\",\n"
        "\"dependencies\": {\"a\": \"^1.0.0\"}, \"devDependencies\": {\"d\": \"o/d\"}}");
}

static void yarn_berry(void **state) {
    YIELDS("pkg:npm/app@1.2.3 project :1\n"
           "pkg:npm/a@1.0.0 direct needed :4\n"
           "pkg:npm/b@1.0.0 transitive optional :13\n"
           "pkg:npm/w project :23\n"
           "pkg:npm/a@1.0.0 > pkg:npm/b@1.0.0\n"
           "pkg:npm/app@1.2.3 > pkg:npm/a@1.0.0\n"
           "pkg:npm/w > pkg:npm/a@1.0.0\n"
           "pkg:npm/app@1.2.3 > pkg:npm/w\n",
           "yarn.lock",
           "__metadata:\n"
           "  version: 8\n"
           "\n"
           "\"a@npm:^1.0.0, a@patch:a@npm%3A^1.0.0#x\":\n"
           "  version: 1.0.0\n"
           "  resolution: \"a@npm:1.0.0\"\n"
           "  dependencies:\n"
           "    b: \"npm:^1.0.0\"\n"
           "  dependenciesMeta:\n"
           "    b:\n"
           "      optional: true\n"
           "\n"
           "? \"b@npm:^1.0.0, b@npm:^1.0.1\"\n"
           ":\n"
           "  version: 1.0.0\n"
           "  resolution: \"b@npm:1.0.0\"\n"
           "\n"
           "\"app@workspace:.\":\n"
           "  version: 0.0.0-use.local\n"
           "  resolution: \"app@workspace:.\"\n"
           "  dependencies:\n"
           "    a: \"npm:^1.0.0\"\n"
           "\"w@workspace:w\":\n"
           "  version: 0.0.0-use.local\n"
           "  resolution: \"w@workspace:w\"\n"
           "  dependencies:\n"
           "    a: \"npm:^1.0.0\"\n",
           "package.json", "{\"name\": \"app\", \"version\": \"1.2.3\", \"dependencies\": {\"a\": \"^1.0.0\"}}");
}

static void pnpm_9(void **state) {
    YIELDS("pkg:npm/app@1.0.0 project :1\n"
           "pkg:npm/a@1.0.0 direct needed :16 #1\n"
           "pkg:npm/b@1.0.0 transitive optional :18\n"
           "pkg:npm/%40s/c@2.0.0 direct dev :20\n"
           "pkg:npm/d@4.0.0?download_url=https:%2F%2Fh.example%2Fd.tgz direct dev :21\n"
           "pkg:npm/e@5.0.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fo%2Fe.git%400a transitive needed :24\n"
           "pkg:npm/app@1.0.0 > pkg:npm/a@1.0.0\n"
           "pkg:npm/a@1.0.0 > pkg:npm/e@5.0.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fo%2Fe.git%400a\n"
           "pkg:npm/a@1.0.0 > pkg:npm/b@1.0.0\n"
           "pkg:npm/app@1.0.0 > pkg:npm/%40s/c@2.0.0\n"
           "pkg:npm/app@1.0.0 > pkg:npm/d@4.0.0?download_url=https:%2F%2Fh.example%2Fd.tgz\n",
           "pnpm-lock.yaml",
           "lockfileVersion: '9.0'\n"
           "importers:\n"
           "  .:\n"
           "    dependencies:\n"
           "      a:\n"
           "        specifier: ^1\n"
           "        version: 1.0.0(b@1.0.0)\n"
           "  apps/w:\n"
           "    devDependencies:\n"
           "      d: {specifier: x, version: https://h.example/d.tgz}\n"
           "      alias: {specifier: x, version: '@s/c@2.0.0'}\n"
           "    dependencies:\n"
           "      app: {specifier: 'workspace:*', version: 'link:../..'}\n"
           "packages:\n"
           "\n"
           "  a@1.0.0:\n"
           "    resolution: {integrity: sha1-qUqP5cyxm6YcTAhz05Hph5gvu9M=}\n"
           "  b@1.0.0:\n"
           "    resolution: {}\n"
           "  '@s/c@2.0.0': {}\n"
           "  d@https://h.example/d.tgz:\n"
           "    resolution: {tarball: https://h.example/d.tgz}\n"
           "    version: 4.0.0\n"
           "  e@https://h.example/o/e.git#0a:\n"
           "    resolution: {commit: 0a, repo: https://h.example/o/e.git, type: git}\n"
           "    version: 5.0.0\n"
           "snapshots:\n"
           "  a@1.0.0(b@1.0.0):\n"
           "    dependencies:\n"
           "      e: https://h.example/o/e.git#0a\n"
           "    optionalDependencies:\n"
           "      b: 1.0.0\n",
           "package.json", "{\"name\": \"app\", \"version\": \"1.0.0\"}");
}

static void pnpm_5_and_6(void **state) {
    YIELDS("pkg:npm/%40s/a@1.0.0 direct needed :6\n"
           "pkg:npm/b@2.0.0 direct dev :9\n"
           "pkg:npm/c@3.0.0 transitive optional :11\n"
           "pkg:npm/d@4.0.0 transitive needed :13\n"
           "pkg:npm/f@0.1.0 direct needed :14 path=f\n"
           "? h.example/x/y\n"
           "pkg:npm/%40s/a@1.0.0 > pkg:npm/b@2.0.0\n",
           "pnpm-lock.yaml",
           "lockfileVersion: 5.4\n"
           "dependencies: {'@s/a': 1.0.0_b@2.0.0, f: file:f}\n"
           "devDependencies:\n"
           "  alias: /b/2.0.0\n"
           "packages:\n"
           "  /@s/a/1.0.0_b@2.0.0:\n"
           "    dependencies: {b: 2.0.0}\n"
           "    dev: false\n"
           "  /b/2.0.0:\n"
           "    dev: true\n"
           "  h.example/c/3.0.0:\n"
           "    {dev: false, optional: true}\n"
           "  /d@4.0.0(b@2.0.0): {dev: false}\n"
           "  file:f:\n"
           "    resolution: {directory: f, type: directory}\n"
           "    name: f\n"
           "    version: 0.1.0\n"
           "    dev: false\n"
           "  h.example/x/y: {dev: false}\n");
    check_refused(state, "pnpm-lock.yaml", "packages:\n  /a/1.0.0: {}\n  nothing: {}\n", "pnpm-lock.yaml:3");
}

static void bun(void **state) {
    YIELDS(
        "pkg:npm/app project :3\n"
        "pkg:npm/w@0.1.0 project :4\n"
        "pkg:npm/a@1.0.0 direct needed :6 #1\n"
        "pkg:npm/b@2.0.0 transitive needed :7\n"
        "pkg:npm/b@1.0.0 direct dev :8\n"
        "pkg:npm/real?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fr.git%400a direct optional :9 alias=g\n"
        "pkg:npm/app > pkg:npm/a@1.0.0\n"
        "pkg:npm/app > pkg:npm/real?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fr.git%400a\n"
        "pkg:npm/w@0.1.0 > pkg:npm/b@1.0.0\n"
        "pkg:npm/a@1.0.0 > pkg:npm/b@2.0.0\n"
        "pkg:npm/app > pkg:npm/w@0.1.0\n",
        "bun.lock",
        "{ // JSON with comments\n"
        "\"lockfileVersion\": 1, \"workspaces\": {\n"
        "  \"\": {\"name\": \"app\", \"dependencies\": {\"a\": \"1\"}, \"optionalDependencies\": {\"g\": \"o/r\"},},\n"
        "  \"w\": {\"name\": \"w\", \"version\": \"0.1.0\", \"devDependencies\": {\"b\": \"1\"}}},\n"
        "\"packages\": {\n"
        "  \"a\": [\"a@1.0.0\", \"\", {\"dependencies\": {\"b\": \"2\"}}, \"sha1-qUqP5cyxm6YcTAhz05Hph5gvu9M=\"],\n"
        "  \"a/b\": [\"b@2.0.0\", \"\", {}, \"\"],\n"
        "  \"b\": [\"b@1.0.0\", \"\", {}, \"\"],\n"
        "  \"g\": [\"real@github:o/r#0a\", {}, \"o-r-0a\"],\n"
        "  \"w\": [\"w@workspace:w\"],\n"
        "}}");
    check_refused(state, "bun.lock", "{\"packages\": {\"a\": [1]}}", "bun.lock#/packages/a");
    check_refused(state, "bun.lock", "{\"lockfileVersion\": \"x\"}", "bun.lock#/lockfileVersion");
}

static void deno(void **state) {
    YIELDS("pkg:npm/a@1.0.0 direct :4 #1\n"
           "pkg:npm/%40s/b@2.0.0 transitive :5\n"
           "pkg:generic/%40std/path@1.0.8 direct :8 #1\n"
           "pkg:generic/mod@0.5.0?download_url=https:%2F%2Fh.example%2Fx%2Fmod%400.5.0 :10\n"
           "? https://h.example/plain.ts\n"
           "pkg:npm/a@1.0.0 > pkg:npm/%40s/b@2.0.0\n",
           "deno.lock",
           "{\"version\": \"4\",\n"
           "\"specifiers\": {\"npm:a@^1\": \"1.0.0\", \"jsr:@std/path@^1\": \"1.0.8\"},\n"
           "\"npm\": {\n"
           " \"a@1.0.0_c@3\": {\"integrity\": \"sha1-qUqP5cyxm6YcTAhz05Hph5gvu9M=\", \"dependencies\": [\"@s/b\"]},\n"
           " \"@s/b@2.0.0\": {}},\n"
           "\"jsr\": {\n"
           "\n"
           " \"@std/path@1.0.8\": {\"integrity\": \"a94a8fe5ccb19ba61c4c0873d391e987982fbbd3\"}},\n"
           "\"remote\": {\n"
           " \"https://h.example/x/mod@0.5.0/a.ts\": \"00\", \"https://h.example/x/mod@0.5.0/b.ts\": \"00\",\n"
           " \"https://h.example/plain.ts\": \"00\"}}");
    YIELDS("pkg:npm/a@1.0.0 direct :3\n"
           "pkg:npm/b@2.0.0 transitive :3\n"
           "pkg:npm/a@1.0.0 > pkg:npm/b@2.0.0\n",
           "deno.lock",
           "{\"version\": \"3\", \"packages\": {\n"
           "\"specifiers\": {\"npm:a@^1\": \"npm:a@1.0.0\"}, \"npm\": {\n"
           "\"a@1.0.0\": {\"dependencies\": {\"b\": \"b@2.0.0\"}}, \"b@2.0.0\": {}}}}");
    YIELDS(
        "pkg:npm/a@1.0.0 direct :2\n", "deno.lock",
        "{\"version\": \"2\", \"npm\": {\"specifiers\": {\"a@1\": \"a@1.0.0\"}, \"packages\": {\n\"a@1.0.0\": {}}}}");
}

static void installed(void **state) {
    YIELDS("pkg:npm/app@1.0.0 project :1\n"
           "pkg:npm/b@2.0.0 :1 ISC\n"
           "pkg:npm/%40s/a@1.0.0 :1 MIT\n"
           "pkg:npm/app@1.0.0 > pkg:npm/b@2.0.0\n"
           "pkg:npm/app@1.0.0 > pkg:npm/%40s/a@1.0.0\n",
           "package.json", "{\"name\": \"app\", \"version\": \"1.0.0\", \"dependencies\": {\"x\": \"1\"}}",
           "node_modules/@s/a/package.json", "{\"name\": \"@s/a\", \"version\": \"1.0.0\", \"license\": \"MIT\"}",
           "node_modules/@s/a/node_modules/b/package.json",
           "{\"name\": \"b\", \"version\": \"2.0.0\", \"license\": {\"type\": \"ISC\"}}",
           /* not packages: what a package keeps inside, and what has no name or version */
           "node_modules/@s/a/esm/package.json", "{\"type\": \"module\"}", "node_modules/c/package.json",
           "{\"name\": \"c\"}");
    check_refused(state, "package.json", "{", "package.json:1:2");
}

static void broken(void **state) {
    check_refused(state, "package-lock.json", "null", "package-lock.json");
    check_refused(state, "package-lock.json", "{\"packages\": {", "package-lock.json:1:15");
    check_refused(state, "package-lock.json", "{\"a\": 1, \"a\": 2}", "package-lock.json#/a");
    check_refused(state, "yarn.lock", "a@1:\n  version \"1\n", "yarn.lock:2");
    check_refused(state, "yarn.lock", "<<<<<<< HEAD\n", "yarn.lock:1");
    check_refused(state, "pnpm-lock.yaml", "just text\n", "pnpm-lock.yaml:1");
    check_refused(state, "bun.lock", "[]", "bun.lock#");
    check_refused(state, "deno.lock", "1", "deno.lock");
}

int main(void) {
    const struct CMUnitTest all[] = {TEST(npm_v3),       TEST(npm_v1), TEST(yarn_1), TEST(yarn_berry), TEST(pnpm_9),
                                     TEST(pnpm_5_and_6), TEST(bun),    TEST(deno),   TEST(installed),  TEST(broken)};
    return cmocka_run_group_tests(all, NULL, NULL);
}
