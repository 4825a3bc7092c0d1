/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/declared.h"

#include "base/cipher.h"
#include "base/digest.h"
#include "base/file.h"
#include "conform/declaration_json.h"
#include "serve/version.h"

enum { DOCUMENTS_MOST = 32, NAME_MOST = 255 };

bool call_declaration(struct call *q, const struct reader *reader, const struct declaration_row **out, struct err *e) {
    bool may = false;
    if (!declaration_find(q->views, q->a, &q->when, call_part(q, 0), out, e) ||
        (*out && !declaration_seen(q->views, q->a, reader, *out, &may, e)))
        return false;
    if (!may)
        *out = NULL;
    return true;
}

static bool put(struct call *q, struct jw *w, const void *of, struct err *e) {
    const struct declaration_row *d = of;
    const struct catalogue *k = NULL;
    (void)e;
    if (!catalogue_find(q->ctx, q->views, q->a, d->said.catalogue, &k, NULL))
        k = NULL; /* its titles are nowhere to be found */
    declaration_json(q->a, w, k, d);
    return true;
}

bool call_declaration_held(struct call *q, const struct declaration_row **out, struct err *e) {
    if (!call_declaration(q, &q->who.reader, out, e))
        return false;
    if (!*out)
        return call_not_found(q);
    if (call_is_current_number(q, declaration_version(*out)))
        return true;
    const struct declaration_row *d = *out;
    *out = NULL;
    return call_conflict(q, _("something was said of this declaration meanwhile"), put, d, e);
}

bool call_declaration_told(struct call *q, int status, const struct declaration_row *d, struct err *e) {
    struct jw *w = call_json_as(q, status);
    call_tag_number(q, declaration_version(d));
    return put(q, w, d, e);
}

bool call_declaration_now(struct call *q, const struct declaration_row *d, struct err *e) {
    const struct declaration_row *now;
    const struct as_of when = {0};
    if (!declaration_find(q->views, q->a, &when, hex_text(q->a, d->envelope, 32), &now, e))
        return false;
    return call_declaration_told(q, 201, now ? now : d, e);
}

struct person call_person(const struct call *q) {
    struct jv person = j_get(q->json.root, "person");
    return (struct person){str_trim(j_gets(person, "name")), str_trim(j_gets(person, "role"))};
}

void call_names(struct call *q, struct jv list, struct scope_names *out) {
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (j_str(it.val).n)
            *vec_push(q->a, out) = j_str(it.val);
}

bool call_documents(struct call *q, const char *member, struct attacheds *out, struct err *e) {
    struct jv list = j_get(q->json.root, member);
    if (j_len(list) > DOCUMENTS_MOST)
        return err_set(e, ERR_USAGE, str_of(member), _("at most %d documents at once"), DOCUMENTS_MOST);
    for (struct jiter it = j_iter(list); j_next(&it);) {
        str name = path_base(str_trim(j_gets(it.val, "name"))), text = j_gets(it.val, "base64"), bytes;
        if (!name.n || name.n > NAME_MOST || !base64_bytes(q->a, text, false, &bytes))
            return err_set(e, ERR_USAGE, str_of(member), "%s", _("a document has a name, and its bytes as base64"));
        if (!attached_put(q->views, q->a, name, bytes, out, e))
            return false;
    }
    return true;
}
