/* SPDX-License-Identifier: Apache-2.0
 *
 * A made-up portfolio, the same for the same seed: products in families whose releases share nine tenths of their 200
 * components, components by a Zipf law over packages, versions that rise with time.
 */
#ifndef AKASHI_BENCH_PORTFOLIO_MADE_H
#define AKASHI_BENCH_PORTFOLIO_MADE_H

#include "base/arena.h"

struct made;
struct made *made_new(uint64_t releases, uint32_t components, uint64_t seed);
void made_free(struct made *m);
/* The next release as CycloneDX 1.5 JSON (out NULL: not written); false when all were made. */
bool made_next(struct made *m, struct buf *out);
/* Only those from number `from` on, up to `end`, which may lie behind the last: the portfolio goes on growing then. */
void made_go_to(struct made *m, uint64_t from, uint64_t end);
/* The same release again as rows: product, version, number and purl of each component. */
struct made_release {
    uint32_t product, version, n;
    const uint64_t *components; /* package << 8 | version */
};
const struct made_release *made_last(const struct made *m);
/* "pkg:npm/kolari-12" of a package, and its version number i; packages by popularity, the most popular first. */
void made_package(const struct made *m, uint32_t package, struct buf *out);
void made_version(const struct made *m, uint32_t package, uint32_t i, struct buf *out);
uint32_t made_packages(const struct made *m);
uint32_t made_versions(const struct made *m, uint32_t package);
/* A package by the same law. */
uint32_t made_pick(struct made *m);

#endif
