Programs are judged by what is in the file. These two are headers only: one at fixed addresses with an executable stack,
one that is no program at all.
env COLUMNS=150

$ mkdir -p out/bin && printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000\076\000\001\000\000\000\000\000\000\000\000\000\000\000\100\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\100\000\070\000\001\000\100\000\000\000\000\000\121\345\164\144\007\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\020\000\000\000\000\000\000\000' >out/bin/old && echo text >out/bin/text && chmod 4755 out/bin/old
$ akashi inspect out
$ akashi inspect out --all --lang ja
$ akashi inspect out --policy minimum --fail-on never

Exit codes follow --fail-on.

$ akashi inspect out --fail-on high >/dev/null
$ akashi inspect out --only pe

A policy of one's own.

$ echo '{"name":"ours","requirements":[{"checks":"build-id","weight":"low"}]}' >ours.json; akashi inspect out --policy ours.json
$ akashi inspect out --policy ours.json --fail-on medium >/dev/null
$ echo '{"requirements":[{"state":"fine"}]}' >bad.json; akashi inspect out --policy bad.json
$ akashi inspect out --policy strict

For machines.

$ akashi inspect out --format sarif | grep -A4 '"message"' | head -5
$ akashi inspect out --statement --policy ours.json | head -22

What cannot be read is said, and what is not there.

$ printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000\076\000\001\000\000\000\000\000\000\000\000\000\000\000\100\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\100\000\070\000\001\000\100' >out/bin/broken; akashi inspect out --policy ours.json --fail-on never
$ akashi inspect missing
