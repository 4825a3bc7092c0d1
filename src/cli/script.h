/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps of a play as a table: commands with the day they are given on, files that are written in between, and names
 * that come out of one command and go into a later one.
 */
#ifndef AKASHI_CLI_SCRIPT_H
#define AKASHI_CLI_SCRIPT_H

#include "cli/play.h"

struct script_step {
    int day;             /* from the script's beginning */
    int code;            /* how it must end */
    const char *title;   /* N_(): a chapter begins */
    const char *why;     /* N_(): what for */
    const char *file;    /* is written, with `content` */
    const char *content; /* may differ by language: N_(); so may line and holds */
    const char *line;    /* is run */
    const char *holds;   /* must be in what it prints */
    const char *keep;    /* "NAME=D-": the first D-… and twelve digits in what it prints */
};
/* In content, line and holds {NAME} stands for what was kept; {TODAY}, {IN-2-WEEKS} and {IN-2-MONTHS} are days as seen
 * from that of the step. Braces around anything but capitals, digits and hyphens are braces. */

struct script {
    struct play play;
    int64_t begin;    /* midnight of day 0 */
    int64_t latest;   /* the play never goes past this */
    struct map names; /* what was kept: name → str * */
    /* What was written, run and said, before it is judged; absent what the step has not. May be NULL. */
    void (*told)(void *arg, const struct script_step *s, str content, str line, const struct played *p);
    void *arg;
};
/* From now on {NAME} is this. */
void script_name(struct script *s, str name, str value);
MUST_USE bool script_step(struct script *s, const struct script_step *step, struct err *e);
/* Steps up to one that has neither file nor line. */
MUST_USE bool script_run(struct script *s, const struct script_step *steps, struct err *e);

#endif
