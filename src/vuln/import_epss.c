/* SPDX-License-Identifier: Apache-2.0
 *
 * EPSS scores: "#model_version:…,score_date:…", a header "cve,epss,percentile", then one line for each CVE.
 */
#include <stdlib.h>

#include "vuln/compile.h"
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
    char text[32], *end;
    s = str_trim(s);
    if (!s.n || s.n >= sizeof text)
        return -1;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    double x = strtod(text, &end);
    return *end || !(x >= 0 && x <= 1) ? -1 : x;
}

static bool epss_read(struct import_job *job, struct err *e) {
    VEC_NAMED(epss_entries, struct epss_entry) list = {0};
    str rest = job->text, line, date = S(""), cve, score, percentile;
    uint64_t at = 0, broken = 0, first = 0;
    (void)e;
    while (str_line(&rest, &line)) {
        at++;
        if (str_starts(line, S("#")))
            date = date_of(line);
        else if (str_istarts(line, S("CVE-"))) {
            struct epss_entry x = {.score = -1, .percentile = -1};
            if (str_next(&line, ',', &cve) && str_next(&line, ',', &score) && str_next(&line, ',', &percentile))
                x = (struct epss_entry){cve, number(score), number(percentile)};
            if (x.score >= 0 && x.percentile >= 0)
                *vec_push(job->arena, &list) = x;
            else if (!broken++)
                first = at;
        }
    }
    if (broken)
        ctx_warn(job->ctx, arena_printf(job->arena, "%.*s:%llu", STR_ARG(job->where), (unsigned long long)first),
                 _("this EPSS line has no score from 0 to 1; %llu such lines are passed over"),
                 (unsigned long long)broken);
    job->out->skipped += broken;
    job_emit_epss(job, date, list.v, list.n);
    return true;
}

const struct importer importer_epss = {"EPSS", NOTATION_TEXT, epss_is, epss_read};
