Everything said about something, as of any size of the log, and proof that nothing was left out.

$ akashi init --name "例株式会社" --role developer --no-passphrase --origin example.jp/akashi >/dev/null
? 0
$ echo one >one.bin; echo two >two.bin; printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"製品","purl":"pkg:generic/thing@1.2"}}}' >bom.json; printf '{"until":"2036-01-01T00:00:00Z","reason":"contract","product":"製品"}' >hold.json
? 0
$ akashi sign one.bin two.bin --predicate sbom --body bom.json >/dev/null && akashi sign two.bin --predicate hold --body hold.json >/dev/null && akashi sign one.bin --predicate https://example.jp/seen >/dev/null
? 0
$ akashi log find 製品
ENTRY  TIME                  KIND  ABOUT               BY
    2  2026-01-01T00:00:00Z  sbom  one.bin and 1 more  例株式会社
    3  2026-01-01T00:00:00Z  hold  two.bin             例株式会社
? 0
$ akashi log find pkg:generic/thing
ENTRY  TIME                  KIND  ABOUT               BY
    2  2026-01-01T00:00:00Z  sbom  one.bin and 1 more  例株式会社
? 0
$ akashi log find $(sha256sum one.bin | cut -d' ' -f1)
ENTRY  TIME                  KIND                     ABOUT               BY
    2  2026-01-01T00:00:00Z  sbom                     one.bin and 1 more  例株式会社
    4  2026-01-01T00:00:00Z  https://example.jp/seen  one.bin             例株式会社
? 0
$ akashi log find https://example.jp/seen
ENTRY  TIME                  KIND                     ABOUT    BY
    4  2026-01-01T00:00:00Z  https://example.jp/seen  one.bin  例株式会社
? 0
$ akashi log find 製品 --as-of 3
ENTRY  TIME                  KIND  ABOUT               BY
    2  2026-01-01T00:00:00Z  sbom  one.bin and 1 more  例株式会社
? 0
$ akashi log find 製品 --as-of 2020-01-01
nothing about it among the 0 entries
? 0
$ akashi log find hold --json | sed -E 's/"[0-9a-f]{64}"/"SHA256"/'
{
  "asked": [
    "kind:hold"
  ],
  "size": 5,
  "statements": [
    {
      "index": 3,
      "time": "2026-01-01T00:00:00Z",
      "kind": "hold",
      "type": "tag:akashi,2026:predicate/hold/v1",
      "key": "SHA256",
      "party": "例株式会社",
      "envelope": "SHA256",
      "erased": false,
      "subjects": [
        {
          "name": "two.bin",
          "digest": {
            "sha256": "SHA256"
          }
        }
      ]
    }
  ]
}
? 0
$ akashi log find nothing-of-the-kind
nothing about it among the 5 entries
? 0
$ akashi log find 製品 --as-of 99
akashi: 99: the log has only 5 entries
? 2
$ akashi log find 製品 --as-of yesterday
akashi: yesterday: this is neither a time nor a number of entries
  → a time such as 2026-11-21T07:59:03Z, a day such as 2026-11-21, or a number of entries
? 2
$ akashi log find purl:nonsense
akashi: purl:nonsense: this is nothing to look for
  → a digest, a package URL, a product, a key id or a kind such as sbom
? 2

A proof needs an index.

$ akashi log find 製品 --prove
akashi: example.jp/akashi: the log has no index yet
  → `akashi log index` makes one
? 3
$ akashi log index
entry 5 is an index of the 5 entries before it
? 0
$ akashi log find product:製品 --prove >proof.json; python3 -c 'import json; p=json.load(open("proof.json")); print(p["proof"], [(a["word"], a["entries"]) for a in p["answers"]], len(p["behind"]["leaves"]))'
akashi-find/1 [('product:製品', [2, 3])] 1
? 0

The view is only a view: damaged or gone, it is made anew.

$ akashi rebuild
what can be found in the log: made anew from 6 entries
it is the same as before
portfolio: made anew from 6 entries
it is the same as before
? 0
$ printf x | dd of=$(echo $HOME/.local/share/akashi/view/*.db) bs=1 seek=5000 conv=notrunc 2>/dev/null; akashi log find hold
akashi: warning: $HOME/.local/share/akashi/view: the view is damaged: it is made anew
ENTRY  TIME                  KIND  ABOUT    BY
    3  2026-01-01T00:00:00Z  hold  two.bin  例株式会社
? 0
$ rm -r $HOME/.local/share/akashi/view; akashi log find hold
ENTRY  TIME                  KIND  ABOUT    BY
    3  2026-01-01T00:00:00Z  hold  two.bin  例株式会社
? 0
$ LANG=ja_JP.UTF-8 akashi rebuild
ログの検索用ビュー: 6 件から作り直しました
以前のものと同じです
ポートフォリオ: 6 件から作り直しました
以前のものと同じです
? 0

Who has the public key sees that the answer is whole; a shortened one is refused.

$ akashi key export >our.pub; akashi verify proof.json --key our.pub --home none
verdict  check     about              what
holds    index     example.jp/akashi  an index of the first 5 entries, logged as entry 5, signed by
                                      our
holds    answer    product:製品       2 statements: entries 2, 3
holds    complete  proof.json         nothing is left out up to entry 6

Verified: everything checked holds; 0 things were not checked
? 0
$ python3 -c 'import json; p=json.load(open("proof.json")); p["answers"][0]["entries"].pop(); json.dump(p, open("short.json","w"))'; akashi verify short.json --key our.pub --home none
verdict  check   about       what
FAILS    answer  short.json  the index has another list of entries for what was asked

NOT verified: 1 check fails
? 1
$ akashi verify proof.json --home none
verdict  check   about       what
FAILS    answer  proof.json  the index statement is not proved to be in the log

  → name the keys you trust: --key FILE
NOT verified: 1 check fails
? 1
$ akashi sign two.bin --predicate hold --body hold.json --no-log >/dev/null; akashi sign one.bin --predicate hold --body hold.json >/dev/null; akashi log find product:製品 --prove >behind.json; akashi verify behind.json --key our.pub --home none
verdict      check     about              what
holds        index     example.jp/akashi  an index of the first 5 entries, logged as entry 5, signed
                                          by our
holds        answer    product:製品       2 statements: entries 2, 3
not checked  complete  behind.json        entries 5 to 6 came after the index: they may be about it
                                          too

  → ask for a proof with a newer index (`akashi log index`)
Verified: everything checked holds; 1 thing was not checked
? 0
$ akashi log find hold --prove >kind.json; akashi verify kind.json --key our.pub --home none
verdict  check     about              what
holds    index     example.jp/akashi  an index of the first 5 entries, logged as entry 5, signed by
                                      our
holds    answer    kind:hold          2 statements: entries 3, 6
holds    complete  kind.json          nothing is left out up to entry 7

Verified: everything checked holds; 0 things were not checked
? 0
