/* SPDX-License-Identifier: Apache-2.0
 *
 * A container image as a source: what `docker save` writes, or an OCI image layout, packed or as a folder. Layers are
 * read by several threads, each into lists of its own; then the lists are merged from the lowest layer up:
 *
 *   an entry that is no folder     hides that path, and all below it, in the layers beneath
 *   .wh.NAME                       hides NAME likewise
 *   .wh..wh..opq in a folder       hides what the layers beneath have in that folder
 *   a folder                       hides only a file of that name
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/pool.h"
#include "collect/source.h"

enum {
    LAYERS_MOST = 1024,
    DESCRIPTION_MOST = 4 << 20, /* bytes of a JSON document of an image */
};

struct layer_link {
    str path, target;
    bool hard;
};
struct layer {
    str blob, digest; /* member of the layout; digest of the unpacked layer */
    str bytes;
    struct source *source;
    struct arena *arena;
    VEC(struct candidate) files;
    VEC(struct layer_link) links;
    VEC(str) hides, folders;
};

struct image {
    struct source *source;
    struct arena *a;
    str where;        /* path of the layout */
    bool folder;      /* unpacked */
    struct map small; /* packed: path → str * of each small JSON document */
    struct map links; /* packed: path → str * target, as old versions of docker save write for a repeated layer */
    VEC(struct layer) layers;
};

/* ── the layout's members ── */

static bool member_small(struct image *im, str path, str *out) {
    struct err e = {0};
    if (!im->folder) {
        str *found = map_get(&im->small, path);
        *out = found ? *found : (str){NULL, 0};
        return found != NULL;
    }
    str clean = path_clean(im->a, path), full = path_join(im->a, im->where, clean);
    struct stat st;
    return clean.n && stat(arena_cstr(im->a, full), &st) == 0 && S_ISREG(st.st_mode) && st.st_size < DESCRIPTION_MOST &&
           file_read(im->source->ctx, im->a, full, out, &e);
}

static bool member_json(struct image *im, str path, struct json *out) {
    str text;
    struct err e = {0};
    return member_small(im, path, &text) && json_parse(im->source->ctx, im->a, text, 0, path, out, &e);
}

/* "sha256:abc" → "blobs/sha256/abc" */
static str blob_path(struct arena *a, str digest) {
    str alg, hex;
    if (!str_cut(digest, ':', &alg, &hex) || str_chr(hex, '/') != STR_NONE || str_chr(alg, '/') != STR_NONE)
        return (str){NULL, 0};
    return arena_printf(a, "blobs/%.*s/%.*s", STR_ARG(alg), STR_ARG(hex));
}

static void add_layer(struct image *im, str blob, str digest) {
    if (im->layers.n < LAYERS_MOST && blob.n)
        *vec_push(im->a, &im->layers) = (struct layer){.blob = blob, .digest = arena_str(im->a, digest)};
}

static void split_tag(struct source_image *i, struct arena *a, str reference) {
    size_t colon = str_rchr(reference, ':'), slash = str_rchr(reference, '/');
    bool tagged = colon != STR_NONE && (slash == STR_NONE || colon > slash);
    i->name = arena_str(a, tagged ? str_upto(reference, colon) : reference);
    i->tag = tagged ? arena_str(a, str_from(reference, colon + 1)) : (str){NULL, 0};
}

static void read_config(struct image *im, str path, struct jv *diff_ids) {
    struct json config;
    struct source_image *i = &im->source->image;
    *diff_ids = (struct jv){NULL};
    if (!member_json(im, path, &config))
        return;
    *diff_ids = j_get2(config.root, "rootfs", "diff_ids");
    i->architecture = arena_str(im->a, j_gets(config.root, "architecture"));
    i->os = arena_str(im->a, j_gets(config.root, "os"));
}

/* [{"Config": …, "RepoTags": […], "Layers": […]}, …]: the first image. */
static bool describe_docker(struct image *im, struct jv manifest) {
    struct jv first = j_at(manifest, 0), layers = j_get(first, "Layers"), diff_ids;
    if (!j_is_arr(manifest) || !j_is_arr(layers))
        return false;
    if (j_len(manifest) > 1)
        ctx_warn(im->source->ctx, im->where, _("holds %zu images; only the first is looked at"), j_len(manifest));
    split_tag(&im->source->image, im->a, j_str(j_at(j_get(first, "RepoTags"), 0)));
    read_config(im, j_gets(first, "Config"), &diff_ids);
    for (struct jiter it = j_iter(layers); j_next(&it);) {
        str digest = j_str(j_at(diff_ids, it.index));
        add_layer(im, j_str(it.val), digest.n ? digest : path_base(j_str(it.val)));
    }
    return true;
}

/* The first manifest of an index that is an image; indexes may stand in indexes. */
static struct jv choose_manifest(struct image *im, struct json *doc, str *digest) {
    for (uint32_t depth = 0; depth < 4 && !j_ok(j_get(doc->root, "layers")); depth++) {
        struct jv chosen = {NULL};
        size_t images = 0;
        for (struct jiter it = j_iter(j_get(doc->root, "manifests")); j_next(&it);) {
            /* BuildKit puts provenance beside the image, as a manifest for an unknown platform. */
            if (j_ok(j_get2(it.val, "annotations", "vnd.docker.reference.type")) ||
                str_is(j_str(j_get2(it.val, "platform", "os")), "unknown"))
                continue;
            chosen = images++ ? chosen : it.val;
            str name = j_str(j_get2(it.val, "annotations", "io.containerd.image.name"));
            if (!name.n)
                name = j_str(j_get2(it.val, "annotations", "org.opencontainers.image.ref.name"));
            if (name.n && !im->source->image.name.n)
                split_tag(&im->source->image, im->a, name);
        }
        if (images > 1)
            ctx_warn(im->source->ctx, im->where, _("holds %zu images; only the first is looked at"), images);
        *digest = arena_str(im->a, j_gets(chosen, "digest"));
        if (!digest->n || !member_json(im, blob_path(im->a, *digest), doc))
            return (struct jv){NULL};
    }
    return doc->root;
}

static bool describe_oci(struct image *im, struct json *index) {
    str digest = S("");
    struct jv diff_ids, manifest = choose_manifest(im, index, &digest), layers = j_get(manifest, "layers");
    if (!j_is_arr(layers))
        return false;
    im->source->image.digest = digest;
    read_config(im, blob_path(im->a, j_str(j_get2(manifest, "config", "digest"))), &diff_ids);
    for (struct jiter it = j_iter(layers); j_next(&it);) {
        str blob = j_gets(it.val, "digest"), id = j_str(j_at(diff_ids, it.index));
        add_layer(im, blob_path(im->a, blob), id.n ? id : blob);
    }
    return true;
}

/* Fills image and layers; false when this is no image. */
static bool describe(struct image *im) {
    struct json doc;
    str layout;
    bool is = member_json(im, S("manifest.json"), &doc) && describe_docker(im, doc.root);
    if (!is && member_small(im, S("oci-layout"), &layout) && member_json(im, S("index.json"), &doc))
        is = describe_oci(im, &doc);
    if (is && !im->source->image.name.n)
        im->source->image.name = arena_str(im->a, path_base(im->where));
    return is;
}

/* ── one layer ── */

static void layer_entry(struct layer *l, struct unpack *u, const struct entry *entry, struct err *e) {
    str base = path_base(entry->path), dir = path_dir(entry->path);
    struct candidate cand;
    bool wanted = false;
    if (str_is(base, ".wh..wh..opq")) {
        *vec_push(l->arena, &l->hides) = arena_str(l->arena, dir);
    } else if (str_starts(base, S(".wh."))) {
        *vec_push(l->arena, &l->hides) = arena_str(l->arena, path_join(l->arena, dir, str_from(base, 4)));
    } else if (entry->kind == ENTRY_DIR) {
        *vec_push(l->arena, &l->folders) = arena_str(l->arena, entry->path);
    } else {
        str path = arena_str(l->arena, entry->path);
        *vec_push(l->arena, &l->hides) = path;
        if (entry->kind == ENTRY_LINK || entry->kind == ENTRY_HARDLINK)
            *vec_push(l->arena, &l->links) = (struct layer_link){path, arena_str(l->arena, entry->target),
                                                                 entry->kind == ENTRY_HARDLINK};
        if (entry->kind == ENTRY_FILE && source_keep(l->source, l->arena, u, entry, &wanted, &cand, e) && wanted)
            *vec_push(l->arena, &l->files) = cand;
    }
}

static void read_layer(void *arg, size_t i, unsigned worker) {
    struct image *im = arg;
    struct layer *l = &im->layers.v[i];
    struct ctx *c = im->source->ctx;
    struct arena *mapped = arena_new();
    struct unpack *u = NULL;
    struct entry entry;
    struct err e = {0};
    (void)worker;
    str where = arena_printf(l->arena, "%.*s!%.*s", STR_ARG(im->where), STR_ARG(l->blob));
    bool ok = im->folder ? file_map(mapped, path_join(mapped, im->where, path_clean(mapped, l->blob)), &l->bytes, &e)
                         : l->bytes.p || err_set(&e, ERR_INPUT, where, _("the image has no such layer"));
    ok = ok && unpack_open_text(c, l->bytes, where, &u, &e);
    while (ok && unpack_next(u, &entry, &e)) {
        if (entry.unsafe)
            ctx_warn(c, where, _("an entry of the archive has a name that leads outside; left out"));
        else
            layer_entry(l, u, &entry, &e);
        ok = e.kind == ERR_NONE;
    }
    unpack_close(u);
    if (e.kind != ERR_NONE)
        ctx_warn_err(c, &e); /* what stands before the damage still counts */
    arena_free(mapped);
}

/* ── merging ── */

struct merge {
    struct map hides, folders; /* path → highest layer, from 1 */
};

static uintptr_t rank_of(const struct map *m, str path) { return (uintptr_t)map_get(m, path); }

static bool hidden(const struct merge *m, str path, uintptr_t rank) {
    if (rank_of(&m->hides, path) > rank || rank_of(&m->folders, path) > rank)
        return true;
    for (str dir = path_dir(path);; dir = path_dir(dir)) {
        if (rank_of(&m->hides, dir) > rank)
            return true;
        if (dir.n == 0)
            return false;
    }
}

static void merge_layers(struct image *im) {
    struct source *s = im->source;
    struct arena *tmp = arena_new();
    struct merge m;
    map_init(&m.hides, tmp);
    map_init(&m.folders, tmp);
    for (uint32_t i = 0; i < im->layers.n; i++) {
        const struct layer *l = &im->layers.v[i];
        for (uint32_t k = 0; k < l->hides.n; k++)
            map_put(&m.hides, l->hides.v[k], NULL)->value = (void *)((uintptr_t)i + 1);
        for (uint32_t k = 0; k < l->folders.n; k++)
            map_put(&m.folders, l->folders.v[k], NULL)->value = (void *)((uintptr_t)i + 1);
    }
    for (uint32_t i = 0; i < im->layers.n; i++) {
        struct layer *l = &im->layers.v[i];
        for (uint32_t k = 0; k < l->links.n; k++)
            if (!hidden(&m, l->links.v[k].path, i + 1))
                source_add_link(s, l->links.v[k].path, l->links.v[k].target, l->links.v[k].hard);
        for (uint32_t k = 0; k < l->files.n; k++) {
            struct candidate *cand = &l->files.v[k];
            cand->file.layer = l->digest;
            if (!hidden(&m, cand->file.path, i + 1))
                *vec_push(s->arena, &s->candidates) = *cand;
        }
    }
    arena_free(tmp);
    source_sort(s);
}

static void free_arena(void *arena) { arena_free(arena); }

static bool read_layers(struct image *im, struct err *e) {
    struct source *s = im->source;
    s->packed = true;
    if (!source_spill_open(s, e))
        return false;
    for (uint32_t i = 0; i < im->layers.n; i++) {
        im->layers.v[i].source = s;
        im->layers.v[i].arena = arena_new();
        arena_defer(s->arena, free_arena, im->layers.v[i].arena);
    }
    pool_run(s->ctx, im->layers.n, read_layer, im);
    merge_layers(im);
    return true;
}

bool source_image_folder(struct source *s, str path, bool *is_image, struct err *e) {
    struct image im = {.source = s, .a = s->arena, .where = path, .folder = true};
    *is_image = describe(&im);
    return !*is_image || read_layers(&im, e);
}

/* ── packed layouts ── */

static struct layer *layer_called(struct image *im, str path) {
    str *target = map_get(&im->links, path);
    for (uint32_t i = 0; i < im->layers.n; i++) {
        str blob = im->layers.v[i].blob;
        str *link = map_get(&im->links, blob);
        if (str_eq(blob, path) || (link && str_eq(*link, path)) || (target && str_eq(*target, blob)))
            return &im->layers.v[i];
    }
    return NULL;
}

/* A name that occurs in a packed image: all in one folder, or in blobs/, or LAYER/layer.tar with its companions. */
static bool layout_name(str path) {
    str base = path_base(path);
    return str_chr(path, '/') == STR_NONE || str_starts(path, S("blobs/")) || str_is(base, "layer.tar") ||
           str_is(base, "json") || str_is(base, "VERSION");
}

/* First pass: the small JSON documents and the links. Ends at the first name no image has, and without error where the
 * archive is damaged. */
static void read_descriptions(struct image *im, struct unpack *u) {
    struct entry entry;
    struct err e = {0};
    while (unpack_next(u, &entry, &e)) {
        str head, *kept = arena_new_of(im->a, str);
        if (entry.unsafe)
            continue;
        if (entry.kind == ENTRY_FILE && !layout_name(entry.path))
            return;
        if (entry.kind == ENTRY_LINK) {
            *kept = path_clean(im->a, path_join(im->a, path_dir(entry.path), entry.target));
            map_put(&im->links, arena_str(im->a, entry.path), NULL)->value = kept;
        }
        if (entry.kind != ENTRY_FILE || entry.size > DESCRIPTION_MOST)
            continue;
        if (unpack_peek(u, 1, &head, &e) && head.n && (head.p[0] == '{' || head.p[0] == '[') &&
            unpack_read(u, im->a, kept, &e))
            map_put(&im->small, arena_str(im->a, entry.path), NULL)->value = kept;
    }
}

/* Second pass: the layers, where they lie or copied out of a compressed archive. */
static bool find_layers(struct image *im, struct unpack *u, struct err *e) {
    struct entry entry;
    while (unpack_next(u, &entry, e)) {
        struct layer *l = entry.unsafe || entry.kind != ENTRY_FILE ? NULL : layer_called(im, entry.path);
        if (!l)
            continue;
        str bytes;
        if (!unpack_borrow(u, &bytes, e) || (!bytes.p && !unpack_read(u, im->a, &bytes, e)))
            return false;
        for (uint32_t i = 0; i < im->layers.n; i++) /* an empty layer may stand there several times */
            if (layer_called(im, im->layers.v[i].blob) == l || str_eq(im->layers.v[i].blob, l->blob))
                im->layers.v[i].bytes = bytes;
    }
    return e->kind == ERR_NONE;
}

bool source_image_file(struct source *s, str path, bool *is_image, struct err *e) {
    struct image im = {.source = s, .a = s->arena, .where = path};
    struct arena *mapped = arena_new();
    struct unpack *u = NULL;
    str text;
    map_init(&im.small, im.a);
    map_init(&im.links, im.a);
    bool ok = file_map(mapped, path, &text, e) && unpack_open_text(s->ctx, text, path, &u, e);
    *is_image = false;
    if (ok) {
        read_descriptions(&im, u);
        *is_image = describe(&im);
    }
    unpack_close(u);
    u = NULL;
    if (ok && *is_image)
        ok = unpack_open_text(s->ctx, text, path, &u, e) && find_layers(&im, u, e) && read_layers(&im, e);
    unpack_close(u);
    arena_free(mapped);
    return ok;
}
