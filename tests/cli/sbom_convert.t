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
