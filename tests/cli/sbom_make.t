What a tree is made of: the same bytes for the same tree, wherever it lies.

$ cp -r $SOURCE/data/sample-project shop; akashi sbom make shop -o a.json
? 0
$ akashi plumb components a.json
a.json	pkg:npm/sample-shop@1.4.0	direct
a.json	pkg:npm/lodash@4.17.20	transitive
a.json	pkg:npm/minimist@1.2.5	transitive
a.json	pkg:npm/mkdirp@0.5.5	transitive
a.json	pkg:maven/jp.example/shop-ledger@2.0.0	direct
a.json	pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1	transitive
a.json	pkg:pypi/requests@2.30.0	direct
a.json	pkg:pypi/urllib3@1.26.15	direct
a.json	pkg:pypi/jinja2@3.1.2	direct
? 0
$ mkdir -p deep/er; cp -r shop deep/er; akashi sbom make deep/er/shop -o b.json; cmp a.json b.json
? 0
$ AKASHI_THREADS=1 akashi sbom make shop | cmp - a.json
? 0

Every form holds the same components, and is valid.

$ for form in cyclonedx-json@1.4 cyclonedx-xml spdx-json spdx-tagvalue spdx3-json; do akashi sbom make shop --to $form -o out || echo "$form: $?"; akashi sbom check out | head -n 1; akashi plumb components out | cut -f2 | grep -v '^shop$' | sort | cksum; done
akashi: warning: /components/0/evidence/occurrences: CycloneDX 1.4 cannot hold this
akashi: warning: /components/1/evidence/occurrences: CycloneDX 1.4 cannot hold this
akashi: warning: /components/2/evidence/occurrences: CycloneDX 1.4 cannot hold this
akashi: warning: /components/3/evidence/occurrences: CycloneDX 1.4 cannot hold this
akashi: warning: /components/4/evidence/occurrences: CycloneDX 1.4 cannot hold this
akashi: warning: /components/5/evidence/occurrences: CycloneDX 1.4 cannot hold this
akashi: warning: /components/6/evidence/occurrences: CycloneDX 1.4 cannot hold this
akashi: warning: /components/7/evidence/occurrences: CycloneDX 1.4 cannot hold this
akashi: warning: /components/8/evidence/occurrences: CycloneDX 1.4 cannot hold this
out: cyclonedx-json@1.4: valid
4204127686 257
out: cyclonedx-xml@1.6: valid
4204127686 257
out: spdx-json@2.3: valid
4204127686 257
out: spdx-tagvalue@2.3: valid
4204127686 257
out: spdx3-json@3.0.1: valid
4204127686 257
? 0

An archive holds what the folder holds.

$ tar -cf shop.tar shop; akashi sbom make shop.tar -o t.json; akashi plumb components t.json | cut -f2- | sort >t; akashi plumb components a.json | cut -f2- | sort | comm -3 - t
? 0

Something malformed is a warning that names it; with --strict it is an error. What is not there is exit 3.

$ printf '{"lockfileVersion": 3, "packages": {' >shop/package-lock.json; akashi sbom make shop -o c.json; akashi plumb components c.json | grep -c pypi
akashi: warning: package-lock.json:1:37: the JSON text ends too early
3
? 0
$ akashi sbom make --strict shop -o d.json; echo $?; ls *.json
akashi: warning: package-lock.json:1:37: the JSON text ends too early
akashi: shop: 1 file could not be read (see the warning)
3
a.json
b.json
c.json
t.json
? 0
$ akashi sbom make nowhere
akashi: nowhere: cannot open the file: No such file or directory
? 3
$ akashi sbom make shop --to docx
akashi: docx: no such SBOM form
  → forms: cyclonedx-json, cyclonedx-xml, spdx-json, spdx-tagvalue, spdx3-json
? 2
$ akashi sbom make shop --only no-such-detector
akashi: no detector is called "no-such-detector"
? 2
