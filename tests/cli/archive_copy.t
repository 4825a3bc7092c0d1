A copy of the archive: only what it lacks is sent, it is an archive itself, and it leads back.

$ echo one >a; akashi archive put a >name; akashi archive copy copy | sed 's/([^)]*)/(size)/'
packs: 1 · copied now: 1 (size) · there already: 0
? 0
$ akashi archive copy copy | sed 's/([^)]*)/(size)/'
packs: 1 · copied now: 0 (size) · there already: 1
? 0
$ akashi archive copy copy --json
{
  "packs": 1,
  "copied": 0,
  "there": 1,
  "replaced": 0,
  "beingWritten": 0,
  "more": 0,
  "bytes": 0
}
? 0
$ akashi archive get $(cut -d' ' -f1 name) --archive copy back; cat back
one
? 0
$ akashi archive copy --from copy --archive new | sed 's/([^)]*)/(size)/'; akashi archive get $(cut -d' ' -f1 name) --archive new back2; cat back2
packs: 1 · copied now: 1 (size) · there already: 0
one
? 0
$ akashi archive copy once --write-once | sed 's/([^)]*)/(size)/'; stat -c %a once/packs/*.pack
packs: 1 · copied now: 1 (size) · there already: 0
444
? 0
$ truncate -s 100 copy/packs/*.pack; akashi archive copy copy | sed 's/([^)]*)/(size)/'
packs: 1 · copied now: 1 (size) · there already: 0
replaced, because something else was there: 1
? 0
$ chmod 600 once/packs/*; truncate -s 100 once/packs/*.pack; akashi archive copy once --write-once 2>&1 | sed 's/packs.*pack/PACK/'
akashi: PACK: something else has this name in the copy, and nothing is replaced there
? 0
$ akashi archive copy
akashi: name either where to copy to, or --from
? 2
$ akashi archive copy copy --retain 3
akashi: copy: only a store can be asked to keep objects for days
? 2
$ akashi archive copy 's3://bucket-1/x?endpoint=http://store.example'
akashi: s3://: an endpoint on another machine needs https://
? 2
$ akashi archive copy 's3://bucket-1/x?endpoint=https://store.example&key=x'
akashi: s3://: an address of a bucket has no parameter "key"
? 2
$ akashi archive copy 's3://bucket-1/x?endpoint=https://127.0.0.1:1'
akashi: s3://: there are no credentials for the store
  → --credentials FILE, or AKASHI_S3_KEY_ID_FILE and AKASHI_S3_SECRET_FILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
? 2
$ printf '[default]\naws_access_key_id=A\naws_secret_access_key=B\n' >keys; chmod 644 keys; akashi archive copy s3://bucket-1/x --credentials keys
akashi: keys: others can read this file with credentials
  → chmod 600 keys
? 4

To a store, and back. The key is in no message.

$ mkfifo hold; python3 $SOURCE/tests/s3_server.py <hold >port 2>/dev/null & exec 9>hold; while ! test -s port; do sleep 0.1; done; export AWS_ACCESS_KEY_ID=AKIDTEST AWS_SECRET_ACCESS_KEY=secret/+of=the.test AT="s3://bucket-1/x?endpoint=http://127.0.0.1:$(cat port)"; akashi archive copy "$AT" --retain 1 | sed 's/([^)]*)/(size)/'; akashi archive copy "$AT" --verify; akashi archive copy --from "$AT" --archive third | sed 's/([^)]*)/(size)/'; AWS_SECRET_ACCESS_KEY=wrong akashi archive copy "$AT" 2>&1 | sed 's/1:[0-9]*/1:PORT/'
packs: 1 · copied now: 1 (size) · there already: 0
packs: 1 · copied now: 0 (0 B) · there already: 1
packs: 1 · copied now: 1 (size) · there already: 0
akashi: http://127.0.0.1:PORT/bucket-1/x/archive: the store answers 403 SignatureDoesNotMatch
  → check the credentials, what they may do, the region and the clock
? 0

Is the copy complete, and can it be restored?

$ akashi archive copy good >out; akashi archive check --copy good --sample 5% | sed 's/(.*)/(…)/'
packs: 1 · missing: 0 · other content: 0 · not ours: 0
packs fetched and opened: 1 (…) · damaged: 0
? 0
$ rm -r third; akashi archive check --copy good --sample 100 --archive third
akashi: third: there is no archive here
? 3
$ HOME=/nowhere akashi archive check --copy good --sample 100 | sed 's/(.*)/(…)/'
packs: 1 · missing: 0 · other content: 0 · not ours: 0
packs fetched and opened: 1 (…) · damaged: 0
? 0
$ truncate -s 200 good/packs/*.pack; akashi archive check --copy good --sample 5% | sed 's/^packs.*pack/PACK/'
PACK: has another size in the copy
PACK: is damaged in the copy, or sealed with another key
packs: 1 · missing: 0 · other content: 1 · not ours: 0
packs fetched and opened: 0 (0 chunks, 0 B) · damaged: 1
? 0
$ rm good/packs/*; akashi archive check --copy good --json | sed 's/packs.*pack/PACK/'
{
  "faults": [
    "PACK: is not in the copy"
  ],
  "packs": 1,
  "missing": 1,
  "wrong": 0,
  "more": 0,
  "proved": 0,
  "damaged": 0,
  "chunks": 0,
  "bytes": 0
}
? 0
$ akashi archive check --copy good --sample 5.5
akashi: 5.5: --sample is a number from 0 to 100
? 2
