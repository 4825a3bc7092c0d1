/* SPDX-License-Identifier: Apache-2.0
 *
 * Sources a build downloads.
 */
#include "collect/download.h"

#include "base/file.h"

const char *hash_name(str alg) {
    static const struct {
        const char *written, *name;
    } names[] = {
        {"md5", "MD5"}, {"sha1", "SHA-1"}, {"sha256", "SHA-256"}, {"sha384", "SHA-384"}, {"sha512", "SHA-512"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_ieq(alg, str_of(names[i].written)))
            return names[i].name;
    return NULL;
}

/* Name without the endings of archives. */
static str stem(str base) {
    static const char *const endings[] = {".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst", ".tar.lz", ".tgz",
                                          ".txz",    ".tbz2",   ".tar",     ".zip",     ".7z",     ".gz"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_iends(base, str_of(endings[i])))
            return str_upto(base, base.n - strlen(endings[i]));
    return base;
}

/* …/owner/repo/archive/refs/tags/TAG.tar.gz, …/archive/TAG.zip, …/releases/download/TAG/file, …/tarball/TAG */
static bool github_archive(str url, str *repository, str *tag) {
    static const char *const places[] = {
        "/archive/refs/tags/", "/archive/refs/heads/", "/releases/download/", "/archive/", "/tarball/", "/zipball/"};
    if (str_find(url, S("://github.com/")) == STR_NONE)
        return false;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t at = str_find(url, str_of(places[i]));
        if (at == STR_NONE)
            continue;
        str rest = str_from(url, at + strlen(places[i])), file;
        *repository = str_upto(url, at);
        if (i == 2)
            return str_cut(rest, '/', tag, &file) && tag->n > 0;
        *tag = stem(rest);
        return tag->n > 0;
    }
    return false;
}

/* "zlib-1.2.13" → 1.2.13: what follows the last '-' or '_' when it begins with a digit (or v and a digit). */
static str version_of(str text) {
    for (size_t i = text.n; i > 1; i--) {
        char mark = text.p[i - 2];
        str rest = str_from(text, i - 1);
        if (mark != '-' && mark != '_')
            continue;
        if (rest.n > 1 && rest.p[0] == 'v' && ch_digit(rest.p[1]))
            return str_from(rest, 1);
        if (rest.n && ch_digit(rest.p[0]))
            return rest;
    }
    return (str){0};
}

static void find_archive(struct collect *c, struct arena *a, const struct download *d, struct find find) {
    struct purl_qualifier qualifiers[2];
    find.type = "generic";
    find.name = d->name;
    find.version = d->version.n ? d->version : version_of(stem(path_base(d->url)));
    find.download = d->url;
    if (d->hash.alg.n) {
        struct buf alg = {0};
        for (size_t i = 0; i < d->hash.alg.n; i++)
            if (d->hash.alg.p[i] != '-')
                buf_addc(&alg, ch_tolower(d->hash.alg.p[i]));
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){
            S("checksum"), arena_printf(a, "%.*s:%.*s", (int)alg.n, alg.p, STR_ARG(d->hash.hex))};
        buf_free(&alg);
    }
    if (d->url.n)
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("download_url"), d->url};
    find.qualifiers = qualifiers;
    if (find.version.n || d->url.n)
        collect_find(c, &find);
    else
        collect_unidentified(c, d->name, str_of(_("neither an address nor a version is told")));
}

void download_find(struct collect *c, struct arena *a, const struct download *d) {
    struct find find = {.line = d->line, .scope = d->scope, .direct = d->direct, .key = d->key};
    struct sbom_property called = {S("akashi:called"), d->name};
    str repository = d->git, tag = d->ref;
    if (d->hash.alg.n) {
        find.hashes = &d->hash;
        find.n_hashes = 1;
    }
    if (!repository.n && d->url.n && !github_archive(d->url, &repository, &tag))
        repository = (str){0};
    if (repository.n && find_repository(a, repository, tag, &find)) {
        find.properties = &called;
        find.n_properties = d->name.n > 0;
        find.download = d->url;
        collect_find(c, &find);
        return;
    }
    if (d->name.n)
        find_archive(c, a, d, find);
    else
        report_nameless(c, d->url.n ? d->url : d->git);
}
