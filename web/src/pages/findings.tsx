// SPDX-License-Identifier: Apache-2.0
// Findings as a list, of a release or of all: most urgent first, in the order the server keeps. Filters are in the
// address: whoever gets the link sees the same.
import { useApi } from "../app/api";
import { percent, words } from "../app/i18n";
import { argument, place, setArguments } from "../app/route";
import { has } from "../app/session";
import * as term from "../app/terms";
import { Badge, Day, Empty, Head, Purl, Section } from "../ui/basics";
import { Field } from "../ui/form";
import { SavedFilters } from "../ui/saved";
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
  title: ["検出事項", "Findings"],
  sub: [
    "出荷したリリースの部品に知られている脆弱性。絞り込みはアドレスに残るので、そのまま共有できます。",
    "What is known to be wrong in components of releases. Filters stay in the address: share it as it is.",
  ],
  byClock: ["案件の期限順", "Due by a case"],
  any: ["すべて", "Any"],
  critical: ["緊急", "Critical"],
  high: ["重要以上", "High and above"],
  medium: ["警告以上", "Medium and above"],
  likely: ["悪用の確率(EPSS)", "Probability (EPSS)"],
  atLeast: ["{n} 以上", "{n} or more"],
  audience: ["見る人", "Seen by"],
  me: ["自分", "Myself"],
  kevDue: ["KEV の期限", "Due by KEV"],
  savedDue: ["期限の近い順", "Next deadlines"],
  savedKev: ["悪用確認済み", "Exploited"],
  savedCritical: ["緊急で修正版あり", "Critical with a fix"],
  savedLikely: ["悪用されそうなもの", "Likely exploited"],
  clear: ["絞り込みを解く", "Clear filters"],
  noneFiltered: ["この条件に当てはまるものはありません", "Nothing fits these filters"],
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
  kev_due?: string;
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
  const severity = argument("severity");
  const epss = argument("epss");
  const product = argument("product");
  const audience = argument("audience");
  const more = name === undefined;
  const of = usePages<Finding>(path, {
    name,
    sort,
    status,
    fixable,
    kev,
    severity,
    epss,
    ...(more && { product, audience }),
  });
  const products = useApi<{ rows: { id: string; name?: string }[] }>(
    more && has("GET /products") ? "/products" : undefined,
    { limit: 500 },
  );
  const parties = useApi<{ rows: { id: string; name?: string }[] }>(
    more && has("GET /parties") ? "/parties" : undefined,
    { limit: 500 },
  );
  const named = (r: { id: string; name?: string }) => ({ value: r.id, text: r.name ?? r.id });
  const filtered = [severity, epss, product, audience, fixable, kev, status !== "open"].some(Boolean);
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
      cell: (f) => <Purl of={f.component} />,
      value: (f) => f.component,
    },
    ...(sort === "kev"
      ? [
          {
            id: "kevDue",
            head: w("kevDue"),
            cell: (f: Finding) => <Day at={f.kev_due} />,
            value: (f: Finding) => f.kev_due,
          },
        ]
      : []),
    { id: "fixed", head: w("fixed"), cell: (f) => f.fixed ?? "–", value: (f) => f.fixed, rank: 2 },
    ...(name
      ? []
      : [
          {
            id: "product",
            head: w("product"),
            cell: (f: Finding) => <span class="product-cell">{`${f.name ?? f.product} ${f.version}`}</span>,
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
    {
      id: "summary",
      head: w("summary"),
      grow: true,
      cell: (f) => f.summary ?? "",
      value: (f) => f.summary,
      rank: 3,
    },
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
            { value: "clock", text: w("byClock") },
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
        <Field
          label={w("severity")}
          value={severity}
          onInput={set("severity")}
          options={[
            { value: "", text: w("any") },
            { value: "critical", text: w("critical") },
            { value: "high", text: w("high") },
            { value: "medium", text: w("medium") },
          ]}
        />
        <Field
          label={w("likely")}
          value={epss}
          onInput={set("epss")}
          options={[
            { value: "", text: w("any") },
            ...["0.01", "0.1", "0.5"].map((p) => ({
              value: p,
              text: w("atLeast", { n: percent(Number(p)) }),
            })),
          ]}
        />
        {more && has("GET /products") && (
          <Field
            label={w("product")}
            value={product}
            onInput={set("product")}
            options={[{ value: "", text: w("all") }, ...(products.data?.rows ?? []).map(named)]}
          />
        )}
        {more && has("GET /parties") && (
          <Field
            label={w("audience")}
            value={audience}
            onInput={set("audience")}
            options={[{ value: "", text: w("me") }, ...(parties.data?.rows ?? []).map(named)]}
          />
        )}
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
          filtered ? (
            <Empty icon="search" title={w("noneFiltered")}>
              <a class="button" href={clear()}>
                {w("clear")}
              </a>
            </Empty>
          ) : (
            <Empty icon="check" title={w("none")}>
              <p>{w("noneText")}</p>
            </Empty>
          )
        }
      />
    </>
  );
}

const filters = ["status", "severity", "epss", "product", "audience", "fixable", "kev", "sort"];
function clear(): string {
  const to = new URL(place.value);
  for (const f of filters) to.searchParams.delete(f);
  return to.pathname + to.search;
}

export default function AllFindings() {
  const saved = [
    ["savedDue", "sort=clock"],
    ["savedKev", "kev=1&sort=kev"],
    ["savedCritical", "severity=critical&fixable=1"],
    ["savedLikely", "epss=0.1&sort=epss"],
  ] as const;
  return (
    <>
      <Head title={w("title")} sub={w("sub")} />
      <SavedFilters of={filters} fixed={saved.map(([word, query]) => ({ name: w(word), query }))} />
      <Section flush>
        <Findings path="/findings" />
      </Section>
    </>
  );
}
