/* SPDX-License-Identifier: Apache-2.0
 *
 * Dockerfile, Containerfile: the images FROM and COPY --from name. ARG defaults before the first FROM are filled in;
 * names of stages are no images. The last stage is what is shipped, the others only build.
 */
#include "collect/detectors.h"
#include "collect/image_ref.h"

enum { MAX_VALUE = 1024 };

struct stage {
    str image, name;
    uint32_t line;
    uint32_t base; /* index + 1 of the earlier stage it is built on; 0 = an image */
};
struct dockerfile {
    struct collect *c;
    struct arena *a;
    struct map args;  /* name → str * */
    struct map names; /* of stages, lower case → index + 1 */
    VEC(struct stage) stages;
    VEC(struct stage) copies; /* images of COPY --from and RUN --mount=from= */
};

/* $NAME, ${NAME}, ${NAME:-default}; what is not known stays. */
static str expanded(struct dockerfile *d, str text) {
    struct buf b = {0};
    if (str_chr(text, '$') == STR_NONE)
        return text;
    for (size_t i = 0; i < text.n && b.n < MAX_VALUE;) {
        if (text.p[i] != '$') {
            buf_addc(&b, text.p[i++]);
            continue;
        }
        bool braced = i + 1 < text.n && text.p[i + 1] == '{';
        size_t start = i + (braced ? 2 : 1), end = start;
        while (end < text.n && (ch_alnum(text.p[end]) || text.p[end] == '_'))
            end++;
        str name = str_n(text.p + start, end - start), otherwise = {0};
        if (braced) {
            size_t close = str_chr(str_from(text, end), '}');
            end = close == STR_NONE ? text.n : end + close;
            str tail = str_n(name.p + name.n, end - start - name.n);
            if (str_starts(tail, S(":-")))
                otherwise = str_from(tail, 2);
            end += end < text.n;
        }
        const str *value = map_get(&d->args, name);
        if (value && value->n)
            buf_add(&b, *value);
        else
            buf_add(&b, otherwise.n ? otherwise : str_n(text.p + i, end - i));
        i = end;
    }
    str out = arena_str(d->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static uint32_t stage_of(const struct dockerfile *d, str name) {
    return (uint32_t)(uintptr_t)map_get(&d->names, arena_lower(d->a, name));
}

static void on_from(struct dockerfile *d, str rest, uint32_t line) {
    struct stage s = {.line = line};
    str word;
    while (next_word(&rest, &word) && str_starts(word, S("--")))
        ;
    s.image = expanded(d, word);
    if (next_word(&rest, &word) && str_ieq(word, S("as")) && next_word(&rest, &word))
        s.name = word;
    if (!s.image.n)
        return;
    s.base = stage_of(d, s.image);
    *vec_push(d->a, &d->stages) = s;
    if (s.name.n)
        map_put(&d->names, arena_lower(d->a, s.name), NULL)->value = (void *)(uintptr_t)d->stages.n;
}

static void on_arg(struct dockerfile *d, str rest) {
    str word, name, value;
    if (d->stages.n) /* an ARG inside a stage does not reach FROM */
        return;
    while (next_word(&rest, &word))
        if (str_cut(word, '=', &name, &value)) {
            str *kept = arena_new_of(d->a, str);
            *kept = expanded(d, unquote(value));
            map_put(&d->args, name, NULL)->value = kept;
        }
}

static void on_copy(struct dockerfile *d, str rest, uint32_t line) {
    str word;
    while (next_word(&rest, &word) && str_starts(word, S("--"))) {
        str from = {0};
        size_t at = str_find(word, S("from="));
        if (str_starts(word, S("--from=")))
            from = str_from(word, 7);
        else if (str_starts(word, S("--mount=")) && at != STR_NONE)
            (void)str_cut(str_from(word, at + 5), ',', &from, &(str){0});
        if (from.n)
            *vec_push(d->a, &d->copies) = (struct stage){.image = expanded(d, from), .line = line};
    }
}

static void parse(struct dockerfile *d, str bytes) {
    str line, verb;
    bool continued = false;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        line = str_trim(line);
        if (line.n && line.p[0] == '#')
            continue;
        bool more = str_ends(line, S("\\")) || str_ends(line, S("`"));
        str rest = more ? str_upto(line, line.n - 1) : line;
        if (!continued && next_word(&rest, &verb)) {
            if (str_ieq(verb, S("FROM")))
                on_from(d, rest, l.no);
            else if (str_ieq(verb, S("ARG")))
                on_arg(d, rest);
            else if (str_ieq(verb, S("COPY")) || str_ieq(verb, S("ADD")) || str_ieq(verb, S("RUN")))
                on_copy(d, rest, l.no);
        }
        continued = more;
    }
}

/* The last stage and those it is built on; a stage is built on earlier ones only. */
static void mark_shipped(const struct dockerfile *d, bool *shipped) {
    for (uint32_t at = d->stages.n; at; at = d->stages.v[at - 1].base)
        shipped[at - 1] = true;
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct dockerfile d = {.c = c, .a = a};
    uint64_t number; /* COPY --from=0 */
    (void)f, (void)e;
    map_init(&d.args, a);
    map_init(&d.names, a);
    parse(&d, bytes);
    bool *shipped = arena_array(a, bool, d.stages.n + 1);
    mark_shipped(&d, shipped);
    for (uint32_t i = 0; i < d.stages.n; i++) {
        const struct stage *s = &d.stages.v[i];
        struct find as = {.line = s->line, .direct = DIRECT_YES, .scope = shipped[i] ? SCOPE_REQUIRED : SCOPE_DEV};
        if (!s->base && !str_is(s->image, "scratch"))
            image_ref_find(c, a, s->image, &as);
    }
    for (uint32_t i = 0; i < d.copies.n; i++)
        if (!str_u64(d.copies.v[i].image, &number) && !stage_of(&d, d.copies.v[i].image))
            image_ref_find(c, a, d.copies.v[i].image,
                           &(struct find){.line = d.copies.v[i].line, .direct = DIRECT_YES, .scope = SCOPE_REQUIRED});
    return true;
}

static const char *const files[] = {"Dockerfile",   "Containerfile", "Dockerfile.*",
                                    "*.Dockerfile", "*.dockerfile",  NULL};
const struct detector detector_dockerfile = {
    .name = "oci/dockerfile", .of_project = true, .files = files, .purl_types = "oci docker", .read = read};
