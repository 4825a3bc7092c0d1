/* SPDX-License-Identifier: Apache-2.0
 *
 * *.csproj, *.fsproj, *.vbproj: PackageReference items, with properties and central versions from the nearest
 * Directory.Build.props and Directory.Packages.props above. Where a lock file or obj/project.assets.json tells what
 * was resolved, the project file only names the project.
 */
#include "base/file.h"
#include "base/xml.h"
#include "collect/detectors.h"
#include "collect/maven_find.h"
#include "collect/report.h"

enum { MAX_FOLDERS = 64, MAX_DEPTH = 8, MAX_VALUE = 4096 };

struct project {
    struct collect *c;
    const struct found_file *f;
    struct arena *a;
    struct map properties; /* name, lower case → str *; the last one written wins, as MSBuild has it */
    struct map central;    /* package, lower case → str * */
    struct map seen;       /* package, lower case */
};

/* ── properties ── */

static str property(const struct project *p, str name) {
    const str *value = map_get(&p->properties, arena_lower(p->a, name));
    return value ? *value : (str){0};
}

// NOLINTNEXTLINE(misc-no-recursion): MAX_DEPTH
static void expand(const struct project *p, str text, int depth, struct buf *out) {
    while (text.n && out->n < MAX_VALUE) {
        size_t at = str_find(text, S("$("));
        buf_add(out, str_upto(text, at));
        if (at == STR_NONE)
            return;
        text = str_from(text, at);
        size_t end = str_chr(text, ')');
        size_t used = end == STR_NONE ? 2 : end + 1;
        str value = end != STR_NONE && depth < MAX_DEPTH ? property(p, str_n(text.p + 2, end - 2)) : (str){0};
        if (value.n)
            expand(p, value, depth + 1, out);
        else
            buf_add(out, str_upto(text, used));
        text = str_from(text, used);
    }
}

static str expanded(const struct project *p, str text) {
    if (!text.n || str_find(text, S("$(")) == STR_NONE)
        return text;
    struct buf b = {0};
    expand(p, text, 0, &b);
    str out = arena_str(p->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void put(struct project *p, struct map *into, str key, str value) {
    str *kept = arena_new_of(p->a, str);
    *kept = value;
    map_put(into, arena_lower(p->a, key), NULL)->value = kept;
}

/* An attribute, or a child element of that name. */
static str metadata(const struct xml_node *item, const char *name) {
    str value = xml_attr(item, name);
    return value.p ? str_trim(value) : xml_text(item, name);
}

static void read_properties(struct project *p, const struct xml_node *root) {
    for (const struct xml_node *g = xml_child(root, "PropertyGroup"); g; g = xml_again(g))
        for (const struct xml_node *n = g->child; n; n = n->next)
            if (!n->child && str_trim(n->text).n)
                put(p, &p->properties, n->name, str_trim(n->text));
}

/* ── packages ── */

/* "1.2" asks for at least 1.2 and gets it; "[1.2]" for exactly that; what "[1.2,2.0)" or "1.*" gets cannot be told from
 * here. */
static str pinned(str version) {
    if (version.n > 2 && version.p[0] == '[' && version.p[version.n - 1] == ']' && str_chr(version, ',') == STR_NONE)
        return str_trim(str_n(version.p + 1, version.n - 2));
    bool open = version.n == 0 || version.p[0] == '[' || version.p[0] == '(' || str_chr(version, '*') != STR_NONE ||
                str_chr(version, '$') != STR_NONE;
    return open ? (str){0} : version;
}

static void find_package(struct project *p, const struct xml_node *item, bool own, bool dev) {
    str name = expanded(p, str_trim(xml_attr(item, "Include"))),
        version = expanded(p, metadata(item, "VersionOverride"));
    bool fresh;
    if (!name.n || str_chr(name, '$') != STR_NONE || str_chr(name, ';') != STR_NONE)
        return name.n ? report_nameless(p->c, name) : (void)0;
    (void)map_put(&p->seen, arena_lower(p->a, name), &fresh);
    if (!fresh)
        return; /* the same again under another condition */
    if (!version.n)
        version = expanded(p, metadata(item, "Version"));
    const str *central = map_get(&p->central, arena_lower(p->a, name));
    if (!version.n && central)
        version = *central;
    str assets = metadata(item, "PrivateAssets");
    struct sbom_property requested = {S("akashi:requirement"), version};
    struct find find = {
        .type = "nuget",
        .name = name,
        .version = pinned(version),
        .line = own ? item->line : 0,
        .direct = DIRECT_YES,
        .scope = dev || str_ieq(assets, S("all")) ? SCOPE_DEV : SCOPE_UNKNOWN,
        .properties = &requested,
        .key = arena_lower(p->a, name),
    };
    find.n_properties = version.n && !find.version.n;
    if (!find.version.n)
        find.version = interval_lowest(version);
    collect_find(p->c, &find);
    collect_edge(p->c, S("project|"), find.key);
}

static void read_items(struct project *p, const struct xml_node *root, bool own) {
    static const struct {
        const char *element;
        bool dev;
    } kinds[] = {{"PackageReference", false}, {"GlobalPackageReference", true}, {"DotNetCliToolReference", true}};
    for (const struct xml_node *g = xml_child(root, "ItemGroup"); g; g = xml_again(g))
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            for (const struct xml_node *n = xml_child(g, kinds[i].element); n; n = xml_again(n))
                find_package(p, n, own, kinds[i].dev);
}

static void read_central(struct project *p, const struct xml_node *root) {
    static const char *const elements[] = {"PackageVersion", "GlobalPackageReference"};
    for (const struct xml_node *g = xml_child(root, "ItemGroup"); g; g = xml_again(g))
        for (size_t i = 0; i < 2; i++)
            for (const struct xml_node *n = xml_child(g, elements[i]); n; n = xml_again(n)) {
                str name = xml_attr(n, "Include");
                name = name.n ? name : xml_attr(n, "Update");
                if (name.n)
                    put(p, &p->central, str_trim(name), expanded(p, metadata(n, "Version")));
            }
}

/* The nearest file of that name in the project's folder or above. */
static const struct xml_node *above(struct project *p, const char *name) {
    str dir = path_dir(p->f->path);
    for (int i = 0; i < MAX_FOLDERS; i++) {
        str path = dir.n ? path_join(p->a, dir, str_of(name)) : str_of(name), bytes;
        struct err none = {0};
        struct xml_node *root;
        if (collect_open(p->c, p->f, arena_cat(p->a, S("/"), path), p->a, &bytes, &none))
            return xml_parse(collect_ctx(p->c), p->a, bytes, path, &root, &none) ? root : NULL;
        if (!dir.n)
            return NULL;
        dir = path_dir(dir);
    }
    return NULL;
}

static bool resolved_elsewhere(struct project *p) {
    static const char *const better[] = {"packages.lock.json", "obj/project.assets.json"};
    for (size_t i = 0; i < 2; i++) {
        str bytes;
        struct err none = {0};
        if (collect_open(p->c, p->f, str_of(better[i]), p->a, &bytes, &none))
            return true;
    }
    return false;
}

static void find_project(struct project *p) {
    static const char *const names[] = {"PackageId", "AssemblyName"};
    static const char *const versions[] = {"PackageVersion", "Version", "VersionPrefix"};
    str base = path_base(p->f->path), name, extension, version = {0};
    (void)str_rcut(base, '.', &name, &extension);
    for (size_t i = 0; i < 2; i++)
        if (property(p, str_of(names[i])).n && str_chr(expanded(p, property(p, str_of(names[i]))), '$') == STR_NONE)
            name = expanded(p, property(p, str_of(names[i])));
    for (size_t i = 0; i < 3 && !version.n; i++)
        version = expanded(p, property(p, str_of(versions[i])));
    if (str_chr(version, '$') != STR_NONE)
        version = (str){0};
    collect_find(p->c, &(struct find){.type = "nuget",
                                      .name = name,
                                      .version = version,
                                      .key = S("project|"),
                                      .is_project = true,
                                      .kind = TYPE_APPLICATION,
                                      .licence = property(p, S("PackageLicenseExpression")),
                                      .description = property(p, S("Description"))});
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct project p = {.c = c, .f = f, .a = a};
    struct xml_node *root;
    if (!xml_parse(collect_ctx(c), a, bytes, f->path, &root, e))
        return false;
    if (!str_is(root->name, "Project"))
        return report_malformed(a, f, root->line, "MSBuild project", e);
    map_init(&p.properties, a);
    map_init(&p.central, a);
    map_init(&p.seen, a);
    const struct xml_node *packages = above(&p, "Directory.Packages.props"),
                          *build = above(&p, "Directory.Build.props");
    const struct xml_node *const sources[] = {packages, build, root};
    for (size_t i = 0; i < 3; i++)
        if (sources[i])
            read_properties(&p, sources[i]);
    find_project(&p);
    if (resolved_elsewhere(&p))
        return true;
    for (size_t i = 0; i < 3; i++)
        if (sources[i])
            read_central(&p, sources[i]);
    read_items(&p, root, true);
    for (size_t i = 0; i < 2; i++)
        if (sources[i])
            read_items(&p, sources[i], false);
    return true;
}

static const char *const files[] = {"*.csproj", "*.fsproj", "*.vbproj", NULL};
static const char *const opens[] = {"Directory.Packages.props", "Directory.Build.props", "packages.lock.json",
                                    "obj/project.assets.json", NULL};
const struct detector detector_nuget_project = {
    .name = "nuget/project", .of_project = true, .files = files, .purl_types = "nuget", .opens = opens, .read = read};
