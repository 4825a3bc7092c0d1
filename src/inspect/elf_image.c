/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect/elf_image.h"

#include "collect/binary.h"

enum {
    SECTIONS_MOST = 1 << 20, /* one per function in large object files */
    SEGMENTS_MOST = 65535,
    DYNAMIC_MOST = 1 << 16,
    NEEDED_MOST = 4096,
    TEXT_MOST = 4096,
    NAME_MOST = 256,
};

uint16_t elf_u16(const struct elf_image *x, str s, uint64_t at) {
    uint16_t v;
    if (at > s.n || s.n - at < sizeof v)
        return 0;
    memcpy(&v, s.p + at, sizeof v);
    return x->big == (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) ? v : __builtin_bswap16(v);
}
uint32_t elf_u32(const struct elf_image *x, str s, uint64_t at) {
    uint32_t v;
    if (at > s.n || s.n - at < sizeof v)
        return 0;
    memcpy(&v, s.p + at, sizeof v);
    return x->big == (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) ? v : __builtin_bswap32(v);
}
uint64_t elf_u64(const struct elf_image *x, str s, uint64_t at) {
    uint64_t v;
    if (at > s.n || s.n - at < sizeof v)
        return 0;
    memcpy(&v, s.p + at, sizeof v);
    return x->big == (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) ? v : __builtin_bswap64(v);
}

/* An address, offset or size: 4 or 8 bytes by class. */
static uint64_t word(const struct elf_image *x, str s, uint64_t at) {
    return x->wide ? elf_u64(x, s, at) : elf_u32(x, s, at);
}

str elf_text(str names, uint64_t at) {
    if (at >= names.n)
        return S("");
    str rest = str_upto(str_from(names, (size_t)at), TEXT_MOST);
    const char *end = memchr(rest.p, 0, rest.n);
    return end ? str_n(rest.p, (size_t)(end - rest.p)) : S("");
}

str elf_name(str names, uint64_t at) {
    if (at >= names.n)
        return S("");
    str rest = str_upto(str_from(names, (size_t)at), NAME_MOST);
    const char *end = memchr(rest.p, 0, rest.n);
    return end ? str_n(rest.p, (size_t)(end - rest.p)) : rest;
}

/* ── tables of the header ──
 *
 *                       32 bit  64 bit
 *   e_phoff                 28      32
 *   e_shoff                 32      40
 *   e_phentsize, e_phnum    42      54
 *   e_shentsize, …num, …strndx  46  58
 *
 * With 0xFFFF segments or 0 sections the true numbers stand in the first section header. */

static void read_segment(struct elf_image *x, str s, struct elf_segment *out) {
    out->type = elf_u32(x, s, 0);
    out->flags = elf_u32(x, s, x->wide ? 4 : 24);
    out->offset = word(x, s, x->wide ? 8 : 4);
    out->address = word(x, s, x->wide ? 16 : 8);
    out->file_size = word(x, s, x->wide ? 32 : 16);
    out->memory_size = word(x, s, x->wide ? 40 : 20);
}

static void read_section(struct elf_image *x, str s, struct elf_section *out) {
    out->type = elf_u32(x, s, 4);
    out->flags = word(x, s, 8);
    out->address = word(x, s, x->wide ? 16 : 12);
    out->offset = word(x, s, x->wide ? 24 : 16);
    out->size = word(x, s, x->wide ? 32 : 20);
    out->link = elf_u32(x, s, x->wide ? 40 : 24);
    out->entry_size = word(x, s, x->wide ? 56 : 36);
}

static bool read_segments(struct arena *a, struct elf_image *x, uint64_t count) {
    uint64_t at = word(x, x->bytes, x->wide ? 32 : 28), size = elf_u16(x, x->bytes, x->wide ? 54 : 42);
    if (count == 0 || at == 0)
        return true;
    if (size < (x->wide ? 56u : 32u) || count > SEGMENTS_MOST || !piece(x->bytes, at, count * size).p)
        return false;
    for (uint64_t i = 0; i < count; i++)
        read_segment(x, piece(x->bytes, at + i * size, size), vec_push(a, &x->segments));
    return true;
}

static void name_sections(struct elf_image *x, uint32_t names_at) {
    str names = names_at < x->sections.n ? elf_section_bytes(x, &x->sections.v[names_at]) : S("");
    for (uint32_t i = 0; i < x->sections.n; i++)
        x->sections.v[i].name = elf_name(names, (uint64_t)(uintptr_t)x->sections.v[i].name.n);
}

/* Sections are for linkers and debuggers: a file without (or cut off in front of) them still runs. */
static void read_sections(struct arena *a, struct elf_image *x, uint64_t *n_segments) {
    uint64_t at = word(x, x->bytes, x->wide ? 40 : 32), size = elf_u16(x, x->bytes, x->wide ? 58 : 46),
             count = elf_u16(x, x->bytes, x->wide ? 60 : 48);
    uint32_t names = elf_u16(x, x->bytes, x->wide ? 62 : 50);
    str first = piece(x->bytes, at, size);
    if (at == 0 || size < (x->wide ? 64u : 40u) || !first.p)
        return;
    if (count == 0)
        count = word(x, first, x->wide ? 32 : 20);
    if (names == SHN_XINDEX)
        names = elf_u32(x, first, x->wide ? 40 : 24);
    if (*n_segments == PN_XNUM)
        *n_segments = elf_u32(x, first, x->wide ? 44 : 28);
    if (count > SECTIONS_MOST || !piece(x->bytes, at, count * size).p)
        return;
    x->sections.v = arena_array(a, struct elf_section, (size_t)count + 1);
    x->sections.n = x->sections.cap = (uint32_t)count;
    for (uint64_t i = 0; i < count; i++) {
        str s = piece(x->bytes, at + i * size, size);
        read_section(x, s, &x->sections.v[i]);
        x->sections.v[i].name.n = elf_u32(x, s, 0); /* the place of its name, until name_sections() */
    }
    name_sections(x, names);
}

str elf_section_bytes(const struct elf_image *x, const struct elf_section *s) {
    return s->type == SHT_NOBITS ? (str){NULL, 0} : piece(x->bytes, s->offset, s->size);
}

const struct elf_section *elf_section_find(const struct elf_image *x, const char *name) {
    for (uint32_t i = 0; i < x->sections.n; i++)
        if (str_is(x->sections.v[i].name, name))
            return &x->sections.v[i];
    return NULL;
}

const struct elf_segment *elf_segment_find(const struct elf_image *x, uint32_t type) {
    for (uint32_t i = 0; i < x->segments.n; i++)
        if (x->segments.v[i].type == type)
            return &x->segments.v[i];
    return NULL;
}

str elf_image_at(const struct elf_image *x, uint64_t address) {
    for (uint32_t i = 0; i < x->segments.n; i++) {
        const struct elf_segment *s = &x->segments.v[i];
        if (s->type != PT_LOAD || address < s->address || address - s->address >= s->file_size)
            continue;
        uint64_t in = address - s->address, most = s->offset < x->bytes.n ? x->bytes.n - s->offset : 0;
        uint64_t size = s->file_size < most ? s->file_size : most;
        return in < size ? piece(x->bytes, s->offset + in, size - in) : (str){NULL, 0};
    }
    return (str){NULL, 0};
}

/* ── the dynamic section ── */

static void read_tag(struct elf_dynamic *d, uint64_t tag, uint64_t v) {
    switch (tag) {
    case DT_BIND_NOW: d->bind_now = true; break;
    case DT_TEXTREL: d->textrel = true; break;
    case DT_DEBUG: d->debug = true; break;
    case DT_FLAGS:
        d->bind_now |= (v & DF_BIND_NOW) != 0;
        d->textrel |= (v & DF_TEXTREL) != 0;
        break;
    case DT_FLAGS_1:
        d->bind_now |= (v & DF_1_NOW) != 0;
        d->pie_flag |= (v & DF_1_PIE) != 0;
        break;
    case DT_JMPREL: d->has_plt = true; break;
    case DT_VERNEED: d->verneed = v; break;
    case DT_VERNEEDNUM: d->n_verneed = v; break;
    case DT_SYMTAB: d->symtab = v; break;
    case DT_STRTAB: d->strtab = v; break;
    case DT_STRSZ: d->strsz = v; break;
    case DT_HASH: d->hash = v; break;
    case DT_GNU_HASH: d->gnu_hash = v; break;
    default: break;
    }
}

static void read_dynamic_texts(struct arena *a, struct elf_image *x, str s, uint64_t n) {
    struct elf_dynamic *d = &x->dynamic;
    uint64_t size = x->wide ? 16 : 8;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t tag = word(x, s, i * size), v = word(x, s, i * size + size / 2);
        if (tag == DT_NEEDED && d->needed.n < NEEDED_MOST)
            *vec_push(a, &d->needed) = elf_text(d->names, v);
        else if (tag == DT_SONAME)
            d->soname = elf_text(d->names, v);
        else if (tag == DT_RPATH)
            d->rpath = elf_text(d->names, v);
        else if (tag == DT_RUNPATH)
            d->runpath = elf_text(d->names, v);
    }
}

static void read_dynamic(struct arena *a, struct elf_image *x) {
    const struct elf_segment *p = elf_segment_find(x, PT_DYNAMIC);
    struct elf_dynamic *d = &x->dynamic;
    str s = p ? piece(x->bytes, p->offset, p->file_size) : (str){NULL, 0};
    uint64_t size = x->wide ? 16 : 8, n = 0;
    d->there = p != NULL;
    for (; n < DYNAMIC_MOST && (n + 1) * size <= s.n; n++) {
        uint64_t tag = word(x, s, n * size);
        if (tag == DT_NULL)
            break;
        read_tag(d, tag, word(x, s, n * size + size / 2));
    }
    d->names = elf_image_at(x, d->strtab);
    d->names = str_upto(d->names, (size_t)d->strsz);
    read_dynamic_texts(a, x, s, n);
}

/* ── symbols ── */

static void symbols_of_section(const struct elf_image *x, uint32_t type, struct elf_symbols *out) {
    for (uint32_t i = 0; i < x->sections.n; i++) {
        const struct elf_section *s = &x->sections.v[i];
        if (s->type != type || s->link >= x->sections.n)
            continue;
        out->entries = elf_section_bytes(x, s);
        out->names = elf_section_bytes(x, &x->sections.v[s->link]);
        out->n = out->entries.n / (x->wide ? 24 : 16);
        return;
    }
}

/* The highest index in a GNU hash table, plus one: header of 4 words, bloom words, buckets, then chains that end with
 * an odd word. Imports stand in front of the first hashed symbol. */
static uint64_t count_gnu_hash(const struct elf_image *x) {
    str t = elf_image_at(x, x->dynamic.gnu_hash);
    uint64_t buckets = elf_u32(x, t, 0), first = elf_u32(x, t, 4), bloom = elf_u32(x, t, 8),
             at = 16 + bloom * (x->wide ? 8 : 4), chains = at + buckets * 4, last = 0;
    for (uint64_t i = 0; i < buckets && at + i * 4 < t.n; i++) {
        uint64_t b = elf_u32(x, t, at + i * 4);
        last = b > last ? b : last;
    }
    if (last < first)
        return first;
    for (uint64_t i = last - first; chains + i * 4 + 4 <= t.n; i++, last++)
        if (elf_u32(x, t, chains + i * 4) & 1)
            break;
    return last + 1;
}

/* A file without section headers: the loader's tables have no count of symbols, but hash tables do. */
static void symbols_of_dynamic(struct elf_image *x) {
    const struct elf_dynamic *d = &x->dynamic;
    struct elf_symbols *out = &x->imports;
    uint64_t size = x->wide ? 24 : 16, n = 0;
    out->entries = elf_image_at(x, d->symtab);
    out->names = d->names;
    if (d->hash)
        n = elf_u32(x, elf_image_at(x, d->hash), 4);
    else if (d->gnu_hash)
        n = count_gnu_hash(x);
    out->n = n < out->entries.n / size ? n : out->entries.n / size;
}

struct elf_symbol elf_symbol_at(const struct elf_image *x, const struct elf_symbols *s, uint64_t i) {
    uint64_t at = i * (x->wide ? 24 : 16);
    str info = piece(s->entries, at + (x->wide ? 4 : 12), 1);
    return (struct elf_symbol){
        .name = elf_name(s->names, elf_u32(x, s->entries, at)),
        .type = info.p ? (uint8_t)(info.p[0] & 15) : 0,
        .weak = info.p && (uint8_t)info.p[0] >> 4 == STB_WEAK,
        .defined = elf_u16(x, s->entries, at + (x->wide ? 6 : 14)) != SHN_UNDEF,
    };
}

bool elf_image_read(struct arena *a, str bytes, struct elf_image *out) {
    *out = (struct elf_image){.bytes = bytes};
    if (bytes.n < 52 || memcmp(bytes.p, ELFMAG, SELFMAG) != 0)
        return false;
    uint8_t class = (uint8_t)bytes.p[EI_CLASS], order = (uint8_t)bytes.p[EI_DATA];
    if ((class != ELFCLASS32 && class != ELFCLASS64) || (order != ELFDATA2LSB && order != ELFDATA2MSB))
        return false;
    out->wide = class == ELFCLASS64;
    out->big = order == ELFDATA2MSB;
    out->abi = (uint8_t)bytes.p[EI_OSABI];
    out->type = elf_u16(out, bytes, 16);
    out->machine = elf_u16(out, bytes, 18);
    uint64_t segments = elf_u16(out, bytes, out->wide ? 56 : 44);
    read_sections(a, out, &segments);
    if ((out->wide && bytes.n < 64) || !read_segments(a, out, segments))
        return false;
    read_dynamic(a, out);
    symbols_of_section(out, SHT_DYNSYM, &out->imports);
    symbols_of_section(out, SHT_SYMTAB, &out->table);
    if (!out->imports.n && out->dynamic.symtab)
        symbols_of_dynamic(out);
    return true;
}
