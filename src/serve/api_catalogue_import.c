/* SPDX-License-Identifier: Apache-2.0
 *
 * A catalogue of requirements is taken in: an official list, a standard, a guideline of one's own.
 */
#include "conform/catalogue_json.h"
#include "conform/import.h"
#include "conform/own.h"
#include "serve/app.h"
#include "serve/asking.h"
#include "serve/confined.h"

bool api_catalogue_import(struct call *q, struct err *e);

bool api_catalogue_import(struct call *q, struct err *e) {
    str onto = call_text(q, "onto"), name = call_text(q, "name"), as = call_text(q, "as");
    struct catalogue_import x = {.where = name.n ? name : S("body"), .alone = true};
    struct catalogue k;
    struct own_say say = {.kind = "catalogue"};
    if (!q->body.n)
        return err_set(e, ERR_USAGE, S("body"), "%s", _("there is nothing in it"));
    if (as.n)
        x.id = as;
    const struct reading_plan plan = call_reading(q, q->body, x.where);
    if ((onto.n && !catalogue_find(q->ctx, q->views, q->a, onto, &x.onto, e)) ||
        !readers_catalogue(app_readers(q->app), &plan, q->a, &x, e) ||
        !catalogue_read(q->ctx, q->a, x.json, x.where, &k, e))
        return false;
    say.name = k.id;
    say.predicate = k.text;
    if (!own_say(q->views, q->a, &say, e))
        return false;
    catalogue_imported_json(call_json_as(q, say.same ? 200 : 201), &x, &k, &say);
    return true;
}
const struct route_doc api_catalogue_import_doc = {
    .answer = "catalogue-imported-answer",
    .arguments = (const struct route_argument[]){{"as", "text", N_("what to call it here")},
                                                 {"onto", "text", N_("the catalogue an OSCAL profile chooses from")},
                                                 {"name", "text", N_("the file's name: an id may be made of it")},
                                                 {0}},
    .says = N_("the file as it is: JSON of ours, OSCAL 1.1, CycloneDX 1.6 standards, a list in JSON or CSV. Signed and "
               "logged; the newest of an id counts, also before the built-in one"),
};
