/* SPDX-License-Identifier: Apache-2.0
 *
 * What people write where an SPDX id should stand: names, classifiers, URLs. A text is brought to a plain form and
 * looked up; where it leaves open which licence is meant ("BSD", "GPL"), the answer is absent.
 */
#include "ident/licence.h"
#include "ident/licence_list.h"

enum { PLAIN = 160 };

/* Lower-case words and numbers, a blank before each: "GPLv2+" and "GPL, version 2.0 or later" both give " gpl 2 +".
 * Filling words are left out, and a number loses its ".0". */
struct plain {
    char text[PLAIN];
    size_t n;
};

static bool filling(str word) {
    static const char *const words[] = {"the", "license",  "licence", "licensed", "licenses", "version",    "v",
                                        "ver", "software", "under",   "only",     "general",  "public",     "gnu",
                                        "s",   "of",       "and",     "clause",   "project",  "foundation", "style"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_ieq(word, str_of(words[i])))
            return true;
    return false;
}

static void plain_add(struct plain *p, str word) {
    if (filling(word) || p->n + word.n + 1 > PLAIN)
        return;
    p->text[p->n++] = ' ';
    for (size_t i = 0; i < word.n; i++)
        p->text[p->n++] = ch_tolower(word.p[i]);
}

static str number(str s) {
    size_t n = 0;
    while (n < s.n && (ch_digit(s.p[n]) || (s.p[n] == '.' && n + 1 < s.n && ch_digit(s.p[n + 1]))))
        n++;
    return str_upto(s, n);
}

static void plain_of(str s, struct plain *p) {
    p->n = 0;
    while (s.n) {
        str word = number(s);
        if (word.n) {
            s = str_from(s, word.n);
            while (str_ends(word, S(".0")))
                word.n -= 2;
            plain_add(p, word);
            continue;
        }
        while (word.n < s.n && ch_alpha(s.p[word.n]))
            word.n++;
        word.p = s.p;
        if (str_istarts(s, S("or later")) || str_istarts(s, S("or-later")) || str_istarts(s, S("or newer"))) {
            word = S("+");
            s = str_from(s, 8);
        } else if (word.n) {
            s = str_from(s, word.n);
            if (word.n > 1 && s.n && ch_digit(s.p[0]) && ch_tolower(word.p[word.n - 1]) == 'v')
                word.n--;
        } else {
            word = s.p[0] == '+' ? S("+") : S("");
            s = str_from(s, 1);
        }
        if (word.n)
            plain_add(p, word);
    }
}

static const struct {
    const char *plain, *id;
} names[] = {
    {" mit", "MIT"},
    {" expat", "MIT"},
    {" mit x 11", "MIT"},
    {" x 11 mit", "MIT"},
    {" mit expat", "MIT"},
    {" expat mit", "MIT"},
    {" isc", "ISC"},
    {" isc iscl", "ISC"},
    {" iscl", "ISC"},
    {" mit 0", "MIT-0"},
    {" mit no attribution", "MIT-0"},
    {" apache 2", "Apache-2.0"},
    {" apache", "Apache-2.0"},
    {" asl 2", "Apache-2.0"},
    {" al 2", "Apache-2.0"},
    {" asf 2", "Apache-2.0"},
    {" apache 1.1", "Apache-1.1"},
    {" asl 1.1", "Apache-1.1"},
    {" apache 1", "Apache-1.0"},
    {" bsd 2", "BSD-2-Clause"},
    {" 2 bsd", "BSD-2-Clause"},
    {" simplified bsd", "BSD-2-Clause"},
    {" bsd simplified", "BSD-2-Clause"},
    {" freebsd", "BSD-2-Clause"},
    {" bsd 2 simplified", "BSD-2-Clause"},
    {" bsd two", "BSD-2-Clause"},
    {" two bsd", "BSD-2-Clause"},
    {" bsd 3", "BSD-3-Clause"},
    {" 3 bsd", "BSD-3-Clause"},
    {" new bsd", "BSD-3-Clause"},
    {" bsd new", "BSD-3-Clause"},
    {" modified bsd", "BSD-3-Clause"},
    {" revised bsd", "BSD-3-Clause"},
    {" bsd revised", "BSD-3-Clause"},
    {" bsd three", "BSD-3-Clause"},
    {" three bsd", "BSD-3-Clause"},
    {" bsd 3 new", "BSD-3-Clause"},
    {" bsd 3 new or revised", "BSD-3-Clause"},
    {" bsd 4", "BSD-4-Clause"},
    {" 4 bsd", "BSD-4-Clause"},
    {" original bsd", "BSD-4-Clause"},
    {" edl 1", "BSD-3-Clause"},
    {" eclipse distribution 1", "BSD-3-Clause"},
    {" eclipse distribution", "BSD-3-Clause"},
    {" 0 bsd", "0BSD"},
    {" bsd 0", "0BSD"},
    {" bsd zero", "0BSD"},
    {" gpl 1", "GPL-1.0-only"},
    {" gpl 1 +", "GPL-1.0-or-later"},
    {" gpl 2", "GPL-2.0-only"},
    {" gpl 2 +", "GPL-2.0-or-later"},
    {" gpl 3", "GPL-3.0-only"},
    {" gpl 3 +", "GPL-3.0-or-later"},
    {" 2", "GPL-2.0-only"},
    {" 2 +", "GPL-2.0-or-later"},
    {" 3", "GPL-3.0-only"},
    {" 3 +", "GPL-3.0-or-later"},
    {" gpl 2 with classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"},
    {" gpl 2 classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"},
    {" gpl 2 with cpe", "GPL-2.0-only WITH Classpath-exception-2.0"},
    {" gpl 2 ce", "GPL-2.0-only WITH Classpath-exception-2.0"},
    {" 2 with classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"},
    {" lgpl 2", "LGPL-2.0-only"},
    {" lgpl 2 +", "LGPL-2.0-or-later"},
    {" lgpl 2.1", "LGPL-2.1-only"},
    {" lgpl 2.1 +", "LGPL-2.1-or-later"},
    {" lgpl 3", "LGPL-3.0-only"},
    {" lgpl 3 +", "LGPL-3.0-or-later"},
    {" lesser 2.1", "LGPL-2.1-only"},
    {" lesser 2.1 +", "LGPL-2.1-or-later"},
    {" lesser 3", "LGPL-3.0-only"},
    {" lesser 3 +", "LGPL-3.0-or-later"},
    {" library 2", "LGPL-2.0-only"},
    {" library 2 +", "LGPL-2.0-or-later"},
    {" lesser 2", "LGPL-2.0-only"},
    {" lesser 2 +", "LGPL-2.0-or-later"},
    {" agpl 3", "AGPL-3.0-only"},
    {" agpl 3 +", "AGPL-3.0-or-later"},
    {" affero 3", "AGPL-3.0-only"},
    {" affero 3 +", "AGPL-3.0-or-later"},
    {" affero gpl 3", "AGPL-3.0-only"},
    {" mpl 1", "MPL-1.0"},
    {" mpl 1.1", "MPL-1.1"},
    {" mpl 2", "MPL-2.0"},
    {" mozilla 1", "MPL-1.0"},
    {" mozilla 1.1", "MPL-1.1"},
    {" mozilla 2", "MPL-2.0"},
    {" epl 1", "EPL-1.0"},
    {" epl 2", "EPL-2.0"},
    {" eclipse 1", "EPL-1.0"},
    {" eclipse 2", "EPL-2.0"},
    {" cddl 1", "CDDL-1.0"},
    {" cddl 1.1", "CDDL-1.1"},
    {" cddl", "CDDL-1.0"},
    {" common development distribution 1", "CDDL-1.0"},
    {" cpl 1", "CPL-1.0"},
    {" common 1", "CPL-1.0"},
    {" eupl 1.1", "EUPL-1.1"},
    {" eupl 1.2", "EUPL-1.2"},
    {" european union 1.2", "EUPL-1.2"},
    {" bsl 1", "BSL-1.0"},
    {" boost 1", "BSL-1.0"},
    {" boost", "BSL-1.0"},
    {" bsl 1.1", "BUSL-1.1"},
    {" business source 1.1", "BUSL-1.1"},
    {" zlib", "Zlib"},
    {" zlib libpng", "Zlib"},
    {" libpng", "Libpng"},
    {" unlicense", "Unlicense"},
    {" wtfpl", "WTFPL"},
    {" do what the fuck you want to", "WTFPL"},
    {" cc 0", "CC0-1.0"},
    {" cc 0 1", "CC0-1.0"},
    {" cc 0 1 universal", "CC0-1.0"},
    {" creative commons zero", "CC0-1.0"},
    {" cc by 3", "CC-BY-3.0"},
    {" cc by 4", "CC-BY-4.0"},
    {" cc by sa 4", "CC-BY-SA-4.0"},
    {" cc by sa 3", "CC-BY-SA-3.0"},
    {" cc by nc 4", "CC-BY-NC-4.0"},
    {" creative commons attribution 4", "CC-BY-4.0"},
    {" python", "PSF-2.0"},
    {" psf", "PSF-2.0"},
    {" psf 2", "PSF-2.0"},
    {" psfl", "PSF-2.0"},
    {" python 2", "Python-2.0"},
    {" artistic 1", "Artistic-1.0"},
    {" artistic 2", "Artistic-2.0"},
    {" perl", "Artistic-1.0-Perl OR GPL-1.0-or-later"},
    {" perl 5", "Artistic-1.0-Perl OR GPL-1.0-or-later"},
    {" same as perl itself", "Artistic-1.0-Perl OR GPL-1.0-or-later"},
    {" same as perl 5", "Artistic-1.0-Perl OR GPL-1.0-or-later"},
    {" ruby", "Ruby"},
    {" openssl", "OpenSSL"},
    {" php 3.01", "PHP-3.01"},
    {" ofl 1.1", "OFL-1.1"},
    {" sil open font 1.1", "OFL-1.1"},
    {" sil ofl 1.1", "OFL-1.1"},
    {" ms pl", "MS-PL"},
    {" microsoft", "MS-PL"},
    {" zpl 2.1", "ZPL-2.1"},
    {" zope 2.1", "ZPL-2.1"},
    {" zope", "ZPL-2.1"},
    {" bouncy castle", "MIT"},
    {" json", "JSON"},
    {" postgresql", "PostgreSQL"},
    {" curl", "curl"},
    {" vim", "Vim"},
    {" w 3 c", "W3C"},
    {" ncsa", "NCSA"},
    {" university illinois ncsa open source", "NCSA"},
    {" upl 1", "UPL-1.0"},
    {" universal permissive 1", "UPL-1.0"},
    {" hpnd", "HPND"},
    {" historical permission notice disclaimer", "HPND"},
    {" blueoak 1", "BlueOak-1.0.0"},
    {" blue oak model 1", "BlueOak-1.0.0"},
    {" mulan psl 2", "MulanPSL-2.0"},
    {" elastic 2", "Elastic-2.0"},
    {" sspl 1", "SSPL-1.0"},
    {" server side 1", "SSPL-1.0"},
};

static str name_id(str text) {
    struct plain p;
    plain_of(text, &p);
    str plain = {p.text, p.n};
    if (!p.n)
        return (str){NULL, 0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(plain, names[i].plain)) {
            /* " 2" alone is what "GNU General Public License v2" leaves; a bare number names nothing. */
            if (ch_digit(plain.p[1]) && plain.n <= 4 && str_find(text, S("eneral")) == STR_NONE)
                break;
            return str_of(names[i].id);
        }
    for (size_t i = 0; i < licence_entries_n; i++)
        if (str_ieq(text, str_of(licence_entries[i].name)) && !licence_entries[i].deprecated)
            return str_of(licence_entries[i].id);
    return (str){NULL, 0};
}

/* ── URLs ── */

static const struct {
    const char *url, *id; /* the URL ends here, or goes on with something that is no letter or digit */
} urls[] = {
    {"apache.org/licenses/license-2.0", "Apache-2.0"},
    {"apache.org/licenses/license-1.1", "Apache-1.1"},
    {"opensource.org/licenses/mit-license", "MIT"},
    {"opensource.org/licenses/bsd-license", "BSD-2-Clause"},
    {"opensource.org/licenses/apache2.0", "Apache-2.0"},
    {"opensource.org/licenses/isc-license", "ISC"},
    {"opensource.org/licenses/mozilla1.1", "MPL-1.1"},
    {"opensource.org/licenses/cddl1", "CDDL-1.0"},
    {"opensource.org/licenses/zlib-license", "Zlib"},
    {"opensource.org/licenses/eclipse-1.0", "EPL-1.0"},
    {"opensource.org/licenses/boostlicense", "BSL-1.0"},
    {"opensource.org/licenses/lgpl-2.1", "LGPL-2.1-only"},
    {"opensource.org/licenses/lgpl-3.0", "LGPL-3.0-only"},
    {"opensource.org/licenses/gpl-2.0", "GPL-2.0-only"},
    {"opensource.org/licenses/gpl-3.0", "GPL-3.0-only"},
    {"opensource.org/licenses/agpl-v3", "AGPL-3.0-only"},
    {"gnu.org/licenses/gpl-3.0", "GPL-3.0-only"},
    {"gnu.org/licenses/gpl-2.0", "GPL-2.0-only"},
    {"gnu.org/licenses/old-licenses/gpl-2.0", "GPL-2.0-only"},
    {"gnu.org/licenses/old-licenses/gpl-1.0", "GPL-1.0-only"},
    {"gnu.org/licenses/old-licenses/lgpl-2.1", "LGPL-2.1-only"},
    {"gnu.org/licenses/old-licenses/lgpl-2.0", "LGPL-2.0-only"},
    {"gnu.org/licenses/lgpl-2.1", "LGPL-2.1-only"},
    {"gnu.org/licenses/lgpl-3.0", "LGPL-3.0-only"},
    {"gnu.org/licenses/agpl-3.0", "AGPL-3.0-only"},
    {"gnu.org/software/classpath/license", "GPL-2.0-only WITH Classpath-exception-2.0"},
    {"openjdk.java.net/legal/gplv2+ce", "GPL-2.0-only WITH Classpath-exception-2.0"},
    {"mozilla.org/mpl/2.0", "MPL-2.0"},
    {"mozilla.org/en-us/mpl/2.0", "MPL-2.0"},
    {"mozilla.org/mpl/mpl-1.1", "MPL-1.1"},
    {"mozilla.org/mpl/1.1", "MPL-1.1"},
    {"eclipse.org/legal/epl-v10", "EPL-1.0"},
    {"eclipse.org/legal/epl-v20", "EPL-2.0"},
    {"eclipse.org/legal/epl-2.0", "EPL-2.0"},
    {"eclipse.org/legal/epl-1.0", "EPL-1.0"},
    {"eclipse.org/org/documents/epl-v10", "EPL-1.0"},
    {"eclipse.org/org/documents/epl-2.0", "EPL-2.0"},
    {"eclipse.org/org/documents/edl-v10", "BSD-3-Clause"},
    {"creativecommons.org/publicdomain/zero/1.0", "CC0-1.0"},
    {"unlicense.org", "Unlicense"},
    {"wtfpl.net", "WTFPL"},
    {"boost.org/license_1_0", "BSL-1.0"},
    {"json.org/license", "JSON"},
    {"oss.oracle.com/licenses/upl", "UPL-1.0"},
    {"glassfish.dev.java.net/public/cddlv1.0", "CDDL-1.0"},
    {"bouncycastle.org/licence", "MIT"},
    {"scripts.sil.org/ofl", "OFL-1.1"},
    {"openfontlicense.org", "OFL-1.1"},
    {"sqlite.org/copyright", "blessing"},
    {"curl.se/docs/copyright", "curl"},
    {"php.net/license/3_01", "PHP-3.01"},
    {"artistic-license.org", "Artistic-2.0"},
    {"repository.jboss.org/licenses/apache-2.0", "Apache-2.0"},
};

static bool is_url(str s) {
    return str_find(s, S("://")) != STR_NONE || str_istarts(s, S("www.")) ||
           (str_chr(s, '/') != STR_NONE && str_chr(s, ' ') == STR_NONE && str_chr(s, '.') != STR_NONE &&
            str_chr(s, '.') < str_chr(s, '/'));
}

static str without_scheme(str s) {
    size_t at = str_find(s, S("://"));
    if (at != STR_NONE)
        s = str_from(s, at + 3);
    return str_istarts(s, S("www.")) ? str_from(s, 4) : s;
}

/* creativecommons.org/licenses/by-sa/4.0/… */
static str creative_commons(struct arena *a, str s) {
    static const str prefix = S_INIT("creativecommons.org/licenses/");
    if (!str_istarts(s, prefix))
        return (str){NULL, 0};
    str kind, version, rest = str_from(s, prefix.n);
    str_cut(rest, '/', &kind, &rest);
    str_cut(rest, '/', &version, &rest);
    return licence_id(arena_printf(a, "CC-%.*s-%.*s", STR_ARG(kind), STR_ARG(version)));
}

/* The last word of a path on hosts that name licences by their id. */
static str listed(str s) {
    static const str hosts[] = {S_INIT("spdx.org/licenses/"), S_INIT("opensource.org/license"),
                                S_INIT("choosealicense.com/licenses/"), S_INIT("licenses.")};
    bool known = false;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        known = known || str_istarts(s, hosts[i]);
    if (!known)
        return (str){NULL, 0};
    static const str endings[] = {S_INIT("/"), S_INIT(".html"), S_INIT(".txt"), S_INIT(".php"), S_INIT(".json")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_iends(s, endings[i]))
            s.n -= endings[i].n;
    return licence_id(str_from(s, str_rchr(s, '/') + 1));
}

static str url_id(struct arena *a, str s) {
    s = without_scheme(s);
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        str url = str_of(urls[i].url);
        if (s.p && str_istarts(s, url) && (s.n == url.n || !ch_alnum(s.p[url.n])))
            return str_of(urls[i].id);
    }
    str id = creative_commons(a, s);
    return id.p ? id : listed(s);
}

str licence_from_text(struct arena *a, str text) {
    text = str_trim(text);
    if (text.n == 0 || text.n > 400)
        return (str){NULL, 0};
    str id = licence_id(text);
    if (id.p)
        return id;
    if (is_url(text))
        return url_id(a, text);
    /* "License :: OSI Approved :: MIT License" */
    for (size_t at; (at = str_find(text, S("::"))) != STR_NONE;)
        text = str_trim(str_from(text, at + 2));
    id = name_id(text);
    size_t open = str_chr(text, '(');
    if (id.p || open == STR_NONE || !str_ends(text, S(")")))
        return id;
    /* "Mozilla Public License 2.0 (MPL 2.0)": either half will do. */
    id = name_id(str_upto(text, open));
    return id.p ? id : name_id(str_n(text.p + open + 1, text.n - open - 2));
}
