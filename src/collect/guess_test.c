/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "collect/guess.h"

static void by_content(void **state) {
    (void)state;
    static const struct {
        const char *text, *name;
    } rows[] = {
        {"requests==2.30.0\n# more\n-r other.txt\nurllib3>=1.26 ; python_version < '3.9'\n", "requirements.txt"},
        {"flask==1.0 \\\n    --hash=sha256:00\nName @ https://example.com/x.whl\n", "requirements.txt"},
        {"This is a sentence, not a list.\n", NULL},
        {"# only a comment\n", NULL},
        {"", NULL},
        {"{\"name\":\"x\",\"lockfileVersion\":3,\"packages\":{}}", "package-lock.json"},
        {"{\"runtimeTarget\":{},\"libraries\":{}}", "app.deps.json"},
        {"# yarn lockfile v1\n\n", "yarn.lock"},
        {"module example.com/x\n\ngo 1.21\n", "go.mod"},
        {"say module \ngo \n", NULL},
        {"[[package]]\nname = \"a\"\nversion = \"1\"\n", "Cargo.lock"},
        {"[[package]]\nname = \"a\"\npython-versions = \"*\"\n", "poetry.lock"},
        {"Package: a\nStatus: install ok installed\nVersion: 1\n", "var/lib/dpkg/status"},
        {"<project xmlns=\"x\"><modelVersion>4.0.0</modelVersion></project>", "pom.xml"},
        {"{\"SPDXID\":\"SPDXRef-DOCUMENT\",\"lockfileVersion\":1}", NULL},
        {"\xff\xfe\x00", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = guess_name(str_of(rows[i].text));
        if ((got == NULL) != (rows[i].name == NULL) || (got && strcmp(got, rows[i].name) != 0))
            fail_msg("row %zu: got %s, want %s", i, got ? got : "nothing", rows[i].name ? rows[i].name : "nothing");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_content)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
