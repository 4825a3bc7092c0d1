// SPDX-License-Identifier: Apache-2.0
// Conformity: how far each requirement is met, computed from the log; down to the practice, its rules, and the entries
// they rest on.
import { useApi } from "../app/api";
import { type Label, label, number, words } from "../app/i18n";
import { called, catalogueTitle } from "../app/names";
import { argument, rest, setArguments } from "../app/route";
import { has, may } from "../app/session";
import { Badge, Day, Empty, Figures, Head, Section, Show, Tabs, tabNow, Called } from "../ui/basics";
import { PagedTable, Table, type Column, usePages } from "../ui/table";
import { ChooseTab } from "./conformity_choose";
import { GapTab } from "./conformity_gap";
import { Cells, Chosen, type Practice, mine, standing, standingTone } from "./conformity_parts";
import { PracticeDialog } from "./conformity_practice";
import { UnitsTab } from "./conformity_units";
import { One } from "./declaration";
import { VerifyTab } from "./declaration_verify";
import { Wizard } from "./declare";

const w = words({
  title: ["適合", "Conformity"],
  sub: [
    "要求事項をどこまで満たしているか。ログにある証拠から計算します",
    "How far requirements are met, computed from the evidence in the log",
  ],
  none: ["目標なし", "No target"],
  levels: ["要求事項", "Requirements"],
  units: ["部門の比較", "Units"],
  gap: ["不足", "Gap"],
  choose: ["パッケージの選択", "Choose"],
  declarations: ["宣言", "Declarations"],
  verify: ["検証", "Verify"],
  declare: ["宣言する", "Declare"],
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
  legend: ["色はレベル 0 から 4。* は人の申告による", "Colour: level 0 to 4. *: rests on a person's word"],
  nothing: ["宣言はまだありません", "No declarations yet"],
  nothingText: [
    "宣言すると、ここに並びます。受け取った宣言も同じです。",
    "What is declared stands here, and what was received from others.",
  ],
  id: ["宣言", "Declaration"],
  catalogue: ["カタログ", "Catalogue"],
  declarer: ["宣言者", "Declared by"],
  state: ["状態", "State"],
  logged: ["ログの日時", "Logged"],
  challenged: ["異議 {n}", "{n} challenge|{n} challenges"],
});
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

function Levels() {
  const catalogue = argument("catalogue") || "cip";
  const target = argument("package");
  const practice = argument("practice");
  const query = { catalogue, ...(target && { package: target }) };
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
    {
      id: "practices",
      head: w("practices"),
      cell: (r) => <Cells of={mine(r.id, all)} open={(id) => setArguments({ practice: id })} />,
    },
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
        <Chosen
          catalogue={catalogue}
          pack={target}
          none={w("none")}
          set={(to) => setArguments({ catalogue: to.catalogue, package: to.pack || undefined })}
        />
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
      {practice && (
        <PracticeDialog
          id={practice}
          query={query}
          close={() => setArguments({ practice: undefined })}
          changed={asked.reload}
        />
      )}
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
    {
      id: "party",
      head: w("declarer"),
      cell: (d) => <Called kind="party" id={d.party} />,
      value: (d) => called("party", d.party),
    },
    {
      id: "catalogue",
      head: w("catalogue"),
      cell: (d) => catalogueTitle(d.catalogue) || "–",
      value: (d) => catalogueTitle(d.catalogue),
      rank: 2,
    },
    {
      id: "standing",
      head: w("state"),
      cell: (d) => (
        <span class="row nowrap">
          <Badge tone={standingTone(d.standing)}>{standing(d.standing)}</Badge>
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
        href={(d) => `/conformity/${encodeURIComponent(d.declaration)}`}
        empty={
          <Empty icon="conformity" title={w("nothing")}>
            <p>{w("nothingText")}</p>
          </Empty>
        }
      />
    </Section>
  );
}

function Tabbed() {
  const tabs = [
    "levels" as const,
    ...(has("GET /conform/units") ? (["units"] as const) : []),
    ...(has("GET /conform/gap") ? (["gap"] as const) : []),
    ...(has("GET /conform/choose") ? (["choose"] as const) : []),
    ...(has("GET /declarations") ? (["declarations"] as const) : []),
    ...(has("POST /declarations/verify") ? (["verify"] as const) : []),
  ];
  const now = tabNow(tabs);
  return (
    <>
      <Head title={w("title")} sub={w("sub")}>
        {may("manage") && has("POST /declarations") && (
          <a class="button primary" href="/conformity/declare">
            {w("declare")}
          </a>
        )}
      </Head>
      <Tabs label={w("title")} of={tabs.map((id) => ({ id, title: w(id) }))} />
      {now === "levels" && <Levels />}
      {now === "units" && <UnitsTab />}
      {now === "gap" && <GapTab />}
      {now === "choose" && <ChooseTab />}
      {now === "declarations" && <Declarations />}
      {now === "verify" && <VerifyTab />}
    </>
  );
}

export default function Conformity() {
  const at = rest("/conformity");
  if (at === "declare") return <Wizard />;
  return at ? <One key={at} id={at} /> : <Tabbed />;
}
