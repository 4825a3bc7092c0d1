Users and tokens of the web application, without a browser.
env SOURCE_DATE_EPOCH=1790000000
env AKASHI_HOME=home

$ akashi init --name 'Example KK' --role supplier --origin example.jp/akashi --no-passphrase > /dev/null
? 0
$ akashi user list --json
$ akashi user add sato --name 'Sato Hanako' --role admin --role manager
$ stat -c %a home/access.db
$ printf 'correct horse battery\n' | akashi user add tanaka --role viewer@hospital-a --clearance green --password-file -
$ akashi user list
$ akashi user add SATO
$ akashi user add 'two words'
$ akashi user add suzuki --role king
$ printf 'short\n' | akashi user password tanaka --password-file -
$ akashi user role sato viewer
$ akashi user disable sato
$ akashi user role tanaka viewer responder@hospital-a
$ akashi user disable tanaka
$ akashi user disable tanaka --undo
$ akashi user password tanaka
$ akashi user disable nobody
$ akashi user list

Tokens are printed once; what is kept is a digest.

$ akashi token new sato --may read,upload --name CI --days 30 | cut -c1-7
$ akashi token new sato --may fly
$ akashi token new sato --days 0
$ akashi token list
$ akashi token list --json | sed -n 's/.*"id": "\(.*\)",/\1/p' > id && akashi token revoke $(cat id) && akashi token list --json
$ akashi token revoke $(cat id) 2>&1 | sed 's/t-[0-9a-z]*/ID/'

What changed is in the log, without names.

$ akashi log find kind:audit --json | grep -c -i -e sato -e tanaka
