/* SPDX-License-Identifier: Apache-2.0
 *
 * Maven coordinates as a find, for pom.xml, Gradle and sbt.
 */
#ifndef AKASHI_COLLECT_MAVEN_FIND_H
#define AKASHI_COLLECT_MAVEN_FIND_H

#include "collect/report.h"

/* The one version a Maven or Gradle version text admits: itself, or x of "[x]". Absent for ranges, "1.+", "latest…",
 * "RELEASE" and texts with an unresolved property. */
str maven_exact(str version);

/* The lowest version an interval ("[1.2,2.0)", "(,1.0],[1.2,)", as Maven and NuGet write them) names as allowed; absent
 * when it names none, or when the text is no interval. */
str interval_lowest(str text);

/* Fills type, namespace, name, version; a text that admits several versions goes to *requested as a property, and the
 * lowest one it names is the version. */
void maven_find(struct find *out, str group, str artifact, str version, struct sbom_property *requested);

/* "group:name:version" in its parts; false when it has fewer than two. version may be absent, the rest is ignored. */
bool maven_split(str text, str *group, str *artifact, str *version);

/* Scope by the names of Gradle or Ivy configurations, as far as they tell: only tests → dev, build tools → dev,
 * any runtime → required, compile only → optional. */
enum sbom_scope gradle_scope(str configurations);

#endif
