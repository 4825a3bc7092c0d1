/* SPDX-License-Identifier: Apache-2.0
 *
 * A layer between SQLite and the file: the last 16 bytes of each page are the front of SHA-256(id · page number · the
 * rest of the page), written with every page and compared with every read.
 */
#include "store/checked.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"

enum { PAGE = 4096, CHECK = 16 };

struct page_file {
    sqlite3_file base; /* first: it is what SQLite sees */
    unsigned char id[DB_ID];
    bool writing;
    unsigned char page[PAGE];
};
static struct page_file *page_file_of(sqlite3_file *f) { return (struct page_file *)f; }
/* SQLite gives room for ours and, behind it, the one of the layer below. */
static sqlite3_file *below(sqlite3_file *f) { return (sqlite3_file *)(page_file_of(f) + 1); }

static void check_of(const struct page_file *f, uint64_t number, unsigned char out[CHECK]) {
    unsigned char head[DB_ID + 8], whole[32];
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    memcpy(head, f->id, DB_ID);
    for (int i = 0; i < 8; i++)
        head[DB_ID + i] = (unsigned char)(number >> 8 * i);
    digest_add(s, str_n((const char *)head, sizeof head));
    digest_add(s, str_n((const char *)f->page, PAGE - CHECK));
    digest_end(s, whole);
    memcpy(out, whole, CHECK);
}

/* SQLite reads whole pages, and now and then a part of the first. A file that ends too early is damaged, but for one
 * that is being made. */
static int page_read(sqlite3_file *file, void *out, int n, sqlite3_int64 at) {
    struct page_file *f = page_file_of(file);
    unsigned char check[CHECK];
    sqlite3_int64 number = at / PAGE, within = at % PAGE;
    if (n < 0 || within + n > PAGE)
        return SQLITE_IOERR_READ;
    int code = below(file)->pMethods->xRead(below(file), f->page, PAGE, number * PAGE);
    if (code == SQLITE_IOERR_SHORT_READ && f->writing) {
        memset(out, 0, (size_t)n);
        return code;
    }
    if (code != SQLITE_OK)
        return code == SQLITE_IOERR_SHORT_READ ? SQLITE_CORRUPT : code;
    check_of(f, (uint64_t)number, check);
    if (memcmp(check, f->page + PAGE - CHECK, CHECK) != 0)
        return SQLITE_CORRUPT;
    memcpy(out, f->page + within, (size_t)n);
    return SQLITE_OK;
}

static int page_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at) {
    struct page_file *f = page_file_of(file);
    if (n != PAGE || at % PAGE != 0)
        return SQLITE_IOERR_WRITE;
    memcpy(f->page, bytes, PAGE);
    check_of(f, (uint64_t)(at / PAGE), f->page + PAGE - CHECK);
    return below(file)->pMethods->xWrite(below(file), f->page, PAGE, at);
}

static int page_close(sqlite3_file *f) { return below(f)->pMethods->xClose(below(f)); }
static int page_truncate(sqlite3_file *f, sqlite3_int64 n) { return below(f)->pMethods->xTruncate(below(f), n); }
static int page_sync(sqlite3_file *f, int flags) { return below(f)->pMethods->xSync(below(f), flags); }
static int page_size(sqlite3_file *f, sqlite3_int64 *n) { return below(f)->pMethods->xFileSize(below(f), n); }
static int page_lock(sqlite3_file *f, int lock) { return below(f)->pMethods->xLock(below(f), lock); }
static int page_unlock(sqlite3_file *f, int lock) { return below(f)->pMethods->xUnlock(below(f), lock); }
static int page_locked(sqlite3_file *f, int *out) { return below(f)->pMethods->xCheckReservedLock(below(f), out); }
static int page_control(sqlite3_file *f, int op, void *arg) {
    return below(f)->pMethods->xFileControl(below(f), op, arg);
}
static int page_sector(sqlite3_file *f) { return below(f)->pMethods->xSectorSize(below(f)); }
static int page_device(sqlite3_file *f) { return below(f)->pMethods->xDeviceCharacteristics(below(f)); }

/* Version 1: no maps of the file, which would go past the check. */
static const sqlite3_io_methods page_methods = {
    1,         page_close,  page_read,   page_write,   page_truncate, page_sync,   page_size,
    page_lock, page_unlock, page_locked, page_control, page_sector,   page_device, NULL,
    NULL,      NULL,        NULL,        NULL,         NULL,
};

static int page_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags) {
    sqlite3_vfs *base = sqlite3_vfs_find(NULL);
    const char *id = name && flags & SQLITE_OPEN_MAIN_DB ? sqlite3_uri_parameter(name, "id") : NULL;
    (void)vfs;
    if (!(flags & SQLITE_OPEN_MAIN_DB))
        return base->xOpen(base, name, file, flags, out_flags);
    file->pMethods = NULL;
    if (!id || !hex_bytes(str_of(id), page_file_of(file)->id, DB_ID))
        return SQLITE_CANTOPEN;
    page_file_of(file)->writing = (flags & SQLITE_OPEN_READWRITE) != 0;
    int code = base->xOpen(base, name, below(file), flags, out_flags);
    if (code == SQLITE_OK)
        file->pMethods = &page_methods;
    return code;
}

/* The list of layers is SQLite's own, one for the process. */
static sqlite3_vfs layer;
static void layer_register(void) {
    const sqlite3_vfs *base = sqlite3_vfs_find(NULL);
    if (!base)
        abort();
    layer = *base;
    layer.zName = "akashi-checked";
    layer.szOsFile = (int)sizeof(struct page_file) + base->szOsFile;
    layer.xOpen = page_open;
    if (sqlite3_vfs_register(&layer, 0) != SQLITE_OK)
        abort();
}

const char *checked_layer(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, layer_register);
    return layer.zName;
}

bool checked_reserve(sqlite3 *h) {
    int n = CHECK;
    return sqlite3_file_control(h, "main", SQLITE_FCNTL_RESERVE_BYTES, &n) == SQLITE_OK;
}
