/* SPDX-License-Identifier: Apache-2.0
 *
 * The rule of who sees what: every kind of object × every TLP × every kind of reader.
 */
#include "base/testing.h"
#include "impact/audience.h"

enum {
    OWNER = -2,
    NONE = -1,
    MAKER = 10,
    PRIME = 11,
    CUSTOMER = 12,
    OPERATOR = 13,
    HOST = 14,
    PROVIDER = 15,
    STRANGER = 16
};

/* A reader of one party; the prime reads with the maker as its sub-contractor. */
static struct reader reader_of(int who, enum tlp clearance, int64_t *party, int64_t *sub) {
    *party = who;
    *sub = MAKER;
    if (who == OWNER)
        return reader_owner;
    return (struct reader){.parties = party, .n = 1, .subs = sub, .n_subs = who == PRIME, .clearance = clearance};
}

/* Said once more, as a table: who is related to what; TLP only adds to this, and only for products. */
static bool related(int who, int kind) {
    static const bool table[][4] = {
        /*             party  product deployment service */
        [0] = {true, true, true, true},     /* owner */
        [1] = {true, true, true, false},    /* maker */
        [2] = {true, true, true, false},    /* its prime */
        [3] = {false, false, true, false},  /* customer */
        [4] = {false, false, true, false},  /* operator */
        [5] = {false, false, true, false},  /* host */
        [6] = {false, false, false, true},  /* provider of the service */
        [7] = {false, false, false, false}, /* stranger */
    };
    return table[who == OWNER ? 0 : who - MAKER + 1][kind];
}

static bool sees(const struct reader *r, int kind, str tlp) {
    struct product product = {.number = 1, .party = MAKER, .tlp = tlp};
    struct deployment deployment = {
        .number = 2, .product = 1, .customer = CUSTOMER, .operator_ = OPERATOR, .host = HOST, .service = 3};
    struct service service = {.number = 3, .party = PROVIDER};
    struct party party = {.number = MAKER};
    switch (kind) {
    case 0: return audience_party(r, &party);
    case 1: return audience_product(r, &product);
    case 2: return audience_deployment(r, &deployment, &product);
    default: return audience_service(r, &service);
    }
}

static void every_kind_by_every_tlp_by_every_reader(void **state) {
    (void)state;
    static const int who[] = {OWNER, MAKER, PRIME, CUSTOMER, OPERATOR, HOST, PROVIDER, STRANGER};
    static const char *const words[] = {NULL, "clear", "green", "amber", "amber+strict", "red", "nonsense"};
    for (size_t w = 0; w < 8; w++)
        for (int kind = 0; kind < 4; kind++)
            for (size_t t = 0; t < 7; t++)
                for (int clearance = TLP_CLEAR; clearance <= TLP_RED; clearance++) {
                    int64_t party, sub;
                    struct reader r = reader_of(who[w], (enum tlp)clearance, &party, &sub);
                    bool opened = kind == 1 && t >= 1 && t <= 4 && (int)t - 1 <= clearance;
                    bool want = related(who[w], kind) || opened;
                    if (sees(&r, kind, str_of(words[t])) != want)
                        fail_msg("reader %d, kind %d, TLP %s, clearance %d: want %d", who[w], kind,
                                 words[t] ? words[t] : "-", clearance, want);
                }
}

/* Nobody is party -1, so what concerns nobody is not shown to a reader whose party is unknown. */
static void nobody_is_not_a_party(void **state) {
    (void)state;
    int64_t none = NONE;
    struct reader r = {.parties = &none, .n = 1, .subs = &none, .n_subs = 1, .clearance = TLP_AMBER_STRICT};
    struct product product = {.party = NONE};
    struct deployment deployment = {.customer = NONE, .operator_ = NONE, .host = NONE};
    struct service service = {.party = NONE};
    struct reader empty = {.clearance = TLP_CLEAR};
    assert_false(audience_product(&r, &product));
    assert_false(audience_deployment(&r, &deployment, &product));
    assert_false(audience_deployment(&r, &deployment, NULL));
    assert_false(audience_service(&r, &service));
    assert_false(audience_product(&empty, &product));
}

static void tlp_words(void **state) {
    (void)state;
    static const struct {
        const char *word;
        int want;
    } rows[] = {
        {"clear", TLP_CLEAR}, {"TLP:GREEN", TLP_GREEN}, {"Amber", TLP_AMBER}, {"tlp:amber+strict", TLP_AMBER_STRICT},
        {"RED", TLP_RED},     {"white", TLP_CLEAR},     {"purple", -1},       {"", -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum tlp got;
        bool ok = tlp_parse(str_of(rows[i].word), &got);
        assert_int_equal(ok ? (int)got : -1, rows[i].want);
        if (ok && !str_is(str_of(rows[i].word), "white")) {
            enum tlp again;
            assert_true(tlp_parse(str_of(tlp_name(got)), &again));
            assert_int_equal(again, got);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_by_every_tlp_by_every_reader),
        cmocka_unit_test(nobody_is_not_a_party),
        cmocka_unit_test(tlp_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
