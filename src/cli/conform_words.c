/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/conform_words.h"

#include "base/line.h"

enum { HEAD_WIDTH = 14, ROLES = 5 };

static const struct {
    const char *name, *shown;
} roles[ROLES] = {
    {"developer", N_("developer")}, {"supplier", N_("supplier")}, {"operator", N_("operator")},
    {"customer", N_("customer")},   {"other", N_("other")},
};

bool cli_conform_open(struct cli *cli, struct cli_portfolio *h, struct err *e) {
    *h = (struct cli_portfolio){0};
    return !home_is(cli->home) || cli_portfolio_open(cli, HOME_READ, h, e);
}

void cli_conform_close(struct cli_portfolio *h) {
    if (h->p)
        cli_portfolio_close(h);
}

static void put_lines(const struct cli *cli, unsigned indent, bool first, str text) {
    unsigned width = cli->width > indent + 20 ? cli->width - indent : 0;
    for (str line; str_line(&text, &line);)
        do {
            size_t n = width ? line_fit(line, width) : line.n;
            str shown = str_upto(line, n);
            while (shown.n && shown.p[shown.n - 1] == ' ')
                shown.n--;
            fprintf(cli->out, "%*s%.*s\n", first ? 0 : (int)indent, "", STR_ARG(shown));
            line = str_from(line, n);
            first = false;
        } while (line.n);
}

void cli_paragraph(const struct cli *cli, unsigned indent, str text) { put_lines(cli, indent, false, text); }

void cli_entry(const struct cli *cli, const char *head, str text) {
    unsigned width = text_width(str_of(head));
    if (!text.n)
        return;
    fprintf(cli->out, "  %s%*s", head, width < HEAD_WIDTH ? (int)(HEAD_WIDTH - width) : 1, "");
    put_lines(cli, 2 + HEAD_WIDTH, true, text);
}

str effort_text(struct arena *a, const struct practice_effort *effort) {
    if (effort->first < 0)
        return S("-");
    return arena_printf(a, _("%d h, then %d h a year"), effort->first, effort->yearly);
}

str binds_text(struct arena *a, unsigned bits) {
    struct buf b = {0};
    for (unsigned i = 0; i < ROLES; i++)
        if (bits >> i & 1)
            buf_addf(&b, "%s%s", b.n ? ", " : "", _(roles[i].shown));
    str text = b.n ? arena_str(a, buf_str(&b)) : S("-");
    buf_free(&b);
    return text;
}

bool cli_roles(str text, unsigned *out, struct err *e) {
    *out = 0;
    for (str one, rest = text; str_next(&rest, ',', &one);) {
        unsigned i = 0;
        one = str_trim(one);
        while (i < ROLES && !str_ieq(one, str_of(roles[i].name)) && !str_is(one, _(roles[i].shown)))
            i++;
        if (i == ROLES) {
            err_set(e, ERR_USAGE, S("--role"), _("this is no role: %.*s"), STR_ARG(one));
            return err_hint(e, "%s", _("one of: developer, supplier, operator, customer, other"));
        }
        *out |= 1U << i;
    }
    return true;
}
