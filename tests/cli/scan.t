What is wrong with the sample project, most urgent first; the time is fixed.
env COLUMNS=160

$ akashi db import -q $SOURCE/data/sample-advisories
$ cp -r $SOURCE/data/sample-project shop; akashi scan shop

Exit codes follow --fail-on.

$ akashi scan -q shop --fail-on never >out
$ akashi scan -q shop --fail-on kev >out
$ akashi scan -q shop --fail-on medium -f tsv | cut -f2-4,5,8,12-13
$ akashi scan -q shop --fail-on sometimes

VEX and rules answer; what they answered is counted, and shown on request.

$ printf '{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.com/1","author":"x","version":1,"timestamp":"2026-01-01T00:00:00Z","statements":[{"vulnerability":{"name":"CVE-2021-44228"},"products":[{"@id":"pkg:maven/org.apache.logging.log4j/log4j-core"}],"status":"not_affected","justification":"inline_mitigations_already_exist"}]}' >shop/shop.vex.json
$ printf '[[ignore]]\nid = "GHSA-xvch-5gv4-984h"\nreason = "only parses our own flags"\nuntil = "2027-01-01"\n[[ignore]]\nid = "CVE-2021-23337"\nreason = "waiting for 5.0"\nuntil = "2026-01-01"\n' >shop/akashi.toml
$ akashi scan shop --show-suppressed
$ printf '[[ignore]]\nid = "X"\n' >shop/akashi.toml; akashi scan shop

Never clean by ignorance.

$ akashi scan shop --db nowhere.db --config /dev/null --fail-on never 2>&1 | tail -12
$ akashi scan shop --db nowhere.db --require-data
$ akashi scan shop --config /dev/null --fail-on never --max-age 100 >out
$ touch empty.json; akashi scan empty.json
$ mkdir nothing; akashi scan nothing
$ akashi scan missing.json

Every format is written, and the JSON ones are JSON.

$ rm shop/akashi.toml shop/shop.vex.json; for f in json sarif cyclonedx openvex csaf; do akashi scan -q shop -f $f -o $f.out; python3 -m json.tool $f.out >/dev/null && echo $f; done
$ akashi scan -q shop -f markdown
$ akashi scan -q shop -f jsonl | wc -l
$ akashi scan -q shop -f html | grep -c '<script'
