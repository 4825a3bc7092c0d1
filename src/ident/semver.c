/* SPDX-License-Identifier: Apache-2.0
 *
 * Semantic Versioning 2.0.0 §11 and its relatives. Read leniently, as registries and advisories write it: a leading
 * "v", any number of numeric fields (missing ones are 0), a pre-release without its dash ("1.21rc2").
 */
#include "ident/semver.h"

#include "ident/version_part.h"

/* "1.0.0.rc1" is what some write for "1.0.0-rc1". */
static bool dotted_pre(str s) {
    static const str words[] = {S_INIT(".alpha"), S_INIT(".beta"), S_INIT(".rc")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(s, words[i]))
            return true;
    return false;
}

bool semver_split(str s, struct semver *v) {
    *v = (struct semver){0};
    s = str_trim(s);
    while (s.n && (s.p[0] == '=' || s.p[0] == ' '))
        s = str_from(s, 1);
    s = without_v(s);
    if (s.n == 0 || !ch_digit(s.p[0]))
        return false;
    size_t n = 0;
    while (n < s.n && (ch_digit(s.p[n]) || (s.p[n] == '.' && n + 1 < s.n && ch_digit(s.p[n + 1]))))
        n++;
    v->numbers = str_upto(s, n);
    s = str_from(s, n);
    size_t plus = str_chr(s, '+');
    if (plus != STR_NONE) {
        v->build = str_from(s, plus + 1);
        s = str_upto(s, plus);
    }
    if (s.n == 0)
        return true;
    if (s.p[0] != '-' && !ch_alpha(s.p[0]) && s.p[0] != '~' && s.p[0] != '_' && !dotted_pre(s))
        return false;
    v->pre = ch_alpha(s.p[0]) ? s : str_from(s, 1);
    for (size_t i = 0; i < v->pre.n; i++)
        if (ch_space(v->pre.p[i]))
            return false;
    return true;
}

int semver_numbers_cmp(str a, str b) {
    while (a.n || b.n) {
        str x = take_digits(&a), y = take_digits(&b);
        int c = digits_cmp(x, y);
        if (c)
            return c;
        a = str_from(a, 1);
        b = str_from(b, 1);
    }
    return 0;
}

/* Takes the next identifier. ".alpha", ".beta" and ".rc" read as "-alpha" …, so "rc.alpha" is one identifier. */
static bool next_identifier(str *rest, str *field) {
    if (!rest->p)
        return false;
    size_t n = 0;
    while (n < rest->n && (rest->p[n] != '.' || dotted_pre(str_from(*rest, n))))
        n++;
    *field = str_upto(*rest, n);
    *rest = n < rest->n ? str_from(*rest, n + 1) : (str){NULL, 0};
    return true;
}

/* Bytewise, with "." read as "-" (see next_identifier). */
static int identifier_text_cmp(str a, str b) {
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        char x = a.p[i] == '.' ? '-' : a.p[i], y = b.p[i] == '.' ? '-' : b.p[i];
        if (x != y)
            return (unsigned char)x < (unsigned char)y ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

static int identifier_cmp(str x, str y) {
    bool nx = all_digits(x), ny = all_digits(y);
    if (nx && ny)
        return digits_cmp(x, y);
    return nx != ny ? (nx ? -1 : 1) : identifier_text_cmp(x, y);
}

int semver_identifiers_cmp(str a, str b) {
    str x, y;
    for (;;) {
        bool more_a = next_identifier(&a, &x), more_b = next_identifier(&b, &y);
        if (!more_a || !more_b)
            return more_a - more_b;
        int c = identifier_cmp(x, y);
        if (c)
            return c;
    }
}

int semver_cmp(const struct semver *a, const struct semver *b) {
    int c = semver_numbers_cmp(a->numbers, b->numbers);
    if (c)
        return c;
    if (a->pre.n == 0 || b->pre.n == 0)
        return (a->pre.n == 0) - (b->pre.n == 0);
    return semver_identifiers_cmp(a->pre, b->pre);
}

uint64_t semver_key_of(const struct semver *v) {
    struct key k = key_start();
    str rest = v->numbers;
    for (unsigned i = 0; i < 3; i++) {
        key_digits(&k, take_digits(&rest));
        rest = str_from(rest, 1);
    }
    /* A further number decides before the pre-release does. */
    bool more = false;
    while (rest.n) {
        more = more || !digits_zero(take_digits(&rest));
        rest = str_from(rest, 1);
    }
    key_put(&k, more ? 2 : v->pre.n == 0, 2);
    return key_end(k);
}

enum order semver_compare(str a, str b) {
    struct semver x, y;
    if (!semver_split(a, &x) || !semver_split(b, &y))
        return ORDER_ERROR;
    return order_of(semver_cmp(&x, &y));
}
bool semver_valid(str v) {
    struct semver x;
    return semver_split(v, &x);
}
uint64_t semver_key(str v) {
    struct semver x;
    return semver_split(v, &x) ? semver_key_of(&x) : 0;
}

static const char *const no_names[] = {NULL};
static const char *const semver_names[] = {
    "semver",     "intdot", "swift", "SwiftURL", "cocoapods",        "bazel",    "Julia", "VSCode", "vscode-extension",
    "Kubernetes", "github", "bower", "Linux",    "chrome-extension", "homebrew", NULL};
static const char *const cargo_names[] = {"cargo", "rust", NULL};
static const char *const actions_names[] = {"githubactions", "github-actions", NULL};

const struct ecosystem eco_semver = {"SemVer", semver_names, semver_compare, semver_valid, semver_key};
const struct ecosystem eco_nginx = {"nginx", no_names, semver_compare, semver_valid, semver_key};
const struct ecosystem eco_npm = {"npm", no_names, semver_compare, semver_valid, semver_key};
const struct ecosystem eco_cargo = {"crates.io", cargo_names, semver_compare, semver_valid, semver_key};
const struct ecosystem eco_hex = {"Hex", no_names, semver_compare, semver_valid, semver_key};
const struct ecosystem eco_actions = {"GitHub Actions", actions_names, semver_compare, semver_valid, semver_key};
