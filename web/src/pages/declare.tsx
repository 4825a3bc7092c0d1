// SPDX-License-Identifier: Apache-2.0
// Declaring: choose catalogue, package and scope; see what evidence carries and what would rest on a person's word; sign;
// take the files.
import { useState } from "preact/hooks";
import { Problem, address, ask, useApi } from "../app/api";
import { type Label, label, lang, number, words } from "../app/i18n";
import { go } from "../app/route";
import { Badge, Day, Facts, Figures, Head, Note, ProblemNote, Section } from "../ui/basics";
import { Field, Form } from "../ui/form";
import { Table, type Column } from "../ui/table";
import { Chosen, PersonFields, basis, personOf } from "./conformity_parts";

const w = words({
  title: ["適合を宣言する", "Declare conformity"],
  sub: [
    "証拠が示すことだけを、署名して宣言します",
    "What the evidence carries, signed by a person and logged",
  ],
  back: ["宣言の一覧", "Declarations"],
  what: ["1. 何について", "1. What about"],
  party: ["組織", "Party"],
  own: ["自組織", "This home's own"],
  look: ["証拠を確かめる", "Look what the evidence carries"],
  looking: ["計算しています…", "Computing…"],
  shows: ["2. 宣言される内容", "2. What would be declared"],
  practice: ["個別要求", "Practice"],
  name: ["内容", "Title"],
  target: ["目標", "Target"],
  level: ["レベル", "Level"],
  basis: ["根拠", "Basis"],
  statements: ["表明", "Statements"],
  until: ["低下日", "Falls on"],
  products: ["対象の製品", "Products in scope"],
  productsHelp: ["外した製品は宣言の対象になりません", "A product that is not ticked is not declared for"],
  releases: ["リリース", "Releases"],
  carried: ["証拠がすべての目標を示しています", "The evidence carries all of it"],
  short: ["証拠が届かない個別要求 {n} 件", "{n} practice falls short|{n} practices fall short"],
  shortText: [
    "足りないものを補うか、署名者の申告として理由を書いてください。申告であることは宣言に明記されます。",
    "Bring the evidence, or put a person's word in its place with a reason; whoever reads the declaration sees which is which.",
  ],
  claim: ["{id} をレベル {level} と申告する理由", "Why {id} is at level {level}, on the signatory's word"],
  start: ["始め方", "Start with"],
  excluded: ["対象外とするもの", "What it does not cover"],
  exclusion: ["対象外", "Not covered"],
  why: ["理由", "Reason"],
  add: ["追加", "Add"],
  remove: ["外す", "Remove"],
  refused: ["この宣言はできません", "This cannot be declared"],
  supersedes: ["現在の宣言 {id} に代わります", "It takes the place of {id}"],
  sign: ["3. 署名", "3. Sign"],
  signText: [
    "署名するとログに記録され、取り消しても履歴は残ります。",
    "Once signed it is in the log; withdrawing it later leaves the history.",
  ],
  from: ["開始日", "Valid from"],
  end: ["終了日", "Valid until"],
  dayHelp: ["空欄は今日から 1 年", "Empty: from now, for a year"],
  note: ["読む人への注記", "A remark for readers"],
  withhold: [
    "証拠を渡さず、ログの位置だけを示す",
    "Name the evidence by its place in the log only, and hand none of it over",
  ],
  signIt: ["署名して宣言", "Sign and declare"],
  notYet: ["すべての不足に理由を書くと署名できます", "It can be signed once every shortfall has its reason"],
  done: ["4. 宣言しました", "4. Declared"],
  doneText: [
    "ログの #{n} です。次のファイルを渡せます。",
    "Entry #{n} of the log. These can be handed over.",
  ],
  open: ["宣言を開く", "Open the declaration"],
});

export const forms = words({
  bundle: ["検証用バンドル", "Bundle to verify"],
  html: ["印刷用ページ", "Page to print"],
  pdf: ["PDF", "PDF"],
  csv: ["CSV", "CSV"],
  oscal: ["OSCAL", "OSCAL"],
  cyclonedx: ["CycloneDX", "CycloneDX"],
  procurement: ["調達用プロファイル", "Procurement profile"],
});
export const formNames = ["bundle", "html", "pdf", "csv", "oscal", "cyclonedx", "procurement"] as const;

export function Files({ id }: { id: string }) {
  return (
    <p class="row">
      {formNames.map((form) => (
        <a
          key={form}
          class="secondary"
          download
          href={address(`/declarations/${encodeURIComponent(id)}/file`, { form, lang: lang.value })}
        >
          {forms(form)}
        </a>
      ))}
    </p>
  );
}

interface Line {
  practice: string;
  title?: Label;
  level: number;
  claimed?: number;
  target?: number;
  basis: string;
  reason?: string;
  statements: number;
  until?: string;
}
interface Short {
  practice: string;
  title?: Label;
  level: number;
  target: number;
  start?: Label;
  command?: string;
}
interface Preview {
  declaration: string;
  carried: boolean;
  refused?: { declaration: string; title: string; hint?: string };
  products: string[];
  releases: number;
  statements: number;
  supersedes?: string;
  practices: Line[];
  short: Short[];
  entry?: number;
}
interface Exclusion {
  what: string;
  reason: string;
}

export function Lines({ of, name, fallen }: { of: Line[]; name: string; fallen?: Set<string> }) {
  const columns: Column<Line>[] = [
    {
      id: "id",
      head: w("practice"),
      cell: (p) => (
        <span class="row nowrap">
          <strong>{p.practice}</strong>
          {fallen?.has(p.practice) && <Badge tone="high">↓</Badge>}
        </span>
      ),
      value: (p) => p.practice,
    },
    {
      id: "title",
      head: w("name"),
      grow: true,
      cell: (p) => (
        <span class="stack tight">
          {label(p.title)}
          {p.reason && (
            <span class="dim small">
              {basis(p.basis)}: {p.reason}
            </span>
          )}
        </span>
      ),
      value: (p) => label(p.title),
    },
    {
      id: "level",
      head: w("level"),
      number: true,
      cell: (p) => (
        <span class={`heat-cell heat-${p.basis === "not-applicable" ? "none" : (p.claimed ?? p.level)}`}>
          {p.basis === "not-applicable" ? "–" : (p.claimed ?? p.level)}
          {(p.basis === "claimed" || p.basis === "attested") && "*"}
          {p.target !== undefined && ` / ${p.target}`}
        </span>
      ),
      value: (p) => p.claimed ?? p.level,
    },
    {
      id: "basis",
      head: w("basis"),
      cell: (p) => basis(p.basis),
      value: (p) => (p.reason ? `${p.basis}: ${p.reason}` : p.basis),
      rank: 2,
    },
    {
      id: "statements",
      head: w("statements"),
      number: true,
      cell: (p) => number(p.statements),
      value: (p) => p.statements,
      rank: 2,
    },
    { id: "until", head: w("until"), cell: (p) => <Day at={p.until} />, value: (p) => p.until, rank: 3 },
  ];
  return (
    <Table
      label={name}
      name="declared"
      columns={columns}
      rows={of.filter((p) => p.target !== undefined)}
      id={(p) => p.practice}
      tall
      filter={false}
    />
  );
}

function Excluded({ of, set }: { of: Exclusion[]; set: (to: Exclusion[]) => void }) {
  const [what, setWhat] = useState("");
  const [reason, setReason] = useState("");
  return (
    <details open={of.length > 0}>
      <summary>{w("excluded")}</summary>
      <ul class="list-lines">
        {of.map((x, i) => (
          <li key={i} class="row">
            {x.what}: {x.reason}
            <button type="button" class="quiet" onClick={() => set(of.filter((_, n) => n !== i))}>
              {w("remove")}
            </button>
          </li>
        ))}
      </ul>
      <div class="filters">
        <Field label={w("exclusion")} value={what} onInput={setWhat} />
        <Field label={w("why")} value={reason} onInput={setReason} />
        <button
          type="button"
          class="secondary"
          disabled={!what.trim() || !reason.trim()}
          onClick={() => {
            set([...of, { what: what.trim(), reason: reason.trim() }]);
            setWhat("");
            setReason("");
          }}
        >
          {w("add")}
        </button>
      </div>
    </details>
  );
}

export function Wizard() {
  const [chosen, setChosen] = useState({ catalogue: "cip", pack: "minimum" });
  const [party, setParty] = useState("");
  const [preview, setPreview] = useState<Preview>();
  const [all, setAll] = useState<string[]>([]); /* products, before any was taken out */
  const [out, setOut] = useState<string[]>([]);
  const [claims, setClaims] = useState<Record<string, string>>({});
  const [exclusions, setExclusions] = useState<Exclusion[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState<Preview>();
  const parties = useApi<{ rows: { id?: string; party?: string; name?: string }[] }>("/parties", {
    limit: 500,
  });

  const asked = (less: string[]) => ({
    catalogue: chosen.catalogue,
    ...(chosen.pack && { package: chosen.pack }),
    ...(party && { party }),
    ...(less.length && { products: all.filter((p) => !less.includes(p)) }),
    exclusions,
  });
  const look = async (less: string[]) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const a = await ask<Preview>("POST", "/declarations", { body: { ...asked(less), preview: true } });
      setPreview(a.data);
      if (!less.length) setAll(a.data.products);
    } catch (e) {
      setProblem(e instanceof Problem ? e : new Problem(0, "bug", String(e)));
    } finally {
      setBusy(false);
    }
  };
  const anew = () => {
    setPreview(undefined);
    setAll([]);
    setOut([]);
  };
  const sign = async (v: Record<string, string>) => {
    const a = await ask<Preview>("POST", "/declarations", {
      body: {
        ...asked(out),
        claims: (preview?.short ?? []).map((s) => ({
          practice: s.practice,
          level: s.target,
          reason: (claims[s.practice] ?? "").trim(),
        })),
        ...personOf(v),
        ...(v["from"] && { from: v["from"] }),
        ...(v["until"] && { until: v["until"] }),
        ...(v["note"] && { note: v["note"] }),
        withhold: v["withhold"] === "on",
      },
    });
    setDone(a.data);
    scrollTo(0, 0);
  };
  const ready = preview && !preview.refused && preview.short.every((s) => (claims[s.practice] ?? "").trim());
  return (
    <>
      <Head title={w("title")} sub={w("sub")}>
        <a class="secondary" href="/conformity?tab=declarations">
          {w("back")}
        </a>
      </Head>
      {done ? (
        <Section title={w("done")}>
          <Note kind="good">
            {done.declaration} · {w("doneText", { n: done.entry ?? 0 })}
          </Note>
          <Files id={done.declaration} />
          <p>
            <button
              type="button"
              class="primary"
              onClick={() => go(`/conformity/${encodeURIComponent(done.declaration)}`)}
            >
              {w("open")}
            </button>
          </p>
        </Section>
      ) : (
        <>
          <Section title={w("what")}>
            <div class="filters">
              <Chosen
                catalogue={chosen.catalogue}
                pack={chosen.pack}
                set={(to) => {
                  setChosen(to);
                  anew();
                }}
              />
              <Field
                label={w("party")}
                value={party}
                onInput={(v) => {
                  setParty(v);
                  anew();
                }}
                options={[
                  { value: "", text: w("own") },
                  ...(parties.data?.rows ?? []).map((p) => {
                    const id = p.id ?? p.party ?? "";
                    return { value: id, text: p.name ?? id };
                  }),
                ]}
              />
              <button type="button" class="primary" disabled={busy} onClick={() => void look(out)}>
                {busy ? w("looking") : w("look")}
              </button>
            </div>
            {problem && <ProblemNote of={problem} />}
          </Section>
          {preview && (
            <>
              <Figures
                of={[
                  { name: w("products"), value: number(preview.products.length) },
                  { name: w("releases"), value: number(preview.releases) },
                  { name: w("statements"), value: number(preview.statements) },
                ]}
              />
              <Section title={w("shows")}>
                {preview.refused && (
                  <Note kind="bad">
                    <p>
                      {w("refused")}: {preview.refused.title} ({preview.refused.declaration})
                    </p>
                    <p>{preview.refused.hint}</p>
                  </Note>
                )}
                {preview.supersedes && (
                  <Note>{w("supersedes", { id: preview.supersedes.slice(0, 16) })}</Note>
                )}
                {preview.carried && <Note kind="good">{w("carried")}</Note>}
                <fieldset class="question">
                  <legend>{w("products")}</legend>
                  <p class="dim small">{w("productsHelp")}</p>
                  <div class="checks">
                    {all.map((p) => (
                      <label key={p} class="check">
                        <input
                          type="checkbox"
                          checked={!out.includes(p)}
                          disabled={busy || (!out.includes(p) && out.length + 1 >= all.length)}
                          onChange={() => {
                            const next = out.includes(p) ? out.filter((x) => x !== p) : [...out, p];
                            setOut(next);
                            void look(next);
                          }}
                        />
                        {p}
                      </label>
                    ))}
                  </div>
                </fieldset>
                <Excluded of={exclusions} set={setExclusions} />
                <Lines of={preview.practices} name={w("shows")} />
              </Section>
              {preview.short.length > 0 && (
                <Section title={w("short", { n: preview.short.length })}>
                  <p class="dim">{w("shortText")}</p>
                  <div class="stack">
                    {preview.short.map((s) => (
                      <div key={s.practice} class="stack tight">
                        <Facts
                          of={[
                            [s.practice, label(s.title)],
                            [w("level"), `${s.level} / ${s.target}`],
                            label(s.start) && [w("start"), label(s.start)],
                          ]}
                        />
                        <Field
                          label={w("claim", { id: s.practice, level: s.target })}
                          value={claims[s.practice] ?? ""}
                          onInput={(v) => setClaims({ ...claims, [s.practice]: v })}
                        />
                      </div>
                    ))}
                  </div>
                </Section>
              )}
              <Section title={w("sign")}>
                <p class="dim">{w("signText")}</p>
                {ready ? (
                  <Form button={w("signIt")} send={sign}>
                    <PersonFields />
                    <div class="field-pair">
                      <Field label={w("from")} name="from" type="date" />
                      <Field label={w("end")} name="until" type="date" help={w("dayHelp")} />
                    </div>
                    <Field label={w("note")} name="note" lines={2} />
                    <label class="check">
                      <input type="checkbox" name="withhold" />
                      {w("withhold")}
                    </label>
                  </Form>
                ) : (
                  <p>{w("notYet")}</p>
                )}
              </Section>
            </>
          )}
        </>
      )}
    </>
  );
}
