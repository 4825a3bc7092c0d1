Keys: made, listed, handed over, revoked, given to others. The time is fixed, the keys are new each time.
env SOURCE_DATE_EPOCH=1790000000
env AKASHI_HOME=home

$ akashi key list
akashi: home: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ akashi init --name 'Example KK' --role supplier --origin example.jp/akashi --no-passphrase > /dev/null
? 0
$ akashi key list
key               kind     party       since       file  state
????????????????  ed25519  Example KK  2026-09-21  open  signs, also the log (glob)
? 0
$ stat -c %a home/keys/*.key
600
? 0
$ akashi key new
akashi: a passphrase is needed, and there is no terminal to ask on
  → AKASHI_PASSPHRASE_FILE may name a file that holds it (chmod 600)
? 4
$ printf 'correct horse\n' > pass && chmod 600 pass && AKASHI_PASSPHRASE_FILE=pass akashi key rotate
from now on signs * (glob)
  home/keys/????????????????.key (glob)
? 0
$ akashi key list
key               kind     party       since       file    state
????????????????  ed25519  Example KK  2026-09-21  open    rotated, signs the log (glob)
????????????????  ed25519  Example KK  2026-09-21  sealed  signs (glob)
? 0

The passphrase: missing, wrong, in a file others can read.

$ akashi key new --no-passphrase
akashi: a passphrase is needed, and there is no terminal to ask on
  → AKASHI_PASSPHRASE_FILE may name a file that holds it (chmod 600)
? 4
$ printf 'wrong\n' > other && chmod 600 other && AKASHI_PASSPHRASE_FILE=other akashi key new
akashi: home/keys/????????????????.key: the passphrase is wrong (glob)
? 3
$ chmod 644 pass && AKASHI_PASSPHRASE_FILE=pass akashi key new
akashi: pass: others may read or change this secret (its mode is 0644)
  → chmod 600 pass
? 4
$ AKASHI_PASSPHRASE_FILE=none akashi key new
akashi: none: cannot open the file: No such file or directory
? 4
$ chmod 600 pass && mkdir credentials && cp pass credentials/akashi-passphrase && CREDENTIALS_DIRECTORY=credentials akashi key new --key-type ecdsa-p256
made * (glob)
  home/keys/????????????????.key (glob)
? 0

A key file that others can read, and one that was damaged.

$ chmod 640 home/keys/*.key && AKASHI_PASSPHRASE_FILE=pass akashi key new
akashi: home/keys/????????????????.key: others may read or change this secret (its mode is 0640) (glob)
  → chmod 600 home/keys/????????????????.key (glob)
? 4
$ chmod 600 home/keys/*.key && mkdir safe && cp -p home/keys/*.key safe && for f in home/keys/*.key; do sed -i 's/^made 20/made 30/' $f; done && AKASHI_PASSPHRASE_FILE=pass akashi key new
akashi: home/keys/????????????????.key: this is no key file, or it is damaged: it is not as it was written (glob)
  → take it from a backup; the key in it cannot be used
? 3
$ cp -p safe/*.key home/keys && akashi key list | wc -l
4
? 0

Public keys for others.

$ akashi key export | sed 1q
akashi: warning: example.jp/akashi: the log is signed by another key, give that too: akashi key export ???????????????? (glob)
-----BEGIN PUBLIC KEY-----
? 0
$ akashi key export --format vkey
example.jp/akashi+* (glob)
? 0
$ akashi key export --format ssh
akashi: warning: example.jp/akashi: the log is signed by another key, give that too: akashi key export ???????????????? (glob)
ssh-ed25519 * Example KK (glob)
? 0
$ akashi key export --format der | wc -c
akashi: warning: example.jp/akashi: the log is signed by another key, give that too: akashi key export ???????????????? (glob)
44
? 0
$ akashi key export --format der --json
akashi: warning: example.jp/akashi: the log is signed by another key, give that too: akashi key export ???????????????? (glob)
{
  "id": "*", (glob)
  "kind": "ed25519",
  "format": "der",
  "key": "MCowBQYDK2VwAyEA*" (glob)
}
? 0
$ akashi key export 00000000
akashi: 00000000: no such key is known
  → `akashi key list` shows them
? 2
$ akashi key export 0000
akashi: 0000: a key is named by 8 to 64 hex digits of its id
? 2
$ akashi key export --format gif
akashi: --format cannot be 'gif'
  → one of: pem|vkey|ssh|der
? 2

Keys of others.

$ akashi key trust 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDB me@host' --name 例株式会社
trusted: ae55a9fde2c2ac1b8f1f477a3482bbf9fc386075fa2e601ccfa0e7a9a85d8bbf
  home/keys/trusted/例株式会社.pub
? 0
$ cat home/keys/trusted/例株式会社.pub
-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAnnB870ctQQe+duIQtVjRa4XtvNtaJeVd2xkmdtmQcME=
-----END PUBLIC KEY-----
? 0
$ akashi key trust home/keys/trusted/例株式会社.pub --name 例株式会社
trusted: ae55a9fde2c2ac1b8f1f477a3482bbf9fc386075fa2e601ccfa0e7a9a85d8bbf
  home/keys/trusted/例株式会社.pub
? 0
$ akashi key trust home/keys/trusted/例株式会社.pub --name other
akashi: home/keys/trusted/例株式会社.pub: this key is trusted already, as one of 例株式会社
? 2
$ akashi key trust pass --name other
akashi: pass: this is no public key in a form that is known here
  → PEM, a C2SP verifier key, minisign, signify, SSH, JWK and DER can be read
? 3
$ akashi key trust home/keys/trusted/例株式会社.pub
akashi: whose key is it? --name PARTY
? 2
$ akashi key export > own.pem && akashi key trust own.pem --name us
akashi: warning: example.jp/akashi: the log is signed by another key, give that too: akashi key export ???????????????? (glob)
akashi: own.pem: this is a key of our own
? 2
$ akashi key trust 'RWRXIbyKxNvaoq5aX9awzD9SkfHMQ7LTj4c/5o4r2job2Nd2tXBFmITv' --name ../x
akashi: ../x: this cannot be the name of a party here (up to 200 bytes, no slash)
? 2
$ AKASHI_PASSPHRASE_FILE=pass akashi key revoke ae55a9fd --reason x
akashi: ae55a9fd: this is a key of somebody else
  → to trust it no longer, remove home/keys/trusted/例株式会社.pub
? 2

Revoking: the key that signs gets a successor in the same step.

$ AKASHI_PASSPHRASE_FILE=pass akashi key revoke 12345678 --reason stolen
akashi: 12345678: no such key is known
  → `akashi key list` shows them
? 2
$ AKASHI_PASSPHRASE_FILE=pass akashi key revoke $(akashi key list | grep 'signs$' | cut -c1-16)
akashi: a revocation needs --reason
? 2
$ AKASHI_PASSPHRASE_FILE=pass akashi key revoke $(akashi key list | grep 'signs$' | cut -c1-16) --reason stolen --since 2036-01-01
akashi: 2036-01-01: --since needs a time that is past, such as 2026-11-21T09:00:00Z
? 2
$ AKASHI_PASSPHRASE_FILE=pass akashi key revoke $(akashi key list | grep 'signs$' | cut -c1-16) --reason 'laptop stolen' --since 2026-09-01
revoked * (glob)
  home/keys/????????????????.key (glob)
from now on * signs (glob)
? 0
$ AKASHI_PASSPHRASE_FILE=pass akashi key revoke $(akashi key list | grep 'signs the log$' | cut -c1-16) --reason lost
revoked * (glob)
  home/keys/????????????????.key (glob)
the log has another verifier key now; give it to those who check the log:
  example.jp/akashi+* (glob)
? 0
$ akashi key list
key               kind        party       since       file    state
????????????????  ed25519     Example KK  2026-09-21  open    revoked: lost (glob)
????????????????  ed25519     Example KK  2026-09-21  sealed  revoked: laptop stolen (glob)
????????????????  ecdsa-p256  Example KK  2026-09-21  sealed  good (glob)
????????????????  ed25519     Example KK  2026-09-21  sealed  signs, also the log (glob)
ae55a9fde2c2ac1b  ed25519     例株式会社  -           -       trusted
? 0
$ akashi key list --lang ja
鍵                種類        組織        開始        ファイル  状態
????????????????  ed25519     Example KK  2026-09-21  保護なし  失効: lost (glob)
????????????????  ed25519     Example KK  2026-09-21  保護あり  失効: laptop stolen (glob)
????????????????  ecdsa-p256  Example KK  2026-09-21  保護あり  有効 (glob)
????????????????  ed25519     Example KK  2026-09-21  保護あり  署名に使用(ログも) (glob)
ae55a9fde2c2ac1b  ed25519     例株式会社  -           -         信頼済み
? 0

A private key made elsewhere.

$ printf '%s\n' '-----BEGIN PRIVATE KEY-----' 'MC4CAQAwBQYDK2VwBCIEIK+IkO98S/I2ukaPsG5v95pjiX3VMDZ1rTfjXtE/5KTN' '-----END PRIVATE KEY-----' > mine.pem && AKASHI_PASSPHRASE_FILE=pass akashi key import mine.pem --json
{
  "event": "made",
  "id": "101cddd00a87dbc85a7fb5a4d88f4e0b19de7ce3484a0ea99d8b301d7cd1e1f3",
  "kind": "ed25519",
  "party": "Example KK",
  "file": "home/keys/101cddd00a87dbc8.key"
}
? 0
$ AKASHI_PASSPHRASE_FILE=pass akashi key import mine.pem
akashi: 101cddd00a87dbc85a7fb5a4d88f4e0b19de7ce3484a0ea99d8b301d7cd1e1f3: this key is known already
? 2
$ AKASHI_PASSPHRASE_FILE=pass akashi key rotate --to 101cddd0
from now on signs 101cddd00a87dbc85a7fb5a4d88f4e0b19de7ce3484a0ea99d8b301d7cd1e1f3
  home/keys/101cddd00a87dbc8.key
? 0
$ AKASHI_PASSPHRASE_FILE=pass akashi key import own.pem
akashi: own.pem: this is no private key (PKCS#8)
? 3

Trust in somebody else's key ends as it began; a key of one's own is no matter of trust.

$ akashi key distrust $(akashi key list --json | sed -n 's/^ *"id": "\(.\{16\}\).*/\1/p' | tail -1)
no longer trusted: * of 例株式会社 (glob)
? 0
$ akashi key distrust $(akashi key list --json | sed -n 's/^ *"id": "\(.\{16\}\).*/\1/p' | head -1)
akashi: ????????????????: this is a key of our own (glob)
  → `akashi key revoke` ends it
? 2
