/* SPDX-License-Identifier: Apache-2.0
 *
 * systemd service units with their drop-ins (name.service.d/…conf, and type-wide service.d). A key is
 * "Section.Name". As in systemd.syntax(7) and systemd.exec(5): the last assignment counts, lists collect, an empty
 * assignment starts over, a backslash at the end of a line continues it.
 *
 * Lists of capabilities, of address families and of name spaces are worked out: "~" takes away from what was said
 * before, or from all. So CapabilityBoundingSet's value names what is left, or is "all".
 */
#include "base/file.h"
#include "inspect/config_rules.h"
#include "inspect/inspectors.h"

static const char *const lists[] = {
    "ambientcapabilities",
    "bindpaths",
    "bindreadonlypaths",
    "environment",
    "environmentfile",
    "execpaths",
    "execreload",
    "execstart",
    "execstartpost",
    "execstartpre",
    "execstop",
    "inaccessiblepaths",
    "ipaddressallow",
    "ipaddressdeny",
    "loadcredential",
    "noexecpaths",
    "readonlypaths",
    "readwritepaths",
    "supplementarygroups",
    "systemcallarchitectures",
    "systemcallfilter",
    "deviceallow",
    NULL,
};
/* With "~" and "all". */
static const char *const sets[] = {"capabilityboundingset", "restrictaddressfamilies", "restrictnamespaces", NULL};

static bool listed(const char *const *list, str name) {
    for (; *list; list++)
        if (str_ieq(name, str_of(*list)))
            return true;
    return false;
}

static const str all_capabilities = S_INIT(
    "CAP_AUDIT_CONTROL CAP_AUDIT_READ CAP_AUDIT_WRITE CAP_BLOCK_SUSPEND CAP_BPF CAP_CHECKPOINT_RESTORE CAP_CHOWN "
    "CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_IPC_LOCK CAP_IPC_OWNER CAP_KILL CAP_LEASE "
    "CAP_LINUX_IMMUTABLE CAP_MAC_ADMIN CAP_MAC_OVERRIDE CAP_MKNOD CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_NET_BROADCAST "
    "CAP_NET_RAW CAP_PERFMON CAP_SETFCAP CAP_SETGID CAP_SETPCAP CAP_SETUID CAP_SYSLOG CAP_SYS_ADMIN CAP_SYS_BOOT "
    "CAP_SYS_CHROOT CAP_SYS_MODULE CAP_SYS_NICE CAP_SYS_PACCT CAP_SYS_PTRACE CAP_SYS_RAWIO CAP_SYS_RESOURCE "
    "CAP_SYS_TIME CAP_SYS_TTY_CONFIG CAP_WAKE_ALARM");
static const str all_families = S_INIT(
    "AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET AF_ALG AF_VSOCK AF_BLUETOOTH AF_CAN AF_other");
static const str all_spaces = S_INIT("cgroup ipc net mnt pid user uts time");

static bool has_word(str words, str word) {
    str w;
    while (str_next(&words, ' ', &w))
        if (str_ieq(w, word))
            return true;
    return false;
}

/* Words of x that are (not) in y as well. */
static str words_in(struct arena *a, str x, str y, bool in) {
    struct buf b = {0};
    str w;
    while (str_next(&x, ' ', &w))
        if (w.n && has_word(y, w) == in)
            buf_addf(&b, "%s%.*s", b.n ? " " : "", STR_ARG(w));
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static str set_value(struct arena *a, str name, str before, str value) {
    str all = str_ieq(name, S("CapabilityBoundingSet")) ? all_capabilities
              : str_ieq(name, S("RestrictNamespaces"))  ? all_spaces
                                                        : all_families;
    if (!value.n || str_ieq(value, S("none")))
        return S("");
    if (str_is(value, "~"))
        return all;
    bool less = str_starts(value, S("~"));
    str said = less ? str_from(value, 1) : value;
    if (less)
        return words_in(a, before.p ? before : all, said, false);
    /* In the order of `all`: what was there before or is said now. */
    str fresh = words_in(a, all, said, true), kept = words_in(a, all, before, true);
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(kept), kept.n && fresh.n ? " " : "",
                        STR_ARG(words_in(a, fresh, kept, false)));
}

/* RestrictNamespaces= names what stays allowed, or is a boolean. */
static bool is_switch(str v) {
    return str_ieq(v, S("yes")) || str_ieq(v, S("no")) || str_ieq(v, S("true")) || str_ieq(v, S("false")) ||
           str_ieq(v, S("on")) || str_ieq(v, S("off")) || str_is(v, "1") || str_is(v, "0");
}

static str plain(str v) {
    if (str_ieq(v, S("true")) || str_ieq(v, S("on")) || str_ieq(v, S("yes")))
        return S("yes");
    if (str_ieq(v, S("false")) || str_ieq(v, S("off")) || str_ieq(v, S("no")))
        return S("no");
    return v;
}

static bool assign(struct config *c, str section, str name, str value, uint32_t line, struct err *e) {
    str key = arena_printf(c->a, "%.*s.%.*s", STR_ARG(section), STR_ARG(name));
    str before = {0};
    if (listed(sets, name) && !is_switch(value)) {
        uint32_t old = config_own(c, 0, config_key(c, key));
        if (old && !is_switch(c->entries.v[old - 1].value))
            before = c->entries.v[old - 1].value;
        return config_add_last(c, key, set_value(c->a, name, before, value), line, e);
    }
    if (!value.n) { /* no boolean, so an earlier one stays; all else starts over */
        uint32_t old = config_own(c, 0, config_key(c, key));
        if (old && !is_switch(c->entries.v[old - 1].value))
            config_clear(c, key);
        return true;
    }
    return listed(lists, name) ? config_add(c, key, value, line, e) : config_add_last(c, key, plain(value), line, e);
}

struct unit_text {
    str rest;
    uint32_t line; /* of the statement taken last */
    uint32_t next; /* line numbers used */
};

/* The next line that is no comment, with those it is continued on. */
static bool statement(struct config *c, struct unit_text *t, str *out) {
    struct buf b = {0};
    str line;
    bool more = true, any = false;
    while (more && str_line(&t->rest, &line)) {
        t->next++;
        line = str_trim(line);
        if (line.n && (line.p[0] == '#' || line.p[0] == ';'))
            continue;
        if (!any)
            t->line = t->next;
        any = true;
        more = str_ends(line, S("\\"));
        buf_add(&b, more ? str_trim(str_upto(line, line.n - 1)) : line);
        if (more)
            buf_addc(&b, ' ');
    }
    *out = arena_str(c->a, str_trim(buf_str(&b)));
    buf_free(&b);
    return any;
}

static bool read_unit(struct config *c, str bytes, struct err *e) {
    struct unit_text t = {.rest = bytes};
    str line, section = {0}, name, value;
    while (statement(c, &t, &line)) {
        if (str_starts(line, S("[")) && str_ends(line, S("]")))
            section = str_n(line.p + 1, line.n - 2);
        else if (section.p && str_cut(line, '=', &name, &value) &&
                 !assign(c, section, str_trim(name), str_trim(value), t.line, e))
            return false;
    }
    return true;
}

static bool drop_ins(struct config *c, str pattern, const char *home, struct err *e) {
    struct config_pieces pieces;
    if (!config_beside(c, pattern, home, &pieces, e))
        return false;
    for (uint32_t i = 0; i < pieces.n; i++) {
        c->file = pieces.v[i].path;
        if (!read_unit(c, pieces.v[i].bytes, e))
            return false;
    }
    c->file = (str){NULL, 0};
    return true;
}

static bool read(struct config *c, str bytes, struct err *e) {
    if (!str_ends(c->path, S(".service"))) { /* a drop-in is judged with its unit */
        c->not_mine = true;
        return true;
    }
    const char *home = str_find(c->path, S("usr/lib/")) == STR_NONE ? "lib/systemd/system" : "usr/lib/systemd/system";
    str own = arena_printf(c->a, "%.*s.d/*.conf", STR_ARG(path_base(c->path)));
    str local = arena_cat(c->a, S("/etc/systemd/system/"), own);
    if (!read_unit(c, bytes, e) || !drop_ins(c, S("service.d/*.conf"), "", e) || !drop_ins(c, own, "", e) ||
        !drop_ins(c, local, home, e))
        return false;
    c->not_mine = !config_own(c, 0, S("Service.ExecStart")) && !config_own(c, 0, S("Service.Type"));
    return true;
}

static const char *const contexts[] = {"file", NULL};
const struct config_kind config_systemd = {.name = "systemd", .contexts = contexts, .read = read};

static const char *const files[] = {"*.service", "*.service.d/*.conf", "service.d/*.conf", NULL};
static bool prepare(struct ctx *c, struct arena *a, const struct inspect_options *o, const void **state,
                    struct err *e) {
    return config_prepare(&config_systemd, c, a, o, state, e);
}

const struct inspector inspector_systemd = {
    .name = "systemd", .title = N_("systemd services"), .files = files, .prepare = prepare, .look = config_look};
