Hostile and damaged input: one clear error with its place, and the exit code of what could not be read.

$ : >empty; akashi sbom check empty
akashi: empty: this is no SBOM in a format known here
  → known are CycloneDX (JSON, XML) and SPDX (JSON, tag-value, YAML, RDF/XML, JSON-LD)
? 3
$ printf '{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":' >cut.json; akashi sbom check cut.json
akashi: cut.json:1:68: the JSON text ends too early
? 3
$ python3 -c 'print("[" * 100000)' >deep.json; akashi sbom check deep.json
akashi: deep.json:2:1: the JSON text ends too early
? 3
$ python3 -c 'print("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":" + "[{\"type\":\"library\",\"name\":\"a\",\"components\":" * 3000 + "[]" + "}]" * 3000 + "}")' >deep.cdx.json; akashi sbom check deep.cdx.json
akashi: deep.cdx.json#/components/0/components/0/components/0/components/0/components/0/components/0/components/0/components/0/components/0/components/0/components/0/components/0/components/0/components/0/components/0/comp…: nested deeper than 512 levels
? 3
$ printf '{"bomFormat":"CycloneDX","specVersion":"1.5","specVersion":"1.4","version":1}' >twice.json; akashi sbom check twice.json
akashi: twice.json#/specVersion: this member stands twice in one object
? 3
$ printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"\377"}]}' >latin.json; akashi sbom check latin.json
akashi: latin.json:1:98: this JSON string is broken (bad escape, control character or UTF-8)
? 3
$ printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1e400}' >huge.json; akashi sbom check huge.json | head -n 2
huge.json: cyclonedx-json@1.5: not valid
  error huge.json#/version: this must be a whole number
? 0
$ python3 -c 'print("<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\">" + "".join("<!ENTITY %s \"%s\">" % (chr(98 + i), ("&%s;" % chr(97 + i)) * 10) for i in range(9)) + "]><bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\" version=\"1\"><components><component type=\"library\"><name>&j;</name></component></components></bom>")' >laughs.xml; akashi sbom check laughs.xml
akashi: laughs.xml: a document type or entity declaration is not accepted
  → remove the <!DOCTYPE …> part: entities can be used to attack a reader
? 3
$ printf '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1"><components><component type="library"><name>&a;</name></component></components></bom>' >steal.xml; akashi sbom convert steal.xml --to cyclonedx-json
akashi: steal.xml: a document type or entity declaration is not accepted
  → remove the <!DOCTYPE …> part: entities can be used to attack a reader
? 3
$ printf 'SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: <text>never closed\n' >open.spdx; akashi sbom check open.spdx
akashi: open.spdx:4: <text> is never closed
? 3

Compressed: what grows out of proportion is stopped.

$ python3 -c 'import gzip,sys; z = gzip.compress(b"{\"bomFormat\":\"CycloneDX\",\"a\":\"" + b"a" * 600000000 + b"\"}", 9); open("bomb.json.gz", "wb").write(z)'; akashi sbom check bomb.json.gz
akashi: bomb.json.gz: the archive expands more than 1000 times: this looks like a bomb
? 3
$ python3 -c 'import zipfile; z = zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9); [z.writestr("d%d/package-lock.json" % i, bytes(100000000)) for i in range(6)]'; akashi sbom make bomb.zip -o out.json
akashi: bomb.zip: the archive expands more than 1000 times: this looks like a bomb
? 3
$ printf '\037\213\010\0\0\0\0\0' >stump.gz; akashi sbom check stump.gz
akashi: stump.gz: this is no SBOM in a format known here
  → known are CycloneDX (JSON, XML) and SPDX (JSON, tag-value, YAML, RDF/XML, JSON-LD)
? 3

Names that climb out of an archive are told; nothing is written anywhere.

$ python3 -c 'import tarfile, io
> t = tarfile.open("climb.tar", "w")
> for n in ["../requirements.txt", "/abs/requirements.txt", "ok/requirements.txt"]:
>     i = tarfile.TarInfo(n); i.size = 8; t.addfile(i, io.BytesIO(b"six==1.0"))
> i = tarfile.TarInfo("link"); i.type = tarfile.SYMTYPE; i.linkname = "/etc"; t.addfile(i)'
? 0
$ akashi sbom make climb.tar | grep '"purl"'; ls ..
akashi: warning: climb.tar: an entry of the archive has a name that leads outside; left out
      "purl": "pkg:pypi/six@1.0",
home
work
? 0

Trees: a link in a circle ends, a pipe is no file.

$ mkdir -p ring/a; ln -s .. ring/a/up; ln -s /etc ring/out; echo six==1.0 >ring/requirements.txt; akashi sbom make ring | grep '"purl"'
      "purl": "pkg:pypi/six@1.0",
? 0
$ mkfifo ring/pipe.lock ring/package-lock.json; akashi sbom make ring | grep '"purl"'
      "purl": "pkg:pypi/six@1.0",
? 0

A folder without permission is told, and the rest is reported (root may enter everything, so it is tried as somebody else).

$ chmod 755 . .. ring; cp $PROGRAM there; mkdir ring/closed; chmod 0 ring/closed; as_nobody() { if [ $(id -u) = 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; else "$@"; fi; }; as_nobody ./there sbom make ring | grep '"purl"'; chmod 755 ring/closed
akashi: warning: closed: cannot look into the folder: Permission denied
      "purl": "pkg:pypi/six@1.0",
? 0

A graph in a circle ends.

$ printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"a","version":"1","bom-ref":"a"},{"type":"library","name":"b","version":"1","bom-ref":"b"}],"dependencies":[{"ref":"a","dependsOn":["b"]},{"ref":"b","dependsOn":["a"]}]}' >ring.json; akashi plumb components ring.json
ring.json	a@1	unknown
ring.json	b@1	unknown
? 0
