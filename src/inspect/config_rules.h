/* SPDX-License-Identifier: Apache-2.0
 *
 * What is wrong in a configuration file, as data: docs/inspect-rules.md says the format. A rules file is for one kind
 * of file; its rules ask for keys and know nothing of notation, the readers (config.h) know nothing of right and wrong.
 */
#ifndef AKASHI_INSPECT_CONFIG_RULES_H
#define AKASHI_INSPECT_CONFIG_RULES_H

#include <regex.h>

#include "inspect/config.h"

/* Does one value fit? `not` ones are true when none of the values fits. */
struct config_op {
    const char *name;
    bool negative, valueless, pattern;
    bool (*fits)(str value, str wanted, bool any_case);
};

enum config_form { FORM_TEST, FORM_ALL, FORM_ANY, FORM_NOT };
enum config_where { WHERE_NEAREST, WHERE_OWN, WHERE_WITHIN };

struct config_condition {
    enum config_form form;
    /* a test */
    str key, otherwise; /* otherwise: value when the key is absent; absent: none */
    const struct config_op *op;
    const str *values;
    const regex_t *patterns; /* one for each value when op->pattern */
    uint32_t n;
    enum config_where where;
    bool any_case;
    /* the others */
    struct config_condition *inner;
    uint32_t n_inner;
};

struct config_example {
    str text;
    bool bad;
};
struct config_rule {
    struct check_spec spec;        /* texts in the reader's language */
    struct config_condition *when; /* the rule applies where this holds; NULL: everywhere */
    struct config_condition bad;
    const char *const *scope; /* types of contexts, NULL at the end */
    VEC(struct config_example) examples;
    VEC(str) references;
};
struct config_rules {
    const struct config_kind *kind;
    VEC(struct config_rule) rules;
};

/* Reads one rules file; every error names its place in it. Rules are appended to *out, whose kind (if set already)
 * must be the file's: otherwise *other is set and nothing is added. */
MUST_USE bool config_rules_read(struct ctx *c, struct arena *a, str text, str where, struct config_rules *out,
                                bool *other, struct err *e);
/* The built-in ones of a kind. */
MUST_USE bool config_rules_builtin(struct ctx *c, struct arena *a, const struct config_kind *kind,
                                   struct config_rules *out, struct err *e);
/* Each rule's examples are judged as they say; the first that is not is the error. */
MUST_USE bool config_rules_prove(struct ctx *c, struct arena *a, const struct config_rules *r, str where,
                                 struct err *e);

/* What one rule says of one file: CHECK_NONE (does not apply), CHECK_GOOD, or CHECK_BAD with a place for each fault. */
struct config_fault {
    str file; /* absent: the file itself */
    uint32_t line;
    str found; /* "PermitRootLogin yes"; absent: it is not set */
};
VEC_NAMED(config_faults, struct config_fault);
enum check_state config_judge(const struct config *c, const struct config_rule *r, struct arena *a,
                              struct config_faults *faults);

/* ── for the inspectors ── */
MUST_USE bool config_prepare(const struct config_kind *kind, struct ctx *c, struct arena *a,
                             const struct inspect_options *o, const void **state, struct err *e);
MUST_USE bool config_look(struct inspect *in, str bytes, struct inspection *out, struct err *e);

#endif
