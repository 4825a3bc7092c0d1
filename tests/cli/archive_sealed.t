A home whose archive is encrypted: everything works as without, and nobody else can read a copy of it.

$ akashi init --name "例株式会社" --role supplier --no-passphrase --encrypt-archive >out; ls -l $HOME/.local/share/akashi/keys/archive.key | cut -c1-10
-rw-------
? 0
$ echo "known only here" >note; akashi archive put note | cut -c1-16
984cfe246759b7dc
? 0
$ grep -rl "known only here" $HOME/.local/share/akashi
? 1
$ akashi archive check; akashi log check
1 packs, 3 chunks, 1.5 KiB; 3 bodies, 0 trees
everything is what its name promises
every entry, tile and body is what it was
? 0
$ cp -r $HOME/.local/share/akashi/archive copy; akashi archive check --archive copy
akashi: copy/archive: the archive is encrypted and no key was given
? 2
$ chmod 644 $HOME/.local/share/akashi/keys/archive.key; akashi archive list
akashi: $HOME/.local/share/akashi/keys/archive.key: others may read or change this secret (its mode is 0644)
  → chmod 600 $HOME/.local/share/akashi/keys/archive.key
? 4
$ chmod 600 $HOME/.local/share/akashi/keys/archive.key; sed -i 's/^./0/;s/.$/1/' $HOME/.local/share/akashi/keys/archive.key; akashi archive list
akashi: $HOME/.local/share/akashi/archive/archive: the archive is encrypted with another key
? 2
