/* SPDX-License-Identifier: Apache-2.0
 *
 * Installed Python packages: NAME.dist-info/METADATA (wheels), NAME.egg-info/PKG-INFO or one NAME.egg-info file
 * (setuptools, distutils), EGG-INFO/PKG-INFO in an egg. The file is a mail header (PEP 566): fields up to an empty
 * line, continued by indentation.
 */
#include "base/file.h"
#include "base/json.h"
#include "collect/pypi.h"

struct metadata {
    str name, version, licence, expression, author, mail, maintainer, homepage, summary;
    str classifier; /* licence by classifier, joined by " AND " when there are several */
};

/* "UNKNOWN" is how setuptools writes nothing. */
static void keep(str *to, str value) {
    if (!to->n && value.n && !str_is(value, "UNKNOWN"))
        *to = value;
}

static void read_classifier(struct arena *a, struct metadata *m, str value) {
    str prefix = S("License :: "), head, last;
    if (!str_starts(value, prefix) || str_is(value, "License :: OSI Approved"))
        return;
    str_rcut(value, ':', &head, &last);
    last = str_trim(last);
    m->classifier = m->classifier.n ? arena_printf(a, "%.*s AND %.*s", STR_ARG(m->classifier), STR_ARG(last)) : last;
}

static void read_url(struct metadata *m, str value) {
    str label, url;
    if (str_cut(value, ',', &label, &url) &&
        (str_ieq(str_trim(label), S("homepage")) || str_ieq(str_trim(label), S("home"))))
        keep(&m->homepage, str_trim(url));
}

static void read_field(struct arena *a, struct metadata *m, str name, str value) {
    const struct {
        str name;
        str *to;
    } fields[] = {{S("Name"), &m->name},          {S("Version"), &m->version},
                  {S("License"), &m->licence},    {S("License-Expression"), &m->expression},
                  {S("Author"), &m->author},      {S("Author-email"), &m->mail},
                  {S("Home-page"), &m->homepage}, {S("Maintainer"), &m->maintainer},
                  {S("Summary"), &m->summary}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_ieq(name, fields[i].name))
            keep(fields[i].to, value);
    if (str_ieq(name, S("Classifier")))
        read_classifier(a, m, value);
    if (str_ieq(name, S("Project-URL")))
        read_url(m, value);
}

static void read_header(struct arena *a, str text, struct metadata *m) {
    str line, name, value;
    while (str_line(&text, &line) && line.n)
        if (!ch_space(line.p[0]) && str_cut(line, ':', &name, &value))
            read_field(a, m, str_trim(name), str_trim(value));
}

/* An expression (PEP 639) counts most; a licence field may hold the whole text of a licence, of which only the first
 * line was kept. */
static str licence_of(const struct metadata *m) {
    if (m->expression.n)
        return m->expression;
    bool is_name = m->licence.n > 0 && m->licence.n < 100;
    return is_name ? m->licence : m->classifier;
}

/* direct_url.json (PEP 610): installed from git, an archive or a folder instead of an index. */
static void read_direct_url(struct collect *c, const struct found_file *f, struct arena *a, struct pypi_package *p) {
    struct json doc;
    struct err e;
    str text;
    if (!str_ends(path_dir(f->path), S(".dist-info")) || !collect_open(c, f, S("direct_url.json"), a, &text, &e) ||
        !json_parse(collect_ctx(c), a, text, JSON_STRICT, f->path, &doc, &e))
        return;
    str url = j_gets(doc.root, "url");
    struct jv vcs = j_get(doc.root, "vcs_info"), archive = j_get(doc.root, "archive_info");
    if (j_ok(vcs)) {
        p->vcs_url = pypi_vcs_url(a, j_gets(vcs, "vcs"), url, j_gets(vcs, "commit_id"));
    } else if (j_ok(archive)) {
        p->download = str_starts(url, S("file:")) ? (str){NULL, 0} : url;
        pypi_hash(a, j_gets(archive, "hash"), &p->hashes);
        for (struct jiter it = j_iter(j_get(archive, "hashes")); j_next(&it);)
            pypi_hash(a, arena_printf(a, "%.*s:%.*s", STR_ARG(it.key), STR_ARG(j_str(it.val))), &p->hashes);
    }
    p->is_project = j_true(j_get2(doc.root, "dir_info", "editable"));
}

static bool dist_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct metadata m = {0};
    struct pypi_package p = {.line = 1};
    read_header(a, text_utf8(a, bytes), &m);
    if (!m.name.n || !m.version.n)
        return err_set(e, ERR_INPUT, f->path, _("package metadata should have Name and Version"));
    p.name = m.name;
    p.version = m.version;
    p.licence = licence_of(&m);
    p.description = m.summary;
    p.author = m.author.n ? m.author : m.maintainer.n ? m.maintainer : m.mail;
    p.homepage = m.homepage;
    read_direct_url(c, f, a, &p);
    pypi_report(c, &p);
    return true;
}

const struct detector detector_python_dist = {
    .name = "python/installed",
    .files = (const char *const[]){"*.dist-info/METADATA", "*.egg-info/PKG-INFO", "EGG-INFO/PKG-INFO", "*.egg-info",
                                   NULL},
    .purl_types = "pypi",
    .opens = (const char *const[]){"*.dist-info/direct_url.json", NULL},
    .read = dist_read,
};
