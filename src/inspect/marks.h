/* SPDX-License-Identifier: Apache-2.0
 *
 * What the names of symbols, libraries and sections of a program give away: the language it was written in, run-time
 * libraries of sanitizers, functions with and without checks of their buffers. Tables of names and one pass over them.
 */
#ifndef AKASHI_INSPECT_MARKS_H
#define AKASHI_INSPECT_MARKS_H

#include "base/arena.h"

enum mark {
    MARK_NONE,
    MARK_PROTECTOR, /* stack protector */
    MARK_ASSERT,
    MARK_CFI,
    MARK_SAFESTACK,
    MARK_COVERAGE,
    MARK_ASAN, /* sanitizers, see sanitizer_name() */
    MARK_HWASAN,
    MARK_LSAN,
    MARK_MSAN,
    MARK_TSAN,
    MARK_UBSAN,
    MARK_UBSAN_MINIMAL,   /* meant to be shipped: stops the program, explains nothing */
    MARK_OVERFLOW_CHECKS, /* Rust: panics on arithmetic overflow are compiled in */
    MARK_GO,              /* languages, the more telling first: see language_name() */
    MARK_RUST,
    MARK_SWIFT,
    MARK_D,
    MARK_OCAML,
    MARK_HASKELL,
    MARK_NIM,
    MARK_ZIG,
    MARK_CRYSTAL,
    MARK_ADA,
    MARK_PASCAL,
    MARK_DART,
    MARK_GRAALVM,
    MARK_OBJC,
    MARK_CXX,
    MARK_FORTRAN,
    MARK_C,
    MARKS
};

/* The tables, hashed. Read-only once made; shared by threads. */
struct marks;
const struct marks *marks_new(struct arena *a);

/* What one name says. Names come as in ELF symbol tables; Mach-O's leading '_' is to be taken off first. */
enum mark marks_symbol(const struct marks *m, str name);
/* What a needed library ("libasan.so.8") says. */
enum mark marks_library(const struct marks *m, str soname);
enum mark marks_section(const struct marks *m, str name);

/* Is it a function of the C library that has (or is) a variant which checks the size of its buffer? "memcpy": index of
 * the function, *checked = false; "__memcpy_chk": the same index, *checked = true; else -1. */
int marks_fortify(const struct marks *m, str name, bool *checked);
enum { FORTIFY_MOST = 128 };
const char *marks_fortify_name(int index);

const char *sanitizer_name(enum mark m); /* "AddressSanitizer"; NULL for what is none */
const char *language_name(enum mark m);  /* "Rust"; NULL for what is none */

#endif
