Users and tokens of the web application, without a browser.
env SOURCE_DATE_EPOCH=1790000000
env AKASHI_HOME=home

$ akashi init --name 'Example KK' --role supplier --origin example.jp/akashi --no-passphrase > /dev/null
? 0
$ akashi user list --json
[]
? 0
$ akashi user add sato --name 'Sato Hanako' --role admin --role manager | sed 's/#join=[-_0-9A-Za-z]*/#join=KEY/'
sato sets the password by opening /#join=KEY behind the server's address, within a week
? 0
$ stat -c %a home/access.db
600
? 0
$ printf 'correct horse battery\n' | akashi user add tanaka --role viewer@hospital-a --clearance green --password-file -
? 0
$ akashi user list | sed 's/u-[0-9a-z]\{10\}/u-IDIDIDIDID/'
login   name         id            state    roles
sato    Sato Hanako  u-IDIDIDIDID  invited  admin manager
tanaka  tanaka       u-IDIDIDIDID  active   viewer@hospital-a
? 0
$ akashi user add SATO
akashi: sato: there is a user of this name already
? 2
$ akashi user add 'two words'
akashi: name: a name to sign in with has 1 to 64 letters, digits and . _ - @ +, without blanks
? 2
$ akashi user add suzuki --role king
akashi: king: a role is viewer, engineer, responder, assessor, manager or admin; with @PARTY for what is theirs alone
? 2
$ printf 'short\n' | akashi user password tanaka --password-file -
akashi: password: a password has at least 12 characters
  → several words in a row are easier to remember than a few odd characters
? 2
$ akashi user role sato viewer
akashi: user: then nobody would be administrator: name another one first
? 2
$ akashi user disable sato
akashi: user: then nobody would be administrator: name another one first
? 2
$ akashi user role tanaka viewer responder@hospital-a
? 0
$ akashi user disable tanaka
? 0
$ akashi user disable tanaka --undo
? 0
$ akashi user password tanaka | sed 's/#join=[-_0-9A-Za-z]*/#join=KEY/'
tanaka sets the password by opening /#join=KEY behind the server's address, within a week
? 0
$ akashi user disable nobody
akashi: nobody: there is no user of this name
? 2
$ akashi user list | sed 's/u-[0-9a-z]\{10\}/u-IDIDIDIDID/'
login   name         id            state    roles
sato    Sato Hanako  u-IDIDIDIDID  invited  admin manager
tanaka  tanaka       u-IDIDIDIDID  active   viewer responder@hospital-a
? 0

Tokens are printed once; what is kept is a digest.

$ akashi token new sato --may read,upload --name CI --days 30 | cut -c1-7
akashi_
? 0
$ akashi token new sato --may fly
akashi: fly: a token may: read, upload, respond, assess, manage, admin
? 2
$ akashi token new sato --days 0
akashi: --days: a token is good for 1 to 3650 days
? 2
$ akashi token list | sed 's/\([tu]\)-[0-9a-z]\{10\}/\1-IDIDIDIDID/g'
id            name  user          may          used  until
t-IDIDIDIDID  CI    u-IDIDIDIDID  read,upload  -     2026-10-21
? 0
$ akashi token list --json | sed -n 's/.*"id": "\(.*\)",/\1/p' > id && akashi token revoke $(cat id) && akashi token list --json
[]
? 0
$ akashi token revoke $(cat id) 2>&1 | sed 's/t-[0-9a-z]*/ID/'
akashi: ID: there is no such token
? 0

What changed is in the log, without names.

$ akashi log find kind:audit --json | grep -c -i -e sato -e tanaka
0
? 1
