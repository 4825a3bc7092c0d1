/* SPDX-License-Identifier: Apache-2.0 */
#include "node/notify_deadline.h"
#include "base/msg_in.h"

enum { NEAR_MOST = 3 * DAY_SECONDS };

/* From then on it is near. */
static int64_t near_from(const struct deadline *d, int64_t now) {
    int64_t quarter = (d->due - (d->started < now ? d->started : now)) / 4;
    return d->due - (quarter < NEAR_MOST ? quarter : NEAR_MOST);
}

bool deadline_near(const struct deadline *d, int64_t now) {
    return d->state == CLOCK_RUNNING && now >= near_from(d, now);
}

int64_t deadline_look(const struct deadline *d, int64_t now) {
    if (d->state != CLOCK_RUNNING)
        return INT64_MAX;
    return deadline_near(d, now) ? d->due : near_from(d, now);
}

static str subject_in(struct arena *a, const char *lang, const struct deadline *d, str title) {
    str of = label_in(d->rule->title, lang);
    if (d->state == CLOCK_MISSED)
        return arena_printf(a, msg_in(lang, N_("Deadline missed: %.*s: %.*s")), STR_ARG(of), STR_ARG(title));
    return arena_printf(a, msg_in(lang, N_("Deadline near: %.*s: %.*s")), STR_ARG(of), STR_ARG(title));
}

static str text_in(struct arena *a, const char *lang, const struct deadline *d) {
    str source = label_in(d->rule->source, lang), profile = label_in(d->profile->title, lang);
    str rule = source.n ? arena_printf(a, "%.*s, %.*s", STR_ARG(profile), STR_ARG(source)) : profile;
    str due = arena_printf(a, msg_in(lang, N_("Due: %.*s")), STR_ARG(clock_due_text(a, d)));
    str action = arena_printf(a, msg_in(lang, N_("What to do: %.*s")), STR_ARG(label_in(d->rule->action, lang)));
    return arena_printf(a, "%.*s\n%.*s\n%.*s\n", STR_ARG(due), STR_ARG(action), STR_ARG(rule));
}

bool notice_of_deadline(struct arena *a, const struct notice *about, const struct deadline *d, int64_t now,
                        struct notice *out) {
    bool missed = d->state == CLOCK_MISSED;
    if (!missed && !deadline_near(d, now))
        return false;
    *out = *about;
    out->kind = missed ? S("deadline-missed") : S("deadline-near");
    out->event = arena_printf(a, "%.*s/%.*s@%lld", STR_ARG(d->profile->id), STR_ARG(d->rule->id), (long long)d->due);
    out->rank = missed ? 100 : about->rank;
    out->subject = (struct label){subject_in(a, "en", d, about->subject.en), subject_in(a, "ja", d, about->subject.ja)};
    out->text = (struct label){text_in(a, "en", d), text_in(a, "ja", d)};
    out->time = now;
    return true;
}
