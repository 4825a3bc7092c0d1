/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/note.h"

#include "base/cipher.h"
#include "base/digest.h"

/* A note may bring 16 signatures of the longest kind (2,424 bytes of ML-DSA-44) several times over. */
enum { NOTE_BYTES_MOST = 1 << 20, NOTE_LINES_MOST = 128, NAME_MOST = 1024, KEY_ID = 4, TIME_BYTES = 8 };
#define DASH "\xe2\x80\x94 " /* em dash, space */

/* ── names ── */

static bool rune_is_space(uint32_t u) {
    return (u >= 0x09 && u <= 0x0d) || u == 0x20 || u == 0x85 || u == 0xa0 || u == 0x1680 ||
           (u >= 0x2000 && u <= 0x200a) || u == 0x2028 || u == 0x2029 || u == 0x202f || u == 0x205f || u == 0x3000;
}

bool note_name_ok(str name) {
    if (name.n == 0 || name.n > NAME_MOST)
        return false;
    while (name.n) {
        uint32_t u = 0;
        size_t n = str_rune(name, &u);
        if (n == 0 || u < 0x20 || u == '+' || rune_is_space(u))
            return false;
        name = str_from(name, n);
    }
    return true;
}

/* ── verifier keys ── */

static enum sig_kind kind_for(enum note_use use) { return use == NOTE_ML_DSA_44 ? SIG_ML_DSA_44 : SIG_ED25519; }

bool vkey_of(struct arena *a, str name, enum note_use use, const struct pubkey *k, struct vkey *out) {
    unsigned char sum[DIGEST_MOST], byte = (unsigned char)use;
    if (k->kind != kind_for(use) || !note_name_ok(name))
        return false;
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    digest_add(s, name);
    digest_add(s, S("\n"));
    digest_add(s, str_n((const char *)&byte, 1));
    digest_add(s, str_n((const char *)k->bytes, k->n));
    digest_end(s, sum);
    *out = (struct vkey){.name = arena_str(a, name), .use = use, .key = *k};
    memcpy(out->id, sum, KEY_ID);
    return true;
}

static bool use_known(unsigned char byte, enum note_use *out) {
    *out = (enum note_use)byte;
    return byte == NOTE_ED25519 || byte == NOTE_COSIGNATURE || byte == NOTE_ML_DSA_44;
}

bool vkey_parse(struct arena *a, str text, str where, struct vkey *out, struct err *e) {
    str name, rest, hex, base64, bytes;
    unsigned char id[KEY_ID];
    enum note_use use;
    struct pubkey key;
    if (!str_cut(text, '+', &name, &rest) || !str_cut(rest, '+', &hex, &base64) || !note_name_ok(name) ||
        !hex_bytes(hex, id, KEY_ID) || base64.n > 2 * PUBKEY_MOST || !base64_bytes(a, base64, false, &bytes) ||
        bytes.n < 2) {
        err_set(e, ERR_INPUT, where, _("this is no verifier key"));
        return err_hint(e, "%s", _("it looks like NAME+KEYID+KEY: the name, 8 hex digits, the key in base64"));
    }
    if (!use_known((unsigned char)bytes.p[0], &use))
        return err_set(e, ERR_INPUT, where, _("verifier keys of type 0x%02x are not known here"),
                       (unsigned)(unsigned char)bytes.p[0]);
    if (!pubkey_of(kind_for(use), str_from(bytes, 1), &key) || !vkey_of(a, name, use, &key, out))
        return err_set(e, ERR_INPUT, where, _("the key in this verifier key is not valid"));
    if (memcmp(id, out->id, KEY_ID) != 0)
        return err_set(e, ERR_INPUT, where, _("the key ID does not belong to the name and key beside it"));
    return true;
}

str vkey_text(struct arena *a, const struct vkey *v) {
    unsigned char raw[1 + PUBKEY_MOST];
    raw[0] = (unsigned char)v->use;
    memcpy(raw + 1, v->key.bytes, v->key.n);
    str base64 = base64_text(a, str_n((const char *)raw, (size_t)v->key.n + 1));
    return arena_printf(a, "%.*s+%.*s+%.*s", STR_ARG(v->name), STR_ARG(hex_text(a, v->id, KEY_ID)), STR_ARG(base64));
}

/* ── notes ── */

static bool text_ok(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n')
            return false;
    return str_utf8_ok(s);
}

static uint32_t lines_in(str s) {
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

bool note_line_parse(struct arena *a, str line, struct note_line *out) {
    str name, base64, bytes;
    if (!str_starts(line, S(DASH)) || !str_cut(str_from(line, sizeof DASH - 1), ' ', &name, &base64) ||
        !note_name_ok(name) || !base64_bytes(a, base64, false, &bytes) || bytes.n <= KEY_ID)
        return false;
    *out = (struct note_line){.name = name, .sig = str_from(bytes, KEY_ID)};
    memcpy(out->id, bytes.p, KEY_ID);
    return true;
}

/* Where the last empty line ends the text: the place behind the text's own newline. */
static size_t text_end(str bytes) {
    for (size_t i = bytes.n; i >= 2; i--)
        if (bytes.p[i - 1] == '\n' && bytes.p[i - 2] == '\n')
            return i - 1;
    return 0;
}

bool note_parse(struct arena *a, str bytes, str where, struct note *out, struct err *e) {
    *out = (struct note){.text = S("")};
    if (bytes.n > NOTE_BYTES_MOST)
        return err_set(e, ERR_LIMIT, where, _("a signed note may have %d bytes at most"), NOTE_BYTES_MOST);
    if (!text_ok(bytes))
        return err_set(e, ERR_INPUT, where, _("a signed note is UTF-8 without control characters"));
    size_t end = text_end(bytes);
    if (end == 0 || end + 1 == bytes.n || bytes.p[bytes.n - 1] != '\n')
        return err_set(e, ERR_INPUT, where,
                       _("this is no signed note: text, an empty line, and lines of signatures are expected"));
    out->text = str_upto(bytes, end);
    str rest = str_from(bytes, end + 1), line;
    for (uint32_t at = lines_in(out->text) + 2; str_next(&rest, '\n', &line) && (line.n || rest.n); at++) {
        struct note_line l;
        if (out->lines.n == NOTE_LINES_MOST)
            return err_set(e, ERR_LIMIT, where, _("a signed note may have %d signatures at most"), NOTE_LINES_MOST);
        if (!note_line_parse(a, line, &l))
            return err_set(e, ERR_INPUT, arena_printf(a, "%.*s:%u", STR_ARG(where), at),
                           _("this is no line of a signature"));
        *vec_push(a, &out->lines) = l;
    }
    return true;
}

void note_line_add(struct arena *a, struct buf *b, const struct note_line *l) {
    char *raw = arena_alloc(a, KEY_ID + l->sig.n);
    memcpy(raw, l->id, KEY_ID);
    memcpy(raw + KEY_ID, l->sig.p, l->sig.n);
    buf_add(b, S(DASH));
    buf_add(b, l->name);
    buf_addc(b, ' ');
    base64_add(b, str_n(raw, KEY_ID + l->sig.n));
    buf_addc(b, '\n');
}

str note_text(struct arena *a, const struct note *n) {
    struct buf b = {0};
    buf_add(&b, n->text);
    buf_addc(&b, '\n');
    for (uint32_t i = 0; i < n->lines.n; i++)
        note_line_add(a, &b, &n->lines.v[i]);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* ── checkpoints ── */

bool tlog_number(str s, uint64_t *out) { return (s.n == 1 || (s.n && s.p[0] != '0')) && str_u64(s, out); }

bool tlog_hash(str base64, unsigned char out[32]) {
    struct arena *a = arena_new();
    str bytes;
    bool ok = base64.n == 44 && base64_bytes(a, base64, false, &bytes) && bytes.n == 32;
    if (ok)
        memcpy(out, bytes.p, 32);
    arena_free(a);
    return ok;
}

static bool extensions_ok(str s) {
    return s.n == 0 || (s.p[0] != '\n' && s.p[s.n - 1] == '\n' && str_find(s, S("\n\n")) == STR_NONE);
}

bool checkpoint_parse(str text, str where, struct checkpoint *out, struct err *e) {
    str rest = text, size, root;
    *out = (struct checkpoint){.extensions = S("")};
    if (text.n == 0 || text.p[text.n - 1] != '\n' || !text_ok(text) || !str_cut(rest, '\n', &out->origin, &rest) ||
        out->origin.n == 0)
        return err_set(e, ERR_INPUT, where, _("this is no checkpoint: it begins with a log's origin"));
    if (!str_cut(rest, '\n', &size, &rest) || !tlog_number(size, &out->size))
        return err_set(e, ERR_INPUT, where, _("the second line of a checkpoint is the size of the log"));
    if (!str_cut(rest, '\n', &root, &rest) || !tlog_hash(root, out->root))
        return err_set(e, ERR_INPUT, where, _("the third line of a checkpoint is its root hash"));
    if (!extensions_ok(rest))
        return err_set(e, ERR_INPUT, where, _("a checkpoint has no empty lines"));
    out->extensions = rest;
    return true;
}

str checkpoint_text(struct arena *a, const struct checkpoint *c) {
    return arena_printf(a, "%.*s\n%llu\n%.*s\n%.*s", STR_ARG(c->origin), (unsigned long long)c->size,
                        STR_ARG(base64_text(a, str_n((const char *)c->root, 32))), STR_ARG(c->extensions));
}

/* ── signing and verifying ── */

static void put_u64(struct buf *b, uint64_t v) {
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_addc(b, (char)(unsigned char)(v >> shift));
}

static uint64_t get_u64(const char *p) {
    uint64_t v = 0;
    for (int i = 0; i < TIME_BYTES; i++)
        v = v << 8 | (unsigned char)p[i];
    return v;
}

static void put_short_text(struct buf *b, str s) {
    buf_addc(b, (char)(unsigned char)s.n);
    buf_add(b, s);
}

/* tlog-cosignature, "ML-DSA-44 signed message": the tree [0, size) under its root. */
static bool subtree_message(struct buf *b, str name, uint64_t time, str text) {
    struct checkpoint c;
    if (!checkpoint_parse(text, S(""), &c, NULL) || c.origin.n > 255 || name.n > 255)
        return false;
    buf_add(b, (str){"subtree/v1\n\0", 12});
    put_short_text(b, name);
    put_u64(b, time);
    put_short_text(b, c.origin);
    put_u64(b, 0);
    put_u64(b, c.size);
    buf_add(b, str_n((const char *)c.root, 32));
    return true;
}

/* What is signed for that use; false when the text is not of the kind that use is for. */
static bool message(struct buf *b, enum note_use use, str name, uint64_t time, str text) {
    if (use == NOTE_ML_DSA_44)
        return subtree_message(b, name, time, text);
    if (use == NOTE_COSIGNATURE)
        buf_addf(b, "cosignature/v1\ntime %llu\n", (unsigned long long)time);
    buf_add(b, text);
    return true;
}

static bool line_of(const struct note_line *l, const struct vkey *v) {
    return str_eq(l->name, v->name) && memcmp(l->id, v->id, KEY_ID) == 0;
}

void note_put(struct arena *a, struct note *n, const struct note_line *line) {
    for (uint32_t i = 0; i < n->lines.n; i++)
        if (str_eq(n->lines.v[i].name, line->name) && memcmp(n->lines.v[i].id, line->id, KEY_ID) == 0) {
            n->lines.v[i] = *line;
            return;
        }
    *vec_push(a, &n->lines) = *line;
}

bool note_sign(struct arena *a, struct note *n, str name, enum note_use use, const struct privkey *k, uint64_t time,
               struct err *e) {
    struct vkey v;
    struct buf what = {0}, sig = {0};
    unsigned char raw[SIG_MOST];
    size_t raw_n = 0;
    bool ok = false;
    if (!vkey_of(a, name, use, privkey_public(k), &v))
        return err_set(e, ERR_USAGE, name,
                       _("a key of kind %s with this name cannot make this kind of signature on a note"),
                       sig_kind_name(privkey_public(k)->kind));
    if (n->text.n == 0 || n->text.p[n->text.n - 1] != '\n' || !text_ok(n->text))
        return err_set(e, ERR_INPUT, name, _("the text of a note is UTF-8 without control characters, in whole lines"));
    if (time > INT64_MAX || !message(&what, use, name, time, n->text))
        err_set(e, ERR_INPUT, name, _("only a checkpoint can be cosigned"));
    else if (sig_make(k, buf_str(&what), raw, &raw_n, e)) {
        if (use != NOTE_ED25519)
            put_u64(&sig, time);
        buf_add(&sig, str_n((const char *)raw, raw_n));
        struct note_line line = {.name = v.name, .sig = arena_str(a, buf_str(&sig))};
        memcpy(line.id, v.id, KEY_ID);
        note_put(a, n, &line);
        ok = true;
    }
    buf_free(&what);
    buf_free(&sig);
    return ok;
}

static bool line_good(const struct note *n, const struct note_line *l, const struct vkey *v, uint64_t *time) {
    str sig = l->sig;
    *time = 0;
    if (v->use != NOTE_ED25519) {
        if (sig.n <= TIME_BYTES)
            return false;
        *time = get_u64(sig.p);
        sig = str_from(sig, TIME_BYTES);
    }
    struct buf what = {0};
    bool good = *time <= INT64_MAX && message(&what, v->use, v->name, *time, n->text) &&
                sig_verify(&v->key, buf_str(&what), sig);
    buf_free(&what);
    return good;
}

bool note_verify(const struct note *n, const struct vkey *v, uint64_t *time, bool *broken) {
    uint64_t newest = 0;
    bool found = false;
    *broken = false;
    for (uint32_t i = 0; i < n->lines.n && !*broken; i++) {
        uint64_t when;
        if (!line_of(&n->lines.v[i], v))
            continue;
        found = true;
        *broken = !line_good(n, &n->lines.v[i], v, &when);
        newest = when > newest ? when : newest;
    }
    if (time)
        *time = newest;
    return found && !*broken;
}
