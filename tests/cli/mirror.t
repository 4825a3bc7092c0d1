Mirrors: verified copies of somebody's log, pulled or pushed; they do not go back and take no fork.

$ akashi init --name Example --role supplier --no-passphrase --origin example.jp/log --quiet >out && akashi key export --format vkey >log.vkey && cp -r $HOME/.local/share/akashi old
? 0
$ akashi log mirror pull $HOME/.local/share/akashi/log copies --vkey log.vkey
2 entries at copies/2c0f789a7ab7710f029052f274c528abf02f8c7e8d66e21531ba311f26d265bd, 2 of them new
? 0
$ for i in 1 2 3; do akashi key new --no-passphrase >out; done; akashi log serve >served & pid=$!
> for i in $(seq 300); do [ -s served ] && break; sleep 0.2; done
> akashi log mirror pull "$(sed -n 's/^listening on //p' served)" copies --vkey log.vkey --json; kill $pid
{
  "before": 2,
  "size": 5,
  "at": "copies/2c0f789a7ab7710f029052f274c528abf02f8c7e8d66e21531ba311f26d265bd"
}
? 0
$ cmp copies/2c*/checkpoint $HOME/.local/share/akashi/log/checkpoint; cmp copies/2c*/tile/0/000.p/5 $HOME/.local/share/akashi/log/tile/0/000.p/5; cmp copies/2c*/tile/entries/000.p/5 $HOME/.local/share/akashi/log/tile/entries/000.p/5
? 0

An older state and a fork are refused, loudly; the copy stays.

$ akashi log mirror pull old/log copies --vkey log.vkey
akashi: copies: 5 entries of this log were seen there before, now it has 2: it was ROLLED BACK, or this is an old copy
  → bring back the newest copy of the log; do not append to this one
? 1
$ for i in 1 2 3; do akashi --home old key new --no-passphrase >out; done; akashi log mirror pull old/log copies --vkey log.vkey
akashi: copies/pending/conflict-2c0f789a7ab7710f-00.txt: FORK: the log "example.jp/log" signed two different trees of 5 entries; the two checkpoints below prove it
akashi: copies: this log does not continue the 5 entries that were seen there under its name: one of the two is a FORK
  → do not append to this copy before it is clear which one is right
? 1
$ cmp copies/2c*/checkpoint $HOME/.local/share/akashi/log/checkpoint; ls copies/pending | grep -c '^conflict-'
1
? 0

Another log under the name, a key that is another's, no log.

$ akashi init --home other --name Other --role supplier --no-passphrase --origin example.jp/log --quiet >out; akashi log mirror pull other/log copies --vkey log.vkey
akashi: other/log: the checkpoint is not signed by the log's key
? 1
$ akashi init --home third --name Other --role supplier --no-passphrase --origin example.jp/third --quiet >out; akashi log mirror pull third/log copies --vkey log.vkey
akashi: third/log: this is the log "example.jp/third", the key is that of "example.jp/log"
? 1
$ akashi log mirror pull . copies --vkey log.vkey
akashi: .: there is no log here: no checkpoint
  → the folder or address that holds `checkpoint` and `tile/`
? 1
$ akashi log mirror pull other/log copies
akashi: a verifier key is missing (NAME+KEYID+KEY, or a file that holds it)
? 2

Pushed: the mirror's cosignature says that it holds all of it, and goes into the log's checkpoint.

$ akashi log mirror serve --name m.example --log log.vkey --folder held >served 2>told & pid=$!
> for i in $(seq 300); do [ "$(wc -l <served)" -ge 3 ] && break; sleep 0.2; done
> url=$(sed -n 's/^listening on //p' served); sed -n 2p served >m.vkey; sed -n 3p served
> akashi log mirror push $url --vkey m.vkey | sed 's/:[0-9]*,/:PORT,/'
> akashi key new --no-passphrase >out; akashi log mirror push $url --vkey m.vkey | sed 's/:[0-9]*,/:PORT,/'
> akashi log mirror pull $url/2c0f789a7ab7710f029052f274c528abf02f8c7e8d66e21531ba311f26d265bd again --vkey log.vkey
> akashi --home old log mirror push $url; echo $?
> kill $pid; wait $pid; echo $?; grep -o '^— [^ ]*' $HOME/.local/share/akashi/log/checkpoint; cat told
/2c0f789a7ab7710f029052f274c528abf02f8c7e8d66e21531ba311f26d265bd/  example.jp/log
5 entries at http://127.0.0.1:PORT, 5 of them new
6 entries at http://127.0.0.1:PORT, 1 of them new
6 entries at again/2c0f789a7ab7710f029052f274c528abf02f8c7e8d66e21531ba311f26d265bd, 6 of them new
akashi: http://127.0.0.1:*: 6 entries of this log were seen there before, now it has 5: it was ROLLED BACK, or this is an old copy (glob)
  → bring back the newest copy of the log; do not append to this one
1
0
— example.jp/log
— m.example
? 0
$ cmp again/2c*/tile/0/000.p/6 held/2c*/tile/0/000.p/6; cmp again/2c*/tile/entries/000.p/6 held/2c*/tile/entries/000.p/6
? 0
