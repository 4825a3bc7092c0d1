/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/profile.h"

#include "base/embedded.h"
#include "base/file.h"

const char *const *profile_names(struct arena *a) {
    uint32_t n = 0;
    while (embedded_profiles[n].name)
        n++;
    const char **names = arena_array(a, const char *, (size_t)n + 1);
    for (uint32_t i = 0; i < n; i++)
        names[i] = embedded_profiles[i].name;
    return names;
}

static bool profile_text(struct ctx *c, struct arena *a, str name, str *text, struct err *e) {
    for (const struct embedded_file *f = embedded_profiles; f->name; f++)
        if (str_is(name, f->name)) {
            *text = str_n(f->bytes, f->size);
            return true;
        }
    if (path_exists(name))
        return file_read(c, a, name, text, e);
    struct buf b = {0};
    for (const struct embedded_file *f = embedded_profiles; f->name; f++)
        buf_addf(&b, "%s%s", b.n ? ", " : "", f->name);
    err_set(e, ERR_USAGE, S(""), _("there is no profile '%.*s'"), STR_ARG(name));
    err_hint(e, _("one of: %.*s; or a profile file"), STR_ARG(buf_str(&b)));
    buf_free(&b);
    return false;
}

bool profile_read(struct ctx *c, struct arena *a, str name, struct profile *out, struct err *e) {
    str text;
    struct json doc;
    *out = (struct profile){0};
    if (!profile_text(c, a, name, &text, e) || !json_parse(c, a, text, JSON_STRICT, name, &doc, e))
        return false;
    out->id = j_gets(doc.root, "id");
    out->title = j_gets(j_get(doc.root, "title"), msg_lang());
    if (!out->title.p)
        out->title = out->id;
    for (struct jiter it = j_iter(j_get(doc.root, "elements")); j_next(&it);) {
        const struct field *field = field_find(j_gets(it.val, "field"));
        if (!field)
            return err_set(e, ERR_INPUT, json_place(&doc, it.val, a), _("the profile asks for an unknown field"));
        int64_t weight = j_int(j_get(it.val, "weight"), 1);
        if (weight < 1 || weight > 1000)
            return err_set(e, ERR_INPUT, json_place(&doc, it.val, a), _("a weight must be from 1 to 1000"));
        *vec_push(a, &out->elements) = (struct profile_element){field, weight};
    }
    return out->elements.n > 0 || err_set(e, ERR_INPUT, name, _("the profile has no elements"));
}

/* Fields are asked of what is delivered: every component and the product itself. */
static void score_components(const struct sbom *s, const struct sbom_graph *g, struct element_score *score,
                             struct arena *a) {
    uint32_t *missing = arena_array(a, uint32_t, (size_t)s->components.n + 1), n = 0;
    for (uint32_t i = 0; i < s->components.n; i++) {
        if (s->components.v[i].type == TYPE_FILE)
            continue;
        score->asked++;
        if (score->element->field->of_component(s, g, i))
            score->filled++;
        else
            missing[n++] = i;
    }
    score->missing = missing;
}

struct profile_score profile_apply(const struct profile *p, const struct sbom *s, struct arena *a) {
    struct sbom_graph g = sbom_graph_of(s, a);
    struct profile_score out = {.profile = p, .elements = arena_array(a, struct element_score, p->elements.n)};
    double sum = 0, weights = 0;
    for (uint32_t i = 0; i < p->elements.n; i++) {
        struct element_score *score = &out.elements[i];
        score->element = &p->elements.v[i];
        if (score->element->field->of_document) {
            score->asked = 1;
            score->filled = score->element->field->of_document(s, &g);
        } else {
            score_components(s, &g, score, a);
        }
        double part = score->asked ? (double)score->filled / score->asked : 0; /* an empty SBOM fills nothing */
        sum += part * (double)score->element->weight;
        weights += (double)score->element->weight;
    }
    out.score = weights > 0 ? 100 * sum / weights : 0;
    return out;
}
