// SPDX-License-Identifier: Apache-2.0
// One case: what it is about, its clocks, the ways to the component, what was decided and done; and the next step.
// A step names the state it was decided on (If-Match): when somebody else was faster, both are shown and nothing typed
// is lost.
import { useState } from "preact/hooks";
import { Problem, ask, useApi } from "../app/api";
import { type Label, label, words, wordOr } from "../app/i18n";
import { called } from "../app/names";
import { has, may } from "../app/session";
import { tell } from "../app/undo";
import * as term from "../app/terms";
import { Badge, Day, Due, Empty, Facts, Head, Moment, Names, Note, Purl, Section, Show } from "../ui/basics";
import { Field, Form, useTyped } from "../ui/form";
import { Table, type Column } from "../ui/table";
import { CaseDecisions } from "./decision_offer";
import { VexFiles } from "./vex_files";

const w = words({
  back: ["案件", "Cases"],
  what: ["概要", "About"],
  product: ["製品", "Product"],
  package: ["パッケージ", "Package"],
  upgrade: ["更新先", "Upgrade to"],
  status: ["状態", "Status"],
  owner: ["担当", "Owner"],
  decision: ["決定", "Decision"],
  because: ["優先度の理由", "Why this priority"],
  releases: ["リリース", "Releases"],
  deployments: ["稼働先", "Deployments"],
  findings: ["検出事項", "Findings"],
  flaw: ["脆弱性", "Vulnerability"],
  component: ["部品", "Component"],
  fixed: ["修正版", "Fixed in"],
  clocks: ["期限", "Deadlines"],
  waiting: ["開始待ち", "Waiting"],
  met: ["達成", "Met"],
  missed: ["超過", "Missed"],
  noClocks: ["この案件にかかる期限はありません", "No deadline runs for this case"],
  ways: ["部品への経路", "Ways to the component"],
  noWays: ["SBOM に経路の記載がありません", "The SBOM does not say how"],
  history: ["経過", "History"],
  times: ["{n} 回", "{n} times"],
  entry: ["エントリー {n}", "entry {n}"],
  cause: ["根本原因", "Root cause"],
  practices: ["改める項目", "To change"],
  vex: ["VEX(影響の判定)", "VEX: everybody's verdicts"],
  verdictOf: ["判定", "Verdict"],
  issuer: ["発行者", "Issuer"],
  counts: ["採用", "Counts"],
  next: ["次にすること", "Next step"],
  decide: ["決定する", "Decide"],
  verdict: ["どうするか", "What is to be done"],
  justification: ["影響しない理由", "Why it is not affected"],
  text: ["理由・内容", "Why, or what was done"],
  until: ["いつまで有効か", "Holds until"],
  action: ["利用者がすること", "What users are to do"],
  assign: ["担当を決める", "Assign"],
  move: ["進める", "Move on"],
  note: ["メモする", "Note"],
  close: ["完了にする", "Close"],
  closeHelp: [
    "含まないことを示すリリースの版。空なら、すべてが回答済みかを確かめます。",
    "The release that is without the findings; empty: everything must be answered.",
  ],
  release: ["リリースの版", "Release"],
  step: ["することを選ぶ", "What to do"],
  changed: [
    "開いている間に、ほかの人がこの案件を進めました。入力した内容は残っています。最新の状態を確かめてから、もう一度送ってください。",
    "Somebody else moved this case while it was open. What you typed is still here. Look at the present state, then send it again.",
  ],
  showNew: ["最新の状態を表示", "Show the present state"],
  saved: ["ログに記録しました", "It is in the log"],
  takenBack: ["元に戻す", "taken back"],
  withdrawn: ["決定の取り消し", "Decision taken back"],
  nobody: ["担当なし", "nobody"],
  noteStays: [
    "メモは消せません。違っていたら、もう一つ書いてください。",
    "A note stays. If it is wrong, write another one.",
  ],
  closedStays: [
    "完了は元に戻せません。検出事項がまた見つかると、自動で再開します。",
    "A closing stays. The case opens again by itself when a finding is there again.",
  ],
  foundStays: [
    "「検出」には戻せません。違っていたら、正しい状態へ進めてください。",
    "It cannot go back to “detected”. If it is wrong, move it to where it belongs.",
  ],
  impact: ["影響を見る", "See the impact"],
  readOnly: ["この案件を進めるには「対応」の権限が必要です。", "Moving this case needs the role to respond."],
});
const justifications: Record<string, readonly [string, string]> = {
  component_not_present: ["部品が含まれていない", "The component is not there"],
  vulnerable_code_not_present: ["脆弱なコードが含まれていない", "The vulnerable code is not there"],
  vulnerable_code_not_in_execute_path: [
    "脆弱なコードが実行されない",
    "The vulnerable code is never executed",
  ],
  vulnerable_code_cannot_be_controlled_by_adversary: [
    "攻撃者が操作できない",
    "An attacker cannot control it",
  ],
  inline_mitigations_already_exist: ["すでに緩和策がある", "Mitigated already"],
};
const causes: Record<string, readonly [string, string]> = {
  "outdated-component": ["古い部品", "Outdated component"],
  "unknown-component": ["知らなかった部品", "Unknown component"],
  coding: ["実装", "Coding"],
  design: ["設計", "Design"],
  configuration: ["設定", "Configuration"],
  build: ["ビルド", "Build"],
  supplier: ["供給者", "Supplier"],
  "not-noticed": ["気づかなかった", "Not noticed"],
  "not-delivered": ["届けられなかった", "Not delivered"],
  unavoidable: ["避けられなかった", "Unavoidable"],
  other: ["その他", "Other"],
};
const clockStates: Record<string, readonly [string, string]> = {
  running: ["進行中", "Running"],
  waiting: ["開始待ち", "Waiting"],
  met: ["達成", "Met"],
  missed: ["超過", "Missed"],
};
const verdicts = ["fix", "mitigate", "accept", "not_affected"];

interface Clock {
  profile: string;
  profileTitle?: Label;
  rule: string;
  title?: Label;
  state: string;
  due?: string;
}
interface Step {
  entry: number;
  time: string;
  event: string;
  text?: string;
  decision?: string;
  justification?: string;
  impact?: string;
  action?: string;
  until?: string;
  owner?: string;
  evidence?: string;
  by?: string;
}
interface Finding {
  component: string;
  flaw: string;
  fixed?: string;
  kev: boolean;
}
/** The newest first; updates in a row that say nothing else are one line. */
function folded(history: Step[]): { step: Step; more: number; since: string }[] {
  const out: { step: Step; more: number; since: string }[] = [];
  for (const step of [...history].reverse()) {
    const last = out.at(-1);
    const plain = (s: Step) => s.event === "updated" && !s.text && !s.decision && !s.evidence && !s.by;
    if (last && plain(last.step) && plain(step)) {
      last.more++;
      last.since = step.time;
    } else out.push({ step, more: 0, since: step.time });
  }
  return out;
}
interface Case {
  case: string;
  product: string;
  package: string;
  upgrade?: string;
  status: string;
  decision?: string;
  owner?: string;
  priority: { outcome: string; because?: string; overridden: boolean };
  rootCause?: { class?: string; text?: string; practice?: string[] };
  findings: Finding[];
  releases: string[];
  deployments: string[];
  clocks: Clock[];
  history: Step[];
  people?: Record<string, string>; /* names of those in it, by their ids */
  version?: number;
  paths?: { release: string; ways: string[] }[];
  verdicts?: {
    flaw: string;
    places: {
      release?: string;
      component?: string;
      deployment?: string;
      verdicts: {
        counts: boolean;
        status: string;
        justification?: string;
        impact?: string;
        issuer?: string;
        entry: number;
      }[];
    }[];
  }[];
}

function Ways({ of }: { of: Case }) {
  const known = (of.paths ?? []).filter((p) => p.ways.length);
  return (
    <Section title={w("ways")}>
      {known.length === 0 ? (
        <p class="dim">{w("noWays")}</p>
      ) : (
        <ul class="ways">
          {known.slice(0, 20).map((r) => (
            <li key={r.release}>
              <strong>{r.release}</strong>
              {r.ways.slice(0, 6).map((p) => (
                <ol key={p} class="way">
                  {p.split(" → ").map((part, i) => (
                    <li key={i}>
                      <code>{part}</code>
                    </li>
                  ))}
                </ol>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Verdicts({ of }: { of: Case }) {
  const all = (of.verdicts ?? []).flatMap((f) =>
    f.places.flatMap((p) => p.verdicts.map((v) => ({ flaw: f.flaw, place: p, verdict: v }))),
  );
  type V = (typeof all)[number];
  if (!all.length) return null;
  const columns: Column<V>[] = [
    { id: "flaw", head: w("flaw"), cell: (v) => v.flaw, value: (v) => v.flaw },
    {
      id: "status",
      head: w("verdictOf"),
      cell: (v) => (
        <span class="row nowrap">
          {term.status(v.verdict.status)}
          {v.verdict.counts && <Badge tone="good">{w("counts")}</Badge>}
        </span>
      ),
      value: (v) => v.verdict.status,
    },
    { id: "issuer", head: w("issuer"), cell: (v) => v.verdict.issuer ?? "–", value: (v) => v.verdict.issuer },
    {
      id: "why",
      head: w("text"),
      grow: true,
      cell: (v) => v.verdict.impact ?? wordOr(justifications, v.verdict.justification) ?? "",
      value: (v) => v.verdict.impact ?? v.verdict.justification,
    },
    {
      id: "place",
      head: w("releases"),
      cell: (v) => [v.place.release, v.place.deployment].filter(Boolean).join(" · "),
      value: (v) => v.place.release,
      rank: 2,
    },
  ];
  return (
    <Section title={w("vex")} flush tools={<VexFiles product={of.product} />}>
      <Table
        label={w("vex")}
        name={`${of.case}-vex`}
        columns={columns}
        rows={all}
        id={(v) =>
          `${v.flaw} ${v.place.release} ${v.place.component} ${v.place.deployment} ${v.verdict.entry}`
        }
      />
    </Section>
  );
}

type What = "decide" | "assign" | "move" | "note" | "close";
const actions: What[] = ["decide", "assign", "move", "note", "close"];
const following = ["triaged", "fixing", "fixed", "delivered", "verified"];

/** What takes a step back: another step to where the case was; or why there is none. */
function wayBack(
  of: Case,
  what: What,
): { what: What; body: Record<string, string> } | "noteStays" | "closedStays" | "foundStays" {
  switch (what) {
    case "assign":
      return { what, body: { owner: of.owner ?? "" } };
    case "move":
      return of.status === "detected" ? "foundStays" : { what, body: { status: of.status } };
    case "decide": {
      if (!of.decision) return { what, body: { verdict: "withdraw" } };
      const last = of.history.findLast((h) => h.decision);
      const body: Record<string, string> = { verdict: of.decision };
      for (const name of ["justification", "impact", "action", "until"] as const)
        if (last?.[name]) body[name] = last[name];
      return { what, body };
    }
    case "note":
      return "noteStays";
    case "close":
      return "closedStays";
  }
}

function Act({ of, etag, reload }: { of: Case; etag: string | undefined; reload: () => void }) {
  const [what, setWhat] = useState<What>("decide");
  const [verdict, setVerdict] = useState("fix");
  const [conflict, setConflict] = useState(false);
  const [saved, setSaved] = useState(0);
  const { typed, onInput, sent } = useTyped();
  const offered = actions.filter((a) => has(`POST /cases/{}/${a}`));
  if ((of.status === "closed" && !typed) || !offered.length) return null;
  if (!may("respond"))
    return (
      <Section title={w("next")}>
        <p class="dim">{w("readOnly")}</p>
      </Section>
    );
  const now = offered.includes(what) ? what : (offered[0] ?? "note");
  const send = async (v: Record<string, string>) => {
    const { cause, ...rest } = v;
    const body: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(rest)) if (value) body[name] = value;
    if (cause) body["rootCause"] = { class: cause };
    setConflict(false);
    try {
      const { etag: then } = await ask("POST", `/cases/${encodeURIComponent(of.case)}/${now}`, {
        body,
        etag,
      });
      const way = wayBack(of, now);
      tell({
        text: w("saved"),
        ...(typeof way === "string"
          ? { final: w(way) }
          : {
              undo: () =>
                ask("POST", `/cases/${encodeURIComponent(of.case)}/${way.what}`, {
                  body: { ...way.body, text: w("takenBack") },
                  etag: then,
                }).finally(reload),
            }),
      });
    } catch (e) {
      if (e instanceof Problem && (e.status === 409 || e.status === 412)) {
        setConflict(true);
        return;
      }
      throw e;
    }
    setSaved((n) => n + 1);
    sent();
    reload();
  };
  return (
    <Section title={w("next")}>
      <div class="chips" role="group" aria-label={w("step")}>
        {offered.map((a) => (
          <button key={a} type="button" class="chip" aria-pressed={a === now} onClick={() => setWhat(a)}>
            {w(a)}
          </button>
        ))}
      </div>
      {(conflict || of.status === "closed") && (
        <Note kind="warn">
          <p>{w("changed")}</p>
          <p>
            <button type="button" class="quiet" onClick={reload}>
              {w("showNew")}
            </button>
          </p>
        </Note>
      )}
      <Form key={`${now} ${saved}`} send={send} button={w(now)} onInput={onInput}>
        {now === "decide" && (
          <>
            <Field
              name="verdict"
              label={w("verdict")}
              value={verdict}
              onInput={setVerdict}
              options={verdicts.map((v) => ({ value: v, text: term.decision(v) }))}
            />
            {verdict === "not_affected" && (
              <Field
                name="justification"
                label={w("justification")}
                options={Object.keys(justifications).map((v) => ({
                  value: v,
                  text: wordOr(justifications, v),
                }))}
              />
            )}
            {verdict === "accept" && <Field name="until" label={w("until")} type="date" />}
            {verdict === "mitigate" && <Field name="action" label={w("action")} lines={2} />}
            <Field name="text" label={w("text")} lines={3} required={verdict === "accept"} />
          </>
        )}
        {now === "assign" && (
          <>
            <Field name="owner" label={w("owner")} value={of.owner ?? ""} required />
            <Field name="text" label={w("text")} />
          </>
        )}
        {now === "move" && (
          <>
            <Field
              name="status"
              label={w("status")}
              options={following.map((s) => ({ value: s, text: term.status(s) }))}
            />
            <Field name="release" label={w("release")} list={of.releases} />
            <Field name="text" label={w("text")} lines={2} />
          </>
        )}
        {now === "note" && <Field name="text" label={w("text")} lines={3} required />}
        {now === "close" && (
          <>
            <Field name="release" label={w("release")} help={w("closeHelp")} />
            <Field
              name="cause"
              label={w("cause")}
              options={[
                { value: "", text: "–" },
                ...Object.keys(causes).map((c) => ({ value: c, text: wordOr(causes, c) })),
              ]}
            />
            <Field name="text" label={w("text")} lines={2} />
          </>
        )}
      </Form>
    </Section>
  );
}

function View({ of: c, etag, reload }: { of: Case; etag: string | undefined; reload: () => void }) {
  const findings: Column<Finding>[] = [
    {
      id: "flaw",
      head: w("flaw"),
      cell: (f) => (
        <span class="row nowrap">
          {f.flaw}
          {f.kev && <Badge tone="critical">KEV</Badge>}
        </span>
      ),
      value: (f) => f.flaw,
    },
    {
      id: "component",
      head: w("component"),
      grow: true,
      cell: (f) => <Purl of={f.component} />,
      value: (f) => f.component,
    },
    { id: "fixed", head: w("fixed"), cell: (f) => f.fixed ?? "–", value: (f) => f.fixed },
  ];
  return (
    <div class="columns wide-left">
      <div class="stack">
        <Section title={w("what")}>
          <Facts
            of={[
              [
                w("product"),
                has("GET /products/{}") ? (
                  <a href={`/products/${encodeURIComponent(c.product)}`}>{called("product", c.product)}</a>
                ) : (
                  called("product", c.product)
                ),
              ],
              [w("package"), <Purl key="package" of={c.package} />],
              [w("upgrade"), c.upgrade ?? "–"],
              [w("because"), c.priority.because ?? "–"],
              [w("releases"), <Names key="releases" of={c.releases} />],
              [w("deployments"), <Names key="deployments" of={c.deployments} />],
              [w("owner"), c.owner ?? "–"],
              c.decision && [w("decision"), term.decision(c.decision)],
              c.rootCause && [w("cause"), `${wordOr(causes, c.rootCause.class)} ${c.rootCause.text ?? ""}`],
              c.rootCause?.practice?.length ? [w("practices"), c.rootCause.practice.join(", ")] : undefined,
            ]}
          />
        </Section>
        <Section title={w("findings")} flush>
          <Table
            label={w("findings")}
            name={`${c.case}-findings`}
            columns={findings}
            rows={c.findings}
            id={(f) => `${f.flaw} ${f.component}`}
            href={(f) => (has("GET /impact") ? `/impact?q=${encodeURIComponent(f.flaw)}` : undefined)}
          />
        </Section>
        <Ways of={c} />
        <Verdicts of={c} />
        <Act of={c} etag={etag} reload={reload} />
        <CaseDecisions of={c.case} />
      </div>
      <div class="stack">
        <Section title={w("clocks")}>
          {c.clocks.length === 0 ? (
            <p class="dim">{w("noClocks")}</p>
          ) : (
            <ul class="clocks">
              {c.clocks.map((k) => (
                <li key={`${k.profile} ${k.rule}`}>
                  <span>
                    {label(k.title) || k.rule} <small class="dim">{label(k.profileTitle) || k.profile}</small>
                  </span>
                  {k.state === "running" || k.state === "missed" ? (
                    <Due at={k.due} />
                  ) : (
                    <Badge tone={k.state === "met" ? "good" : "dim"}>{wordOr(clockStates, k.state)}</Badge>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Section>
        <Section title={w("history")}>
          {c.history.length === 0 ? (
            <Empty title={w("history")} />
          ) : (
            <ol class="timeline">
              {folded(c.history).map(({ step: h, more, since }, i) => (
                <li key={`${h.entry} ${i}`}>
                  <strong>
                    {h.event === "decided" && !h.decision ? w("withdrawn") : term.status(h.event)}
                    {h.event === "assigned" && ` · ${h.owner ?? w("nobody")}`}
                    {h.decision && ` · ${term.decision(h.decision)}`}
                    {h.evidence && ` · ${h.evidence}`}
                    {more > 0 && ` · ${w("times", { n: more + 1 })}`}
                  </strong>
                  {h.text && <p>{h.text}</p>}
                  <small class="dim">
                    {more > 0 && (
                      <>
                        <Day at={since} /> –{" "}
                      </>
                    )}
                    <Moment at={h.time} />
                    {h.by && ` · ${c.people?.[h.by] ?? h.by}`} ·{" "}
                    {has("GET /log/entries/{}") ? (
                      <a href={`/log/${h.entry}`}>{w("entry", { n: h.entry })}</a>
                    ) : (
                      w("entry", { n: h.entry })
                    )}
                  </small>
                </li>
              ))}
            </ol>
          )}
        </Section>
      </div>
    </div>
  );
}

export function OneCase({ id }: { id: string }) {
  const asked = useApi<Case>(`/cases/${encodeURIComponent(id)}`);
  const c = asked.data;
  return (
    <>
      <nav class="crumbs" aria-label={w("back")}>
        <a href="/cases">{w("back")}</a>
        <span aria-hidden="true">/</span>
        <span>{id}</span>
      </nav>
      <Head
        title={c ? `${called("product", c.product)} · ${c.package.replace(/^pkg:[^/]+\//, "")}` : id}
        sub={
          c && (
            <span class="row">
              <Badge tone={term.priorityTone(c.priority.outcome)}>{term.priority(c.priority.outcome)}</Badge>
              <Badge tone={c.status === "closed" ? "good" : "info"}>{term.status(c.status)}</Badge>
              <code>{c.case}</code>
            </span>
          )
        }
      >
        {c && has("GET /impact") && (
          <a class="secondary" href={`/impact?q=${encodeURIComponent(c.package)}`}>
            {w("impact")}
          </a>
        )}
      </Head>
      <Show of={asked} rows={12}>
        {(d) => <View of={d} etag={asked.etag} reload={asked.reload} />}
      </Show>
    </>
  );
}
