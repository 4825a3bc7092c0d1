/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/distro.h"

#include "sbom/sbom.h"

enum release_form {
    NO_RELEASE, /* rolling: "Wolfi" */
    MAJOR,      /* "Debian:12" */
    MINOR,      /* "Ubuntu:22.04" */
    V_MINOR,    /* "Alpine:v3.20" */
    SUSE,       /* "SUSE:Linux Enterprise Server 15 SP5" → "15.5" */
    VERBATIM,   /* "openEuler:22.03-LTS-SP1" */
};

static const struct distro {
    const char *type, *ids; /* purl type; namespaces and os-release ids, separated by spaces, the usual one first */
    const char *ecosystem;
    enum release_form form;
    enum place_by by;
} distros[] = {
    {"deb", "debian", "Debian", MAJOR, BY_SOURCE},
    {"deb", "ubuntu", "Ubuntu", MINOR, BY_SOURCE},
    {"apk", "alpine", "Alpine", V_MINOR, BY_SOURCE},
    {"apk", "wolfi", "Wolfi", NO_RELEASE, BY_SOURCE},
    {"apk", "chainguard", "Chainguard", NO_RELEASE, BY_SOURCE},
    {"apk", "minimos", "MinimOS", NO_RELEASE, BY_SOURCE},
    {"apk", "alpaquita", "Alpaquita", VERBATIM, BY_SOURCE},
    {"apk", "bellsoft-hardened-containers", "BellSoft Hardened Containers", VERBATIM, BY_SOURCE},
    {"apk", "cleanstart", "CleanStart", NO_RELEASE, BY_SOURCE},
    {"deb", "echo", "Echo", NO_RELEASE, BY_SOURCE},
    {"rpm", "almalinux alma", "AlmaLinux", MAJOR, BY_BINARY},
    {"rpm", "rocky-linux rocky rockylinux", "Rocky Linux", MAJOR, BY_BOTH},
    {"rpm", "redhat rhel centos", "Red Hat", MAJOR, BY_BINARY},
    {"rpm", "oraclelinux oracle ol", "Oracle Linux", MAJOR, BY_BINARY},
    {"rpm", "fedora", "Fedora", MAJOR, BY_BOTH},
    {"rpm", "amzn amazonlinux amazon", "Amazon Linux", MAJOR, BY_BINARY},
    {"rpm", "suse sles sled sle_hpc sles_sap sle-micro sl-micro suse-microos", "SUSE", SUSE, BY_BOTH},
    {"rpm", "opensuse opensuse-leap opensuse-tumbleweed opensuse.leap opensuse.tumbleweed", "openSUSE", SUSE, BY_BOTH},
    {"rpm", "mageia", "Mageia", MAJOR, BY_BOTH},
    {"rpm", "openeuler", "openEuler", VERBATIM, BY_BOTH},
    {"rpm", "photon", "Photon OS", MINOR, BY_BOTH},
    {"rpm", "azurelinux mariner cbl-mariner", "Azure Linux", MAJOR, BY_BOTH},
    {"alpm", "arch archlinux", "Arch Linux", NO_RELEASE, BY_NAME},
};

static const struct {
    const char *name, *distro, *release;
} codenames[] = {
    {"buzz", "debian", "1.1"},     {"wheezy", "debian", "7"},       {"jessie", "debian", "8"},
    {"stretch", "debian", "9"},    {"buster", "debian", "10"},      {"bullseye", "debian", "11"},
    {"bookworm", "debian", "12"},  {"trixie", "debian", "13"},      {"forky", "debian", "14"},
    {"trusty", "ubuntu", "14.04"}, {"xenial", "ubuntu", "16.04"},   {"bionic", "ubuntu", "18.04"},
    {"focal", "ubuntu", "20.04"},  {"jammy", "ubuntu", "22.04"},    {"noble", "ubuntu", "24.04"},
    {"plucky", "ubuntu", "25.04"}, {"questing", "ubuntu", "25.10"}, {"oracular", "ubuntu", "24.10"},
    {"mantic", "ubuntu", "23.10"}, {"lunar", "ubuntu", "23.04"},
};

static bool listed(const char *ids, str id) {
    str rest = str_of(ids), one;
    while (str_next(&rest, ' ', &one))
        if (str_ieq(one, id))
            return true;
    return false;
}

static const struct distro *by_id(str type, str id) {
    for (size_t i = 0; i < sizeof distros / sizeof *distros; i++)
        if ((!type.n || str_is(type, distros[i].type)) && listed(distros[i].ids, id))
            return &distros[i];
    return NULL;
}

str distro_shown(str base) {
    for (size_t i = 0; i < sizeof distros / sizeof *distros; i++)
        if (str_ieq(base, str_of(distros[i].ecosystem)))
            return str_of(distros[i].ecosystem);
    return (str){NULL, 0};
}

bool distro_is(str ecosystem) {
    str base, suffix;
    str_cut(ecosystem, ':', &base, &suffix);
    return distro_shown(base).p != NULL;
}

/* Digits and dots from the front, at most `parts` numbers. */
static str numbers(str s, unsigned parts) {
    size_t n = 0;
    while (n < s.n && (ch_digit(s.p[n]) || (s.p[n] == '.' && n > 0 && n + 1 < s.n && ch_digit(s.p[n + 1]) && --parts)))
        n++;
    return str_upto(s, n);
}

/* Where the release starts in "opensuse-leap-15.5": the first digit behind a separator or at the start. */
static size_t release_at(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (ch_digit(s.p[i]) && (i == 0 || !ch_alnum(s.p[i - 1]) || (i == 1 && s.p[0] == 'v')))
            return i;
    return STR_NONE;
}

/* "15 SP5-LTSS", "15-sp5", "15.5" → "15.5"; with "micro" its own line of releases. */
static str suse_release(struct arena *a, str s) {
    bool micro = str_find(s, S("micro")) != STR_NONE;
    if (str_find(s, S("tumbleweed")) != STR_NONE)
        return S("tumbleweed");
    size_t at = release_at(s);
    if (at == STR_NONE)
        return s;
    str number = numbers(str_from(s, at), 2), behind = str_from(s, at + number.n);
    while (behind.n && (behind.p[0] == ' ' || behind.p[0] == '-'))
        behind = str_from(behind, 1);
    str pack = str_starts(behind, S("sp")) ? numbers(str_from(behind, 2), 1) : S("");
    return arena_printf(a, "%s%.*s%s%.*s", micro ? "micro " : "", STR_ARG(number), pack.n ? "." : "", STR_ARG(pack));
}

static str release_of(struct arena *a, const struct distro *d, str text) {
    size_t at = release_at(text);
    str digits = at == STR_NONE ? S("") : str_from(text, at);
    switch (d->form) {
    case NO_RELEASE: return S("");
    case MAJOR: return numbers(digits, 1);
    case MINOR: return numbers(digits, 2);
    case V_MINOR:
        if (str_find(text, S("edge")) != STR_NONE)
            return S("edge");
        digits = numbers(digits, 2);
        return digits.n ? arena_cat(a, S("v"), digits) : digits;
    case SUSE: return at == STR_NONE && str_find(text, S("tumbleweed")) == STR_NONE ? S("") : suse_release(a, text);
    case VERBATIM: return digits.n || !str_ends(text, S("stream")) ? digits : S("stream"); /* rolling Alpaquita */
    }
    return digits;
}

/* ── releases told by the version ── */

static str behind(str version, const char *mark) {
    size_t at = str_find(version, str_of(mark));
    str rest = at == STR_NONE ? S("") : str_from(version, at + strlen(mark));
    return rest.n && ch_digit(rest.p[0]) ? rest : S("");
}

static str release_in_version(const struct distro *d, str v) {
    static const struct {
        const char *type, *mark;
        unsigned parts;
    } marks[] = {{"deb", "+deb", 1}, {"deb", "~deb", 1},  {"rpm", ".el", 1},  {"rpm", "module_el", 1},
                 {"rpm", ".fc", 1},  {"rpm", ".amzn", 1}, {"rpm", ".azl", 1}, {"rpm", ".mga", 1}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        str found = str_is(str_of(d->type), marks[i].type) ? numbers(behind(v, marks[i].mark), marks[i].parts) : S("");
        if (found.n)
            return found;
    }
    /* "1.1.1f-1ubuntu2.16" tells nothing, "3.0.2-0ubuntu0.22.04.1" does. */
    size_t at = str_is(str_of(d->ecosystem), "Ubuntu") ? str_find(v, S("ubuntu")) : STR_NONE;
    for (size_t i = at; at != STR_NONE && i + 5 <= v.n; i++) {
        str yy_mm = str_n(v.p + i, 5), half = str_from(yy_mm, 2);
        if (ch_digit(yy_mm.p[0]) && ch_digit(yy_mm.p[1]) && (str_is(half, ".04") || str_is(half, ".10")))
            return yy_mm;
    }
    return S("");
}

/* ── support streams ──
 *
 * Some fixes reach only those who pay for longer support: of one minor release of Red Hat Enterprise Linux, of Ubuntu
 * Pro. Their advisories stand under names of their own ("Red Hat:rhel_eus:8.4::baseos", "Ubuntu:Pro:18.04:LTS"). */

static const struct {
    const char *ecosystem, *word, *stream;
} streams[] = {
    {"Red Hat", "eus", "eus"}, {"Red Hat", "aus", "aus"}, {"Red Hat", "tus", "tus"},
    {"Red Hat", "e4s", "e4s"}, {"Ubuntu", "pro", "pro"},  {"Ubuntu", "esm", "pro"},
};

static bool has_word(str text, str word) {
    for (size_t i = 0; i + word.n <= text.n; i++)
        if (str_ieq(str_n(text.p + i, word.n), word) && (i == 0 || !ch_alnum(text.p[i - 1])) &&
            (i + word.n == text.n || !ch_alpha(text.p[i + word.n])))
            return true;
    return false;
}

static const char *stream_in(const struct distro *d, str text) {
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
        if (str_is(str_of(d->ecosystem), streams[i].ecosystem) && has_word(text, str_of(streams[i].word)))
            return streams[i].stream;
    return NULL;
}

/* "8.4" of "rhel-8.4-eus" and "rhel-8-for-x86_64-baseos-eus-rpms__8_DOT_4"; absent when only the 8 is known. */
static str minor_release(struct arena *a, str text) {
    size_t dot = str_find(text, S("_dot_")), at = release_at(text);
    if (dot != STR_NONE && dot > 0) {
        size_t from = dot;
        while (from && ch_digit(text.p[from - 1]))
            from--;
        return arena_printf(a, "%.*s.%.*s", (int)(dot - from), text.p + from,
                            STR_ARG(numbers(str_from(text, dot + 5), 1)));
    }
    str release = at == STR_NONE ? S("") : numbers(str_from(text, at), 2);
    return str_chr(release, '.') == STR_NONE ? (str){NULL, 0} : release;
}

/* Ecosystem of the stream that one of the texts names; absent when none does, or not for which release. */
static str stream_of(struct arena *a, const struct distro *d, const str *texts, size_t n, str release) {
    const char *stream = NULL;
    str minor = {NULL, 0};
    for (size_t i = 0; i < n; i++) {
        str text = arena_lower(a, texts[i]);
        stream = stream ? stream : stream_in(d, text);
        minor = minor.n ? minor : minor_release(a, text);
    }
    if (!stream)
        return (str){NULL, 0};
    if (str_is(str_of(stream), "pro"))
        return arena_printf(a, "ubuntu:pro:%.*s", STR_ARG(release));
    str major = numbers(minor, 1);
    return str_eq(major, release) ? arena_printf(a, "red hat:rhel_%s:%.*s", stream, STR_ARG(minor)) : (str){NULL, 0};
}

/* ── putting it together ── */

static const struct distro *by_text(str type, str text, str *release) {
    *release = text;
    for (size_t i = 0; i < sizeof codenames / sizeof *codenames; i++)
        if (str_ieq(text, str_of(codenames[i].name)) ||
            (str_iends(text, str_of(codenames[i].name)) && str_istarts(text, str_of(codenames[i].distro)))) {
            *release = str_of(codenames[i].release);
            return by_id(type, str_of(codenames[i].distro));
        }
    size_t at = release_at(text);
    str id = at == STR_NONE ? text : str_upto(text, at);
    while (id.n && !ch_alnum(id.p[id.n - 1]))
        id.n--;
    for (;;) { /* "opensuse-leap", then "opensuse" */
        const struct distro *d = by_id(type, id);
        str head, tail;
        if (d || !str_rcut(id, '-', &head, &tail))
            return d;
        id = head;
    }
}

/* *system: what the document says of the system, when that is the same distribution. */
static const struct distro *distro_find(const struct purl *p, str document, str *release, str *system) {
    str type = str_is(p->type, "alpine") ? S("apk") : p->type;
    str text = purl_qualifier(p, "distro"), of_document = S("");
    if (!text.n)
        text = purl_qualifier(p, "distro_name");
    *release = text;
    const struct distro *d = text.n ? by_text(type, text, release) : NULL;
    if (!d && p->ns.n)
        d = by_id(type, p->ns);
    if (!d && !p->ns.n && str_is(p->type, "alpine"))
        d = by_id(type, S("alpine"));
    const struct distro *other = document.n ? by_text(type, document, &of_document) : NULL;
    if (!d && !p->ns.n)
        d = other;
    if (d && d == other && !release->n)
        *release = of_document;
    *system = d && d == other ? document : (str){NULL, 0};
    return d;
}

bool distro_of(struct arena *a, const struct purl *p, str document, struct distro_release *out) {
    *out = (struct distro_release){0};
    str text, system;
    const struct distro *d = distro_find(p, document, &text, &system);
    if (!d)
        return false;
    out->by = d->by;
    str release = release_of(a, d, arena_lower(a, text));
    if (!release.n && d->form != NO_RELEASE)
        release = release_in_version(d, p->version);
    if (!release.n && d->form != NO_RELEASE)
        return true;
    str base = arena_lower(a, str_of(d->ecosystem));
    /* The version last: a package with an ESM version comes from Ubuntu Pro. */
    const str told[] = {text, purl_qualifier(p, "repository_id"), system, str_is(base, "ubuntu") ? p->version : S("")};
    str stream = stream_of(a, d, told, sizeof told / sizeof *told, release);
    if (stream.n)
        out->ecosystems[out->n++] = stream;
    out->ecosystems[out->n++] = release.n ? arena_printf(a, "%.*s:%.*s", STR_ARG(base), STR_ARG(release)) : base;
    return true;
}

str distro_text(struct arena *a, str name, str version) {
    str release, id = arena_lower(a, name);
    for (char *p = (char *)(uintptr_t)id.p; p && p < id.p + id.n; p++)
        if (*p == ' ')
            *p = '-';
    if (!by_text(S(""), id, &release))
        return (str){NULL, 0};
    return version.n ? arena_printf(a, "%.*s-%.*s", STR_ARG(id), STR_ARG(arena_lower(a, version))) : id;
}

bool distro_by_document(const struct purl *p, str document) {
    str type = str_is(p->type, "alpine") ? S("apk") : p->type, release;
    if (!document.n || purl_qualifier(p, "distro").n || purl_qualifier(p, "distro_name").n)
        return false;
    const struct distro *d = by_text(type, document, &release);
    return d && (p->ns.n ? by_id(type, p->ns) == d : true);
}

str distro_of_document(struct arena *a, const struct sbom *s) {
    str distro = {NULL, 0};
    for (uint32_t i = 0; s && i < s->components.n && !distro.p; i++) {
        const struct sbom_component *k = &s->components.v[i];
        if (k->type == TYPE_OS)
            distro = distro_text(a, k->name, k->version);
        for (uint32_t p = 0; distro.p && p < k->properties.n; p++)
            if (str_is(k->properties.v[p].name, "akashi:stream"))
                distro = distro_with_stream(a, distro, k->properties.v[p].value);
        for (uint32_t p = 0; distro.p && p < k->cpes.n; p++)
            distro = distro_with_stream(a, distro, k->cpes.v[p]);
    }
    return distro;
}

str distro_with_stream(struct arena *a, str distro, str told) {
    str release;
    const struct distro *d = distro.n ? by_text(S(""), distro, &release) : NULL;
    const char *stream = d && !stream_in(d, distro) ? stream_in(d, told) : NULL;
    return stream ? arena_printf(a, "%.*s-%s", STR_ARG(distro), stream) : distro;
}

/* ── platforms of CPE names ── */

/* Operating systems by what their CPE names begin with, as NVD writes them; system: OSV's name where it has one. */
static const struct {
    const char *name, *system;
} platforms_known[] = {
    {"debian:debian_linux", "Debian"},
    {"canonical:ubuntu_linux", "Ubuntu"},
    {"ubuntu:", "Ubuntu"},
    {"alpinelinux:", "Alpine"},
    {"redhat:enterprise_linux", "Red Hat"},
    {"redhat:linux", "Red Hat"},
    {"redhat:rhel", "Red Hat"},
    {"fedoraproject:fedora", "Fedora"},
    {"oracle:linux", "Oracle Linux"},
    {"opensuse:", "openSUSE"},
    {"suse:", "SUSE"},
    {"novell:suse", "SUSE"},
    {"amazon:linux", "Amazon Linux"},
    {"rocky:", "Rocky Linux"},
    {"almalinux:", "AlmaLinux"},
    {"archlinux:", "Arch Linux"},
    {"mageia:", "Mageia"},
    {"microsoft:windows", ""},
    {"apple:", ""},
    {"freebsd:", ""},
    {"netbsd:", ""},
    {"openbsd:", ""},
    {"google:android", ""},
    {"google:chrome_os", ""},
    {"oracle:solaris", ""},
    {"sun:solaris", ""},
    {"sun:sunos", ""},
    {"ibm:aix", ""},
    {"ibm:i", ""},
    {"ibm:os_400", ""},
    {"ibm:z\\/os", ""},
    {"hp:hp-ux", ""},
    {"novell:netware", ""},
};

static bool is_other_system(const struct distro *d, str platform) {
    if (!str_starts(platform, S("o:")))
        return false; /* hardware, or a program that may be there */
    str name = str_from(platform, 2);
    for (size_t i = 0; i < sizeof platforms_known / sizeof *platforms_known; i++)
        if (str_starts(name, str_of(platforms_known[i].name)))
            return !str_is(str_of(d->ecosystem), platforms_known[i].system);
    return false;
}

bool distro_may_be(str distro, str platforms) {
    str release, one;
    const struct distro *d = distro.n ? by_text(S(""), distro, &release) : NULL;
    bool other = d != NULL && platforms.n > 0;
    while (other && str_next(&platforms, ' ', &one))
        other = is_other_system(d, one);
    return !other;
}

/* ── the published form ── */

str place_ecosystem(struct arena *a, str ecosystem) {
    str text = arena_lower(a, ecosystem), base, suffix;
    if (!str_cut(text, ':', &base, &suffix))
        return text;
    if (str_find(suffix, S("://")) != STR_NONE) /* "Maven:https://…": where it is served from is no part of its name */
        return base;
    if (str_is(base, "ubuntu")) {
        if (str_ends(suffix, S(":lts")))
            suffix.n -= 4;
    } else if (str_is(base, "red hat")) {
        if (str_starts(suffix, S("enterprise_linux:")))
            suffix = numbers(str_from(suffix, 17), 1);
        size_t at = str_find(suffix, S("::"));
        suffix = at == STR_NONE ? suffix : str_upto(suffix, at);
    } else if (str_is(base, "suse") || str_is(base, "opensuse")) {
        suffix = suse_release(a, suffix);
    } else if (str_is(base, "debian") || str_is(base, "almalinux") || str_is(base, "rocky linux")) {
        str major = numbers(suffix, 1);
        suffix = major.n ? major : suffix;
    } else if (str_is(base, "alpine") && suffix.n && ch_digit(suffix.p[0])) {
        suffix = arena_cat(a, S("v"), numbers(suffix, 2));
    }
    return arena_printf(a, "%.*s:%.*s", STR_ARG(base), STR_ARG(suffix));
}
