/* SPDX-License-Identifier: Apache-2.0
 *
 * Berkeley DB's hash access method, as far as reading the values of Packages needs it (up to RHEL 8, SLE 12).
 *
 *   page header, 26 bytes: lsn 8 · page 4 · previous 4 · next 4 · entries 2 · free 2 · level 1 · type 1
 *   page 0: magic at 12 (0x061561) · page size at 20 · last page at 32; its byte order is that of all numbers
 *   hash page: offsets (2 bytes each) of keys and values in turn
 *   value: kind 1; kind 1 = in place, kind 3 = on overflow pages: 3 unused · first page 4 · length 4
 */
#include "collect/binary.h"
#include "collect/rpmdb.h"

enum {
    MAGIC = 0x061561,
    PAGE_HEADER = 26,
    PAGE_HASH_UNSORTED = 2,
    PAGE_OVERFLOW = 7,
    PAGE_HASH = 13,
    IN_PLACE = 1,
    OFF_PAGE = 3,
};

struct bdb {
    struct arena *a;
    str bytes, where;
    bool big;
    uint32_t page_size, pages;
    struct err *e;
};

static uint32_t n16(const struct bdb *b, str s, size_t at) { return b->big ? be16(s, at) : le16(s, at); }
static uint32_t n32(const struct bdb *b, str s, size_t at) { return b->big ? be32(s, at) : le32(s, at); }

bool rpmdb_is_bdb(str bytes) { return le32(bytes, 12) == MAGIC || be32(bytes, 12) == MAGIC; }

static str page_at(const struct bdb *b, uint32_t number) {
    return piece(b->bytes, (uint64_t)number * b->page_size, b->page_size);
}

static bool damaged(const struct bdb *b, uint32_t page) {
    return err_set(b->e, ERR_INPUT, b->where, _("the package database is damaged at page %u"), page);
}

/* A value on a chain of overflow pages; the chain is at most as long as the value needs. */
static bool overflow(const struct bdb *b, uint32_t first, uint32_t length, str *out) {
    if (length > b->bytes.n)
        return damaged(b, first);
    char *p = arena_alloc(b->a, (size_t)length + 1);
    size_t n = 0;
    for (uint32_t number = first; n < length;) {
        str page = page_at(b, number);
        uint32_t here = n16(b, page, 22);
        str part = piece(page, PAGE_HEADER, here);
        if (!number || !page.p || (unsigned char)page.p[25] != PAGE_OVERFLOW || !part.n)
            return damaged(b, number);
        size_t take = part.n < length - n ? part.n : length - n;
        memcpy(p + n, part.p, take);
        n += take;
        number = n32(b, page, 16);
    }
    *out = str_n(p, n);
    return true;
}

/* The value whose offset is entry `index` of the page; absent for kinds that hold no header. */
static bool value_at(const struct bdb *b, str page, uint32_t number, uint32_t index, str *out) {
    uint32_t at = n16(b, page, PAGE_HEADER + 2 * index);
    /* Entries grow down from the end of the page; one ends where the one before it begins. */
    uint32_t end = index ? n16(b, page, PAGE_HEADER + 2 * (index - 1)) : b->page_size;
    *out = (str){NULL, 0};
    if (at < PAGE_HEADER || at >= b->page_size || end > b->page_size || end <= at)
        return damaged(b, number);
    unsigned kind = (unsigned char)page.p[at];
    if (kind == IN_PLACE)
        *out = piece(page, at + 1, end - at - 1);
    if (kind == OFF_PAGE)
        return overflow(b, n32(b, page, at + 4), n32(b, page, at + 8), out);
    return true;
}

static bool read_page(const struct bdb *b, uint32_t number, rpmdb_each *each, void *arg, bool *more) {
    str page = page_at(b, number);
    unsigned type = page.p ? (unsigned char)page.p[25] : 0;
    if (type != PAGE_HASH && type != PAGE_HASH_UNSORTED)
        return true;
    uint32_t entries = n16(b, page, 20);
    if (PAGE_HEADER + 2 * (uint64_t)entries > b->page_size)
        return damaged(b, number);
    for (uint32_t i = 1; i < entries && *more; i += 2) {
        struct arena_mark mark = arena_mark(b->a);
        str value;
        if (!value_at(b, page, number, i, &value))
            return false;
        /* The entry under key 0 is a counter of 4 bytes. */
        if (value.n > 8)
            *more = each(arg, value);
        else
            arena_reset(b->a, mark);
    }
    return true;
}

bool rpmdb_read_bdb(struct arena *a, str bytes, str where, rpmdb_each *each, void *arg, struct err *e) {
    struct bdb b = {.a = a, .bytes = bytes, .where = where, .big = be32(bytes, 12) == MAGIC, .e = e};
    bool more = true;
    b.page_size = n32(&b, bytes, 20);
    if (!rpmdb_is_bdb(bytes) || b.page_size < 512 || b.page_size > 65536 || (b.page_size & (b.page_size - 1)))
        return err_set(e, ERR_INPUT, where, _("the package database is cut short"));
    b.pages = n32(&b, bytes, 32);
    uint64_t there = bytes.n / b.page_size;
    if (b.pages >= there)
        return err_set(e, ERR_INPUT, where, _("the package database is cut short"));
    for (uint32_t i = 1; i <= b.pages && more; i++)
        if (!read_page(&b, i, each, arg, &more))
            return false;
    return true;
}
