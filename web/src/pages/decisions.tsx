// SPDX-License-Identifier: Apache-2.0
// Decisions: what waits for an answer, what has to be looked at again, the whole ledger; offering something, and taking
// in what the other side hands over. Both sides signed; the entries tell where.
import { useState } from "preact/hooks";
import { Problem, ask } from "../app/api";
import { words } from "../app/i18n";
import { called } from "../app/names";
import { rest } from "../app/route";
import { has, isOurs, may } from "../app/session";
import { Badge, Day, Due, Empty, Head, Note, ProblemNote, Section, Tabs, tabNow, Called } from "../ui/basics";
import { FileButton } from "../ui/file";
import { Icon } from "../ui/icons";
import { PagedTable, type Column, usePages } from "../ui/table";
import { OneContract, Responsibilities } from "./contracts";
import { OneDecision } from "./decision";
import { NewOffer, mayOffer } from "./decision_offer";
import * as term from "./decision_words";
import type { DecisionRow } from "./decision_words";

const w = words({
  title: ["決定", "Decisions"],
  sub: [
    "提案した対策と、それに対する顧客の回答。両者が署名した台帳です",
    "Measures offered and what customers answered: a ledger that both sides signed",
  ],
  open: ["回答待ち", "Waiting for an answer"],
  due: ["要対応", "To be looked at"],
  ledger: ["台帳", "Ledger"],
  matrix: ["責任分担表", "Responsibilities"],
  measure: ["対策", "Measure"],
  customer: ["顧客", "Customer"],
  provider: ["提案者", "Offered by"],
  product: ["製品", "Product"],
  state: ["状態", "State"],
  because: ["理由", "Because"],
  next: ["次の期日", "Next day"],
  by: ["回答者", "Decided by"],
  logged: ["ログの日時", "Logged"],
  none: ["決定の記録はまだありません", "No decisions yet"],
  noneText: [
    "対策を提案すると、顧客の回答とともにここに並びます。提案は案件からもできます。",
    "Measures that are offered stand here with their answers. A case can be where an offer begins.",
  ],
  noneOpen: ["回答を待つ提案はありません", "No offer waits for an answer"],
  noneDue: ["今すぐ見るべきものはありません", "Nothing has to be looked at now"],
  offer: ["対策を提案する", "Offer a measure"],
  receive: ["相手のファイルを取り込む", "Take in a file"],
  taken: [
    "取り込みました。提案 {offers} 件、回答 {answers} 件、再検討 {reopenings} 件、当方の署名 {countersigned} 件",
    "Taken in: {offers} new offers, {answers} new answers, {reopenings} opened again, {countersigned} signed by us",
  ],
  nothing: ["新しい内容はありませんでした", "There was nothing new in it"],
});

type Taken = Record<"offers" | "answers" | "reopenings" | "countersigned", number> & { rows: DecisionRow[] };

function Receive({ done }: { done: (t: Taken | Problem) => void }) {
  if (!has("POST /decisions/receive") || !may("respond") || !isOurs()) return null;
  const take = (file: File) =>
    void ask<Taken>("POST", "/decisions/receive", { body: file }).then(
      (a) => done(a.data),
      (e: unknown) => done(e instanceof Problem ? e : new Problem(0, "bug", String(e))),
    );
  return <FileButton label={w("receive")} take={take} accept=".json,application/json" />;
}

function TakenNote({ of }: { of: Taken | Problem }) {
  if (of instanceof Problem) return <ProblemNote of={of} />;
  const { rows, ...counts } = of;
  const some = Object.values(counts).some((n) => n > 0);
  return (
    <Note kind="good">
      <p>{some ? w("taken", counts) : w("nothing")}</p>
      <ul>
        {rows.map((d) => (
          <li key={d.offer} class="row">
            <a href={`/decisions/${encodeURIComponent(d.offer)}`}>{d.title ?? d.offer}</a>
            <span>{term.state(d.state)}</span>
          </li>
        ))}
      </ul>
    </Note>
  );
}

const columns = (): Column<DecisionRow>[] => [
  {
    id: "title",
    head: w("measure"),
    grow: true,
    cell: (d) => d.title ?? d.offer,
    value: (d) => d.title ?? d.offer,
  },
  {
    id: "customer",
    head: w("customer"),
    cell: (d) => <Called kind="party" id={d.customer} />,
    value: (d) => called("party", d.customer),
  },
  {
    id: "provider",
    head: w("provider"),
    cell: (d) => <Called kind="party" id={d.provider} />,
    value: (d) => called("party", d.provider),
    rank: 3,
  },
  {
    id: "product",
    head: w("product"),
    cell: (d) => <Called kind="product" id={d.product} />,
    value: (d) => called("product", d.product),
    rank: 2,
  },
  {
    id: "state",
    head: w("state"),
    cell: (d) => <Badge tone={term.stateTone(d)}>{term.state(d.state)}</Badge>,
    value: (d) => d.state,
  },
  {
    id: "because",
    head: w("because"),
    cell: (d) => d.dueBecause ?? "",
    value: (d) => d.dueBecause,
    rank: 2,
  },
  { id: "person", head: w("by"), cell: (d) => d.person ?? "–", value: (d) => d.person, rank: 3 },
  { id: "next", head: w("next"), cell: (d) => <Due at={d.next} />, value: (d) => d.next, rank: 2 },
  { id: "logged", head: w("logged"), cell: (d) => <Day at={d.logged} />, value: (d) => d.logged, rank: 3 },
];

type Tab = "open" | "due" | "ledger" | "matrix";

function All() {
  const tabs: Tab[] = ["open", "due", "ledger", ...(has("GET /responsibilities") ? ["matrix" as const] : [])];
  const tab = tabNow(tabs) as Tab;
  const of = usePages<DecisionRow>(tab === "matrix" ? undefined : "/decisions", {
    state: tab === "ledger" ? "all" : tab,
  });
  const [taken, setTaken] = useState<Taken | Problem>();
  const none = tab === "ledger" ? w("none") : tab === "due" ? w("noneDue") : w("noneOpen");
  return (
    <>
      <Head title={w("title")} sub={w("sub")}>
        <Receive
          done={(t) => {
            setTaken(t);
            of.reload();
          }}
        />
        {mayOffer() && (
          <a class="primary" href="/decisions/new">
            <Icon name="plus" size={16} />
            {w("offer")}
          </a>
        )}
      </Head>
      {taken && <TakenNote of={taken} />}
      <Tabs label={w("title")} of={tabs.map((id) => ({ id, title: w(id) }))} />
      {tab === "matrix" ? (
        <Responsibilities />
      ) : (
        <Section flush>
          <PagedTable
            of={of}
            label={w(tab)}
            name={`decisions-${tab}`}
            columns={columns()}
            id={(d) => d.offer}
            href={(d) => `/decisions/${encodeURIComponent(d.offer)}`}
            empty={
              <Empty icon="decisions" title={none}>
                <p>{w("noneText")}</p>
              </Empty>
            }
          />
        </Section>
      )}
    </>
  );
}

export default function Decisions() {
  const id = rest("/decisions");
  const contract = id.startsWith("contracts/") ? id.slice("contracts/".length) : "";
  if (contract) return <OneContract key={contract} id={contract} />;
  return id === "new" ? <NewOffer /> : id ? <OneDecision key={id} id={id} /> : <All />;
}
