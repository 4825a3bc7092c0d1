Statements made elsewhere are taken in once a key we trust has signed them.

$ akashi init --name Customer --role customer --no-passphrase --origin customer/log >/dev/null && akashi init --name Supplier --role supplier --no-passphrase --origin supplier/log --home supplier >/dev/null
? 0
$ echo bits >f.bin; akashi sign f.bin --predicate https://example.jp/built --home supplier >/dev/null; akashi sign f.bin --predicate https://example.jp/tested --home supplier >/dev/null
? 0
$ akashi log append f.bin.built.dsse.json 2>&1 | sed -E 's/[0-9a-f]{64}/ID/'
akashi: f.bin.built.dsse.json#: no key you trust signed this; it names the key ID
  → `akashi key trust` adds the signer's public key, once you are sure whose it is
? 0
$ akashi key export --home supplier >supplier.pub; akashi key trust supplier.pub --name Supplier | sed -E "s/[0-9a-f]{16,}/ID/g"
trusted: ID
  $HOME/.local/share/akashi/keys/trusted/Supplier.pub
? 0
$ akashi log append f.bin.built.dsse.json
2  https://example.jp/built by Supplier
? 0

Twice is once, whatever it is wrapped in.

$ cat f.bin.built.dsse.json f.bin.tested.dsse.json >all.intoto.jsonl; akashi log append all.intoto.jsonl
2  https://example.jp/built by Supplier: already there
3  https://example.jp/tested by Supplier
? 0
$ printf '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":%s}' "$(cat f.bin.tested.dsse.json)" >f.sigstore.json; akashi log append f.sigstore.json
3  https://example.jp/tested by Supplier: already there
? 0
$ akashi log find https://example.jp/tested
ENTRY  TIME                  KIND                       ABOUT  BY
    3  2026-01-01T00:00:00Z  https://example.jp/tested  f.bin  Supplier
? 0

All or nothing, and each refusal has its place.

$ python3 -c 'import json; e=json.load(open("f.bin.built.dsse.json")); e["payload"]=e["payload"][:-8]+"fX19fX0="; json.dump(e, open("changed.json","w"))'; akashi sign f.bin --predicate https://example.jp/new --home supplier >/dev/null; akashi log append f.bin.new.dsse.json changed.json 2>&1 | sed -E 's/[0-9a-f]{64}/ID/'
akashi: changed.json#: the signature of Supplier does not fit: it was changed after it was signed
? 0
$ akashi log find https://example.jp/new
nothing about it among the 4 entries
? 0
$ echo '{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[]}' >unsigned.json; akashi log append unsigned.json
akashi: unsigned.json#: this envelope has no signature
? 3
$ echo '{"sbom":1}' >other.json; akashi log append other.json
akashi: other.json#: this is neither a DSSE envelope nor a bundle of them
  → `akashi sign FILE --predicate TYPE` makes an envelope
? 3
$ akashi log append none.json
akashi: none.json: cannot open the file: No such file or directory
? 3
$ LANG=ja_JP.UTF-8 akashi log append other.json
akashi: other.json#: DSSE の封筒でも、そのバンドルでもありません
  → 「akashi sign FILE --predicate TYPE」で封筒を作れます
? 3

What a supplier says about its own keys is kept, and changes nothing about ours.

$ akashi archive get $(akashi log show --home supplier --json | sed -n 's/.*"envelope": "\(.*\)".*/\1/p' | head -n 1) theirs.json --home supplier >/dev/null; akashi log append theirs.json; akashi key list | sed -E 's/[0-9a-f]{16}/ID/'
4  key by Supplier
key               kind     party     since       file  state
ID  ed25519  Customer  2026-01-01  open  signs, also the log
ID  ed25519  Supplier  -           -     trusted
? 0
