/* SPDX-License-Identifier: Apache-2.0
 *
 * Java archives. Who they are: META-INF/maven/GROUP/ARTIFACT/pom.properties, else the manifest and the file's name.
 * Further pom.properties are libraries packed into the same archive; archives inside are looked into.
 */
#include "base/digest.h"
#include "base/file.h"
#include "base/unpack.h"
#include "collect/detectors.h"

enum { PROPERTIES_MOST = 1000 };

struct gav {
    str group, artifact, version;
};

struct jar {
    struct arena *a;
    str manifest;
    VEC(struct gav) poms;
    str name, version; /* by the file's name */
};

/* A manifest's main section; a line that begins with a space continues the one before. */
static str manifest_value(struct arena *a, str manifest, const char *key) {
    str line, name, value, want = str_of(key), found = {NULL, 0};
    while (str_line(&manifest, &line) && line.n) {
        if (line.p[0] == ' ') {
            if (found.p)
                found = arena_cat(a, found, str_from(line, 1));
        } else if (found.p) {
            break;
        } else if (str_cut(line, ':', &name, &value) && str_ieq(name, want)) {
            found = str_from(value, value.n && value.p[0] == ' ');
        }
    }
    return str_trim(found);
}

static struct gav parse_properties(str text) {
    struct gav g = {0};
    str line, key, value;
    while (str_line(&text, &line)) {
        if (line.n == 0 || line.p[0] == '#' || !str_cut(line, '=', &key, &value))
            continue;
        key = str_trim(key);
        if (str_is(key, "groupId"))
            g.group = str_trim(value);
        else if (str_is(key, "artifactId"))
            g.artifact = str_trim(value);
        else if (str_is(key, "version"))
            g.version = str_trim(value);
    }
    return g;
}

/* "commons-lang3-3.12.0.jar" → commons-lang3, 3.12.0 */
static void split_file_name(str path, str *name, str *version) {
    str base = path_base(path), head, ext;
    if (str_rcut(base, '!', &head, &ext))
        base = ext;
    if (str_rcut(base, '.', &head, &ext))
        base = head;
    *name = base;
    *version = (str){NULL, 0};
    for (size_t i = 1; i + 1 < base.n; i++)
        if (base.p[i] == '-' && ch_digit(base.p[i + 1])) {
            *name = str_upto(base, i);
            *version = str_from(base, i + 1);
            return;
        }
}

static bool read_members(struct jar *j, struct collect *c, str bytes, str where, struct err *e) {
    struct unpack *u;
    struct entry entry;
    if (!unpack_open_text(collect_ctx(c), bytes, where, &u, e))
        return false;
    bool ok = true;
    while (ok && unpack_next(u, &entry, e)) {
        str text;
        if (entry.kind != ENTRY_FILE || !str_starts(entry.path, S("META-INF/")))
            continue;
        if (str_ieq(entry.path, S("META-INF/MANIFEST.MF"))) {
            ok = unpack_read(u, j->a, &j->manifest, e);
        } else if (str_starts(entry.path, S("META-INF/maven/")) && str_ends(entry.path, S("/pom.properties")) &&
                   j->poms.n < PROPERTIES_MOST) {
            ok = unpack_read(u, j->a, &text, e);
            struct gav g = ok ? parse_properties(text) : (struct gav){0};
            if (g.artifact.n && g.group.n)
                *vec_push(j->a, &j->poms) = g;
        }
    }
    unpack_close(u);
    return ok && e->kind == ERR_NONE;
}

/* Artifacts that carry no pom.properties, by the beginning of their names. */
static str group_by_artifact(str artifact) {
    static const struct {
        const char *prefix, *group;
    } known[] = {
        {"spring-boot", "org.springframework.boot"},
        {"spring-security-", "org.springframework.security"},
        {"spring-data-", "org.springframework.data"},
        {"spring-cloud-", "org.springframework.cloud"},
        {"spring-ws-", "org.springframework.ws"},
        {"spring-batch-", "org.springframework.batch"},
        {"spring-", "org.springframework"},
        {"tomcat-embed-", "org.apache.tomcat.embed"},
        {"tomcat-", "org.apache.tomcat"},
        {"netty-", "io.netty"},
        {"hibernate-core", "org.hibernate"},
        {"kotlin-", "org.jetbrains.kotlin"},
        {"groovy-", "org.codehaus.groovy"},
        {"jetty-", "org.eclipse.jetty"},
        {"grpc-", "io.grpc"},
        {"micrometer-", "io.micrometer"},
        {"byte-buddy", "net.bytebuddy"},
        {"bcprov-", "org.bouncycastle"},
        {"bcpkix-", "org.bouncycastle"},
        {"lombok", "org.projectlombok"},
        {"reactor-", "io.projectreactor"},
        {"log4j-", "org.apache.logging.log4j"},
        {"aspectj", "org.aspectj"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(artifact, str_of(known[i].prefix)))
            return str_of(known[i].group);
    return (str){NULL, 0};
}

static bool looks_like_group(str s) {
    if (str_chr(s, '.') == STR_NONE || s.n == 0 || !ch_alpha(s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && !memchr("._-", s.p[i], 3))
            return false;
    return true;
}

/* Without pom.properties: a bundle's symbolic name is GROUP.ARTIFACT as often as not ("org.apache.commons.lang3"), so
 * it counts only where it ends in the artifact's name. */
static str group_by_manifest(struct jar *j, str artifact) {
    str vendor = manifest_value(j->a, j->manifest, "Implementation-Vendor-Id"), rest;
    str bundle = manifest_value(j->a, j->manifest, "Bundle-SymbolicName");
    if (looks_like_group(vendor))
        return vendor;
    str_cut(bundle, ';', &bundle, &rest);
    bundle = str_trim(bundle);
    if (looks_like_group(bundle) && str_ends(bundle, artifact) && bundle.n > artifact.n + 1 &&
        bundle.p[bundle.n - artifact.n - 1] == '.')
        return str_upto(bundle, bundle.n - artifact.n - 1);
    return group_by_artifact(artifact);
}

static str version_by_manifest(struct jar *j) {
    static const char *const keys[] = {"Implementation-Version", "Bundle-Version", "Specification-Version"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        str v = manifest_value(j->a, j->manifest, keys[i]);
        if (v.n && str_chr(v, '$') == STR_NONE && str_chr(v, ' ') == STR_NONE)
            return v;
    }
    return (str){NULL, 0};
}

/* Of several pom.properties, the one the file is named after is the archive's own. */
static const struct gav *own_pom(const struct jar *j) {
    const struct gav *best = NULL;
    for (uint32_t i = 0; i < j->poms.n; i++) {
        const struct gav *g = &j->poms.v[i];
        if (str_eq(g->artifact, j->name))
            return g;
        if (str_starts(j->name, g->artifact) && (!best || g->artifact.n > best->artifact.n))
            best = g;
    }
    return best ? best : j->poms.n == 1 ? &j->poms.v[0] : NULL;
}

static void report_own(struct jar *j, struct collect *c, str bytes, const struct gav *own) {
    struct sbom_hash hash = {S("SHA-1"), digest_hex(j->a, DIGEST_SHA1, bytes)};
    str v = own ? own->version : j->version.n ? j->version : version_by_manifest(j);
    struct find f = {.type = "maven",
                     .ns = own ? own->group : group_by_manifest(j, j->name),
                     .name = own ? own->artifact : j->name,
                     .version = v,
                     .supplier = manifest_value(j->a, j->manifest, "Implementation-Vendor"),
                     .licence = manifest_value(j->a, j->manifest, "Bundle-License"),
                     .hashes = &hash,
                     .n_hashes = 1,
                     .key = S("archive")};
    if (str_starts(f.licence, S("http")) && str_chr(f.licence, ',') != STR_NONE)
        f.licence = (str){NULL, 0};
    if (!f.ns.n)
        f.type = NULL; /* a name and a version, but no purl to trust */
    collect_find(c, &f);
}

static bool read_jar(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct jar j = {.a = a};
    if (!read_members(&j, c, bytes, f->path, e))
        return false;
    split_file_name(f->path, &j.name, &j.version);
    const struct gav *own = own_pom(&j);
    report_own(&j, c, bytes, own);
    for (uint32_t i = 0; i < j.poms.n; i++) {
        const struct gav *g = &j.poms.v[i];
        if (g == own)
            continue;
        struct find part = {.type = "maven",
                            .ns = g->group,
                            .name = g->artifact,
                            .version = g->version,
                            .key = arena_printf(a, "%u", i)};
        collect_find(c, &part);
        collect_edge(c, S("archive"), part.key);
    }
    collect_inside(c, f, bytes);
    return true;
}

static const char *const files[] = {"*.jar", "*.war", "*.ear", "*.sar", "*.par", "*.hpi", "*.jpi", "*.aar", NULL};
const struct detector detector_jar = {.name = "java/archive", .files = files, .purl_types = "maven", .read = read_jar};
