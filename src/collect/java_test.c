/* SPDX-License-Identifier: Apache-2.0
 *
 * pom.xml, Gradle and sbt.
 */
#include "collect/case_testing.h"

static const struct detector_case poms[] = {
    {.name = "scopes, properties, managed versions",
     .files = {{"pom.xml",
                "<project><modelVersion>4.0.0</modelVersion><groupId>org.ex</groupId><artifactId>app</artifactId>"
                "<version>1.0</version><properties><v>2.5</v><w>${v}.1</w></properties>"
                "<dependencyManagement><dependencies><dependency><groupId>g</groupId><artifactId>m</artifactId>"
                "<version>7</version><scope>runtime</scope></dependency></dependencies></dependencyManagement>"
                "<dependencies>"
                "<dependency><groupId>g</groupId><artifactId>a</artifactId><version>${w}</version></dependency>\n"
                "<dependency><groupId>g</groupId><artifactId>m</artifactId></dependency>"
                "<dependency><groupId>g</groupId><artifactId>t</artifactId><version>1</version>"
                "<scope>test</scope></dependency>"
                "<dependency><groupId>g</groupId><artifactId>p</artifactId><version>1</version>"
                "<scope>provided</scope></dependency>"
                "<dependency><groupId>g</groupId><artifactId>o</artifactId><version>[1,2)</version>"
                "<optional>true</optional></dependency>"
                "<dependency><groupId>${project.groupId}</groupId><artifactId>lib</artifactId>"
                "<version>${project.version}</version><classifier>x</classifier></dependency>"
                "<dependency><groupId>${unknown}</groupId><artifactId>z</artifactId></dependency>"
                "</dependencies></project>"}},
     .want = {"pkg:maven/org.ex/app@1.0 project", "pkg:maven/g/a@2.5.1 direct required", "pkg:maven/g/m@7 required",
              "pkg:maven/g/t@1 dev", "pkg:maven/g/p@1 excluded", "pkg:maven/g/o@1 optional requirement=[1,2)",
              "pkg:maven/org.ex/lib@1.0?classifier=x", "? ${unknown}:z"},
     .edges = {"pkg:maven/org.ex/app@1.0 > pkg:maven/g/a@2.5.1"}},
    {.name = "a parent by relativePath, and a BOM of the same build",
     .files = {{"pom.xml",
                "<project><modelVersion>4.0.0</modelVersion><groupId>org.ex</groupId><artifactId>parent</artifactId>"
                "<version>3</version><packaging>pom</packaging><modules><module>app</module><module>bom</module>"
                "</modules><properties><shared>9</shared></properties><dependencies><dependency>"
                "<groupId>g</groupId><artifactId>inherited</artifactId><version>${shared}</version></dependency>"
                "</dependencies></project>"},
               {"bom/pom.xml", "<project><modelVersion>4.0.0</modelVersion><groupId>org.ex</groupId>"
                               "<artifactId>bom</artifactId><version>3</version><dependencyManagement><dependencies>"
                               "<dependency><groupId>g</groupId><artifactId>b</artifactId><version>4.2</version>"
                               "</dependency></dependencies></dependencyManagement></project>"},
               {"app/pom.xml",
                "<project><modelVersion>4.0.0</modelVersion><parent><groupId>org.ex</groupId>"
                "<artifactId>parent</artifactId><version>3</version></parent><artifactId>app</artifactId>"
                "<properties><shared>10</shared></properties><dependencyManagement><dependencies>"
                "<dependency><groupId>org.ex</groupId><artifactId>bom</artifactId>"
                "<version>${project.version}</version><type>pom</type><scope>import</scope></dependency>"
                "</dependencies></dependencyManagement><dependencies><dependency><groupId>g</groupId>"
                "<artifactId>b</artifactId></dependency></dependencies></project>"}},
     .want = {"pkg:maven/org.ex/parent@3 project", "pkg:maven/org.ex/bom@3 project", "pkg:maven/org.ex/app@3 project",
              "pkg:maven/g/inherited@9", "pkg:maven/g/inherited@10", "pkg:maven/g/b@4.2 direct"},
     .edges = {"pkg:maven/org.ex/app@3 > pkg:maven/g/b@4.2", "pkg:maven/org.ex/app@3 > pkg:maven/g/inherited@10"}},
    {.name = "a profile active by default; properties in circles; another parent at the place",
     .files = {{"pom.xml",
                "<project><modelVersion>4.0.0</modelVersion><groupId>o</groupId><artifactId>other</artifactId>"
                "<version>1</version></project>"},
               {"x/pom.xml",
                "<project><parent><groupId>o</groupId><artifactId>parent</artifactId><version>1</version>"
                "</parent><artifactId>x</artifactId><properties><p>${q}</p><q>${p}</q></properties>"
                "<profiles><profile><activation><activeByDefault>true</activeByDefault></activation>"
                "<dependencies><dependency><groupId>g</groupId><artifactId>on</artifactId><version>1</version>"
                "</dependency></dependencies></profile><profile><id>off</id><dependencies><dependency>"
                "<groupId>g</groupId><artifactId>off</artifactId><version>1</version></dependency>"
                "</dependencies></profile></profiles><dependencies><dependency><groupId>g</groupId>"
                "<artifactId>loop</artifactId><version>${p}</version></dependency></dependencies></project>"}},
     .want = {"pkg:maven/o/other@1 project", "pkg:maven/o/x@1 project", "pkg:maven/g/on@1", "pkg:maven/g/loop"}},
    {.name = "no pom", .files = {{"pom.xml", "<this is not xml"}}, .warning = "pom.xml:1"},
    {.name = "another tool's project", .files = {{"a/b.xml", "<project name=\"ant\"/>"}}},
    {.name = "a pom inside a JAR's folder",
     .files = {{"META-INF/maven/g/a/pom.xml", "<project><artifactId>a</artifactId>"
                                              "</project>"}}},
};

static const struct detector_case gradle[] = {
    {.name = "gradle.lockfile",
     .files = {{"gradle.lockfile", "# comment\njoda:time:2.2=compileClasspath,runtimeClasspath\n"
                                   " junit:junit:4.12=testCompileClasspath,testRuntimeClasspath\n"
                                   "p:processor:1=annotationProcessor\nc:only:1=compileClasspath\nempty=kapt\n"},
               {"buildscript-gradle.lockfile", "b:plugin:3=classpath\n"}},
     .want = {"pkg:maven/joda/time@2.2 required line=2", "pkg:maven/junit/junit@4.12 dev",
              "pkg:maven/p/processor@1 dev", "pkg:maven/c/only@1 optional", "pkg:maven/b/plugin@3 dev"}},
    {.name = "a line that is none",
     .files = {{"gradle.lockfile", "a:b:1=runtimeClasspath\n>>>>>>> theirs\n"}},
     .want = {"pkg:maven/a/b@1"},
     .warning = "gradle.lockfile:2"},
    {.name = "version catalogue",
     .files = {{"gradle/libs.versions.toml",
                "[versions]\nguava = \"33.0-jre\"\nrich = { strictly = \"[1.7,1.8[\", prefer = \"1.7.25\" }\n"
                "[libraries]\nguava = { module = \"com.google.guava:guava\", version.ref = \"guava\" }\n"
                "slf4j = { group = \"org.slf4j\", name = \"slf4j-api\", version.ref = \"rich\" }\n"
                "short = \"a:b:1.0\"\nupto = \"a:u:(1,3]\"\nopen = \"a:o:]1,2[\"\nmoving = \"a:c:1.+\"\nmanaged = { "
                "module = \"a:d\" }\n"
                "[plugins]\nk = { id = \"org.jetbrains.kotlin.jvm\", version = \"2.0\" }\n"}},
     .want = {"pkg:maven/com.google.guava/guava@33.0-jre line=5", "pkg:maven/org.slf4j/slf4j-api@1.7.25",
              "pkg:maven/a/b@1.0", "pkg:maven/a/u@3 requirement=(1,3]", "pkg:maven/a/o requirement=]1,2[",
              "pkg:maven/a/c requirement=1.+", "pkg:maven/a/d",
              "pkg:maven/org.jetbrains.kotlin.jvm/org.jetbrains.kotlin.jvm.gradle.plugin@2.0 dev"}},
    {.name = "verification metadata",
     .files = {{"gradle/verification-metadata.xml",
                "<verification-metadata xmlns=\"https://schema.gradle.org/dependency-verification\"><components>\n"
                "<component name=\"n\" group=\"g\" version=\"1\"><artifact name=\"n-1.pom\"><sha256 "
                "value=\"0000000000000000000000000000000000000000000000000000000000000000\"/></artifact>"
                "<artifact name=\"n-1.jar\"><sha256 "
                "value=\"ABcdef0000000000000000000000000000000000000000000000000000000000\"/></artifact></component>"
                "<component group=\"g\" version=\"1\"/></components></verification-metadata>"}},
     .want = {"pkg:maven/g/n@1 hash=abcdef line=2", "? g"}},
    {.name = "sbt lock",
     .files = {{"build.sbt.lock",
                "{\"lockVersion\":1,\"dependencies\":[{\"org\":\"org.typelevel\",\"name\":\"cats-core_2.12\","
                "\"version\":\"2.9.0\",\"artifacts\":[{\"name\":\"cats-core_2.12.jar\",\"hash\":"
                "\"sha1:1844db4b06e7d1e8e9d2ba9e0a8f9a7e3e2f0c11\"}],\"configurations\":[\"compile\",\"test\"]},"
                "{\"org\":\"o\",\"name\":\"t\",\"version\":\"1\",\"artifacts\":[],\"configurations\":[\"test\"]}]}"}},
     .want = {"pkg:maven/org.typelevel/cats-core_2.12@2.9.0 required hash=1844", "pkg:maven/o/t@1 dev"}},
};

static void pom_files(void **state) {
    (void)state;
    RUN_CASES(poms);
}
static void gradle_files(void **state) {
    (void)state;
    RUN_CASES(gradle);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(pom_files), cmocka_unit_test(gradle_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
