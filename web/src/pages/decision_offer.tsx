// SPDX-License-Identifier: Apache-2.0
// A measure is offered to a customer: from a case, a product, or from nothing. What the address says is filled in.
import { ask, useApi } from "../app/api";
import { words } from "../app/i18n";
import { called } from "../app/names";
import { argument, go } from "../app/route";
import { has, isOurs, may } from "../app/session";
import { Head, Note, Section, Show } from "../ui/basics";
import { Field, Form } from "../ui/form";
import * as term from "./decision_words";
import type { DecisionRow } from "./decision_words";

const w = words({
  decisions: ["決定", "Decisions"],
  title: ["対策を提案する", "Offer a measure"],
  sub: [
    "署名してログに記録し、顧客に渡すファイルを作ります。",
    "It is signed and logged, and there is a file to hand over to the customer.",
  ],
  measure: ["対策の種類", "Kind of measure"],
  what: ["提案すること", "What is offered"],
  customer: ["顧客", "Customer"],
  product: ["製品", "Product"],
  release: ["リリースの版", "Release"],
  case: ["案件", "Case"],
  caseHelp: ["案件の検出事項がすべて提案に入ります。", "All findings of the case come into the offer."],
  flaws: ["脆弱性(空白で区切る)", "Vulnerabilities, with spaces between"],
  flawsHelp: [
    "辞退の後も監視し、悪用が確認されると再検討になります。",
    "They are watched after the answer: when one comes to be exploited, it opens again.",
  ],
  risk: ["起こりうること(平易な言葉で)", "What may happen, in plain words"],
  costProvider: ["提案者の負担", "Cost to us"],
  costCustomer: ["顧客の負担(費用、時間、停止)", "Cost to the customer: money, hours, an outage"],
  deadline: ["回答の期限", "Answer needed by"],
  ifNot: ["実施しない場合に起こること", "What happens if it is not done"],
  send: ["署名して提案する", "Sign and offer"],
  mayNot: ["提案するには「管理」の権限が必要です。", "Offering needs the role to manage."],
  none: [
    "組織がまだありません。「取り込み」から組織の一覧を取り込んでください。",
    "There are no parties yet. Import a list of parties first.",
  ],
  choose: ["選んでください", "Choose"],
  ofCase: ["この案件の決定", "Decisions about this case"],
});

interface Party {
  id: string;
  name?: string;
  roles?: string;
}
interface CaseBrief {
  product: string;
  package?: string;
  upgrade?: string;
}

function OfferForm({ parties, of }: { parties: Party[]; of?: CaseBrief | undefined }) {
  const theCase = argument("case");
  const send = async (v: Record<string, string>) => {
    const { flaws, ...rest } = v;
    const body: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(rest)) if (value) body[name] = value;
    if (theCase) body["case"] = theCase;
    const list = (flaws ?? "").split(/[\s,]+/).filter(Boolean);
    if (list.length) body["flaws"] = list;
    const { data } = await ask<DecisionRow>("POST", "/decisions", { body });
    go(`/decisions/${encodeURIComponent(data.offer)}`);
  };
  const customers = parties.filter((p) => /customer/.test(JSON.stringify(p.roles ?? "")));
  const choice = (customers.length ? customers : parties).map((p) => ({ value: p.id, text: p.name ?? p.id }));
  const title = of?.upgrade
    ? `${called("product", of.product)}: ${of.package?.replace(/^pkg:[^/]+\//, "")} → ${of.upgrade}`
    : "";
  return (
    <Section>
      {choice.length === 0 && <Note kind="warn">{w("none")}</Note>}
      <Form send={send} button={w("send")}>
        {theCase && (
          <p>
            {w("case")} <a href={`/cases/${theCase}`}>{theCase}</a>
            <br />
            <span class="dim">{w("caseHelp")}</span>
          </p>
        )}
        <Field name="title" label={w("what")} value={title} required />
        <div class="columns">
          <Field
            name="customer"
            label={w("customer")}
            value={argument("customer")}
            required
            options={[{ value: "", text: w("choose") }, ...choice]}
          />
          <Field
            name="measure"
            label={w("measure")}
            value="patch"
            options={term.measureIds.map((id) => ({ value: id, text: term.measure(id) }))}
          />
        </div>
        {!theCase && (
          <>
            <div class="columns">
              <Field name="product" label={w("product")} value={argument("product")} required />
              <Field name="release" label={w("release")} value={argument("release")} />
            </div>
            <Field name="flaws" label={w("flaws")} help={w("flawsHelp")} value={argument("flaws")} />
          </>
        )}
        <Field name="risk" label={w("risk")} lines={3} required />
        <div class="columns">
          <Field name="costCustomer" label={w("costCustomer")} lines={2} />
          <Field name="costProvider" label={w("costProvider")} lines={2} />
        </div>
        <Field name="ifNot" label={w("ifNot")} lines={2} />
        <Field name="deadline" label={w("deadline")} type="date" />
      </Form>
    </Section>
  );
}

export function mayOffer(): boolean {
  return has("POST /decisions") && may("manage") && isOurs();
}

export function NewOffer() {
  const theCase = argument("case");
  const parties = useApi<{ rows: Party[] }>("/parties", { limit: 500 });
  const of = useApi<CaseBrief>(theCase ? `/cases/${encodeURIComponent(theCase)}` : undefined);
  return (
    <>
      <nav class="crumbs" aria-label={w("decisions")}>
        <a href="/decisions">{w("decisions")}</a>
        <span aria-hidden="true">/</span>
        <span>{w("title")}</span>
      </nav>
      <Head title={w("title")} sub={w("sub")} />
      {!mayOffer() ? (
        <Note>{w("mayNot")}</Note>
      ) : (
        <Show of={parties}>
          {(d) =>
            theCase ? (
              <Show of={of}>{(c) => <OfferForm parties={d.rows} of={c} />}</Show>
            ) : (
              <OfferForm parties={d.rows} />
            )
          }
        </Show>
      )}
    </>
  );
}

/** On the page of a case: what was offered because of it, and the way to offer something. */
export function CaseDecisions({ of }: { of: string }) {
  const asked = useApi<{ rows: DecisionRow[] }>(has("GET /decisions") ? "/decisions" : undefined, {
    case: of,
  });
  const rows = asked.data?.rows ?? [];
  if (!rows.length && !mayOffer()) return null;
  return (
    <Section
      title={w("ofCase")}
      tools={
        mayOffer() && (
          <a class="secondary" href={`/decisions/new?case=${encodeURIComponent(of)}`}>
            {w("title")}
          </a>
        )
      }
    >
      {rows.length > 0 && (
        <ul class="stack tight">
          {rows.map((d) => (
            <li key={d.offer} class="row">
              <a href={`/decisions/${encodeURIComponent(d.offer)}`}>{d.title ?? d.offer}</a>
              <span class="dim">{called("party", d.customer)}</span>
              <span class="dim">{term.state(d.state)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
