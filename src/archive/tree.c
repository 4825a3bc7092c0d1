/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/tree.h"

#include "archive/inner.h"

const char tree_first_line[] = "#mtree v2.0 akashi-tree 1\n";
static const char *const kinds[TREE_KINDS] = {"dir", "file", "link", "fifo", "char", "block"};

/* ── writing ── */

/* As vis(3) with VIS_OCTAL: what is not plainly printable becomes \ooo. */
static void escape(struct buf *b, str s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c > ' ' && c < 0x7F && c != '\\' && c != '#' && c != '=' && c != '*' && c != '?' && c != '[')
            buf_addc(b, (char)c);
        else
            buf_addf(b, "\\%03o", c);
    }
}

static void holes_write(struct buf *b, const struct tree_entry *t) {
    for (uint32_t i = 0; i < t->holes.n; i++) {
        buf_addz(b, i ? "," : " holes=");
        buf_u64(b, t->holes.v[i].at);
        buf_addc(b, '+');
        buf_u64(b, t->holes.v[i].n);
    }
}

void tree_line_write(struct buf *b, const struct tree_entry *t) {
    escape(b, t->path);
    buf_addf(b, " type=%s mode=%04o uid=%u gid=%u time=%lld.%09u", kinds[t->kind], t->mode, t->uid, t->gid,
             (long long)t->sec, t->nsec);
    if (t->kind == TREE_FILE) {
        buf_addz(b, " size=");
        buf_u64(b, t->size);
        buf_addz(b, " sha256digest=");
        for (size_t i = 0; i < 32; i++)
            buf_addf(b, "%02x", t->body.b[i]);
    }
    if (t->kind == TREE_LINK) {
        buf_addz(b, " link=");
        escape(b, t->link);
    }
    if (t->kind == TREE_CHAR || t->kind == TREE_BLOCK)
        buf_addf(b, " device=linux,%u,%u", t->major, t->minor);
    if (t->hardlink.p) {
        buf_addz(b, " hardlink=");
        escape(b, t->hardlink);
    }
    holes_write(b, t);
    for (uint32_t i = 0; i < t->xattrs.n; i++) {
        buf_addz(b, " xattr.");
        escape(b, t->xattrs.v[i].name);
        buf_addc(b, '=');
        base64_add(b, t->xattrs.v[i].value);
    }
    buf_addc(b, '\n');
}

/* ── reading ── */

static bool unescape(struct arena *a, str s, str *out) {
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\\') {
            p[n++] = s.p[i];
            continue;
        }
        unsigned v = 0;
        if (s.n - i < 4)
            return false;
        for (size_t k = 1; k <= 3; k++) {
            if (s.p[i + k] < '0' || s.p[i + k] > '7')
                return false;
            v = v * 8 + (unsigned)(s.p[i + k] - '0');
        }
        if (v == 0 || v > 255)
            return false;
        p[n++] = (char)v;
        i += 3;
    }
    *out = str_n(p, n);
    return true;
}

/* "." or "./a/b" without parts that lead elsewhere. */
static bool path_good(str path) {
    str part, rest = path;
    unsigned depth = 0;
    if (str_is(path, "."))
        return true;
    if (!str_starts(path, S("./")) || path.n >= PATH_MAX || memchr(path.p, 0, path.n))
        return false;
    rest = str_from(path, 2);
    while (str_next(&rest, '/', &part))
        if (part.n == 0 || part.n > NAME_MAX || str_is(part, ".") || str_is(part, "..") || ++depth > TREE_DEPTH)
            return false;
    return depth > 0 && path.p[path.n - 1] != '/';
}

static bool number(str s, unsigned base, uint64_t most, uint64_t *out) {
    uint64_t v = 0;
    if (s.n == 0 || s.n > 20)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned digit = (unsigned)(s.p[i] - '0');
        if (!ch_digit(s.p[i]) || digit >= base || v > (most - digit) / base)
            return false;
        v = v * base + digit;
    }
    *out = v;
    return true;
}

static bool number32(str s, unsigned base, uint32_t most, uint32_t *out) {
    uint64_t v;
    if (!number(s, base, most, &v))
        return false;
    *out = (uint32_t)v;
    return true;
}

static bool time_read(str s, struct tree_entry *t) {
    str whole, part;
    uint64_t v;
    bool minus = str_starts(s, S("-"));
    if (!str_cut(minus ? str_from(s, 1) : s, '.', &whole, &part) || part.n != 9 ||
        !number(whole, 10, (uint64_t)1 << 62, &v) || !number32(part, 10, 999999999, &t->nsec))
        return false;
    t->sec = minus ? -(int64_t)v : (int64_t)v;
    return true;
}

static bool holes_read(struct arena *a, str s, struct tree_entry *t) {
    str one, at, n;
    uint64_t end = 0;
    while (str_next(&s, ',', &one)) {
        struct tree_hole h;
        if (!str_cut(one, '+', &at, &n) || !number(at, 10, INT64_MAX, &h.at) || !number(n, 10, INT64_MAX, &h.n) ||
            h.n == 0 || (t->holes.n && h.at <= end) || h.n > INT64_MAX - h.at || t->holes.n == TREE_HOLES)
            return false;
        end = h.at + h.n;
        *vec_push(a, &t->holes) = h;
    }
    return t->holes.n > 0;
}

static bool device_read(str s, struct tree_entry *t) {
    str system, major, minor;
    return str_cut(s, ',', &system, &s) && str_is(system, "linux") && str_cut(s, ',', &major, &minor) &&
           number32(major, 10, UINT32_MAX, &t->major) && number32(minor, 10, UINT32_MAX, &t->minor);
}

static bool kind_read(str s, struct tree_entry *t) {
    for (size_t i = 0; i < TREE_KINDS; i++)
        if (str_is(s, kinds[i])) {
            t->kind = (enum tree_kind)i;
            return true;
        }
    return false;
}

static bool xattr_read(struct arena *a, str key, str value, struct tree_entry *t) {
    struct tree_xattr x;
    if (!unescape(a, str_from(key, 6), &x.name) || x.name.n == 0 || x.name.n > 255 ||
        !base64_bytes(a, value, false, &x.value) || x.value.n > 1 << 16 || t->xattrs.n == 1024)
        return false;
    *vec_push(a, &t->xattrs) = x;
    return true;
}

enum word {
    WORD_TYPE,
    WORD_MODE,
    WORD_UID,
    WORD_GID,
    WORD_TIME,
    WORD_SIZE,
    WORD_DIGEST,
    WORD_LINK,
    WORD_DEVICE,
    WORD_HARDLINK,
    WORD_HOLES,
    WORDS
};
static const char *const words[WORDS] = {"type",         "mode", "uid",    "gid",      "time", "size",
                                         "sha256digest", "link", "device", "hardlink", "holes"};

static bool word_read(struct arena *a, enum word w, str v, struct tree_entry *t) {
    switch (w) {
    case WORD_TYPE: return kind_read(v, t);
    case WORD_MODE: return number32(v, 8, 07777, &t->mode);
    case WORD_UID: return number32(v, 10, UINT32_MAX, &t->uid);
    case WORD_GID: return number32(v, 10, UINT32_MAX, &t->gid);
    case WORD_TIME: return time_read(v, t);
    case WORD_SIZE: return number(v, 10, INT64_MAX, &t->size);
    case WORD_DIGEST: return hex_bytes(v, t->body.b, 32);
    case WORD_LINK: return unescape(a, v, &t->link) && t->link.n > 0 && t->link.n < PATH_MAX;
    case WORD_DEVICE: return device_read(v, t);
    case WORD_HARDLINK: return unescape(a, v, &t->hardlink) && path_good(t->hardlink);
    case WORD_HOLES: return holes_read(a, v, t);
    case WORDS: break;
    }
    return false;
}

/* Which words a kind needs, beside type, mode, uid, gid and time. */
static bool complete(const struct tree_entry *t, unsigned seen) {
    const unsigned common = 1u << WORD_TYPE | 1u << WORD_MODE | 1u << WORD_UID | 1u << WORD_GID | 1u << WORD_TIME,
                   file = 1u << WORD_SIZE | 1u << WORD_DIGEST, more = 1u << WORD_HARDLINK | 1u << WORD_HOLES;
    const unsigned needs[TREE_KINDS] = {[TREE_FILE] = file,
                                        [TREE_LINK] = 1u << WORD_LINK,
                                        [TREE_CHAR] = 1u << WORD_DEVICE,
                                        [TREE_BLOCK] = 1u << WORD_DEVICE};
    unsigned may = t->kind == TREE_FILE ? more : 0;
    if ((seen & ~may) != (common | needs[t->kind]))
        return false;
    const struct tree_hole *last = t->holes.n ? &t->holes.v[t->holes.n - 1] : NULL;
    return (t->kind == TREE_DIR || t->path.n > 1) && (!last || last->at + last->n <= t->size);
}

bool tree_line_read(struct arena *a, str line, struct tree_entry *t, struct err *e) {
    str rest = line, word, key, value;
    unsigned seen = 0;
    *t = (struct tree_entry){0};
    if (!str_next(&rest, ' ', &word) || !unescape(a, word, &t->path) || !path_good(t->path))
        return err_set(e, ERR_INPUT, str_upto(word, 300), _("a tree may not hold such a path"));
    while (str_next(&rest, ' ', &word)) {
        size_t w = 0;
        bool ok = str_cut(word, '=', &key, &value);
        if (ok && str_starts(key, S("xattr."))) {
            ok = xattr_read(a, key, value, t);
        } else if (ok) {
            while (w < WORDS && !str_is(key, words[w]))
                w++;
            ok = w < WORDS && !(seen & 1u << w) && word_read(a, (enum word)w, value, t);
            seen |= ok ? 1u << w : 0;
        }
        if (!ok)
            return err_set(e, ERR_INPUT, str_upto(t->path, 300),
                           _("the tree says something about this path that "
                             "cannot be read: %.*s"),
                           STR_ARG(str_upto(word, 80)));
    }
    return complete(t, seen) ||
           err_set(e, ERR_INPUT, str_upto(t->path, 300), _("the tree does not say enough about this path"));
}

/* ── a whole tree ── */

struct reading {
    struct arena *arena;
    struct buf line;
    bool begun;
    uint32_t lines, most;
    bool (*each)(void *arg, const struct tree_entry *t, struct err *e);
    void *arg;
    str where;
};

static bool line_take(struct reading *r, str line, struct err *e) {
    struct tree_entry t;
    if (!r->begun) {
        r->begun = true;
        return str_eq(line, str_n(tree_first_line, strlen(tree_first_line) - 1)) ||
               err_set(e, ERR_INPUT, r->where, _("this body is no tree"));
    }
    if (line.n == 0 || line.p[0] == '#')
        return true;
    if (r->lines++ == r->most)
        return err_set(e, ERR_LIMIT, r->where, _("the tree has too many entries"));
    struct arena_mark m = arena_mark(r->arena);
    bool ok = tree_line_read(r->arena, line, &t, e) && r->each(r->arg, &t, e);
    arena_reset(r->arena, m);
    return ok;
}

static bool text_piece(void *arg, str bytes, uint64_t hole, struct err *e) {
    struct reading *r = arg;
    if (!bytes.p)
        return hole == 0 || err_set(e, ERR_INPUT, r->where, _("this body is no tree"));
    while (bytes.n) {
        size_t end = str_chr(bytes, '\n'), n = end == STR_NONE ? bytes.n : end;
        if (r->line.n + n > TREE_LINE)
            return err_set(e, ERR_LIMIT, r->where, _("this body is no tree"));
        if (!r->line.n && end != STR_NONE) {
            if (!line_take(r, str_upto(bytes, n), e))
                return false;
        } else {
            buf_add(&r->line, str_upto(bytes, n));
            if (end != STR_NONE) {
                if (!line_take(r, buf_str(&r->line), e))
                    return false;
                buf_clear(&r->line);
            }
        }
        bytes = str_from(bytes, end == STR_NONE ? n : n + 1);
    }
    return true;
}

bool tree_each(struct archive *a, const struct body_name *name,
               bool (*each)(void *arg, const struct tree_entry *t, struct err *e), void *arg, struct err *e) {
    struct reading r = {
        .arena = arena_new(), .most = a->ctx->limits.entries, .each = each, .arg = arg, .where = a->folder};
    struct body_walk w = {NULL, text_piece, &r};
    bool ok = body_each(a, name, &w, e);
    if (ok && (!r.begun || r.line.n))
        ok = err_set(e, ERR_INPUT, a->folder, _("this body is no tree"));
    buf_free(&r.line);
    arena_free(r.arena);
    return ok;
}

/* Stops after the first bytes: by then it is known. */
static bool first_piece(void *arg, str bytes, uint64_t hole, struct err *e) {
    bool *is_tree = arg;
    (void)hole;
    *is_tree = str_starts(bytes, str_of(tree_first_line));
    return err_set(e, ERR_NONE, S(""), "%s", "");
}

bool archive_is_tree(struct archive *a, const struct body_name *name) {
    bool is_tree = false;
    struct body_walk w = {NULL, first_piece, &is_tree};
    return !body_each(a, name, &w, NULL) && is_tree;
}
