/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"
#include "conform/export.h"

static void put_row(struct arena *a, struct buf *b, const struct catalogue *k, const struct practice *p) {
    const struct catalogue_group *g = &k->groups.v[p->group];
    csv_write(b, true, p->id);
    csv_write(b, false, p->title.ja);
    csv_write(b, false, p->title.en);
    csv_write(b, false, p->text.ja);
    csv_write(b, false, p->text.en);
    csv_write(b, false, g->id);
    csv_write(b, false, label_text(g->title));
    csv_write(b, false, roles_text(a, p->binds));
    for (uint32_t i = 0; i < k->packages.n; i++)
        csv_write(b, false, p->targets[i] < 0 ? S("") : arena_printf(a, "%d", p->targets[i]));
    csv_write(b, false, p->effort.first < 0 ? S("") : arena_printf(a, "%d", p->effort.first));
    csv_write(b, false, p->effort.yearly < 0 ? S("") : arena_printf(a, "%d", p->effort.yearly));
    csv_write(b, false, label_text(p->start));
    csv_write(b, false, p->command.p ? p->command : S(""));
    buf_addz(b, "\r\n");
}

bool catalogue_csv(struct arena *a, const struct catalogue *k, str package, str *out, struct err *e) {
    struct buf b = {0};
    int32_t only = package.n ? package_number(k, package) : -1;
    if (package.n && only < 0)
        return err_set(e, ERR_USAGE, k->id, _("there is no package '%.*s'"), STR_ARG(package));
    buf_addz(&b, "id,title_ja,title_en,text_ja,text_en,group,group_title,binds");
    for (uint32_t i = 0; i < k->packages.n; i++)
        csv_write(&b, false, k->packages.v[i].id);
    buf_addz(&b, ",hours_first,hours_yearly,start,command\r\n");
    for (uint32_t i = 0; i < k->practices.n; i++)
        if (only < 0 || k->practices.v[i].targets[only] >= 0)
            put_row(a, &b, k, &k->practices.v[i]);
    *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return true;
}
