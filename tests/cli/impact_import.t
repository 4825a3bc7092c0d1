SBOMs into the portfolio: files, folders, lines; what is in is not taken again.
env COLUMNS=120
env SOURCE_DATE_EPOCH=1790000000

$ akashi impact import nowhere
akashi: $HOME/.local/share/akashi: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ akashi init --name "例株式会社" --role supplier --no-passphrase >out; mkdir in
? 0
$ echo '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1, "metadata":{"component":{"type":"application","name":"thing","version":"1.0","supplier":{"name":"Yamada Kogyo"}}}, "components":[{"type":"library","name":"left-pad","version":"1.3.0","purl":"pkg:npm/left-pad@1.3.0"}, {"type":"library","name":"home made","version":"2"}]}' >in/one.json
? 0
$ echo 'no SBOM' >in/README; echo '{"bomFormat":"CycloneDX","specVersion":"1.5","components":[]}' >in/two.json
? 0
$ akashi impact import in --strict
akashi: in/two.json: the document does not say which product it is about
  → say it with --product and --version, or in the columns of a .jsonl file
added 1, known before 0, failed 1
passed over, because they are no SBOM: 1
? 1
$ akashi impact import in/two.json --product other --version 1
added 1, known before 0, failed 0
? 0
$ akashi impact import in -q --json
{
  "documents": 2,
  "added": 0,
  "known": 2,
  "failed": 0,
  "disagreeing": 0,
  "skipped": 1,
  "bytes": 399,
  "stopped": false
}
? 0

A stream: lines that say what the documents are about, and a line that is none.

$ (echo '{"product":"thing","version":"1.1","party":"us","path":"in/one.json"}'; echo nonsense; echo '{"product":"a b","version":"1","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5"}}'; echo '{"product":"thing","version":"1.2","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5"}}') | akashi impact import -
akashi: -:2:1:1: this is no JSON value
akashi: -:3: product: an id has at most 200 bytes, and no spaces, quotes, commas or semicolons: a b
added 2, known before 0, failed 2
? 1
$ akashi impact import - --product whole --version 3 <in/one.json
added 1, known before 0, failed 0
? 0
$ akashi impact import in/README
akashi: in/README: this is no SBOM in a format known here
  → known are CycloneDX (JSON, XML) and SPDX (JSON, tag-value, YAML, RDF/XML, JSON-LD)
added 0, known before 0, failed 1
? 1
$ akashi impact import in --product "a b"
akashi: product: an id has at most 200 bytes, and no spaces, quotes, commas or semicolons: a b
? 2
$ akashi log find product:thing --json | grep -c '"index"'
3
? 0

What a document does not say of itself is taken from what is known of it, with a warning.

$ mkdir wild; echo '{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"timestamp":"2026-03-04T05:06:07Z"},"components":[]}' >wild/pump-ctl.cdx.json; echo '{"bomFormat":"CycloneDX","specVersion":"1.5","serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79","metadata":{"timestamp":"2026-03-04T05:06:07Z"},"components":[]}' >wild/serial.json; printf 'SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: valve driver\nDocumentNamespace: https://example.com/valve\nCreator: Tool: x\nCreated: 2026-05-06T07:08:09Z\n' >wild/v.spdx; echo '{"bomFormat":"CycloneDX","specVersion":"1.5","version":7,"components":[]}' >wild/when.json
? 0
$ akashi impact import wild 2>&1 | sort
  → say it with --product and --version, or in the columns of a .jsonl file
added 3, known before 0, failed 1
akashi: warning: wild/pump-ctl.cdx.json: the document names no product: taken by its serial number or file name as pump-ctl
akashi: warning: wild/pump-ctl.cdx.json: the document names no version: taken by the day it was made as 2026-03-04
akashi: warning: wild/serial.json: the document names no product: taken by its serial number or file name as urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79
akashi: warning: wild/serial.json: the document names no version: taken by the day it was made as 2026-03-04
akashi: warning: wild/v.spdx: the document names no version: taken by the day it was made as 2026-05-06
akashi: warning: wild/when.json: the document names no product: taken by its serial number or file name as when
akashi: wild/when.json: the document does not say which version it is about
? 0
$ akashi impact import wild --strict
akashi: wild/when.json: the document does not say which product it is about
  → say it with --product and --version, or in the columns of a .jsonl file
added 0, known before 3, failed 1
? 1
$ akashi product list
id                                             name              party  support-until  end-of-life
thing                                          (only mentioned)  -      -              -
other                                          (only mentioned)  -      -              -
whole                                          (only mentioned)  -      -              -
pump-ctl                                       (only mentioned)  -      -              -
urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79  (only mentioned)  -      -              -
valve-driver                                   (only mentioned)  -      -              -
? 0
