Programs are judged by what is in the file. These two are headers only: one at fixed addresses with an executable stack,
one that is no program at all.
env COLUMNS=150

$ mkdir -p out/bin && printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000\076\000\001\000\000\000\000\000\000\000\000\000\000\000\100\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\100\000\070\000\001\000\100\000\000\000\000\000\121\345\164\144\007\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\020\000\000\000\000\000\000\000' >out/bin/old && echo text >out/bin/text && chmod 4755 out/bin/old
? 0
$ akashi inspect out
FILE     TYPE        PIE  RELRO  CANARY  FORTIFY  NX  CFI  OTHERWISE
bin/old  executable  no   no     -       -        no  -    build-id; setuid

WEIGHT  FILES  WANTED                         TO DO
high        1  no executable stack            link with -Wl,-z,noexecstack; in assembly add a .note.GNU-stack section
high        1  position independent (PIE)     compile with -fPIE and link with -pie (static programs: -static-pie)
medium      1  read-only relocations (RELRO)  link with -Wl,-z,relro,-z,now
low         1  build id                       link with -Wl,--build-id

inspected: 1 · against the policy standard: 1 · could not be read: 0
? 1
$ akashi inspect out --all --lang ja
ファイル  型          PIE   RELRO  カナリア  FORTIFY  NX    CFI  その他
bin/old   executable  なし  なし   -         -        なし  -    build-id; setuid

重み  件数  求めること                      対処
高       1  実行できないスタック            -Wl,-z,noexecstack でリンクし、アセンブリには .note.GNU-stack セクションを加えてください
高       1  位置独立 (PIE)                  -fPIE でコンパイルし、-pie (静的なプログラムは -static-pie) でリンクしてください
中       1  再配置の読み取り専用化 (RELRO)  -Wl,-z,relro,-z,now でリンクしてください
低       1  ビルド ID                       -Wl,--build-id でリンクしてください

検査したファイル: 1 · ポリシー standard に反するもの: 1 · 読めなかったもの: 0
? 1
$ akashi inspect out --policy minimum --fail-on never
FILE     TYPE        PIE  RELRO  CANARY  FORTIFY  NX  CFI  OTHERWISE
bin/old  executable  no   no     -       -        no  -    setuid

WEIGHT  FILES  WANTED                         TO DO
high        1  no executable stack            link with -Wl,-z,noexecstack; in assembly add a .note.GNU-stack section
high        1  position independent (PIE)     compile with -fPIE and link with -pie (static programs: -static-pie)
medium      1  read-only relocations (RELRO)  link with -Wl,-z,relro,-z,now

inspected: 1 · against the policy minimum: 1 · could not be read: 0
? 0

Exit codes follow --fail-on.

$ akashi inspect out --fail-on high >/dev/null
? 1
$ akashi inspect out --only pe
akashi: warning: out: there is nothing here that can be inspected
inspected: 0 · against the policy standard: 0 · could not be read: 0
? 0

A policy of one's own.

$ echo '{"name":"ours","requirements":[{"checks":"build-id","weight":"low"}]}' >ours.json; akashi inspect out --policy ours.json
FILE     TYPE        PIE  RELRO  CANARY  FORTIFY  NX  CFI  OTHERWISE
bin/old  executable  no   no     -       -        no  -    build-id; setuid

WEIGHT  FILES  WANTED    TO DO
low         1  build id  link with -Wl,--build-id

inspected: 1 · against the policy ours: 1 · could not be read: 0
? 1
$ akashi inspect out --policy ours.json --fail-on medium >/dev/null
? 0
$ echo '{"requirements":[{"state":"fine"}]}' >bad.json; akashi inspect out --policy bad.json
akashi: bad.json#/requirements/0/state: a required state is one of good, partial, any
? 3
$ akashi inspect out --policy strict
akashi: there is no policy "strict"
  → one of minimum, standard; or a policy file
? 2

For machines.

$ akashi inspect out --format sarif | grep -A4 '"message"' | head -5
          "message": {
            "text": "Does not hold: position independent (PIE) (fixed addresses). To do: compile with -fPIE and link with -pie (static programs: -static-pie)."
          },
          "locations": [
            {
? 0
$ akashi inspect out --statement --policy ours.json | head -22
{
  "tool": {
    "name": "akashi",
    "version": "0.1.0"
  },
  "policy": {
    "name": "ours",
    "digest": {
      "sha256": "e04a2657358dc1651fd1e8754ef8a89289f5f185fca15029aebcf772ccf3fbb8"
    }
  },
  "result": "FAILED",
  "malformed": 0,
  "files": [
    {
      "path": "bin/old",
      "digest": {
        "sha256": "d255412399789e99ad7be3b0f9daad469456cae664ff80fa4df144bb6984d3a3"
      },
      "kind": "elf",
      "type": "executable",
      "size": 120,
? 0

What cannot be read is said, and what is not there.

$ printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000\076\000\001\000\000\000\000\000\000\000\000\000\000\000\100\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\100\000\070\000\001\000\100\000\000\000\000\000' >out/bin/broken; akashi inspect out --policy ours.json --fail-on never
akashi: warning: bin/broken: the headers of this ELF file make no sense
FILE     TYPE        PIE  RELRO  CANARY  FORTIFY  NX  CFI  OTHERWISE
bin/old  executable  no   no     -       -        no  -    build-id; setuid

WEIGHT  FILES  WANTED    TO DO
low         1  build id  link with -Wl,--build-id

inspected: 1 · against the policy ours: 1 · could not be read: 1
? 0
$ akashi inspect missing
akashi: missing: cannot open the file: No such file or directory
? 3
