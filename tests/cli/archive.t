The archive: what goes in comes out, once; damage is placed and mended; what is held stays.

$ mkdir in; printf 'one\n' >in/a; printf 'two\n' >in/b; ln -s a in/l; touch -h -d @1000000000 in/a in/b in/l in; akashi archive put --archive ar in/a in/b
2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806  in/a
27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a  in/b
? 0
$ akashi archive put --archive ar in/a in/b >again; du -sb ar/packs | cut -f1 >one; akashi archive put --archive ar in/a >again; du -sb ar/packs | cut -f1 | cmp - one
? 0
$ akashi archive get --archive ar 2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806 -
one
? 0
$ akashi archive get --archive ar sha256:2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806 in/a
akashi: in/a: there is something here already
  → name a path that does not exist
? 4
$ akashi archive get --archive ar 00000000000000000000000000000000000000000000000000000000000000ff x
akashi: ar: 00000000000000000000000000000000000000000000000000000000000000ff is not in the archive
? 3
$ akashi archive get --archive ar nothing x
akashi: nothing: this is no digest: 64 hex digits were expected
? 2

A folder, with its links and times.

$ akashi archive put --archive ar in | cut -c1-64 >tree; akashi archive get --archive ar $(cat tree) out; diff -r in out; readlink out/l; stat -c %Y out/a out
a
1000000000
1000000000
? 0
$ akashi archive get --archive ar $(cat tree) out
akashi: out: the folder is not empty
  → name one that is empty or does not exist
? 4
$ akashi archive get --archive ar $(cat tree) - --text | grep -o '^./[abl] type=[a-z]*'
./a type=file
./b type=file
./l type=link
? 0
$ akashi archive check --archive ar --sample 100 | tail -2
3 bodies were read whole
everything is what its name promises
? 0

Held until a day: neither erased nor collected.

$ akashi archive hold --archive ar 27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a --until 2099-01-01 --reason 'contract 12'
27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a  held until 2099-01-01
? 0
$ akashi archive erase --archive ar 27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a --reason x
akashi: contract 12: this body is held until 2099-01-01 and may not be erased before
? 4
$ akashi archive list --archive ar | grep -v tree
digest                                                            kind   size  held until  label
27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a  body    4 B  2099-01-01  …tract 12
2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806  body    4 B  -           in/a
? 0
$ akashi archive erase --archive ar 2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806 --reason x | grep -c 'missing from now on: ./a'
1
? 0
$ akashi archive get --archive ar 2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806 -
akashi: ar: 2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806 is not in the archive
? 3
$ akashi archive check --archive ar | tail -1
everything is what its name promises
? 0

Damage, and a copy to mend from.

$ cp -r ar copy; for f in ar/packs/*; do printf x | dd of=$f bs=1 seek=140 conv=notrunc status=none; done; akashi archive check --archive ar | grep -c '@32'; akashi archive check --archive ar >faults
3
? 1
$ akashi archive repair --archive ar --from copy | grep -c 'moved aside'; akashi archive check --archive ar | tail -1
1
everything is what its name promises
? 0

Encrypted at rest: nothing without the key.

$ printf '%064d' 7 >key; akashi archive put --archive sealed --archive-key key in/a
2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806  in/a
? 0
$ akashi archive list --archive sealed
akashi: sealed/archive: the archive is encrypted and no key was given
? 2
$ akashi archive get --archive sealed --archive-key key 2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806 -; grep -c one sealed/packs/*
one
0
? 1
