An SBOM in another format or version. What the target cannot hold is told, with its place.

$ printf '%s' '{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"metadata":{"component":{"type":"application","bom-ref":"r","name":"app","version":"1"}},"components":[{"type":"library","bom-ref":"a","name":"left","version":"1.2","purl":"pkg:npm/left@1.2","tags":["t"]},{"type":"library","bom-ref":"b","name":"right","version":"2"},{"type":"library","name":"alone"}],"dependencies":[{"ref":"r","dependsOn":["a"]},{"ref":"a","dependsOn":["b"]}]}' > in.json
? 0
$ akashi sbom convert in.json --to cyclonedx-json@1.5 --compact
akashi: warning: /components/0/tags: CycloneDX 1.5 cannot hold this
{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","bom-ref":"r","name":"app","version":"1"}},"components":[{"type":"library","bom-ref":"a","name":"left","version":"1.2","purl":"pkg:npm/left@1.2"},{"type":"library","bom-ref":"b","name":"right","version":"2"},{"type":"library","name":"alone"}],"dependencies":[{"ref":"r","dependsOn":["a"]},{"ref":"a","dependsOn":["b"]}]}
? 0
$ akashi sbom convert in.json --to cyclonedx-xml | akashi sbom convert - --to cyclonedx-json@1.6 --compact > back.json; echo >> in.json; cmp back.json in.json
? 0
$ akashi plumb components in.json
in.json	pkg:npm/left@1.2	direct
in.json	right@2	transitive
in.json	alone	unknown
? 0
$ akashi plumb components missing.json in.json | wc -l
akashi: missing.json: cannot open the file: No such file or directory
3
? 0
$ akashi sbom convert in.json --to cyclonedx-json@0.9
akashi: cyclonedx-json@0.9: this version of the form is not written
  → versions written: 1.6 1.7 1.5 1.4 1.3 1.2
? 2

From one format to the other and back: the same components, and nothing is told that was no loss.

$ cp -r $SOURCE/data/sample-project shop; akashi sbom make shop -o a.json; akashi plumb components a.json | cut -f2 | sort >want
? 0
$ akashi sbom convert a.json --to spdx-json -o a.spdx.json; akashi sbom convert a.spdx.json --to cyclonedx-json -o back.json; akashi plumb components back.json | cut -f2 | sort | comm -3 - want
? 0
$ akashi sbom convert a.json --to cyclonedx-json@1.6 -o same.json; akashi sbom convert same.json --to cyclonedx-json@1.6 | cmp - same.json
? 0
$ akashi sbom convert a.spdx.json --to spdx-tagvalue -o a.spdx; akashi sbom convert a.spdx --to spdx-json -o b.spdx.json; for f in a b; do python3 -m json.tool --sort-keys $f.spdx.json $f.sorted; done; cmp a.sorted b.sorted
? 0

The format is told by content, compressed or not, by whatever name.

$ gzip -c a.json >x.bin; akashi sbom convert x.bin --to cyclonedx-xml | head -c 60
<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cy
? 0

Vulnerabilities have no place in SPDX 2.3.

$ printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"a","version":"1","bom-ref":"a"}],"vulnerabilities":[{"id":"CVE-2024-1","affects":[{"ref":"a"}]}]}' >vdr.json; akashi sbom convert vdr.json --to spdx-json >out
akashi: warning: /: 1 vulnerability told by the document is left out
? 0

A document that breaks its rules is read as far as it goes, and refused with --strict.

$ printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"gadget","name":"a"}]}' >bad.json; akashi sbom convert bad.json --to spdx-tagvalue | grep PackageName
PackageName: a
? 0
$ akashi sbom convert --strict bad.json --to spdx-tagvalue
akashi: bad.json#/components/0/type: "gadget" is none of the words allowed here
? 3
$ akashi sbom convert a.json
akashi: --to: name the form to write
  → for example: akashi sbom convert a.json --to spdx-json
? 2
$ akashi sbom convert a.json --to cyclonedx-json@9.9
akashi: cyclonedx-json@9.9: this version of the form is not written
  → versions written: 1.6 1.7 1.5 1.4 1.3 1.2
? 2
$ akashi sbom convert nowhere --to spdx-json
akashi: nowhere: cannot open the file: No such file or directory
? 3
