// SPDX-License-Identifier: Apache-2.0
// Findings as a list, of a release or of all: most urgent first, in the order the server keeps.
import { percent, words } from "../app/i18n";
import { argument, setArguments } from "../app/route";
import { has } from "../app/session";
import * as term from "../app/terms";
import { Badge, Day, Empty } from "../ui/basics";
import { Field } from "../ui/form";
import { PagedTable, type Column, usePages } from "../ui/table";

const w = words({
  label: ["検出事項", "Findings"],
  flaw: ["脆弱性", "Vulnerability"],
  severity: ["深刻度", "Severity"],
  component: ["部品", "Component"],
  fixed: ["修正版", "Fixed in"],
  status: ["状態", "Status"],
  product: ["製品", "Product"],
  version: ["版", "Version"],
  published: ["公表", "Published"],
  summary: ["概要", "Summary"],
  sort: ["並び", "Order"],
  bySeverity: ["深刻な順", "Most severe"],
  byEpss: ["悪用されやすい順", "Most likely exploited"],
  byKev: ["KEV の期限順", "Due by KEV"],
  byNewest: ["新しい順", "Newest"],
  open: ["未対応", "Open"],
  answered: ["回答済み", "Answered"],
  all: ["すべて", "All"],
  fixable: ["修正版があるもの", "With a fixed version"],
  kev: ["悪用が確認されたもの(KEV)", "Known to be exploited (KEV)"],
  none: ["検出事項はありません", "No findings"],
  noneText: [
    "取り込まれた脆弱性情報の範囲では、当てはまるものがありません。",
    "Nothing in the advisories taken in so far applies.",
  ],
});

interface Finding {
  flaw: string;
  severity?: string;
  score?: number;
  epss?: number;
  kev?: boolean;
  component: string;
  fixed?: string;
  status?: string;
  product: string;
  name?: string;
  version: string;
  published?: string;
  summary?: string;
}

/** path: "/findings", or "/release/findings" with ?name=. */
export function Findings({ path, name }: { path: string; name?: string }) {
  const sort = argument("sort") || "severity";
  const status = argument("status") || "open";
  const fixable = argument("fixable") === "1";
  const kev = argument("kev") === "1";
  const of = usePages<Finding>(path, { name, sort, status, fixable, kev });
  const columns: Column<Finding>[] = [
    { id: "flaw", head: w("flaw"), cell: (f) => <span class="nowrap">{f.flaw}</span>, value: (f) => f.flaw },
    {
      id: "severity",
      head: w("severity"),
      cell: (f) => (
        <span class="row nowrap">
          <Badge tone={term.severityTone(f.severity)}>
            {term.severity(f.severity)}
            {f.score !== undefined && ` ${f.score.toFixed(1)}`}
          </Badge>
          {f.kev && <Badge tone="critical">KEV</Badge>}
        </span>
      ),
      value: (f) => f.score ?? term.severityRank(f.severity),
    },
    {
      id: "epss",
      head: "EPSS",
      number: true,
      cell: (f) => (f.epss === undefined ? "–" : percent(f.epss)),
      value: (f) => f.epss,
      rank: 3,
    },
    {
      id: "component",
      head: w("component"),
      grow: true,
      cell: (f) => <code>{f.component}</code>,
      value: (f) => f.component,
    },
    { id: "fixed", head: w("fixed"), cell: (f) => f.fixed ?? "–", value: (f) => f.fixed },
    ...(name
      ? []
      : [
          {
            id: "product",
            head: w("product"),
            cell: (f: Finding) => `${f.name ?? f.product} ${f.version}`,
            value: (f: Finding) => `${f.name ?? f.product} ${f.version}`,
            rank: 2 as const,
          },
        ]),
    {
      id: "status",
      head: w("status"),
      cell: (f) => <span class="nowrap">{term.status(f.status)}</span>,
      value: (f) => f.status,
      rank: 3,
    },
    {
      id: "published",
      head: w("published"),
      cell: (f) => <Day at={f.published} />,
      value: (f) => f.published,
      rank: 3,
    },
    { id: "summary", head: w("summary"), cell: (f) => f.summary ?? "", value: (f) => f.summary, rank: 3 },
  ];
  const set = (key: string) => (value: string) => setArguments({ [key]: value || undefined });
  return (
    <>
      <div class="filters inset">
        <Field
          label={w("sort")}
          value={sort}
          onInput={set("sort")}
          options={[
            { value: "severity", text: w("bySeverity") },
            { value: "epss", text: w("byEpss") },
            { value: "kev", text: w("byKev") },
            { value: "newest", text: w("byNewest") },
          ]}
        />
        <Field
          label={w("status")}
          value={status}
          onInput={set("status")}
          options={[
            { value: "open", text: w("open") },
            { value: "answered", text: w("answered") },
            { value: "all", text: w("all") },
          ]}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={fixable}
            onChange={(e) => set("fixable")(e.currentTarget.checked ? "1" : "")}
          />
          {w("fixable")}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={kev}
            onChange={(e) => set("kev")(e.currentTarget.checked ? "1" : "")}
          />
          {w("kev")}
        </label>
      </div>
      <PagedTable
        of={of}
        label={w("label")}
        name="findings"
        columns={columns}
        id={(f) => `${f.flaw} ${f.component} ${f.product} ${f.version}`}
        href={(f) => (has("GET /impact") ? `/impact?q=${encodeURIComponent(f.flaw)}` : undefined)}
        empty={
          <Empty icon="check" title={w("none")}>
            <p>{w("noneText")}</p>
          </Empty>
        }
      />
    </>
  );
}
