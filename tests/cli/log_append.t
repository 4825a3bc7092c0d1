Statements made elsewhere are taken in once a key we trust has signed them.

$ akashi init --name Customer --role customer --no-passphrase --origin customer/log >/dev/null && akashi init --name Supplier --role supplier --no-passphrase --origin supplier/log --home supplier >/dev/null
? 0
$ echo bits >f.bin; akashi sign f.bin --predicate https://example.jp/built --home supplier >/dev/null; akashi sign f.bin --predicate https://example.jp/tested --home supplier >/dev/null
? 0
$ akashi log append f.bin.built.dsse.json 2>&1 | sed -E 's/[0-9a-f]{64}/ID/'
? 0
$ mkdir -p $HOME/.local/share/akashi/keys/trusted; akashi key export --home supplier >$HOME/.local/share/akashi/keys/trusted/Supplier.pub
? 0
$ akashi log append f.bin.built.dsse.json
? 0

Twice is once, whatever it is wrapped in.

$ cat f.bin.built.dsse.json f.bin.tested.dsse.json >all.intoto.jsonl; akashi log append all.intoto.jsonl
? 0
$ printf '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":%s}' "$(cat f.bin.tested.dsse.json)" >f.sigstore.json; akashi log append f.sigstore.json
? 0
$ akashi log find https://example.jp/tested
? 0

All or nothing, and each refusal has its place.

$ python3 -c 'import json; e=json.load(open("f.bin.built.dsse.json")); e["payload"]=e["payload"][:-8]+"fX19fX0="; json.dump(e, open("changed.json","w"))'; akashi sign f.bin --predicate https://example.jp/new --home supplier >/dev/null; akashi log append f.bin.new.dsse.json changed.json 2>&1 | sed -E 's/[0-9a-f]{64}/ID/'
? 0
$ akashi log find https://example.jp/new
? 0
$ echo '{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[]}' >unsigned.json; akashi log append unsigned.json
? 0
$ echo '{"sbom":1}' >other.json; akashi log append other.json
? 0
$ akashi log append none.json
? 0
$ LANG=ja_JP.UTF-8 akashi log append other.json
? 0
