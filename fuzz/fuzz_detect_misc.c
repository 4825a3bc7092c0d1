/* SPDX-License-Identifier: Apache-2.0
 *
 * Detectors of other languages and of build tools: see detect.h for the property.
 */
#include "detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct fuzz_files names[] = {
        {"Gemfile.lock", "Gemfile"},
        {"specifications/a.gemspec", NULL},
        {"composer.lock", "composer.json"},
        {"installed.json", NULL},
        {".registry/a.reg", NULL},
        {"mix.lock", "mix.exs"},
        {"rebar.lock", NULL},
        {"pubspec.lock", NULL},
        {"Package.resolved", NULL},
        {"Podfile.lock", NULL},
        {"Cartfile.resolved", "Cartfile"},
        {"conan.lock", NULL},
        {"conanfile.txt", NULL},
        {"vcpkg.json", "vcpkg-configuration.json"},
        {"vcpkg/status", NULL},
        {"CMakeLists.txt", NULL},
        {"a.wrap", NULL},
        {".gitmodules", NULL},
        {"MODULE.bazel", NULL},
        {"MODULE.bazel.lock", "MODULE.bazel"},
        {"renv.lock", NULL},
        {"DESCRIPTION", NULL},
        {"stack.yaml.lock", NULL},
        {"cabal.project.freeze", NULL},
        {".github/workflows/a.yml", NULL},
        {"a.opam.locked", NULL},
        {"a.rockspec", NULL},
        {"Manifest.toml", "Project.toml"},
        {".terraform.lock.hcl", NULL},
        {"META.json", NULL},
        {"cpanfile.snapshot", NULL},
        {"flake.lock", NULL},
        {"Chart.lock", NULL},
        {"Dockerfile", NULL},
        {"compose.yaml", NULL},
    };
    return fuzz_detect(data, size, names, sizeof names / sizeof *names,
                       "gem,composer,pear,hex,pub,swift,cocoapods,carthage,conan,cpp,git,bazel,r,haskell,github,ocaml,"
                       "lua,julia,terraform,perl,nix,helm,oci");
}
