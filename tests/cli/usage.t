A wrong call is exit 2, says what is wrong on standard error, and what to do.

$ akashi frobnicate
akashi: there is no command 'frobnicate'
  → 'akashi help' lists them
? 2
$ akashi | head -n 1
akashi 0.1.0 — prove what software is made of, check it, learn what a vulnerability reaches
? 0
$ akashi versoin
akashi: there is no command 'versoin'
  → did you mean 'akashi version'?
? 2
$ for c in 'deployments import x.csv' 'parties list' 'cases' 'drift' 'list'; do akashi $c 2>&1 | tail -1; done
  → did you mean 'akashi deploy import'?
  → did you mean 'akashi party list'?
  → did you mean 'akashi case'?
  → did you mean 'akashi impact drift'?
  → 'akashi help' lists them
? 0
$ akashi version --bogus
akashi: 'version' has no option '--bogus'
  → 'akashi help version' shows the options
? 2
$ akashi version --lang
akashi: --lang needs a value (LANG)
? 2
$ akashi version --lang fr
akashi: --lang cannot be 'fr'
  → one of: ja|en
? 2
$ akashi version --json=yes
akashi: --json takes no value
? 2
$ akashi version extra
akashi: 'version' does not know what to do with 'extra'
  → 'akashi help version' shows how it is called
? 2
$ akashi help frobnicate
akashi: there is no command 'frobnicate'
  → 'akashi help' lists them
? 2
