/* SPDX-License-Identifier: Apache-2.0
 *
 * RPM's own container (SUSE): Packages.db. All numbers little-endian.
 *
 *   0     "RpmP" · version · generation · pages of slots (of 4,096 bytes each) · next package
 *   32    slots of 16 bytes: "Slot" · package · offset of its blob in units of 16 bytes · units
 *   blob  "BlbS" · package · generation · length · header …
 */
#include "collect/binary.h"
#include "collect/rpmdb.h"

enum { UNIT = 16, PAGE = 4096 };

bool rpmdb_is_ndb(str bytes) { return str_starts(bytes, S("RpmP")); }

bool rpmdb_read_ndb(str bytes, str where, rpmdb_each *each, void *arg, struct err *e) {
    uint64_t slots = (uint64_t)le32(bytes, 12) * PAGE;
    if (!rpmdb_is_ndb(bytes) || slots < 32 || !piece(bytes, 0, slots).p)
        return err_set(e, ERR_INPUT, where, _("the package database is cut short"));
    for (size_t at = 32; at + UNIT <= slots; at += UNIT) {
        if (!str_eq(piece(bytes, at, 4), S("Slot")))
            return err_set(e, ERR_INPUT, where, _("the package database is damaged at byte %zu"), at);
        uint32_t package = le32(bytes, at + 4);
        uint64_t blob = (uint64_t)le32(bytes, at + 8) * UNIT, room = (uint64_t)le32(bytes, at + 12) * UNIT;
        if (package == 0)
            continue;
        str head = piece(bytes, blob, UNIT), body = {NULL, 0};
        uint64_t n = le32(head, 12);
        if (str_starts(head, S("BlbS")) && le32(head, 4) == package && n + UNIT <= room)
            body = piece(bytes, blob + UNIT, n);
        if (!body.p)
            return err_set(e, ERR_INPUT, where, _("the package database is damaged at byte %zu"), (size_t)blob);
        if (!each(arg, body))
            break;
    }
    return true;
}
