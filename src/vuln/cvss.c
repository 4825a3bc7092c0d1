/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/cvss.h"

#include <math.h>

/* ── vectors ── */

static str after_prefix(str v) {
    v = str_trim(v);
    if (v.n > 1 && v.p[0] == '(' && v.p[v.n - 1] == ')') /* NVD writes version 2 so */
        v = str_n(v.p + 1, v.n - 2);
    if (str_istarts(v, S("CVSS:"))) {
        size_t slash = str_chr(v, '/');
        return slash == STR_NONE ? S("") : str_from(v, slash + 1);
    }
    return v;
}

str cvss_version(str v) {
    v = str_trim(v);
    static const char *const known[] = {"3.0", "3.1", "4.0", "2.0"};
    if (str_istarts(v, S("CVSS:"))) {
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (str_starts(str_from(v, 5), str_of(known[i])) && v.n > 8 && v.p[8] == '/')
                return str_of(known[i]);
        return (str){NULL, 0};
    }
    return cvss_metric(v, "Au").p ? S("2.0") : (str){NULL, 0};
}

str cvss_metric(str vector, const char *metric) {
    str rest = after_prefix(vector), part, name, value;
    while (str_next(&rest, '/', &part))
        if (str_cut(part, ':', &name, &value) && str_is(name, metric))
            return value;
    return (str){NULL, 0};
}

/* Place of a metric's value among the letters allowed, or -1. Names of values have one letter but for version 2. */
static int place(str vector, const char *metric, const char *letters) {
    str v = cvss_metric(vector, metric);
    for (int i = 0; v.n == 1 && letters[i]; i++)
        if (letters[i] == v.p[0])
            return i;
    return -1;
}

/* ── version 2 ── */

static bool score2(str v, double *score) {
    static const double av[] = {0.395, 0.646, 1.0}, ac[] = {0.35, 0.61, 0.71}, au[] = {0.45, 0.56, 0.704},
                        cia[] = {0.0, 0.275, 0.660};
    int a = place(v, "AV", "LAN"), c = place(v, "AC", "HML"), u = place(v, "Au", "MSN");
    int x = place(v, "C", "NPC"), y = place(v, "I", "NPC"), z = place(v, "A", "NPC");
    if (a < 0 || c < 0 || u < 0 || x < 0 || y < 0 || z < 0)
        return false;
    double impact = 10.41 * (1 - (1 - cia[x]) * (1 - cia[y]) * (1 - cia[z]));
    double exploitability = 20 * av[a] * ac[c] * au[u];
    double f = x + y + z == 0 ? 0 : 1.176;
    *score = floor((0.6 * impact + 0.4 * exploitability - 1.5) * f * 10 + 0.5) / 10;
    return true;
}

/* ── version 3 ── */

/* CVSS 3.1 appendix A: smallest number with one decimal that is not below the input, without floating-point noise. */
static double roundup(double x) {
    long n = lround(x * 100000);
    return n % 10000 == 0 ? (double)n / 100000.0 : (floor((double)n / 10000) + 1) / 10.0;
}

static bool score3(str v, double *score) {
    static const double av[] = {0.85, 0.62, 0.55, 0.2}, ac[] = {0.77, 0.44}, ui[] = {0.85, 0.62},
                        pr[2][3] = {{0.85, 0.62, 0.27}, {0.85, 0.68, 0.5}}, cia[] = {0.56, 0.22, 0.0};
    int a = place(v, "AV", "NALP"), c = place(v, "AC", "LH"), p = place(v, "PR", "NLH"), u = place(v, "UI", "NR");
    int s = place(v, "S", "UC"), x = place(v, "C", "HLN"), y = place(v, "I", "HLN"), z = place(v, "A", "HLN");
    if (a < 0 || c < 0 || p < 0 || u < 0 || s < 0 || x < 0 || y < 0 || z < 0)
        return false;
    double iss = 1 - (1 - cia[x]) * (1 - cia[y]) * (1 - cia[z]);
    double impact = s ? 7.52 * (iss - 0.029) - 3.25 * pow(iss - 0.02, 15) : 6.42 * iss;
    double sum = impact + 8.22 * av[a] * ac[c] * pr[s][p] * ui[u];
    *score = impact <= 0 ? 0 : roundup(fmin(s ? 1.08 * sum : sum, 10));
    return true;
}

/* ── version 4 (specification §8) ── */

enum metric4 { AV, AC, AT, PR, UI, VC, VI, VA, SC, SI, SA, E, CR, IR, AR, METRICS };

/* Letters from worst to mildest: a metric's place is its severity level. SC has no "Safety", so it starts at 1. */
static const struct {
    const char *name, *modified, *letters;
    int from, unset; /* unset: level when not defined; -1 = mandatory */
} metrics4[METRICS] = {
    [AV] = {"AV", "MAV", "NALP", 0, -1}, [AC] = {"AC", "MAC", "LH", 0, -1},   [AT] = {"AT", "MAT", "NP", 0, -1},
    [PR] = {"PR", "MPR", "NLH", 0, -1},  [UI] = {"UI", "MUI", "NPA", 0, -1},  [VC] = {"VC", "MVC", "HLN", 0, -1},
    [VI] = {"VI", "MVI", "HLN", 0, -1},  [VA] = {"VA", "MVA", "HLN", 0, -1},  [SC] = {"SC", "MSC", "HLN", 1, -1},
    [SI] = {"SI", "MSI", "SHLN", 0, -1}, [SA] = {"SA", "MSA", "SHLN", 0, -1}, [E] = {"E", NULL, "APU", 0, 0},
    [CR] = {"CR", NULL, "HML", 0, 0},    [IR] = {"IR", NULL, "HML", 0, 0},    [AR] = {"AR", NULL, "HML", 0, 0},
};

static bool levels4(str v, int level[METRICS]) {
    for (int i = 0; i < METRICS; i++) {
        int base = place(v, metrics4[i].name, metrics4[i].letters);
        int modified = metrics4[i].modified ? place(v, metrics4[i].modified, metrics4[i].letters) : -1;
        bool safety = (i == SI || i == SA) && base == 0; /* only a modified metric can say Safety */
        if ((base < 0 || safety) && metrics4[i].unset < 0)
            return false;
        level[i] = modified >= 0 ? modified + metrics4[i].from
                   : base >= 0   ? base + metrics4[i].from
                                 : metrics4[i].unset;
    }
    return true;
}

/* Scores of the macro vectors in tenths: [eq1][eq2][eq3] → eq4 × eq5 × eq6. With eq3 = 2 only eq6 = 1 exists. */
static const unsigned char macro4[3][2][3][18] = {
    {{{100, 99, 98, 95, 95, 92, 100, 96, 93, 87, 91, 81, 93, 90, 89, 80, 81, 68},
      {98, 95, 95, 92, 90, 84, 93, 92, 89, 81, 81, 65, 88, 80, 78, 70, 69, 48},
      {92, 82, 72, 79, 69, 50, 69, 55, 27}},
     {{99, 97, 95, 92, 92, 85, 95, 91, 90, 83, 84, 71, 92, 81, 82, 71, 72, 53},
      {95, 93, 92, 85, 85, 73, 92, 82, 80, 72, 70, 59, 84, 70, 71, 52, 50, 30},
      {86, 75, 52, 71, 52, 29, 63, 29, 17}}},
    {{{98, 95, 94, 87, 91, 81, 94, 89, 86, 74, 77, 64, 87, 75, 74, 63, 63, 49},
      {94, 89, 88, 77, 76, 67, 86, 76, 74, 58, 59, 50, 72, 57, 57, 52, 52, 25},
      {83, 70, 54, 65, 58, 26, 53, 21, 13}},
     {{95, 90, 88, 76, 76, 70, 90, 77, 75, 62, 61, 53, 77, 66, 68, 59, 52, 30},
      {89, 78, 76, 67, 62, 58, 74, 59, 57, 57, 47, 23, 61, 52, 57, 29, 24, 16},
      {71, 59, 30, 58, 26, 15, 23, 13, 6}}},
    {{{93, 87, 86, 72, 75, 58, 86, 74, 74, 61, 56, 34, 70, 54, 52, 40, 40, 22},
      {85, 75, 74, 55, 62, 51, 72, 57, 55, 41, 46, 19, 53, 36, 34, 19, 19, 8},
      {64, 51, 20, 47, 21, 11, 24, 9, 4}},
     {{88, 75, 73, 53, 60, 50, 73, 55, 59, 40, 41, 20, 54, 43, 45, 22, 20, 11},
      {75, 55, 58, 45, 40, 21, 61, 51, 48, 18, 20, 9, 46, 18, 17, 7, 8, 2},
      {53, 24, 14, 24, 12, 5, 10, 3, 1}}},
};

struct macro {
    int eq[6];
};

/* Tenths, or -1 when there is no such macro vector. */
static int macro_score(struct macro m) {
    static const int most[] = {2, 1, 2, 2, 2, 1};
    for (int i = 0; i < 6; i++)
        if (m.eq[i] > most[i])
            return -1;
    if (m.eq[2] == 2)
        return m.eq[5] == 1 ? macro4[m.eq[0]][m.eq[1]][2][m.eq[3] * 3 + m.eq[4]] : -1;
    return macro4[m.eq[0]][m.eq[1]][m.eq[2]][(m.eq[3] * 3 + m.eq[4]) * 2 + m.eq[5]];
}

static struct macro macro_of(const int l[METRICS]) {
    bool all = l[AV] == 0 && l[PR] == 0 && l[UI] == 0, any = l[AV] == 0 || l[PR] == 0 || l[UI] == 0;
    bool high = l[VC] == 0 || l[VI] == 0 || l[VA] == 0, subsequent = l[SC] == 1 || l[SI] == 1 || l[SA] == 1;
    bool required = (l[CR] == 0 && l[VC] == 0) || (l[IR] == 0 && l[VI] == 0) || (l[AR] == 0 && l[VA] == 0);
    return (struct macro){{
        all                 ? 0
        : any && l[AV] != 3 ? 1
                            : 2,
        l[AC] == 0 && l[AT] == 0 ? 0 : 1,
        l[VC] == 0 && l[VI] == 0 ? 0
        : high                   ? 1
                                 : 2,
        l[SI] == 0 || l[SA] == 0 ? 0
        : subsequent             ? 1
                                 : 2,
        l[E],
        required ? 0 : 1,
    }};
}

/* The highest-severity vectors of each equivalence set, as levels of its metrics, one after the other; -1 ends a list.
 */
static const signed char worst1[3][10] = {{0, 0, 0, -1}, {1, 0, 0, 0, 1, 0, 0, 0, 1, -1}, {3, 0, 0, 1, 1, 1, -1}};
static const signed char worst2[2][5] = {{0, 0, -1}, {1, 0, 0, 1, -1}};
static const signed char worst36[3][2][31] = {
    {{0, 0, 0, 0, 0, 0, -1}, {0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, -1}},
    {{1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1},
     {1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1, -1}},
    {{-1}, {1, 1, 1, 0, 0, 0, -1}},
};
static const signed char worst4[3][4] = {{1, 0, 0, -1}, {1, 1, 1, -1}, {2, 2, 2, -1}};

/* Steps from the first of the worst vectors that is at least as severe in every metric of the set. */
static int distance(const int l[METRICS], const enum metric4 *set, int n, const signed char *worst) {
    for (; worst[0] >= 0; worst += n) {
        int sum = 0;
        bool above = true;
        for (int i = 0; i < n; i++) {
            int d = l[set[i]] - worst[i];
            above = above && d >= 0;
            sum += d;
        }
        if (above)
            return sum;
    }
    return 0;
}

static int next_score(struct macro m, int i) {
    m.eq[i]++;
    return macro_score(m);
}

/* eq3 and eq6 depend on each other and are lowered together. */
static int next_score36(struct macro m) {
    if (m.eq[2] == 0 && m.eq[5] == 0) {
        int left = next_score(m, 5), right = next_score(m, 2);
        return left > right ? left : right;
    }
    return next_score(m, m.eq[2] == 1 && m.eq[5] == 0 ? 5 : 2);
}

static bool score4(str v, double *score) {
    static const enum metric4 set1[] = {AV, PR, UI}, set2[] = {AC, AT}, set36[] = {VC, VI, VA, CR, IR, AR},
                              set4[] = {SC, SI, SA};
    static const int depth1[] = {1, 4, 5}, depth2[] = {1, 2}, depth36[3][2] = {{7, 6}, {8, 8}, {10, 10}},
                     depth4[] = {6, 5, 4};
    int l[METRICS] = {0};
    if (!levels4(v, l))
        return false;
    *score = 0;
    if (l[VC] == 2 && l[VI] == 2 && l[VA] == 2 && l[SC] == 3 && l[SI] == 3 && l[SA] == 3)
        return true;
    struct macro m = macro_of(l);
    const int *eq = m.eq;
    int value = macro_score(m), below = 0;
    double drop = 0;
    const struct {
        int next;
        double share;
    } sets[] = {
        {next_score(m, 0), (double)distance(l, set1, 3, worst1[eq[0]]) / depth1[eq[0]]},
        {next_score(m, 1), (double)distance(l, set2, 2, worst2[eq[1]]) / depth2[eq[1]]},
        {next_score36(m), (double)distance(l, set36, 6, worst36[eq[2]][eq[5]]) / depth36[eq[2]][eq[5]]},
        {next_score(m, 3), (double)distance(l, set4, 3, worst4[eq[3]]) / depth4[eq[3]]},
        {next_score(m, 4), 0},
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (sets[i].next >= 0) {
            below++;
            drop += (value - sets[i].next) * sets[i].share;
        }
    double x = value - (below ? drop / below : 0);
    *score = floor(fmax(0, fmin(100, x)) + 0.5 + 1e-6) / 10;
    return true;
}

bool cvss_score(str vector, double *score) {
    str version = cvss_version(vector);
    if (str_is(version, "4.0"))
        return score4(vector, score);
    if (str_is(version, "3.1") || str_is(version, "3.0"))
        return score3(vector, score);
    return str_is(version, "2.0") && score2(vector, score);
}

/* ── words ── */

enum severity severity_of_score(double score) {
    return score >= 9   ? SEVERITY_CRITICAL
           : score >= 7 ? SEVERITY_HIGH
           : score >= 4 ? SEVERITY_MEDIUM
           : score > 0  ? SEVERITY_LOW
                        : SEVERITY_NONE;
}

enum severity severity_of_word(str word) {
    static const struct {
        const char *word;
        enum severity severity;
    } known[] = {
        {"critical", SEVERITY_CRITICAL}, {"high", SEVERITY_HIGH},       {"important", SEVERITY_HIGH},
        {"medium", SEVERITY_MEDIUM},     {"moderate", SEVERITY_MEDIUM}, {"low", SEVERITY_LOW},
        {"minor", SEVERITY_LOW},         {"negligible", SEVERITY_LOW},  {"unimportant", SEVERITY_LOW},
        {"none", SEVERITY_NONE},         {"info", SEVERITY_NONE},       {"informational", SEVERITY_NONE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_ieq(word, str_of(known[i].word)))
            return known[i].severity;
    return SEVERITY_UNKNOWN;
}

const char *severity_name(enum severity s) {
    static const char *const names[] = {"unknown", "none", "low", "medium", "high", "critical"};
    return names[s];
}
