The application: what it says to anybody, refuses, logs; signals; a service manager. What lies behind signing in has tests of its own.

$ akashi init --name Example --role supplier --no-passphrase --quiet >out; cat >ask.py <<'END'
> import http.client, sys
> c = http.client.HTTPConnection("127.0.0.1", int(open("port").read()), timeout=60)
> c.request(sys.argv[1], sys.argv[2], headers=dict(h.split(": ") for h in sys.argv[3:]))
> r = c.getresponse()
> print(r.status, r.getheader("content-type"), r.read(300).decode())
> END
> cat >start <<'END'
> : >served
> (exec akashi serve --listen 127.0.0.1:0 --access-log access "$@" >served 2>told & echo $! >pid)
> for i in $(seq 300); do grep -q listening served && break; sleep 0.2; done
> sed -n 's/^listening on .*://p' served >port
> END
> cat >stop <<'END'
> kill -TERM $(cat pid); for i in $(seq 300); do kill -0 $(cat pid) 2>/dev/null || break; sleep 0.2; done
> kill -0 $(cat pid) 2>/dev/null && echo 'still there'; cat told
> END
> sh start; sed 's/:[0-9]*$/:PORT/' served | head -1
listening on http://127.0.0.1:PORT
? 0

$ python3 ask.py GET /healthz; python3 ask.py GET /readyz; python3 ask.py GET /api/v1/me; python3 ask.py GET /api/v1/me 'Accept-Language: ja'; python3 ask.py GET /api/v1/nothing; python3 ask.py DELETE /healthz; python3 ask.py GET '/api/v1/%2e%2e/x'; python3 ask.py GET '/api/v1/%ff'
200 text/plain; charset=utf-8 ok

200 text/plain; charset=utf-8 ready

200 application/json {"party":"Example","lang":"en","read-only":false,"may":[],"first":true,"ways":["password","passkey"]}
200 application/json {"party":"Example","lang":"ja","read-only":false,"may":[],"first":true,"ways":["password","passkey"]}
404 application/problem+json {"type":"urn:akashi:problem:not-found","title":"there is no such thing here","status":404}
405 application/problem+json {"type":"urn:akashi:problem:method","title":"this cannot be done here","status":405}
400 application/problem+json {"type":"urn:akashi:problem:bad-request","title":"this is no request that a client of ours sends","status":400}
400 application/problem+json {"type":"urn:akashi:problem:bad-request","title":"this is no request that a client of ours sends","status":400}
? 0

A large body from nobody is not read; JSON that is known is not sent again.

$ python3 ask.py POST '/api/v1/imports?kind=sboms' 'Content-Length: 500000000'; python3 ask.py GET /api/v1/openapi.json 'If-None-Match: *'
401 application/problem+json {"type":"urn:akashi:problem:sign-in","title":"sign in first","status":401}
304 None 
? 0

The access log has routes, no paths and no arguments. A line comes when the answer is gone.

$ n=0; until [ $(wc -l <access) -ge 10 ] || [ $((n+=1)) = 600 ]; do sleep 0.1; done; sed -E 's/"(time|id)":"[^"]*"/"\1":"…"/g; s/"us":[0-9]*/"us":…/; s/"out":[0-9]*/"out":…/' access | sort -u
{"time":"…","id":"…","method":"-","route":"-","status":400,"in":0,"out":…,"us":…}
{"time":"…","id":"…","method":"-","route":"-","status":404,"in":0,"out":…,"us":…}
{"time":"…","id":"…","method":"-","route":"-","status":405,"in":0,"out":…,"us":…}
{"time":"…","id":"…","method":"GET","route":"/api/v1/me","status":200,"in":0,"out":…,"us":…}
{"time":"…","id":"…","method":"GET","route":"/api/v1/openapi.json","status":304,"in":0,"out":…,"us":…}
{"time":"…","id":"…","method":"GET","route":"/healthz","status":200,"in":0,"out":…,"us":…}
{"time":"…","id":"…","method":"GET","route":"/readyz","status":200,"in":0,"out":…,"us":…}
{"time":"…","id":"…","method":"POST","route":"/api/v1/imports","status":401,"in":0,"out":…,"us":…}
? 0
$ mv access access.1; kill -HUP $(cat pid); for i in $(seq 300); do test -e access && break; sleep 0.2; done; python3 ask.py GET '/healthz?secret=1'; for i in $(seq 300); do grep -q healthz access && break; sleep 0.2; done; grep -c healthz access; grep -c secret access access.1
200 text/plain; charset=utf-8 ok

1
access:0
access.1:0
? 1

$ sh stop
? 0

A socket that is handed over is used, and the manager is told.

$ cat >manager.py <<'END'
> import os, socket, subprocess, sys, time, urllib.request
> listening = socket.socket(); listening.bind(("127.0.0.1", 0)); listening.listen()
> told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); told.bind("\0akashi-test-%d" % os.getpid()); told.settimeout(60)
> def handed():
>     os.dup2(listening.fileno(), 3); os.set_inheritable(3, True); os.environ["LISTEN_PID"] = str(os.getpid())
>     os.execvp("akashi", ["akashi", "serve"])
> os.environ.update(LISTEN_FDS="1", NOTIFY_SOCKET="@akashi-test-%d" % os.getpid())
> pid = os.fork()
> if pid == 0: os.dup2(os.open("served", os.O_WRONLY | os.O_CREAT), 1); handed()
> print(told.recv(100).decode())
> print(urllib.request.urlopen("http://127.0.0.1:%d/healthz" % listening.getsockname()[1]).read().decode().strip())
> os.kill(pid, 1); print(told.recv(100).decode(), told.recv(100).decode())
> os.kill(pid, 15); print(told.recv(100).decode())
> print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
> END
> python3 manager.py
READY=1
ok
RELOADING=1 READY=1
STOPPING=1
0
? 0

Signals that come close together are both met: the settings are read again, then it ends as asked.

$ python3 - <<'END'
> import os, subprocess
> served = subprocess.Popen(["akashi", "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE)
> served.stdout.readline(); os.kill(served.pid, 1); os.kill(served.pid, 15); print(served.wait())
> END
0
? 0

What cannot be served is said.

$ akashi serve --tls-cert nothing.pem --listen 127.0.0.1:0
akashi: nothing.pem: cannot open the file: No such file or directory
? 3
$ akashi serve --proxy nowhere
akashi: nowhere: this is no address and no net such as 10.0.0.0/8
? 2
$ akashi serve --listen nowhere
akashi: nowhere: this is no address to listen on
  → ADDRESS:PORT, like 127.0.0.1:8080 or [::1]:8080; port 0 lets the system choose
? 2

A document is tried by a process that can do nothing else.

$ printf 'id,name,roles\nacme,Acme,supplier\nbad,B,nobody\n' | akashi plumb try parties sheet.csv
{"confined":true,"faults":[{"where":"sheet.csv:3","what":"roles: this is no list of roles","hint":"one of: developer|supplier|operator|customer|other"}],"documents":1,"faulty":1}
? 0
$ printf '{' | akashi plumb try sboms
{"confined":true,"faults":[{"where":"-:1:2","what":"the JSON text ends too early"}],"documents":0,"faulty":1}
? 0
$ akashi plumb try everything </dev/null
akashi: everything: this is no kind of import
  → sboms, advisories, parties, products, deployments, services
? 2
