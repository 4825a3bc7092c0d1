The version, for people and for programs.

$ akashi version
akashi 0.1.0
? 0

$ akashi version --json
{"version":"0.1.0"}
? 0

An output file appears whole, and nothing is printed.

$ akashi version --output v.txt && cat v.txt && ls
akashi 0.1.0
v.txt
? 0

It cannot be written: exit 4, and no half file stays behind.

$ akashi version --output missing/v.txt
akashi: missing/v.txt: cannot create a file here: No such file or directory
? 4
$ ls
v.txt
? 0

A full disk is an error even when only standard output is hit.

$ akashi version >/dev/full
akashi: standard output: cannot write: No space left on device
  → free some space and run it again; what was there before is untouched
? 4
