/* SPDX-License-Identifier: Apache-2.0
 *
 * Ruby, PHP, Erlang and Elixir, Dart, Swift, R, Haskell, Julia, Perl, Lua, OCaml.
 */
#include "collect/case_testing.h"

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const struct detector_case ruby[] = {
    {.name = "Gemfile.lock",
     .files =
         {{"Gemfile.lock",
           "GIT\n  remote: https://github.com/o/g.git\n  revision: abc\n  specs:\n    g (1.0.alpha)\n      r (~> 2)\n\n"
           "PATH\n  remote: vendor/l\n  specs:\n    l (0.1)\n\nGEM\n  remote: https://rubygems.example/\n  specs:\n"
           "    native (1.2.3-x86_64-linux-gnu)\n    native (1.2.3)\n    r (2.1)\n      native\n    rspec (3.0)\n"
           "      deep (>= 1, < 3)\n    deep (2.0)\n    nothing\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  g!\n  l!\n"
           "  rspec (~> 3)\n\nCHECKSUMS\n  r (2.1) sha256=" HEX64 "\n\nBUNDLED WITH\n   2.4\n"},
          {"Gemfile", "source 'x'\ngem \"g\", git: 'y'\ngem 'l', path: 'vendor/l'\n\ngroup :development, :test do\n"
                      "  gem 'rspec' # tests\nend\n"}},
     .want = {"pkg:gem/g@1.0.alpha?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fg.git%40abc direct required line=5",
              "pkg:gem/l@0.1 direct path=vendor/l",
              "pkg:gem/native@1.2.3?platform=x86_64-linux-gnu transitive required", "pkg:gem/native@1.2.3 required",
              "pkg:gem/r@2.1 transitive required hash=00112233", "pkg:gem/rspec@3.0 direct dev",
              "pkg:gem/deep@2.0 transitive dev", "? nothing"},
     .edges = {"pkg:gem/rspec@3.0 > pkg:gem/deep@2.0", "pkg:gem/r@2.1 > pkg:gem/native@1.2.3",
               "pkg:gem/r@2.1 > pkg:gem/native@1.2.3?platform=x86_64-linux-gnu"}},
    {.name = "an installed gem",
     .files = {{"usr/lib/ruby/gems/3.0.0/specifications/rake-13.0.6.gemspec",
                "Gem::Specification.new do |s|\n  s.name = \"rake\".freeze\n  s.version = \"13.0.6\"\n"
                "  s.licenses = [\"MIT\".freeze]\n  s.add_runtime_dependency(%q<x>.freeze, [\"~> 1\"])\nend\n"},
               {"usr/lib/ruby/gems/3.0.0/specifications/x-1.gemspec",
                "Gem::Specification.new do |s|\n  s.name = 'x'\n  s.version = '1'\nend\n"},
               {"usr/lib/ruby/gems/3.0.0/gems/rake-13.0.6/rake.gemspec",
                "Gem::Specification.new do |s|\n s.name = 'rake'\n s.version = Rake::VERSION\nend\n"}},
     .want = {"pkg:gem/rake@13.0.6 licence=MIT", "pkg:gem/x@1"},
     .edges = {"pkg:gem/rake@13.0.6 > pkg:gem/x@1"}},
    {.name = "a project's gemspec",
     .files = {{"mine.gemspec",
                "Gem::Specification.new do |spec|\n spec.name = 'mine'\n spec.version = Mine::VERSION\nend\n"}},
     .want = {"pkg:gem/mine project"}},
};

static const struct detector_case php[] = {
    {.name = "composer.lock",
     .files = {{"composer.lock",
                "{\"packages\":[{\"name\":\"Vendor/One\",\"version\":\"v1.0.0\",\"require\":{\"php\":\">=8\",\"v/two\":"
                "\"^2\"},\"license\":[\"MIT\",\"GPL-2.0-or-later\"],\"dist\":{\"shasum\":"
                "\"0123456789012345678901234567890123456789\"}},{\"name\":\"v/two\",\"version\":\"2.1\"}],"
                "\"packages-dev\":[{\"name\":\"v/dev\",\"version\":\"3\"}]}"},
               {"composer.json", "{\"name\":\"me/app\",\"require\":{\"vendor/one\":\"^1\",\"ext-json\":\"*\"},"
                                 "\"require-dev\":{\"v/dev\":\"*\"}}"}},
     .want = {"pkg:composer/me/app project", "pkg:composer/vendor/one@v1.0.0 direct required hash=0123",
              "pkg:composer/v/two@2.1 transitive required", "pkg:composer/v/dev@3 direct dev"},
     .edges = {"pkg:composer/me/app > pkg:composer/vendor/one@v1.0.0",
               "pkg:composer/vendor/one@v1.0.0 > pkg:composer/v/two@2.1"}},
    {.name = "installed.json",
     .files = {{"vendor/composer/installed.json",
                "{\"packages\":[{\"name\":\"a/b\",\"version\":\"1\"},{\"name\":\"a/c\",\"version\":\"2\"}],"
                "\"dev-package-names\":[\"a/c\"]}"},
               {"old/vendor/composer/installed.json", "[{\"name\":\"a/d\",\"version\":\"4\"}]"},
               {"other/installed.json", "{\"something\":\"else\"}"}},
     .want = {"pkg:composer/a/b@1 required", "pkg:composer/a/c@2 dev", "pkg:composer/a/d@4"}},
    {.name = "broken", .files = {{"composer.lock", "null"}}, .warning = "composer.lock"},
    {.name = "PEAR",
     .files =
         {{"usr/share/php/.registry/archive_tar.reg",
           "a:4:{s:4:\"name\";s:11:\"Archive_Tar\";s:7:\"channel\";s:12:\"pear.php.net\";s:7:\"version\";"
           "a:2:{s:7:\"release\";s:6:\"1.4.14\";s:3:\"api\";s:5:\"1.4.0\";}s:7:\"license\";a:2:{s:7:\"attribs\";a:0:{}"
           "s:8:\"_content\";s:12:\"BSD-3-Clause\";}}"},
          {"usr/share/php/.registry/broken.reg", "a:9:{s:4:\"name\";"}},
     .want = {"pkg:pear/pear.php.net/Archive_Tar@1.4.14 licence=BSD-3-Clause"},
     .warning = "broken.reg"},
};

static const struct detector_case beam[] = {
    {.name = "mix.lock",
     .files = {{"mix.lock",
                "%{\n  \"a\": {:hex, :a_real, \"1.0.0\", \"x\", [:mix], [{:b, \"~> 1\", [hex: :b, optional: false]}], "
                "\"hexpm\", \"" HEX64 "\"},\n  \"b\": {:hex, :b, \"1.1.0\", \"x\", [:rebar3], [], \"hexpm\"},\n"
                "  \"c\": {:hex, :c, \"2.0.0\", \"x\", [:mix], [], \"hexpm:mine\"},\n"
                "  \"g\": {:git, \"https://github.com/o/g.git\", \"abc\", [ref: \"abc\"]},\n}\n"},
               {"mix.exs",
                "defp deps do\n [\n  {:a, \"~> 1\"},\n  {:c, \"~> 2\", only: [:dev, :test]}, # x\n  {:g, git: "
                "\"https://github.com/o/g.git\"}\n ]\nend\n"}},
     .want = {"pkg:hex/a_real@1.0.0 direct required hash=0011 line=2", "pkg:hex/b@1.1.0 transitive required",
              "pkg:hex/c@2.0.0 direct dev repository=hexpm:mine",
              "pkg:hex/g?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fg.git%40abc direct"},
     .edges = {"pkg:hex/a_real@1.0.0 > pkg:hex/b@1.1.0"}},
    {.name = "no mix.lock", .files = {{"mix.lock", "defmodule X do\nend\n"}}, .warning = "mix.lock:1"},
    {.name = "rebar.lock",
     .files = {{"rebar.lock", "{\"1.2.0\",\n[{<<\"certifi\">>,{pkg,<<\"certifi\">>,<<\"2.9.0\">>},0},\n "
                              "{<<\"g\">>,{git,\"https://x.example/"
                              "g.git\",{ref,\"abc\"}},1}]}.\n[\n{pkg_hash,[{<<\"certifi\">>, "
                              "<<\"AA\">>}]},\n{pkg_hash_ext,[{<<\"certifi\">>, "
                              "<<\"" HEX64 "\">>}]}\n].\n"}},
     .want = {"pkg:hex/certifi@2.9.0 direct hash=0011",
              "pkg:hex/g?vcs_url=git%2Bhttps:%2F%2Fx.example%2Fg.git%40abc transitive"}},
    {.name = "brackets that do not match",
     .files = {{"rebar.lock", "{\"1.2.0\",\n[{<<\"a\">>,{pkg]}\n"}},
     .warning = ":2"},
};

static const struct detector_case apple_and_dart[] = {
    {.name = "pubspec.lock",
     .files =
         {{"pubspec.lock",
           "packages:\n  crypto:\n    dependency: \"direct main\"\n    description:\n      name: crypto\n      "
           "sha256: " HEX64
           "\n      url: \"https://pub.dev\"\n    source: hosted\n    version: \"3.0.2\"\n  mine:\n    dependency: "
           "transitive\n    description:\n      name: mine\n      url: \"https://pub.example\"\n    source: hosted\n"
           "    version: \"1.10\"\n  t:\n    dependency: \"direct dev\"\n    description: flutter\n    source: sdk\n"
           "    version: \"0.0.0\"\n"}},
     .want = {"pkg:pub/crypto@3.0.2 direct required hash=0011",
              "pkg:pub/mine@1.10?repository_url=https:%2F%2Fpub.example transitive",
              "pkg:pub/t@0.0.0 direct dev source=sdk"}},
    {.name = "no pubspec.lock",
     .files = {{"pubspec.lock", "this is not yaml of that kind!\n"}},
     .warning = "pubspec.lock"},
    {.name = "Package.resolved 1 and 2",
     .files =
         {{"Package.resolved",
           "{\"object\":{\"pins\":[{\"package\":\"A\",\"repositoryURL\":\"https://github.com/O/A.git\","
           "\"state\":{\"branch\":null,\"revision\":\"aa\",\"version\":\"1.0.0\"}}]},\"version\":1}"},
          {"x/Package.resolved",
           "{\"pins\":[{\"identity\":\"b\",\"kind\":\"remoteSourceControl\",\"location\":\"git@gitlab.com:g/s/b.git\","
           "\"state\":{\"branch\":\"main\",\"revision\":\"bb\"}},{\"identity\":\"mona.list\",\"kind\":\"registry\","
           "\"location\":\"\",\"state\":{\"version\":\"2.0.0\"}}],\"version\":3}"}},
     .want = {"pkg:swift/github.com/O/A@1.0.0 commit=aa", "pkg:swift/gitlab.com/g/s/b@bb branch=main",
              "pkg:swift/mona/list@2.0.0"}},
    {.name = "Podfile.lock",
     .files = {{"Podfile.lock",
                "PODS:\n  - A (1.0):\n    - B/Core (~> 2)\n  - B/Core (2.1)\n\nDEPENDENCIES:\n  - A (~> 1)\n\n"
                "CHECKOUT OPTIONS:\n  A:\n    :commit: abc\n    :git: https://github.com/o/a.git\n"}},
     .want = {"pkg:cocoapods/A@1.0?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fa.git%40abc direct",
              "pkg:cocoapods/B@2.1#Core transitive"},
     .edges =
         {"pkg:cocoapods/A@1.0?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fa.git%40abc > pkg:cocoapods/B@2.1#Core"}},
    {.name = "a pod without a version",
     .files = {{"Podfile.lock", "PODS:\n  - A = 4.2.0\n"}},
     .warning = "Podfile.lock:2"},
    {.name = "Cartfile.resolved",
     .files = {{"Cartfile.resolved", "binary \"https://x.example/F.json\" \"1.2\"\ngithub \"O/n\" \"v2\"\ngit "
                                     "\"https://g.example/o/r.git\" \"abc\"\n"},
               {"Cartfile", "github \"O/n\" ~> 2.0\n"}},
     .want = {"pkg:generic/F@1.2 transitive", "pkg:github/o/n@v2 direct", "pkg:git/g.example/o/r@abc transitive"}},
};

static const struct detector_case science[] = {
    {.name = "renv.lock",
     .files = {{"renv.lock",
                "{\"Packages\":{\"a\":{\"Package\":\"a\",\"Version\":\"1.0-2\",\"Source\":\"Repository\","
                "\"Repository\":\"CRAN\","
                "\"Requirements\":[\"b\"]},\"b\":{\"Package\":\"b\",\"Version\":\"2\",\"Source\":\"GitHub\","
                "\"RemoteUsername\":"
                "\"O\",\"RemoteRepo\":\"r\",\"RemoteSha\":\"abc\"},\"c\":{\"Package\":\"c\",\"Version\":\"1\"}}}"}},
     .want = {"pkg:cran/a@1.0-2", "pkg:github/o/r@abc", "? c"},
     .edges = {"pkg:cran/a@1.0-2 > pkg:github/o/r@abc"}},
    {.name = "DESCRIPTION",
     .files = {{"lib/R/site-library/a/DESCRIPTION",
                "Package: a\nVersion: 1.2\nLicense: GPL-3\nImports: b (>= 1),\n    c\nBuilt: R 4.3.1\n"},
               {"lib/R/site-library/b/DESCRIPTION", "Package: b\nVersion: 3\nLicense: MIT\nBuilt: R 4.3.1\n"},
               {"notes/DESCRIPTION", "Just some text without any field\n"}},
     .want = {"pkg:cran/a@1.2", "pkg:cran/b@3 licence=MIT"},
     .edges = {"pkg:cran/a@1.2 > pkg:cran/b@3"}},
    {.name = "stack.yaml.lock",
     .files = {{"stack.yaml.lock",
                "packages:\n- completed:\n    hackage: a-b-1.2.3@sha256:x,1\n- completed:\n    name: k\n"
                "    version: 0.60.0.0\n    git: https://github.com/o/k\n    commit: abc\nsnapshots: []\n"}},
     .want = {"pkg:hackage/a-b@1.2.3 direct",
              "pkg:hackage/k@0.60.0.0?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fk%40abc"}},
    {.name = "cabal.project.freeze",
     .files = {{"cabal.project.freeze",
                "active-repositories: hackage.haskell.org:merge\nconstraints: any.Cabal ==3.2.1.0,\n"
                "             any.base installed,\n             tls +compat -hans,\n"
                "             any.x==1.0,\n             y ==2\nindex-state: z\n"}},
     .want = {"pkg:hackage/Cabal@3.2.1.0 line=2", "? base", "pkg:hackage/x@1.0", "pkg:hackage/y@2"}},
    {.name = "Manifest.toml",
     .files =
         {{"Manifest.toml",
           "julia_version = \"1.9.0\"\nmanifest_format = \"2.0\"\n\n[[deps.Dates]]\ndeps = [\"Printf\"]\nuuid = \"d\"\n"
           "[[deps.Printf]]\nuuid = \"p\"\n[[deps.JSON]]\ngit-tree-sha1 = \"x\"\nuuid = \"j\"\nversion = \"0.21.4\"\n"
           "[deps.JSON.deps]\nDates = \"d\"\n[[deps.Git]]\nrepo-url = \"https://github.com/o/Git.jl\"\nuuid = "
           "\"g\"\nversion = \"2.0\"\n[[deps.Mine]]\npath = \"../Mine\"\nuuid = \"m\"\n"},
          {"Project.toml", "name = \"App\"\nuuid = \"u\"\nversion = \"0.1.0\"\n[deps]\nJSON = \"j\"\n"}},
     .want = {"pkg:julia/App@0.1.0?uuid=u project", "pkg:julia/Dates@1.9.0?uuid=d transitive",
              "pkg:julia/Printf@1.9.0?uuid=p", "pkg:julia/JSON@0.21.4?uuid=j direct",
              "pkg:julia/Git@2.0?uuid=g&vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2FGit.jl",
              "pkg:julia/Mine?uuid=m path=../Mine"},
     .edges = {"pkg:julia/JSON@0.21.4?uuid=j > pkg:julia/Dates@1.9.0?uuid=d",
               "pkg:julia/Dates@1.9.0?uuid=d > pkg:julia/Printf@1.9.0?uuid=p",
               "pkg:julia/App@0.1.0?uuid=u > pkg:julia/JSON@0.21.4?uuid=j"}},
};

static const struct detector_case small[] = {
    {.name = "a byte order mark is no part of the text",
     .files = {{"go.mod", "\xEF\xBB\xBFmodule m.example/m\n\ngo 1.22\n"},
               {"mix.lock",
                "\xEF\xBB\xBF%{\n  \"plug\": {:hex, :plug, \"1.11.1\", \"aa\", [:mix], [], \"hexpm\", \"bb\"},\n}\n"},
               {"Gemfile.lock", "\xEF\xBB\xBFGEM\n  specs:\n    rake (13.0.1)\n"}},
     .want = {"pkg:golang/m.example/m project", "pkg:hex/plug@1.11.1", "pkg:gem/rake@13.0.1",
              "pkg:golang/stdlib@v1.22"}},
    {.name = "no Gemfile.lock at all", .files = {{"Gemfile.lock", "\nmalformed\n"}}, .warning = "Gemfile.lock:2"},
    {.name = "no freeze file at all",
     .files = {{"cabal.project.freeze", "constraints: any.a ==1,\nfoo\n"}},
     .warning = "cabal.project.freeze:2"},
    {.name = "cpanfile.snapshot",
     .files = {{"cpanfile.snapshot",
                "# carton snapshot format: version 1.0\nDISTRIBUTIONS\n  HTTP-Tiny-0.054\n    pathname: D/DA/DAGOLDEN/"
                "HTTP-Tiny-0.054.tar.gz\n    provides:\n      HTTP::Tiny 0.054\n    requirements:\n      Carp 0\n"
                "  X-v1.2\n    pathname: A/AB/ABC/X-v1.2.tar.gz\n    provides:\n      X v1.2\n    requirements:\n      "
                "HTTP::Tiny 0\n"}},
     .want = {"pkg:cpan/HTTP-Tiny@0.054?author=DAGOLDEN", "pkg:cpan/X@v1.2?author=ABC"},
     .edges = {"pkg:cpan/X@v1.2?author=ABC > pkg:cpan/HTTP-Tiny@0.054?author=DAGOLDEN"}},
    {.name = "META.json",
     .files = {{"META.json",
                "{\"name\":\"Foo-Bar\",\"version\":\"1.5\",\"license\":[\"perl_5\"],\"meta-spec\":{\"version\":2}}"},
               {"other/META.json", "{\"name\":\"something\",\"version\":\"1\"}"}},
     .want = {"pkg:cpan/Foo-Bar@1.5 project"}},
    {.name = "rockspec",
     .files =
         {{"usr/lib/luarocks/rocks-5.4/a/1.0-1/a-1.0-1.rockspec",
           "package = \"a\"\nversion = \"1.0-1\" -- comment\nsource = { url = \"git://x\", tag = 'v1' }\ndescription = "
           "{\n"
           "  summary = [[text { with ]],\n  license = \"MIT\"\n}\ndependencies = {\n  \"lua >= 5.1\", \"b >= 1\"\n}\n"
           "build = { modules = { package = \"not this\" } }\n"},
          {"usr/lib/luarocks/rocks-5.4/b/2-1/b-2-1.rockspec", "package='b' version='2-1'"}},
     .want = {"pkg:luarocks/a@1.0-1 licence=MIT", "pkg:luarocks/b@2-1"},
     .edges = {"pkg:luarocks/a@1.0-1 > pkg:luarocks/b@2-1"}},
    {.name = "opam",
     .files = {{"root/.opam-switch/packages/cmdliner.1.0.4/opam",
                "opam-version: \"2.0\"\nlicense: \"ISC\"\ndepends: [ \"ocaml\" {>= \"4\"} ]\n"},
               {"app.opam.locked",
                "opam-version: \"2.0\"\nname: \"app\"\nversion: \"0.1\"\ndepends: [\n  \"dune\" {= \"3.7\"}\n"
                "  \"alcotest\" {= \"1.7.0\" & with-test}\n]\n"},
               {"repo/packages/x/x.1/opam", "opam-version: \"2.0\"\n"}},
     .want = {"pkg:opam/cmdliner@1.0.4 licence=ISC", "pkg:opam/app@0.1 project", "pkg:opam/dune@3.7 required line=5",
              "pkg:opam/alcotest@1.7.0 dev"},
     .edges = {"pkg:opam/app@0.1 > pkg:opam/dune@3.7"}},
};

#define CASES(table)                                                                                                   \
    static void table##_files(void **state) {                                                                          \
        (void)state;                                                                                                   \
        RUN_CASES(table);                                                                                              \
    }
CASES(ruby)
CASES(php)
CASES(beam)
CASES(apple_and_dart)
CASES(science)
CASES(small)

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(ruby_files),    cmocka_unit_test(php_files),
                                       cmocka_unit_test(beam_files),    cmocka_unit_test(apple_and_dart_files),
                                       cmocka_unit_test(science_files), cmocka_unit_test(small_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
