/* SPDX-License-Identifier: Apache-2.0
 *
 * Pieces of programs and libraries in machine code (ELF, PE, Mach-O), for the detectors that look into them. Nothing
 * here trusts a number of the file: every piece lies within it.
 */
#ifndef AKASHI_COLLECT_BINARY_H
#define AKASHI_COLLECT_BINARY_H

#include "collect/collect.h"

enum binary_kind { BINARY_NONE, BINARY_ELF, BINARY_PE, BINARY_MACHO };
enum binary_kind binary_kind(str head);

/* Section by name, as each format calls it (NULL: it has none); absent when there is none or it has no bytes. */
str binary_section(str bytes, const char *elf, const char *pe, const char *macho);
/* What is loaded at this address, up to the end of its segment; absent when nothing is. */
str binary_at(str bytes, uint64_t address);

/* What the dynamic section and the notes of an ELF file say. */
struct elf_facts {
    str soname, build_id, package; /* package: JSON of .note.package */
    VEC(str) needed;
    bool executable;     /* has an entry point or an interpreter, rather than being a library only */
    bool relocatable;    /* object file or kernel module */
    const char *machine; /* "x86-64"; NULL when we have no word for it */
};
/* Strings point into bytes or the arena. False when the headers make no sense. */
MUST_USE bool elf_read(struct arena *a, str bytes, struct elf_facts *out);
/* Which of n sections an ELF file has, read from the file without its content (head: its first 64 bytes); false when it
 * cannot be told this way. */
MUST_USE bool elf_file_may_have(int fd, str head, const char *const *names, size_t n, bool *may);
/* elf.c's part of the two above */
str elf_section(str bytes, const char *name);
str elf_at(str bytes, uint64_t address);

/* What the Go linker wrote into a program (go_binary.c): "go1.22.1", and the lines about its modules (or absent). False
 * when it is no Go program. */
bool go_build_info(str program, str *version, str *modules);

/* Numbers within bytes; 0 behind the end. */
uint32_t le16(str s, size_t at);
uint32_t le32(str s, size_t at);
uint64_t le64(str s, size_t at);
uint32_t be16(str s, size_t at);
uint32_t be32(str s, size_t at);
uint64_t be64(str s, size_t at);
/* bytes[at, at + n), or absent when it does not lie within. */
str piece(str bytes, uint64_t at, uint64_t n);

#endif
