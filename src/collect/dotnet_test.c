/* SPDX-License-Identifier: Apache-2.0
 *
 * NuGet lock files, project files, published applications.
 */
#include "collect/case_testing.h"

#define SHA512_BASE64 "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="

static const struct detector_case cases[] = {
    {.name = "packages.lock.json",
     .files = {{"packages.lock.json",
                "{\"version\":1,\"dependencies\":{\"net8.0\":{\"A\":{\"type\":\"Direct\",\"requested\":\"[1.0, )\","
                "\"resolved\":\"1.0.0\",\"contentHash\":\"" SHA512_BASE64 "\",\"dependencies\":{\"b\":\"2.0\"}},"
                "\"B\":{\"type\":\"Transitive\",\"resolved\":\"2.0.0\"},\"mine\":{\"type\":\"Project\"}}}}"}},
     .want = {"pkg:nuget/A@1.0.0 direct hash=cf83e1357eefb8bd", "pkg:nuget/B@2.0.0 transitive"},
     .edges = {"pkg:nuget/A@1.0.0 > pkg:nuget/B@2.0.0"}},
    {.name = "deps.json",
     .files =
         {{"App.deps.json",
           "{\"runtimeTarget\":{\"name\":\"t\"},\"targets\":{\"t\":{\"App/1.0.0\":{\"dependencies\":{\"A\":\"1.0.0\"},"
           "\"runtime\":{\"App.dll\":{}}},\"A/1.0.0\":{\"dependencies\":{\"B\":\"2.0.0\"},\"runtime\":{\"A.dll\":{}}},"
           "\"B/2.0.0\":{\"runtime\":{\"B.dll\":{}}},\"Meta/3.0.0\":{}}},\"libraries\":{\"App/1.0.0\":{\"type\":"
           "\"project\"},\"A/1.0.0\":{\"type\":\"package\",\"sha512\":\"sha512-" SHA512_BASE64 "\"},"
           "\"B/2.0.0\":{\"type\":\"package\"},\"Meta/3.0.0\":{\"type\":\"package\"},\"runtimepack.R/8.0.0\":"
           "{\"type\":\"runtimepack\"},\"Ref/1.0.0\":{\"type\":\"referenceassembly\"}}}"}},
     .want = {"pkg:nuget/App@1.0.0 project", "pkg:nuget/A@1.0.0 direct required hash=cf83",
              "pkg:nuget/B@2.0.0 transitive", "pkg:nuget/R@8.0.0"},
     .edges = {"pkg:nuget/App@1.0.0 > pkg:nuget/A@1.0.0", "pkg:nuget/A@1.0.0 > pkg:nuget/B@2.0.0"}},
    {.name = "packages.config",
     .files = {{"packages.config", "<packages>\n<package id=\"A\" version=\"1\"/>\n<package id=\"D\" version=\"2\" "
                                   "developmentDependency=\"true\"/>\n<package id=\"N\"/></packages>"}},
     .want = {"pkg:nuget/A@1 required line=2", "pkg:nuget/D@2 dev", "? N"}},
    {.name = "a project with central versions",
     .files =
         {{"src/app/App.csproj",
           "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><V>3.1</V><Version>9.9</Version></PropertyGroup>"
           "<ItemGroup>\n<PackageReference Include=\"Own\" Version=\"$(V)\"/>\n<PackageReference Include=\"Central\"/>"
           "<PackageReference Include=\"Range\" Version=\"[1.0,2.0)\"/>"
           "<PackageReference Include=\"Float\"><Version>1.*</Version></PackageReference>"
           "<PackageReference Include=\"Tool\" Version=\"[5.0]\" PrivateAssets=\"all\"/></ItemGroup></Project>"},
          {"Directory.Packages.props",
           "<Project><PropertyGroup><C>7</C></PropertyGroup><ItemGroup><PackageVersion Include=\"central\" "
           "Version=\"$(C).1\"/><GlobalPackageReference Include=\"Everywhere\" Version=\"1\"/></ItemGroup></Project>"},
          {"src/Directory.Build.props",
           "<Project><ItemGroup><PackageReference Include=\"Shared\" Version=\"4\"/></ItemGroup></Project>"}},
     .want = {"pkg:nuget/App@9.9 project", "pkg:nuget/Own@3.1 direct line=2", "pkg:nuget/Central@7.1",
              "pkg:nuget/Range@1.0 requirement=[1.0,2.0)", "pkg:nuget/Float requirement=1.*", "pkg:nuget/Tool@5.0 dev",
              "pkg:nuget/Everywhere@1 dev", "pkg:nuget/Shared@4"},
     .edges = {"pkg:nuget/App@9.9 > pkg:nuget/Own@3.1"}},
    {.name = "a lock file beside tells more",
     .files = {{"A.csproj",
                "<Project><ItemGroup><PackageReference Include=\"X\" Version=\"1.0\"/></ItemGroup></Project>"},
               {"packages.lock.json", "{\"version\":1,\"dependencies\":{\"net8.0\":{\"X\":{\"type\":\"Direct\","
                                      "\"resolved\":\"1.0.5\"}}}}"}},
     .want = {"pkg:nuget/A project", "pkg:nuget/X@1.0.5 direct"}},
    {.name = "project.assets.json",
     .files =
         {{"obj/project.assets.json",
           "{\"version\":3,\"targets\":{\"net8.0\":{\"A/1.0\":{\"type\":\"package\",\"dependencies\":{\"B\":\"1.0\"}},"
           "\"B/1.5\":{\"type\":\"package\"},\"Mine/1.0\":{\"type\":\"project\"}}},\"libraries\":{\"A/1.0\":"
           "{\"sha512\":\"" SHA512_BASE64 "\"}},\"project\":{\"version\":\"2.0\",\"restore\":{\"projectName\":\"P\"},"
           "\"frameworks\":{\"net8.0\":{\"dependencies\":{\"A\":{\"suppressParent\":\"All\"}}}}}}"}},
     .want = {"pkg:nuget/P@2.0 project", "pkg:nuget/A@1.0 direct dev hash=cf83", "pkg:nuget/B@1.5 transitive"},
     .edges = {"pkg:nuget/P@2.0 > pkg:nuget/A@1.0", "pkg:nuget/A@1.0 > pkg:nuget/B@1.5"}},
    {.name = "broken", .files = {{"packages.lock.json", "null"}}, .warning = "packages.lock.json"},
    {.name = "broken too", .files = {{"packages.config", "<packages><package id"}}, .warning = "packages.config:1"},
};

static void dotnet_files(void **state) {
    (void)state;
    RUN_CASES(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(dotnet_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
