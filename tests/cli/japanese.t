Messages follow the locale, even where none is installed; --lang decides otherwise.
env LANG=ja_JP.UTF-8

$ akashi frobnicate
akashi: コマンド 'frobnicate' はありません
  → 'akashi help' で一覧を表示します
? 2
$ akashi help --lang en | sed -n 3p
First steps
? 0
$ LC_ALL=C akashi frobnicate
akashi: there is no command 'frobnicate'
  → 'akashi help' lists them
? 2
$ LC_ALL= LC_MESSAGES=en_GB akashi frobnicate
akashi: there is no command 'frobnicate'
  → 'akashi help' lists them
? 2
