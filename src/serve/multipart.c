/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/multipart.h"

/* name="value" or name=value behind a ";". */
static str parameter(struct arena *a, str header, const char *name) {
    str field, key, value;
    (void)str_next(&header, ';', &field);
    while (str_next(&header, ';', &field)) {
        if (!str_cut(str_trim(field), '=', &key, &value) || !str_ieq(str_trim(key), str_of(name)))
            continue;
        value = str_trim(value);
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_n(value.p + 1, value.n - 2);
        return arena_str(a, value);
    }
    return (str){NULL, 0};
}

/* Browsers write only these two headers; whatever else there is does not matter. */
static void read_head(struct arena *a, str head, struct form_part *out) {
    str line, name, value;
    while (str_line(&head, &line)) {
        if (!str_cut(line, ':', &name, &value) || !str_ieq(str_trim(name), S("Content-Disposition")))
            continue;
        out->name = parameter(a, value, "name");
        out->filename = parameter(a, value, "filename");
    }
}

/* Where the next border begins; a line that only begins like one is none. */
static size_t find_border(str text, str between) {
    for (size_t from = 0, at; (at = str_find(str_from(text, from), between)) != STR_NONE; from += at + 1) {
        str behind = str_from(text, from + at + between.n);
        if (str_starts(behind, S("\r\n")) || str_starts(behind, S("--")))
            return from + at;
    }
    return STR_NONE;
}

bool multipart_read(struct arena *a, str type, str text, struct form_parts *out) {
    str boundary = parameter(a, type, "boundary");
    *out = (struct form_parts){0};
    if (!str_istarts(type, S("multipart/form-data")) || !boundary.n || boundary.n > 70)
        return false;
    str mark = arena_printf(a, "--%.*s", STR_ARG(boundary)), between = arena_printf(a, "\r\n%.*s", STR_ARG(mark));
    if (!str_starts(text, mark))
        return false;
    for (text = str_from(text, mark.n); !str_starts(text, S("--"));) {
        struct form_part part = {0};
        size_t head = str_find(text, S("\r\n\r\n"));
        if (!str_starts(text, S("\r\n")) || head == STR_NONE || out->n == MULTIPART_MOST)
            return false;
        read_head(a, str_n(text.p + 2, head > 2 ? head - 2 : 0), &part);
        text = str_from(text, head + 4);
        size_t end = find_border(text, between);
        if (end == STR_NONE)
            return false;
        part.body = str_upto(text, end);
        *vec_push(a, out) = part;
        text = str_from(text, end + between.n);
    }
    return true;
}
