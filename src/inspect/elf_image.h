/* SPDX-License-Identifier: Apache-2.0
 *
 * An ELF file where it lies: headers, segments, sections, dynamic section and symbols of either class and byte order,
 * read straight from the bytes. Every offset and count is checked against the file; what does not lie within it is
 * absent. (collect/elf.c uses libelf, which builds tables for each file first: too slow for a look at every file.)
 */
#ifndef AKASHI_INSPECT_ELF_IMAGE_H
#define AKASHI_INSPECT_ELF_IMAGE_H

#include <elf.h>

#include "base/arena.h"

struct elf_segment {
    uint32_t type, flags;
    uint64_t offset, address, file_size, memory_size;
};
struct elf_section {
    str name;
    uint32_t type, link;
    uint64_t flags, address, offset, size, entry_size;
};
struct elf_symbol {
    str name;
    uint8_t type; /* STT_… */
    bool defined, weak;
};
/* A table of symbols with its names; n == 0: there is none. */
struct elf_symbols {
    str entries, names;
    uint64_t n;
};

/* What the dynamic section says. */
struct elf_dynamic {
    bool there, bind_now, textrel, debug, pie_flag;
    bool has_plt; /* something is bound through a procedure linkage table */
    str soname, rpath, runpath;
    VEC(str) needed;
    uint64_t verneed, n_verneed, symtab, strtab, strsz, hash, gnu_hash;
    str names; /* the string table */
};

struct elf_image {
    str bytes;
    bool big, wide; /* most significant byte first; 64 bit */
    uint16_t type, machine;
    uint8_t abi;
    VEC(struct elf_segment) segments;
    VEC(struct elf_section) sections;
    struct elf_dynamic dynamic;
    struct elf_symbols imports, table; /* .dynsym and .symtab */
};

/* Lists live in a, strings point into bytes. False when the header makes no sense or the tables it points at do not lie
 * within the file. */
bool elf_image_read(struct arena *a, str bytes, struct elf_image *out);

uint16_t elf_u16(const struct elf_image *x, str s, uint64_t at); /* 0 behind the end */
uint32_t elf_u32(const struct elf_image *x, str s, uint64_t at);
uint64_t elf_u64(const struct elf_image *x, str s, uint64_t at);
/* Text at an offset of a string table; "" when it has no end within the next 4 KiB. Bounded, because a million entries
 * may all point at one text that never ends. */
str elf_text(str names, uint64_t at);
/* The same for names of symbols and sections: what is longer than 256 bytes is cut there. */
str elf_name(str names, uint64_t at);
/* Bytes of a section in the file; absent when it has none. */
str elf_section_bytes(const struct elf_image *x, const struct elf_section *s);
const struct elf_section *elf_section_find(const struct elf_image *x, const char *name); /* or NULL */
const struct elf_segment *elf_segment_find(const struct elf_image *x, uint32_t type);    /* or NULL */
/* What is loaded from the file at this address, up to the end of its segment. */
str elf_image_at(const struct elf_image *x, uint64_t address);
struct elf_symbol elf_symbol_at(const struct elf_image *x, const struct elf_symbols *s, uint64_t i);

#endif
