// SPDX-License-Identifier: Apache-2.0
// Components: which packages are in use, in which versions, and how far an upgrade would reach.
import { useState } from "preact/hooks";
import { useApi } from "../app/api";
import { number, words } from "../app/i18n";
import { argument, rest, setArguments } from "../app/route";
import { has } from "../app/session";
import { Badge, Empty, Figures, Head, Purl, Section, Show } from "../ui/basics";
import { Icon } from "../ui/icons";
import { PagedTable, Table, type Column, usePages } from "../ui/table";

const w = words({
  title: ["部品", "Components"],
  sub: [
    "どの部品の、どの版が、いくつのリリースに入っているか",
    "Which packages are in use, in which versions, in how many releases",
  ],
  find: ["パッケージ名の一部", "Part of a package's name"],
  package: ["パッケージ", "Package"],
  versions: ["使われている版", "Versions in use"],
  flawed: ["脆弱性のある版", "With flaws"],
  documents: ["含む SBOM", "In SBOMs"],
  version: ["版", "Version"],
  flaws: ["脆弱性", "Flaws"],
  upgrade: ["更新先", "Upgrade to"],
  none: ["部品はまだありません", "No components yet"],
  noneText: ["SBOM を取り込むと、部品がここに並びます。", "They appear once SBOMs are imported."],
  type: ["パッケージの名前を入れると探します", "Type a part of a package's name"],
  impact: ["影響を見る", "See the impact"],
  releases: ["リリース", "Releases"],
  deployments: ["稼働先", "Deployments"],
  services: ["サービス", "Services"],
  clears: ["すべてを直す版", "One version that fixes all"],
});

interface Row {
  package: string;
  versions: number;
  versions_with_flaws: number;
  documents: number;
}

function All() {
  const q = argument("q");
  const [typed, setTyped] = useState(q);
  const of = usePages<Row>("/components", { q });
  const columns: Column<Row>[] = [
    {
      id: "package",
      head: w("package"),
      grow: true,
      cell: (r) => <Purl of={r.package} />,
      value: (r) => r.package,
    },
    {
      id: "versions",
      head: w("versions"),
      number: true,
      cell: (r) => number(r.versions),
      value: (r) => r.versions,
    },
    {
      id: "flawed",
      head: w("flawed"),
      number: true,
      cell: (r) => (r.versions_with_flaws ? <Badge tone="high">{number(r.versions_with_flaws)}</Badge> : "0"),
      value: (r) => r.versions_with_flaws,
    },
    {
      id: "documents",
      head: w("documents"),
      number: true,
      cell: (r) => number(r.documents),
      value: (r) => r.documents,
      rank: 2,
    },
  ];
  return (
    <>
      <Head title={w("title")} sub={w("sub")} />
      <form
        class="filters"
        role="search"
        onSubmit={(e) => {
          e.preventDefault();
          setArguments({ q: typed.trim() || undefined });
        }}
      >
        <label class="table-filter wide-filter">
          <Icon name="search" size={15} />
          <span class="hidden">{w("find")}</span>
          <input
            type="search"
            value={typed}
            placeholder={w("find")}
            onInput={(e) => setTyped(e.currentTarget.value)}
          />
        </label>
      </form>
      <Section flush>
        <PagedTable
          of={of}
          label={w("title")}
          name="components"
          columns={columns}
          id={(r) => r.package}
          href={(r) => `/components/one?purl=${encodeURIComponent(r.package)}`}
          filter={false}
          empty={
            <Empty icon="components" title={q ? w("none") : w("type")}>
              <p>{w("noneText")}</p>
            </Empty>
          }
        />
      </Section>
    </>
  );
}

interface Version {
  purl: string;
  version?: string;
  documents: number;
  flaws: number;
  upgrade?: string;
}
function One({ purl }: { purl: string }) {
  const asked = useApi<{
    package: string;
    upgrade?: string;
    versions: Version[];
    reach: { counts: Record<string, number> };
  }>("/component", { purl });
  const columns: Column<Version>[] = [
    {
      id: "version",
      head: w("version"),
      grow: true,
      cell: (v) => <code>{v.version ?? v.purl}</code>,
      value: (v) => v.version ?? v.purl,
    },
    {
      id: "documents",
      head: w("documents"),
      number: true,
      cell: (v) => number(v.documents),
      value: (v) => v.documents,
    },
    {
      id: "flaws",
      head: w("flaws"),
      number: true,
      cell: (v) => (v.flaws ? <Badge tone="high">{number(v.flaws)}</Badge> : "0"),
      value: (v) => v.flaws,
    },
    { id: "upgrade", head: w("upgrade"), cell: (v) => v.upgrade ?? "–", value: (v) => v.upgrade },
  ];
  return (
    <>
      <nav class="crumbs" aria-label={w("title")}>
        <a href="/components">{w("title")}</a>
        <span aria-hidden="true">/</span>
        <span>{purl}</span>
      </nav>
      <Head title={purl.replace(/^pkg:/, "")} sub={<code>{purl}</code>}>
        {has("GET /impact") && (
          <a class="secondary" href={`/impact?q=${encodeURIComponent(purl)}`}>
            {w("impact")}
          </a>
        )}
      </Head>
      <Show of={asked}>
        {(d) => (
          <>
            <Figures
              of={[
                { name: w("versions"), value: number(d.versions.length), more: "" },
                { name: w("releases"), value: number(d.reach.counts["releases"] ?? 0), more: "" },
                { name: w("deployments"), value: number(d.reach.counts["deployments"] ?? 0), more: "" },
                { name: w("services"), value: number(d.reach.counts["services"] ?? 0), more: "" },
                ...(d.upgrade
                  ? [{ name: w("clears"), value: d.upgrade, more: "", tone: "good" as const }]
                  : []),
              ]}
            />
            <Section title={w("versions")} flush>
              <Table
                label={w("versions")}
                name="versions"
                columns={columns}
                rows={d.versions}
                id={(v) => v.purl}
                href={(v) => `/impact?q=${encodeURIComponent(v.purl)}`}
              />
            </Section>
          </>
        )}
      </Show>
    </>
  );
}

export default function Components() {
  return rest("/components") === "one" ? <One key={argument("purl")} purl={argument("purl")} /> : <All />;
}
