/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/policy.h"

#include "base/file.h"

/* Far beyond any real quorum; bounds the work of duplicate checks and of judging. */
enum { POLICY_BYTES_MOST = 4 << 20, POLICY_LINES_MOST = 2000 };

struct reader {
    struct arena *a;
    struct tlog_policy *out;
    struct map names;
    str where; /* file:line */
    bool has_quorum;
    struct err *e;
};

/* The next word of a line; false at its end. */
static bool word(str *rest, str *out) {
    size_t i = 0, end;
    while (i < rest->n && (rest->p[i] == ' ' || rest->p[i] == '\t'))
        i++;
    for (end = i; end < rest->n && rest->p[end] != ' ' && rest->p[end] != '\t';)
        end++;
    *out = str_n(rest->p + i, end - i);
    *rest = str_from(*rest, end);
    return end > i;
}

static bool at_end(struct reader *r, str rest) {
    str more;
    return !word(&rest, &more) || err_set(r->e, ERR_INPUT, r->where, _("there is too much on this line"));
}

static bool key_taken(struct reader *r, const struct vkey *k, bool log) {
    const struct tlog_policy *p = r->out;
    if (log) {
        for (uint32_t i = 0; i < p->logs.n; i++)
            if (pubkey_eq(&p->logs.v[i].key.key, &k->key))
                return true;
        return false;
    }
    for (uint32_t i = 0; i < p->names.n; i++)
        if (!p->names.v[i].group && pubkey_eq(&p->names.v[i].key.key, &k->key))
            return true;
    return false;
}

/* VKEY [URL], the end of a line. */
static bool key_and_url(struct reader *r, str rest, bool log, struct vkey *key, str *url) {
    str text;
    *url = (str){NULL, 0};
    if (!word(&rest, &text))
        return err_set(r->e, ERR_INPUT, r->where, _("a verifier key is missing"));
    if (!vkey_parse(r->a, text, r->where, key, r->e))
        return false;
    if (!log && key->use == NOTE_ED25519)
        return err_set(r->e, ERR_INPUT, r->where, _("a witness's key is one for cosignatures (type 0x04 or 0x06)"));
    if (key_taken(r, key, log))
        return err_set(r->e, ERR_INPUT, r->where, _("this key stands here a second time"));
    if (!word(&rest, url))
        *url = (str){NULL, 0};
    return at_end(r, rest);
}

static bool read_log(struct reader *r, str rest) {
    struct tlog_policy_log log;
    if (!key_and_url(r, rest, true, &log.key, &log.url))
        return false;
    *vec_push(r->a, &r->out->logs) = log;
    return true;
}

static bool define(struct reader *r, struct tlog_policy_name *n) {
    bool fresh;
    struct map_entry *entry = map_put(&r->names, n->name, &fresh);
    if (!fresh || str_is(n->name, "none"))
        return err_set(r->e, ERR_INPUT, r->where, _("the name \"%.*s\" is taken"), STR_ARG(n->name));
    *vec_push(r->a, &r->out->names) = *n;
    entry->value = (void *)(uintptr_t)r->out->names.n; /* index + 1 */
    return true;
}

static bool lookup(struct reader *r, str name, uint32_t *out) {
    uintptr_t at = (uintptr_t)map_get(&r->names, name);
    *out = (uint32_t)at - 1;
    return at > 0 || err_set(r->e, ERR_INPUT, r->where, _("no line above defines \"%.*s\""), STR_ARG(name));
}

static bool read_witness(struct reader *r, str rest) {
    struct tlog_policy_name n = {.name = S("")};
    if (!word(&rest, &n.name))
        return err_set(r->e, ERR_INPUT, r->where, _("a name is missing"));
    return key_and_url(r, rest, false, &n.key, &n.url) && define(r, &n);
}

static bool read_members(struct reader *r, str rest, struct tlog_policy_name *n) {
    for (str name; word(&rest, &name);) {
        uint32_t at;
        if (!lookup(r, name, &at))
            return false;
        if (r->out->names.v[at].member)
            return err_set(r->e, ERR_INPUT, r->where, _("\"%.*s\" is a member of a group already"), STR_ARG(name));
        r->out->names.v[at].member = true;
        *vec_push(r->a, &n->members) = at;
    }
    return n->members.n > 0 || err_set(r->e, ERR_INPUT, r->where, _("a group has at least one member"));
}

static bool read_group(struct reader *r, str rest) {
    struct tlog_policy_name n = {.group = true};
    str many;
    uint64_t k = 1;
    if (!word(&rest, &n.name) || !word(&rest, &many))
        return err_set(r->e, ERR_INPUT, r->where, _("a group has a name, a number (or any, all), and members"));
    if (!read_members(r, rest, &n))
        return false;
    if (str_is(many, "all"))
        k = n.members.n;
    else if (!str_is(many, "any") && (!str_u64(many, &k) || k < 1 || k > n.members.n))
        return err_set(r->e, ERR_INPUT, r->where, _("a group of %u needs all, any, or a number from 1 to %u"),
                       n.members.n, n.members.n);
    n.need = (uint32_t)k;
    return define(r, &n);
}

static bool read_quorum(struct reader *r, str rest) {
    str name;
    if (r->has_quorum)
        return err_set(r->e, ERR_INPUT, r->where, _("there is a quorum already; a policy has one"));
    if (!word(&rest, &name))
        return err_set(r->e, ERR_INPUT, r->where, _("a name is missing"));
    r->has_quorum = true;
    r->out->quorum_none = str_is(name, "none");
    return (r->out->quorum_none || lookup(r, name, &r->out->quorum)) && at_end(r, rest);
}

static bool read_line(struct reader *r, str line) {
    static const struct {
        const char *name;
        bool (*read)(struct reader *r, str rest);
    } kinds[] = {{"log", read_log}, {"witness", read_witness}, {"group", read_group}, {"quorum", read_quorum}};
    str kind;
    for (size_t i = 0; i < line.n; i++)
        if (((unsigned char)line.p[i] < 0x20 && line.p[i] != '\t') || line.p[i] == 0x7f)
            return err_set(r->e, ERR_INPUT, r->where, _("a policy has no control characters but tab and newline"));
    if (!word(&line, &kind) || kind.p[0] == '#')
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(kind, kinds[i].name))
            return kinds[i].read(r, line);
    return err_set(r->e, ERR_INPUT, r->where, _("\"%.*s\" is none of log, witness, group, quorum"), STR_ARG(kind));
}

bool tlog_policy_parse(struct arena *a, str text, str where, struct tlog_policy *out, struct err *e) {
    struct reader r = {.a = a, .out = out, .e = e};
    str line;
    *out = (struct tlog_policy){.quorum_none = false};
    map_init(&r.names, a);
    if (text.n > POLICY_BYTES_MOST)
        return err_set(e, ERR_LIMIT, where, _("a policy may have %d MiB at most"), POLICY_BYTES_MOST >> 20);
    for (uint32_t at = 1; str_next(&text, '\n', &line); at++) {
        r.where = arena_printf(a, "%.*s:%u", STR_ARG(where), at);
        if (at > POLICY_LINES_MOST)
            return err_set(e, ERR_LIMIT, r.where, _("a policy may have %d lines at most"), POLICY_LINES_MOST);
        if (!read_line(&r, line))
            return false;
    }
    return r.has_quorum ||
           err_set(e, ERR_INPUT, where, _("there is no quorum line (\"quorum none\" asks for no witness)"));
}

bool tlog_policy_read(struct ctx *c, struct arena *a, str path, struct tlog_policy *out, struct err *e) {
    str text;
    return file_read(c, a, path, &text, e) && tlog_policy_parse(a, text, path, out, e);
}

struct tlog_policy tlog_policy_of_log(struct arena *a, const struct vkey *log) {
    struct tlog_policy p = {.quorum_none = true};
    *vec_push(a, &p.logs) = (struct tlog_policy_log){.key = *log};
    return p;
}

/* ── judging ── */

static bool broken(struct tlog_policy_verdict *out, const struct vkey *k) {
    out->log_good = out->quorum_met = false;
    out->broken = k->name;
    return false;
}

static bool judge_logs(const struct tlog_policy *p, const struct note *n, str origin, struct tlog_policy_verdict *out) {
    for (uint32_t i = 0; i < p->logs.n; i++) {
        const struct vkey *k = &p->logs.v[i].key;
        bool bad;
        if (str_eq(k->name, origin) && note_verify(n, k, NULL, &bad))
            out->log_good = true;
        else if (str_eq(k->name, origin) && bad)
            return broken(out, k);
    }
    return true;
}

/* Members are defined above their groups, so one pass from the top decides each name once. */
void tlog_policy_judge(struct arena *a, const struct tlog_policy *p, const struct note *n, str origin,
                       struct tlog_policy_verdict *out) {
    bool *met = arena_array(a, bool, p->names.n + 1);
    *out = (struct tlog_policy_verdict){.broken = {NULL, 0}};
    if (!judge_logs(p, n, origin, out))
        return;
    for (uint32_t i = 0; i < p->names.n; i++) {
        const struct tlog_policy_name *x = &p->names.v[i];
        uint64_t time;
        bool bad = false;
        uint32_t have = 0;
        for (uint32_t m = 0; m < x->members.n; m++)
            have += met[x->members.v[m]];
        met[i] = x->group ? have >= x->need : note_verify(n, &x->key, &time, &bad);
        if (bad) {
            broken(out, &x->key);
            return;
        }
        if (met[i] && !x->group)
            *vec_push(a, &out->cosigned) = (struct cosigned){x->name, x->key.name, time};
    }
    out->quorum_met = p->quorum_none || met[p->quorum];
}
