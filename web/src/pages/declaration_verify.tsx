// SPDX-License-Identifier: Apache-2.0
// Verify: a bundle that was handed over is computed again, practice by practice; what is worth keeping is taken in.
import { useRef, useState } from "preact/hooks";
import { Problem, ask } from "../app/api";
import { type Label, label, number, words, wordOr } from "../app/i18n";
import { has, may } from "../app/session";
import { Badge, Day, Facts, Figures, Note, ProblemNote, Section } from "../ui/basics";
import { Field } from "../ui/form";
import { Icon } from "../ui/icons";
import { Table, type Column } from "../ui/table";

const w = words({
  title: ["宣言を検証する", "Verify a declaration"],
  text: [
    "受け取ったバンドルをここに置くと、添えられた証拠から計算し直します。サーバーの外には送りません。",
    "Drop a bundle that was handed over: it is computed again from the statements that came with it. Nothing leaves this server.",
  ],
  choose: ["ファイルを選ぶ", "Choose a file"],
  key: ["署名者の公開鍵 (信頼済みなら不要)", "The signer's public key (not needed when it is trusted here)"],
  keyHelp: ["PEM, vkey, minisign, signify, SSH", "PEM, vkey, minisign, signify or SSH"],
  working: ["計算しています…", "Computing…"],
  good: ["この宣言は成り立ちます", "This declaration holds"],
  bad: ["この宣言には頼れません", "This declaration cannot be relied on"],
  notTrusted: [
    "信頼された鍵の署名がないか、信頼されたログにありません",
    "no trusted key signed it, or no log that is trusted holds it",
  ],
  notValid: ["今日は有効期間の外です", "it is not valid today"],
  contradicted: ["証拠が宣言を否定する個別要求があります", "what was handed over speaks against it"],
  otherCatalogue: [
    "手元のカタログとは版が異なります。レベルが違うことがあります",
    "It names another edition of the catalogue than the one here: levels may differ",
  ],
  party: ["宣言者", "Declared by"],
  signatory: ["署名者", "Signed for by"],
  valid: ["有効期間", "Valid"],
  practice: ["個別要求", "Practice"],
  name: ["内容", "Title"],
  declared: ["宣言", "Declared"],
  computed: ["計算", "Computed"],
  verdict: ["判定", "Verdict"],
  why: ["理由", "Why"],
  practices: ["個別要求ごとの判定", "Verdict by practice"],
  checks: ["確認できなかったこと", "What does not hold or was not checked"],
  take: ["ログに取り込む", "Take it into the log"],
  taken: ["取り込みました", "Taken in"],
  takenLine: ["{kind} #{n}", "{kind} #{n}"],
  open: ["宣言を開く", "Open the declaration"],
  onlyTake: [
    "宣言の含まれない、異議や裏書きだけのファイルも取り込めます。",
    "A file with a challenge or an endorsement alone can be taken in, too.",
  ],
});
const verdicts: Record<string, readonly [string, string]> = {
  confirmed: ["確認", "Confirmed"],
  "attested-only": ["申告のみ", "Attested only"],
  "not-disclosed": ["非開示", "Not disclosed"],
  contradicted: ["矛盾", "Contradicted"],
  "not-claimed": ["宣言なし", "Not claimed"],
};
const tones = {
  confirmed: "good",
  "attested-only": "medium",
  "not-disclosed": "info",
  contradicted: "critical",
  "not-claimed": "dim",
} as const;

interface Line {
  practice: string;
  title?: Label;
  declared: number;
  computed: number;
  target?: number;
  verdict: keyof typeof tones;
  why?: string;
}
interface Answer {
  declaration: string;
  party: string;
  partyName?: string;
  catalogue: string;
  package: string;
  signatory: { name: string; role: string };
  from: string;
  until: string;
  good: boolean;
  trusted: boolean;
  valid: boolean;
  sameCatalogue: boolean;
  practices: Line[];
  count: Record<string, number>;
  checks: { check: string; state: string; about?: string; what?: string; hint?: string }[];
}
interface Taken {
  rows: { kind: string; entry: number }[];
}

function Result({ of }: { of: Answer }) {
  const columns: Column<Line>[] = [
    {
      id: "verdict",
      head: w("verdict"),
      cell: (p) => <Badge tone={tones[p.verdict]}>{wordOr(verdicts, p.verdict)}</Badge>,
      value: (p) => p.verdict,
    },
    {
      id: "id",
      head: w("practice"),
      cell: (p) => <strong class="nowrap">{p.practice}</strong>,
      value: (p) => p.practice,
    },
    { id: "title", head: w("name"), grow: true, cell: (p) => label(p.title), value: (p) => label(p.title) },
    { id: "declared", head: w("declared"), number: true, cell: (p) => p.declared, value: (p) => p.declared },
    { id: "computed", head: w("computed"), number: true, cell: (p) => p.computed, value: (p) => p.computed },
    { id: "why", head: w("why"), cell: (p) => p.why ?? "", value: (p) => p.why, rank: 2 },
  ];
  return (
    <>
      <Note kind={of.good ? "good" : "bad"}>
        <p class="note-title">{of.good ? w("good") : w("bad")}</p>
        {!of.trusted && <p>{w("notTrusted")}</p>}
        {!of.valid && <p>{w("notValid")}</p>}
        {(of.count["contradicted"] ?? 0) > 0 && <p>{w("contradicted")}</p>}
        {!of.sameCatalogue && <p>{w("otherCatalogue")}</p>}
      </Note>
      <Figures
        of={(Object.keys(tones) as (keyof typeof tones)[]).map((v) => ({
          name: wordOr(verdicts, v),
          value: number(of.count[v] ?? 0),
        }))}
      />
      <Section title={of.declaration}>
        <Facts
          of={[
            [w("party"), of.partyName ?? of.party],
            [w("signatory"), `${of.signatory.name}, ${of.signatory.role}`],
            [
              w("valid"),
              <span key="valid">
                <Day at={of.from} /> – <Day at={of.until} />
              </span>,
            ],
          ]}
        />
      </Section>
      {of.checks.length > 0 && (
        <Section title={w("checks")}>
          <ul class="list-lines">
            {of.checks.slice(0, 20).map((c, i) => (
              <li key={i}>
                <strong>{c.check}</strong> {c.what} {c.hint && <span class="dim">→ {c.hint}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={w("practices")} flush>
        <Table
          label={w("practices")}
          name="verified"
          columns={columns}
          rows={of.practices.filter((p) => p.target !== undefined || p.verdict !== "not-claimed")}
          id={(p) => p.practice}
          tall
          filter={false}
        />
      </Section>
    </>
  );
}

export function VerifyTab() {
  const [file, setFile] = useState<File>();
  const [key, setKey] = useState("");
  const [answer, setAnswer] = useState<Answer>();
  const [taken, setTaken] = useState<Taken>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (e) {
      setProblem(e instanceof Problem ? e : new Problem(0, "bug", String(e)));
    } finally {
      setBusy(false);
    }
  };
  const verify = (of: File | undefined) => {
    if (!of) return;
    setFile(of);
    setAnswer(undefined);
    setTaken(undefined);
    void run(async () => {
      const a = await ask<Answer>("POST", "/declarations/verify", { query: { key }, body: of });
      setAnswer(a.data);
    });
  };
  const take = () =>
    void run(async () => {
      if (file) setTaken((await ask<Taken>("POST", "/declarations/receive", { body: file })).data);
    });
  return (
    <>
      <Section title={w("title")}>
        <p class="dim">{w("text")}</p>
        <div
          class={over ? "drop over" : "drop"}
          onDragOver={(e) => {
            e.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(e) => {
            e.preventDefault();
            setOver(false);
            verify(e.dataTransfer?.files[0]);
          }}
        >
          <Icon name="file" size={28} />
          <button type="button" class="primary" disabled={busy} onClick={() => input.current?.click()}>
            {w("choose")}
          </button>
          <input
            ref={input}
            hidden
            type="file"
            onChange={(e) => {
              verify(e.currentTarget.files?.[0]);
              e.currentTarget.value = "";
            }}
          />
          <p aria-live="polite">{busy ? w("working") : file?.name}</p>
        </div>
        <Field label={w("key")} value={key} onInput={setKey} lines={2} help={w("keyHelp")} />
        {problem && <ProblemNote of={problem} />}
        {file && may("manage") && has("POST /declarations/receive") && !taken && (
          <p class="row">
            <button type="button" class="secondary" disabled={busy} onClick={take}>
              {w("take")}
            </button>
            {!answer && !busy && <span class="dim">{w("onlyTake")}</span>}
          </p>
        )}
        {taken && (
          <Note kind="good">
            <p class="note-title">{w("taken")}</p>
            {taken.rows.map((r) => (
              <p key={r.entry}>{w("takenLine", { kind: r.kind, n: r.entry })}</p>
            ))}
            {answer && <a href={`/conformity/${encodeURIComponent(answer.declaration)}`}>{w("open")}</a>}
          </Note>
        )}
      </Section>
      {answer && <Result of={answer} />}
    </>
  );
}
