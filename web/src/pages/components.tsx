// SPDX-License-Identifier: Apache-2.0
// Components: which packages are in use, in which versions, and how far an upgrade would reach.
import { useApi } from "../app/api";
import { number, words } from "../app/i18n";
import { argument, rest } from "../app/route";
import { has, may } from "../app/session";
import * as term from "../app/terms";
import { Badge, Empty, Figures, Head, Note, Purl, Section, Show } from "../ui/basics";
import { Find } from "../ui/find";
import { PagedTable, Table, type Column, usePages } from "../ui/table";

const w = words({
  title: ["部品", "Components"],
  sub: [
    "どの部品の、どの版が、いくつのリリースに入っているか。多く使われている順に並びます",
    "Which packages are in use, in which versions, in how many releases; the most used first",
  ],
  subFound: ["「{q}」に合う部品", "Packages that fit “{q}”"],
  newest: [
    "新しい {n} リリースで使われている順に並べています。",
    "Ordered by how many of the newest {n} releases use them.",
  ],
  find: ["パッケージ名の一部", "Part of a package's name"],
  worst: ["最も重い脆弱性", "Worst flaw"],
  reached: ["更新が必要な SBOM", "SBOMs to update"],
  upgradeHint: ["この版ですべての脆弱性が直ります", "This version fixes all known flaws"],
  noFix: ["修正版なし", "No fix yet"],
  notFound: ["「{q}」に合う部品はありません", "No package fits “{q}”"],
  notFoundText: ["名前の一部を二文字以上で探せます。", "Any part of a name will do, at least two letters."],
  all: ["すべての部品", "All components"],
  import: ["取り込む", "Import"],
  package: ["パッケージ", "Package"],
  versions: ["使われている版", "Versions in use"],
  flawed: ["脆弱性のある版", "With flaws"],
  documents: ["含む SBOM", "In SBOMs"],
  version: ["版", "Version"],
  flaws: ["脆弱性", "Flaws"],
  upgrade: ["更新先", "Upgrade to"],
  none: ["部品はまだありません", "No components yet"],
  noneText: ["SBOM を取り込むと、部品がここに並びます。", "They appear once SBOMs are imported."],
  impact: ["影響を見る", "See the impact"],
  releases: ["リリース", "Releases"],
  deployments: ["稼働先", "Deployments"],
  services: ["サービス", "Services"],
});

interface Row {
  package: string;
  versions: number;
  versions_with_flaws: number;
  documents: number;
  documents_with_flaws: number;
  worst?: { cvss?: number; severity: string; kev: boolean };
  upgrade?: string;
}

function All() {
  const q = argument("q");
  const of = usePages<Row>("/components", { q });
  const newest = of.first?.["newest_releases"];
  const columns: Column<Row>[] = [
    {
      id: "package",
      head: w("package"),
      grow: true,
      cell: (r) => <Purl of={r.package} />,
      value: (r) => r.package,
    },
    {
      id: "documents",
      head: w("documents"),
      number: true,
      cell: (r) => number(r.documents),
      value: (r) => r.documents,
    },
    {
      id: "worst",
      head: w("worst"),
      cell: (r) =>
        r.worst ? (
          <span class="row nowrap">
            <Badge tone={term.severityTone(r.worst.severity)}>
              {term.severity(r.worst.severity)}
              {r.worst.cvss !== undefined && ` ${r.worst.cvss.toFixed(1)}`}
            </Badge>
            {r.worst.kev && <Badge tone="critical">KEV</Badge>}
          </span>
        ) : (
          <span class="dim">–</span>
        ),
      value: (r) => r.worst?.cvss,
    },
    {
      id: "versions",
      head: w("versions"),
      number: true,
      cell: (r) => number(r.versions),
      value: (r) => r.versions,
      rank: 2,
    },
    {
      id: "flawed",
      head: w("flawed"),
      number: true,
      cell: (r) => (r.versions_with_flaws ? number(r.versions_with_flaws) : <span class="dim">–</span>),
      value: (r) => r.versions_with_flaws,
      rank: 3,
    },
    {
      id: "upgrade",
      head: w("upgrade"),
      cell: (r) =>
        r.upgrade ? (
          <span title={w("upgradeHint")}>{r.upgrade}</span>
        ) : r.worst ? (
          <span class="dim">{w("noFix")}</span>
        ) : (
          <span class="dim">–</span>
        ),
      value: (r) => r.upgrade,
      rank: 2,
    },
    {
      id: "reached",
      head: w("reached"),
      number: true,
      cell: (r) => (r.documents_with_flaws ? number(r.documents_with_flaws) : <span class="dim">–</span>),
      value: (r) => r.documents_with_flaws,
      rank: 3,
    },
  ];
  return (
    <>
      <Head title={w("title")} sub={q ? w("subFound", { q }) : w("sub")} />
      <Find label={w("find")} soon />
      {typeof newest === "number" && <Note>{w("newest", { n: newest })}</Note>}
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
            q ? (
              <Empty icon="search" title={w("notFound", { q })}>
                <p>{w("notFoundText")}</p>
                <a class="button" href="/components">
                  {w("all")}
                </a>
              </Empty>
            ) : (
              <Empty icon="components" title={w("none")}>
                <p>{w("noneText")}</p>
                {has("POST /imports") && may("upload") && (
                  <a class="button" href="/import">
                    {w("import")}
                  </a>
                )}
              </Empty>
            )
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
/** The documents' order is that in which they came: people look for the newest. */
const newestFirst = (of: Version[]) =>
  [...of].sort((a, b) => (b.version ?? b.purl).localeCompare(a.version ?? a.purl, "en", { numeric: true }));

function One({ purl }: { purl: string }) {
  const asked = useApi<{
    package: string;
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
              ]}
            />
            <Section title={w("versions")} flush>
              <Table
                label={w("versions")}
                name="versions"
                columns={columns}
                rows={newestFirst(d.versions)}
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
