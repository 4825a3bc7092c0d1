// SPDX-License-Identifier: Apache-2.0
// Supplier → product → customer → service as streams, as thick as there are deployments.
import { useMemo } from "preact/hooks";
import { lang, number, words } from "../app/i18n";
import * as term from "../app/terms";
import { Empty, Section } from "../ui/basics";
import { Chart, type Ink } from "../ui/chart";
import { type Column, Table } from "../ui/table";

const w = words({
  title: ["供給者 → 製品 → 顧客 → サービス", "Supplier → product → customer → service"],
  label: [
    "供給者から製品、顧客を経てサービスに至る流れ。稼働先は {n} 件です。同じ内容の表が下にあります。",
    "Streams from suppliers through products and customers to services, {n} deployments. The table below says the same.",
  ],
  none: ["流れを描けるだけの登録がまだありません", "Nothing flows yet"],
  noneText: [
    "製品、稼働先、サービスを登録すると見えてきます。",
    "Register products, deployments and services first.",
  ],
  others: ["他 {n}", "{n} more"],
  table: ["流れの一覧", "The streams as a table"],
  step: ["段階", "Step"],
  from: ["元", "From"],
  to: ["先", "To"],
  deployments: ["稼働先", "Deployments"],
});

export interface FlowData {
  deployments: number;
  nodes: { key: string; level: string; id?: string; name?: string; others?: number; deployments: number }[];
  links: { from: string; to: string; deployments: number }[];
}

type Node = FlowData["nodes"][number];
const nameOf = (n: Node | undefined) =>
  n ? (n.others ? w("others", { n: n.others }) : n.name || n.id || n.key.split("|")[1] || "–") : "–";

/** The same streams in rows, for who does not see the picture or wants to keep it. */
function Streams({ of }: { of: FlowData }) {
  const nodes = new Map(of.nodes.map((n) => [n.key, n]));
  type Link = FlowData["links"][number];
  const step = (l: Link) => `${term.kind(nodes.get(l.from)?.level)} → ${term.kind(nodes.get(l.to)?.level)}`;
  const columns: Column<Link>[] = [
    {
      id: "from",
      head: w("from"),
      grow: true,
      cell: (l) => nameOf(nodes.get(l.from)),
      value: (l) => nameOf(nodes.get(l.from)),
    },
    { id: "to", head: w("to"), cell: (l) => nameOf(nodes.get(l.to)), value: (l) => nameOf(nodes.get(l.to)) },
    {
      id: "step",
      head: w("step"),
      cell: (l) => <span class="dim nowrap">{step(l)}</span>,
      value: step,
      rank: 2,
    },
    {
      id: "deployments",
      head: w("deployments"),
      number: true,
      cell: (l) => number(l.deployments),
      value: (l) => l.deployments,
    },
  ];
  const href = (l: Link) => {
    const n = nodes.get(l.from);
    return n?.id && (n.level === "supplier" || n.level === "product" || n.level === "customer")
      ? `/impact?q=${encodeURIComponent(n.id)}`
      : undefined;
  };
  return (
    <Section title={w("table")} flush>
      <Table
        label={w("table")}
        name="streams"
        columns={columns}
        rows={of.links}
        id={(l) => `${l.from} ${l.to}`}
        href={href}
      />
    </Section>
  );
}

export function Flow({ of, onPick }: { of: FlowData; onPick: (id: string) => void }) {
  const language = lang.value;
  const option = useMemo(() => {
    const names = new Map(
      of.nodes.map((n) => [
        n.key,
        n.others ? w("others", { n: n.others }) : n.name || n.id || n.key.split("|")[1] || "–",
      ]),
    );
    const level = ["supplier", "product", "customer", "service"];
    return (ink: Ink) => ({
      tooltip: {
        trigger: "item",
        renderMode: "richText",
        backgroundColor: ink.surface,
        borderColor: ink.line,
        textStyle: { color: ink.ink },
        formatter: (p: {
          dataType?: string;
          data: { source?: string; target?: string; name?: string; value?: number };
        }) =>
          p.dataType === "edge"
            ? `${names.get(p.data.source ?? "")} → ${names.get(p.data.target ?? "")}: ${number(p.data.value ?? 0)}`
            : (names.get(p.data.name ?? "") ?? ""),
      },
      series: [
        {
          type: "sankey",
          left: 4,
          right: 150,
          top: 8,
          bottom: 8,
          nodeWidth: 12,
          nodeGap: 15,
          emphasis: { focus: "adjacency" },
          label: {
            color: ink.ink,
            fontSize: 12,
            width: 140,
            overflow: "truncate",
            formatter: (p: { name: string }) => names.get(p.name) ?? p.name,
          },
          lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 },
          data: of.nodes.map((n) => ({
            name: n.key,
            itemStyle: { color: ink.series[Math.max(0, level.indexOf(n.level))], borderWidth: 0 },
          })),
          links: of.links.map((l) => ({ source: l.from, target: l.to, value: l.deployments })),
        },
      ],
    });
  }, [of, language]);
  if (!of.links.length)
    return (
      <Section>
        <Empty icon="impact" title={w("none")}>
          <p>{w("noneText")}</p>
        </Empty>
      </Section>
    );
  const widest = Math.max(
    ...["supplier", "product", "customer", "service"].map(
      (l) => of.nodes.filter((n) => n.level === l).length,
    ),
  );
  return (
    <div class="stack">
      <Section title={w("title")}>
        <div class="scroll" tabIndex={0} role="group" aria-label={w("title")}>
          <div class="streams">
            <Chart
              label={w("label", { n: of.deployments })}
              height={Math.max(280, widest * 40 + 40)}
              option={option}
              onPick={(key) => {
                const n = of.nodes.find((x) => x.key === key);
                if (n?.id && (n.level === "supplier" || n.level === "product" || n.level === "customer"))
                  onPick(n.id);
              }}
            />
          </div>
        </div>
      </Section>
      <Streams of={of} />
    </div>
  );
}
