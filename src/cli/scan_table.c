/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/scan_table.h"

#include "cli/data_words.h"
#include "vuln/report.h"

static enum cell_style style_of_priority(enum priority p) {
    static const enum cell_style styles[] = {CELL_DIM, CELL_PLAIN, CELL_YELLOW, CELL_RED};
    return styles[p];
}
static enum cell_style style_of_severity(enum severity s) {
    return s == SEVERITY_CRITICAL ? CELL_RED : s == SEVERITY_HIGH ? CELL_YELLOW : CELL_PLAIN;
}

static str severity_text(struct arena *a, const struct finding *f) {
    str word = data_word(WORD_SEVERITY, str_of(severity_name(f->worst.severity)));
    return f->worst.score >= 0 ? arena_printf(a, "%.*s %.1f", STR_ARG(word), f->worst.score) : word;
}

static str why_text(struct arena *a, const struct finding *f) {
    if (f->status > FINDING_UNDER_INVESTIGATION)
        return arena_printf(a, "%.*s: %.*s (%.*s)",
                            STR_ARG(data_word(WORD_STATUS, str_of(finding_status_name(f->status)))),
                            STR_ARG(f->status_reason), STR_ARG(f->status_source));
    str low = f->confidence == CONFIDENCE_LOW ? arena_printf(a, " · %s", _("low confidence (CPE)")) : S("");
    str vex = f->status == FINDING_UNDER_INVESTIGATION ? arena_printf(a, " · %s", _("under investigation")) : S("");
    return arena_printf(a, "%.*s%.*s%.*s", STR_ARG(f->reason), STR_ARG(low), STR_ARG(vex));
}

static str where_text(struct arena *a, const struct finding *f) {
    if (f->n_path > 2)
        return finding_path_text(a, f, "→");
    if (f->component->places.n)
        return f->component->places.v[0].path;
    return f->input->name;
}

static void print_findings(struct cli *cli, const struct scan *scan, bool show_suppressed) {
    static const struct column columns[] = {
        {.head = N_("PRIORITY")},
        {.head = N_("COMPONENT"), .shrink = true, .tail = true},
        {.head = N_("VULNERABILITY")},
        {.head = N_("SEVERITY")},
        {.head = N_("FIXED IN"), .shrink = true},
        {.head = N_("WHY"), .wrap = true},
        {.head = N_("WHERE"), .shrink = true, .spare = true, .tail = true},
    };
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    const struct report_options o = {.show_suppressed = show_suppressed};
    for (uint32_t i = 0; i < scan->findings.n; i++) {
        const struct finding *f = &scan->findings.v[i];
        if (!finding_shown(f, &o))
            continue;
        table_row(t);
        table_cell(t, str_of(priority_name(f->priority)), style_of_priority(f->priority));
        table_cell(t, component_text(cli->arena, f->component), CELL_BOLD);
        table_cell(t, f->id, CELL_PLAIN);
        table_cell(t, severity_text(cli->arena, f), style_of_severity(f->worst.severity));
        table_cell(t, finding_fix_text(cli->arena, f), f->fixed.n ? CELL_GREEN : CELL_DIM);
        table_cell(t, why_text(cli->arena, f), CELL_PLAIN);
        table_cell(t, where_text(cli->arena, f), CELL_DIM);
    }
    table_print(t, cli);
}

/* Group by the upgrade that fixes most: the same component with the same way out, once. */
static void print_upgrades(struct cli *cli, const struct scan *scan) {
    struct map seen;
    map_init(&seen, cli->arena);
    for (uint32_t i = 0; i < scan->findings.n; i++) {
        const struct finding *f = &scan->findings.v[i];
        if (f->status > FINDING_UNDER_INVESTIGATION || !f->upgrade.n)
            continue;
        str key = arena_printf(cli->arena, "%.*s → %.*s", STR_ARG(component_text(cli->arena, f->component)),
                               STR_ARG(f->upgrade));
        struct map_entry *entry = map_put(&seen, key, NULL);
        entry->value = (void *)((uintptr_t)entry->value + 1);
    }
    if (!seen.entries.n)
        return;
    fprintf(cli->out, "\n%s\n", _("Upgrades that clear everything known of a component:"));
    for (uint32_t i = 0; i < seen.entries.n; i++) {
        unsigned long n = (unsigned long)(uintptr_t)seen.entries.v[i].value;
        fprintf(cli->out, "  %.*s  ", STR_ARG(seen.entries.v[i].key));
        fprintf(cli->out, msg_n("(%lu finding)\n", "(%lu findings)\n", n), n);
    }
}

static void print_standing(struct cli *cli, const struct scan *scan) {
    static const struct column columns[] = {
        {.head = N_("ECOSYSTEM"), .shrink = true},  {.head = N_("COMPONENTS"), .right = true},
        {.head = N_("ASSESSED"), .right = true},    {.head = N_("ADVISORIES"), .right = true},
        {.head = N_("DATA AS OF"), .shrink = true},
    };
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < scan->assessments.n; i++) {
        const struct assessment *as = &scan->assessments.v[i];
        table_row(t);
        table_cell(t, as->ecosystem, CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%u", as->components), CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%u", as->assessed),
                   as->assessed < as->components ? CELL_YELLOW : CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)as->advisories), CELL_PLAIN);
        table_cell(t, as->newest ? str_upto(time_rfc3339(cli->arena, as->newest), 10) : str_of(_("no data")),
                   as->newest ? CELL_PLAIN : CELL_YELLOW);
    }
    if (scan->assessments.n) {
        fputc('\n', cli->out);
        table_print(t, cli);
    }
}

static void print_not_assessed(struct cli *cli, const struct scan *scan) {
    uint32_t unidentified = 0, no_version = 0, no_data = 0;
    for (uint32_t i = 0; i < scan->inputs.n; i++) {
        unidentified += scan->inputs.v[i]->unidentified;
        no_version += scan->inputs.v[i]->no_version;
        no_data += scan->inputs.v[i]->no_data;
    }
    if (no_data)
        fprintf(cli->out,
                msg_n("not assessed: %u component, for want of advisory data\n",
                      "not assessed: %u components, for want of advisory data\n", no_data),
                no_data);
    if (unidentified)
        fprintf(cli->out,
                msg_n("unidentified: %u component has no purl or CPE\n",
                      "unidentified: %u components have no purl or CPE\n", unidentified),
                unidentified);
    if (no_version)
        fprintf(cli->out,
                msg_n("not assessed: %u component states no version\n",
                      "not assessed: %u components state no version\n", no_version),
                no_version);
}

static void print_extras(struct cli *cli, const struct scan *scan) {
    for (uint32_t i = 0; i < scan->ended.n; i++)
        fprintf(cli->out, _("end of life: %.*s has had no fixes since %.*s (%.*s)\n"), STR_ARG(scan->ended.v[i].what),
                STR_ARG(scan->ended.v[i].since), STR_ARG(scan->ended.v[i].input->name));
    for (uint32_t i = 0; i < scan->licences.n; i++) {
        const struct licence_finding *l = &scan->licences.v[i];
        fprintf(cli->out,
                l->verdict == LICENCE_DENIED ? _("licence denied: %.*s has %.*s\n")
                                             : _("licence to review: %.*s has %.*s\n"),
                STR_ARG(component_text(cli->arena, l->component)), STR_ARG(l->expression));
    }
}

static uint32_t with_priority(const struct scan *scan, enum priority p) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < scan->open; i++)
        n += scan->findings.v[i].priority == p;
    return n;
}

void scan_table_print(struct cli *cli, const struct scan *scan, bool show_suppressed) {
    uint32_t components = 0, answered = scan->answered_by_vex + scan->ignored;
    for (uint32_t i = 0; i < scan->inputs.n; i++)
        components += scan->inputs.v[i]->components;
    if (scan->open || (show_suppressed && scan->findings.n))
        print_findings(cli, scan, show_suppressed);
    print_upgrades(cli, scan);
    print_standing(cli, scan);
    fputc('\n', cli->out);
    print_extras(cli, scan);
    print_not_assessed(cli, scan);
    fprintf(cli->out, _("components: %u · findings: %u (%u act, %u attend, %u track*, %u track)\n"), components,
            scan->open, with_priority(scan, PRIORITY_ACT), with_priority(scan, PRIORITY_ATTEND),
            with_priority(scan, PRIORITY_TRACK_STAR), with_priority(scan, PRIORITY_TRACK));
    if (answered)
        fprintf(cli->out, _("answered: %u (%u by VEX, %u by ignore rules)%s\n"), answered, scan->answered_by_vex,
                scan->ignored, show_suppressed ? "" : _("; --show-suppressed shows them"));
    if (scan->expired)
        fprintf(cli->out,
                msg_n("%u ignore rule has expired: its finding is back\n",
                      "%u ignore rules have expired: their findings are back\n", scan->expired),
                scan->expired);
}
