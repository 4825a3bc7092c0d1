/* SPDX-License-Identifier: Apache-2.0
 *
 * go.mod, go.sum, go.work.
 */
#include "collect/case_testing.h"

static const struct detector_case cases[] = {
    {.name = "a module",
     .files = {{"go.mod",
                "module example.com/Me\n\ngo 1.22.0\ntoolchain go1.22.5-x\n\nrequire (\n\tgithub.com/A/b v1.2.3\n"
                "\t\"gopkg.in/y.v3\" v3.0.1 // indirect\n)\nretract v0.1.0 // oops\ntool example.com/t\n"},
               {"go.sum", "github.com/A/b v1.2.3 h1:abc=\ngithub.com/A/b v1.2.3/go.mod h1:def=\n"
                          "other.example/x v1.0.0 h1:q=\n"}},
     .want = {"pkg:golang/example.com/Me project", "pkg:golang/github.com/A/b@v1.2.3 direct line=7 go:sum=h1:abc=",
              "pkg:golang/gopkg.in/y.v3@v3.0.1 transitive", "pkg:golang/stdlib@v1.22.5 direct line=4"},
     .edges = {"pkg:golang/example.com/Me > pkg:golang/github.com/A/b@v1.2.3",
               "pkg:golang/example.com/Me > pkg:golang/stdlib@v1.22.5"}},
    {.name = "replace and exclude",
     .files = {{"go.mod", "module m\nrequire (\n a.example/one v1.0.0\n a.example/two v1.0.0\n a.example/three v1.0.0\n"
                          " a.example/four v1.0.0\n)\nreplace a.example/one => b.example/one v1.0.1\n"
                          "replace a.example/one v1.0.0 => c.example/one v1.0.2\n"
                          "replace a.example/two => ../two\nreplace a.example/three v9.0.0 => c.example/x v1.0.0\n"
                          "exclude a.example/four v1.0.0\n"}},
     .want = {"pkg:golang/m project", "pkg:golang/c.example/one@v1.0.2 replaces=a.example/one",
              "pkg:golang/a.example/two path=../two", "pkg:golang/a.example/three@v1.0.0",
              "pkg:golang/a.example/four excluded=v1.0.0"}},
    {.name = "before 1.17 go.sum tells the rest",
     .files = {{"go.mod", "module m\ngo 1.16\nrequire a.example/one v1.0.0\n"},
               {"go.sum", "a.example/one v1.0.0 h1:x=\nb.example/two v1.2.0 h1:y=\nb.example/two v1.10.0 h1:z=\n"
                          "c.example/three v1.0.0/go.mod h1:w=\n"}},
     .want = {"pkg:golang/m project", "pkg:golang/a.example/one@v1.0.0 direct",
              "pkg:golang/b.example/two@v1.10.0 transitive line=3", "pkg:golang/stdlib@v1.16"}},
    {.name = "go.sum alone",
     .files = {{"go.sum", "a.example/one v1.0.0 h1:x=\n\na.example/one v1.1.0/go.mod h1:y=\n"}},
     .want = {"pkg:golang/a.example/one@v1.1.0"}},
    {.name = "go.work", .files = {{"go.work", "go 1.23\nuse ./a\n"}}, .want = {"pkg:golang/stdlib@v1.23"}},
    {.name = "no go.mod", .files = {{"go.mod", "this is not a go.mod file!\n"}}, .warning = "go.mod:1"},
    {.name = "cut short", .files = {{"go.mod", "module m\nrequire a.example/x\n"}}, .warning = "go.mod:2"},
    {.name = "a directive of tomorrow",
     .files = {{"go.mod", "module m\nfuture x\n"}},
     .want = {"pkg:golang/m project"},
     .warning = "go.mod:2"},
    {.name = "a broken go.sum", .files = {{"go.sum", "a b\n"}}, .warning = "go.sum:1"},
};

static void go_files(void **state) {
    (void)state;
    RUN_CASES(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(go_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
