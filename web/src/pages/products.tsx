// SPDX-License-Identifier: Apache-2.0
// Products: all of them, one with its releases, one release.
import { useState } from "preact/hooks";
import { useApi } from "../app/api";
import { number, words } from "../app/i18n";
import { called } from "../app/names";
import { argument, rest } from "../app/route";
import { has } from "../app/session";
import { Badge, Called, Day, Empty, Facts, Head, Num, Purl, Section, Show, Tabs, tabNow } from "../ui/basics";
import { Find } from "../ui/find";
import { Icon } from "../ui/icons";
import { PagedTable, Table, type Column, usePages } from "../ui/table";
import { Release } from "./release";
import { Things } from "./things";
import { ThingDialog, addWords, mayState } from "./things_change";
import type { Thing } from "./things_fields";
import { VexFiles } from "./vex_files";

const w = words({
  title: ["製品", "Products"],
  sub: ["これまでに出したすべての製品とリリース", "All products and releases ever shipped"],
  id: ["識別子", "Id"],
  name: ["名称", "Name"],
  party: ["供給者", "By"],
  releases: ["リリース", "Releases"],
  newest: ["最新", "Newest"],
  support: ["サポート終了", "Support ends"],
  tlp: ["TLP", "TLP"],
  find: ["製品を探す", "Find a product"],
  all: ["すべての製品", "All products"],
  notFound: ["「{q}」に合う製品はありません", "No product fits “{q}”"],
  none: ["製品はまだありません", "No products yet"],
  noneText: [
    "SBOM を取り込むか、akashi release を実行すると、ここに並びます。",
    "They appear once an SBOM is imported or akashi release has run.",
  ],
  import: ["SBOM を取り込む", "Import an SBOM"],
  version: ["版", "Version"],
  released: ["リリース日", "Released"],
  components: ["部品", "Components"],
  unidentified: ["特定できない部品", "Not identified"],
  about: ["概要", "About"],
  cases: ["この製品の案件", "Cases of this product"],
  purl: ["パッケージ URL", "Package URL"],
  mentioned: ["名前が出ただけの製品", "Only mentioned"],
  note: ["備考", "Note"],
  disagree: ["文書に食い違いがあります", "Documents disagree"],
  change: ["変更", "Change"],
  vex: ["VEX 文書", "VEX document"],
  parties: ["組織", "Parties"],
  deployments: ["稼働先", "Deployments"],
  services: ["サービス", "Services"],
  subThings: [
    "製品と、それにかかわる組織・稼働先・サービス",
    "Products, and the parties, deployments and services around them",
  ],
});

interface Product {
  id: string;
  name?: string;
  party?: string;
  purl?: string;
  support?: { from?: string; until?: string };
  tlp?: string;
  releases?: number;
  newest?: string;
  mentioned?: boolean;
}
export interface ReleaseRow {
  release: string;
  product: string;
  version: string;
  purl?: string;
  released?: string;
  logged: string;
  entry: number;
  components: number;
  unidentified: number;
  documents_disagree: boolean;
  supersedes?: string;
}

function All() {
  const q = argument("q");
  const [adding, setAdding] = useState(false);
  const of = usePages<Product>("/products", { q });
  const columns: Column<Product>[] = [
    { id: "name", head: w("name"), grow: true, cell: (p) => p.name ?? p.id, value: (p) => p.name ?? p.id },
    { id: "id", head: w("id"), cell: (p) => <code>{p.id}</code>, value: (p) => p.id, rank: 2 },
    {
      id: "party",
      head: w("party"),
      cell: (p) => <Called kind="party" id={p.party} />,
      value: (p) => called("party", p.party),
      rank: 2,
    },
    {
      id: "releases",
      head: w("releases"),
      number: true,
      cell: (p) => <Num of={p.releases} />,
      value: (p) => p.releases,
    },
    { id: "newest", head: w("newest"), cell: (p) => p.newest ?? "–", value: (p) => p.newest },
    {
      id: "support",
      head: w("support"),
      cell: (p) => <Day at={p.support?.until} />,
      value: (p) => p.support?.until,
      rank: 2,
    },
    {
      id: "tlp",
      head: w("tlp"),
      cell: (p) => (p.tlp ? <Badge tone="dim">{p.tlp.toUpperCase()}</Badge> : "–"),
      value: (p) => p.tlp,
      rank: 3,
    },
  ];
  return (
    <>
      <Find label={w("find")}>
        {has("POST /products") && mayState("product") && (
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            <Icon name="plus" size={16} />
            {addWords.product()}
          </button>
        )}
      </Find>
      <Section flush>
        <PagedTable
          of={of}
          label={w("title")}
          name="products"
          columns={columns}
          id={(p) => p.id}
          href={(p) => `/products/${encodeURIComponent(p.id)}`}
          empty={
            q ? (
              <Empty icon="search" title={w("notFound", { q })}>
                <a class="button" href="/products">
                  {w("all")}
                </a>
              </Empty>
            ) : (
              <Empty icon="products" title={w("none")}>
                <p>{w("noneText")}</p>
                {has("POST /imports") && (
                  <a class="button" href="/import">
                    {w("import")}
                  </a>
                )}
              </Empty>
            )
          }
        />
      </Section>
      {adding && <ThingDialog kind="product" close={() => setAdding(false)} reload={of.reload} />}
    </>
  );
}

const tabs = ["products", "parties", "deployments", "services"] as const;
function Lists() {
  const offered = tabs.filter((t) => has(`GET /${t}`));
  const now = tabNow(offered);
  return (
    <>
      <Head title={w("title")} sub={now === "products" ? w("sub") : w("subThings")} />
      <Tabs
        label={w("title")}
        of={offered.map((id) => ({ id, title: id === "products" ? w("title") : w(id) }))}
      />
      {now === "products" && <All />}
      {now === "parties" && <Things key={now} kind="party" />}
      {now === "deployments" && <Things key={now} kind="deployment" />}
      {now === "services" && <Things key={now} kind="service" />}
    </>
  );
}

function One({ id }: { id: string }) {
  const asked = useApi<Omit<Product, "releases"> & { releases: ReleaseRow[]; releases_total: number }>(
    `/products/${encodeURIComponent(id)}`,
  );
  const [changing, setChanging] = useState(false);
  const columns: Column<ReleaseRow>[] = [
    { id: "version", head: w("version"), cell: (r) => r.version, value: (r) => r.version },
    {
      id: "released",
      head: w("released"),
      grow: true,
      cell: (r) => <Day at={r.released ?? r.logged} />,
      value: (r) => r.released ?? r.logged,
    },
    {
      id: "components",
      head: w("components"),
      number: true,
      cell: (r) => number(r.components),
      value: (r) => r.components,
    },
    {
      id: "unidentified",
      head: w("unidentified"),
      number: true,
      cell: (r) => (r.unidentified ? <span class="bad">{number(r.unidentified)}</span> : "0"),
      value: (r) => r.unidentified,
      rank: 2,
    },
    {
      id: "note",
      head: w("note"),
      cell: (r) => (r.documents_disagree ? <Badge tone="medium">{w("disagree")}</Badge> : ""),
      rank: 2,
    },
  ];
  const p = asked.data;
  return (
    <>
      <nav class="crumbs" aria-label={w("title")}>
        <a href="/products">{w("title")}</a>
        <span aria-hidden="true">/</span>
        <span>{id}</span>
      </nav>
      <Head title={p?.name ?? id} sub={p?.mentioned ? w("mentioned") : <code>{id}</code>}>
        {has("GET /cases") && (
          <a class="secondary" href={`/cases?product=${encodeURIComponent(id)}`}>
            {w("cases")}
          </a>
        )}
        {p && has("POST /products") && mayState("product") && (
          <button type="button" class="secondary" onClick={() => setChanging(true)}>
            {w("change")}
          </button>
        )}
      </Head>
      <Show of={asked}>
        {(d) => (
          <div class="columns wide-left">
            <Section title={w("releases")} flush>
              <Table
                label={w("releases")}
                name={`${id}-releases`}
                columns={columns}
                rows={d.releases}
                total={d.releases_total}
                id={(r) => r.release}
                href={(r) => `/products/release?name=${encodeURIComponent(r.release)}`}
              />
            </Section>
            <Section title={w("about")}>
              <Facts
                of={[
                  [w("party"), <Called key="party" kind="party" id={d.party} />],
                  [w("support"), <Day key="support" at={d.support?.until} />],
                  d.purl && [w("purl"), <Purl key="purl" of={d.purl} />],
                  [w("tlp"), d.tlp?.toUpperCase() ?? "–"],
                  has("GET /vex") && [w("vex"), <VexFiles key="vex" product={d.id} />],
                ]}
              />
            </Section>
          </div>
        )}
      </Show>
      {changing && p && (
        <ThingDialog
          kind="product"
          of={p as unknown as Thing}
          close={() => setChanging(false)}
          reload={asked.reload}
        />
      )}
    </>
  );
}

export default function Products() {
  const id = rest("/products");
  if (id === "release") return <Release name={argument("name")} />;
  return id ? <One key={id} id={id} /> : <Lists />;
}
