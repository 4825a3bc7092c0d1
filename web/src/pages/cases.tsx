// SPDX-License-Identifier: Apache-2.0
// Cases: the queue, most urgent first, and one case.
import { words } from "../app/i18n";
import { called } from "../app/names";
import { argument, rest, setArguments } from "../app/route";
import { tell } from "../app/undo";
import * as term from "../app/terms";
import { Badge, Called, Day, Due, Empty, Head, Purl, Section } from "../ui/basics";
import { Field } from "../ui/form";
import { SavedFilters } from "../ui/saved";
import { PagedTable, type Column, usePages } from "../ui/table";
import { OneCase } from "./case";

const w = words({
  title: ["案件", "Cases"],
  sub: [
    "見つかった脆弱性にどう対応するか。急ぐ順に並びます",
    "What is being done about findings, most urgent first",
  ],
  case: ["案件", "Case"],
  priority: ["優先度", "Priority"],
  status: ["状態", "Status"],
  product: ["製品", "Product"],
  package: ["パッケージ", "Package"],
  upgrade: ["更新先", "Upgrade to"],
  next: ["次の期限", "Next deadline"],
  dueFirst: ["期限があるものだけ、近い順", "With a deadline, the next one first"],
  owner: ["担当", "Owner"],
  opened: ["開始", "Opened"],
  all: ["すべて", "All"],
  open: ["完了以外", "Not closed"],
  none: ["対応が必要な案件はありません", "No case needs anything"],
  noneText: [
    "新しい脆弱性情報を取り込むと、届くリリースの案件がここに開きます。",
    "When new advisories come in, cases about the releases they reach open here.",
  ],
  filtered: ["この条件に合う案件はありません", "No case fits these filters"],
  clear: ["条件を消す", "Clear the filters"],
  cleared: ["条件を消しました", "The filters are cleared"],
});

export interface CaseRow {
  case: string;
  product: string;
  package: string;
  upgrade?: string;
  status: string;
  decision?: string;
  owner?: string;
  priority: string;
  rank: number;
  kev: boolean;
  opened: string;
  closed?: string;
  next?: { profile: string; rule: string; state: string; due?: string };
}

const steps = ["detected", "triaged", "fixing", "fixed", "delivered", "verified", "closed"];

/** Where there is little room: the product leads, the package stands below it. */
export const fewCaseColumns = (): Column<CaseRow>[] =>
  caseColumns()
    .filter((c) => !["case", "opened", "upgrade", "package"].includes(c.id))
    .sort((a, b) => Number(b.id === "product") - Number(a.id === "product"))
    .map((c) =>
      c.id !== "product"
        ? c
        : {
            ...c,
            cell: (r) => (
              <>
                <Called kind="product" id={r.product} />
                <small class="under">
                  <Purl of={r.package} />
                </small>
              </>
            ),
          },
    );

export const caseColumns = (): Column<CaseRow>[] => [
  { id: "case", head: w("case"), cell: (c) => <code class="nowrap">{c.case}</code>, value: (c) => c.case },
  {
    id: "priority",
    head: w("priority"),
    cell: (c) => (
      <span class="row nowrap">
        <Badge tone={term.priorityTone(c.priority, c.rank)}>{term.priority(c.priority)}</Badge>
        {c.kev && <Badge tone="critical">KEV</Badge>}
      </span>
    ),
    value: (c) => c.rank,
  },
  {
    id: "status",
    head: w("status"),
    cell: (c) => (
      <>
        <span class="nowrap">{term.status(c.status)}</span>
        {c.decision && <small class="nowrap under dim">{term.decision(c.decision)}</small>}
      </>
    ),
    value: (c) => c.status,
    rank: 2,
  },
  {
    id: "product",
    head: w("product"),
    grow: true,
    cell: (c) => <Called kind="product" id={c.product} />,
    value: (c) => called("product", c.product),
  },
  {
    id: "package",
    head: w("package"),
    cell: (c) => <Purl of={c.package} />,
    value: (c) => c.package,
    rank: 2,
  },
  { id: "upgrade", head: w("upgrade"), cell: (c) => c.upgrade ?? "–", value: (c) => c.upgrade, rank: 3 },
  { id: "next", head: w("next"), cell: (c) => <Due at={c.next?.due} />, value: (c) => c.next?.due },
  { id: "owner", head: w("owner"), cell: (c) => c.owner ?? "–", value: (c) => c.owner, rank: 2 },
  { id: "opened", head: w("opened"), cell: (c) => <Day at={c.opened} />, value: (c) => c.opened, rank: 3 },
];

function Queue() {
  const status = argument("status");
  const priority = argument("priority");
  const owner = argument("owner");
  const product = argument("product");
  const due = argument("due");
  const of = usePages<CaseRow>("/cases", {
    ...(status === "all" ? { all: true } : { status }),
    priority,
    owner,
    product,
    ...(due === "1" && { sort: "due" }),
  });
  const filtered = Boolean(status || priority || owner || product || due);
  const set = (name: string) => (value: string) => setArguments({ [name]: value || undefined });
  return (
    <>
      <Head title={w("title")} sub={w("sub")} />
      <SavedFilters of={["status", "priority", "owner", "product", "due"]} />
      <div class="filters">
        <Field
          label={w("status")}
          value={status}
          onInput={set("status")}
          options={[
            { value: "", text: w("open") },
            ...steps.map((s) => ({ value: s, text: term.status(s) })),
            { value: "all", text: w("all") },
          ]}
        />
        <Field
          label={w("priority")}
          value={priority}
          onInput={set("priority")}
          options={[
            { value: "", text: w("all") },
            ...["Immediate", "Out-of-Cycle", "Scheduled", "Defer"].map((p) => ({
              value: p,
              text: term.priority(p),
            })),
          ]}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={due === "1"}
            onChange={(e) => set("due")(e.currentTarget.checked ? "1" : "")}
          />
          {w("dueFirst")}
        </label>
        {filtered && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              const before = { status, priority, owner, product, due };
              setArguments({
                status: undefined,
                priority: undefined,
                owner: undefined,
                product: undefined,
                due: undefined,
              });
              tell({ text: w("cleared"), undo: async () => setArguments(before) });
            }}
          >
            {w("clear")}
          </button>
        )}
      </div>
      <Section flush>
        <PagedTable
          of={of}
          label={w("title")}
          name="cases"
          columns={caseColumns()}
          id={(c) => c.case}
          href={(c) => `/cases/${encodeURIComponent(c.case)}`}
          empty={
            filtered ? (
              <Empty icon="search" title={w("filtered")} />
            ) : (
              <Empty icon="check" title={w("none")}>
                <p>{w("noneText")}</p>
              </Empty>
            )
          }
        />
      </Section>
    </>
  );
}

export default function Cases() {
  const id = rest("/cases");
  return id ? <OneCase key={id} id={id} /> : <Queue />;
}
