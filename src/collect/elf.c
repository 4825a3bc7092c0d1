/* SPDX-License-Identifier: Apache-2.0
 *
 * ELF: sections, segments, the dynamic section, notes. The only module that knows libelf.
 */
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include "collect/binary.h"

enum { SECTIONS_MOST = 70000, NEEDED_MOST = 4096, NAMES_MOST = 1 << 20 };

/* libelf never writes into an image it did not map itself. */
static Elf *open_elf(str bytes) {
    if (bytes.n < EI_NIDENT || elf_version(EV_CURRENT) == EV_NONE)
        return NULL;
    Elf *elf = elf_memory((char *)(uintptr_t)bytes.p, bytes.n);
    if (elf && elf_kind(elf) != ELF_K_ELF) {
        elf_end(elf);
        elf = NULL;
    }
    return elf;
}

static str section_bytes(str bytes, const GElf_Shdr *s) {
    return s->sh_type == SHT_NOBITS ? (str){NULL, 0} : piece(bytes, s->sh_offset, s->sh_size);
}

str elf_section(str bytes, const char *name) {
    Elf *elf = open_elf(bytes);
    size_t names;
    str found = {NULL, 0};
    if (elf && elf_getshdrstrndx(elf, &names) == 0) {
        Elf_Scn *scn = NULL;
        for (int i = 0; i < SECTIONS_MOST && (scn = elf_nextscn(elf, scn));) {
            GElf_Shdr s;
            const char *label;
            i++;
            if (gelf_getshdr(scn, &s) && (label = elf_strptr(elf, names, s.sh_name)) && strcmp(label, name) == 0) {
                found = section_bytes(bytes, &s);
                break;
            }
        }
    }
    elf_end(elf);
    return found;
}

/* ── names of the sections of a file ──
 *
 * A system has a thousand programs and libraries, and next to none has a section somebody wants; so for what they
 * nearly all are, 64 bits and little-endian with the names just in front of the section headers at the end of the file,
 * one pread() has to do. Whatever is otherwise goes through libelf. */

enum { TAIL_FRONT = 1024, TAIL_MOST = 8192 };

struct wanted {
    const char *const *names;
    size_t n;
    bool *may;
};

static void note_name(const struct wanted *w, const char *label) {
    for (size_t k = 0; k < w->n; k++)
        w->may[k] |= strcmp(label, w->names[k]) == 0;
}

/* The end of the file, into memory that is aligned for its headers; absent when it is larger than that, or cut off. */
static str read_tail(int fd, const Elf64_Ehdr *h, char *room, uint64_t *from) {
    uint64_t n = (uint64_t)h->e_shnum * sizeof(Elf64_Shdr);
    uint64_t front = h->e_shoff < TAIL_FRONT ? h->e_shoff : TAIL_FRONT;
    *from = h->e_shoff - front;
    if (front % 8 || n + front > TAIL_MOST || h->e_shoff > INT64_MAX - TAIL_MOST)
        return (str){NULL, 0};
    return pread(fd, room, (size_t)(front + n), (off_t)*from) == (ssize_t)(front + n) ? str_n(room, (size_t)(front + n))
                                                                                      : (str){NULL, 0};
}

static bool look_at_tail(int fd, str head, const struct wanted *w) {
    Elf64_Ehdr h;
    _Alignas(8) char room[TAIL_MOST];
    uint64_t from;
    if (head.n < sizeof h || head.p[EI_CLASS] != ELFCLASS64 || head.p[EI_DATA] != ELFDATA2LSB ||
        __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
        return false;
    memcpy(&h, head.p, sizeof h);
    if (h.e_shentsize != sizeof(Elf64_Shdr) || h.e_shstrndx >= h.e_shnum)
        return false;
    str tail = read_tail(fd, &h, room, &from);
    if (!tail.p)
        return false;
    const Elf64_Shdr *sections = (const Elf64_Shdr *)(void *)(room + (h.e_shoff - from));
    const Elf64_Shdr *strings = &sections[h.e_shstrndx];
    str names = strings->sh_offset < from ? (str){NULL, 0} : piece(tail, strings->sh_offset - from, strings->sh_size);
    if (!names.n || names.p[names.n - 1])
        return false;
    for (uint32_t i = 1; i < h.e_shnum; i++) /* 0 is no section */
        if (sections[i].sh_name < names.n)
            note_name(w, names.p + sections[i].sh_name);
    return true;
}

static bool look_with_libelf(int fd, const struct wanted *w) {
    if (elf_version(EV_CURRENT) == EV_NONE)
        return false;
    Elf *elf = elf_begin(fd, ELF_C_READ, NULL);
    size_t strings;
    Elf_Scn *scn;
    GElf_Shdr s;
    bool known = elf && elf_kind(elf) == ELF_K_ELF && elf_getshdrstrndx(elf, &strings) == 0 &&
                 (scn = elf_getscn(elf, strings)) && gelf_getshdr(scn, &s) && s.sh_size <= NAMES_MOST;
    scn = NULL;
    for (int i = 0; known && (scn = elf_nextscn(elf, scn)); i++) {
        const char *label = gelf_getshdr(scn, &s) ? elf_strptr(elf, strings, s.sh_name) : NULL;
        known = label && i < SECTIONS_MOST;
        if (known)
            note_name(w, label);
    }
    elf_end(elf);
    return known;
}

bool elf_file_may_have(int fd, str head, const char *const *names, size_t n, bool *may) {
    struct wanted w = {names, n, may};
    memset(may, 0, n * sizeof *may);
    return look_at_tail(fd, head, &w) || look_with_libelf(fd, &w);
}

str elf_at(str bytes, uint64_t address) {
    Elf *elf = open_elf(bytes);
    size_t n = 0;
    str found = {NULL, 0};
    if (elf && elf_getphdrnum(elf, &n) == 0)
        for (size_t i = 0; i < n && i < SECTIONS_MOST; i++) {
            GElf_Phdr p;
            if (!gelf_getphdr(elf, (int)i, &p) || p.p_type != PT_LOAD || address < p.p_vaddr ||
                address - p.p_vaddr >= p.p_filesz)
                continue;
            found = piece(bytes, p.p_offset + (address - p.p_vaddr), p.p_filesz - (address - p.p_vaddr));
            break;
        }
    elf_end(elf);
    return found;
}

/* ── notes: name size · description size · type · name · description, each padded to 4 ── */

enum { NOTE_BUILD_ID = 3 };
#define NOTE_PACKAGE 0xCAFE1A7Eu

static void read_notes(struct arena *a, str notes, bool big, struct elf_facts *out) {
    for (size_t at = 0; notes.n >= 12 && at <= notes.n - 12;) {
        uint32_t name_n = big ? be32(notes, at) : le32(notes, at), n = big ? be32(notes, at + 4) : le32(notes, at + 4),
                 type = big ? be32(notes, at + 8) : le32(notes, at + 8);
        uint64_t name_at = at + 12, desc_at = name_at + (((uint64_t)name_n + 3) & ~(uint64_t)3);
        str name = piece(notes, name_at, name_n), desc = piece(notes, desc_at, n);
        if (!name.p || !desc.p)
            return;
        if (type == NOTE_BUILD_ID && str_eq(name, S("GNU\0")) && n <= 64) {
            struct buf b = {0};
            for (size_t i = 0; i < desc.n; i++)
                buf_addf(&b, "%02x", (unsigned char)desc.p[i]);
            out->build_id = arena_str(a, buf_str(&b));
            buf_free(&b);
        }
        if (type == NOTE_PACKAGE && str_eq(name, S("FDO\0"))) {
            size_t end = str_chr(desc, 0);
            out->package = str_upto(desc, end == STR_NONE ? desc.n : end);
        }
        at = (size_t)(desc_at + (((uint64_t)n + 3) & ~(uint64_t)3));
    }
}

/* Text at an offset of the dynamic string table. */
static str dynamic_text(Elf *elf, size_t strings, uint64_t at) {
    const char *text = elf_strptr(elf, strings, (size_t)at);
    return text ? str_of(text) : (str){NULL, 0};
}

static void read_dynamic(Elf *elf, Elf_Scn *scn, const GElf_Shdr *s, struct arena *a, struct elf_facts *out) {
    Elf_Data *data = elf_getdata(scn, NULL);
    size_t n = data && s->sh_entsize ? s->sh_size / s->sh_entsize : 0;
    for (size_t i = 0; i < n && i < NEEDED_MOST; i++) {
        GElf_Dyn d;
        if (!gelf_getdyn(data, (int)i, &d) || d.d_tag == DT_NULL)
            return;
        if (d.d_tag == DT_SONAME)
            out->soname = arena_str(a, dynamic_text(elf, s->sh_link, d.d_un.d_val));
        if (d.d_tag == DT_NEEDED)
            *vec_push(a, &out->needed) = arena_str(a, dynamic_text(elf, s->sh_link, d.d_un.d_val));
    }
}

static const char *machine_name(unsigned machine) {
    static const struct {
        unsigned machine;
        const char *name;
    } names[] = {{EM_386, "x86"},       {EM_X86_64, "x86-64"}, {EM_ARM, "arm"},
                 {EM_AARCH64, "arm64"}, {EM_PPC64, "ppc64"},   {EM_S390, "s390"},
                 {EM_RISCV, "riscv"},   {EM_MIPS, "mips"},     {EM_PPC, "ppc"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].machine == machine)
            return names[i].name;
    return NULL;
}

bool elf_read(struct arena *a, str bytes, struct elf_facts *out) {
    *out = (struct elf_facts){0};
    Elf *elf = open_elf(bytes);
    GElf_Ehdr header;
    if (!elf || !gelf_getehdr(elf, &header)) {
        elf_end(elf);
        return false;
    }
    out->executable = header.e_type == ET_EXEC;
    out->relocatable = header.e_type == ET_REL;
    out->machine = machine_name(header.e_machine);
    Elf_Scn *scn = NULL;
    for (int i = 0; i < SECTIONS_MOST && (scn = elf_nextscn(elf, scn)); i++) {
        GElf_Shdr s;
        if (!gelf_getshdr(scn, &s))
            continue;
        if (s.sh_type == SHT_NOTE)
            read_notes(a, section_bytes(bytes, &s), header.e_ident[EI_DATA] == ELFDATA2MSB, out);
        else if (s.sh_type == SHT_DYNAMIC)
            read_dynamic(elf, scn, &s, a, out);
    }
    size_t n = 0;
    if (elf_getphdrnum(elf, &n) == 0)
        for (size_t i = 0; i < n && i < SECTIONS_MOST; i++) {
            GElf_Phdr p;
            out->executable |= gelf_getphdr(elf, (int)i, &p) && p.p_type == PT_INTERP;
        }
    elf_end(elf);
    return true;
}
