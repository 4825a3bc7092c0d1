/* SPDX-License-Identifier: Apache-2.0
 *
 * What is seen of an ELF file before it is judged: its tables, what the names of its symbols give away, its notes.
 */
#ifndef AKASHI_INSPECT_ELF_H
#define AKASHI_INSPECT_ELF_H

#include "inspect/elf_image.h"
#include "inspect/inspect.h"
#include "inspect/marks.h"

enum elf_type {
    ELF_EXECUTABLE,
    ELF_LIBRARY,
    ELF_OBJECT, /* for the linker */
    ELF_MODULE, /* of the Linux kernel */
    ELF_KERNEL,
    ELF_CORE,
    ELF_DEBUG,  /* symbols split off a program: holds no code */
    ELF_FOREIGN /* code for something that is no system with processes: a GPU, an eBPF machine */
};

enum yes { YES_UNKNOWN, YES_NO, YES_SURE };

struct elf_notes {
    str build_id, go_build_id, annobin_tool, abi; /* abi: "Linux 3.2.0" */
    uint32_t x86_features, aarch64_features;
    bool has_x86, has_aarch64;
    enum yes stack_clash, annobin_protector;
    uint32_t seen; /* how many notes were read: bounded for the whole file */
};

struct elf_view {
    struct inspect *in;
    struct elf_image x;
    enum elf_type type;
    bool has_code, interpreter;
    bool symbols_known; /* there is a table of symbols to look for names in */
    bool marks[MARKS];
    struct elf_notes notes;
    uint32_t fortified, fortifiable; /* functions imported checked and unchecked; of a static program: linked in */
    str fortified_names, unfortified_names;
    str comment; /* .comment, as it is */
    enum mark language;
};

bool elf_is_static(const struct elf_view *v); /* an executable without interpreter and libraries */
void elf_view_notes(struct elf_view *v);      /* elf_notes.c */
void elf_view_facts(const struct elf_view *v, struct inspection *out); /* elf_facts.c */

/* "cap_net_raw=ep" of what security.capability holds; "" when it grants nothing. (capabilities.c) */
str capabilities_text(struct arena *a, str raw);

/* The elements of a search path that somebody else than the owner of the system could fill, as a list for people;
 * absent when there are none. privileged: for a program that runs with more rights than its caller. host: folders may
 * be looked up on this system. (search_path.c) */
str search_path_unsafe(struct arena *a, str path, bool privileged, bool host);

#endif
