/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of machine-learning models: GGUF, safetensors and ONNX say in their metadata what they are.
 */
#include "base/file.h"
#include "base/json.h"
#include "collect/binary.h"
#include "collect/detectors.h"

enum { PROPERTIES_MOST = 24, PAIRS_MOST = 100000, FIELDS_MOST = 100000 };

struct model {
    str name, version, licence, author, description, url;
    struct sbom_property p[PROPERTIES_MOST];
    uint32_t n;
};

static void note(struct model *m, const char *name, str value) {
    if (value.n && value.n < 512 && m->n < PROPERTIES_MOST)
        m->p[m->n++] = (struct sbom_property){str_of(name), value};
}

static void report(struct collect *c, const struct found_file *f, struct model *m) {
    str base = path_base(f->path), head, ext;
    struct find find = {.name = m->name.n                          ? m->name
                                : str_rcut(base, '.', &head, &ext) ? head
                                                                   : base,
                        .version = m->version,
                        .licence = m->licence,
                        .author = m->author,
                        .homepage = m->url,
                        .description = m->description,
                        .kind = TYPE_MODEL,
                        .properties = m->p,
                        .n_properties = m->n};
    collect_find(c, &find);
}

/* ── GGUF: magic, version 4, tensors 8, pairs 8; a pair: key, type 4, value; a text: length 8, bytes ── */

struct gguf {
    str b;
    size_t at;
    bool bad;
};

static uint64_t gguf_number(struct gguf *g, size_t n) {
    str s = piece(g->b, g->at, n);
    g->bad |= !s.p;
    g->at += n;
    return n == 8 ? le64(s, 0) : n == 4 ? le32(s, 0) : n == 2 ? le16(s, 0) : s.p ? (unsigned char)s.p[0] : 0;
}

static str gguf_text(struct gguf *g) {
    uint64_t n = gguf_number(g, 8);
    str s = g->bad ? (str){NULL, 0} : piece(g->b, g->at, n);
    g->bad |= !s.p;
    g->at += g->bad ? 0 : (size_t)n;
    return s;
}

enum { GGUF_TEXT = 8, GGUF_ARRAY = 9 };

/* Size of a number of this type; 0 = none. */
static size_t gguf_size(uint64_t type) {
    static const uint8_t sizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    return type < sizeof sizes ? sizes[type] : 0;
}

static str gguf_value(struct gguf *g, struct arena *a) {
    uint64_t type = gguf_number(g, 4), n = 1;
    if (type == GGUF_TEXT)
        return gguf_text(g);
    if (type == GGUF_ARRAY) {
        type = gguf_number(g, 4);
        n = gguf_number(g, 8);
        if (type == GGUF_TEXT)
            for (uint64_t i = 0; i < n && !g->bad; i++)
                gguf_text(g);
        else if (gguf_size(type) && n <= g->b.n / gguf_size(type))
            g->at += (size_t)n * gguf_size(type);
        else
            g->bad = true; /* an array of arrays is allowed, and nobody writes one */
        return (str){NULL, 0};
    }
    if (!gguf_size(type)) {
        g->bad = true;
        return (str){NULL, 0};
    }
    uint64_t v = gguf_number(g, gguf_size(type));
    return type == 6 || type == 12 ? (str){NULL, 0} : arena_printf(a, "%llu", (unsigned long long)v);
}

static bool read_gguf(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct gguf g = {.b = bytes, .at = 4};
    struct model m = {0};
    uint64_t version = gguf_number(&g, 4), tensors = gguf_number(&g, 8), pairs = gguf_number(&g, 8);
    if (!str_starts(bytes, S("GGUF")) || version < 2 || version > 100 || pairs > PAIRS_MOST)
        return err_set(e, ERR_INPUT, f->path, _("the model file's header is damaged"));
    note(&m, "akashi:model-format", S("GGUF"));
    for (uint64_t i = 0; i < pairs && !g.bad; i++) {
        str key = gguf_text(&g), value = gguf_value(&g, a);
        const struct {
            const char *key;
            str *to;
        } known[] = {{"general.name", &m.name},       {"general.version", &m.version},
                     {"general.license", &m.licence}, {"general.author", &m.author},
                     {"general.url", &m.url},         {"general.description", &m.description}};
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (str_is(key, known[k].key))
                *known[k].to = value;
        if (str_is(key, "general.architecture"))
            note(&m, "akashi:model-architecture", value);
        if (str_is(key, "general.file_type") || str_is(key, "general.quantization_version"))
            note(&m, str_is(key, "general.file_type") ? "akashi:model-file-type" : "akashi:model-quantization", value);
        if (str_is(key, "general.size_label"))
            note(&m, "akashi:model-size", value);
    }
    if (g.bad)
        return err_set(e, ERR_INPUT, f->path, _("the model file's header is damaged"));
    note(&m, "akashi:model-tensors", arena_printf(a, "%llu", (unsigned long long)tensors));
    report(c, f, &m);
    return true;
}

static const char *const gguf_files[] = {"*.gguf", NULL};
const struct detector detector_gguf = {
    .pieces = true, .name = "model/gguf", .files = gguf_files, .purl_types = "", .read = read_gguf};

/* ── safetensors: length 8, JSON with "__metadata__" and one member per tensor ── */

static bool read_safetensors(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    struct model m = {0};
    str header = piece(bytes, 8, le64(bytes, 0));
    if (!header.p)
        return err_set(e, ERR_INPUT, f->path, _("the model file's header is damaged"));
    if (!json_parse(collect_ctx(c), a, header, JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    struct jv meta = j_get(doc.root, "__metadata__");
    note(&m, "akashi:model-format", S("safetensors"));
    m.name = j_gets(meta, "modelspec.title");
    m.author = j_gets(meta, "modelspec.author");
    m.licence = j_gets(meta, "modelspec.license");
    m.description = j_gets(meta, "modelspec.description");
    note(&m, "akashi:model-architecture", j_gets(meta, "modelspec.architecture"));
    note(&m, "akashi:model-framework", j_gets(meta, "format"));
    size_t tensors = j_len(doc.root) - (j_ok(meta) ? 1 : 0);
    note(&m, "akashi:model-tensors", arena_printf(a, "%zu", tensors));
    report(c, f, &m);
    return true;
}

static const char *const safetensors_files[] = {"*.safetensors", NULL};
const struct detector detector_safetensors = {.pieces = true,
                                              .name = "model/safetensors",
                                              .files = safetensors_files,
                                              .purl_types = "",
                                              .read = read_safetensors};

/* ── ONNX: a protocol buffer; of ModelProto: 2 producer_name, 3 producer_version, 4 domain, 5 model_version, 6
 * doc_string, 7 graph (2 its name), 14 metadata_props (1 key, 2 value) ── */

static bool varint(str b, size_t *at, uint64_t *out) {
    *out = 0;
    for (unsigned shift = 0; *at < b.n && shift < 64; shift += 7) {
        unsigned char x = (unsigned char)b.p[(*at)++];
        *out |= (uint64_t)(x & 0x7F) << shift;
        if (x < 0x80)
            return true;
    }
    return false;
}

struct field {
    uint64_t number, value;
    str bytes;
};

/* Next field of a message; false at its end or where it is none (*bad). */
static bool next_field(str b, size_t *at, struct field *out, bool *bad) {
    uint64_t key, n;
    if (*at >= b.n)
        return false;
    *bad = true;
    if (!varint(b, at, &key))
        return false;
    *out = (struct field){.number = key >> 3};
    switch (key & 7) {
    case 0:
        if (!varint(b, at, &out->value))
            return false;
        break;
    case 1: *at += 8; break;
    case 2:
        if (!varint(b, at, &n))
            return false;
        out->bytes = piece(b, *at, n);
        if (!out->bytes.p)
            return false;
        *at += (size_t)n;
        break;
    case 5: *at += 4; break;
    default: return false;
    }
    *bad = *at > b.n;
    return !*bad;
}

static str member(str message, uint64_t number) {
    struct field x;
    bool bad = false;
    size_t at = 0;
    for (uint32_t i = 0; i < FIELDS_MOST && next_field(message, &at, &x, &bad); i++)
        if (x.number == number && x.bytes.p)
            return x.bytes;
    return (str){NULL, 0};
}

static void onnx_property(struct model *m, str pair) {
    str key = member(pair, 1), value = member(pair, 2);
    const struct {
        const char *key;
        str *to;
    } known[] = {{"model_name", &m->name}, {"name", &m->name},       {"model_author", &m->author},
                 {"author", &m->author},   {"license", &m->licence}, {"model_license", &m->licence}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_is(key, known[i].key) && value.n < 512)
            *known[i].to = value;
}

static bool read_onnx(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct model m = {0};
    struct field x;
    bool bad = false, any = false;
    size_t at = 0;
    str producer = {NULL, 0}, producer_version = {NULL, 0}, graph = {NULL, 0};
    for (uint32_t i = 0; i < FIELDS_MOST && next_field(bytes, &at, &x, &bad); i++) {
        any |= x.number == 1 || x.number == 7; /* ir_version, graph */
        if (x.number == 2)
            producer = x.bytes;
        else if (x.number == 3)
            producer_version = x.bytes;
        else if (x.number == 5 && x.value)
            m.version = arena_printf(a, "%llu", (unsigned long long)x.value);
        else if (x.number == 6 && x.bytes.n < 4096)
            m.description = x.bytes;
        else if (x.number == 7)
            graph = member(x.bytes, 2);
        else if (x.number == 14)
            onnx_property(&m, x.bytes);
    }
    if (bad || !any)
        return err_set(e, ERR_INPUT, f->path, _("the model file's header is damaged"));
    if (!m.name.n && graph.n && graph.n < 200 && str_utf8_ok(graph))
        m.name = graph;
    note(&m, "akashi:model-format", S("ONNX"));
    note(&m, "akashi:model-framework", producer);
    note(&m, "akashi:model-framework-version", producer_version);
    report(c, f, &m);
    return true;
}

static const char *const onnx_files[] = {"*.onnx", NULL};
const struct detector detector_onnx = {
    .pieces = true, .name = "model/onnx", .files = onnx_files, .purl_types = "", .read = read_onnx};
