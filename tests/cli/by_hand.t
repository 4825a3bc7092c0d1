Numbers of a portfolio small enough for paper. What each command has to say was computed by hand, as told in front of it,
before the command was run.

    release  contains                 runs as            carries
    core 1.0 liba 1.0.0, libb 2.0.0   d1 (host host-x)   er
                                      d4                 water, or d3
    app 1.0  liba 1.0.0, libc 1.0.0   d2                 ward, which also needs er
    gate 1.0 libc 1.1.0               d3 (host host-x)   water, or d4

    service  people   others take over   may be out   restoring takes
    er        1,000                  -         4 h              12 h
    ward        500               20 %         8 h               6 h
    water    10,000               50 %        24 h              30 h

env SOURCE_DATE_EPOCH=1790000000
env COLUMNS=110

$ akashi init --name Us --role operator --no-passphrase --origin us.example/log >/dev/null
? 0
$ cat >things <<'END'
> party add yamada --name yamada --roles supplier
> party add suzuki --name suzuki --roles supplier
> party add host-x --name host-x --roles operator
> party add hosp --name hosp --roles customer
> party add city --name city --roles customer
> product add core --party yamada
> product add app --party suzuki
> product add gate --party suzuki
> deploy add d1 --product core --version 1.0 --customer hosp --host host-x
> deploy add d2 --product app --version 1.0 --customer hosp
> deploy add d3 --product gate --version 1.0 --customer city --host host-x
> deploy add d4 --product core --version 1.0 --customer city
> service add er --party hosp --sector medical --region JP-13 --mtpd 4h --restore 12h --population 1000 --needs deployment:d1
> service add ward --party hosp --sector medical --region JP-13 --mtpd 8h --restore 6h --population 500 --substitutes 20% --needs "deployment:d2;service:er"
> service add water --party city --sector water --region JP-27 --mtpd 24h --restore 30h --population 10000 --substitutes 50% --needs "deployment:d3|deployment:d4"
> END
> while read line; do eval akashi $line -q >/dev/null || echo "failed: $line"; done <things
? 0
$ cat >sbom <<'END'
> printf '{"product":"%s","version":"%s","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[' $1 $2
> shift 2; between=
> for c; do printf '%s{"type":"library","name":"%s","version":"%s","purl":"pkg:npm/%s"}' "$between" ${c%@*} ${c#*@} $c; between=,; done
> echo ']}}'
> END
> (sh sbom core 1.0 liba@1.0.0 libb@2.0.0; sh sbom app 1.0 liba@1.0.0 libc@1.0.0; sh sbom gate 1.0 libc@1.1.0) | akashi impact import -q -
added 3, known before 0, failed 0
? 0

liba: core and app; d1, d2 and d4. er has nothing but d1, ward nothing but d2; water has d3 left. People: 1,000 and 80 % of
500 = 400. Within: er 1,000 × min(4, 12) = 4,000; ward 400 × min(8, 6) = 2,400. Beyond: er 1,000 × (12 - 4) = 8,000; ward
is back before its limit.

$ akashi impact pkg:npm/liba --only services
pkg:npm/liba
1 version of a component in releases: 1.0.0 (2)
releases                  2
products                  2
deployments               3  customers 2 · operators 0 · hosts 1
services                  3  through others 0 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population           11,500
people-hours         14,400  people without service 1,400 · within MTPD 6,400 · beyond 8,000

SERVICE  SECTOR   REGION  THROUGH  FALLS  PEOPLE  WITHIN MTPD  BEYOND MTPD
er       medical  JP-13   d1       yes     1,000        4,000        8,000
ward     medical  JP-13   d2       yes       400        2,400            0
water    water    JP-27   d4       no          0            0            0
? 0

libc, in both of its versions: app and gate; d2 and d3. ward falls, water has d4 left.

$ akashi impact pkg:npm/libc --only services
pkg:npm/libc
2 versions of components in releases: 1.0.0 (1), 1.1.0 (1)
releases                  2
products                  2
deployments               2  customers 2 · operators 0 · hosts 1
services                  2  through others 0 · fall 1 · have an alternative 1
sectors                   2  medical 1, water 1
regions                   2  JP-13 1, JP-27 1
population           10,500
people-hours          2,400  people without service 400 · within MTPD 2,400 · beyond 0

SERVICE  SECTOR   REGION  THROUGH  FALLS  PEOPLE  WITHIN MTPD  BEYOND MTPD
ward     medical  JP-13   d2       yes       400        2,400            0
water    water    JP-27   d3       no          0            0            0
? 0

host-x: d1 and d3; er by d1, then ward by er (3 steps: host-x, d1, er, ward); water has d4. People 1,000 + 400. Of redundant
things none: d3 and d4 stand for each other, so neither is in the list, and gate takes nothing with it.

$ akashi impact --top; akashi impact top --of releases
Single points of failure: what takes services with it that have no other way

NAME    KIND        RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES  PEOPLE  DEPTH  FIRST TO GO
host-x  party              0            2          2         2   1,400      3  er, ward
d1      deployment         0            1          1         2   1,400      2  er, ward
d2      deployment         0            1          1         1     400      1  ward
er      service            0            0          0         1     400      1  ward
Releases by what fails with them

NAME      KIND     RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES  PEOPLE  DEPTH  FIRST TO GO
core@1.0  release         1            2          2         2   1,400      3  er, ward
app@1.0   release         1            1          1         1     400      2  ward
gate@1.0  release         1            1          1         0       -      1
? 0

A package takes what runs it at once. liba: d1, d2, d4, so er and ward in one step. libb: d1 and d4; er, then ward by er.
libc: d2 and d3; ward. A supplier: what runs its products; yamada: core alone (d1, d4), suzuki: d2 and d3.

$ akashi impact top --of packages; akashi impact top --of suppliers
Packages by what runs them

NAME          KIND     RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES  PEOPLE  DEPTH  FIRST TO GO
pkg:npm/liba  package         2            3          2         2   1,400      1  er, ward
pkg:npm/libb  package         1            2          2         2   1,400      2  er, ward
pkg:npm/libc  package         2            2          2         1     400      1  ward
Suppliers by what runs their products

NAME    KIND   RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES  PEOPLE  DEPTH  FIRST TO GO
yamada  party         1            2          2         2   1,400      2  er, ward
suzuki  party         2            2          2         1     400      1  ward
? 0

Per sector: of the people of water nobody is ever without it.

$ akashi impact top --of packages --sector water
Packages by what runs them

NAME          KIND     RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES  PEOPLE  DEPTH  FIRST TO GO
pkg:npm/liba  package         2            3          2         0       -      1
pkg:npm/libc  package         2            2          2         0       -      1
pkg:npm/libb  package         1            2          2         0       -      2
? 0

Without host-x: d1 takes 12 h (what er says), d3 30 h (what water says). d1 first: er after 12 h, 8 h late, × 1,000 = 8,000;
ward, which waits for er, 4 h late × 400 = 1,600; together 9,600. d3 first would make it 42 h: 38,000 + 13,600.

$ akashi impact what-if remove host-x
Out at once: deployments 2, services 2, people 1,400; steps 3
Beyond the outage they can bear, in the order below: services 2, people-hours 9,600 (in the order given: 9,600)

SERVICE  CAN BEAR  BACK AFTER  PEOPLE  SECTOR   BECAUSE OF
er            4 h        12 h   1,000  medical  deployment d1
ward          8 h        12 h     400  medical  service er

Best order to bring things back (every order was tried):
ORDER  BRING BACK     TAKES  DONE AFTER
    1  deployment d1   12 h        12 h
    2  deployment d3   30 h        42 h
? 0

Without what runs liba: d1 12 h, d2 6 h, d4 30 h. d1, d2, d4: er after 12 h (8,000), ward after 18 h (10 × 400 = 4,000): 12,000.
d2 first would make er 6 h later: 18,000. As named here (d4, d2, d1): er and ward after 48 h, 44,000 + 16,000 = 60,000. Two
teams begin d1 and d2 at once: ward with er after 12 h, 8,000 + 1,600.

$ akashi impact what-if 'remove deployment:d4, deployment:d2, deployment:d1'
Out at once: deployments 3, services 2, people 1,400; steps 1
Beyond the outage they can bear, in the order below: services 2, people-hours 12,000 (in the order given: 60,000)

SERVICE  CAN BEAR  BACK AFTER  PEOPLE  SECTOR   BECAUSE OF
er            4 h        12 h   1,000  medical  deployment d1
ward          8 h        18 h     400  medical  deployment d2

Best order to bring things back (every order was tried):
ORDER  BRING BACK     TAKES  DONE AFTER
    1  deployment d1   12 h        12 h
    2  deployment d2    6 h        18 h
    3  deployment d4   30 h         2 d
? 0
$ akashi impact what-if remove pkg:npm/liba --teams 2
Out at once: deployments 3, services 2, people 1,400; steps 1
Beyond the outage they can bear, in the order below: services 2, people-hours 9,600 (in the order given: 9,600)

SERVICE  CAN BEAR  BACK AFTER  PEOPLE  SECTOR   BECAUSE OF
er            4 h        12 h   1,000  medical  deployment d1
ward          8 h        12 h     400  medical  deployment d2

Best order to bring things back (every order was tried):
ORDER  BRING BACK     TAKES  DONE AFTER
    1  deployment d1   12 h        12 h
    2  deployment d2    6 h         6 h
    3  deployment d4   30 h        36 h
? 0

Versions behind: libc 1.0.0 by one (1.1.0 is shipped). An advisory that names 1.2.0 as fixed puts it two behind, and 1.1.0 one;
liba stays the newest anybody knows of.

$ akashi impact drift
releases looked at: 3, behind 1

drift   component           releases  why
behind  pkg:npm/libc@1.0.0         1  1 version behind 1.1.0
? 0
$ echo '{"id":"A-1","aliases":["CVE-2026-0001"],"modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"libc"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"}]}]}]}' >a.json; akashi watch --from a.json; akashi impact drift
findings looked at: 2; cases: 2 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
releases looked at: 3, behind 2

drift   component           releases  why
behind  pkg:npm/libc@1.0.0         1  2 versions behind 1.2.0
behind  pkg:npm/libc@1.1.0         1  1 version behind 1.2.0
? 0

Findings: libc 1.0.0 in app and 1.1.0 in gate; two products, so two cases, which stay as they are.

$ akashi watch --report | head -3; akashi watch --report --all
what                                                how many
findings (release, component, vulnerability)               0
  in releases nobody runs and a newer one replaced         0
what                                                how many
findings (release, component, vulnerability)               2
  in releases nobody runs and a newer one replaced         0
  answered by a verdict                                    0
  answered by a verdict carried over                       0
  accepted as a risk                                       0
  passed over by a rule of the settings                    0
  open                                                     2
    together with another in one case                      0
cases opened                                               0
cases updated                                              0
cases opened again                                         0
cases fixed or delivered                                   0
cases closed                                               0
cases that were open already                               2
? 0
