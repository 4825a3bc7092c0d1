/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/log.h"

struct side {
    struct checkpoint cp;
    struct tiles tiles;
};

static bool read_side(struct arena *a, const struct tile_reader *from, struct side *s, struct err *e) {
    struct note note;
    struct hash root;
    str text, where = arena_printf(a, "%.*s/checkpoint", STR_ARG(from->where));
    if (!from->read(from->of, a, S("checkpoint"), &text, e))
        return false;
    if (!text.p)
        return err_set(e, ERR_ENV, where, _("there is no log here"));
    if (!note_parse(a, text, where, &note, e) || !checkpoint_parse(note.text, where, &s->cp, e))
        return false;
    tiles_open(&s->tiles, a, from, s->cp.size);
    struct hash_source source = tiles_hashes(&s->tiles);
    if (!merkle_root(&source, s->cp.size, &root, e))
        return false;
    if (memcmp(root.b, s->cp.root, 32) != 0)
        return err_set(e, ERR_INPUT, where, _("the tiles do not lead to the root of this checkpoint"));
    return true;
}

static bool same_at(struct side *s, unsigned level, uint64_t index, bool *same, struct err *e) {
    struct hash one, two;
    struct hash_source x = tiles_hashes(&s[0].tiles), y = tiles_hashes(&s[1].tiles);
    if (!x.get(x.of, level, index, &one, e) || !y.get(y.of, level, index, &two, e))
        return false;
    *same = hash_eq(one, two);
    return true;
}

/* The complete subtrees that make up the smaller tree, from the left; down into the first that differs. */
static bool first_difference(struct side *s, uint64_t size, uint64_t *at, struct err *e) {
    bool same = true;
    *at = 0;
    for (unsigned level = 64; level-- > 0;) {
        if (!(size >> level & 1))
            continue;
        if (!same_at(s, level, *at >> level, &same, e))
            return false;
        if (same) {
            *at += (uint64_t)1 << level;
            continue;
        }
        while (level-- > 0) {
            if (!same_at(s, level, *at >> level, &same, e))
                return false;
            if (same)
                *at += (uint64_t)1 << level;
        }
        return true;
    }
    return true;
}

bool log_compare(struct ctx *c, const struct tile_reader *one, const struct tile_reader *two,
                 struct log_difference *out, struct err *e) {
    struct arena *a = arena_new();
    struct side *s = arena_array(a, struct side, 2);
    (void)c;
    *out = (struct log_difference){.agree = 0};
    bool ok = read_side(a, one, &s[0], e) && read_side(a, two, &s[1], e);
    if (ok) {
        uint64_t least = s[0].cp.size < s[1].cp.size ? s[0].cp.size : s[1].cp.size;
        out->size[0] = s[0].cp.size;
        out->size[1] = s[1].cp.size;
        out->origins = !str_eq(s[0].cp.origin, s[1].cp.origin);
        ok = first_difference(s, least, &out->agree, e);
        out->fork = ok && out->agree < least;
    }
    arena_free(a);
    return ok;
}
