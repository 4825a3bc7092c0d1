What a deadline was: exposure, findings and steps of that day, not of this one.

env COLUMNS=110

$ akashi init --name Us --role supplier --no-passphrase --origin us.example/log >/dev/null; mkdir -p $HOME/.local/share/akashi/clocks
? 0
$ cat >$HOME/.local/share/akashi/clocks/ours.json <<'END'
> {"id": "ours", "title": {"en": "Contract with the hospital", "ja": "病院との契約"}, "zone": "Asia/Tokyo", "deadlines": [
>   {"id": "soon", "title": {"en": "Delivered: reachable from outside", "ja": "提供: 外部から到達可能"}, "binds": "supplier",
>    "when": {"exposure": ["open"]}, "starts": "aware", "within": {"days": 3}, "done": ["delivered"], "do": {"en": "Deliver.", "ja": "提供します。"}},
>   {"id": "later", "title": {"en": "Delivered", "ja": "提供"}, "binds": "supplier",
>    "when": {"exposure": ["small"]}, "starts": "aware", "within": {"days": 30}, "done": ["delivered"], "do": {"en": "Deliver.", "ja": "提供します。"}}]}
> END
? 0
$ printf '[clocks]\nuse = ["ours"]\n' >>$HOME/.local/share/akashi/akashi.toml
? 0
$ for p in east west; do echo '{"product":"'$p'","version":"1.0","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"left","version":"1.0.0","purl":"pkg:npm/left@1.0.0"}]}}'; done >sboms.jsonl
? 0
$ echo '{"id":"A-1","aliases":["CVE-2026-0001"],"modified":"2026-11-01T00:00:00Z","published":"2026-10-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"left"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}' >a.json
? 0

On the first of December east is open to the network, west is not; on the third it is the other way round.

$ export SOURCE_DATE_EPOCH=1796083200; akashi impact import -q sboms.jsonl; akashi deploy add -q e --product east --exposure open; akashi deploy add -q w --product west --exposure small; akashi watch -q --from a.json
? 0
$ akashi case list --due; akashi impact findings --sort clock
? 0
$ export SOURCE_DATE_EPOCH=1796256000; akashi deploy add -q e --exposure small; akashi deploy add -q w --exposure open; akashi watch -q
? 0
$ akashi case list --due; akashi impact findings --sort clock
? 0
$ akashi case list --due --as-of 2026-12-02; akashi impact findings --sort clock --as-of 2026-12-02
? 0
$ akashi impact findings --sort clock --as-of 2026-12-02 --limit 1; akashi impact findings --sort clock --as-of 2026-12-02 --limit 1 --page $(akashi impact findings --sort clock --as-of 2026-12-02 --limit 1 | sed -n 's/.*--page //p')
? 0

One case, of both days; a case that is closed now was open then.

$ case=$(akashi case list --json | python3 -c 'import json,sys; print([c for c in json.load(sys.stdin) if c["product"] == "east"][0]["case"])')
> akashi case show $case --as-of 2026-12-02; akashi case note $case "looked at"; akashi --lang ja case show $case; akashi case show $case --as-of 2026-11-30
? 0
$ export SOURCE_DATE_EPOCH=1796342400; akashi vex add CVE-2026-0001 --product east --status not_affected --justification vulnerable_code_not_present -q >/dev/null; akashi watch -q; akashi case list --due; akashi impact findings --sort clock --status all; akashi impact findings --sort clock --status all --as-of 2026-12-02
? 0

Names of profiles and deadlines stand in the data of both languages; JSON has both.

$ akashi case list --json --all | sed -n '/"next"/,/}/p'
? 0

What the views hold is what views made anew hold, however many questions were asked of them.

$ akashi store dump >one; akashi rebuild >/dev/null; akashi store dump >two; cmp one two && akashi store dump --digest >three; akashi case list --due >/dev/null; akashi impact findings --sort clock >/dev/null; akashi store dump --digest | cmp - three && echo same
? 0
