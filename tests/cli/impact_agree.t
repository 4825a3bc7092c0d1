Reach, concentration and what-if are of one mind: what only a second document lists, who has not begun or has ended,
what a party takes with it, and what a reader may not see.
env COLUMNS=120
env SOURCE_DATE_EPOCH=1796083200

$ akashi init --name Example --role operator --no-passphrase >/dev/null
? 0
$ cat >sbom <<'END'
> product=$1 version=$2; shift 2
> printf '{"product":"%s","version":"%s","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"%s","version":"%s"}},"components":[' $product $version $product $version
> between=
> for c; do printf '%s{"type":"library","name":"%s","version":"%s","purl":"pkg:npm/%s"}' "$between" ${c%@*} ${c#*@} $c; between=,; done
> printf ']}}\n'
> END
> (sh sbom a 1.0 left@1.0; sh sbom a 1.0 right@1.0; sh sbom b 1.0 right@1.0; sh sbom b 2.0 hidden@1.0) | akashi impact import -q -
added 4, known before 0, failed 0
list other components than another document of the same release, all kept and marked: 1
? 0
$ printf 'id,name,roles\np,P,supplier\nq,Q,supplier;operator\nc,C,customer\n' >parties.csv; printf 'id,party\na,p\nb,q\n' >products.csv
> printf 'id,product,version,customer,service,since,until\nnow,a,1.0,c,one,,\nlater,b,1.0,q,two,2027-01-01,\nold,b,1.0,q,,,2026-11-30\n' >deployments.csv
> printf 'id,party,population,mtpd,restore,needs\none,p,100,1h,2h,\ntwo,q,10,1h,2h,\nthree,p,1,1h,2h,deployment:now|deployment:old\nfour,p,1,1h,2h,deployment:now|deployment:paper\n' >services.csv
> akashi party import -q parties.csv; akashi product import -q products.csv; akashi deploy import -q deployments.csv; akashi service import -q services.csv
3 added, 0 changed, 0 were there already, 0 bad
2 added, 0 changed, 0 were there already, 0 bad
3 added, 0 changed, 0 were there already, 0 bad
4 added, 0 changed, 0 were there already, 0 bad
? 0

`right` is in the second document of a 1.0 only. What begins next year is not hit; what has ended is nothing to fall back on,
while a system that was only ever named is.

$ akashi impact pkg:npm/right --only services; akashi impact what-if remove pkg:npm/right; akashi impact top --of packages
pkg:npm/right
1 version of a component in releases: 1.0 (2)
releases                  2
products                  2
deployments               1  customers 1 · operators 0 · hosts 0
services                  3  through others 0 · fall 2 · have an alternative 1
sectors                   0
regions                   0
population              102
people-hours            202  people without service 101 · within MTPD 101 · beyond 101

SERVICE  SECTOR  REGION  THROUGH  FALLS  PEOPLE  WITHIN MTPD  BEYOND MTPD
one                      now      yes       100          100          100
three                    now      yes         1            1            1
four                     now      no          0            0            0
Out at once: deployments 1, services 2, people 101; steps 1
Beyond the outage they can bear, in the order below: services 2, people-hours 101 (in the order given: 101)

SERVICE  CAN BEAR  BACK AFTER  PEOPLE  SECTOR  BECAUSE OF
one           1 h         2 h     100          deployment now
three         1 h         2 h       1          deployment now

Best order to bring things back (every order was tried):
ORDER  BRING BACK      TAKES  DONE AFTER
    1  deployment now    2 h         2 h
Packages by what runs them

NAME           KIND     RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES  PEOPLE  DEPTH  FIRST TO GO
pkg:npm/right  package         2            1          1         2     101      1  one, three
pkg:npm/left   package         1            1          1         2     101      1  one, three
? 0
$ akashi impact pkg:npm/right --only services --as-of 2027-01-01
pkg:npm/right
1 version of a component in releases: 1.0 (2)
releases                  2
products                  2
deployments               2  customers 2 · operators 0 · hosts 0
services                  4  through others 0 · fall 3 · have an alternative 1
sectors                   0
regions                   0
population              112
people-hours            222  people without service 111 · within MTPD 111 · beyond 111

SERVICE  SECTOR  REGION  THROUGH  FALLS  PEOPLE  WITHIN MTPD  BEYOND MTPD
one                      now      yes       100          100          100
two                      later    yes        10           10           10
three                    now      yes         1            1            1
four                     now      no          0            0            0
? 0

What a party takes with it: what it runs and hosts, what runs its releases, and its own services.

$ akashi impact p --only services | tail -4; akashi impact what-if remove p
akashi: warning: portfolio: no advisories were taken into the portfolio yet, so nothing is known to be hit: `akashi watch` does
SERVICE  SECTOR  REGION  THROUGH  FALLS  PEOPLE  WITHIN MTPD  BEYOND MTPD
one                               yes       100          100          100
three                             yes         1            1            1
four                              yes         1            1            1
Out at once: deployments 1, services 3, people 102; steps 0
Beyond the outage they can bear, in the order below: services 3, people-hours 312 (in the order given: 312)

SERVICE  CAN BEAR  BACK AFTER  PEOPLE  SECTOR  BECAUSE OF
one           1 h         4 h     100
three         1 h         6 h       1
four          1 h         8 h       1

Best order to bring things back (every order was tried):
ORDER  BRING BACK      TAKES  DONE AFTER
    1  deployment now    2 h         2 h
    2  service one       2 h         4 h
    3  service three     2 h         6 h
    4  service four      2 h         8 h
? 0

Suppliers by all they release. A reader sees its own releases alone, and no name it may not know.

$ akashi impact top --of suppliers --by releases --limit 1; akashi impact top --of packages --by releases --audience p
Suppliers by what runs their products

NAME  KIND   RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES  PEOPLE  DEPTH  FIRST TO GO
q     party         2            0          0         0       -      0
Packages by what runs them

NAME           KIND     RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES  PEOPLE  DEPTH  FIRST TO GO
pkg:npm/left   package         1            1          1         1     100      1  one
pkg:npm/right  package         1            1          1         1     100      1  one
? 0
$ akashi impact what-if remove b --audience p; akashi impact what-if remove q --audience p
akashi: b: nothing in the portfolio has this name
  → write party:ID, service:ID, deployment:ID, release:PRODUCT@VERSION, zone:NAME, a purl or a CVE
akashi: q: nothing in the portfolio has this name
  → write party:ID, service:ID, deployment:ID, release:PRODUCT@VERSION, zone:NAME, a purl or a CVE
? 3

A customer sees every document of what it runs.

$ akashi impact pkg:npm/right --audience c --count
1
? 0

What only a second document lists is in the licences, suppliers and counts of its release too.

$ printf '%s\n' '{"product":"d","version":"1.0","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"m","version":"1.0.0","purl":"pkg:npm/m@1.0.0","licenses":[{"license":{"id":"MIT"}}]}]}}' '{"product":"d","version":"1.0","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"g","version":"1.0.0","purl":"pkg:npm/g@1.0.0","supplier":{"name":"G Ltd"},"licenses":[{"license":{"id":"GPL-3.0-only"}}]},{"type":"library","name":"nameless","version":"1"}]}}' | akashi impact import -q - >/dev/null; akashi impact supplier --product d; akashi impact unidentified --product d; akashi impact licence --product d --deny GPL-3.0-only
supplier           releases    share  components
(nobody is named)         1  100.0 %           2
G Ltd                     1  100.0 %           1
known by their names alone: 1 of 3 components of 1 releases

product  version  unidentified  components  such as
d        1.0                 1           3  nameless@1
licence                releases  components  such as
GPL-3.0-only (denied)         1           1  pkg:npm/g@1.0.0
(none stated)                 1           1  name:nameless@1
MIT                           1           1  pkg:npm/m@1.0.0
? 1
