/* SPDX-License-Identifier: Apache-2.0
 *
 * CISA's Known Exploited Vulnerabilities, as JSON or CSV.
 */
#include "base/csv.h"
#include "vuln/document.h"

VEC_NAMED(kev_entries, struct kev_entry);

static bool json_is(const struct import_job *job) {
    return j_gets(job->json.root, "catalogVersion").p && j_is_arr(j_get(job->json.root, "vulnerabilities"));
}

static bool is_known(str s) { return str_ieq(s, S("Known")); }

static bool json_read(struct import_job *job, struct err *e) {
    struct kev_entries list = {0};
    struct jv root = job->json.root;
    (void)e;
    for (struct jiter it = j_iter(j_get(root, "vulnerabilities")); j_next(&it);)
        if (j_gets(it.val, "cveID").n)
            *vec_push(job->arena, &list) = (struct kev_entry){
                j_gets(it.val, "cveID"),          j_gets(it.val, "dateAdded"),
                j_gets(it.val, "dueDate"),        j_gets(it.val, "vulnerabilityName"),
                j_gets(it.val, "requiredAction"), is_known(j_gets(it.val, "knownRansomwareCampaignUse"))};
    str date = j_gets(root, "dateReleased");
    job_emit_kev(job, date.n ? date : j_gets(root, "catalogVersion"), list.v, list.n);
    return true;
}

static bool header_of(const struct import_job *job, str *rest, struct csv_row *header) {
    *rest = job->text;
    return csv_next(job->arena, rest, header) && csv_column(header, "cveID") < CSV_FIELDS &&
           csv_column(header, "dateAdded") < CSV_FIELDS;
}

static bool csv_is(const struct import_job *job) {
    str rest;
    struct csv_row header;
    return header_of(job, &rest, &header);
}

/* The CSV form has no date of its own: that of its latest entry serves. */
static bool csv_read(struct import_job *job, struct err *e) {
    struct kev_entries list = {0};
    struct csv_row header, row;
    str rest, date = S("");
    (void)e;
    if (!header_of(job, &rest, &header))
        return true;
    uint32_t cve = csv_column(&header, "cveID"), added = csv_column(&header, "dateAdded"),
             due = csv_column(&header, "dueDate"), name = csv_column(&header, "vulnerabilityName"),
             action = csv_column(&header, "requiredAction"),
             ransomware = csv_column(&header, "knownRansomwareCampaignUse");
    while (csv_next(job->arena, &rest, &row)) {
        if (!csv_at(&row, cve).n)
            continue;
        *vec_push(job->arena, &list) = (struct kev_entry){csv_at(&row, cve),    csv_at(&row, added),
                                                          csv_at(&row, due),    csv_at(&row, name),
                                                          csv_at(&row, action), is_known(csv_at(&row, ransomware))};
        if (str_cmp(csv_at(&row, added), date) > 0)
            date = csv_at(&row, added);
    }
    job_emit_kev(job, date, list.v, list.n);
    return true;
}

const struct importer importer_kev_json = {"KEV", NOTATION_JSON, json_is, json_read};
const struct importer importer_kev_csv = {"KEV", NOTATION_TEXT, csv_is, csv_read};
