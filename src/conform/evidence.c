/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "conform/evidence_inner.h"
#include "store/queries.h"

/* ── facts as text: "name=number", "name=number@until", "name:word" ── */

static void add_word(struct buf *b, str word) {
    enum { WORD_MOST = 2000 };
    for (size_t i = 0; i < word.n && i < WORD_MOST; i++)
        buf_addc(b, (unsigned char)word.p[i] < ' ' ? ' ' : word.p[i]);
}

str facts_text(struct arena *a, const struct fact *facts, uint32_t n) {
    struct buf b = {0};
    for (uint32_t i = 0; i < n; i++) {
        const struct fact *f = &facts[i];
        if (f->word.p) {
            buf_addf(&b, "%s:", f->name);
            add_word(&b, f->word);
        } else {
            buf_addf(&b, "%s=%.10g", f->name, f->number);
            if (f->until)
                buf_addf(&b, "@%lld", (long long)f->until);
        }
        buf_addc(&b, '\n');
    }
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* Written by facts_text(): short, and digits alone. */
static double number_of(str s) {
    char text[40];
    size_t n = s.n < sizeof text - 1 ? s.n : sizeof text - 1;
    memcpy(text, s.p, n);
    text[n] = 0;
    return strtod(text, NULL);
}

bool fact_get(str facts, const char *name, int64_t at, struct fact *out) {
    size_t n = strlen(name);
    str line, number, until;
    while (str_next(&facts, '\n', &line)) {
        if (line.n <= n || memcmp(line.p, name, n) != 0 || (line.p[n] != '=' && line.p[n] != ':'))
            continue;
        *out = (struct fact){.name = name};
        if (line.p[n] == ':') {
            out->word = str_from(line, n + 1);
            return true;
        }
        if (!str_cut(str_from(line, n + 1), '@', &number, &until) || !str_i64(until, &out->until))
            out->until = 0;
        out->number = out->until && at > out->until ? 0 : number_of(number);
        return true;
    }
    return false;
}

/* ── rows ── */

static void ask_key(struct ask *q, const struct entry *x, const struct evidence_new *v) {
    ask_text(q, 1, str_of(v->kind));
    ask_int(q, 2, v->about);
    ask_int(q, 3, v->thing);
    ask_text(q, 4, v->topic.p ? v->topic : S(""));
    ask_int(q, 5, x->log_id);
    ask_blob(q, 6, str_n((const char *)x->key, 32));
    ask_blob(q, 7, v->linker && memcmp(v->linker, x->key, 32) != 0 ? str_n((const char *)v->linker, 32) : S(""));
    ask_int(q, 8, (int64_t)x->index);
}

static bool replace(struct portfolio *p, const struct entry *x, const struct evidence_new *v, struct err *e) {
    static const struct query *const steps[] = {&Q_evidence_keep, &Q_evidence_drop};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct ask *q;
        if (!store_ask(p->store, steps[i], &q, e))
            return false;
        ask_key(q, x, v);
        if (!ask_send(q, e))
            return false;
    }
    return true;
}

bool evidence_put(struct portfolio *p, const struct entry *x, const struct evidence_new *v, str facts, struct err *e) {
    struct ask *q;
    if ((!v->fresh && !replace(p, x, v, e)) || !store_ask(p->store, &Q_evidence_put, &q, e))
        return false;
    ask_key(q, x, v);
    ask_int(q, 9, x->time);
    ask_int(q, 10, v->linker ? v->linked : x->time);
    ask_int(q, 11, v->expires);
    ask_text(q, 12, facts);
    return ask_send(q, e);
}

bool evidence_add(struct portfolio *p, const struct entry *x, const struct evidence_new *v, struct err *e) {
    return evidence_put(p, x, v, facts_text(x->arena, v->facts, v->n), e);
}

/* ── things of its own ── */

static bool number_asked(struct ask *q, bool *row, int64_t *out, struct err *e) {
    if (!ask_step(q, row, e))
        return false;
    *out = *row ? ask_col_int(q, 0) : -1;
    ask_end(q);
    return true;
}

bool evidence_thing(struct portfolio *p, const struct entry *x, enum rule_about about, str id, int64_t product,
                    int64_t party, int64_t *number, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_evidence_thing_find, &q, e))
        return false;
    ask_int(q, 1, about);
    ask_text(q, 2, id);
    if (!number_asked(q, &row, number, e))
        return false;
    if (row)
        return true;
    if (!store_ask(p->store, &Q_evidence_thing_next, &q, e))
        return false;
    ask_int(q, 1, about);
    if (!number_asked(q, &row, number, e) || !store_ask(p->store, &Q_evidence_thing_add, &q, e))
        return false;
    ask_int(q, 1, about);
    ask_int(q, 2, *number);
    ask_text(q, 3, id);
    ask_int(q, 4, product);
    ask_int(q, 5, party);
    ask_int(q, 6, x->log_id);
    ask_int(q, 7, (int64_t)x->index);
    ask_int(q, 8, x->time);
    ask_blob(q, 9, str_n((const char *)x->key, 32));
    return ask_run(q, e);
}
