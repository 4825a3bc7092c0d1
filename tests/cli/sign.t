Statements about files: what is said, who says it, where it is kept.

$ akashi init --name "例株式会社" --role developer --no-passphrase --origin example.jp/akashi >/dev/null
? 0
$ echo 'release bits' >thing.tar.gz; printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"thing","version":"1.2","purl":"pkg:generic/thing@1.2"}}}' >thing.cdx.json
? 0
$ akashi sign thing.tar.gz --predicate sbom --body thing.cdx.json
thing.tar.gz.sbom.dsse.json
  says    SBOM (CycloneDX)
  logged  as entry 2 of example.jp/akashi
  proof   thing.tar.gz.sbom.tlog-proof
? 0
$ python3 -c 'import json,base64; e=json.load(open("thing.tar.gz.sbom.dsse.json")); print(e["payloadType"], len(e["signatures"])); print(json.dumps(json.loads(base64.b64decode(e["payload"])), indent=1, ensure_ascii=False))'
application/vnd.in-toto+json 1
{
 "_type": "https://in-toto.io/Statement/v1",
 "subject": [
  {
   "name": "thing.tar.gz",
   "digest": {
    "sha256": "83ac74b439ca168289e98821e972bc74bb830957610317d507962b6455fe6d93"
   }
  }
 ],
 "predicateType": "https://cyclonedx.org/bom",
 "predicate": {
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": {
   "component": {
    "type": "application",
    "name": "thing",
    "version": "1.2",
    "purl": "pkg:generic/thing@1.2"
   }
  }
 }
}
? 0

Signing the same again adds nothing.

$ akashi sign thing.tar.gz --predicate cyclonedx --body thing.cdx.json
thing.tar.gz.sbom.dsse.json
  says    SBOM (CycloneDX)
  logged  already there as entry 2 of example.jp/akashi
  proof   thing.tar.gz.sbom.tlog-proof
? 0

Which kind of SBOM or VEX it is, is told by what it holds.

$ printf '{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"thing"}' >thing.spdx.json; akashi sign thing.tar.gz --predicate sbom --body thing.spdx.json | sed -n 2p
  says    SBOM (SPDX)
? 0
$ printf '{"document":{"category":"csaf_vex","csaf_version":"2.0","publisher":{"name":"X"},"title":"t","tracking":{"id":"X-1","version":"1","status":"final"}}}' >vex.json; akashi sign thing.tar.gz --predicate csaf --body vex.json | sed -n 2p
  says    security advisory or VEX (CSAF 2.0)
? 0

Any other type; several files; no log.

$ echo more >b.bin; echo '{"by":"誰か"}' >review.json; akashi sign thing.tar.gz b.bin --predicate https://example.jp/code-review/v1 --body review.json --no-log
thing.tar.gz.code-review.dsse.json
  says    https://example.jp/code-review/v1
  in no log
? 0
$ akashi sign b.bin --predicate https://example.jp/seen --json | sed -E 's/"[0-9a-f]{64}"/"SHA256"/; s/"(checkpoint|proof)": ".*/"\1": …/'
{
  "kind": "https://example.jp/seen",
  "type": "https://example.jp/seen",
  "envelope": "b.bin.seen.dsse.json",
  "sha256": "SHA256",
  "index": 5,
  "wasThere": false,
  "checkpoint": …
  "proof": …
  "proofFile": "b.bin.seen.tlog-proof"
}
? 0
$ akashi sign b.bin --predicate https://example.jp/seen -o out.json; head -c 30 out.json
{"payload":"eyJfdHlwZSI6Imh0dH
? 0

What does not fit is refused with its place, and nothing is written.

$ akashi sign b.bin --predicate sbom
akashi: what does the statement say? --body is missing (SBOM (CycloneDX))
  → --body FILE names the JSON document: the SBOM, the VEX, the test result
? 2
$ akashi sign b.bin --predicate sbom --body review.json
akashi: review.json#: the member "bomFormat" is missing
? 3
$ akashi sign b.bin --predicate cyclonedx --body thing.spdx.json
akashi: thing.spdx.json#: the member "bomFormat" is missing
? 3
$ printf '<bom/>' >b.xml; akashi sign b.bin --predicate sbom --body b.xml
akashi: b.xml:1:1: the JSON syntax is broken here
  → a statement holds JSON: `akashi sbom convert FILE --to cyclonedx-json` makes it
? 3
$ akashi sign b.bin --predicate surprise
akashi: surprise: this is neither a kind of statement nor the URI of a predicate type
  → known kinds: sbom, provenance, vsa, test-result, vulns, release, vex, csaf, scai, svr, hardening, static-analysis, release-manifest; any URI is accepted
? 2
$ akashi sign b.bin
akashi: what kind of statement is it? --predicate is missing
  → for an SBOM: akashi sign FILE --predicate sbom --body SBOM
? 2
$ akashi sign none.bin --predicate https://example.jp/seen
akashi: none.bin: cannot be read: No such file or directory
? 4
$ akashi sign b.bin --predicate test-result --body review.json
akashi: review.json#: the member "result" is missing
? 3
$ akashi sign b.bin --predicate party --body review.json
akashi: review.json#: the member "name" is missing
? 3
$ ls b.bin*
b.bin
b.bin.seen.dsse.json
b.bin.seen.tlog-proof
? 0

Somebody else's key, without a home.

$ printf -- '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n' >k.pem; chmod 600 k.pem; akashi sign b.bin --predicate https://example.jp/seen --key k.pem --home none
b.bin.seen.dsse.json
  says    https://example.jp/seen
  in no log
? 0
$ akashi sign b.bin --predicate https://example.jp/seen --key k.pem -o one.json; akashi sign b.bin --predicate https://example.jp/seen --key k.pem -o two.json; cmp one.json two.json && cat one.json
{"payload":"eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoiYi5iaW4iLCJkaWdlc3QiOnsic2hhMjU2IjoiMjM5NjA5OWM2YzA4NGZhNGI5YmVhYzlmMGQ1MmNmM2JlOWNmOGQ0NzA0MGVmMTI3ODgzZDUzMmI1NzkwY2Q3NCJ9fV0sInByZWRpY2F0ZVR5cGUiOiJodHRwczovL2V4YW1wbGUuanAvc2VlbiIsInByZWRpY2F0ZSI6e319","payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":"06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9","sig":"ZS1fACX/jAXNzswOMYRNz6w8Ok1BN+gn1DuO53Xc6EEmdt0QXlqiT/Mhe7E+hfXQ5HtQlEI9V6B4J95ZZa8pDg=="}]}
? 0
$ LANG=ja_JP.UTF-8 akashi sign b.bin --predicate sbom --body review.json
akashi: review.json#: メンバー「bomFormat」がありません
? 3
