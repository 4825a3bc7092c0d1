The demo: a home of its own, made by the commands a user has, and removed again.

$ akashi demo --home d
A home to look around in: $WORK/d
It is that of hinata, an integrator, with three suppliers, hospitals, a city, a power company and a sector body. All of it is invented.

  export AKASHI_HOME='$WORK/d'
  akashi impact DEMO-2026-0036
      who is hit by what became known today
  akashi case list --due
      what is to be done, by its clocks
  akashi impact top
      single points of failure
  akashi conform status --package minimum --product single-sign-on
      what the evidence carries, and what not
  akashi decide list --due
      which customers have to decide, again too
  akashi demo --clean
      removes all of it
? 0
$ akashi demo --home d
akashi: $WORK/d: there is a demo here already
  → see: akashi demo --clean --home $WORK/d
? 2

It is a home like any other: its log verifies, its views are made anew the same, and what breaks today hits most of it.

$ export AKASHI_HOME=d; akashi log check | sed -E 's/[0-9]+/N/g'; akashi rebuild | sed -E 's/[0-9]+/N/g'
every entry, tile and body is what it was
what can be found in the log: made anew from N entries
it is the same as before
portfolio: made anew from N entries
it is the same as before
? 0
$ export AKASHI_HOME=d; akashi impact CVE-0000-0036 | sed -n 2,12p; akashi impact 'party:kaede' | sed -n '2,5p'
CVSS 10.0 · known to be exploited (KEV)
Remote code execution through a crafted message in example.kasumi:kasumi-log
5 versions of components in releases: pkg:maven/example.kasumi/kasumi-log@2.5.1 (5), pkg:maven/example.kasumi/kasumi-log@2.5.2 (11), pkg:maven/example.kasumi/kasumi-log@2.5.3 (3), pkg:maven/example.kasumi/kasumi-log@2.6.0 (5), pkg:maven/example.kasumi/kasumi-log@2.7.0 (4)
releases                 28
products                 15
deployments             455  customers 18 · operators 1 · hosts 1
services                 48  through others 22 · fall 28 · have an alternative 20
sectors                   4  medical 36, government 6, power 4, water 2
regions                   3  JP-22 31, JP-19 9, JP-23 8
population        8,118,340
people-hours     68,042,800  people without service 3,158,600 · within MTPD 56,973,200 ·
findings                144
releases                132
products                 18
deployments             854  customers 10 · operators 1 · hosts 1
? 0
$ export AKASHI_HOME=d; akashi case list --all --json | sed -n 's/.*"status": "\(.*\)",/\1/p' | sort | uniq -c; akashi decide list --json | sed -n 's/.*"state": "\(.*\)",/\1/p' | sort | uniq -c; akashi product list | wc -l
     64 closed
      3 delivered
     17 detected
    107 fixed
      8 fixing
     15 triaged
      3 verified
      2 accepted
      1 alternative
      1 declined
      2 open
      2 reopened
61
? 0

Only what the demo made is removed: a home of one's own never, and what somebody put beside it stays.

$ akashi init --name X --role supplier --no-passphrase --home own >/dev/null; akashi demo --clean --home own; cp d/demo.json own; akashi demo --clean --home own; akashi demo --home own
akashi: $WORK/own: this is no home that `akashi demo` made: nothing is removed
akashi: $WORK/own/demo.json: this belongs to another home: nothing is removed
akashi: $WORK/own: there is a demo here already
  → see: akashi demo --clean --home $WORK/own
? 2
$ echo mine >d/notes.txt; akashi demo --clean --home d; ls d
left alone: $WORK/d/notes.txt
notes.txt
? 0
$ rm d/notes.txt; akashi demo --clean --home d; akashi demo --clean
akashi: $WORK/d: this is no home that `akashi demo` made: nothing is removed
akashi: $HOME/.local/share/akashi-demo: this is no home that `akashi demo` made: nothing is removed
? 2
$ akashi demo --clean --lang ja; ls
akashi: $HOME/.local/share/akashi-demo: 「akashi demo」が作ったホームではないため、何も削除しません
d
own
? 0
