/* SPDX-License-Identifier: Apache-2.0
 *
 * The story as a table. What people read is marked for translation, commands with words in them too: a Japanese reader
 * sees a Japanese firm. Ids, file names and options are the same in both.
 */
#include "cli/story.h"

#include "base/msg.h"

#define LOCK(forms, version)                                                                                           \
    "{\"name\": \"reception\", \"version\": \"" version "\", \"lockfileVersion\": 3, \"packages\": {\n"                \
    " \"\": {\"name\": \"reception\", \"version\": \"" version "\", \"license\": \"MIT\",\n"                           \
    "      \"dependencies\": {\"@tsubaki-demo/forms\": \"" forms "\"}},\n"                                             \
    " \"node_modules/@tsubaki-demo/forms\": {\"version\": \"" forms "\", \"license\": \"MIT\",\n"                      \
    "      \"dependencies\": {\"@hibari-demo/dates\": \"1.4.0\"}},\n"                                                  \
    " \"node_modules/@hibari-demo/dates\": {\"version\": \"1.4.0\", \"license\": \"MIT\"}}}\n"

/* Days of the story: advisories say nothing of days that come, so their dates may lie before it. */
static const char old_advisory[] =
    "{\"id\": \"DEMO-2025-0001\", \"modified\": \"2025-01-10T00:00:00Z\", \"summary\": \"Dates can be forged\",\n"
    " \"affected\": [{\"package\": {\"ecosystem\": \"npm\", \"name\": \"@hibari-demo/dates\"},\n"
    "   \"ranges\": [{\"type\": \"SEMVER\", \"events\": [{\"introduced\": \"0\"}, {\"fixed\": \"1.2.0\"}]}]}]}\n";
static const char new_advisory[] =
    "{\"id\": \"DEMO-2025-0002\", \"aliases\": [\"CVE-0000-0002\"], \"modified\": \"2025-01-20T00:00:00Z\",\n"
    " \"summary\": \"Anybody can read forms\",\n"
    " \"severity\": [{\"type\": \"CVSS_V3\", \"score\": \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N\"}],\n"
    " \"affected\": [{\"package\": {\"ecosystem\": \"npm\", \"name\": \"@tsubaki-demo/forms\"},\n"
    "   \"ranges\": [{\"type\": \"SEMVER\", \"events\": [{\"introduced\": \"0\"}, {\"fixed\": \"2.3.1\"}]}]}]}\n";
static const char exploited[] = "cveID,vulnerabilityName,dateAdded,requiredAction,dueDate,knownRansomwareCampaignUse\n"
                                "CVE-0000-0002,Anybody can read forms,{TODAY},Apply updates,{IN-2-WEEKS},Unknown\n";

const struct script_step story_steps[] = {
    {.day = 0,
     .title = N_("The first day"),
     .why = N_(
         "Tsubaki Soft has eight people and sells a reception system. `init` makes its key and its log: from now on "
         "whatever it says is signed, and cannot be unsaid. (A real firm seals its key with a passphrase.)"),
     .line = "akashi init --name tsubaki --role developer,supplier --no-passphrase --origin tsubaki.example/log"},
    {.day = 0,
     .why = N_(
         "Who to call, what is sold, and until when it is looked after: three practices of the guideline are met by "
         "that alone."),
     .line = "akashi party add tsubaki --name '{FIRM}' --contacts "
             "'psirt:psirt@tsubaki.example;security:ito@tsubaki.example'"},
    {.day = 0, .line = "akashi product add reception --party tsubaki --name '{SYSTEM}' --support-until 2031-03-31"},
    {.day = 0,
     .why = N_("Which package of the guideline to begin with? Six answers; the choice is a statement, too."),
     .line =
         "akashi conform choose --answer personal-data=contacts --answer safety=no --answer "
         "critical-infrastructure=office --answer exposure=internal --answer customers=few --answer firm-size=small "
         "--save",
     .holds = "minimum"},
    {.day = 0,
     .why = N_("Nothing is met by default. The list is honest from the first day, and names the next step."),
     .line = "akashi conform status --package minimum",
     .code = 1},

    {.day = 1,
     .title = N_("A release, in one command"),
     .why = N_("What is delivered is a folder; here only a lockfile, as a script language has it."),
     .file = "dist-1.0/package-lock.json",
     .content = LOCK("2.3.0", "1.0.0")},
    {.day = 1,
     .why = N_("What the tests said, as every test runner writes it."),
     .file = "junit.xml",
     .content = "<testsuite name=\"reception\" tests=\"2\" failures=\"0\">\n"
                " <testcase name=\"a visitor is registered\"/>\n <testcase name=\"a wrong date is refused\"/>\n"
                "</testsuite>\n"},
    {.day = 1,
     .why = N_(
         "Advisories come as files or over the network (`akashi db update`). This one is invented, like all of this "
         "story."),
     .file = "advisories/old.json",
     .content = old_advisory},
    {.day = 1, .line = "akashi db import advisories"},
    {.day = 1,
     .why = N_(
         "SBOM, known vulnerabilities, provenance, test results, the files themselves: signed, logged and archived "
         "together."),
     .line = "akashi release dist-1.0 --product reception --version 1.0.0 --tests junit.xml --source "
             "https://git.tsubaki.example/reception",
     .holds = "reception 1.0.0"},
    {.day = 1,
     .why = N_("A hospital runs it, under a contract that says who does what."),
     .line = "akashi party add aoi --name '{HOSPITAL}' --roles customer --contacts security:it@aoi.example"},
    {.day = 1,
     .line =
         "akashi deploy add aoi/reception --product reception --version 1.0.0 --customer aoi --exposure controlled"},
    {.day = 1,
     .line =
         "akashi contract add aoi-maintenance --side customer=aoi --catalogue cip --holds 'S(3)-2.1=supplier' --clock "
         "'critical patch=7d'"},

    {.day = 2,
     .title = N_("What no machine sees"),
     .why = N_(
         "For the rest somebody gives their word: by name, with the paper, for a limited time. It is shown as what it "
         "is."),
     .file = "policy.txt",
     .content = N_("Tsubaki Soft: how we develop, decide and answer\nSigned by the president.\n")},
    {.day = 2,
     .why = N_("What still waits for somebody's word is written as a sheet: each practice with its question, and what "
               "counts."),
     .line = "akashi conform attest --missing -o words.csv"},
    {.day = 2,
     .why = N_("The president fills it in; a row that stays empty says nothing. What does not apply needs a reason."),
     .file = "filled.csv",
     .content = N_("practice,level,not applicable because,documents\n"
                   "S(1)-1.1,1,,policy.txt\n"
                   "S(1)-2.1,2,,policy.txt\n"
                   "S(1)-2.2,,scripts only: nothing is compiled,\n"
                   "S(2)-2.1,1,,policy.txt\n"
                   "S(3)-2.1,1,,policy.txt\n"
                   "S(3)-3.1,1,,policy.txt\n"
                   "S(4)-1.1,2,,policy.txt\n"
                   "S(4)-1.2,1,,policy.txt\n"
                   "S(4)-2.1,2,,policy.txt\n"
                   "S(4)-3.2,2,,policy.txt\n"
                   "S(4)-4.2,2,,policy.txt\n"
                   "S(4)-5.1,1,,policy.txt\n"
                   "S(4)-6.2,1,,policy.txt\n"
                   "S(4)-6.3,1,,policy.txt\n"
                   "S(5)-2.2,1,,policy.txt\n")},
    {.day = 2,
     .why = N_("A statement for each row, signed and logged, with who said it and when."),
     .line = "akashi conform attest --sheet filled.csv --person '{PRESIDENT}' --title {ROLE}",
     .holds = "S(5)-2.2"},
    {.day = 2,
     .why = N_("Two things to do now and then: check the archive, and watch for new vulnerabilities."),
     .line = "akashi archive check --sample 100 --state"},
    {.day = 2, .line = "akashi watch"},
    {.day = 2,
     .why = N_("Computed from the log: level, target, until when it holds, and which entries show it. `*` rests on a "
               "person's word somewhere."),
     .line = "akashi conform status --package minimum"},

    {.day = 3,
     .title = N_("A declaration, and its check"),
     .why = N_(
         "It never claims more than the evidence carries. The file has the statements it rests on, with their proofs."),
     .line = "akashi conform declare --package minimum --person '{PRESIDENT}' --title {ROLE} --to declaration.json",
     .keep = "D=D-"},
    {.day = 3, .line = "akashi key export -o tsubaki.pem"},
    {.day = 3,
     .why = N_("The hospital needs that file and the public key: no account, no network. Every level is computed "
               "again. Where "
               "other customers are concerned, not all is handed over."),
     .line = "akashi conform verify declaration.json --key tsubaki.pem --no-home",
     .holds = N_("contradicted 0")},
    {.day = 3,
     .why = N_("The hospital has a home of its own, and each knows the other's key."),
     .line = "akashi init --home hospital --name aoi --role customer --no-passphrase --origin aoi.example/log"},
    {.day = 3, .line = "akashi key export --home hospital -o aoi.pem"},
    {.day = 3, .line = "akashi key trust aoi.pem --name aoi"},
    {.day = 3, .line = "akashi key trust tsubaki.pem --name tsubaki --home hospital"},
    {.day = 3, .line = "akashi conform receive declaration.json --home hospital"},

    {.day = 10,
     .title = N_("A vulnerability, and a patch that is declined"),
     .why = N_("A component of the reception system turns out to be vulnerable."),
     .file = "advisories/new.json",
     .content = new_advisory},
    {.day = 10,
     .why = N_(
         "`watch` looks at everything ever shipped, and opens a case. The declaration stands: what was just found "
         "takes nothing from a firm that deals with it in time."),
     .line = "akashi watch --from advisories"},
    {.day = 10, .line = "akashi case list", .keep = "C=C-"},
    {.day = 10, .why = N_("Who is hit, and who has to be told."), .line = "akashi impact CVE-0000-0002 --tell"},
    {.day = 10,
     .why = N_(
         "Tsubaki Soft offers an update: the risk in plain words, what it costs, and by when an answer is needed."),
     .line = N_(
         "akashi decide offer 'Update to 1.1.0' --customer aoi --measure patch --product reception --case {C} --risk "
         "'forms of patients can be read' --cost-customer '20 minutes' --if-not 'it must leave the net' --to "
         "offer.json"),
     .keep = "O=O-"},
    {.day = 12,
     .why = N_("The hospital declines, and says who bears the risk and when it looks again. Its answer is signed with "
               "its own "
               "key."),
     .line = N_(
         "akashi decide answer offer.json --home hospital --decline --reason 'no outage before the audit' --person "
         "'{CIO}' --role CIO --risk-owner '{CIO}' --review {IN-2-MONTHS} --to answer.json")},
    {.day = 12, .line = "akashi decide receive answer.json --to decision.json"},
    {.day = 12, .line = "akashi decide receive decision.json --home hospital --to both.json"},
    {.day = 12,
     .why = N_(
         "Nobody can say later that it was never offered, or never declined: either side proves it to anybody with two "
         "public keys."),
     .line = "akashi verify decision.json --key tsubaki.pem --key aoi.pem --no-home"},

    {.day = 20,
     .title = N_("It is exploited"),
     .why = N_("Eight days later the vulnerability comes to the list of those that attackers use."),
     .file = "advisories/exploited.csv",
     .content = exploited},
    {.day = 20,
     .why = N_("The next `watch` makes the case more urgent, and opens the declined measure again by itself."),
     .line = "akashi watch --from advisories",
     .holds = N_("decisions opened again: 1")},
    {.day = 20, .line = "akashi decide list --due", .holds = "{O}"},
    {.day = 20, .line = "akashi case list"},
    {.day = 20,
     .why = N_("On the hospital's side just the same, from its own advisories. Now it accepts."),
     .line = "akashi db import advisories --home hospital"},
    {.day = 20, .line = "akashi decide remind --home hospital", .holds = "1"},
    {.day = 20,
     .line = N_(
         "akashi decide answer offer.json --home hospital --accept --reason 'it is exploited now' --person '{CIO}' "
         "--role CIO --to answer2.json")},
    {.day = 20, .line = "akashi decide receive answer2.json --to decision2.json"},
    {.day = 20,
     .why = N_("The new version, in a hurry: without the test results."),
     .file = "dist-1.1/package-lock.json",
     .content = LOCK("2.3.1", "1.1.0")},
    {.day = 20,
     .line =
         "akashi release dist-1.1 --product reception --version 1.1.0 --source https://git.tsubaki.example/reception"},
    {.day = 20, .line = "akashi deploy move aoi/reception 1.1.0"},
    {.day = 20,
     .why = N_("The case is delivered. But the declaration says that every release is tested: it is at risk, and "
               "Tsubaki Soft "
               "hears of it first."),
     .line = "akashi watch",
     .holds = "{D}"},
    {.day = 20,
     .line = N_("akashi case close {C} --release 1.1.0 --cause outdated-component --root-cause 'nobody looked at new "
                "versions' "
                "--practice 'S(3)-1.1'")},

    {.day = 24,
     .title = N_("A challenge that is upheld"),
     .why = N_("The hospital finds that 1.1.0 came without test results, and challenges the declaration."),
     .file = "finding.txt",
     .content = N_("Release 1.1.0 came without test results.\n")},
    {.day = 24,
     .line = N_(
         "akashi conform challenge declaration.json --home hospital --practice 'S(1)-3.1' --text 'Release 1.1.0 has no "
         "test results' --evidence finding.txt --to challenge.json")},
    {.day = 25, .line = "akashi conform receive challenge.json"},
    {.day = 25, .line = "akashi conform declaration show {D}", .keep = "X=X-"},
    {.day = 26,
     .why = N_(
         "The hospital is right. What is computed now carries less; for two practices the president gives her word "
         "instead, and it shows. The new declaration takes the place of the old one."),
     .line = N_(
         "akashi conform declare --package minimum --claim 'S(1)-2.3=2: 1.1.0 was tested after delivery' --claim "
         "'S(1)-3.1=2: 1.1.0 was tested after delivery' --person '{PRESIDENT}' --title {ROLE} --to corrected.json"),
     .keep = "N=D-"},
    {.day = 26,
     .line = N_(
         "akashi conform respond {X} --upheld corrected --replacement {N} --reason '1.1.0 was released in a hurry, its "
         "tests run afterwards' --person '{PRESIDENT}' --title {ROLE} --to response.json")},
    {.day = 27,
     .why = N_("Both are told, both keep all of it: what was declared, what was said against it, and what came of it."),
     .line = "akashi conform receive response.json --home hospital"},
    {.day = 27, .line = "akashi conform declaration list"},
    {.day = 27,
     .line = "akashi conform verify corrected.json --key tsubaki.pem --no-home",
     .holds = N_("contradicted 0")},
    {.day = 27,
     .title = N_("What is left behind"),
     .why = N_("The log is whole, and the views made anew from it are the same. That is all there is to trust."),
     .line = "akashi log check"},
    {.day = 27, .line = "akashi rebuild"},
    {0},
};
