/* SPDX-License-Identifier: Apache-2.0
 *
 * WordPress and its plugins and themes: the headers in a comment at the top of wp-content/plugins/NAME/FILE.php and
 * wp-content/themes/NAME/style.css, and wp-includes/version.php.
 */
#include "base/file.h"
#include "collect/detectors.h"

enum { HEAD = 8192 }; /* WordPress itself looks no further */

/* " * Version: 1.2" in any of the comment styles WordPress accepts. */
static str header(str text, const char *name) {
    str line, key, value;
    while (str_line(&text, &line)) {
        size_t i = 0;
        while (i < line.n && memchr(" \t/*#@", line.p[i], 6))
            i++;
        if (str_cut(str_from(line, i), ':', &key, &value) && str_ieq(str_trim(key), str_of(name))) {
            value = str_trim(value);
            if (str_ends(value, S("*/")))
                value = str_trim(str_upto(value, value.n - 2));
            return value;
        }
    }
    return (str){NULL, 0};
}

static bool read_extension(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    bool theme = str_ends(f->path, S("/style.css"));
    str head = str_upto(bytes, HEAD), title = header(head, theme ? "Theme Name" : "Plugin Name");
    str slug = path_base(path_dir(f->path));
    (void)e;
    (void)a;
    if (!title.n)
        return true; /* a plugin has many PHP files; one carries the header */
    struct sbom_property p = {S("akashi:wordpress"), theme ? S("theme") : S("plugin")};
    struct find find = {.type = theme ? "wordpress-theme" : "wordpress-plugin",
                        .name = slug,
                        .version = header(head, "Version"),
                        .licence = header(head, "License"),
                        .author = header(head, "Author"),
                        .description = title,
                        .homepage = header(head, theme ? "Theme URI" : "Plugin URI"),
                        .properties = &p,
                        .n_properties = 1};
    collect_find(c, &find);
    return true;
}

static const char *const extension_files[] = {"wp-content/plugins/*/*.php", "wp-content/themes/*/style.css", NULL};
const struct detector detector_wordpress_extension = {.name = "php/wordpress-extension",
                                                      .files = extension_files,
                                                      .purl_types = "wordpress-plugin wordpress-theme",
                                                      .read = read_extension};

static bool read_core(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    str rest = bytes, version = {NULL, 0}, line, name, value;
    (void)f;
    (void)e;
    while (str_line(&rest, &line))
        if (str_cut(line, '=', &name, &value) && str_is(str_trim(name), "$wp_version")) {
            value = str_trim(value);
            size_t end = value.n > 1 ? str_chr(str_from(value, 1), value.p[0]) : STR_NONE;
            version = end == STR_NONE ? version : str_n(value.p + 1, end);
        }
    if (!version.n)
        return true;
    struct find find = {.type = "generic",
                        .name = S("wordpress"),
                        .version = version,
                        .kind = TYPE_APPLICATION,
                        .licence = S("GPL-2.0-or-later"),
                        .cpe = arena_printf(a, "cpe:2.3:a:wordpress:wordpress:%.*s:*:*:*:*:*:*:*", STR_ARG(version))};
    collect_find(c, &find);
    return true;
}

static const char *const core_files[] = {"wp-includes/version.php", NULL};
const struct detector detector_wordpress = {
    .name = "php/wordpress", .files = core_files, .purl_types = "generic", .read = read_core};
