/* SPDX-License-Identifier: Apache-2.0
 *
 * What builds download and run: Conan, vcpkg, CMake, Meson, git, Bazel, Nix, Terraform, Helm, images, GitHub Actions.
 */
#include "collect/case_testing.h"

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define COMMIT "0123456789abcdef0123456789abcdef01234567"

static const struct detector_case cpp[] = {
    {.name = "conan.lock of Conan 1",
     .files =
         {{"conan.lock",
           "{\"graph_lock\":{\"nodes\":{\"0\":{\"ref\":\"test/1.0\",\"path\":\"conanfile.py\",\"requires\":[\"1\"],"
           "\"build_requires\":[\"3\"]},\"1\":{\"ref\":\"a/1.0@u/c#rev\",\"requires\":[\"2\"]},\"2\":{\"ref\":\"b/"
           "2.0\"},"
           "\"3\":{\"ref\":\"ninja/1.11\"}}},\"version\":\"0.4\"}"}},
     .want = {"pkg:conan/test@1.0 project", "pkg:conan/a@1.0?channel=c&rrev=rev&user=u direct required",
              "pkg:conan/b@2.0 transitive", "pkg:conan/ninja@1.11 direct dev"},
     .edges = {"pkg:conan/a@1.0?channel=c&rrev=rev&user=u > pkg:conan/b@2.0"}},
    {.name = "a package in editable mode is none the less asked for",
     .files = {{"conan.lock", "{\"graph_lock\":{\"nodes\":{\"0\":{\"requires\":[\"1\"],\"path\":\"conanfile.txt\"},"
                              "\"1\":{\"ref\":\"a/1.0\",\"path\":\"../a/conanfile.py\"}}},\"version\":\"0.4\"}"}},
     .want = {"pkg:conan/a@1.0 direct required"}},
    {.name = "conan.lock of Conan 2",
     .files = {{"conan.lock",
                "{\"version\":\"0.5\",\"requires\":[\"a/1.0#rev%167.5\"],\"build_requires\":[\"cmake/3\"]}"},
               {"conanfile.txt", "[requires]\na/[>=1]\n"}},
     .want = {"pkg:conan/a@1.0?rrev=rev required", "pkg:conan/cmake@3 dev"}},
    {.name = "conanfile.txt",
     .files = {{"conanfile.txt", "[requires]\nzlib/1.2.13\nfmt/[>=9 <11]\n# "
                                 "comment\n[tool_requires]\ncmake/3.25\n[options]\nzlib/*:shared=True\n"}},
     .want = {"pkg:conan/zlib@1.2.13 direct required line=2", "pkg:conan/fmt", "pkg:conan/cmake@3.25 dev"}},
    {.name = "vcpkg.json",
     .files = {{"vcpkg.json",
                "{\"name\":\"app\",\"version\":\"1.0\",\"builtin-baseline\":\"" COMMIT "\",\"dependencies\":[\"fmt\","
                "{\"name\":\"zlib\",\"version>=\":\"1.2\"},{\"name\":\"tool\",\"host\":true}],"
                "\"overrides\":[{\"name\":\"fmt\",\"version\":\"10.1.1\",\"port-version\":2}]}"}},
     .want = {"pkg:vcpkg/app@1.0 project",
              "pkg:vcpkg/fmt@10.1.1?port_version=2&repository_revision=" COMMIT " direct required",
              "pkg:vcpkg/zlib?repository_revision=" COMMIT " requirement=>=1.2",
              "pkg:vcpkg/tool?repository_revision=" COMMIT " dev"}},
    {.name = "vcpkg status",
     .files =
         {{"vcpkg_installed/vcpkg/status",
           "Package: zlib\nVersion: 1.3\nPort-Version: 1\nArchitecture: x64-linux\nStatus: install ok installed\n\n"
           "Package: a\nVersion: 2\nDepends: zlib\nArchitecture: x64-linux\nStatus: install ok installed\n\n"
           "Package: gone\nVersion: 2\nArchitecture: x64-linux\nStatus: purge ok not-installed\n"}},
     .want = {"pkg:vcpkg/zlib@1.3?port_version=1&triplet=x64-linux", "pkg:vcpkg/a@2?triplet=x64-linux"},
     .edges = {"pkg:vcpkg/a@2?triplet=x64-linux > pkg:vcpkg/zlib@1.3?port_version=1&triplet=x64-linux"}},
    {.name = "CMake",
     .files =
         {{"CMakeLists.txt",
           "set(TAG v1.2) # comment\ninclude(FetchContent)\nFetchContent_Declare(\n  fmt\n  GIT_REPOSITORY "
           "https://github.com/"
           "fmtlib/fmt.git\n  GIT_TAG ${TAG})\n#[[ FetchContent_Declare(no URL x) ]]\nExternalProject_Add(zlib URL "
           "\"https://x.example/zlib-1.2.13.tar.gz\" URL_HASH SHA256=" HEX64 ")\n"
           "FetchContent_Declare(gh URL https://github.com/o/r/archive/refs/tags/v3.tar.gz)\n"
           "FetchContent_Declare(unset GIT_REPOSITORY ${WHERE})\nCPMAddPackage(\"gh:o/cpm@1.0\")\n"}},
     .want = {"pkg:github/fmtlib/fmt@v1.2 direct line=3",
              "pkg:generic/zlib@1.2.13?checksum=sha256:" HEX64
              "&download_url=https:%2F%2Fx.example%2Fzlib-1.2.13.tar.gz hash=0011",
              "pkg:github/o/r@v3 called=gh", "? unset", "pkg:github/o/cpm@v1.0"}},
    {.name = "Meson wraps",
     .files = {{"subprojects/zlib.wrap",
                "[wrap-file]\ndirectory = zlib-1.2.13\nsource_url = https://z.example/z.tar.gz\nsource_hash = " HEX64
                "\nwrapdb_version = 1.2.13-4\n\n[provide]\nzlib = zlib_dep\n"},
               {"subprojects/g.wrap", "[wrap-git]\nurl = https://github.com/o/g\nrevision = v2\n"},
               {"x.wrap", "nothing\n"}},
     .want = {"pkg:generic/zlib@1.2.13?checksum=sha256:" HEX64 "&download_url=https:%2F%2Fz.example%2Fz.tar.gz",
              "pkg:github/o/g@v2"},
     .warning = "x.wrap"},
    {.name = "submodules",
     .files = {{".gitmodules",
                "[submodule \"a\"]\n\tpath = third/a\n\turl = git@github.com:o/a.git\n[submodule \"b\"]\n\tpath = b\n"
                "\turl = ../b.git\n"}},
     .want = {"pkg:github/o/a direct path=third/a", "? b"}},
};

static const struct detector_case bazel[] = {
    {.name = "MODULE.bazel",
     .files =
         {{"MODULE.bazel",
           "module(name = \"me\", version = \"1.0\")\nbazel_dep(name = \"rules_go\", version = "
           "\"0.48.0\")\nbazel_dep(\n"
           "    name = \"test\",\n    version = \"1\",\n    dev_dependency = True,\n)\nbazel_dep(name = \"o\", version "
           "= \"1\")\n"
           "git_override(\n  module_name = \"o\",\n  remote = \"https://github.com/x/o.git\",\n  commit = \"" COMMIT
           "\",\n)\n"}},
     .want = {"pkg:bazel/me@1.0 project", "pkg:bazel/rules_go@0.48.0 direct required line=2", "pkg:bazel/test@1 dev",
              "pkg:github/x/o@" COMMIT},
     .edges = {"pkg:bazel/me@1.0 > pkg:bazel/rules_go@0.48.0"}},
    {.name = "MODULE.bazel.lock",
     .files = {{"MODULE.bazel.lock", "{\"lockFileVersion\":11,\"registryFileHashes\":{\"https://bcr.bazel.build/"
                                     "modules/a/1.0/MODULE.bazel\":\"x\","
                                     "\"https://bcr.bazel.build/modules/a/1.1/MODULE.bazel\":\"x\",\"https://"
                                     "bcr.bazel.build/modules/a/1.1/source.json\":"
                                     "\"x\",\"https://own.example/r/modules/b/2/source.json\":\"x\"}}"},
               {"MODULE.bazel", "bazel_dep(name = \"a\", version = \"1.0\")\n"}},
     .want = {"pkg:bazel/a@1.1 direct required",
              "pkg:bazel/b@2?repository_url=https:%2F%2Fown.example%2Fr%2F transitive"}},
    {.name = "cut short", .files = {{"MODULE.bazel", "bazel_dep(name = \"a\",\n"}}, .warning = "MODULE.bazel:1"},
};

static const struct detector_case infrastructure[] = {
    {.name = "flake.lock",
     .files = {{"flake.lock",
                "{\"nodes\":{\"nixpkgs\":{\"locked\":{\"type\":\"github\",\"owner\":\"NixOS\",\"repo\":\"nixpkgs\","
                "\"rev\":\"" COMMIT "\"}},\"utils\":{\"inputs\":{\"n\":[\"nixpkgs\"]},\"locked\":{\"type\":\"git\","
                "\"url\":\"https://g.example/o/u\",\"rev\":"
                "\"abc\"}},\"root\":{\"inputs\":{\"nixpkgs\":\"nixpkgs\"}}},\"root\":\"root\",\"version\":7}"}},
     .want = {"pkg:github/nixos/nixpkgs@" COMMIT " direct", "pkg:git/g.example/o/u@abc transitive"},
     .edges = {"pkg:git/g.example/o/u@abc > pkg:github/nixos/nixpkgs@" COMMIT}},
    {.name = "terraform",
     .files = {{".terraform.lock.hcl",
                "# comment\nprovider \"registry.terraform.io/hashicorp/aws\" {\n  version     = \"3.72.1\"\n"
                "  constraints = \"~> 3.0\"\n  hashes = [\n    \"h1:x\",\n  ]\n}\n"}},
     .want = {"pkg:terraform/registry.terraform.io/hashicorp/aws@3.72.1 direct line=2"}},
    {.name = "helm",
     .files = {{"Chart.yaml",
                "apiVersion: v2\nname: mine\nversion: 0.1.0\ndependencies:\n- name: redis\n  version: ~17\n"},
               {"Chart.lock",
                "dependencies:\n- name: redis\n  repository: https://charts.example\n  version: 17.0.1\ndigest: x\n"}},
     .want = {"pkg:helm/mine@0.1.0 project", "pkg:helm/redis@17.0.1?repository_url=https:%2F%2Fcharts.example direct"}},
    {.name = "Dockerfile",
     .files =
         {{"Dockerfile",
           "# syntax=docker/dockerfile:1\nARG V=1.22\nFROM --platform=$BUILDPLATFORM golang:${V}-alpine AS build\nRUN "
           "x \\\n"
           "  FROM\nFROM build AS more\nCOPY --from=ghcr.io/a/tool:2 /x /x\nFROM gcr.io/distroless/static@sha256:" HEX64
           "\nCOPY --from=build /a /a\nCOPY --from=0 /a /a\n"},
          {"b.Dockerfile", "FROM debian\n"},
          {"c/Dockerfile", "FROM scratch\n"},
          {"compose.yaml", "services:\n  db:\n    image: postgres:16.1\n  own:\n    build: .\n    image: own:1\n"}},
     .want = {"pkg:docker/library/golang@1.22-alpine dev line=3", "pkg:docker/a/tool@2?repository_url=ghcr.io",
              "pkg:oci/static@sha256:" HEX64 "?repository_url=gcr.io%2Fdistroless%2Fstatic required", "? debian",
              "pkg:docker/library/postgres@16.1 required"}},
    {.name = "GitHub Actions",
     .files = {{".github/workflows/ci.yml",
                "on: push\njobs:\n  a:\n    runs-on: x\n    container: node:20\n    steps:\n    - uses: "
                "actions/checkout@" COMMIT " # v4.1.1\n"
                "    - uses: ./local\n    - uses: \"Owner/Repo/sub/dir@v1\"\n    - uses: docker://alpine:3.19\n  b:\n"
                "    uses: o/r/.github/workflows/x.yml@main\n"},
               {"action.yml", "runs:\n  using: composite\n  steps:\n  - uses: actions/cache@v3\n"}},
     .want = {"pkg:docker/library/node@20 dev", "pkg:github/actions/checkout@" COMMIT " dev tag=v4.1.1 line=7",
              "pkg:github/owner/repo@v1#sub/dir", "pkg:docker/library/alpine@3.19",
              "pkg:github/o/r@main#.github/workflows/x.yml", "pkg:github/actions/cache@v3"}},
};

#define CASES(table)                                                                                                   \
    static void table##_files(void **state) {                                                                          \
        (void)state;                                                                                                   \
        RUN_CASES(table);                                                                                              \
    }
CASES(cpp)
CASES(bazel)
CASES(infrastructure)

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cpp_files), cmocka_unit_test(bazel_files),
                                       cmocka_unit_test(infrastructure_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
