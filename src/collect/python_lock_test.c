/* SPDX-License-Identifier: Apache-2.0
 *
 * Python's lock files and what is installed: each yields exactly what is listed.
 */
#include "collect/listing.h"
#include "collect/pypi.h"

static void requirement_texts(void **state) {
    static const struct {
        const char *text, *name, *extras, *specifier, *url, *marker, *pinned, *lowest;
    } rows[] = {
        {"a", "a", "", "", "", "", "", ""},
        {"a==1.0", "a", "", "==1.0", "", "", "1.0", "1.0"},
        {"a [x, y] (>=1,<2) ; os_name == 'nt'", "a", "x, y", ">=1,<2", "", "os_name == 'nt'", "", "1"},
        {"a-b.c_d ~= 1.1", "a-b.c_d", "", "~= 1.1", "", "", "", "1.1"},
        {"a===1+x", "a", "", "===1+x", "", "", "1+x", "1+x"},
        {"a==1.*,>=1.2", "a", "", "==1.*,>=1.2", "", "", "", "1.2"},
        {"a<=2", "a", "", "<=2", "", "", "", "2"},
        {"a!=1,<2", "a", "", "!=1,<2", "", "", "", ""},
        {"a @ https://h.example/a;b.whl ; x", "a", "", "", "https://h.example/a;b.whl", "x", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pypi_requirement r;
        if (!pypi_requirement(str_of(rows[i].text), &r))
            fail_msg("row %zu refused", i);
        check_str(r.name, rows[i].name);
        check_str(r.extras, rows[i].extras);
        check_str(r.specifier, rows[i].specifier);
        check_str(r.url, rows[i].url);
        check_str(r.marker, rows[i].marker);
        check_str(pypi_pinned(r.specifier), rows[i].pinned);
        check_str(pypi_lowest(r.specifier), rows[i].lowest);
    }
    struct pypi_requirement r;
    assert_false(pypi_requirement(S(">=1.0"), &r));
    assert_false(pypi_requirement(S("a @ "), &r));
    assert_false(pypi_requirement(S("a[x"), &r));
}

static void requirements(void **state) {
    YIELDS("pkg:pypi/aa-b@1.0 needed :2 marker=python_version < '3'\n"
           "pkg:pypi/c@2 needed :3 #2 requirement=>=2,<3\n"
           "pkg:pypi/d@4.0 needed :6\n"
           "pkg:pypi/m@1.0 needed :7\n"
           "pkg:pypi/e?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fo%2Fe.git%400a needed :9\n"
           "pkg:pypi/f@1.5?download_url=https:%2F%2Fh.example%2Ff-1.5-py3-none-any.whl needed :10\n"
           "pkg:pypi/g@2.0 needed :11 path=./g-2.0.tar.gz\n"
           "pkg:pypi/j?vcs_url=git%2Bssh:%2F%2Fgit%40h.example%2Fo%2Fj%40v1 needed :16\n"
           "pkg:pypi/k@2%211.0%2Bx needed :17\n"
           "? h==${V}\n",
           "requirements.txt",
           "# comment\n"
           "Aa_b==1.0 ; python_version < '3' # why\n"
           "c[x]>=2,<3 \\\n"
           "   --hash=sha256:0123456789012345678901234567890123456789012345678901234567890123 \\\n"
           "   --hash sha256:1123456789012345678901234567890123456789012345678901234567890123\n"
           "d\n"
           "-r more.txt\n"
           "-c limits.txt\n"
           "-e git+https://tok@h.example/o/e.git@0a#egg=e\n"
           "https://h.example/f-1.5-py3-none-any.whl\n"
           "./g-2.0.tar.gz\n"
           "-e .\n"
           "--index-url https://h.example/simple\n"
           "h==${V}\n"
           "i==5.*.*\n"
           "j @ git+ssh://git@h.example/o/j@v1\n"
           "k===2!1.0+x\n",
           "more.txt", "m==1.0\n-r requirements.txt\n", "limits.txt", "d==4.0\nunused==1.0\n");
    struct tree t = tree_begin(state);
    tree_put(&t, "requirements.txt", S("a==1\nb==\n-r gone.txt\nc=1\nd==1\n"));
    check_str(listing(&t), "pkg:pypi/a@1 needed :1\npkg:pypi/d@1 needed :5\n");
    check_warning(&t, "requirements.txt:2");
    check_warning(&t, "requirements.txt:3");
    check_warning(&t, "requirements.txt:4");
    tree_end(&t);
}

static void compiled_requirements(void **state) {
    YIELDS("pkg:pypi/a@1.0 direct dev :1\n"
           "pkg:pypi/b@2.0 transitive dev :3\n"
           "pkg:pypi/c@3.0 transitive dev :4\n"
           "pkg:pypi/a@1.0 > pkg:pypi/b@2.0\n"
           "pkg:pypi/a@1.0 > pkg:pypi/c@3.0\n"
           "pkg:pypi/b@2.0 > pkg:pypi/c@3.0\n",
           "requirements-dev.txt",
           "a==1.0\n"
           "    # via -r requirements.in\n"
           "b==2.0 # via a\n"
           "c==3.0\n"
           "    # via\n"
           "    #   a\n"
           "    #   b\n");
    /* prose of that name is none */
    check_refused(state, "system-requirements.txt", "You need a computer.\nAnd some patience!\nok\n",
                  "system-requirements.txt:1");
}

static void utf16_requirements(void **state) {
    struct tree t = tree_begin(state);
    tree_put(&t, "requirements.txt",
             str_n("\xFF\xFE"
                   "a\0=\0=\0001\0\r\0\n\0",
                   14));
    check_str(listing(&t), "pkg:pypi/a@1 needed :1\n");
    tree_end(&t);
}

static void poetry(void **state) {
    YIELDS("pkg:pypi/app@0.1 project :1 MIT\n"
           "pkg:pypi/a.b@1.0 direct needed :1 #1\n"
           "pkg:pypi/c@2.0 transitive optional :9\n"
           "pkg:pypi/d-d@3.0 transitive needed :14 #1\n"
           "pkg:pypi/e@4.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fo%2Fe.git%400a direct dev :18\n"
           "pkg:pypi/a.b@1.0 > pkg:pypi/c@2.0\n"
           "pkg:pypi/a.b@1.0 > pkg:pypi/d-d@3.0\n"
           "pkg:pypi/app@0.1 > pkg:pypi/a.b@1.0\n"
           "pkg:pypi/app@0.1 > pkg:pypi/e@4.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fo%2Fe.git%400a\n",
           "poetry.lock",
           "[[package]]\n"
           "name = \"A.b\"\n"
           "version = \"1.0\"\n"
           "category = \"main\"\n"
           "optional = false\n"
           "[package.dependencies]\n"
           "c = {version = \"*\", optional = true}\n"
           "D-D = [{version = \"1\"}, {version = \"2\"}]\n"
           "[[package]]\n"
           "name = \"c\"\n"
           "version = \"2.0\"\n"
           "optional = true\n"
           "groups = [\"main\", \"dev\"]\n"
           "[[package]]\n"
           "name = \"d_d\"\n"
           "version = \"3.0\"\n"
           "files = [{file = \"x\", hash = "
           "\"sha256:0123456789012345678901234567890123456789012345678901234567890123\"}]\n"
           "[[package]]\n"
           "name = \"e\"\n"
           "version = \"4.0\"\n"
           "category = \"dev\"\n"
           "[package.source]\n"
           "type = \"git\"\n"
           "url = \"https://h.example/o/e.git\"\n"
           "reference = \"main\"\n"
           "resolved_reference = \"0a\"\n"
           "[metadata.files]\n"
           "\"A.b\" = [{file = \"x\", hash = \"md5:01234567890123456789012345678901\"}]\n",
           "pyproject.toml",
           "[tool.poetry]\nname = \"app\"\nversion = \"0.1\"\nlicense = \"MIT\"\n"
           "[tool.poetry.dependencies]\npython = \"^3\"\na-b = \"*\"\n"
           "[tool.poetry.group.dev.dependencies]\ne = \"*\"\n");
    check_refused(state, "poetry.lock", "package = 1\n", "poetry.lock:1");
    check_refused(state, "poetry.lock", "[[package]\n", "poetry.lock:1:10");
}

static void pdm(void **state) {
    YIELDS("pkg:pypi/app project :1\n"
           "pkg:pypi/a@1.0 direct needed :1\n"
           "pkg:pypi/b@1.0 transitive needed :6 marker=os_name == 'nt'\n"
           "pkg:pypi/c@1.0 transitive dev :11\n"
           "pkg:pypi/c@2.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fc.git%400a transitive optional :15\n"
           "pkg:pypi/a@1.0 > pkg:pypi/b@1.0\n"
           "pkg:pypi/a@1.0 > pkg:pypi/c@2.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fc.git%400a\n"
           "pkg:pypi/app > pkg:pypi/a@1.0\n"
           "pkg:pypi/app > pkg:pypi/c@1.0\n",
           "pdm.lock",
           "[[package]]\nname = \"a\"\nversion = \"1.0\"\ngroups = [\"default\", \"dev\"]\n"
           "dependencies = [\"b; os_name == 'nt'\", \"c==2.0\"]\n"
           "[[package]]\nname = \"b\"\nversion = \"1.0\"\ngroups = [\"default\"]\nmarker = \"os_name == 'nt'\"\n"
           "[[package]]\nname = \"c\"\nversion = \"1.0\"\ngroups = [\"dev\"]\n"
           "[[package]]\nname = \"c\"\nversion = \"2.0\"\ngroups = [\"extra\"]\n"
           "git = \"https://h.example/c.git\"\nrevision = \"0a\"\n",
           "pyproject.toml", "[project]\nname = \"app\"\ndependencies = [\"a>=1\"]\n");
}

static void uv(void **state) {
    YIELDS("pkg:pypi/app@0.1 project :24\n"
           "pkg:pypi/a@1.0 direct needed :2 #1\n"
           "pkg:pypi/b@1.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fb%400a direct dev :10\n"
           "pkg:pypi/b@2.0 transitive needed :14\n"
           "pkg:pypi/c@3.0 transitive optional :17\n"
           "pkg:pypi/d@4.0 direct dev :20 path=vendor/d\n"
           "pkg:pypi/a@1.0 > pkg:pypi/b@2.0\n"
           "pkg:pypi/a@1.0 > pkg:pypi/c@3.0\n"
           "pkg:pypi/app@0.1 > pkg:pypi/a@1.0\n"
           "pkg:pypi/app@0.1 > pkg:pypi/d@4.0\n"
           "pkg:pypi/app@0.1 > pkg:pypi/b@1.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fb%400a\n",
           "uv.lock",
           "version = 1\n"
           "[[package]]\nname = \"a\"\nversion = \"1.0\"\nsource = { registry = \"https://h.example/simple\" }\n"
           "dependencies = [{ name = \"b\", version = \"2.0\" }]\n"
           "sdist = { hash = \"sha256:0123456789012345678901234567890123456789012345678901234567890123\" }\n"
           "[package.optional-dependencies]\nx = [{ name = \"c\" }]\n"
           "[[package]]\nname = \"b\"\nversion = \"1.0\"\nsource = { git = \"https://h.example/b?rev=main#0a\" }\n"
           "[[package]]\nname = \"b\"\nversion = \"2.0\"\n"
           "[[package]]\nname = \"c\"\nversion = \"3.0\"\n"
           "[[package]]\nname = \"d\"\nversion = \"4.0\"\nsource = { directory = \"vendor/d\" }\n"
           "[[package]]\nname = \"app\"\nversion = \"0.1\"\nsource = { editable = \".\" }\n"
           "dependencies = [{ name = \"a\" }]\n"
           "[package.dev-dependencies]\ndev = [{ name = \"d\" }, { name = \"b\", version = \"1.0\" }]\n");
}

static void pylock(void **state) {
    YIELDS("pkg:pypi/app project :17\n"
           "pkg:pypi/a@1.0 needed :2 #1\n"
           "pkg:pypi/b@1.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fb.git%400a optional :7 marker='x' in extras\n"
           "pkg:pypi/c@1.0?download_url=https:%2F%2Fh.example%2Fc.zip dev :12 marker='dev' in dependency_groups\n"
           "pkg:pypi/a@1.0 > pkg:pypi/b@1.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fb.git%400a\n"
           "pkg:pypi/app > pkg:pypi/a@1.0\n"
           "pkg:pypi/app > pkg:pypi/c@1.0?download_url=https:%2F%2Fh.example%2Fc.zip\n",
           "pylock.dev.toml",
           "lock-version = \"1.0\"\n"
           "[[packages]]\nname = \"a\"\nversion = \"1.0\"\ndependencies = [{name = \"b\"}]\n"
           "wheels = [{hashes = {sha256 = \"0123456789012345678901234567890123456789012345678901234567890123\"}}]\n"
           "[[packages]]\nname = \"b\"\nversion = \"1.0\"\nmarker = \"'x' in extras\"\n"
           "vcs = {type = \"git\", url = \"https://h.example/b.git\", commit-id = \"0a\"}\n"
           "[[packages]]\nname = \"c\"\nversion = \"1.0\"\nmarker = \"'dev' in dependency_groups\"\n"
           "archive = {url = \"https://h.example/c.zip\"}\n"
           "[[packages]]\nname = \"app\"\ndirectory = {path = \".\", editable = true}\n");
}

static void pipfile(void **state) {
    YIELDS("pkg:pypi/app project\n"
           "pkg:pypi/a@1.0 direct needed #1\n"
           "pkg:pypi/b?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fb.git%400a transitive needed\n"
           "pkg:pypi/c@2.0 transitive dev marker=x\n"
           "pkg:pypi/app > pkg:pypi/a@1.0\n"
           "pkg:pypi/app > pkg:pypi/b?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fb.git%400a\n"
           "pkg:pypi/app > pkg:pypi/c@2.0\n",
           "Pipfile.lock",
           "{\"_meta\": {\"sources\": []}, \"default\": {\n"
           "\"a\": {\"version\": \"==1.0\", \"hashes\": "
           "[\"sha256:0123456789012345678901234567890123456789012345678901234567890123\"]},\n"
           "\"b\": {\"git\": \"https://h.example/b.git\", \"ref\": \"0a\"}},\n"
           "\"develop\": {\"c\": {\"version\": \"==2.0\", \"markers\": \"x\"}, \"app\": {\"path\": \".\", "
           "\"editable\": true}}}",
           "Pipfile", "[packages]\na = \"*\"\n");
    check_refused(state, "Pipfile.lock", "[]", "Pipfile.lock");
}

static void installed(void **state) {
    YIELDS("pkg:pypi/a@1.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fa.git%400a :1 MIT\n"
           "pkg:pypi/b@2.0 :1 MIT\n"
           "pkg:pypi/c@3 :1 BSD\n",
           "lib/python3/site-packages/a-1.0.dist-info/METADATA",
           "Metadata-Version: 2.1\nName: A\nVersion: 1.0\nLicense: UNKNOWN\n"
           "Classifier: License :: OSI Approved :: MIT License\nSummary: s\n\nName: body\n",
           "lib/python3/site-packages/a-1.0.dist-info/direct_url.json",
           "{\"url\": \"https://h.example/a.git\", \"vcs_info\": {\"vcs\": \"git\", \"commit_id\": \"0a\"}}",
           "lib/python3/site-packages/b.egg-info/PKG-INFO", "Name: b\nVersion: 2.0\nLicense-Expression: MIT\n",
           "lib/python3/site-packages/c-3.egg-info", "Name: c\r\nVersion: 3\r\nLicense: BSD\r\n continued\r\n");
    check_refused(state, "x.dist-info/METADATA", "Name: x\n", "x.dist-info/METADATA");
}

static void conda(void **state) {
    YIELDS(
        "pkg:conda/b@2.10?build=py_0&channel=forge&subdir=noarch&type=tar.bz2 needed :2\n"
        "pkg:conda/c@1.0?subdir=linux-64 dev :9\n"
        "pkg:pypi/p-y@1.0 needed :14\n"
        "pkg:conda/a@1.0?build=h1_0&channel=main&subdir=linux-64&type=conda :1 MIT #1\n"
        "pkg:conda/d@1.2?build=py_0&channel=forge direct needed :2\n"
        "pkg:conda/e direct needed :3 requirement=>=3\n"
        "pkg:pypi/f@1.0 direct needed :5\n"
        "pkg:conda/b@2.10?build=py_0&channel=forge&subdir=noarch&type=tar.bz2 > pkg:conda/c@1.0?subdir=linux-64\n",
        "conda-meta/a-1.0-h1_0.json",
        "{\"name\": \"a\", \"version\": \"1.0\", \"build\": \"h1_0\", \"subdir\": \"linux-64\", \"license\": \"MIT\", "
        "\"channel\": \"https://h.example/main/linux-64\", \"md5\": \"01234567890123456789012345678901\", "
        "\"url\": \"https://h.example/main/linux-64/a-1.0-h1_0.conda\"}",
        "conda-lock.yml",
        "package:\n"
        "- name: b\n"
        "  version: '2.10'\n"
        "  manager: conda\n"
        "  platform: linux-64\n"
        "  dependencies: {c: '>=1'}\n"
        "  url: https://h.example/forge/noarch/b-2.10-py_0.tar.bz2\n"
        "  category: main\n"
        "- name: c\n"
        "  version: 1.0\n"
        "  manager: conda\n"
        "  platform: linux-64\n"
        "  category: dev\n"
        "- {name: P_y, version: 1.0, manager: pip, platform: linux-64, category: main}\n",
        "environment.yml",
        "dependencies:\n"
        "- forge::d=1.2=py_0\n"
        "- e>=3\n"
        "- pip:\n"
        "  - f==1.0\n"
        "  - -r requirements.txt\n");
}

static void cargo(void **state) {
    YIELDS(
        "pkg:cargo/app@0.1.0 project :8\n"
        "pkg:cargo/a@1.0.0 direct needed :2 #1\n"
        "pkg:cargo/b@1.0.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fb%400a direct dev :12\n"
        "pkg:cargo/b@2.0.0 direct needed :16\n"
        "pkg:cargo/member@0.2.0 project :20 MIT\n"
        "pkg:cargo/a@1.0.0 > pkg:cargo/b@2.0.0\n"
        "pkg:cargo/app@0.1.0 > pkg:cargo/a@1.0.0\n"
        "pkg:cargo/app@0.1.0 > pkg:cargo/b@1.0.0?vcs_url=git%2Bhttps:%2F%2Fh.example%2Fb%400a\n"
        "pkg:cargo/app@0.1.0 > pkg:cargo/member@0.2.0\n"
        "pkg:cargo/member@0.2.0 > pkg:cargo/b@2.0.0\n",
        "Cargo.lock",
        "version = 3\n"
        "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n"
        "source = \"registry+https://h.example/index\"\n"
        "checksum = \"0123456789012345678901234567890123456789012345678901234567890123\"\n"
        "dependencies = [\"b 2.0.0\"]\n"
        "[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n"
        "dependencies = [\"a\", \"b 1.0.0\", \"member\"]\n"
        "[[package]]\nname = \"b\"\nversion = \"1.0.0\"\n"
        "source = \"git+https://h.example/b?branch=x#0a\"\n"
        "[[package]]\nname = \"b\"\nversion = \"2.0.0\"\nsource = \"registry+https://h.example/index\"\n"
        "[[package]]\nname = \"member\"\nversion = \"0.2.0\"\ndependencies = [\"b 2.0.0 "
        "(registry+https://h.example/index)\"]\n",
        "Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[dependencies]\nrenamed = {package = \"a\", version = \"1\"}\n"
        "[dev-dependencies]\nb = \"1\"\n[workspace]\nmembers = [\"crates/*\"]\n"
        "[workspace.package]\nversion = \"0.2.0\"\nlicense = \"MIT\"\n",
        "crates/member/Cargo.toml",
        "[package]\nname = \"member\"\nversion.workspace = true\nlicense.workspace = true\n"
        "[target.'cfg(unix)'.dependencies]\nb = \"2\"\n");
    YIELDS("pkg:cargo/a@1.0.0 :1 #1\n", "Cargo.lock",
           "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n"
           "[metadata]\n\"checksum a 1.0.0 (registry+x)\" = "
           "\"0123456789012345678901234567890123456789012345678901234567890123\"\n");
    check_refused(state, "Cargo.lock", "[[package]]\nname = \"a\"\n", "Cargo.lock:1");
}

int main(void) {
    const struct CMUnitTest all[] = {
        TEST(requirement_texts),
        TEST(requirements),
        TEST(compiled_requirements),
        TEST(utf16_requirements),
        TEST(poetry),
        TEST(pdm),
        TEST(uv),
        TEST(pylock),
        TEST(pipfile),
        TEST(installed),
        TEST(conda),
        TEST(cargo),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
