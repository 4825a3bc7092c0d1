One command a release, and what a customer does with it; the time is fixed, keys and names of logs are not.
env COLUMNS=120
env SOURCE_DATE_EPOCH=1790000000

Without a home there is nothing to sign with.

$ mkdir dist; echo "what is shipped" >dist/thing.txt; akashi release dist --product thing --version 1.0
akashi: $HOME/.local/share/akashi: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ akashi init --name "例株式会社" --role supplier --no-passphrase >out
? 0
$ akashi release dist --product thing
akashi: warning: $HOME/.local/share/akashi/advisories.db: there is no advisory database: the release says nothing about known vulnerabilities (akashi db)
akashi: a release needs --product and --version
? 2
$ akashi release dist --product thing --version 1.0 -q | sed 's/  [0-9a-f…]*$//'
Released thing 1.0: 1 file, 4 statements, signed and logged
entry  statement         what it says   digest of the envelope
    2  sbom              0 components 
    3  provenance        built locally
    4  release           1 file       
    5  release-manifest  thing 1.0    

Proofs: dist/thing-1.0.akashi.json
Hand it out with the files; anybody checks them with: akashi verify FILE --key YOUR-KEY.pem (akashi key export)
? 0
$ akashi release dist --product thing --version 1.0 -q | head -n 1
thing 1.0 was released before with exactly these files: nothing was added
? 0
$ echo more >>dist/thing.txt; akashi release dist --product thing --version 1.0 -q
akashi: dist: thing 1.0 was released with other files (entry 5 of the log)
  → a version stands for the same bits for ever: give these a new --version
? 2
$ akashi release nowhere --product thing --version 2.0 -q
akashi: nowhere: cannot be read: No such file or directory
? 4

Tests and analysis; a report that cannot be read stops everything.

$ echo '<testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>' >junit.xml
? 0
$ akashi release dist --product thing --version 1.1 --tests junit.xml -q --json | grep -E '"kind"|"added"'
  "added": true,
      "kind": "sbom",
      "kind": "provenance",
      "kind": "test-result",
      "kind": "release",
      "kind": "release-manifest",
? 0
$ echo '{}' >lint.sarif; akashi release dist --product thing --version 1.2 --sarif lint.sarif -q
akashi: lint.sarif#: this is no SARIF 2.1.0 document
? 3
$ akashi log find product:thing --json | grep -c '"index"'
4
? 0

The customer has the files, the bundle and the key, and no home.

$ akashi key export >supplier.pem; rm dist/thing-1.0.akashi.json
? 0
$ akashi verify dist/thing.txt --key supplier.pem --no-home | sed 's/(key .*)/(key …)/; s/akashi.[0-9a-f]*/LOG/'
verdict      check      about                                            what
holds        signature  sbom, provenance, test-result, release,          signed by supplier (key …)
                        release-manifest
holds        log        sbom, provenance, test-result, release,          in the log LOG since
                        release-manifest                                 2026-09-21T14:13:20Z
not checked  witness    sbom, provenance, test-result, release,          nobody was asked whether the log shows everyone
                        release-manifest                                 the same
holds        release                                                     thing 1.1 by 例株式会社, released
                                                                         2026-09-21T14:13:20Z
holds        signer     sbom, provenance, test-result, release           signed with the same key as the release
holds        subject    dist/thing.txt                                   5 trusted statements are about exactly these
                                                                         bytes

  → give a tlog-policy that names witnesses: --log-policy FILE
Verified: everything checked holds; 5 things were not checked
? 0
$ akashi verify dist --key supplier.pem --no-home | grep -E "files|Verified"
holds        files      dist                                             1 file, exactly as released
Verified: everything checked holds; 5 things were not checked
? 0
$ akashi verify dist/thing.txt --no-home | tail -n 3

  → give the signer's public key, obtained from the signer: --key FILE
NOT verified: 6 checks fail
? 0
$ echo changed >>dist/thing.txt; akashi verify dist/thing.txt --key supplier.pem --no-home | grep -E "FAILS|NOT"
FAILS        subject    dist/thing.txt                                   the file is not the one that was released: its
NOT verified: 1 check fails
? 0
$ akashi verify dist --key supplier.pem --no-home | grep -E "FAILS|NOT"
FAILS        file       thing.txt                                        was changed
NOT verified: 1 check fails
? 0
$ akashi verify nowhere --key supplier.pem --no-home
akashi: nowhere: there is no such file, and no home that could know the name
  → name a file, or make a home: akashi init
? 3
$ akashi verify dist --key junit.xml --no-home
akashi: junit.xml: this is no public key in a form that is known here
  → PEM, a C2SP verifier key, minisign, signify, SSH, JWK and DER can be read
? 3

A policy: what must have been said.

$ printf '[trust]\nkeys = ["supplier.pem"]\n[require]\nstatements = ["sbom", "vulns"]\ntests = true\n' >intake.toml
? 0
$ akashi verify dist/thing-1.1.akashi.json --policy intake.toml --no-home | grep -E "policy|erified"
holds        policy.statements  sbom                                         is there
FAILS        policy.statements  vulns                                        the policy demands it, and none that counts
FAILS        policy.tests       test-result                                  its result is FAILED
  → give a tlog-policy that names witnesses: --log-policy FILE
NOT verified: 2 checks fail
? 0
The verdict for others: signed with the home's key, or said not to be.

$ akashi verify dist/thing-1.1.akashi.json --policy intake.toml --vsa vsa.json >out; python3 -c 'import json; d=json.load(open("vsa.json")); print(d["payloadType"], len(d["signatures"]))'; akashi verify vsa.json --key supplier.pem --no-home | grep -c 'holds *signature'
application/vnd.in-toto+json 1
1
? 0
$ akashi verify dist/thing-1.1.akashi.json --policy intake.toml --vsa vsa.json --unsigned >out; python3 -c 'import json; print(json.load(open("vsa.json"))["predicateType"])'
https://slsa.dev/verification_summary/v1
? 0
$ akashi verify dist/thing-1.1.akashi.json --policy intake.toml --vsa vsa.json --no-home >out; python3 -c 'import json; print(json.load(open("vsa.json"))["predicateType"])'
akashi: warning: vsa.json: the summary is not signed: there is no home with a key
https://slsa.dev/verification_summary/v1
? 0
$ printf '[require]\nstatments = ["sbom"]\n' >typo.toml; akashi verify dist --policy typo.toml --no-home
akashi: typo.toml:2: 'statments' is no word of a policy
? 3
$ LANG=ja_JP.UTF-8 akashi verify dist --key supplier.pem --no-home | tail -n 1
検証できません: 1 件が不成立
? 0
