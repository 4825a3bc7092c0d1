/* SPDX-License-Identifier: Apache-2.0
 *
 * EPSS scores: "#model_version:…,score_date:…", a header "cve,epss,percentile", then one line for each CVE.
 */
#include <stdlib.h>

#include "vuln/document.h"

static bool epss_is(const struct import_job *job) {
    str head = str_upto(job->text, 512);
    return str_starts(head, S("cve,epss,percentile")) ||
           (str_starts(head, S("#model_version")) && str_find(head, S("cve,epss,percentile")) != STR_NONE);
}

static str date_of(str comment) {
    str key = S("score_date:");
    size_t at = str_find(comment, key);
    return at == STR_NONE ? S("") : str_trim(str_from(comment, at + key.n));
}

static double number(str s) {
    char text[32];
    if (!s.n || s.n >= sizeof text)
        return -1;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    return strtod(text, NULL);
}

static bool epss_read(struct import_job *job, struct err *e) {
    VEC_NAMED(epss_entries, struct epss_entry) list = {0};
    str rest = job->text, line, date = S(""), cve, score, percentile;
    (void)e;
    while (str_line(&rest, &line)) {
        if (str_starts(line, S("#")))
            date = date_of(line);
        else if (str_istarts(line, S("CVE-")) && str_next(&line, ',', &cve) && str_next(&line, ',', &score) &&
                 str_next(&line, ',', &percentile))
            *vec_push(job->arena, &list) = (struct epss_entry){cve, number(score), number(percentile)};
    }
    job_emit_epss(job, date, list.v, list.n);
    return true;
}

const struct importer importer_epss = {"EPSS", NOTATION_TEXT, epss_is, epss_read};
