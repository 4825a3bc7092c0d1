/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of detectors is appended to by many: each stands in it once and says what it is.
 */
#include "base/testing.h"
#include "collect/collect.h"

static void each_once(void **state) {
    struct testing *t = *state;
    struct map names;
    map_init(&names, t->a);
    for (size_t i = 0; detectors[i]; i++) {
        bool fresh;
        map_put(&names, str_of(detectors[i]->name), &fresh);
        if (!fresh)
            fail_msg("%s is listed twice", detectors[i]->name);
        assert_non_null(detectors[i]->read);
        assert_true(detectors[i]->files || detectors[i]->sniff);
    }
}

int main(void) {
    const struct CMUnitTest all[] = {TEST(each_once)};
    return cmocka_run_group_tests(all, NULL, NULL);
}
