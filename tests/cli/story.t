The whole story, in both languages: every step is run and judged, and the tutorial is what it says.

$ akashi demo --story | tail -3

52 commands were run; every signature, log entry and level is real.
Nothing of it is left. --keep DIR keeps it.
? 0
$ akashi demo --story --lang ja --keep kept | tail -3 | sed 's/[0-9]* 個/N 個/'; ls kept | head -3; AKASHI_HOME=kept/vendor akashi conform declaration list --json | grep -c '"declaration"'

N 個のコマンドを実行しました。署名もログもレベルも、すべて本物です。
すべて $WORK/kept に残っています。そこで AKASHI_HOME=vendor として試せます。
advisories
answer.json
answer2.json
2
? 0
$ akashi demo --story --keep kept
akashi: kept: this is there already: the story needs a folder of its own
? 2
$ python3 $SOURCE/tools/check-tutorial akashi
? 0
