A customer's own questionnaire, filled from levels or from a declaration; in its own encoding, with its own columns.
env COLUMNS=100

$ printf '#!/bin/sh\nout=$(AKASHI_HOME=$HOME/v SOURCE_DATE_EPOCH=$(date -u -d "$(cat day)" +%%s) akashi "$@" 2>&1); r=$?\n[ -z "$out" ] || printf "%%s\\n" "$out" | sed -E "s/D-[0-9a-f]{12}/D-000000000000/g; s/sha256:[0-9a-f]{16}/sha256:DIGEST/g"\nexit $r\n' >v.sh; chmod +x v.sh; echo 2026-01-01 >day
? 0
$ ./v.sh init --name Yamada --role supplier --no-passphrase --origin v.example/log >/dev/null; cat >mini.json <<'END'
> {"catalogue": 1, "id": "mini", "version": "1", "title": "Mini", "status": "own", "unit": "requirement",
>  "packages": [{"id": "minimum", "title": "Minimum"}],
>  "groups": [{"id": "R1", "kind": "requirement", "title": "All"}],
>  "practices": [
>   {"id": "P1", "group": "R1", "title": "Releases and their parts", "binds": ["supplier"], "packages": {"minimum": 2},
>    "evidence": {"1": [{"kind": "release-manifest", "about": "releases"}],
>                 "2": [{"kind": "sbom", "about": "releases", "where": [{"fact": "components", "at_least": 1}]}]}},
>   {"id": "P2", "group": "R1", "title": "Somebody is in charge", "binds": ["supplier"], "packages": {"minimum": 1},
>    "evidence": {"1": [{"kind": "attestation", "where": [{"fact": "level", "at_least": 1}]}]}}]}
> END
> ./v.sh conform catalogue import mini.json >/dev/null; ./v.sh product add thing --party Yamada >/dev/null; mkdir dist; echo '{"name":"thing","version":"1.0","lockfileVersion":3,"packages":{"node_modules/lodash":{"version":"4.17.15"}}}' >dist/package-lock.json; ./v.sh release dist --product thing --version 1.0 -q >/dev/null
? 0
$ printf '\357\273\277Security questionnaire,,,\r\nNo,Question,Your answer,Remarks\r\n1,Do you list parts?,,\r\n2,Who is in charge?,,\r\n3,Both?,,\r\n4,"Insured, and how?",,\r\n5,Done?,already,x\r\n6,What?,,\r\n' >sheet.csv; printf 'question,practice,strength\n1,P1,\n2,P2,\n3,P1,\n3,P2,\n6,P9,\n7,P1,\n' >sheet--mini.csv
? 0
$ ./v.sh conform answer sheet.csv --catalogue mini --map sheet--mini.csv --to answered.csv; od -An -tx1 -N3 answered.csv; tr -d '\r' <answered.csv | sed 1d
akashi: warning: sheet--mini.csv: 1 question of the map is not in the sheet
6 questions, answered from log v.example/log
       1  answered with yes
       1  answered in part
       1  answered already
       1  blank: no practice is known for it
       1  blank: no evidence
       1  blank: the row is wrong
sheet.csv:4: 2: no evidence shows it and nobody has vouched for it
sheet.csv:6: 4: nothing says which practice it stands for
sheet.csv:8: 6: mini has no practice or requirement 'P9'
 ef bb bf
No,Question,Your answer,Remarks,Level,Reference
1,Do you list parts?,yes,,2,"log v.example/log; P1 level 2 [7, 4]"
2,Who is in charge?,,
3,Both?,in part,,,"log v.example/log; P1 level 2 [7, 4]"
4,"Insured, and how?",,
5,Done?,already,x
6,What?,,
? 0

Japanese, as Excel saves it, from a declaration; a claim is told as one.

$ ./v.sh conform declare --catalogue mini --claim "P2=1: 文書で任命" --person "山田 太郎" --title 代表取締役 --to d.json >/dev/null; printf '番号,設問,要求事項番号,ご回答(○/△/×)\r\n1,部品表,P1,\r\n2,責任者,Ｐ２,\r\n3,すべて,R1,\r\n' | iconv -f UTF-8 -t CP932 >ja.csv; ./v.sh conform answer ja.csv --declaration $(AKASHI_HOME=$HOME/v akashi conform declaration list --json | grep -o 'D-[0-9a-f]*') --word yes=○ --lang ja --to ja2.csv; iconv -f CP932 -t UTF-8 ja2.csv | tr -d '\r' | sed -E "s/D-[0-9a-f]{12}/D-000000000000/; s/sha256:[0-9a-f]{16}/sha256:DIGEST/"
設問 3 件、回答のもとは D-000000000000 sha256:DIGEST
       3  はいと回答
番号,設問,要求事項番号,ご回答(○/△/×),レベル,根拠,備考
1,部品表,P1,○,2,"D-000000000000 sha256:DIGEST; P1 レベル 2 [7, 4]"
2,責任者,Ｐ２,○,1,D-000000000000 sha256:DIGEST; P2 レベル 1,"P2: 山田 太郎, 代表取締役 が主張 (文書で任命)"
3,すべて,R1,○,1,"D-000000000000 sha256:DIGEST; P1 レベル 2 [7, 4]; P2 レベル 1","P2: 山田 太郎, 代表取締役 が主張 (文書で任命)"
? 0

What no longer holds answers nothing; what fell since is not told.

$ D=$(AKASHI_HOME=$HOME/v akashi conform declaration list --json | grep -o 'D-[0-9a-f]*'); mkdir two; echo x >two/x.txt; ./v.sh release two --product thing --version 1.1 -q >/dev/null; ./v.sh conform answer ja.csv --declaration $D --json | grep -E '"(state|level|answer)"'; ./v.sh conform declaration set $D withdrawn --reason sold --to w.json >/dev/null; ./v.sh conform answer ja.csv --declaration $D
      "state": "partly",
      "answer": "in part",
      "level": 1,
      "state": "yes",
      "answer": "yes",
      "level": 1,
      "state": "partly",
      "answer": "in part",
      "level": 1,
akashi: D-000000000000: this declaration does not hold (withdrawn): nothing is answered from it
  → `akashi conform declaration list` shows which ones do
? 3

A form known by name.

$ ./v.sh conform answer --form cisa -q | grep -E '^(I|III.2)' | cut -c1-90; ./v.sh conform answer --form no; ./v.sh conform answer; ./v.sh conform answer ja.csv --catalogue mini --of ssdf
ID,Section,Text,practice,Answer,Level,Reference,Remark
I.product,I. Software attested to,Names of the products,,thing,,,
I.version,I. Software attested to,Versions,,thing 1.1,,,
I.date,I. Software attested to,Date of the newest release,,2026-01-01,,,
II.company,II. Software producer,Name of the company,,Yamada,,,
II.address,II. Software producer,Address and web site,,,,,
II.contact,II. Software producer,"Contact: name, telephone, e-mail",,,,,
III.1.a,III. What is attested,Each environment for development and building is separated a
III.1.b,III. What is attested,"Trust relationships used for authorisation and access, to a
III.1.c,III. What is attested,Multi-factor authentication and conditional access are enfor
III.1.d,III. What is attested,Software that brings undue risk into those environments is d
III.1.e,III. What is attested,"Sensitive data such as credentials is encrypted, according 
III.1.f,III. What is attested,"Operations and alerts are monitored all the time, and incid
III.2,III. What is attested,"Automated tools or comparable processes address the security 
III.3,III. What is attested,The provenance of own code and of components of others in the 
III.4,III. What is attested,"Vulnerabilities are looked for all the time and before each r
III.name,III. What is attested,Name of who signs,,,,,
III.title,III. What is attested,Title of who signs,,,,,
akashi: no: there is no such form
  → one of: cisa
akashi: FILE.csv: which sheet is to be filled?
  → save the customer's sheet as CSV, or use --form cisa
akashi: ssdf: no map leads from mini to ssdf
  → `akashi conform map import` takes one in; --catalogue names what is computed
? 2

For programs that compare suppliers, and on paper.

$ ./v.sh conform declare --catalogue mini --claim "P2=1: in writing" --claim "P1=2: checked by hand" --person "T. Yamada" --title President --to e.json >/dev/null; E=$(AKASHI_HOME=$HOME/v akashi conform declaration list --json | grep -o 'D-[0-9a-f]*' | tail -1); ./v.sh conform declaration export $E --format procurement | grep -A9 '"summary"'; ASAN_OPTIONS=detect_leaks=0 ./v.sh conform declaration export $E --format pdf -o a.pdf; ASAN_OPTIONS=detect_leaks=0 ./v.sh conform declaration export $E --format pdf -o b.pdf; cmp a.pdf b.pdf && head -c 7 a.pdf; echo
  "summary": {
    "practices": 2,
    "met": 2,
    "computed": 0,
    "attested": 0,
    "claimed": 2,
    "notApplicable": 0,
    "reached": true,
    "evidence": 2
  },
%PDF-1.
? 0
