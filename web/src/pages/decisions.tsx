// SPDX-License-Identifier: Apache-2.0
// Decisions: what was offered to whom, who answered what, and what has to be looked at again. Both sides signed; the
// entries tell where.
import { useApi } from "../app/api";
import { words, wordOr } from "../app/i18n";
import { rest } from "../app/route";
import { has } from "../app/session";
import { Badge, Day, Due, Empty, Facts, Head, Moment, Section, Show } from "../ui/basics";
import { PagedTable, type Column, usePages } from "../ui/table";

const w = words({
  title: ["意思決定", "Decisions"],
  sub: [
    "提案した対策と、それに対する顧客の回答。両者が署名した台帳です",
    "Measures offered and what customers answered: a ledger that both sides signed",
  ],
  offer: ["提案", "Offer"],
  measure: ["対策", "Measure"],
  customer: ["顧客", "Customer"],
  provider: ["提案者", "Offered by"],
  product: ["製品", "Product"],
  state: ["状態", "State"],
  next: ["次の期日", "Next day"],
  by: ["回答者", "Decided by"],
  logged: ["ログの日時", "Logged"],
  due: ["要対応", "To be done"],
  none: ["意思決定の記録はまだありません", "No decisions yet"],
  noneText: [
    "akashi decide offer で対策を提案すると、回答とともにここに並びます。",
    "Measures offered with akashi decide offer stand here with their answers.",
  ],
  risk: ["残るリスク", "Risk"],
  costProvider: ["提案者の負担", "Cost to the provider"],
  costCustomer: ["顧客の負担", "Cost to the customer"],
  ifNot: ["実施しない場合", "If it is not done"],
  flaws: ["脆弱性", "Flaws"],
  case: ["案件", "Case"],
  dueBecause: ["対応の理由", "Because"],
  answers: ["回答", "Answers"],
  noAnswer: ["まだ回答がありません", "No answer yet"],
  reason: ["理由", "Reason"],
  alternative: ["代わりの対策", "Alternative"],
  riskOwner: ["リスクの責任者", "Owner of the risk"],
  both: ["両者が署名", "Signed by both"],
  one: ["片方の署名のみ", "Signed by one side"],
  entry: ["エントリー {n}", "Entry {n}"],
  release: ["リリース", "Release"],
  deployment: ["稼働先", "Deployment"],
});
const states: Record<string, readonly [string, string]> = {
  open: ["回答待ち", "Waits for an answer"],
  accepted: ["承諾", "Accepted"],
  declined: ["辞退", "Declined"],
  deferred: ["延期", "Deferred"],
  alternative: ["代わりの対策", "Alternative"],
  reopened: ["再検討", "Opened again"],
};
const measures: Record<string, readonly [string, string]> = {
  patch: ["修正の適用", "Patch"],
  upgrade: ["更新", "Upgrade"],
  monitoring: ["監視", "Monitoring"],
  mitigation: ["緩和策", "Mitigation"],
  replacement: ["置き換え", "Replacement"],
  configuration: ["設定の変更", "Configuration"],
};

interface Row {
  offer: string;
  ours: boolean;
  provider: string;
  customer: string;
  measure?: string;
  title?: string;
  product?: string;
  case?: string;
  state: string;
  person?: string;
  role?: string;
  next?: string;
  due: boolean;
  logged: string;
  entry: number;
}
interface One extends Row {
  release?: string;
  deployment?: string;
  flaws?: string[];
  risk?: string;
  costProvider?: string;
  costCustomer?: string;
  ifNot?: string;
  deadline?: string;
  dueBecause?: string;
  answers?: {
    answer: string;
    alternative?: string;
    reason?: string;
    person?: string;
    role?: string;
    riskOwner?: string;
    bothSigned?: boolean;
    entry?: number;
    logged?: string;
  }[];
}

function All() {
  const of = usePages<Row>("/decisions", {});
  const columns: Column<Row>[] = [
    {
      id: "title",
      head: w("measure"),
      grow: true,
      cell: (d) => d.title ?? d.offer,
      value: (d) => d.title ?? d.offer,
    },
    { id: "customer", head: w("customer"), cell: (d) => d.customer, value: (d) => d.customer },
    { id: "provider", head: w("provider"), cell: (d) => d.provider, value: (d) => d.provider, rank: 3 },
    { id: "product", head: w("product"), cell: (d) => d.product ?? "–", value: (d) => d.product, rank: 2 },
    {
      id: "state",
      head: w("state"),
      cell: (d) => (
        <span class="row nowrap">
          <Badge tone={d.state === "accepted" ? "good" : d.due ? "high" : "info"}>
            {wordOr(states, d.state)}
          </Badge>
        </span>
      ),
      value: (d) => d.state,
    },
    { id: "person", head: w("by"), cell: (d) => d.person ?? "–", value: (d) => d.person, rank: 2 },
    { id: "next", head: w("next"), cell: (d) => <Due at={d.next} />, value: (d) => d.next, rank: 2 },
    { id: "logged", head: w("logged"), cell: (d) => <Day at={d.logged} />, value: (d) => d.logged, rank: 3 },
  ];
  return (
    <>
      <Head title={w("title")} sub={w("sub")} />
      <Section flush>
        <PagedTable
          of={of}
          label={w("title")}
          name="decisions"
          columns={columns}
          id={(d) => d.offer}
          href={(d) => `/decisions/${encodeURIComponent(d.offer)}`}
          empty={
            <Empty icon="decisions" title={w("none")}>
              <p>{w("noneText")}</p>
            </Empty>
          }
        />
      </Section>
    </>
  );
}

function Entry({ n }: { n: number | undefined }) {
  if (n === undefined) return null;
  return has("GET /log/entries/{}") ? (
    <a href={`/log/${n}`}>{w("entry", { n })}</a>
  ) : (
    <span>{w("entry", { n })}</span>
  );
}

function Offer({ id }: { id: string }) {
  const asked = useApi<One>(`/decisions/${encodeURIComponent(id)}`);
  return (
    <>
      <nav class="crumbs" aria-label={w("title")}>
        <a href="/decisions">{w("title")}</a>
        <span aria-hidden="true">/</span>
        <span>{id}</span>
      </nav>
      <Head
        title={asked.data?.title ?? id}
        sub={asked.data && <Badge tone="info">{wordOr(states, asked.data.state)}</Badge>}
      />
      <Show of={asked}>
        {(d) => (
          <div class="columns">
            <Section title={w("offer")}>
              <Facts
                of={[
                  [w("provider"), d.provider],
                  [w("customer"), d.customer],
                  d.measure && [w("measure"), wordOr(measures, d.measure)],
                  d.product && [w("product"), d.product],
                  d.release && [w("release"), d.release],
                  d.deployment && [w("deployment"), d.deployment],
                  d.case && [
                    w("case"),
                    has("GET /cases/{}") ? (
                      <a key="case" href={`/cases/${d.case}`}>
                        {d.case}
                      </a>
                    ) : (
                      d.case
                    ),
                  ],
                  d.flaws?.length ? [w("flaws"), d.flaws.join(", ")] : undefined,
                  d.risk && [w("risk"), d.risk],
                  d.costProvider && [w("costProvider"), d.costProvider],
                  d.costCustomer && [w("costCustomer"), d.costCustomer],
                  d.ifNot && [w("ifNot"), d.ifNot],
                  d.deadline && [w("next"), <Due key="next" at={d.deadline} />],
                  d.dueBecause && [w("dueBecause"), d.dueBecause],
                ]}
              />
            </Section>
            <Section title={w("answers")}>
              {d.answers?.length ? (
                <ol class="timeline">
                  {d.answers.map((a, i) => (
                    <li key={i}>
                      <strong>{wordOr(states, a.answer)}</strong>
                      <p>{[a.person, a.role].filter(Boolean).join(", ")}</p>
                      {a.reason && <p>{a.reason}</p>}
                      {a.alternative && (
                        <p>
                          {w("alternative")}: {a.alternative}
                        </p>
                      )}
                      {a.riskOwner && (
                        <p>
                          {w("riskOwner")}: {a.riskOwner}
                        </p>
                      )}
                      <small class="row">
                        {a.bothSigned !== undefined && (
                          <Badge tone={a.bothSigned ? "good" : "dim"}>
                            {a.bothSigned ? w("both") : w("one")}
                          </Badge>
                        )}
                        <Moment at={a.logged} />
                        <Entry n={a.entry} />
                      </small>
                    </li>
                  ))}
                </ol>
              ) : (
                <p class="dim">{w("noAnswer")}</p>
              )}
            </Section>
          </div>
        )}
      </Show>
    </>
  );
}

export default function Decisions() {
  const id = rest("/decisions");
  return id ? <Offer key={id} id={id} /> : <All />;
}
