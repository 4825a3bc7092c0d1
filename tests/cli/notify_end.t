Asked to end while another machine keeps it waiting: it ends within a few seconds, and nothing is lost.
env COLUMNS=120
env AKASHI_HOME=home

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log -q >/dev/null; cat >silent.py <<'.'
> import socket, sys
> server = socket.socket()
> server.bind(("127.0.0.1", 0))
> server.listen(8)
> open("port", "w").write(str(server.getsockname()[1]))
> held = []
> while True:
>     held.append(server.accept()[0])
>     print("met", flush=True)
> .
? 0
$ (python3 silent.py >met & echo $! >server) >/dev/null 2>&1; n=0; until test -s port || [ $((n+=1)) = 600 ]; do sleep 0.1; done; printf '\n[db]\nurls = ["http://127.0.0.1:%s/a.zip"]\n\n[[notify]]\nname = "hook"\nchannel = "webhook"\nlanguage = "en"\nurl = "http://127.0.0.1:%s/"\n' $(cat port) $(cat port) >>home/akashi.toml; cat >ended.sh <<'.'
> # ended.sh COMMAND…: starts it, waits until the silent one was met, asks it to end, and says how that went.
> : >out
> met=$(wc -l <met)
> ASAN_OPTIONS=detect_leaks=0 "$@" >out 2>&1 &
> n=0
> until [ $(wc -l <met) -gt $met ] || [ $((n+=1)) = 600 ]; do
>     if [ -n "$EACH" ]; then $EACH; fi
>     sleep 0.1
> done
> kill -TERM $!
> from=$(date +%s)
> wait $!
> code=$?
> [ $(($(date +%s) - from)) -le 6 ] && echo "exit $code soon" || echo "exit $code after $(($(date +%s) - from)) s"
> .
? 0

Watching, while advisories are fetched.

$ sh ended.sh akashi watch --follow 3600; cat out
exit 0 soon
? 0

Sending. It was no try: nobody is blamed for it.

$ akashi notify test hook >/dev/null & n=0; until [ $(wc -l <met) = 2 ] || [ $((n+=1)) = 600 ]; do sleep 0.1; done; kill -KILL $!; sh ended.sh akashi notify send --follow; cat out; akashi notify list --json | grep -E '"(state|attempts|error)"'
exit 0 soon
0 sent, 1 to be tried again, 0 given up, 0 unsure
    "state": "queued",
    "attempts": 1,
? 0

A server, while a test is under way.

$ akashi user add sato --role admin >/dev/null; akashi token new sato --may admin --name t >token; cat >try.sh <<'.'
> [ -e asked ] || ! address=$(sed -n 's/^listening on //p' out | grep .) || { touch asked; curl -s -o answer -X POST -H "Authorization: Bearer $(head -n 1 token)" -H 'Content-Type: application/json' -d '{}' $address/api/v1/notices/hook/try & }
> .
? 0
$ EACH='sh try.sh' sh ended.sh akashi serve --listen 127.0.0.1:0; n=0; until test -s answer || [ $((n+=1)) = 600 ]; do sleep 0.1; done; cat answer; akashi log check
exit 0 soon
{"sent":0,"later":1,"failed":0,"unsure":0,"next":"2026-01-01T00:00:00Z"}every entry, tile and body is what it was
? 0
$ kill $(cat server)
? 0
