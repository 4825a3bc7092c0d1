// SPDX-License-Identifier: Apache-2.0
// Conformity: how far each requirement is met, computed from the log; down to the practice, its rules, and the entries
// they rest on.
import { useApi } from "../app/api";
import { type Label, day, label, number, words, wordOr } from "../app/i18n";
import { argument, setArguments } from "../app/route";
import { has } from "../app/session";
import {
  Badge,
  Day,
  Dialog,
  Empty,
  Facts,
  Figures,
  Head,
  Mark,
  Section,
  Show,
  Tabs,
  tabNow,
} from "../ui/basics";
import { Field } from "../ui/form";
import { PagedTable, Table, type Column, usePages } from "../ui/table";

const w = words({
  title: ["適合", "Conformity"],
  sub: [
    "要求事項をどこまで満たしているか。ログにある証拠から計算します",
    "How far requirements are met, computed from the evidence in the log",
  ],
  catalogue: ["カタログ", "Catalogue"],
  package: ["目標", "Target"],
  none: ["目標なし", "No target"],
  minimum: ["最小限", "Minimum"],
  standard: ["標準", "Standard"],
  levels: ["要求事項", "Requirements"],
  declarations: ["宣言", "Declarations"],
  requirement: ["要求事項", "Requirement"],
  level: ["レベル", "Level"],
  target: ["目標", "Target"],
  met: ["達成", "Met"],
  practices: ["個別要求", "Practices"],
  until: ["低下日", "Falls on"],
  next: ["次の一歩", "Next step"],
  hours: ["{n} 時間", "{n} h"],
  metOf: ["目標に届いている個別要求", "Practices at their target"],
  products: ["製品", "Products"],
  releases: ["リリース", "Releases"],
  cases: ["案件", "Cases"],
  cell: ["{id}: レベル {level}、{basis}", "{id}: level {level}, {basis}"],
  legend: ["色はレベル 0 から 4。* は人の申告による", "Colour: level 0 to 4. *: rests on a person's word"],
  basis: ["根拠", "Basis"],
  reason: ["理由", "Reason"],
  word: ["申告", "Word"],
  rules: ["条件と証拠", "Rules and evidence"],
  holds: ["満たす", "Holds"],
  fails: ["満たさない", "Does not hold"],
  counted: ["{met} / {n}", "{met} of {n}"],
  missing: ["足りないもの", "Missing"],
  entry: ["#{n}", "#{n}"],
  nothing: ["宣言はまだありません", "No declarations yet"],
  nothingText: [
    "akashi conform declare で宣言すると、ここに並びます。受け取った宣言も同じです。",
    "What is declared with akashi conform declare stands here, and what was received from others.",
  ],
  id: ["宣言", "Declaration"],
  declarer: ["宣言者", "Declared by"],
  state: ["状態", "State"],
  logged: ["ログの日時", "Logged"],
  challenged: ["異議 {n}", "{n} challenge|{n} challenges"],
});
const bases: Record<string, readonly [string, string]> = {
  none: ["示すものがない", "nothing shows it"],
  computed: ["計算", "computed"],
  attested: ["人の申告", "a person's word"],
  "not-applicable": ["対象外", "not applicable"],
};

const standings: Record<string, readonly [string, string]> = {
  holds: ["有効", "Holds"],
  valid: ["有効", "Holds"],
  current: ["有効", "Current"],
  expired: ["期限切れ", "Expired"],
  revoked: ["取り消し", "Withdrawn"],
  withdrawn: ["取り消し", "Withdrawn"],
  superseded: ["新しい宣言あり", "Superseded"],
  challenged: ["異議あり", "Challenged"],
  upheld: ["異議が認められた", "Challenge upheld"],
};

interface Rule {
  level: number;
  rule: string;
  holds: boolean;
  counted: number;
  met: number;
  until?: string;
  evidence: { entry: number; time?: string; about?: string }[];
  missing: string[];
}
interface Practice {
  id: string;
  level: number;
  attested: number;
  target?: number;
  basis: string;
  reason?: string;
  until?: string;
  word?: { level: number; name: string; role: string; entry: number };
  rules: Rule[];
}
interface Requirement {
  id: string;
  title: Label;
  level: number;
  target?: number;
  practices: number;
  met: number;
  attested: boolean;
  until?: string;
  next?: { practice: string; hours?: number; start?: Label; command?: string };
}
interface Status {
  catalogue: string;
  party: string;
  products: number;
  releases: number;
  cases: number;
  requirements: Requirement[];
  practices: Practice[];
}

function mine(r: Requirement, all: Practice[]): Practice[] {
  return all.filter((p) => {
    const at = p.id.indexOf(r.id);
    return at >= 0 && /^(\.|$)/.test(p.id.slice(at + r.id.length));
  });
}

function Cells({ of }: { of: Practice[] }) {
  return (
    <span class="heat-cells">
      {of.map((p) => (
        <button
          key={p.id}
          type="button"
          class={`heat-cell heat-${p.basis === "not-applicable" ? "none" : p.level}`}
          aria-label={w("cell", { id: p.id, level: p.level, basis: wordOr(bases, p.basis) })}
          title={w("cell", { id: p.id, level: p.level, basis: wordOr(bases, p.basis) })}
          onClick={() => setArguments({ practice: p.id })}
        >
          {p.basis === "not-applicable" ? "–" : p.level}
          {p.basis === "attested" && "*"}
        </button>
      ))}
    </span>
  );
}

function One({ id, query }: { id: string; query: Record<string, string> }) {
  const asked = useApi<Status>("/conform/status", { ...query, practice: id });
  return (
    <Dialog title={id} wide onClose={() => setArguments({ practice: undefined })}>
      <Show of={asked}>
        {(d) => {
          const p = d.practices.find((x) => x.id === id) ?? d.practices[0];
          if (!p) return <Empty title={id} />;
          return (
            <div class="stack">
              <Facts
                of={[
                  [w("level"), String(p.level)],
                  p.target !== undefined && [w("target"), String(p.target)],
                  [w("basis"), wordOr(bases, p.basis)],
                  p.reason && [w("reason"), p.reason],
                  p.until && [w("until"), <Day key="until" at={p.until} />],
                  p.word && [w("word"), `${p.word.name}, ${p.word.role} (#${p.word.entry})`],
                ]}
              />
              <h3>{w("rules")}</h3>
              <ul class="list-lines boxed">
                {p.rules.map((r, i) => (
                  <li key={i} class="stack tight">
                    <span class="row">
                      <Badge tone={r.holds ? "good" : "dim"}>
                        {w("level")} {r.level}
                      </Badge>
                      <Mark good={r.holds} text={r.rule} />
                      {r.counted > 1 && <span class="dim">{w("counted", { met: r.met, n: r.counted })}</span>}
                    </span>
                    {r.evidence.length > 0 && (
                      <span class="row small">
                        {r.evidence.map((e) => (
                          <span key={e.entry}>
                            {has("GET /log/entries/{}") ? (
                              <a href={`/log/${e.entry}`}>#{e.entry}</a>
                            ) : (
                              `#${e.entry}`
                            )}{" "}
                            {e.about} {e.time && <span class="dim">{day(e.time)}</span>}
                          </span>
                        ))}
                      </span>
                    )}
                    {r.missing.length > 0 && (
                      <span class="small dim">
                        {w("missing")}: {r.missing.join(", ")}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </div>
          );
        }}
      </Show>
    </Dialog>
  );
}

function Levels() {
  const catalogue = argument("catalogue") || "cip";
  const target = argument("package");
  const practice = argument("practice");
  const query = { catalogue, ...(target && { package: target }) };
  const names = useApi<{ rows: { id: string; title: Label }[] }>("/conform/catalogues");
  const asked = useApi<Status>("/conform/status", query);
  const columns = (all: Practice[]): Column<Requirement>[] => [
    { id: "id", head: "ID", cell: (r) => <strong class="nowrap">{r.id}</strong>, value: (r) => r.id },
    {
      id: "title",
      head: w("requirement"),
      grow: true,
      cell: (r) => label(r.title),
      value: (r) => label(r.title),
    },
    { id: "practices", head: w("practices"), cell: (r) => <Cells of={mine(r, all)} /> },
    {
      id: "level",
      head: w("level"),
      number: true,
      cell: (r) =>
        r.practices
          ? `${r.level}${r.attested ? "*" : ""}${r.target !== undefined ? ` / ${r.target}` : ""}`
          : "–",
      value: (r) => r.level,
    },
    {
      id: "met",
      head: w("met"),
      number: true,
      cell: (r) => (r.practices ? `${r.met}/${r.practices}` : "–"),
      value: (r) => r.met,
      rank: 2,
    },
    { id: "until", head: w("until"), cell: (r) => <Day at={r.until} />, value: (r) => r.until, rank: 3 },
    {
      id: "next",
      head: w("next"),
      cell: (r) =>
        r.next ? (
          <span title={label(r.next.start)}>
            {r.next.practice}
            {r.next.hours !== undefined && <span class="dim"> · {w("hours", { n: r.next.hours })}</span>}
          </span>
        ) : (
          "–"
        ),
      value: (r) => r.next?.practice,
      rank: 3,
    },
  ];
  return (
    <>
      <div class="filters">
        <Field
          label={w("catalogue")}
          value={catalogue}
          onInput={(v) => setArguments({ catalogue: v, package: undefined })}
          options={(names.data?.rows ?? [{ id: catalogue, title: catalogue }]).map((n) => ({
            value: n.id,
            text: label(n.title) || n.id,
          }))}
        />
        {catalogue === "cip" && (
          <Field
            label={w("package")}
            value={target}
            onInput={(v) => setArguments({ package: v || undefined })}
            options={[
              { value: "", text: w("none") },
              { value: "minimum", text: w("minimum") },
              { value: "standard", text: w("standard") },
            ]}
          />
        )}
      </div>
      <Show of={asked} rows={16}>
        {(d) => (
          <>
            <Figures
              of={[
                {
                  name: w("metOf"),
                  value: `${number(d.requirements.reduce((n, r) => n + r.met, 0))} / ${number(d.requirements.reduce((n, r) => n + r.practices, 0))}`,
                  more: "",
                },
                { name: w("products"), value: number(d.products), more: "" },
                { name: w("releases"), value: number(d.releases), more: "" },
                { name: w("cases"), value: number(d.cases), more: "" },
              ]}
            />
            <Section title={w("levels")} flush>
              <p class="dim inset-line">{w("legend")}</p>
              <Table
                label={w("levels")}
                name="conformity"
                columns={columns(d.practices)}
                rows={d.requirements}
                id={(r) => r.id}
                tall
                filter={false}
              />
            </Section>
          </>
        )}
      </Show>
      {practice && <One id={practice} query={query} />}
    </>
  );
}

interface Declaration {
  declaration: string;
  party?: string;
  catalogue?: string;
  package?: string;
  standing?: string;
  openChallenges?: number;
  until?: string;
  logged: string;
  entry: number;
}
function Declarations() {
  const of = usePages<Declaration>("/declarations", {});
  const columns: Column<Declaration>[] = [
    {
      id: "id",
      head: w("id"),
      grow: true,
      cell: (d) => <code>{d.declaration}</code>,
      value: (d) => d.declaration,
    },
    { id: "party", head: w("declarer"), cell: (d) => d.party ?? "–", value: (d) => d.party },
    {
      id: "catalogue",
      head: w("catalogue"),
      cell: (d) => d.catalogue ?? "–",
      value: (d) => d.catalogue,
      rank: 2,
    },
    {
      id: "standing",
      head: w("state"),
      cell: (d) => (
        <span class="row nowrap">
          {wordOr(standings, d.standing)}
          {(d.openChallenges ?? 0) > 0 && (
            <Badge tone="high">{w("challenged", { n: d.openChallenges ?? 0 })}</Badge>
          )}
        </span>
      ),
      value: (d) => d.standing,
    },
    { id: "logged", head: w("logged"), cell: (d) => <Day at={d.logged} />, value: (d) => d.logged },
  ];
  return (
    <Section flush>
      <PagedTable
        of={of}
        label={w("declarations")}
        name="declarations"
        columns={columns}
        id={(d) => `${d.declaration} ${d.entry}`}
        empty={
          <Empty icon="conformity" title={w("nothing")}>
            <p>{w("nothingText")}</p>
          </Empty>
        }
      />
    </Section>
  );
}

export default function Conformity() {
  const tabs = ["levels" as const, ...(has("GET /declarations") ? (["declarations"] as const) : [])];
  const now = tabNow(tabs);
  return (
    <>
      <Head title={w("title")} sub={w("sub")} />
      <Tabs label={w("title")} of={tabs.map((id) => ({ id, title: w(id) }))} />
      {now === "levels" ? <Levels /> : <Declarations />}
    </>
  );
}
