/* SPDX-License-Identifier: Apache-2.0
 *
 * sshd_config, as sshd reads it: the first value of a keyword counts, but for those that collect; a Match block
 * overrides what stands outside; Include takes in other files at its place; the end of an included file ends its
 * Match. Times become seconds; old names of keywords become the present ones.
 */
#include "inspect/config_rules.h"
#include "inspect/inspectors.h"

enum { INCLUDES = 16 };

static const char *const collecting[] = {
    "acceptenv",  "allowgroups", "allowusers", "denygroups", "denyusers", "hostcertificate", "hostkey", "listenaddress",
    "logverbose", "port",        "setenv",     "subsystem",  NULL,
};
static const char *const times[] = {"clientaliveinterval", "logingracetime", NULL};
static const struct {
    const char *old, *now;
} renamed[] = {
    {"challengeresponseauthentication", "kbdinteractiveauthentication"},
    {"skeyauthentication", "kbdinteractiveauthentication"},
    {"dsaauthentication", "pubkeyauthentication"},
    {"hostbasedacceptedkeytypes", "hostbasedacceptedalgorithms"},
    {"keepalive", "tcpkeepalive"},
    {"pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms"},
};

static bool listed(const char *const *list, str s) {
    for (; *list; list++)
        if (str_is(s, *list))
            return true;
    return false;
}

static str present_name(str key) {
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (str_is(key, renamed[i].old))
            return str_of(renamed[i].now);
    return key;
}

/* "1h30m" in seconds; as it is when it is no time. */
static str seconds(struct arena *a, str s) {
    static const char units[] = "smhdw";
    static const uint64_t lengths[] = {1, 60, 3600, 86400, 604800};
    uint64_t sum = 0, number;
    for (str rest = s; rest.n;) {
        size_t digits = 0;
        while (digits < rest.n && ch_digit(rest.p[digits]))
            digits++;
        if (!digits || digits > 9 || !str_u64(str_upto(rest, digits), &number))
            return s;
        rest = str_from(rest, digits);
        const char *unit = rest.n ? strchr(units, ch_tolower(rest.p[0])) : units;
        if (!unit || (rest.n && !rest.p[0]))
            return s;
        sum += number * lengths[unit - units];
        rest = str_from(rest, 1);
    }
    return s.n ? arena_printf(a, "%llu", (unsigned long long)sum) : s;
}

/* The words of a line with quotes taken off and one space between; what stands behind a # of its own is a comment. */
static str words(struct arena *a, str rest) {
    struct buf b = {0};
    char quote = 0;
    for (size_t i = 0; i < rest.n; i++) {
        char ch = rest.p[i];
        bool starts = i == 0 || ch_space(rest.p[i - 1]);
        if (!quote && ch == '#' && starts)
            break;
        if (quote ? ch == quote : ch == '"' || ch == '\'')
            quote = quote ? 0 : ch;
        else if (!quote && ch_space(ch))
            buf_addz(&b, b.n && b.p[b.n - 1] != ' ' ? " " : "");
        else
            buf_addc(&b, ch);
    }
    str out = arena_str(a, str_trim(buf_str(&b)));
    buf_free(&b);
    return out;
}

static bool read_text(struct config *c, str bytes, unsigned depth, struct err *e);

// NOLINTNEXTLINE(misc-no-recursion): counted
static bool include(struct config *c, str patterns, uint32_t line, unsigned depth, struct err *e) {
    str pattern, file = c->file;
    uint32_t match = c->of_inner;
    if (depth >= INCLUDES)
        return config_bad(c, line, e, _("files include each other more than 16 deep"));
    while (str_next(&patterns, ' ', &pattern)) {
        struct config_pieces pieces;
        if (!config_beside(c, pattern, "etc/ssh", &pieces, e))
            return false;
        for (uint32_t i = 0; i < pieces.n; i++) {
            c->file = pieces.v[i].path;
            if (!read_text(c, pieces.v[i].bytes, depth + 1, e))
                return false;
            if (c->of_inner != match)
                config_leave(c, match);
        }
        c->file = file;
    }
    return true;
}

static bool keyword(struct config *c, str key, str value, uint32_t line, struct err *e) {
    static const char *const lists[] = {"ciphers",
                                        "macs",
                                        "kexalgorithms",
                                        "hostkeyalgorithms",
                                        "pubkeyacceptedalgorithms",
                                        "casignaturealgorithms",
                                        "hostbasedacceptedalgorithms",
                                        NULL};
    key = present_name(key);
    if (listed(times, key))
        value = seconds(c->a, value);
    /* Less than the default is not worse than the default, which is known to the rules. */
    if (listed(lists, key) && str_starts(value, S("-")))
        return true;
    if (str_ieq(value, S("without-password")))
        value = S("prohibit-password");
    return listed(collecting, key) ? config_add(c, key, value, line, e) : config_add_first(c, key, value, line, e);
}

static bool match(struct config *c, str criteria, uint32_t outer, uint32_t line, struct err *e) {
    if (c->of_inner != outer)
        config_leave(c, outer);
    return config_enter(c, "match", line, e) && config_add(c, S("match"), criteria, line, e);
}

// NOLINTNEXTLINE(misc-no-recursion): include() counts
static bool read_text(struct config *c, str bytes, unsigned depth, struct err *e) {
    str text;
    uint32_t outer = c->of_inner;
    for (uint32_t line = 1; str_line(&bytes, &text); line++) {
        text = str_trim(text);
        size_t end = 0;
        while (end < text.n && !ch_space(text.p[end]) && text.p[end] != '=')
            end++;
        str key = arena_lower(c->a, str_upto(text, end));
        if (!key.n || key.p[0] == '#')
            continue;
        str rest = str_trim(str_from(text, end));
        str value = words(c->a, str_starts(rest, S("=")) ? str_from(rest, 1) : rest);
        bool ok = str_is(key, "include") ? include(c, value, line, depth, e)
                  : str_is(key, "match") ? match(c, value, outer, line, e)
                                         : keyword(c, key, value, line, e);
        if (!ok)
            return false;
    }
    return true;
}

static bool read(struct config *c, str bytes, struct err *e) {
    /* A piece of sshd_config.d is judged with the file that includes it. */
    c->not_mine = str_find(c->path, S("sshd_config.d/")) != STR_NONE;
    return c->not_mine || read_text(c, bytes, 0, e);
}

static const char *const contexts[] = {"file", "match", NULL};
const struct config_kind config_sshd = {.name = "sshd", .contexts = contexts, .any_case = true, .read = read};

static const char *const files[] = {"sshd_config", "sshd_config.d/*.conf", NULL};
static bool prepare(struct ctx *c, struct arena *a, const struct inspect_options *o, const void **state,
                    struct err *e) {
    return config_prepare(&config_sshd, c, a, o, state, e);
}

const struct inspector inspector_sshd = {.name = "sshd",
                                         .title = N_("OpenSSH server (sshd_config)"),
                                         .files = files,
                                         .prepare = prepare,
                                         .look = config_look};
