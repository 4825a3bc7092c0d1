/* SPDX-License-Identifier: Apache-2.0
 *
 * GitHub Actions: `uses:` of workflows and of composite actions. "owner/repo/path@ref" is that repository at that ref,
 * "docker://image" an image, "./path" something of this tree. Behind a commit people write its tag as a comment, which
 * is kept as akashi:tag.
 */
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/image_ref.h"

struct workflow {
    struct collect *c;
    struct arena *a;
    const struct json *doc;
    struct map tags; /* value of uses → str * of its comment */
    struct map seen; /* once per file is enough */
};

/* Comments are no part of the tree, so they are taken from the lines. */
static void note_comments(struct workflow *w, str bytes) {
    str line, value, comment;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        size_t at = str_find(line, S("uses:"));
        if (at == STR_NONE || !str_cut(str_from(line, at + 5), '#', &value, &comment))
            continue;
        str *kept = arena_new_of(w->a, str);
        comment = str_trim(comment);
        if (str_starts(comment, S("tag=")))
            comment = str_from(comment, 4);
        (void)next_word(&comment, kept);
        map_put(&w->tags, unquote(str_trim(value)), NULL)->value = kept;
    }
}

static void find_uses(struct workflow *w, struct jv v) {
    str text = j_str(v), action, ref, owner, rest, name, path = {0};
    bool fresh;
    if (!text.n || text.p[0] == '.')
        return;
    (void)map_put(&w->seen, text, &fresh);
    if (!fresh)
        return;
    struct find find = {.line = report_line(w->doc, v), .direct = DIRECT_YES, .scope = SCOPE_DEV};
    if (str_starts(text, S("docker://")))
        return image_ref_find(w->c, w->a, str_from(text, 9), &find);
    bool whole = str_rcut(text, '@', &action, &ref) && str_cut(action, '/', &owner, &rest);
    if (!whole || !owner.n || !ref.n)
        return report_nameless(w->c, text);
    (void)str_cut(rest, '/', &name, &path);
    const str *tag = map_get(&w->tags, text);
    struct sbom_property properties[2] = {{S("akashi:ecosystem"), S("GitHub Actions")}};
    struct purl parts = {.type = S("github"), .ns = owner, .name = name, .version = ref, .subpath = path}, purl;
    find.properties = properties;
    find.n_properties = 1;
    if (tag && tag->n && is_commit(ref))
        properties[find.n_properties++] = (struct sbom_property){S("akashi:tag"), *tag};
    find.type = "github";
    find.ns = owner;
    find.name = name;
    find.version = ref;
    if (path.n && purl_build(w->a, &parts, &purl, NULL))
        find.purl = purl_text(w->a, &purl);
    collect_find(w->c, &find);
}

static void find_steps(struct workflow *w, struct jv steps) {
    for (struct jiter it = j_iter(steps); j_next(&it);)
        find_uses(w, j_get(it.val, "uses"));
}

/* container: image, or container: {image: …} */
static void find_image(struct workflow *w, struct jv v) {
    struct jv image = j_is_str(v) ? v : j_get(v, "image");
    if (j_str(image).n)
        image_ref_find(w->c, w->a, j_str(image),
                       &(struct find){.line = report_line(w->doc, image), .direct = DIRECT_YES, .scope = SCOPE_DEV});
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct workflow w = {.c = c, .a = a};
    struct json doc;
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    w.doc = &doc;
    map_init(&w.tags, a);
    map_init(&w.seen, a);
    note_comments(&w, bytes);
    for (struct jiter it = j_iter(j_get(doc.root, "jobs")); j_next(&it);) {
        find_uses(&w, j_get(it.val, "uses"));
        find_steps(&w, j_get(it.val, "steps"));
        find_image(&w, j_get(it.val, "container"));
        for (struct jiter s = j_iter(j_get(it.val, "services")); j_next(&s);)
            find_image(&w, s.val);
    }
    find_steps(&w, j_get2(doc.root, "runs", "steps"));
    return true;
}

static const char *const files[] = {".github/workflows/*.yml", ".github/workflows/*.yaml", "action.yml", "action.yaml",
                                    NULL};
const struct detector detector_github_actions = {
    .name = "github/actions", .of_project = true, .files = files, .purl_types = "github oci docker", .read = read};
