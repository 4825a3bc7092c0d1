/* SPDX-License-Identifier: Apache-2.0
 *
 * Notes of an ELF file: build id, GNU properties (which code was compiled for which protection), annobin's record of
 * the options it was compiled with.
 *
 *   size of name · size of description · type · name · description, each padded to 4
 */
#include "base/digest.h"
#include "collect/binary.h"
#include "inspect/elf.h"

enum {
    NOTES_MOST = 1 << 18, /* annobin writes one per function */
};
#define PROPERTY_X86 0xC0000002u     /* GNU_PROPERTY_X86_FEATURE_1_AND */
#define PROPERTY_AARCH64 0xC0000000u /* GNU_PROPERTY_AARCH64_FEATURE_1_AND */

/* type · size · value, padded to the size of an address */
static void read_properties(struct elf_view *v, str desc) {
    const struct elf_image *x = &v->x;
    uint64_t pad = x->wide ? 8 : 4;
    bool x86 = x->machine == EM_X86_64 || x->machine == EM_386, arm = x->machine == EM_AARCH64;
    for (uint64_t at = 0; at + 8 <= desc.n;) {
        uint32_t type = elf_u32(x, desc, at), n = elf_u32(x, desc, at + 4), value = elf_u32(x, desc, at + 8);
        if (!piece(desc, at + 8, n).p)
            return;
        if (x86 && type == PROPERTY_X86 && n == 4) {
            v->notes.has_x86 = true;
            v->notes.x86_features = value;
        }
        if (arm && type == PROPERTY_AARCH64 && n == 4) {
            v->notes.has_aarch64 = true;
            v->notes.aarch64_features = value;
        }
        at += 8 + (((uint64_t)n + pad - 1) & ~(pad - 1));
    }
}

/* Names of annobin's notes: "GA" · '$' text, '*' number, '+' true, '!' false · what, as a byte below 32 or as text ·
 * for text and numbers the value. Once a part of the program says no, it is no. */
static void read_annobin(struct elf_view *v, str name) {
    enum { STACK_PROTECTOR = 2, TOOL = 5 };
    char kind = name.n > 3 ? name.p[2] : 0;
    str rest = str_from(name, 3);
    if (kind == '$' && rest.p[0] == TOOL && !v->notes.annobin_tool.p) {
        str text = elf_text(rest, 1);
        v->notes.annobin_tool = str_starts(text, S("running ")) ? str_from(text, 8) : text;
    } else if (kind == '*' && rest.p[0] == STACK_PROTECTOR && rest.n > 1) {
        enum yes now = rest.p[1] ? YES_SURE : YES_NO; /* 0 none · 1 basic · 2 all · 3 strong · 4 explicit */
        if (v->notes.annobin_protector != YES_NO)
            v->notes.annobin_protector = now;
    } else if ((kind == '+' || kind == '!') && str_starts(rest, S("stack_clash"))) {
        if (v->notes.stack_clash != YES_NO)
            v->notes.stack_clash = kind == '+' ? YES_SURE : YES_NO;
    }
}

static void read_abi(struct elf_view *v, str desc) {
    static const char *const systems[] = {"Linux", "Hurd", "Solaris", "FreeBSD", "NetBSD", "Syllable", "NaCl"};
    uint32_t os = elf_u32(&v->x, desc, 0);
    if (desc.n >= 16 && os < sizeof systems / sizeof *systems)
        v->notes.abi = arena_printf(v->in->a, "%s %u.%u.%u", systems[os], elf_u32(&v->x, desc, 4),
                                    elf_u32(&v->x, desc, 8), elf_u32(&v->x, desc, 12));
}

static void read_note(struct elf_view *v, uint32_t type, str name, str desc) {
    if (str_eq(name, S("GNU\0"))) {
        if (type == NT_GNU_BUILD_ID && desc.n && desc.n <= 64)
            v->notes.build_id = hex_text(v->in->a, (const unsigned char *)desc.p, desc.n);
        else if (type == NT_GNU_PROPERTY_TYPE_0)
            read_properties(v, desc);
        else if (type == NT_GNU_ABI_TAG)
            read_abi(v, desc);
    } else if (str_eq(name, S("Go\0\0")) && type == 4) {
        v->notes.go_build_id = str_upto(desc, 200);
    } else if (str_starts(name, S("GA"))) {
        read_annobin(v, name);
    }
}

static void read_notes(struct elf_view *v, str notes) {
    uint64_t at = 0;
    for (; v->notes.seen < NOTES_MOST && at + 12 <= notes.n; v->notes.seen++) {
        uint32_t name_n = elf_u32(&v->x, notes, at), n = elf_u32(&v->x, notes, at + 4),
                 type = elf_u32(&v->x, notes, at + 8);
        uint64_t name_at = at + 12, desc_at = name_at + (((uint64_t)name_n + 3) & ~(uint64_t)3);
        str name = piece(notes, name_at, name_n), desc = piece(notes, desc_at, n);
        if (!name.p || !desc.p)
            return;
        read_note(v, type, name, desc);
        at = desc_at + (((uint64_t)n + 3) & ~(uint64_t)3);
    }
}

/* Segments are what runs; sections hold what no segment loads (annobin), and all there is of an object file. */
void elf_view_notes(struct elf_view *v) {
    const struct elf_image *x = &v->x;
    bool segments = false;
    for (uint32_t i = 0; i < x->segments.n; i++)
        if (x->segments.v[i].type == PT_NOTE) {
            segments = true;
            read_notes(v, piece(x->bytes, x->segments.v[i].offset, x->segments.v[i].file_size));
        }
    for (uint32_t i = 0; i < x->sections.n; i++)
        if (x->sections.v[i].type == SHT_NOTE && (!segments || str_starts(x->sections.v[i].name, S(".gnu.build.attr"))))
            read_notes(v, elf_section_bytes(x, &x->sections.v[i]));
}
