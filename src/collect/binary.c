/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/binary.h"

static uint64_t number(str s, size_t at, size_t n, bool big) {
    uint64_t v = 0;
    if (at > s.n || n > s.n - at)
        return 0;
    for (size_t i = 0; i < n; i++)
        v = v << 8 | (unsigned char)s.p[at + (big ? i : n - 1 - i)];
    return v;
}
uint32_t le16(str s, size_t at) { return (uint32_t)number(s, at, 2, false); }
uint32_t le32(str s, size_t at) { return (uint32_t)number(s, at, 4, false); }
uint64_t le64(str s, size_t at) { return number(s, at, 8, false); }
uint32_t be16(str s, size_t at) { return (uint32_t)number(s, at, 2, true); }
uint32_t be32(str s, size_t at) { return (uint32_t)number(s, at, 4, true); }
uint64_t be64(str s, size_t at) { return number(s, at, 8, true); }

str piece(str bytes, uint64_t at, uint64_t n) {
    if (at > bytes.n || n > bytes.n - at)
        return (str){NULL, 0};
    return str_n(bytes.p + at, (size_t)n);
}

enum binary_kind binary_kind(str head) {
    if (str_starts(head, S("\x7F"
                           "ELF")))
        return BINARY_ELF;
    if (str_starts(head, S("MZ")) && head.n >= 64)
        return BINARY_PE;
    if (str_starts(head, S("\xCF\xFA\xED\xFE")) || str_starts(head, S("\xCE\xFA\xED\xFE")) ||
        str_starts(head, S("\xCA\xFE\xBA\xBE")))
        return BINARY_MACHO;
    return BINARY_NONE;
}

/* ── PE: the COFF header behind "PE\0\0", then the section table ──
 *
 * section header, 40 bytes: name[8] · virtual size · virtual address · raw size · raw offset · … */

struct pe {
    size_t sections, count, optional;
    uint64_t base;
};

static bool pe_open(str b, struct pe *pe) {
    size_t at = le32(b, 0x3C);
    if (!str_eq(piece(b, at, 4), S("PE\0\0")))
        return false;
    pe->optional = at + 24;
    pe->count = le16(b, at + 6);
    pe->sections = pe->optional + le16(b, at + 20);
    pe->base = le16(b, pe->optional) == 0x20B ? le64(b, pe->optional + 24) : le32(b, pe->optional + 28);
    return pe->count <= 256;
}

static str pe_section(str b, const char *name) {
    struct pe pe;
    if (!pe_open(b, &pe))
        return (str){NULL, 0};
    for (size_t i = 0; i < pe.count; i++) {
        size_t at = pe.sections + 40 * i;
        str label = piece(b, at, 8);
        size_t end = label.p ? str_chr(label, 0) : 0;
        if (str_is(str_upto(label, end == STR_NONE ? 8 : end), name))
            return piece(b, le32(b, at + 20), le32(b, at + 16));
    }
    return (str){NULL, 0};
}

static str pe_at(str b, uint64_t address) {
    struct pe pe;
    if (!pe_open(b, &pe) || address < pe.base)
        return (str){NULL, 0};
    for (size_t i = 0; i < pe.count; i++) {
        size_t at = pe.sections + 40 * i;
        uint64_t start = le32(b, at + 12), size = le32(b, at + 16), rva = address - pe.base;
        if (rva >= start && rva - start < size)
            return piece(b, le32(b, at + 20) + (rva - start), size - (rva - start));
    }
    return (str){NULL, 0};
}

/* ── Mach-O, little-endian, 64 or 32 bit; of a fat file the first architecture ──
 *
 * header · load commands; LC_SEGMENT_64 (0x19): cmd size name[16] vmaddr vmsize fileoff filesize … nsects, then
 * sections of 80 bytes: sectname[16] segname[16] addr size offset … */

static str macho_thin(str b) {
    if (be32(b, 0) != 0xCAFEBABE)
        return b;
    uint32_t count = be32(b, 4); /* a Java class file has its version here: more than any fat file has parts */
    return count >= 1 && count < 20 ? piece(b, be32(b, 16), be32(b, 20)) : (str){NULL, 0};
}

static bool macho_name(str b, size_t at, const char *name) {
    str label = piece(b, at, 16);
    size_t end = label.p ? str_chr(label, 0) : 0;
    return str_is(str_upto(label, end == STR_NONE ? 16 : end), name);
}

/* Section by name, or with name NULL what lies at address. */
static str macho_find(str fat, const char *name, uint64_t address) {
    str b = macho_thin(fat);
    bool wide = le32(b, 0) == 0xFEEDFACF;
    uint32_t commands = le32(b, 16);
    size_t at = wide ? 32 : 28;
    for (uint32_t i = 0; i < commands && i < 4096; i++) {
        uint32_t cmd = le32(b, at), size = le32(b, at + 4);
        if (size < 8 || size > b.n - (at < b.n ? at : b.n))
            break;
        if (cmd == (wide ? 0x19u : 0x1u)) {
            uint64_t vm = wide ? le64(b, at + 24) : le32(b, at + 24),
                     offset = wide ? le64(b, at + 40) : le32(b, at + 32),
                     n = wide ? le64(b, at + 48) : le32(b, at + 36);
            if (!name && address >= vm && address - vm < n)
                return piece(b, offset + (address - vm), n - (address - vm));
            uint32_t sections = le32(b, at + (wide ? 64 : 48));
            for (uint32_t k = 0; name && k < sections && k < 256; k++) {
                size_t s = at + (wide ? 72 + 80 * (size_t)k : 56 + 68 * (size_t)k);
                if (macho_name(b, s, name))
                    return piece(b, le32(b, s + (wide ? 48 : 40)), wide ? le64(b, s + 40) : le32(b, s + 36));
            }
        }
        at += size;
    }
    return (str){NULL, 0};
}

str binary_section(str bytes, const char *elf, const char *pe, const char *macho) {
    str found = {NULL, 0};
    switch (binary_kind(bytes)) {
    case BINARY_ELF: found = elf ? elf_section(bytes, elf) : found; break;
    case BINARY_PE: found = pe ? pe_section(bytes, pe) : found; break;
    case BINARY_MACHO: found = macho ? macho_find(bytes, macho, 0) : found; break;
    case BINARY_NONE: break;
    }
    return found.n ? found : (str){NULL, 0};
}

str binary_at(str bytes, uint64_t address) {
    switch (binary_kind(bytes)) {
    case BINARY_ELF: return elf_at(bytes, address);
    case BINARY_PE: return pe_at(bytes, address);
    case BINARY_MACHO: return macho_find(bytes, NULL, address);
    case BINARY_NONE: break;
    }
    return (str){NULL, 0};
}
