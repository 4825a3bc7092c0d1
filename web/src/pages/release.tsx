// SPDX-License-Identifier: Apache-2.0
// One release: what is in it, what is known against it, what proves it, how it differs from the one before.
import { useState } from "preact/hooks";
import { useApi } from "../app/api";
import { number, words, wordOr } from "../app/i18n";
import { called } from "../app/names";
import { has } from "../app/session";
import { Badge, Day, Empty, Figures, Head, Purl, Section, Show, Tabs, tabNow } from "../ui/basics";
import { Icon } from "../ui/icons";
import { PagedTable, Table, type Column, usePages } from "../ui/table";
import { Findings } from "./findings";
import type { ReleaseRow } from "./products";
import { Evidence } from "./release_evidence";

const w = words({
  products: ["製品", "Products"],
  components: ["部品", "Components"],
  tree: ["部品の木", "Tree"],
  findings: ["検出事項", "Findings"],
  evidence: ["証拠", "Evidence"],
  diff: ["前の版との差", "Difference"],
  deployments: ["稼働先", "Deployments"],
  customers: ["顧客", "Customers"],
  services: ["サービス", "Services"],
  released: ["{d}", "{d}"],
  impact: ["影響を見る", "See the impact"],
  purl: ["部品", "Component"],
  version: ["版", "Version"],
  licence: ["ライセンス", "Licence"],
  flaws: ["脆弱性", "Flaws"],
  unidentified: ["特定できない", "Not identified"],
  noTree: ["この SBOM には依存関係がありません", "This SBOM says nothing of dependencies"],
  change: ["変化", "Change"],
  from: ["前", "From"],
  to: ["後", "To"],
  same: ["違いはありません", "Nothing differs"],
  noPrevious: ["前の版がありません", "There is no release before it"],
  against: ["{v} との差", "Against {v}"],
  logged: ["ログの日時", "Logged"],
  views: ["リリースの内容", "What the release has"],
  open: ["開く", "Open"],
});
const changes: Record<string, readonly [string, string]> = {
  added: ["追加", "Added"],
  removed: ["削除", "Removed"],
  upgraded: ["更新", "Upgraded"],
  downgraded: ["旧版へ", "Downgraded"],
  changed: ["変更", "Changed"],
  licence: ["ライセンス", "Licence"],
  supplier: ["供給者", "Supplier"],
};

interface One extends ReleaseRow {
  previous?: string;
  following?: string;
  counts: {
    findings: number;
    findings_is_exact: boolean;
    deployments: number;
    customers: number;
    services: number;
  };
}

function Components({ name }: { name: string }) {
  type C = { purl: string; version?: string; licence?: string; unidentified: boolean; flaws: number };
  const of = usePages<C>("/release/components", { name });
  const columns: Column<C>[] = [
    {
      id: "purl",
      head: w("purl"),
      grow: true,
      cell: (c) => (
        <span class="row">
          <Purl of={c.purl} />
          {c.unidentified && <Badge tone="medium">{w("unidentified")}</Badge>}
        </span>
      ),
      value: (c) => c.purl,
    },
    { id: "version", head: w("version"), cell: (c) => c.version ?? "–", value: (c) => c.version, rank: 2 },
    { id: "licence", head: w("licence"), cell: (c) => c.licence ?? "–", value: (c) => c.licence, rank: 2 },
    {
      id: "flaws",
      head: w("flaws"),
      number: true,
      cell: (c) => (c.flaws ? <Badge tone="high">{number(c.flaws)}</Badge> : "0"),
      value: (c) => c.flaws,
    },
  ];
  return (
    <PagedTable
      of={of}
      label={w("components")}
      name="components"
      columns={columns}
      id={(c) => c.purl}
      href={(c) =>
        has("GET /component")
          ? `/components/one?purl=${encodeURIComponent(c.purl)}`
          : `/impact?q=${encodeURIComponent(c.purl)}`
      }
    />
  );
}

interface Node {
  name: string;
  version?: string;
  purl?: string;
  licence?: string;
  scope?: string;
  depth?: number;
}
interface TreeData {
  nodes: Node[];
  edges: [number, number][];
}

/** Opened one step at a time: a graph may hold the same part in thousands of places. */
function Branch({
  of,
  below,
  at,
  seen,
  first,
}: {
  of: TreeData;
  below: Map<number, number[]>;
  at: number;
  seen: number[];
  first?: boolean;
}) {
  const n = of.nodes[at];
  const children = below.get(at) ?? [];
  const [open, setOpen] = useState(seen.length === 0);
  if (!n) return null;
  const round = seen.includes(at);
  const opens = children.length > 0 && !round;
  return (
    <li
      role="treeitem"
      aria-expanded={opens ? open : undefined}
      aria-level={seen.length + 1}
      tabIndex={first ? 0 : -1}
    >
      {/* A key comes here as a click, too. */}
      <span class={opens ? "branch" : "leaf"} onClick={() => opens && setOpen(!open)}>
        {opens && <Icon name={open ? "down" : "right"} size={14} />}
        <code>{n.name}</code> <span class="dim">{n.version}</span>{" "}
        {opens ? <span class="tab-count">{number(children.length)}</span> : round && "↺"}
      </span>
      {opens && open && (
        <ul role="group">
          {children.slice(0, 500).map((c) => (
            <Branch key={c} of={of} below={below} at={c} seen={[...seen, at]} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Arrows walk the tree, as in every other tree; one of its items is in the order of Tab. */
function walk(e: KeyboardEvent) {
  const tree = e.currentTarget as HTMLElement;
  const now = (e.target as Element).closest<HTMLElement>("[role=treeitem]");
  if (!now || e.ctrlKey || e.metaKey || e.altKey) return;
  const all = [...tree.querySelectorAll<HTMLElement>("[role=treeitem]")];
  const at = all.indexOf(now);
  const open = now.getAttribute("aria-expanded");
  const turn = () => now.querySelector<HTMLElement>(":scope > .branch")?.click();
  let to: HTMLElement | null | undefined;
  switch (e.key) {
    case "ArrowDown":
    case "j":
      to = all[at + 1];
      break;
    case "ArrowUp":
    case "k":
      to = all[at - 1];
      break;
    case "Home":
      to = all[0];
      break;
    case "End":
      to = all[all.length - 1];
      break;
    case "ArrowRight":
      if (open === "false") turn();
      else if (open) to = all[at + 1];
      break;
    case "ArrowLeft":
      if (open === "true") turn();
      else to = now.parentElement?.closest<HTMLElement>("[role=treeitem]");
      break;
    case "Enter":
    case " ":
      turn();
      break;
    default:
      return;
  }
  e.preventDefault();
  e.stopPropagation();
  if (!to) return;
  for (const x of all) x.tabIndex = x === to ? 0 : -1;
  to.focus();
}
function Tree({ name }: { name: string }) {
  const asked = useApi<TreeData>("/release/components", { name, tree: true });
  return (
    <Show of={asked}>
      {(d) => {
        const below = new Map<number, number[]>();
        const above = new Set<number>();
        for (const [from, to] of d.edges) {
          below.set(from, [...(below.get(from) ?? []), to]);
          above.add(to);
        }
        const roots = d.nodes.map((_, i) => i).filter((i) => !above.has(i) && below.has(i));
        if (!roots.length) return <Empty icon="components" title={w("noTree")} />;
        return (
          <ul class="tree" role="tree" aria-label={w("tree")} onKeyDown={walk}>
            {roots.map((r, i) => (
              <Branch key={r} of={d} below={below} at={r} seen={[]} first={i === 0} />
            ))}
          </ul>
        );
      }}
    </Show>
  );
}

function Diff({ name, previous }: { name: string; previous: string | undefined }) {
  type Change = { change: string; component: string; from?: string; to?: string };
  const asked = useApi<{ changes: Change[] }>(previous ? "/release/diff" : undefined, {
    name,
    with: previous,
  });
  if (!previous) return <Empty icon="products" title={w("noPrevious")} />;
  const columns: Column<Change>[] = [
    {
      id: "change",
      head: w("change"),
      cell: (c) => (
        <Badge
          tone={
            c.change === "added"
              ? "info"
              : c.change === "removed"
                ? "dim"
                : c.change === "upgraded"
                  ? "good"
                  : "medium"
          }
        >
          {wordOr(changes, c.change)}
        </Badge>
      ),
      value: (c) => c.change,
    },
    {
      id: "component",
      head: w("purl"),
      grow: true,
      cell: (c) => <Purl of={c.component} />,
      value: (c) => c.component,
    },
    { id: "from", head: w("from"), cell: (c) => c.from ?? "–", value: (c) => c.from },
    { id: "to", head: w("to"), cell: (c) => c.to ?? "–", value: (c) => c.to },
  ];
  return (
    <Show of={asked}>
      {(d) => (
        <Table
          label={w("against", { v: previous })}
          name="diff"
          columns={columns}
          rows={d.changes}
          id={(c) => `${c.change} ${c.component} ${c.from} ${c.to}`}
          empty={<Empty icon="check" title={w("same")} />}
          tools={<span>{w("against", { v: previous })}</span>}
        />
      )}
    </Show>
  );
}

export function Release({ name }: { name: string }) {
  const asked = useApi<One>(name ? "/release" : undefined, { name });
  const d = asked.data;
  const tabs = (
    [
      ["components", "GET /release/components"],
      ["tree", "GET /release/components"],
      ["findings", "GET /release/findings"],
      ["evidence", "GET /release/evidence"],
      ["diff", "GET /release/diff"],
    ] as const
  ).filter(([, route]) => has(route));
  const now = tabNow(tabs.map(([id]) => id));
  const product = d?.product ?? name.slice(0, name.lastIndexOf("@"));
  return (
    <>
      <nav class="crumbs" aria-label={w("products")}>
        <a href="/products">{w("products")}</a>
        <span aria-hidden="true">/</span>
        <a href={`/products/${encodeURIComponent(product)}`}>{called("product", product)}</a>
        <span aria-hidden="true">/</span>
        <span>{d?.version ?? name}</span>
      </nav>
      <Head
        title={d ? `${called("product", product)} ${d.version}` : name}
        sub={
          d && (
            <>
              <code>{name}</code> · <Day at={d.released ?? d.logged} />
            </>
          )
        }
      >
        {has("GET /impact") && (
          <a class="secondary" href={`/impact?q=${encodeURIComponent(name)}`}>
            {w("impact")}
          </a>
        )}
      </Head>
      <Show of={asked} rows={3}>
        {(r) => (
          <>
            <Figures
              of={[
                {
                  name: w("components"),
                  value: number(r.components),
                  more: r.unidentified ? `${w("unidentified")} ${number(r.unidentified)}` : "",
                },
                {
                  name: w("findings"),
                  value: (r.counts.findings_is_exact ? "" : "≥ ") + number(r.counts.findings),
                  more: "",
                  ...(r.counts.findings > 0 && { tone: "high" as const }),
                },
                { name: w("deployments"), value: number(r.counts.deployments), more: "" },
                { name: w("customers"), value: number(r.counts.customers), more: "" },
                { name: w("services"), value: number(r.counts.services), more: "" },
              ]}
            />
            <Section flush>
              <Tabs label={w("views")} of={tabs.map(([id]) => ({ id, title: w(id) }))} />
              {now === "components" && <Components name={name} />}
              {now === "tree" && <Tree name={name} />}
              {now === "findings" && <Findings path="/release/findings" name={name} />}
              {now === "evidence" && <Evidence name={name} />}
              {now === "diff" && <Diff name={name} previous={r.previous} />}
            </Section>
          </>
        )}
      </Show>
    </>
  );
}
