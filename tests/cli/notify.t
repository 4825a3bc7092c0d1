Notices: subscriptions in akashi.toml, an outbox, a file that has each once, a mail over STARTTLS.
env SOURCE_DATE_EPOCH=1795248000
env AKASHI_HOME=home

$ akashi notify list
akashi: home: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ akashi init --name 'Example KK' --role supplier --origin example.jp/akashi --no-passphrase --quiet > /dev/null
? 0
$ akashi notify test
akashi: home: nobody is to be told: akashi.toml has no [[notify]]
  → docs/notify.md says how to add one
? 2
$ akashi notify list
no notices
? 0
$ cat >> home/akashi.toml <<'END'
> [[notify]]
> name = "siem"
> channel = "file"
> file = "notices.jsonl"
> language = "en"
> END
? 0
$ akashi notify test
1 sent, 0 to be tried again, 0 given up, 0 unsure
? 0
$ cut -d, -f2-3,5- home/notices.jsonl
"kind":"test","about":"test","time":"2026-11-21T08:00:00Z","rank":100,"cases":[],"language":"en","subject":"Akashi: test","text":"This is a test. Notices arrive here.\n"}
? 0
$ akashi notify list | sed 's/^[0-9a-f]\{12\}/KEY/'
key           since                 to    state  subject       what went wrong
KEY  2026-11-21T08:00:00Z  siem  sent   Akashi: test
? 0
$ akashi notify list --lang ja --state sent | sed 's/^[0-9a-f]\{12\}/KEY/'
鍵            開始                  宛先  状態      件名          問題
KEY  2026-11-21T08:00:00Z  siem  送信済み  Akashi: test
? 0
$ akashi notify test pager
akashi: pager: there is no [[notify]] of this name
  → akashi.toml in the home names them; docs/notify.md says how
? 2
$ akashi notify send --again 0123456789
akashi: 0123456789: no notice that was given up or is unsure has this key
  → `akashi notify list --state unsure` shows them
? 3
$ akashi notify send --json
{
  "sent": 0,
  "later": 0,
  "failed": 0,
  "unsure": 0
}
? 0

A mail over STARTTLS: the server's certificate must hold, and what was handed over without an answer waits for a person.

$ mkdir post; (sleep 60 2>/dev/null | python3 $SOURCE/tests/smtp_server.py post --drop 1 >/dev/null 2>&1 &); while ! test -s post/port; do sleep 0.1; done; cp post/cert.pem home/ca.pem
? 0
$ cat >mail.toml <<END
> [[notify]]
> name = "psirt"
> channel = "smtp"
> url = "smtp://127.0.0.1:$(cat post/port)"
> from = "akashi@example.jp"
> to = ["psirt@example.jp"]
> END
? 0
$ cp home/akashi.toml plain.toml && cat mail.toml >>home/akashi.toml && akashi notify test psirt 2>&1 | sed 's/:[0-9]*:/:PORT:/; s/taken: .*/taken: …/'
akashi: warning: psirt: smtp://127.0.0.1:PORT: the mail was not taken: …
0 sent, 1 to be tried again, 0 given up, 0 unsure
? 0
$ (cat plain.toml mail.toml; echo 'ca = "ca.pem"') >home/akashi.toml; akashi notify test psirt 2>&1 | sed 's/:[0-9]*:/:PORT:/; s/taken: .*/taken: …/'
akashi: warning: psirt: smtp://127.0.0.1:PORT: the mail was not taken: …
0 sent, 0 to be tried again, 0 given up, 1 unsure
unsure: handed over without an answer. `akashi notify send --again KEY` once you know that it did not arrive
? 0
$ akashi notify send
0 sent, 0 to be tried again, 0 given up, 0 unsure
? 0
$ akashi notify list --state unsure | sed -n '2s/  .*//p' >key; akashi notify send --again "$(cat key)"
1 sent, 0 to be tried again, 0 given up, 0 unsure
? 0
$ ls post | grep -c mail-; grep -h '^Message-ID' post/mail-* | sort -u | grep -c .; tr -d '\r' <post/mail-2 | sed -n '2,4p;6,9p'; tr -d '\r' <post/mail-2 | sed '1,/^$/d' | base64 -d | head -1
2
1
From: Akashi <akashi@example.jp>
To: <psirt@example.jp>
Subject: =?UTF-8?B?QWthc2hpOiDjg4bjgrnjg4g=?=
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: base64
テストです。お知らせはここに届きます。
? 0
