/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/rpm_header.h"

#include "collect/binary.h"

enum { TYPE_STRING = 6, TYPE_STRING_ARRAY = 8, TYPE_I18N = 9, TYPE_INT32 = 4, ENTRY = 16, ENTRIES_MOST = 0xFFFF };

bool rpm_header_open(str bytes, struct rpm_header *out, size_t *used) {
    uint32_t n = be32(bytes, 0), data = be32(bytes, 4);
    if (bytes.n < 8 || n > ENTRIES_MOST)
        return false;
    out->n = n;
    out->entries = piece(bytes, 8, (uint64_t)n * ENTRY);
    out->data = piece(bytes, 8 + (uint64_t)n * ENTRY, data);
    if (used)
        *used = 8 + (size_t)n * ENTRY + data;
    return out->entries.p && out->data.p;
}

static bool find(const struct rpm_header *h, enum rpm_tag tag, uint32_t *type, uint32_t *offset, uint32_t *count) {
    for (uint32_t i = 0; i < h->n; i++)
        if (be32(h->entries, (size_t)i * ENTRY) == (uint32_t)tag) {
            *type = be32(h->entries, (size_t)i * ENTRY + 4);
            *offset = be32(h->entries, (size_t)i * ENTRY + 8);
            *count = be32(h->entries, (size_t)i * ENTRY + 12);
            return true;
        }
    return false;
}

struct rpm_texts rpm_texts(const struct rpm_header *h, enum rpm_tag tag) {
    uint32_t type, offset, count;
    if (!find(h, tag, &type, &offset, &count) ||
        (type != TYPE_STRING && type != TYPE_STRING_ARRAY && type != TYPE_I18N))
        return (struct rpm_texts){0};
    return (struct rpm_texts){.rest = str_from(h->data, offset), .left = type == TYPE_STRING ? 1 : count};
}

bool rpm_next(struct rpm_texts *t) {
    size_t end = t->left ? str_chr(t->rest, 0) : STR_NONE;
    if (end == STR_NONE)
        return false;
    t->left--;
    t->text = str_upto(t->rest, end);
    t->rest = str_from(t->rest, end + 1);
    return true;
}

str rpm_text(const struct rpm_header *h, enum rpm_tag tag) {
    struct rpm_texts t = rpm_texts(h, tag);
    return rpm_next(&t) && t.text.n ? t.text : (str){NULL, 0};
}

bool rpm_number(const struct rpm_header *h, enum rpm_tag tag, uint32_t index, uint32_t *out) {
    uint32_t type, offset, count;
    if (!find(h, tag, &type, &offset, &count) || type != TYPE_INT32 || index >= count ||
        !piece(h->data, (uint64_t)offset + 4 * (uint64_t)index, 4).p)
        return false;
    *out = be32(h->data, (size_t)(offset + 4 * (uint64_t)index));
    return true;
}

/* Namespaces as the purls of distributions are written; by os-release, else by who built the package. */
static str vendor_namespace(const struct distro *d, str vendor) {
    static const struct {
        const char *begins, *ns;
    } vendors[] = {
        {"Red Hat", "redhat"},     {"CentOS", "centos"},        {"Fedora", "fedora"}, {"AlmaLinux", "almalinux"},
        {"Rocky", "rocky"},        {"openSUSE", "opensuse"},    {"SUSE", "suse"},     {"Amazon", "amzn"},
        {"Oracle", "ol"},          {"Microsoft", "azurelinux"}, {"VMware", "photon"}, {"Mageia", "mageia"},
        {"openEuler", "openeuler"}};
    if (d && str_is(d->id, "rhel"))
        return S("redhat");
    if (d && str_starts(d->id, S("opensuse")))
        return S("opensuse");
    if (d)
        return d->id;
    for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++)
        if (str_starts(vendor, str_of(vendors[i].begins)))
            return str_of(vendors[i].ns);
    return S("unknown"); /* a purl of this type must have one */
}

/* "openssl-3.0.7-24.el9.src.rpm" → name openssl, version 3.0.7-24.el9 */
static void split_source(str file, str *name, str *version) {
    str head, release, number;
    *name = *version = (str){NULL, 0};
    if (!str_ends(file, S(".src.rpm")) && !str_ends(file, S(".nosrc.rpm")))
        return;
    file = str_upto(file, file.n - (str_ends(file, S(".nosrc.rpm")) ? 10 : 8));
    if (!str_rcut(file, '-', &head, &release) || !str_rcut(head, '-', name, &number)) {
        *name = (str){NULL, 0};
        return;
    }
    *version = str_n(number.p, (size_t)(release.p + release.n - number.p));
}

static uint32_t qualifiers(struct arena *a, const struct rpm_header *h, const struct distro *d, str name, str version,
                           struct purl_qualifier q[5]) {
    uint32_t n = 0, epoch;
    str arch = rpm_text(h, RPM_ARCH), module = rpm_text(h, RPM_MODULARITYLABEL), source, source_version;
    if (arch.n)
        q[n++] = (struct purl_qualifier){S("arch"), arch};
    if (d && d->version.n)
        q[n++] = (struct purl_qualifier){S("distro"),
                                         arena_printf(a, "%.*s-%.*s", STR_ARG(d->id), STR_ARG(d->version))};
    if (rpm_number(h, RPM_EPOCH, 0, &epoch))
        q[n++] = (struct purl_qualifier){S("epoch"), arena_printf(a, "%u", epoch)};
    if (module.n && !str_is(module, "(none)"))
        q[n++] = (struct purl_qualifier){S("rpmmod"), module};
    split_source(rpm_text(h, RPM_SOURCERPM), &source, &source_version);
    bool other = source_version.n && !str_eq(source_version, version);
    if (source.n && (other || !str_eq(source, name)))
        q[n++] = (struct purl_qualifier){
            S("upstream"), other ? arena_printf(a, "%.*s@%.*s", STR_ARG(source), STR_ARG(source_version)) : source};
    return n;
}

bool rpm_report(struct collect *c, struct arena *a, const struct rpm_header *h, const struct distro *d, str key,
                uint32_t line) {
    str name = rpm_text(h, RPM_NAME), version = rpm_text(h, RPM_VERSION), release = rpm_text(h, RPM_RELEASE);
    struct purl_qualifier q[5];
    if (!name.n || !version.n || str_is(name, "gpg-pubkey"))
        return false;
    if (release.n)
        version = arena_printf(a, "%.*s-%.*s", STR_ARG(version), STR_ARG(release));
    struct find f = {.type = "rpm",
                     .ns = vendor_namespace(d, rpm_text(h, RPM_VENDOR)),
                     .name = name,
                     .version = version,
                     .qualifiers = q,
                     .key = key,
                     .line = line,
                     .licence = rpm_text(h, RPM_LICENSE),
                     .supplier = rpm_text(h, RPM_VENDOR),
                     .homepage = rpm_text(h, RPM_URL),
                     .description = rpm_text(h, RPM_SUMMARY)};
    f.n_qualifiers = qualifiers(a, h, d, name, version, q);
    collect_find(c, &f);
    return true;
}
