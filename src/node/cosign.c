/* SPDX-License-Identifier: Apache-2.0 */
#include "node/cosign.h"

#include "base/disk.h"
#include "base/file.h"
#include "base/http.h"
#include "node/witness.h"

static str path_of(struct arena *a, str home) { return path_join(a, home, S("witnesses")); }

bool witnesses_read(struct ctx *c, struct arena *a, str home, bool *there, struct tlog_policy *out, struct err *e) {
    str path = path_of(a, home);
    *out = (struct tlog_policy){.quorum_none = true};
    *there = path_exists(path);
    return !*there || tlog_policy_read(c, a, path, out, e);
}

/* ── adding ── */

static bool begins(str line, const char *first, const char *second) {
    str word, rest = str_trim(line);
    return str_next(&rest, ' ', &word) && str_is(word, first) &&
           (!second || (str_next(&rest, ' ', &word) && str_is(word, second)));
}

/* The same with another line for the witness. */
static str with_url(struct arena *a, str text, str name, str line) {
    struct buf b = {0};
    for (str one; str_line(&text, &one);) {
        buf_add(&b, begins(one, "witness", arena_cstr(a, name)) ? line : one);
        buf_addc(&b, '\n');
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* The witness goes before the first group or quorum, which may name only what stands above them. */
static str with_witness(struct arena *a, str text, str name, str line) {
    struct buf b = {0};
    bool put = false;
    for (str one; str_line(&text, &one);) {
        if (!put && (begins(one, "group", NULL) || begins(one, "quorum", NULL))) {
            buf_addf(&b, "%.*s\n", STR_ARG(line));
            put = true;
        }
        buf_add(&b, one);
        if (begins(one, "group", "witnesses"))
            buf_addf(&b, " %.*s", STR_ARG(name));
        buf_addc(&b, '\n');
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static str new_file(struct arena *a, const struct vkey *log, str name, str line) {
    return arena_printf(a,
                        "# C2SP tlog-policy: who cosigns the checkpoints of this log\nlog %.*s\n%.*s\n"
                        "group witnesses any %.*s\nquorum witnesses\n",
                        STR_ARG(vkey_text(a, log)), STR_ARG(line), STR_ARG(name));
}

static const struct tlog_policy_name *known(const struct tlog_policy *p, const struct vkey *witness) {
    for (uint32_t i = 0; i < p->names.n; i++)
        if (!p->names.v[i].group && pubkey_eq(&p->names.v[i].key.key, &witness->key))
            return &p->names.v[i];
    return NULL;
}

bool witnesses_add(struct ctx *c, struct arena *a, str home, const struct vkey *log, str *name,
                   const struct vkey *witness, str url, struct err *e) {
    str path = path_of(a, home), text = S("");
    struct tlog_policy p;
    bool there;
    if (!witnesses_read(c, a, home, &there, &p, e) || (there && !file_read(c, a, path, &text, e)))
        return false;
    const struct tlog_policy_name *had = known(&p, witness);
    if (had)
        *name = had->name;
    str line = arena_printf(a, "witness %.*s %.*s %.*s", STR_ARG(*name), STR_ARG(vkey_text(a, witness)), STR_ARG(url));
    if (!there)
        text = new_file(a, log, *name, line);
    else
        text = had ? with_url(a, text, *name, line) : with_witness(a, text, *name, line);
    return tlog_policy_parse(a, text, path, &p, e) && disk_put(c, arena_cstr(a, path), text, 0600, DISK_DURABLE, e);
}

/* ── asking ── */

static bool ask_one(struct home *h, struct arena *a, struct http *http, const struct tlog_policy_name *w, uint64_t size,
                    struct note *n, struct err *e) {
    struct hash_source hashes = log_hashes(h->log);
    struct asked_witness asked = {w->url, &w->key, 1};
    return witness_ask(http, a, &asked, &hashes, size, n, e);
}

static bool ask_all(struct home *h, struct arena *a, const struct tlog_policy *p, str only, struct http *http,
                    struct cosign_list *out, struct err *e) {
    struct checkpoint at;
    struct note n;
    str text;
    bool stale;
    if (!log_checkpoint(h->log, a, &at, &text, e) || !note_parse(a, text, h->path, &n, e))
        return false;
    uint32_t had = n.lines.n, good = 0;
    for (uint32_t i = 0; i < p->names.n; i++) {
        const struct tlog_policy_name *w = &p->names.v[i];
        if (w->group || !w->url.n || (only.p && !str_eq(only, w->name)))
            continue;
        struct cosign_one *row = vec_push(a, out);
        *row = (struct cosign_one){.name = w->name, .url = w->url};
        row->ok = ask_one(h, a, http, w, at.size, &n, &row->e);
        good += row->ok;
    }
    return (good == 0 && n.lines.n == had) || log_add_cosignatures(h->log, &n, &stale, e);
}

bool cosign(struct home *h, struct arena *a, const struct tlog_policy *p, str only, struct cosign_list *out,
            struct err *e) {
    struct http *http;
    *out = (struct cosign_list){0};
    if (!http_open(h->ctx, &http, e))
        return false;
    bool ok = ask_all(h, a, p, only, http, out, e);
    http_close(http);
    return ok;
}

/* ── who did ── */

bool witnesses_judge(struct home *h, struct arena *a, struct tlog_policy *p, struct tlog_policy_verdict *v,
                     struct err *e) {
    struct checkpoint at;
    struct note n;
    str text;
    bool there;
    if (!witnesses_read(h->ctx, a, h->path, &there, p, e) || !log_checkpoint(h->log, a, &at, &text, e) ||
        !note_parse(a, text, h->path, &n, e))
        return false;
    tlog_policy_judge(a, p, &n, at.origin, v);
    return true;
}

uint64_t witness_cosigned(const struct tlog_policy_verdict *v, const struct tlog_policy_name *w) {
    for (uint32_t i = 0; i < v->cosigned.n; i++)
        if (str_eq(v->cosigned.v[i].name, w->name))
            return v->cosigned.v[i].time;
    return 0;
}

void witnesses_json(struct arena *a, struct jw *w, const struct tlog_policy *p, const struct tlog_policy_verdict *v) {
    jw_obj(w);
    jw_kbool(w, "quorum", v->quorum_met);
    jw_karr(w, "witnesses");
    for (uint32_t i = 0; i < p->names.n; i++) {
        const struct tlog_policy_name *x = &p->names.v[i];
        uint64_t at = witness_cosigned(v, x);
        if (x->group)
            continue;
        jw_obj(w);
        jw_kstr(w, "name", x->name);
        jw_kstr(w, "vkey", vkey_text(a, &x->key));
        if (x->url.n)
            jw_kstr(w, "url", http_shown(a, x->url));
        if (at)
            jw_kstr(w, "cosigned", time_rfc3339(a, (int64_t)at));
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}
