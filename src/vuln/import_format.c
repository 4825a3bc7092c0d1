/* SPDX-License-Identifier: Apache-2.0
 *
 * The formats we read, and which of them a text is in.
 */
#include "base/file.h"
#include "vuln/document.h"

extern const struct importer importer_osv, importer_cve, importer_nvd, importer_kev_json, importer_kev_csv,
    importer_epss, importer_jvn, importer_csaf, importer_openvex;

const struct importer *const importers[] = {&importer_kev_json, &importer_nvd, &importer_cve,     &importer_csaf,
                                            &importer_openvex,  &importer_osv, &importer_kev_csv, &importer_epss,
                                            &importer_jvn,      NULL};

static enum notation notation_of(str text) {
    while (text.n && ch_space(text.p[0]))
        text = str_from(text, 1);
    if (text.n && (text.p[0] == '{' || text.p[0] == '['))
        return NOTATION_JSON;
    return text.n && text.p[0] == '<' ? NOTATION_XML : NOTATION_TEXT;
}

bool import_detect(struct import_job *job, const struct importer **out, struct err *e) {
    *out = NULL;
    job->text = text_utf8(job->arena, job->text);
    enum notation notation = notation_of(job->text);
    if (notation == NOTATION_JSON &&
        !json_parse(job->ctx, job->arena, job->text, JSON_STRICT, job->where, &job->json, e))
        return false;
    if (notation == NOTATION_XML && !xml_parse(job->ctx, job->arena, job->text, job->where, &job->root, e))
        return false;
    for (const struct importer *const *it = importers; *it; it++)
        if ((*it)->notation == notation && (*it)->is(job)) {
            *out = *it;
            break;
        }
    return true;
}
