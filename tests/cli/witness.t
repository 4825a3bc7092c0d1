Witnesses: each growth of a log is cosigned, a log that goes back or forks is refused, and what was seen survives kill -9.

$ akashi init --name Example --role supplier --no-passphrase --origin example.jp/log --quiet >out && akashi key export --format vkey >log.vkey && cut -d+ -f1 log.vkey
example.jp/log
? 0
$ cat >start <<'END'
> : >served # nothing left of the one before
> (exec akashi log witness serve --name w.example/one --log log.vkey --folder seen --listen "127.0.0.1:$1" >served 2>told & echo $! >pid)
> while [ "$(wc -l <served)" -lt 2 ] && kill -0 $(cat pid); do sleep 0.05; done
> sed -n 's/^listening on //p' served >url; sed 's,.*:,,' url >port; sed -n 2p served >w.vkey
> END
> sh start 0; cut -d+ -f1 w.vkey; sed 's/[0-9]*$/PORT/' url
w.example/one
http://127.0.0.1:PORT
? 0

The first time.

$ akashi log witness add $(cat url) --vkey w.vkey
w.example-one cosigned the checkpoint
? 0
$ grep -c . $HOME/.local/share/akashi/log/checkpoint; grep -o '^— [^ ]*' $HOME/.local/share/akashi/log/checkpoint
5
— example.jp/log
— w.example/one
? 0
$ sed 's/+[^ ]*/+…/; s,:[0-9]*$,:PORT,' $HOME/.local/share/akashi/witnesses
# C2SP tlog-policy: who cosigns the checkpoints of this log
log example.jp/log+…
witness w.example-one w.example/one+… http://127.0.0.1:PORT
group witnesses any w.example-one
quorum witnesses
? 0
$ akashi log witness list | sed 's/:[0-9]* /:PORT /'
witness        key            address                 cosigned
w.example-one  w.example/one  http://127.0.0.1:PORT  2026-01-01T00:00:00Z (glob)
? 0
$ akashi log witness add $(cat url)/ --vkey w.vkey --name other; grep -c '^witness w.example-one .*/$' $HOME/.local/share/akashi/witnesses
w.example-one cosigned the checkpoint
1
? 0

Every append asks by itself; the proof leads to what the witness saw, and is checked with the policy alone.

$ cp -r $HOME/.local/share/akashi old; akashi key new --no-passphrase >out; grep -o '^— [^ ]*' $HOME/.local/share/akashi/log/checkpoint
— example.jp/log
— w.example/one
? 0
$ akashi log prove 1 -o 1.tlog-proof && cp $HOME/.local/share/akashi/witnesses policy && akashi --home nowhere verify 1.tlog-proof --log-policy policy --key log.vkey | sed -n '/witness/p;$p'
holds    witness    party  cosigned by w.example/one
Verified: everything checked holds; 0 things were not checked
? 0
$ akashi log prove --from 2 | sed -n '1p;$p' | cut -d' ' -f1-2
old 2
— w.example/one
? 0

Killed, and started again: it knows what it saw.

$ kill -9 $(cat pid); while kill -0 $(cat pid) 2>out; do sleep 0.1; done; akashi key new --no-passphrase >out; sh start $(cat port); akashi log witness ask
akashi: http://127.0.0.1:*/add-checkpoint: cannot fetch: * (glob)
  → check the address, the network and the proxy (https_proxy)
w.example-one cosigned the checkpoint
? 0

An old copy is brought back: the witness will not have it.

$ akashi --home old log witness ask
akashi: http://127.0.0.1:*/add-checkpoint: 4 entries of this log were seen there before, now it has 2: it was ROLLED BACK, or this is an old copy (glob)
  → bring back the newest copy of the log; do not append to this one
? 1

The copy goes on as if nothing had happened: a fork, refused and told on both sides; the proof is kept.

$ akashi --home old key new --no-passphrase >out; akashi --home old key new --no-passphrase >out
akashi: http://127.0.0.1:*/add-checkpoint: 4 entries of this log were seen there before, now it has 3: it was ROLLED BACK, or this is an old copy (glob)
  → bring back the newest copy of the log; do not append to this one
akashi: http://127.0.0.1:*/add-checkpoint: this log does not continue the 4 entries that were seen there under its name: one of the two is a FORK (glob)
  → do not append to this copy before it is clear which one is right
? 0
$ cat told; grep -c '^example.jp/log$' seen/conflict-*.txt
akashi: seen/conflict-*-00.txt: FORK: the log "example.jp/log" signed two different trees of 4 entries; the two checkpoints below prove it (glob)
2
? 0

The home of the witness, here the supplier's own, keeps it as a statement.

$ akashi log find witness-conflict | tail -n 1 | sed 's/  */ /g'
 4 2026-01-01T00:00:00Z witness-conflict example.jp/log Example
? 0
$ echo x >f; echo '{}' >body; akashi sign f --predicate https://example.jp/seen --body body >out; grep -o '^— [^ ]*' f.seen.tlog-proof
— example.jp/log
— w.example/one
? 0
$ akashi log witness ask; kill $(cat pid)
w.example-one cosigned the checkpoint
? 0

A witness that is not there does not keep anything from being logged.

$ while kill -0 $(cat pid) 2>out; do sleep 0.1; done; akashi key new --no-passphrase >out; akashi log witness ask 2>told; echo $?; grep -c 'cannot fetch' told
akashi: http://127.0.0.1:*/add-checkpoint: cannot fetch: * (glob)
  → check the address, the network and the proxy (https_proxy)
4
1
? 0

What is called wrongly.

$ akashi log witness serve --log log.vkey
akashi: --name is missing: who cosigns?
  → a name that nobody else has, such as --name example.jp/witness
? 2
$ akashi log witness serve --name w
akashi: which logs? none is named
  → --log VKEY names one; `akashi key export --format vkey` of its owner prints it
? 2
$ akashi log witness serve --name w --log log.vkey --listen nowhere
akashi: nowhere: this is no address to listen on
  → ADDRESS:PORT, like 127.0.0.1:8080 or [::1]:8080; port 0 lets the system choose
? 2
$ akashi --home nowhere log witness serve --name w --log log.vkey
akashi: nowhere: there is no home here, so where is the state to be kept?
  → --folder DIR names a place; `akashi init` makes a home
? 2
$ akashi log witness add http://127.0.0.1:1
akashi: a verifier key is missing (NAME+KEYID+KEY, or a file that holds it)
? 2
$ akashi log witness

Commands
  log witness serve  witness the logs of others: cosign what continues what was seen, refuse the
                     rest
  log witness add    have this log witnessed: remember a witness, and ask it at once
  log witness ask    ask the witnesses to cosign the present checkpoint
  log witness list   the witnesses of this log, and which of them cosigned the present checkpoint

'akashi help COMMAND' shows options and examples.
? 0
