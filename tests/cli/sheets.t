Sheets in and out: by English and Japanese heads, in UTF-8 and Shift_JIS, all or nothing.

$ akashi init --name X --role supplier --no-passphrase --origin example.jp/akashi >/dev/null; printf '識別子,名称,役割,連絡先\r\nyamada,"山田工業\r\n本社",供給元,x\r\n' >p.csv; akashi party import p.csv
akashi: p.csv:2: roles: this is no list of roles
  → one of: developer|supplier|operator|customer|other
nothing was taken: mend the rows, or take the good ones with --partial
? 3
$ printf '識別子,名称,役割,連絡先\r\nyamada,"山田工業, ""本社""",供給者;顧客,psirt@yamada.example\r\n' >p.csv; akashi party import p.csv
1 added, 0 changed, 0 were there already, 0 bad
? 0
$ akashi party import p.csv
0 added, 0 changed, 1 were there already, 0 bad
? 0
$ akashi party export
id,name,roles,url,contacts,primes,sector,region,language
X,X,supplier,,,,,,
yamada,"山田工業, ""本社""",supplier;customer,,security:psirt@yamada.example,,,,
? 0
$ printf 'id,product,customer,since\nd1,thing,h,2025/4/1\nd2,thing,h,tomorrow\nd 3,thing,h,\nd4,,h,\nd5,thing,h,2025-04-01\n' >d.csv; akashi deploy import d.csv
akashi: d.csv:3: since: 'tomorrow' is no day
  → write it like 2026-04-01 (2026/4/1 will do too)
akashi: d.csv:4: id: 'd 3' cannot be an id
  → at most 200 bytes, without blanks and without , ; | " ' < > \
akashi: d.csv:5: product is missing
nothing was taken: mend the rows, or take the good ones with --partial
? 3
$ akashi deploy list
no deployments
? 0
$ akashi deploy import d.csv --partial
akashi: d.csv:3: since: 'tomorrow' is no day
  → write it like 2026-04-01 (2026/4/1 will do too)
akashi: d.csv:4: id: 'd 3' cannot be an id
  → at most 200 bytes, without blanks and without , ; | " ' < > \
akashi: d.csv:5: product is missing
akashi: warning: d.csv:2: nothing was ever said of the party 'h': from now on it is known by this mention alone
akashi: warning: d.csv:2: nothing was ever said of the product 'thing': from now on it is known by this mention alone
2 added, 0 changed, 0 were there already, 3 bad
? 3
$ akashi deploy import d.csv --partial --json
{
  "applied": true,
  "added": 0,
  "changed": 0,
  "same": 2,
  "bad": 3,
  "faults": [
    {
      "where": "d.csv:3",
      "what": "since: 'tomorrow' is no day",
      "hint": "write it like 2026-04-01 (2026/4/1 will do too)"
    },
    {
      "where": "d.csv:4",
      "what": "id: 'd 3' cannot be an id",
      "hint": "at most 200 bytes, without blanks and without , ; | \" ' < > \\"
    },
    {
      "where": "d.csv:5",
      "what": "product is missing"
    }
  ]
}
? 3
$ printf 'id,owner\nd1,Sato\nd5,\n' >o.csv; akashi deploy import o.csv; akashi deploy export
0 added, 1 changed, 1 were there already, 0 bad
id,product,version,follows,customer,operator,host,service,environment,zone,exposure,data,owner,since,until
d1,thing,,,h,,,,,,,,Sato,2025-04-01,
d5,thing,,,h,,,,,,,,,2025-04-01,
? 0
$ printf 'id,owner,colour\n' >o.csv; akashi deploy import o.csv
akashi: o.csv:1: there is no field 'colour'
  → the heads of columns are: id, product, version, follows, customer, operator, host, service, environment, zone, exposure, data, owner, since, until
? 3
$ printf 'id,owner\nd1,"Sato\n' >o.csv; akashi deploy import o.csv
akashi: o.csv:2: a quote is opened here and never closed
  → within quotes, a quote is written twice: ""
nothing was taken: mend the rows, or take the good ones with --partial
? 3
$ printf 'id,owner\nd1,a\nd1,b\n' >o.csv; LANG=ja_JP.UTF-8 akashi deploy import o.csv
akashi: o.csv:3: 'd1' は 2 行目にもあり、内容が異なります
  → 1 つにつき 1 行です。どちらかを取り除いてください
何も取り込んでいません。行を直すか、--partial で正しい行だけを取り込んでください
? 3
$ : >o.csv; akashi deploy import o.csv
akashi: o.csv: this sheet is empty
? 3
$ akashi deploy import missing.csv
akashi: missing.csv: cannot open the file: No such file or directory
? 3

What Excel in Japan saves and opens.

$ printf '識別子,名称,最大許容停止時間\r\ner,救急医療①,4h\r\n' | iconv -f UTF-8 -t CP932 >s.csv; akashi service import s.csv; akashi service export --excel -o out.csv; head -c 3 out.csv | od -An -tx1; sed 's/^\xef\xbb\xbf//' out.csv; akashi service import out.csv
1 added, 0 changed, 0 were there already, 0 bad
 ef bb bf
識別子,名称,提供者,分野,地域,最大許容停止時間,復旧時間,利用者数,代替率,必要なもの
er,救急医療①,,,,PT4H,,,,
0 added, 0 changed, 1 were there already, 0 bad
? 0
$ printf 'id,name\na,\377\377\n' >s.csv; akashi service import s.csv
akashi: s.csv:2: this is neither UTF-8 nor Shift_JIS
  → save the file as "CSV UTF-8"
? 3
$ akashi service export --format json
[
{"id":"er","name":"救急医療①","mtpd":"PT4H"}
]
? 0
$ printf 'id,name\nx,=1+1\n' | akashi product import -; akashi product export | sed -n 2p; akashi product export -o q.csv; akashi product import q.csv
1 added, 0 changed, 0 were there already, 0 bad
x,'=1+1,,,,,,
0 added, 0 changed, 1 were there already, 0 bad
? 0

An export taken in elsewhere says the same.

$ for kind in party product deploy service; do akashi $kind export -o $kind.csv; done; export AKASHI_HOME=$PWD/second; akashi init --name Y --role customer --no-passphrase >/dev/null; for kind in party product deploy service; do akashi $kind import $kind.csv; done; for kind in product deploy service; do akashi $kind export | cmp - $kind.csv; done
2 added, 0 changed, 0 were there already, 0 bad
1 added, 0 changed, 0 were there already, 0 bad
akashi: warning: deploy.csv:2: nothing was ever said of the party 'h': from now on it is known by this mention alone
akashi: warning: deploy.csv:2: nothing was ever said of the product 'thing': from now on it is known by this mention alone
2 added, 0 changed, 0 were there already, 0 bad
1 added, 0 changed, 0 were there already, 0 bad
? 0
