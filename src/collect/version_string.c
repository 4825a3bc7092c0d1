/* SPDX-License-Identifier: Apache-2.0
 *
 * Well-known programs and libraries by the version they carry in plain text, for binaries that no package manager put
 * there. Only the file's own name selects the row, so nothing is searched in other files.
 */
#include "base/file.h"
#include "collect/binary.h"
#include "collect/detectors.h"

struct known {
    const char *file;   /* glob over the base name */
    const char *before; /* text in front of the version; "#": NUL and the version that stands in the file name */
    const char *name;   /* of pkg:generic/ */
    const char *cpe;    /* vendor:product */
    const char *licence;
};

static const struct known table[] = {
    {"bash", "Bash version ", "bash", "gnu:bash", "GPL-3.0-or-later"},
    {"busybox*", "BusyBox v", "busybox", "busybox:busybox", "GPL-2.0-only"},
    {"curl", "curl/", "curl", "haxx:curl", "curl"},
    {"dnsmasq", "dnsmasq-", "dnsmasq", "thekelleys:dnsmasq", "GPL-2.0-or-later"},
    {"dropbear*", "SSH-2.0-dropbear_", "dropbear", "dropbear_ssh_project:dropbear_ssh", "MIT"},
    {"git", "git/", "git", "git-scm:git", "GPL-2.0-only"},
    {"haproxy", "HAProxy version ", "haproxy", "haproxy:haproxy", "GPL-2.0-or-later"},
    {"hostapd", "hostapd v", "hostapd", "w1.fi:hostapd", "BSD-3-Clause"},
    {"httpd", "Apache/", "httpd", "apache:http_server", "Apache-2.0"},
    {"apache2", "Apache/", "httpd", "apache:http_server", "Apache-2.0"},
    {"libcrypto.so*", "OpenSSL ", "openssl", "openssl:openssl", NULL},
    {"libcurl.so*", "libcurl/", "curl", "haxx:curl", "curl"},
    {"libpng*.so*", "libpng version ", "libpng", "libpng:libpng", "libpng-2.0"},
    {"libpython*.so*", "#", "python", "python:python", "PSF-2.0"},
    {"libruby*.so*", "ruby ", "ruby", "ruby-lang:ruby", "BSD-2-Clause"},
    {"libssl.so*", "OpenSSL ", "openssl", "openssl:openssl", NULL},
    {"libz.so*", "deflate ", "zlib", "zlib:zlib", "Zlib"},
    {"lighttpd", "lighttpd/", "lighttpd", "lighttpd:lighttpd", "BSD-3-Clause"},
    {"lua*", "Lua ", "lua", "lua:lua", "MIT"},
    {"memcached", "memcached ", "memcached", "memcached:memcached", "BSD-3-Clause"},
    {"nginx", "nginx/", "nginx", "f5:nginx", "BSD-2-Clause"},
    {"node", "node.js/v", "node", "nodejs:node.js", "MIT"},
    {"openssl", "OpenSSL ", "openssl", "openssl:openssl", NULL},
    {"perl*", "/perl5/", "perl", "perl:perl", NULL},
    {"php*", "X-Powered-By: PHP/", "php", "php:php", "PHP-3.01"},
    {"postgres", "postgres (PostgreSQL) ", "postgresql", "postgresql:postgresql", "PostgreSQL"},
    {"proftpd", "ProFTPD ", "proftpd", "proftpd:proftpd", "GPL-2.0-or-later"},
    {"python*", "#", "python", "python:python", "PSF-2.0"},
    {"ruby*", "ruby ", "ruby", "ruby-lang:ruby", "BSD-2-Clause"},
    {"ssh", "OpenSSH_", "openssh", "openbsd:openssh", NULL},
    {"sshd", "OpenSSH_", "openssh", "openbsd:openssh", NULL},
    {"vsftpd", "vsftpd: version ", "vsftpd", "vsftpd_project:vsftpd", "GPL-2.0-only"},
    {"wpa_supplicant", "wpa_supplicant v", "wpa_supplicant", "w1.fi:wpa_supplicant", "BSD-3-Clause"},
};

static const struct known *known_by_name(str path) {
    str base = path_base(path);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_glob(str_of(table[i].file), base))
            return &table[i];
    return NULL;
}

static bool version_char(char c) { return ch_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '~'; }

/* A version here is digits, a dot and more: "3.0.11", "1.1.1w", "9.2p1". */
static str version_at(str s) {
    size_t n = 0, dots = 0;
    if (!s.n || !ch_digit(s.p[0]))
        return (str){NULL, 0};
    while (n < s.n && n < 40 && version_char(s.p[n])) {
        dots += s.p[n] == '.' && n + 1 < s.n && ch_digit(s.p[n + 1]);
        n++;
    }
    while (n && !ch_alnum(s.p[n - 1]))
        n--;
    return dots ? str_upto(s, n) : (str){NULL, 0};
}

static str search(str bytes, str before) {
    str rest = bytes;
    for (int tries = 0; tries < 1000; tries++) {
        const char *at = rest.n >= before.n ? memmem(rest.p, rest.n, before.p, before.n) : NULL;
        if (!at)
            break;
        rest = str_from(bytes, (size_t)(at - bytes.p) + before.n);
        str v = version_at(rest);
        if (v.n)
            return v;
    }
    return (str){NULL, 0};
}

/* "python3.11" and "libpython3.11.so.1.0" carry "3.11.2" as a text of its own. */
static str search_by_name(struct arena *a, str bytes, str base) {
    size_t i = 0, end;
    while (i < base.n && !ch_digit(base.p[i]))
        i++;
    for (end = i; end < base.n &&
                  (ch_digit(base.p[end]) || (base.p[end] == '.' && end + 1 < base.n && ch_digit(base.p[end + 1])));)
        end++;
    str digits = str_n(base.p + i, end - i);
    if (str_chr(digits, '.') == STR_NONE)
        return (str){NULL, 0};
    char *needle = arena_alloc(a, digits.n + 2);
    memcpy(needle + 1, digits.p, digits.n);
    needle[digits.n + 1] = '.';
    const char *at = memmem(bytes.p, bytes.n, needle, digits.n + 2);
    return at ? version_at(str_from(bytes, (size_t)(at - bytes.p) + 1)) : (str){NULL, 0};
}

static bool read_version(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    const struct known *k = known_by_name(f->path);
    (void)e;
    if (!k)
        return true;
    str version = k->before[0] == '#' ? search_by_name(a, bytes, path_base(f->path)) : search(bytes, str_of(k->before));
    if (!version.n)
        return true;
    struct find find = {.type = "generic",
                        .name = str_of(k->name),
                        .version = version,
                        .unless_owned = true,
                        .kind = TYPE_APPLICATION,
                        .licence = str_of(k->licence),
                        .cpe = arena_printf(a, "cpe:2.3:a:%s:%.*s:*:*:*:*:*:*:*", k->cpe, STR_ARG(version))};
    collect_find(c, &find);
    return true;
}

static bool sniff(str head, const struct found_file *f) {
    return binary_kind(head) == BINARY_ELF && known_by_name(f->path);
}
const struct detector detector_version_string = {.pieces = true,
                                                 .of_unowned = true,
                                                 .name = "binary/version-string",
                                                 .sniff = sniff,
                                                 .purl_types = "generic",
                                                 .read = read_version};
