/* SPDX-License-Identifier: Apache-2.0
 *
 * The built-in demo: an invented world, the same for the same day. Three suppliers and an integrator, whose home it is,
 * serve hospitals, a city and a power company; two years of releases, deployments, advisories and cases end today.
 *
 * Nothing is written past the commands: each day's files are made in a folder and taken in by the commands a user has
 * (cli/play.h). Days are counted from today, which is 0; the past is negative.
 */
#ifndef AKASHI_CLI_DEMO_H
#define AKASHI_CLI_DEMO_H

#include "cli/cli.h"
#include "cli/play.h"

enum {
    DEMO_RELEASES = 400,
    DEMO_DEPLOYMENTS = 2000,
    DEMO_ADVISORIES = 36,
    DEMO_BEGIN = -720,
    DEMO_DAY = 86400,
    DEMO_NEVER = 1
};
#define DEMO_MARK "demo.json" /* in the home: that it is one of ours */

/* ── chance ── */

/* The same number for the same three, spread evenly. */
uint64_t demo_hash(uint64_t x, uint64_t y, uint64_t z);
/* Below n, by the same. */
uint32_t demo_roll(uint32_t n, uint64_t x, uint64_t y, uint64_t z);

/* ── components (demo_packages.c) ── */

enum stack { STACK_MAVEN, STACK_NPM, STACK_PYPI, STACK_GOLANG, STACK_NUGET, STACKS };
enum { PACKAGES = 96 }; /* of a stack, the most used first */

struct demo_version {
    int day;
    str text;
};
VEC_NAMED(demo_versions, struct demo_version);
struct demo_package {
    str purl, name, osv, group, supplier, licence; /* osv: as advisories name it; group: absent for npm, PyPI … */
    struct demo_versions versions;                 /* rising */
};
struct demo_packages {
    struct demo_package of[STACKS][PACKAGES];
};
extern const char *const demo_ecosystems[STACKS]; /* as OSV calls them */
struct demo_packages *demo_packages_new(struct arena *a);
/* The newest version that was out on that day; the first one when none was. */
uint32_t demo_version_on(const struct demo_package *p, int day);
bool demo_stack_of(str word, enum stack *out);

/* ── advisories (demo_advisories.c) ── */

struct demo_advisory {
    str id, listed; /* listed: under which name the list of the exploited ones has it; that list takes CVE ids alone */
    int day, kev;   /* kev: the day it came to the list of the exploited ones, or DEMO_NEVER */
    enum stack stack;
    uint32_t package, first, fixed; /* versions first … fixed - 1 have it */
    uint32_t kind;                  /* which sort of flaw */
};
struct demo_advisories {
    struct demo_advisory of[DEMO_ADVISORIES];
};
/* The last one breaks today, in the most used library of all; its fixed version came out some days ago. */
struct demo_advisories *demo_advisories_new(struct arena *a, struct demo_packages *p, int64_t today);
void demo_advisory_write(const struct demo_packages *p, const struct demo_advisory *x, int64_t today, struct buf *out);
/* The list of the exploited ones as it was on that day. */
void demo_kev_write(const struct demo_advisories *all, int day, int64_t today, struct buf *out);

/* ── the world (demo_world.c) ── */

struct demo_release {
    int day;
    str version;
};
VEC_NAMED(demo_releases, struct demo_release);
struct demo_product {
    str id, name, english, party, tags, service;
    bool stacks[STACKS];
    struct demo_releases releases; /* rising */
};
struct demo_place { /* somebody who runs things */
    str party, tag, zone;
};
struct demo_deployment {
    str id;
    uint32_t product, place, instance; /* instance: 0 carries the service */
    int since, release;                /* release: which runs; -1 before `since` */
    bool follows;
};
VEC_NAMED(demo_products, struct demo_product);
VEC_NAMED(demo_places, struct demo_place);
VEC_NAMED(demo_deployments, struct demo_deployment);

struct demo {
    struct cli *cli;
    struct arena *a;
    struct play play;
    int64_t today; /* midnight */
    int64_t now;
    struct demo_packages *packages;
    struct demo_advisories *advisories;
    struct demo_products products;
    struct demo_places places;
    struct demo_deployments deployments;
    struct buf file; /* what is being written */
};
void demo_world_make(struct demo *d);
str demo_data(const char *name); /* data/demo/NAME.csv */
/* Newest release out on that day; -1 when there is none. */
int demo_release_on(const struct demo_product *p, int day);

/* ── documents (demo_sbom.c) ── */

void demo_sbom_write(struct demo *d, uint32_t product, uint32_t release);
/* A line of `impact import`: one release with its SBOM. */
void demo_release_write(struct demo *d, uint32_t product, uint32_t release);

/* ── what happens (demo_years.c, demo_people.c) ── */

/* Day and second of the play from now on. */
void demo_on(struct demo *d, int day, int second);
/* d->file into the folder of the play, under that name; the buffer is empty then. */
MUST_USE bool demo_put(struct demo *d, const char *name, struct err *e);
/* Runs a command that must succeed (exit code 0). */
MUST_USE bool demo_run(struct demo *d, struct err *e, const char *line, ...) PRINTF_LIKE(3, 4);
/* "2026-11-21" */
str demo_date(const struct demo *d, int day);
MUST_USE bool demo_years(struct demo *d, struct err *e);
/* The month's work on cases, as people do it: some are looked at at once, some later, some by nobody yet. */
MUST_USE bool demo_cases(struct demo *d, int day, struct err *e);
/* What people do from a day on until before another one. */
MUST_USE bool demo_people(struct demo *d, int from, int to, struct err *e);

#endif
