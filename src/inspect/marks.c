/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect/marks.h"

#include <assert.h>

struct named {
    const char *name;
    enum mark mark;
};

/* Whole names of symbols. */
static const struct named symbols[] = {
    {"__intel_security_cookie", MARK_PROTECTOR},
    {"__assert_fail", MARK_ASSERT},
    {"__assert_perror_fail", MARK_ASSERT},
    {"__assert_rtn", MARK_ASSERT},
    {"__assert", MARK_ASSERT},
    {"__assert2", MARK_ASSERT},
    {"__cfi_check", MARK_CFI},
    {"__cfi_slowpath", MARK_CFI},
    {"__safestack_init", MARK_SAFESTACK},
    {"__safestack_unsafe_stack_ptr", MARK_SAFESTACK},
    {"__gcov_init", MARK_COVERAGE},
    {"__gcov_exit", MARK_COVERAGE},
    {"__llvm_profile_runtime", MARK_COVERAGE},
    {"__llvm_profile_instrument_target", MARK_COVERAGE},
    {"runtime.main", MARK_GO},
    {"runtime.rt0_go", MARK_GO},
    {"runtime.text", MARK_GO},
    {"rust_eh_personality", MARK_RUST},
    {"rust_begin_unwind", MARK_RUST},
    {"rust_panic", MARK_RUST},
    {"__rust_alloc", MARK_RUST},
    {"__rust_dealloc", MARK_RUST},
    {"__rust_no_alloc_shim_is_unstable", MARK_RUST},
    {"swift_retain", MARK_SWIFT},
    {"swift_release", MARK_SWIFT},
    {"swift_allocObject", MARK_SWIFT},
    {"_Dmain", MARK_D},
    {"_d_run_main", MARK_D},
    {"_d_run_main2", MARK_D},
    {"_d_throw_exception", MARK_D},
    {"_d_throwdwarf", MARK_D},
    {"_d_throwc", MARK_D},
    {"_d_dso_registry", MARK_D},
    {"caml_main", MARK_OCAML},
    {"caml_startup", MARK_OCAML},
    {"caml_program", MARK_OCAML},
    {"caml_start_program", MARK_OCAML},
    {"caml_globals", MARK_OCAML},
    {"hs_main", MARK_HASKELL},
    {"hs_init_ghc", MARK_HASKELL},
    {"stg_upd_frame_info", MARK_HASKELL},
    {"stg_ap_p_fast", MARK_HASKELL},
    {"NimMain", MARK_NIM},
    {"NimMainModule", MARK_NIM},
    {"PreMainInner", MARK_NIM},
    {"nimFrame", MARK_NIM},
    {"__zig_probe_stack", MARK_ZIG},
    {"start.posixCallMainAndExit", MARK_ZIG},
    {"start.expandStackSize", MARK_ZIG},
    {"builtin.default_panic", MARK_ZIG},
    {"__crystal_main", MARK_CRYSTAL},
    {"__gnat_initialize", MARK_ADA},
    {"__gnat_runtime_initialize", MARK_ADA},
    {"adainit", MARK_ADA},
    {"FPC_INITIALIZEUNITS", MARK_PASCAL},
    {"fpc_initializeunits", MARK_PASCAL},
    {"_kDartVmSnapshotInstructions", MARK_DART},
    {"_kDartIsolateSnapshotInstructions", MARK_DART},
    {"graal_create_isolate", MARK_GRAALVM},
    {"objc_msgSend", MARK_OBJC},
    {"objc_msg_lookup", MARK_OBJC},
    {"__gxx_personality_v0", MARK_CXX},
    {"__cxa_throw", MARK_CXX},
    {"__cxa_pure_virtual", MARK_CXX},
    {"_Znwm", MARK_CXX},
    {"_ZdlPv", MARK_CXX},
    {"_ZdlPvm", MARK_CXX},
    {"MAIN__", MARK_FORTRAN},
    {"__libc_start_main", MARK_C},
    {"__libc_start_call_main", MARK_C},
    {"__libc_csu_init", MARK_C},
};

/* How symbols begin; a longer one that also fits stands in front of a shorter. */
static const struct named beginnings[] = {
    {"__stack_chk_fail", MARK_PROTECTOR},
    {"__stack_chk_guard", MARK_PROTECTOR},
    {"__asan_", MARK_ASAN},
    {"__hwasan_", MARK_HWASAN},
    {"__lsan_", MARK_LSAN},
    {"__msan_", MARK_MSAN},
    {"__tsan_", MARK_TSAN},
    {"__ubsan_handle_", MARK_UBSAN},
    {"__sanitizer_cov_", MARK_COVERAGE},
    {"_ZN4core9panicking11panic_const", MARK_OVERFLOW_CHECKS},
    {"_RNvNtNtC", MARK_RUST},
    {"_ZN3std2rt10lang_start", MARK_RUST},
    {"_ZN4core9panicking", MARK_RUST},
    {"_gfortran_", MARK_FORTRAN},
    {"_ZSt", MARK_CXX},
    {"_ZNSt", MARK_CXX},
    {"_ZNKSt", MARK_CXX},
    {"_ZTVN10__cxxabiv1", MARK_CXX},
    {"_d_arrayappend", MARK_D},
};

/* How the names of needed libraries begin. */
static const struct named libraries[] = {
    {"libasan.so", MARK_ASAN},
    {"libclang_rt.asan", MARK_ASAN},
    {"libhwasan.so", MARK_HWASAN},
    {"libclang_rt.hwasan", MARK_HWASAN},
    {"liblsan.so", MARK_LSAN},
    {"libtsan.so", MARK_TSAN},
    {"libclang_rt.tsan", MARK_TSAN},
    {"libubsan.so", MARK_UBSAN},
    {"libclang_rt.ubsan_minimal", MARK_UBSAN_MINIMAL},
    {"libclang_rt.ubsan", MARK_UBSAN},
    {"libstd-", MARK_RUST},
    {"librustc_driver", MARK_RUST},
    {"libgo.so", MARK_GO},
    {"libswiftCore.", MARK_SWIFT},
    {"libphobos2", MARK_D},
    {"libgphobos", MARK_D},
    {"libgdruntime", MARK_D},
    {"libdruntime", MARK_D},
    {"libcamlrun", MARK_OCAML},
    {"libasmrun", MARK_OCAML},
    {"libHSrts", MARK_HASKELL},
    {"libHSbase", MARK_HASKELL},
    {"libgnat", MARK_ADA},
    {"libobjc.", MARK_OBJC},
    {"libstdc++.", MARK_CXX},
    {"libc++.", MARK_CXX},
    {"libc++abi.", MARK_CXX},
    {"libgfortran.", MARK_FORTRAN},
    {"libflang", MARK_FORTRAN},
    {"libc.so", MARK_C},
    {"libc.musl", MARK_C},
    {"ld-musl", MARK_C},
};

static const struct named sections[] = {
    {".go.buildinfo", MARK_GO},      {".gopclntab", MARK_GO},
    {".note.go.buildid", MARK_GO},   {".data.rel.ro.gopclntab", MARK_GO},
    {"swift5_reflstr", MARK_SWIFT},  {"swift5_typeref", MARK_SWIFT},
    {".rustc", MARK_RUST},           {"fpc.resources", MARK_PASCAL},
    {".fpc.version", MARK_PASCAL},   {".fpc.resources", MARK_PASCAL},
    {".fpc", MARK_PASCAL},           {"__objc_class_list", MARK_OBJC},
    {".objc_class_list", MARK_OBJC},
};

/* The functions with a variant "__…_chk" in the GNU C library up to 2.41. */
static const char *const fortify_names[] = {
    "asprintf",
    "confstr",
    "dprintf",
    "explicit_bzero",
    "fdelt",
    "fgets",
    "fgets_unlocked",
    "fgetws",
    "fgetws_unlocked",
    "fprintf",
    "fread",
    "fread_unlocked",
    "fwprintf",
    "getcwd",
    "getdomainname",
    "getgroups",
    "gethostname",
    "getlogin_r",
    "gets",
    "getwd",
    "inet_ntop",
    "inet_pton",
    "longjmp",
    "mbsnrtowcs",
    "mbsrtowcs",
    "mbstowcs",
    "memcpy",
    "memmove",
    "mempcpy",
    "memset",
    "obstack_printf",
    "obstack_vprintf",
    "poll",
    "ppoll",
    "ppoll64",
    "pread",
    "pread64",
    "printf",
    "ptsname_r",
    "read",
    "readlink",
    "readlinkat",
    "realpath",
    "recv",
    "recvfrom",
    "snprintf",
    "sprintf",
    "stpcpy",
    "stpncpy",
    "strcat",
    "strcpy",
    "strlcat",
    "strlcpy",
    "strncat",
    "strncpy",
    "swprintf",
    "syslog",
    "ttyname_r",
    "vasprintf",
    "vdprintf",
    "vfprintf",
    "vfwprintf",
    "vprintf",
    "vsnprintf",
    "vsprintf",
    "vswprintf",
    "vsyslog",
    "vwprintf",
    "wcpcpy",
    "wcpncpy",
    "wcrtomb",
    "wcscat",
    "wcscpy",
    "wcslcat",
    "wcslcpy",
    "wcsncat",
    "wcsncpy",
    "wcsnrtombs",
    "wcsrtombs",
    "wcstombs",
    "wctomb",
    "wmemcpy",
    "wmemmove",
    "wmempcpy",
    "wmemset",
    "wprintf",
};
#define COUNT(table) (sizeof(table) / sizeof *(table))
static_assert(COUNT(fortify_names) <= FORTIFY_MOST, "callers count in arrays of this size");

/* ── look-up ──
 *
 * Open addressing over FNV-1a: every symbol of every file passes here, and nearly all are unknown. The names are ours,
 * so nobody can choose collisions among them. */

enum { SLOTS = 1024, LONGEST = 40 };
struct slot {
    const char *name;
    size_t n;
    int value;
};
struct marks {
    struct slot symbols[SLOTS], functions[SLOTS];
    bool first[256]; /* bytes a beginning begins with */
};

static uint32_t hash_of(str s) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h;
}

static void put(struct slot *slots, const char *name, int value) {
    str s = str_of(name);
    uint32_t at = hash_of(s) % SLOTS;
    assert(s.n <= LONGEST);
    while (slots[at].name)
        at = (at + 1) % SLOTS;
    slots[at] = (struct slot){name, s.n, value};
}

static int get(const struct slot *slots, str s) {
    if (s.n > LONGEST || s.n == 0)
        return -1;
    for (uint32_t at = hash_of(s) % SLOTS; slots[at].name; at = (at + 1) % SLOTS)
        if (slots[at].n == s.n && memcmp(slots[at].name, s.p, s.n) == 0)
            return slots[at].value;
    return -1;
}

const struct marks *marks_new(struct arena *a) {
    struct marks *m = arena_new_of(a, struct marks);
    for (size_t i = 0; i < COUNT(symbols); i++)
        put(m->symbols, symbols[i].name, (int)symbols[i].mark);
    for (size_t i = 0; i < COUNT(fortify_names); i++)
        put(m->functions, fortify_names[i], (int)i);
    for (size_t i = 0; i < COUNT(beginnings); i++)
        m->first[(unsigned char)beginnings[i].name[0]] = true;
    return m;
}

static enum mark beginning_of(const struct named *table, size_t n, str s) {
    for (size_t i = 0; i < n; i++)
        if (s.p[1] == table[i].name[1] && str_starts(s, str_of(table[i].name)))
            return table[i].mark;
    return MARK_NONE;
}

enum mark marks_symbol(const struct marks *m, str name) {
    int found = get(m->symbols, name);
    if (found >= 0)
        return (enum mark)found;
    if (name.n < 4 || !m->first[(unsigned char)name.p[0]])
        return MARK_NONE;
    enum mark mark = beginning_of(beginnings, COUNT(beginnings), name);
    return mark == MARK_UBSAN && str_ends(name, S("_minimal")) ? MARK_UBSAN_MINIMAL : mark;
}

enum mark marks_library(const struct marks *m, str soname) {
    (void)m;
    return soname.n < 5 ? MARK_NONE : beginning_of(libraries, COUNT(libraries), soname);
}

enum mark marks_section(const struct marks *m, str name) {
    (void)m;
    return name.n < 5 ? MARK_NONE : beginning_of(sections, COUNT(sections), name);
}

int marks_fortify(const struct marks *m, str name, bool *checked) {
    *checked = str_ends(name, S("_chk")) && str_starts(name, S("__")) && name.n > 6;
    return get(m->functions, *checked ? str_n(name.p + 2, name.n - 6) : name);
}

const char *marks_fortify_name(int index) { return fortify_names[index]; }

const char *sanitizer_name(enum mark m) {
    static const char *const names[MARKS] = {
        [MARK_ASAN] = "AddressSanitizer", [MARK_HWASAN] = "HWAddressSanitizer",
        [MARK_LSAN] = "LeakSanitizer",    [MARK_MSAN] = "MemorySanitizer",
        [MARK_TSAN] = "ThreadSanitizer",  [MARK_UBSAN] = "UndefinedBehaviorSanitizer",
    };
    return m == MARK_UBSAN_MINIMAL ? names[MARK_UBSAN] : names[m];
}

const char *language_name(enum mark m) {
    static const char *const names[MARKS] = {
        [MARK_GO] = "Go",
        [MARK_RUST] = "Rust",
        [MARK_SWIFT] = "Swift",
        [MARK_D] = "D",
        [MARK_OCAML] = "OCaml",
        [MARK_HASKELL] = "Haskell",
        [MARK_NIM] = "Nim",
        [MARK_ZIG] = "Zig",
        [MARK_CRYSTAL] = "Crystal",
        [MARK_ADA] = "Ada",
        [MARK_PASCAL] = "Pascal",
        [MARK_DART] = "Dart",
        [MARK_GRAALVM] = "Java (GraalVM)",
        [MARK_OBJC] = "Objective-C",
        [MARK_CXX] = "C++",
        [MARK_FORTRAN] = "Fortran",
        [MARK_C] = "C",
    };
    return names[m];
}
