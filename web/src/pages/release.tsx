// SPDX-License-Identifier: Apache-2.0
// One release: what is in it, what is known against it, what proves it, how it differs from the one before.
import { useState } from "preact/hooks";
import { useApi } from "../app/api";
import { number, words, wordOr } from "../app/i18n";
import { has } from "../app/session";
import { Badge, Day, Empty, Figures, Head, Purl, Section, Show, Tabs, tabNow } from "../ui/basics";
import { Icon } from "../ui/icons";
import { PagedTable, Table, type Column, usePages } from "../ui/table";
import { Findings } from "./findings";
import type { ReleaseRow } from "./products";

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
  direct: ["直接", "Direct"],
  change: ["変化", "Change"],
  from: ["前", "From"],
  to: ["後", "To"],
  same: ["違いはありません", "Nothing differs"],
  noPrevious: ["前の版がありません", "There is no release before it"],
  against: ["{v} との差", "Against {v}"],
  document: ["文書", "Document"],
  by: ["署名者", "Signed by"],
  logged: ["ログの日時", "Logged"],
  entry: ["エントリー {n}", "Entry {n}"],
  files: ["ファイル", "Files"],
  file: ["ファイル", "File"],
  statements: ["この版についての証拠", "Statements about this release"],
  kind: ["種類", "Kind"],
  withheld: ["本文は手元にありません", "The body is not at hand"],
  noFiles: ["ファイルの記載はありません", "No files are named"],
  noStatements: [
    "取り込んだ SBOM だけです。akashi release で出すと、来歴、堅牢化、試験の証拠も付きます。",
    "Only the imported SBOM. akashi release adds provenance, hardening and tests.",
  ],
  verify: ["証明を確かめる", "Verify the proof"],
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
export const evidenceKinds: Record<string, readonly [string, string]> = {
  release: ["リリース宣言", "Release manifest"],
  sbom: ["SBOM", "SBOM"],
  provenance: ["来歴", "Provenance"],
  hardening: ["堅牢化", "Hardening"],
  vulns: ["脆弱性の検査", "Vulnerability scan"],
  "test-result": ["試験結果", "Test result"],
  test: ["試験結果", "Test result"],
  vex: ["VEX", "VEX"],
  case: ["案件", "Case"],
  party: ["組織", "Party"],
  product: ["製品", "Product"],
  deployment: ["稼働先", "Deployment"],
  service: ["サービス", "Service"],
  decision: ["意思決定", "Decision"],
  declaration: ["宣言", "Declaration"],
  challenge: ["異議", "Challenge"],
  attestation: ["申告", "Attestation"],
  contract: ["契約", "Contract"],
  key: ["鍵", "Key"],
  audit: ["利用者の変更", "Access"],
  inventory: ["部品表", "Inventory"],
  index: ["部品の索引", "Index of components"],
  "release-manifest": ["リリースの内容", "Release manifest"],
  "static-analysis": ["静的解析", "Static analysis"],
  vsa: ["検証の要約", "Verification summary"],
  scai: ["属性の証明", "Attributes"],
  svr: ["検証の結果", "Verification result"],
  csaf: ["CSAF", "CSAF"],
  erasure: ["消去", "Erasure"],
  hold: ["消去の保留", "Hold"],
  "witness-conflict": ["証人の食い違い", "Conflict of witnesses"],
  "challenge-answer": ["異議への回答", "Answer to a challenge"],
  standing: ["宣言の状態", "Standing"],
  endorsement: ["支持", "Endorsement"],
  catalogue: ["要求事項一覧", "Catalogue"],
  offer: ["提案", "Offer"],
  answer: ["回答", "Answer"],
  "offer-reopened": ["提案の再開", "Offer opened again"],
  receipt: ["受け取り", "Receipt"],
  "archive-check": ["保管の点検", "Archive check"],
  disclosure: ["開示", "Disclosure"],
  cost: ["費用", "Cost"],
  mapping: ["対応表", "Mapping"],
  choice: ["選択", "Choice"],
  handover: ["引き渡し", "Handover"],
  "extent-target": ["契約の範囲", "Extent of a contract"],
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

interface Document {
  kind: string;
  entry: number;
  logged: string;
  sha256: string;
  at_hand: boolean;
  by: string;
  files?: { name: string; sha256?: string }[];
  statements?: { kind: string; sha256?: string; entry?: number }[];
}
function Entry({ n }: { n: number | undefined }) {
  if (n === undefined) return <span class="dim">–</span>;
  return has("GET /log/entries/{}") ? (
    <a href={`/log/${n}`}>{w("entry", { n })}</a>
  ) : (
    <span>{w("entry", { n })}</span>
  );
}
function Evidence({ name }: { name: string }) {
  const asked = useApi<{ documents: Document[] }>("/release/evidence", { name });
  type F = { name: string; sha256?: string };
  const files: Column<F>[] = [
    { id: "name", head: w("file"), grow: true, cell: (f) => f.name, value: (f) => f.name },
    {
      id: "sha256",
      head: "SHA-256",
      cell: (f) => <code class="small">{f.sha256}</code>,
      value: (f) => f.sha256,
      rank: 2,
    },
  ];
  return (
    <Show of={asked}>
      {(d) => (
        <div class="stack inset">
          {d.documents.map((x) => (
            <div key={x.entry} class="stack">
              <p class="row">
                <Badge tone="info">{wordOr(evidenceKinds, x.kind)}</Badge>
                <span>
                  {w("by")}: <strong>{x.by}</strong>
                </span>
                <Day at={x.logged} />
                <Entry n={x.entry} />
                {!x.at_hand && <Badge tone="dim">{w("withheld")}</Badge>}
              </p>
              <h2>{w("statements")}</h2>
              {x.statements?.length ? (
                <ul class="list-lines boxed">
                  {x.statements.map((s) => (
                    <li key={`${s.kind} ${s.sha256}`} class="row">
                      <strong>{wordOr(evidenceKinds, s.kind)}</strong>
                      <Entry n={s.entry} />
                      <code class="small dim">{s.sha256?.slice(0, 16)}</code>
                    </li>
                  ))}
                </ul>
              ) : (
                <p class="dim">{w("noStatements")}</p>
              )}
              <h2>{w("files")}</h2>
              {x.files?.length ? (
                <Table
                  label={w("files")}
                  name="files"
                  columns={files}
                  rows={x.files}
                  id={(f) => `${f.name} ${f.sha256}`}
                />
              ) : (
                <p class="dim">{w("noFiles")}</p>
              )}
            </div>
          ))}
        </div>
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
        <a href={`/products/${encodeURIComponent(product)}`}>{product}</a>
        <span aria-hidden="true">/</span>
        <span>{d?.version ?? name}</span>
      </nav>
      <Head title={name} sub={d && <Day at={d.released ?? d.logged} />}>
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
