// SPDX-License-Identifier: Apache-2.0
// One decision: what was offered, what was said to it by whom and in which logs, the file that proves it, and the form
// to answer. An answer names the state it was given to (If-Match): when something was said meanwhile, nothing typed is
// lost.
import { useState } from "preact/hooks";
import { Problem, address, ask, useApi } from "../app/api";
import { words } from "../app/i18n";
import { called } from "../app/names";
import { has, isOurs, may, mayFor, me } from "../app/session";
import { Badge, Day, Due, Facts, Head, Moment, Note, Section, Show } from "../ui/basics";
import { Field, Form, useTyped } from "../ui/form";
import { Icon } from "../ui/icons";
import * as term from "./decision_words";
import type { Answered, Decision, Said } from "./decision_words";

const w = words({
  title: ["決定", "Decisions"],
  offer: ["提案", "Offer"],
  measure: ["対策", "Measure"],
  customer: ["顧客", "Customer"],
  provider: ["提案者", "Offered by"],
  product: ["製品", "Product"],
  release: ["リリース", "Release"],
  deployment: ["稼働先", "Deployment"],
  case: ["案件", "Case"],
  flaws: ["脆弱性", "Vulnerabilities"],
  practices: ["関係する項目", "Practices"],
  risk: ["起こりうること", "What may happen"],
  costProvider: ["提案者の負担", "Cost to the provider"],
  costCustomer: ["顧客の負担", "Cost to the customer"],
  ifNot: ["実施しない場合", "If it is not done"],
  deadline: ["回答の期限", "Answer needed by"],
  because: ["対応が必要な理由", "To be looked at because"],
  notTrusted: [
    "提案者として信頼している鍵の署名がありません。",
    "It is not signed by a key that is trusted as the provider's.",
  ],
  file: ["相手に渡すファイル", "File to hand over"],
  said: ["署名された記録", "What was signed"],
  offered: ["提案", "Offered"],
  noAnswer: ["まだ回答がありません", "No answer yet"],
  riskOwner: ["残るリスクの責任者", "Bears the risk that remains"],
  review: ["見直す日", "Looked at again on"],
  until: ["延期の期限", "Deferred until"],
  document: ["書面", "Document"],
  holds: ["有効", "Holds"],
  superseded: ["新しい回答に置き換え", "Replaced by a newer one"],
  reported: ["提案者による記録(顧客の署名なし)", "Reported by the provider; the customer did not sign"],
  stranger: ["数えない(顧客の鍵ではない)", "Does not count: not the customer's key"],
  both: ["両者が署名", "Signed by both"],
  one: ["提案者の署名待ち", "The provider has not signed yet"],
  differs: ["前の回答と異なる", "Differs from an earlier answer"],
  backDated: [
    "日付はログより前です。ログの日時が有効です。",
    "Dated before any log has it; the log's time counts",
  ],
  reopenedHead: ["再検討になりました", "Opened again"],
  ourLog: ["このログ", "This log"],
  entry: ["エントリー {n}", "entry {n}"],
  key: ["鍵 {key}", "key {key}"],
  answer: ["回答する", "Answer"],
  record: ["顧客の回答を記録する", "Write down what the customer said"],
  recordText: [
    "顧客の署名がないため「提案者による記録」として残ります。顧客が自分の Akashi で答えたファイルを取り込むと、両者の署名になります。",
    "It stays “reported” because the customer has not signed it. When the customer answers with their own Akashi and you take in their file, both have signed.",
  ],
  kind: ["回答", "Answer"],
  alternative: ["代わりにすること", "What is done instead"],
  reason: ["理由", "Reason"],
  person: ["決めた人", "Who decided"],
  role: ["役職・立場", "As what"],
  again: ["もう一度回答する", "Answer again"],
  saved: ["署名してログに記録しました", "Signed; it is in the log"],
  handOver: [
    "相手に渡すファイルをダウンロードして、手渡してください。",
    "Download the file and hand it over to the other side.",
  ],
  changed: [
    "開いている間に、この提案について新しい記録が加わりました。入力した内容は残っています。最新の状態を確かめてから、もう一度送ってください。",
    "Something was said about this offer while it was open. What you typed is still here. Look at the present state, then send it again.",
  ],
  showNew: ["最新の状態を表示", "Show the present state"],
  readOnly: ["回答するには「対応」の権限が必要です。", "Answering needs the role to respond."],
});

function Entry({ n }: { n: number }) {
  return has("GET /log/entries/{}") ? (
    <a href={`/log/${n}`}>{w("entry", { n })}</a>
  ) : (
    <span>{w("entry", { n })}</span>
  );
}

/** In which logs it stands, since when, and by whose key. */
function Logs({ of }: { of: Said }) {
  const theirs = (of.theirLogs ?? []).filter(
    (l, i, all) => all.findIndex((x) => x.origin === l.origin) === i,
  );
  return (
    <ul class="tight small dim">
      <li class="row">
        {w("ourLog")} <Moment at={of.logged} /> <Entry n={of.entry} />
        {of.key && <code>{w("key", { key: of.key.slice(0, 16) })}</code>}
      </li>
      {theirs.map((l) => (
        <li key={l.origin} class="row">
          {l.origin} <Moment at={l.logged} /> {w("entry", { n: l.entry })}
        </li>
      ))}
    </ul>
  );
}

function AnswerItem({ of: a }: { of: Answered }) {
  const tone = a.standing === "holds" ? (a.bothSigned ? "good" : "info") : "dim";
  return (
    <li>
      <strong class="row">
        {term.answer(a.answer)}
        <Badge tone={tone}>{w(a.standing)}</Badge>
        {a.standing === "holds" && <Badge tone={tone}>{a.bothSigned ? w("both") : w("one")}</Badge>}
      </strong>
      {a.alternative && <p>{a.alternative}</p>}
      {a.reason && <p>{a.reason}</p>}
      <Facts
        of={[
          [w("person"), [a.person, a.role].filter(Boolean).join(", ")],
          a.riskOwner && [w("riskOwner"), a.riskOwner],
          a.until && [w("until"), <Day key="until" at={a.until} />],
          a.review && [w("review"), <Day key="review" at={a.review} />],
          a.document && [w("document"), <code key="document">{a.document.slice(0, 16)}…</code>],
        ]}
      />
      {a.differs && <p class="dim">{w("differs")}</p>}
      {a.backDated && <p class="dim">{w("backDated")}</p>}
      <Logs of={a} />
      {a.entries
        ?.filter((x) => x.entry !== a.entry)
        .map((x) => (
          <Logs key={x.entry} of={x} />
        ))}
    </li>
  );
}

/** Everything that was said, in the order of the log. */
function Ledger({ of: d }: { of: Decision }) {
  const items = [
    ...d.answers.map((a) => ({ entry: a.entry, view: <AnswerItem key={`a${a.entry}`} of={a} /> })),
    ...d.reopenings.map((r) => ({
      entry: r.entry,
      view: (
        <li key={`r${r.entry}`}>
          <strong class="row">
            <Badge tone={r.counts ? "critical" : "dim"}>{w("reopenedHead")}</Badge>
            {[r.flaw, term.reopened(r.because)].filter(Boolean).join(": ")}
          </strong>
          {r.reason && <p>{r.reason}</p>}
          <Logs of={r} />
        </li>
      ),
    })),
  ].sort((a, b) => a.entry - b.entry);
  return (
    <Section title={w("said")}>
      <ol class="timeline">
        <li>
          <strong>{w("offered")}</strong>
          <p>{called("party", d.provider)}</p>
          <Logs of={d} />
        </li>
        {items.map((i) => i.view)}
      </ol>
      {d.answers.length === 0 && <p class="dim">{w("noAnswer")}</p>}
    </Section>
  );
}

function Answering({ of: d, etag, reload }: { of: Decision; etag: string | undefined; reload: () => void }) {
  const settled = d.state !== "open" && d.state !== "reopened" && !d.due;
  const [kind, setKind] = useState("accept");
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState(0);
  const [conflict, setConflict] = useState(false);
  const { typed, onInput, sent } = useTyped();
  if (!has("POST /decisions/{}/answer")) return null;
  const title = d.ours ? w("record") : w("answer");
  if (!mayFor("respond", d.customerId) || (!isOurs() && !d.ours))
    return (
      <Section title={title}>
        <p class="dim">{w("readOnly")}</p>
      </Section>
    );
  const send = async (v: Record<string, string>) => {
    const body: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(v)) if (value) body[name] = value;
    if (d.ours) body["reported"] = true;
    setConflict(false);
    try {
      await ask("POST", `/decisions/${encodeURIComponent(d.offer)}/answer`, { body, etag });
    } catch (e) {
      if (!(e instanceof Problem) || e.status !== 409) throw e;
      setConflict(true);
      return;
    }
    setSaved((n) => n + 1);
    setOpen(false);
    sent();
    reload();
  };
  return (
    <Section title={title}>
      {saved > 0 && !open && (
        <Note kind="good">
          <p>{w("saved")}</p>
          {isOurs() && <p>{w("handOver")}</p>}
        </Note>
      )}
      {conflict && (
        <Note kind="warn">
          <p>{w("changed")}</p>
          <p>
            <button type="button" class="quiet" onClick={reload}>
              {w("showNew")}
            </button>
          </p>
        </Note>
      )}
      {settled && !open && !typed ? (
        <p>
          <button type="button" class="secondary" onClick={() => setOpen(true)}>
            {w("again")}
          </button>
        </p>
      ) : (
        <Form key={saved} send={send} button={title} onInput={onInput}>
          {d.ours && <p class="dim">{w("recordText")}</p>}
          <Field
            name="answer"
            label={w("kind")}
            value={kind}
            onInput={setKind}
            options={term.answerIds.map((id) => ({ value: id, text: term.answer(id) }))}
          />
          {kind === "defer" && <Field name="until" label={w("until")} type="date" required />}
          {kind === "alternative" && <Field name="alternative" label={w("alternative")} lines={2} required />}
          <Field name="reason" label={w("reason")} lines={3} required />
          <div class="columns">
            <Field
              name="person"
              label={w("person")}
              value={d.ours && isOurs() ? "" : (me.value?.name ?? "")}
              required
            />
            <Field name="role" label={w("role")} required />
          </div>
          <div class="columns">
            <Field name="riskOwner" label={w("riskOwner")} required={kind !== "accept"} />
            <Field
              name="review"
              label={w("review")}
              type="date"
              required={kind === "decline" || kind === "alternative"}
            />
          </div>
        </Form>
      )}
    </Section>
  );
}

function Offered({ of: d }: { of: Decision }) {
  return (
    <Section title={w("offer")}>
      {!d.trusted && <Note kind="bad">{w("notTrusted")}</Note>}
      <Facts
        of={[
          d.dueBecause && [w("because"), <strong key="because">{d.dueBecause}</strong>],
          [w("provider"), called("party", d.provider)],
          [w("customer"), called("party", d.customer)],
          [w("measure"), term.measure(d.measure)],
          d.product && [
            w("product"),
            has("GET /products/{}") ? (
              <a key="product" href={`/products/${encodeURIComponent(d.product)}`}>
                {called("product", d.product)}
              </a>
            ) : (
              called("product", d.product)
            ),
          ],
          d.release && [w("release"), d.release],
          d.deployment && [w("deployment"), d.deployment],
          d.case && [
            w("case"),
            has("GET /cases/{}") && isOurs() ? (
              <a key="case" href={`/cases/${d.case}`}>
                {d.case}
              </a>
            ) : (
              d.case
            ),
          ],
          d.flaws?.length ? [w("flaws"), d.flaws.join(", ")] : undefined,
          d.practices?.length ? [w("practices"), d.practices.join(", ")] : undefined,
          d.risk && [w("risk"), d.risk],
          d.costProvider && [w("costProvider"), d.costProvider],
          d.costCustomer && [w("costCustomer"), d.costCustomer],
          d.ifNot && [w("ifNot"), d.ifNot],
          d.deadline && [w("deadline"), <Due key="deadline" at={d.deadline} />],
        ]}
      />
    </Section>
  );
}

export function OneDecision({ id }: { id: string }) {
  const path = `/decisions/${encodeURIComponent(id)}`;
  const asked = useApi<Decision>(path);
  const d = asked.data;
  return (
    <>
      <nav class="crumbs" aria-label={w("title")}>
        <a href="/decisions">{w("title")}</a>
        <span aria-hidden="true">/</span>
        <span>{id}</span>
      </nav>
      <Head
        title={d?.title ?? id}
        sub={
          d && (
            <span class="row">
              <Badge tone={term.stateTone(d)}>{term.state(d.state)}</Badge>
              <code>{d.offer}</code>
            </span>
          )
        }
      >
        {d && has("GET /decisions/{}/file") && may("read") && (
          <a class="secondary" href={address(`${path}/file`)} download>
            <Icon name="download" size={16} />
            {w("file")}
          </a>
        )}
      </Head>
      <Show of={asked} rows={12}>
        {(of) => (
          <div class="columns wide-left">
            <div class="stack">
              <Offered of={of} />
              <Answering of={of} etag={asked.etag} reload={asked.reload} />
            </div>
            <Ledger of={of} />
          </div>
        )}
      </Show>
    </>
  );
}
