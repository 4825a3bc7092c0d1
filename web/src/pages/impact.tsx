// SPDX-License-Identifier: Apache-2.0
// Whom does it reach? Type a flaw, a package, a party: counts as one types, then the rows, the map, the streams; and
// without a question where much hangs on little, and what if it goes.
import { useCallback, useEffect, useState } from "preact/hooks";
import { Problem, get, useApi } from "../app/api";
import { compact, lang, number, words } from "../app/i18n";
import { called } from "../app/names";
import { argument, setArguments } from "../app/route";
import * as term from "../app/terms";
import {
  Badge,
  Empty,
  Figures,
  Head,
  Mark,
  Note,
  Num,
  ProblemNote,
  Purl,
  Section,
  Show,
  Tabs,
  tabNow,
} from "../ui/basics";
import { Field } from "../ui/form";
import { Icon } from "../ui/icons";
import { PagedTable, Table, type Column, usePages } from "../ui/table";
import { Flow, type FlowData } from "./impact_flow";
import { RegionMap, type MapData } from "./impact_map";
import { WhatIf } from "./impact_whatif";

const w = words({
  title: ["影響", "Impact"],
  sub: [
    "脆弱性や部品が、どの製品、システム、サービスに届くか",
    "Which products, systems and services a flaw or a component reaches",
  ],
  ask: ["調べる対象", "What to look for"],
  hint: [
    "CVE-2026-…、pkg:npm/lodash@<4.17.21、組織、製品",
    "CVE-2026-…, pkg:npm/lodash@<4.17.21, party, product",
  ],
  hits: ["{kind}: リリース {n} 件に含まれます", "{kind}: in {n} release|{kind}: in {n} releases"],
  unknown: ["該当するものはまだありません", "Nothing of that name yet"],
  noRelease: ["届くリリースはありません", "It reaches no release"],
  noReleaseText: [
    "名前と版を確かめてください。SBOM を取り込んだリリースだけを調べています。",
    "Check its name and version. Only releases whose SBOMs were imported are looked at.",
  ],
  unadvised: [
    "この名前の脆弱性情報は取り込まれていません。0 件は影響がないことを示しません。取り込みページから脆弱性情報を入れてください。",
    "No advisory here has this name, so 0 does not mean that nothing is affected. Bring advisories in on the import page.",
  ],
  unwatched: [
    "脆弱性情報が更新されましたが、まだ照合していません。0 件は影響がないことを示しません。",
    "Advisories have changed and nothing was held against them yet, so 0 does not mean that nothing is affected.",
  ],
  reach: ["届く先", "Reach"],
  map: ["地図", "Map"],
  flow: ["流れ", "Streams"],
  top: ["集中", "Concentration"],
  whatif: ["もし止まったら", "What if"],
  releases: ["リリース", "Releases"],
  products: ["製品", "Products"],
  deployments: ["稼働先", "Deployments"],
  customers: ["顧客", "Customers"],
  services: ["サービス", "Services"],
  tell: ["知らせる相手", "Whom to tell"],
  population: ["対象人口", "Population"],
  people: ["影響を受ける人", "People without service"],
  hours: ["許容時間を超える人時", "People-hours beyond MTPD"],
  fall: ["止まる {n}", "{n} fall"],
  findings: ["検出事項", "Findings"],
  product: ["製品", "Product"],
  version: ["版", "Version"],
  by: ["供給者", "By"],
  component: ["部品", "Component"],
  deployment: ["稼働先", "Deployment"],
  customer: ["顧客", "Customer"],
  operator: ["運用者", "Run by"],
  exposure: ["公開範囲", "Exposure"],
  service: ["サービス", "Service"],
  sector: ["分野", "Sector"],
  region: ["地域", "Region"],
  path: ["経路", "Through"],
  falls: ["停止", "Falls"],
  yes: ["止まる", "Falls"],
  no: ["代替あり", "Has another way"],
  contact: ["連絡先", "Contact"],
  who: ["相手", "Who"],
  why: ["理由", "Why"],
  name: ["名前", "Name"],
  kind: ["種類", "Kind"],
  depth: ["連鎖", "Cascade"],
  single: ["単一障害点", "Single point of failure"],
  first: ["最初に止まるサービス", "First services"],
  of: ["対象", "What"],
  rankBy: ["順位", "Ranked by"],
  hosts: ["動かしているもの", "What services run on"],
  packages: ["パッケージ", "Packages"],
  suppliers: ["供給者", "Suppliers"],
  emptyTop: ["まだ稼働先もサービスも登録されていません", "No deployments or services yet"],
  emptyTopText: [
    "取り込みページから、稼働先とサービスの一覧(CSV)を入れてください。",
    "Bring in lists of deployments and services (CSV) on the import page.",
  ],
  nothing: ["どこにも届きません", "It reaches nothing here"],
  nothingText: [
    "登録済みのリリースには含まれていません。書き方の例: pkg:npm/lodash@<4.17.21、CVE-2026-12345、製品@版",
    "It is in no release known here. Write it like pkg:npm/lodash@<4.17.21, CVE-2026-12345 or PRODUCT@VERSION.",
  ],
  versions: ["含まれている版", "Versions found"],
  lists: ["一覧", "List"],
  views: ["見方", "View"],
});

type Row = Record<string, unknown>;
const text = (r: Row, key: string) => (typeof r[key] === "string" ? (r[key] as string) : "");
const count = (r: Row, key: string) => (typeof r[key] === "number" ? (r[key] as number) : undefined);
const list = (r: Row, key: string) => (Array.isArray(r[key]) ? (r[key] as string[]) : []);

function plain(
  id: string,
  head: string,
  more: Partial<Column<Row>> = {},
  from: (r: Row) => string = (r) => text(r, id),
): Column<Row> {
  return { id, head, cell: (r) => from(r) || <span class="dim">–</span>, value: from, ...more };
}
function figure(id: string, head: string, more: Partial<Column<Row>> = {}): Column<Row> {
  return {
    id,
    head,
    number: true,
    cell: (r) => <Num of={count(r, id)} />,
    value: (r) => count(r, id),
    ...more,
  };
}
const named = (r: Row, name: string, id: string) => text(r, name) || text(r, id);

type ListName = "releases" | "products" | "deployments" | "customers" | "services" | "tell";
const listNames: ListName[] = ["releases", "products", "deployments", "customers", "services", "tell"];

function columnsOf(name: ListName): Column<Row>[] {
  switch (name) {
    case "releases":
      return [
        plain("name", w("product"), { grow: true }, (r) => named(r, "name", "product")),
        plain("version", w("version")),
        plain("party", w("by"), { rank: 2 }, (r) => named(r, "party_name", "party")),
        {
          ...plain("components", w("component"), { rank: 2 }, (r) => list(r, "components").join(" ")),
          cell: (r) => list(r, "components").map((c) => <Purl key={c} of={c} />),
        },
      ];
    case "products":
      return [
        plain("name", w("product"), { grow: true }, (r) => named(r, "name", "product")),
        plain("party", w("by"), {}, (r) => named(r, "party_name", "party")),
        figure("releases", w("releases")),
      ];
    case "deployments":
      return [
        plain("deployment", w("deployment"), { grow: true }),
        plain("name", w("product"), {}, (r) => named(r, "name", "product")),
        plain("version", w("version")),
        plain("customer", w("customer"), {}, (r) => named(r, "customer_name", "customer")),
        plain("operator", w("operator"), { rank: 3 }, (r) => named(r, "operator_name", "operator")),
        plain("exposure", w("exposure"), { rank: 3 }, (r) => term.exposure(text(r, "exposure"))),
        plain("service", w("service"), { rank: 2 }),
      ];
    case "customers":
      return [
        plain("name", w("customer"), { grow: true }, (r) => named(r, "name", "customer")),
        plain("sector", w("sector"), {}, (r) => term.sector(text(r, "sector"))),
        plain("region", w("region"), {}, (r) => term.region(text(r, "region"))),
        figure("deployments", w("deployments")),
        plain("contacts", w("contact"), { rank: 2 }, (r) => list(r, "contacts").join(", ")),
      ];
    case "services":
      return [
        plain("name", w("service"), { grow: true }, (r) => named(r, "name", "service")),
        plain("sector", w("sector"), {}, (r) => term.sector(text(r, "sector"))),
        plain("region", w("region"), { rank: 2 }, (r) => term.region(text(r, "region"))),
        plain("path", w("path"), { rank: 3 }, (r) => list(r, "path").join(" → ")),
        {
          id: "falls",
          head: w("falls"),
          cell: (r) => <Mark good={r["falls"] !== true} text={r["falls"] === true ? w("yes") : w("no")} />,
          value: (r) => (r["falls"] === true ? w("yes") : w("no")),
        },
        figure("people", w("people")),
        figure("people_hours_beyond", w("hours"), { rank: 2 }),
      ];
    case "tell":
      return [
        plain("name", w("who"), { grow: true }, (r) => named(r, "name", "party")),
        plain("why", w("why"), {}, (r) => list(r, "why").join(", ")),
        plain("contacts", w("contact"), { rank: 2 }, (r) => list(r, "contacts").join(", ")),
      ];
  }
}

interface Reach {
  kind: string;
  name: string;
  advisory?: "known" | "later" | "unknown" | "no-data";
  counts: Record<string, number>;
  components: { purl: string; documents: number }[];
}

function countOf(name: ListName, counts: Record<string, number>): number | undefined {
  return name === "tell" ? undefined : counts[name];
}

function Reached({ q }: { q: string }) {
  const now = tabNow(listNames, "list") as ListName;
  const of = usePages<Row>("/impact", { q, list: now });
  const first = of.first as unknown as Reach | undefined;
  if (of.problem && !first) return <ProblemNote of={of.problem} />;
  if (first && first.kind === "unknown")
    return (
      <Section>
        <Empty icon="impact" title={w("nothing")}>
          <p>{w("nothingText")}</p>
        </Empty>
      </Section>
    );
  const c = first?.counts ?? {};
  const value = (key: string) => (first ? number(c[key] ?? 0) : "–");
  const known = first?.advisory ?? "known";
  return (
    <>
      {known !== "known" && <Note kind="warn">{w(known === "later" ? "unwatched" : "unadvised")}</Note>}
      <Figures
        of={[
          ...(c["findings"] !== undefined
            ? [{ name: w("findings"), value: value("findings"), more: "" }]
            : []),
          { name: w("releases"), value: value("releases"), more: `${w("products")} ${value("products")}` },
          {
            name: w("deployments"),
            value: value("deployments"),
            more: `${w("customers")} ${value("customers")}`,
          },
          {
            name: w("services"),
            value: value("services"),
            more: first ? w("fall", { n: c["services_that_fall"] ?? 0 }) : "",
            ...((c["services_that_fall"] ?? 0) > 0 && { tone: "high" as const }),
          },
          {
            name: w("people"),
            value: first ? compact(c["people_without_service"] ?? 0) : "–",
            more: first ? `${w("population")} ${compact(c["population"] ?? 0)}` : "",
            ...((c["people_without_service"] ?? 0) > 0 && { tone: "critical" as const }),
          },
          { name: w("hours"), value: first ? compact(c["people_hours_beyond"] ?? 0) : "–", more: "" },
        ]}
      />
      <Section flush>
        <Tabs
          name="list"
          label={w("lists")}
          of={listNames.map((id) => ({ id, title: w(id), count: first ? countOf(id, c) : null }))}
        />
        <PagedTable
          of={of}
          label={w(now)}
          name={`impact-${now}`}
          columns={columnsOf(now)}
          id={(r) =>
            JSON.stringify([
              r["product"],
              r["version"],
              r["deployment"],
              r["customer"],
              r["service"],
              r["party"],
            ])
          }
          {...(now === "releases" && {
            empty: (
              <Empty icon="search" title={w("noRelease")}>
                <p>{w("noReleaseText")}</p>
              </Empty>
            ),
          })}
          href={(r) =>
            now === "releases" && text(r, "product")
              ? `/products/release?name=${encodeURIComponent(`${text(r, "product")}@${text(r, "version")}`)}`
              : now === "products"
                ? `/products/${encodeURIComponent(text(r, "product"))}`
                : undefined
          }
        />
      </Section>
      {first && first.components.length > 0 && (
        <Section title={w("versions")}>
          <ul class="chips">
            {first.components.slice(0, 40).map((x) => (
              <li key={x.purl}>
                <a class="chip" href={`/impact?q=${encodeURIComponent(x.purl)}`}>
                  <Purl of={x.purl} /> <Num of={x.documents} />
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

interface Top {
  top: {
    name: string;
    kind: string;
    releases: number;
    deployments: number;
    customers: number;
    services: number;
    population: number;
    cascade_depth: number;
    single_point_of_failure: boolean;
    first_services: string[];
  }[];
}
const tops = ["hosts", "releases", "packages", "suppliers"] as const;
const ranks = ["population", "services", "customers", "deployments", "releases"] as const;

function Concentration() {
  const of = tabNow([...tops], "of");
  const by = tabNow([...ranks], "by");
  const asked = useApi<Top>("/impact/top", { of, by, limit: 100 });
  type R = Top["top"][number];
  const columns: Column<R>[] = [
    {
      id: "name",
      head: w("name"),
      grow: true,
      cell: (r) => r.name,
      value: (r) => r.name,
    },
    {
      id: "kind",
      head: w("kind"),
      cell: (r) => <span class="nowrap">{term.kind(r.kind)}</span>,
      value: (r) => r.kind,
      rank: 3,
    },
    {
      id: "single",
      head: w("single"),
      cell: (r) => (r.single_point_of_failure ? <Badge tone="critical">{w("single")}</Badge> : ""),
      value: (r) => r.single_point_of_failure,
    },
    {
      id: "deployments",
      head: w("deployments"),
      number: true,
      cell: (r) => number(r.deployments),
      value: (r) => r.deployments,
      rank: 2,
    },
    {
      id: "customers",
      head: w("customers"),
      number: true,
      cell: (r) => number(r.customers),
      value: (r) => r.customers,
      rank: 3,
    },
    {
      id: "services",
      head: w("services"),
      number: true,
      cell: (r) => number(r.services),
      value: (r) => r.services,
    },
    {
      id: "population",
      head: w("population"),
      number: true,
      cell: (r) => number(r.population),
      value: (r) => r.population,
    },
    {
      id: "depth",
      head: w("depth"),
      number: true,
      cell: (r) => number(r.cascade_depth),
      value: (r) => r.cascade_depth,
      rank: 3,
    },
    {
      id: "first",
      head: w("first"),
      cell: (r) => <span class="clamp">{r.first_services.map((s) => called("service", s)).join(", ")}</span>,
      value: (r) => r.first_services.map((s) => called("service", s)).join(", "),
      rank: 3,
    },
  ];
  return (
    <Section
      flush
      title={w("top")}
      tools={
        <div class="filters">
          <Field
            label={w("of")}
            value={of}
            options={tops.map((v) => ({ value: v, text: w(v) }))}
            onInput={(v) => setArguments({ of: v })}
          />
          <Field
            label={w("rankBy")}
            value={by}
            options={ranks.map((v) => ({ value: v, text: w(v) }))}
            onInput={(v) => setArguments({ by: v })}
          />
        </div>
      }
    >
      <Show of={asked}>
        {(d) => (
          <Table
            label={w("top")}
            name="concentration"
            columns={columns}
            rows={d.top}
            id={(r) => `${r.kind} ${r.name}`}
            empty={
              <Empty icon="impact" title={w("emptyTop")}>
                <p>{w("emptyTopText")}</p>
              </Empty>
            }
          />
        )}
      </Show>
    </Section>
  );
}

function Asking({ q }: { q: string }) {
  const [typed, setTyped] = useState(q);
  const [told, setTold] = useState("");
  const language = lang.value;
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted.length < 2 || wanted === q) {
      setTold("");
      return;
    }
    const stop = new AbortController();
    const wait = setTimeout(() => {
      get<{ kind: string; releases: number }>("/impact", { q: wanted, count: true }, stop.signal).then(
        (d) =>
          setTold(
            d.kind === "unknown" && !d.releases
              ? w("unknown")
              : w("hits", { kind: term.kind(d.kind), n: d.releases }),
          ),
        (e: unknown) => e instanceof Problem && setTold(e.message),
      );
    }, 90);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [typed, q, language]);
  const send = (e: Event) => {
    e.preventDefault();
    setArguments({ q: typed.trim() || undefined, view: undefined, list: undefined });
  };
  return (
    <form class="ask" role="search" onSubmit={send}>
      <label>
        <Icon name="search" />
        <span class="hidden">{w("ask")}</span>
        <input
          type="search"
          value={typed}
          placeholder={w("hint")}
          onInput={(e) => setTyped(e.currentTarget.value)}
          onSearch={send}
        />
      </label>
      <p class="ask-told" aria-live="polite">
        {told}
      </p>
    </form>
  );
}

export default function Impact() {
  const q = argument("q");
  const views = q ? ["reach", "map", "flow", "whatif"] : ["top", "map", "flow", "whatif"];
  const view = tabNow(views, "view") as "reach" | "map" | "flow" | "top" | "whatif";
  const map = useApi<MapData>(view === "map" ? "/impact/map" : undefined, { q });
  const flow = useApi<FlowData>(view === "flow" ? "/impact/flow" : undefined, { q, most: 12 });
  const follow = useCallback((id: string) => setArguments({ q: id, view: undefined }), []);
  return (
    <>
      <Head title={q ? `${w("title")}: ${q}` : w("title")} sub={w("sub")} />
      <Asking q={q} />
      <Tabs name="view" label={w("views")} of={views.map((id) => ({ id, title: w(id as "map") }))} />
      {view === "reach" && <Reached q={q} />}
      {view === "top" && <Concentration />}
      {view === "map" && <Show of={map}>{(d) => <RegionMap of={d} />}</Show>}
      {view === "flow" && <Show of={flow}>{(d) => <Flow of={d} onPick={follow} />}</Show>}
      {view === "whatif" && <WhatIf given={q} />}
    </>
  );
}
