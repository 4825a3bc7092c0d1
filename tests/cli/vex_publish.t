What is published says of each release only what is in it, what was said last, and what is said of all releases.
env COLUMNS=120
env SOURCE_DATE_EPOCH=1796083200

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log >/dev/null
? 0
$ cat >sbom <<'END'
> product=$1 version=$2; shift 2
> printf '{"product":"%s","version":"%s","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"%s","version":"%s"}},"components":[' $product "$version" $product "$version"
> between=
> for c; do printf '%s{"type":"library","name":"%s","version":"%s","purl":"pkg:npm/%s"}' "$between" ${c%@*} ${c#*@} $c; between=,; done
> printf ']}}\n'
> END
> for i in 1 2; do printf '{"id":"A-%s","aliases":["CVE-2026-000%s"],"modified":"2026-11-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"right"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"9.0.0"}]}]}]}' $i $i >a$i.json; done
> cat >said <<'END'
> s/^ *"name": "\(CVE.*\)",/\1/p; s/^ *"@id": "\(pkg:.*\)",/  \1/p; s/^ *"status": "\(.*\)".*/  → \1/p
> END
> akashi product add shop --party Supplier --name Shop --purl pkg:generic/shop -q >/dev/null 2>&1
> akashi deploy add here --product shop --version 1+a --customer c -q >/dev/null 2>&1
> (sh sbom shop 1+a right@1.0.0; sh sbom shop 1_a right@1.1.0) | akashi impact import -q -; akashi watch --from a1.json --from a2.json
added 2, known before 0, failed 0
findings looked at: 4; cases: 1 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
? 0

The two releases hold the package in two versions: each is told of its own. Their files do not share a name.

$ akashi vex publish shop --to out; sed -n -f said out/shop.openvex.json
out/shop.openvex.json: signed and logged
out/shop.csaf.json: signed and logged
out/shop-1_a-67712daa.cdx.vex.json: signed and logged
out/shop-1_a.cdx.vex.json: signed and logged
CVE-2026-0001
  pkg:generic/shop@1%2Ba
  pkg:npm/right@1.0.0
  → under_investigation
CVE-2026-0001
  pkg:generic/shop@1_a
  pkg:npm/right@1.1.0
  → under_investigation
CVE-2026-0002
  pkg:generic/shop@1%2Ba
  pkg:npm/right@1.0.0
  → under_investigation
CVE-2026-0002
  pkg:generic/shop@1_a
  pkg:npm/right@1.1.0
  → under_investigation
? 0

A day later it is said of the whole product, and of a whole release: what was published of their parts is over.

$ export SOURCE_DATE_EPOCH=1796169600; akashi vex add CVE-2026-0001 --product shop --status not_affected --justification vulnerable_code_not_in_execute_path; akashi vex add CVE-2026-0002 --product shop --release 1+a --status not_affected --impact 'Never called.'
CVE-2026-0001 in shop: not_affected, signed and logged
CVE-2026-0002 in shop: not_affected, signed and logged
? 0
$ akashi vex publish shop --to out; sed -n -f said out/shop.openvex.json
out/shop.openvex.json: signed and logged
out/shop.csaf.json: signed and logged
out/shop.cdx.vex.json: signed and logged
out/shop-1_a-67712daa.cdx.vex.json: signed and logged
out/shop-1_a.cdx.vex.json: signed and logged
CVE-2026-0001
  pkg:generic/shop
  → not_affected
CVE-2026-0002
  pkg:generic/shop@1%2Ba
  → not_affected
CVE-2026-0002
  pkg:generic/shop@1_a
  pkg:npm/right@1.1.0
  → under_investigation
? 0

What is said of all versions has a CycloneDX document of its own.

$ grep -E '"(version|purl|id|state|ref)"' out/shop.cdx.vex.json
  "version": 1,
      "purl": "pkg:generic/shop"
      "id": "CVE-2026-0001",
          "id": "A-1",
        "state": "not_affected",
          "ref": "pkg:generic/shop"
? 0
