/* SPDX-License-Identifier: Apache-2.0
 *
 * File capabilities as Linux stores them in security.capability:
 *
 *   revision in the top byte, bit 0: effective · permitted, inheritable (bits 0–31) · the same for bits 32–63 (revision
 * 2) · user id of the root of a name space (revision 3); all little-endian
 */
#include "collect/binary.h"
#include "inspect/elf.h"

static const char *const names[] = {
    "chown",
    "dac_override",
    "dac_read_search",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "linux_immutable",
    "net_bind_service",
    "net_broadcast",
    "net_admin",
    "net_raw",
    "ipc_lock",
    "ipc_owner",
    "sys_module",
    "sys_rawio",
    "sys_chroot",
    "sys_ptrace",
    "sys_pacct",
    "sys_admin",
    "sys_boot",
    "sys_nice",
    "sys_resource",
    "sys_time",
    "sys_tty_config",
    "mknod",
    "lease",
    "audit_write",
    "audit_control",
    "setfcap",
    "mac_override",
    "mac_admin",
    "syslog",
    "wake_alarm",
    "block_suspend",
    "audit_read",
    "perfmon",
    "bpf",
    "checkpoint_restore",
};

static void add_set(struct buf *b, uint64_t set, const char *how) {
    if (!set)
        return;
    bool first = true;
    for (unsigned i = 0; i < 64; i++) {
        if (!(set >> i & 1))
            continue;
        if (i < sizeof names / sizeof *names)
            buf_addf(b, "%scap_%s", first ? (b->n ? " " : "") : ",", names[i]);
        else
            buf_addf(b, "%s%u", first ? (b->n ? " " : "") : ",", i);
        first = false;
    }
    buf_addz(b, how);
}

str capabilities_text(struct arena *a, str raw) {
    struct buf b = {0};
    uint32_t magic = le32(raw, 0);
    bool wide = magic >> 24 >= 2, effective = magic & 1;
    uint64_t permitted = le32(raw, 4), inheritable = le32(raw, 8);
    if (wide) {
        permitted |= (uint64_t)le32(raw, 12) << 32;
        inheritable |= (uint64_t)le32(raw, 16) << 32;
    }
    add_set(&b, permitted & ~inheritable, effective ? "=ep" : "=p");
    add_set(&b, permitted & inheritable, effective ? "=eip" : "=ip");
    add_set(&b, inheritable & ~permitted, effective ? "=ei" : "=i");
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}
