// SPDX-License-Identifier: Apache-2.0
// What proves a release: its manifest, and what each of its statements says (read from the signed bodies in the log).
import type { ComponentChildren } from "preact";
import { useApi } from "../app/api";
import { moment, number, words, wordOr } from "../app/i18n";
import { has } from "../app/session";
import { Badge, Called, Day, Empty, Facts, Names, Show, type Tone } from "../ui/basics";
import { Table, type Column } from "../ui/table";

const w = words({
  by: ["署名者", "Signed by"],
  entry: ["エントリー {n}", "Entry {n}"],
  statements: ["この版についての証拠", "Statements about this release"],
  noStatements: [
    "SBOM の取り込みだけです。akashi release で出すと、来歴・堅牢化・試験が加わります。",
    "Only the imported SBOM. akashi release adds provenance, hardening and tests.",
  ],
  withheld: ["本文は非公開", "Body withheld"],
  none: ["証拠はまだありません", "No evidence yet"],
  noneText: [
    "akashi release で出すと、署名された証拠がここに並びます。",
    "What akashi release signs shows here.",
  ],
  files: ["ファイル", "Files"],
  noFiles: ["ファイルの記録はありません", "No files on record"],
  file: ["ファイル", "File"],
  proof: ["ログにある証明を確かめる", "Verify that it is in the log"],
  gone: ["本文は手元にありません", "The body is not at hand"],
  // what a statement says
  builder: ["ビルドした環境", "Builder"],
  buildType: ["ビルドの方法", "Kind of build"],
  source: ["ソース", "Source"],
  commit: ["コミット", "Commit"],
  ref: ["参照", "Ref"],
  finished: ["完了", "Finished"],
  passed: ["成功", "Passed"],
  failed: ["失敗", "Failed"],
  warned: ["警告", "Warned"],
  skipped: ["省略", "Skipped"],
  tool: ["道具", "Tool"],
  policy: ["基準", "Measured by"],
  found: ["指摘", "Results"],
  counts: [
    "エラー {error}、警告 {warning}、注記 {note}、抑制 {suppressed}",
    "{error} errors, {warning} warnings, {note} notes, {suppressed} suppressed",
  ],
  check: ["検査", "Check"],
  required: ["必須", "required"],
  program: ["プログラム", "Program"],
  checks: ["検査の結果", "Checks"],
  noPrograms: ["プログラムは含まれていません", "There are no programs in it"],
  format: ["形式", "Format"],
  components: ["部品", "Components"],
  purl: ["パッケージ URL", "Package URL"],
});
export const evidenceKinds: Record<string, readonly [string, string]> = {
  release: ["リリースの表明", "Release"],
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
  decision: ["決定", "Decision"],
  declaration: ["宣言", "Declaration"],
  challenge: ["異議", "Challenge"],
  attestation: ["申告", "Attestation"],
  contract: ["契約", "Contract"],
  key: ["鍵", "Key"],
  audit: ["利用者の変更", "Access"],
  inventory: ["部品表", "Inventory"],
  index: ["部品の索引", "Index of components"],
  "release-manifest": ["リリースの目録", "Release manifest"],
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
const results: Record<string, readonly [string, string, Tone]> = {
  PASSED: ["合格", "Passed", "good"],
  WARNED: ["警告あり", "Warned", "medium"],
  FAILED: ["不合格", "Failed", "critical"],
};
const states: Record<string, readonly [string, string, Tone]> = {
  good: ["良", "good", "good"],
  partial: ["一部", "partial", "medium"],
  bad: ["不可", "bad", "critical"],
};

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
type Json = Record<string, unknown>;
const of = (x: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((v, key) => (v as Json | undefined)?.[key], x);
const text = (x: unknown): string => (typeof x === "string" ? x : "");
const list = (x: unknown): unknown[] => (Array.isArray(x) ? x : []);
const texts = (x: unknown): string[] => list(x).filter((v): v is string => typeof v === "string");

function Entry({ n }: { n: number | undefined }) {
  if (n === undefined) return <span class="dim">–</span>;
  return has("GET /log/entries/{}") ? (
    <a href={`/log/${n}`}>{w("entry", { n })}</a>
  ) : (
    <span>{w("entry", { n })}</span>
  );
}

// ── what each kind says ──

function Result({ is }: { is: unknown }) {
  const row = results[text(is)];
  return row ? <Badge tone={row[2]}>{wordOr({ x: [row[0], row[1]] }, "x")}</Badge> : null;
}

interface Program {
  path: string;
  language?: string;
  checks: { id: string; state: string; detail?: string; required?: boolean; failed?: boolean }[];
}
function Hardening({ says }: { says: unknown }) {
  const programs = (list(of(says, "files")) as Program[]).slice(0, 500);
  if (!programs.length) return <p class="dim">{w("noPrograms")}</p>;
  const columns: Column<Program>[] = [
    {
      id: "path",
      head: w("program"),
      cell: (p) => (
        <>
          <strong>{p.path}</strong>
          {p.language && <small class="under dim">{p.language}</small>}
        </>
      ),
      value: (p) => p.path,
    },
    {
      id: "checks",
      head: w("checks"),
      grow: true,
      cell: (p) => (
        <span class="row checks">
          {p.checks
            .filter((c) => c.state in states)
            .map((c) => (
              <Badge
                key={c.id}
                tone={
                  c.failed
                    ? "critical"
                    : c.state === "bad" && !c.required
                      ? "dim"
                      : (states[c.state]?.[2] ?? "dim")
                }
                title={[c.detail, c.required && w("required")].filter(Boolean).join(" · ")}
              >
                {c.id}
                {": "}
                {wordOr(states as unknown as Record<string, [string, string]>, c.state)}
              </Badge>
            ))}
        </span>
      ),
      value: (p) => p.checks.map((c) => `${c.id}=${c.state}`).join(" "),
    },
  ];
  return (
    <>
      <Facts of={[[w("policy"), text(of(says, "policy", "name"))]]} />
      <Table
        label={w("checks")}
        name="hardening"
        columns={columns}
        rows={programs}
        id={(p) => p.path}
        filter={false}
      />
    </>
  );
}

function Provenance({ says }: { says: unknown }) {
  const dependencies = list(of(says, "buildDefinition", "resolvedDependencies"));
  const source = dependencies.find((d) => of(d, "digest", "gitCommit"));
  const finished = text(of(says, "runDetails", "metadata", "finishedOn"));
  return (
    <Facts
      of={[
        [w("builder"), <code key="b">{text(of(says, "runDetails", "builder", "id"))}</code>],
        [w("buildType"), <code key="t">{text(of(says, "buildDefinition", "buildType"))}</code>],
        text(of(source, "uri")) && [w("source"), <code key="s">{text(of(source, "uri"))}</code>],
        source !== undefined && [w("commit"), <code key="c">{text(of(source, "digest", "gitCommit"))}</code>],
        text(of(says, "buildDefinition", "externalParameters", "ref")) && [
          w("ref"),
          <code key="r">{text(of(says, "buildDefinition", "externalParameters", "ref"))}</code>,
        ],
        finished && [w("finished"), moment(finished)],
      ]}
    />
  );
}

function Tests({ says }: { says: unknown }) {
  const failed = texts(of(says, "failedTests"));
  const warned = texts(of(says, "warnedTests"));
  return (
    <Facts
      of={[
        [w("passed"), number(list(of(says, "passedTests")).length)],
        [w("failed"), failed.length ? <Names key="f" of={failed} /> : number(0)],
        warned.length > 0 && [w("warned"), <Names key="w" of={warned} />],
        list(of(says, "skippedTests")).length > 0 && [
          w("skipped"),
          number(list(of(says, "skippedTests")).length),
        ],
      ]}
    />
  );
}

function Analysis({ says }: { says: unknown }) {
  const n = (name: string) => Number(of(says, "counts", name) ?? 0);
  return (
    <Facts
      of={[
        [
          w("tool"),
          list(of(says, "tools"))
            .map((t) => `${text(of(t, "name"))} ${text(of(t, "version"))}`.trim())
            .join(", "),
        ],
        [
          w("found"),
          w("counts", {
            error: n("error"),
            warning: n("warning"),
            note: n("note"),
            suppressed: n("suppressed"),
          }),
        ],
      ]}
    />
  );
}

function Sbom({ says }: { says: unknown }) {
  const format = text(of(says, "bomFormat")) || (text(of(says, "spdxVersion")) ? "SPDX" : "");
  const parts = of(says, "components") ?? of(says, "packages");
  return (
    <Facts
      of={[
        format && [
          w("format"),
          `${format} ${text(of(says, "specVersion")) || text(of(says, "spdxVersion"))}`,
        ],
        Array.isArray(parts) && [w("components"), number(parts.length)],
      ]}
    />
  );
}

function Says({ kind, says }: { kind: string; says: unknown }): ComponentChildren {
  switch (kind) {
    case "hardening":
      return <Hardening says={says} />;
    case "provenance":
      return <Provenance says={says} />;
    case "test-result":
      return <Tests says={says} />;
    case "static-analysis":
      return <Analysis says={says} />;
    case "sbom":
      return <Sbom says={says} />;
    case "release":
      return <Facts of={[[w("purl"), <code key="p">{text(of(says, "purl"))}</code>]]} />;
  }
  return null;
}

/** The predicate of a signed statement. */
function predicateOf(body: unknown): unknown {
  try {
    const bytes = Uint8Array.from(atob(text(of(body, "payload"))), (c) => c.charCodeAt(0));
    return of(JSON.parse(new TextDecoder().decode(bytes)), "predicate");
  } catch {
    return undefined;
  }
}

function Statement({ of: s }: { of: NonNullable<Document["statements"]>[number] }) {
  const asked = useApi<{ body?: unknown }>(
    s.entry !== undefined && has("GET /log/entries/{}") ? `/log/entries/${s.entry}` : undefined,
  );
  const says = asked.data && predicateOf(asked.data.body);
  return (
    <li class="statement">
      <h3 class="row">
        {wordOr(evidenceKinds, s.kind)}
        <Result is={of(says, "result")} />
      </h3>
      {s.entry !== undefined && asked.data === undefined && !asked.problem ? (
        <p class="dim">…</p>
      ) : says === undefined ? (
        <p class="dim">{w("gone")}</p>
      ) : (
        <Says kind={s.kind} says={says} />
      )}
      <p class="row small">
        <Entry n={s.entry} />
        {s.entry !== undefined && has("GET /log/proof/{}") && <a href={`/log/${s.entry}`}>{w("proof")}</a>}
        {s.sha256 && (
          <code class="small dim" title={s.sha256}>
            SHA-256 {s.sha256.slice(0, 16)}…
          </code>
        )}
      </p>
    </li>
  );
}

export function Evidence({ name }: { name: string }) {
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
      {(d) =>
        d.documents.length === 0 ? (
          <Empty icon="log" title={w("none")}>
            <p>{w("noneText")}</p>
          </Empty>
        ) : (
          <div class="stack inset">
            {d.documents.map((x) => (
              <div key={x.entry} class="stack">
                <p class="row">
                  <Badge tone="info">{wordOr(evidenceKinds, x.kind)}</Badge>
                  <span>
                    {w("by")}:{" "}
                    <strong>
                      <Called kind="party" id={x.by} />
                    </strong>
                  </span>
                  <Day at={x.logged} />
                  <Entry n={x.entry} />
                  {!x.at_hand && <Badge tone="dim">{w("withheld")}</Badge>}
                </p>
                <h2>{w("statements")}</h2>
                {x.statements?.length ? (
                  <ul class="list-lines boxed">
                    {x.statements.map((s) => (
                      <Statement key={`${s.kind} ${s.sha256}`} of={s} />
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
        )
      }
    </Show>
  );
}
