Every command is complete in its own help.

$ akashi help help
akashi help [COMMAND]

  list the commands, or show one with its options and examples

Options
  --all                   every command, a line each

Options of every command
  --json                  answer in JSON
  -o, --output FILE       write to FILE instead of standard output; the file appears whole or not at
                          all
  -q, --quiet             no progress and no warnings on standard error
  --home DIR              home directory (default: AKASHI_HOME, else ~/.local/share/akashi)
  --lang LANG             language of messages (ja|en)
  -h, --help              show this help

Examples
  $ akashi help scan
      everything about scan

Exit codes
  0 fine · 1 the thing asked about is bad · 2 usage · 3 input unreadable · 4 environment
? 0

The two spellings say the same.

$ akashi help version >a; akashi version --help >b; cmp a b
? 0

Every command that is listed has help of its own, and the first page names every family of them.

$ akashi help --all | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | sort -u >all; akashi | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | sort >page; diff all page
? 0
$ for c in $(akashi help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do akashi help $c >/dev/null || echo "$c: no help"; done
? 0
