Valid is exit 0, not valid 1, unreadable 3; a score decides only when it is asked to.

$ cp -r $SOURCE/data/sample-project shop; akashi sbom make shop -o good.json; akashi sbom check good.json | head -n 3
good.json: cyclonedx-json@1.6: valid

METI guide to SBOM v2.0 (2024): 71.6 / 100
? 0
$ akashi sbom check -p all good.json | grep ' / 100'
BSI TR-03183-2 v2: 45.0 / 100
CISA minimum elements (2025 update): 56.4 / 100
METI guide to SBOM v2.0 (2024): 71.6 / 100
NTIA minimum elements (2021): 68.6 / 100
OpenChain Telco SBOM guide 1.0: 45.6 / 100
? 0
$ akashi sbom check -q good.json --min-score 0 >out
? 0
$ akashi sbom check -q good.json --min-score 100 >out
? 1
$ sed 's/"bom-ref"/"bomref"/' good.json >bad.json; akashi sbom check bad.json | head -n 3
bad.json: cyclonedx-json@1.6: not valid
  error bad.json#/metadata/component/bomref: the member "bomref" is not allowed here
  error bad.json#/components/0/bomref: the member "bomref" is not allowed here
? 0
$ akashi sbom check bad.json >out
? 1
$ akashi sbom check --json bad.json | head -n 12
[
  {
    "file": "bad.json",
    "format": "cyclonedx-json@1.6",
    "valid": false,
    "components": 10,
    "problems": [
      {
        "level": "error",
        "where": "bad.json#/metadata/component/bomref",
        "what": "the member \"bomref\" is not allowed here"
      },
? 0
$ echo 'no SBOM at all' >text; akashi sbom check text
akashi: text: this is no SBOM in a format known here
  → known are CycloneDX (JSON, XML) and SPDX (JSON, tag-value, YAML, RDF/XML, JSON-LD)
? 3
$ akashi sbom check nowhere.json
akashi: nowhere.json: cannot open the file: No such file or directory
? 3

Several at once: each is answered, the worst decides.

$ akashi sbom check good.json text bad.json | grep cyclonedx
akashi: text: this is no SBOM in a format known here
  → known are CycloneDX (JSON, XML) and SPDX (JSON, tag-value, YAML, RDF/XML, JSON-LD)
good.json: cyclonedx-json@1.6: valid
bad.json: cyclonedx-json@1.6: not valid
? 0
$ akashi sbom check good.json text bad.json >out
akashi: text: this is no SBOM in a format known here
  → known are CycloneDX (JSON, XML) and SPDX (JSON, tag-value, YAML, RDF/XML, JSON-LD)
? 3
$ akashi sbom check -p no-such-profile good.json
akashi: there is no profile 'no-such-profile'
  → one of: bsi, cisa2025, meti, ntia, openchain-telco; or a profile file
? 2
