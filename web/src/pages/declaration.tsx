// SPDX-License-Identifier: Apache-2.0
// One declaration: what was declared, how it stands, all that was said of it, and saying something of it.
import { useState } from "preact/hooks";
import { Problem, address, ask, useApi } from "../app/api";
import { type Label, words, wordOr } from "../app/i18n";
import { called, catalogueTitle, packageTitle } from "../app/names";
import { has, may } from "../app/session";
import { Badge, Day, Dialog, Due, Facts, Head, Moment, Note, Section, Show } from "../ui/basics";
import { Field, Form } from "../ui/form";
import { type Document, Documents, PersonFields, personOf, standing, standingTone } from "./conformity_parts";
import { Files, Lines } from "./declare";

const w = words({
  back: ["宣言の一覧", "Declarations"],
  declared: ["宣言された内容", "What was declared"],
  files: ["ファイル", "Files"],
  history: ["履歴", "History"],
  file: ["渡すファイル", "File to hand over"],
  noHistory: ["まだ何も述べられていません", "Nothing was said of it yet"],
  party: ["宣言者", "Declared by"],
  signatory: ["署名者", "Signed for by"],
  catalogue: ["カタログ", "Catalogue"],
  from: ["有効期間", "Valid"],
  asOf: ["基準日時", "As of"],
  digest: ["ダイジェスト", "Digest"],
  entry: ["ログ", "Log"],
  products: ["製品", "Products"],
  sites: ["拠点", "Sites"],
  excluded: ["対象外", "Not covered"],
  note: ["注記", "Remark"],
  due: ["異議への回答期限", "Challenge to be answered"],
  supersedes: ["前の宣言", "Takes the place of"],
  risk: ["証拠が宣言を支えなくなっています", "Its evidence no longer carries it"],
  fallen: ["{id}: 宣言 {declared}、現在 {now}", "{id}: declared {declared}, now {now}"],
  notCounted: ["宣言者の鍵ではないため数えられません", "by a key that does not speak for the declarer"],
  challenge: ["異議を申し立てる", "Challenge it"],
  respond: ["異議に答える", "Answer the challenge"],
  endorse: ["裏書きする", "Endorse it"],
  set: ["状態を変える", "Change how it stands"],
  give: ["渡す", "Hand it over"],
  anew: ["訂正版を宣言する", "Declare a corrected one"],
  text: ["どこが誤りか", "What is wrong"],
  practice: ["個別要求", "Practice"],
  whole: ["宣言全体", "The whole declaration"],
  contact: ["連絡先", "Where the answer goes"],
  send: ["署名して送る", "Sign and log it"],
  outcome: ["判断", "Outcome"],
  dismissed: ["棄却する", "Dismissed"],
  suspended: ["認める: 停止", "Upheld: suspended"],
  withdrawn: ["認める: 取り下げ", "Upheld: withdrawn"],
  corrected: ["認める: 訂正", "Upheld: corrected"],
  replacement: ["訂正後の宣言", "The corrected declaration"],
  reason: ["理由", "Reason"],
  checked: ["確認したこと", "What was checked"],
  level: ["確認したレベル", "Level that was found"],
  result: ["結果", "Result"],
  confirmed: ["確認できた", "Confirmed"],
  inPart: ["一部確認できた", "Confirmed in part"],
  notConfirmed: ["確認できなかった", "Not confirmed"],
  state: ["新しい状態", "It stands from now on as"],
  to: ["渡す組織の ID", "To the party (id)"],
  withhold: ["証拠を渡さない", "Without the evidence"],
  giveText: [
    "渡した組織は宣言を閲覧でき、有効でなくなると通知されます。",
    "Whoever gets it sees it here, and is told when it no longer stands.",
  ],
  meanwhile: [
    "この間に別の発言がありました。最新の内容を表示しています。",
    "Something was said meanwhile: this is how it stands now.",
  ],
});
const kinds: Record<string, readonly [string, string]> = {
  endorsement: ["裏書き", "Endorsed"],
  challenge: ["異議", "Challenged"],
  "challenge-answer": ["異議への回答", "Challenge answered"],
  standing: ["状態", "Standing"],
  handover: ["引き渡し", "Handed over"],
};
const verdicts: Record<string, readonly [string, string]> = {
  upheld: ["認容", "Upheld"],
  dismissed: ["棄却", "Dismissed"],
  confirmed: ["確認できた", "Confirmed"],
  "confirmed-in-part": ["一部確認できた", "Confirmed in part"],
  "not-confirmed": ["確認できなかった", "Not confirmed"],
};

interface Said {
  id?: string;
  text?: string;
  contact?: string;
  reason?: string;
  state?: string;
  verdict?: string;
  outcome?: string;
  result?: string;
  challenge?: string;
  to?: string[];
  practices?: (string | { id: string; declared?: number; now?: number })[];
  challenger?: { name?: string };
  by?: { name?: string };
  person?: { name?: string; role?: string };
  checked?: { practice?: string; level?: number; what?: string }[];
  evidence?: { name: string }[];
  documents?: { name: string }[];
}
interface Event {
  kind: string;
  entry: number;
  logged: string;
  counts: boolean;
  sha256: string;
  said: Said;
}
interface Declaration {
  declaration: string;
  sha256: string;
  entry: number;
  logged: string;
  ours: boolean;
  party: string;
  partyName?: string;
  catalogue: string;
  package: string;
  from: string;
  until: string;
  time: string;
  standing: string;
  openChallenges: number;
  answerDue?: string;
  signatory: { name: string; role: string };
  products: string[];
  sites: string[];
  exclusions: { what: string; reason: string }[];
  supersedes?: string;
  note?: string;
  practices: {
    practice: string;
    title?: Label;
    level: number;
    claimed?: number;
    target?: number;
    basis: string;
    statements: number;
  }[];
  history: Event[];
}

const fallenOf = (d: Declaration) =>
  d.standing === "at-risk"
    ? (d.history
        .filter((h) => h.kind === "standing" && h.said.state === "at-risk")
        .at(-1)
        ?.said.practices?.filter((p) => typeof p !== "string") ?? [])
    : [];
const openOf = (d: Declaration) =>
  d.history.filter(
    (h) =>
      h.kind === "challenge" &&
      !d.history.some((a) => a.kind === "challenge-answer" && a.counts && a.said.challenge === h.sha256),
  );

function Line({ of, id }: { of: Event; id: string }) {
  const s = of.said;
  const who = called("party", s.challenger?.name ?? s.by?.name);
  const documents = [...(s.evidence ?? []), ...(s.documents ?? [])];
  const practices = s.practices?.map((p) => (typeof p === "string" ? p : p.id)).join(", ");
  return (
    <li>
      <span class="row">
        <strong>{wordOr(kinds, of.kind)}</strong>
        {s.state && <Badge tone={standingTone(s.state)}>{standing(s.state)}</Badge>}
        {(s.verdict ?? s.result) && <Badge tone="info">{wordOr(verdicts, s.verdict ?? s.result)}</Badge>}
        {s.outcome && <Badge tone={standingTone(s.outcome)}>{standing(s.outcome)}</Badge>}
        {s.id && <code>{s.id}</code>}
        <span class="dim">
          {has("GET /log/entries/{}") ? <a href={`/log/${of.entry}`}>#{of.entry}</a> : `#${of.entry}`}{" "}
          <Moment at={of.logged} />
        </span>
        <a
          class="small"
          download
          href={address(`/declarations/${encodeURIComponent(id)}/file`, { form: "bundle", entry: of.entry })}
        >
          {w("file")}
        </a>
      </span>
      {(who || s.person?.name) && (
        <span class="dim">{[who, s.person?.name, s.person?.role].filter(Boolean).join(" · ")}</span>
      )}
      {(s.text || s.reason) && <span>{s.text ?? s.reason}</span>}
      {s.to && <span>{s.to.map((p) => called("party", p)).join(", ")}</span>}
      {practices && <span class="small dim">{practices}</span>}
      {s.checked?.map((c, i) => (
        <span key={i} class="small">
          {c.practice} {c.level !== undefined && `(${c.level})`} {c.what}
        </span>
      ))}
      {documents.length > 0 && <span class="small dim">{documents.map((x) => x.name).join(", ")}</span>}
      {!of.counts && <span class="small dim">{w("notCounted")}</span>}
    </li>
  );
}

type Doing = "challenge" | "respond" | "endorse" | "set" | "give";

function Act({
  what,
  of,
  etag,
  late,
  done,
  close,
}: {
  what: Doing;
  of: Declaration;
  etag: string | undefined;
  late: boolean;
  done: (conflict: boolean) => void;
  close: () => void;
}) {
  const [documents, setDocuments] = useState<Document[]>([]);
  const [outcome, setOutcome] = useState("suspended");
  const open = openOf(of);
  const body = (v: Record<string, string>) => {
    const practices = v["practice"] ? [v["practice"]] : [];
    switch (what) {
      case "challenge":
        return { text: v["text"], contact: v["contact"] || undefined, practices, evidence: documents };
      case "respond":
        return {
          challenge: v["challenge"] || open[0]?.said.id,
          outcome,
          reason: v["reason"],
          ...(outcome === "corrected" && { replacement: v["replacement"] }),
          ...personOf(v),
        };
      case "endorse":
        return {
          checked: [
            {
              ...(v["practice"] && { practice: v["practice"] }),
              ...(v["level"] && { level: Number(v["level"]) }),
              what: v["checked"],
            },
          ],
          result: v["result"],
          documents,
          ...personOf(v),
        };
      case "set":
        return { state: v["state"], reason: v["reason"] };
      case "give":
        return { to: (v["to"] ?? "").split(/[,\s]+/).filter(Boolean), withhold: v["withhold"] === "on" };
    }
  };
  const send = async (v: Record<string, string>) => {
    const path = what === "challenge" ? "challenges" : what;
    try {
      await ask("POST", `/declarations/${encodeURIComponent(of.declaration)}/${path}`, {
        body: body(v),
        etag,
      });
    } catch (e) {
      if (e instanceof Problem && e.status === 409) {
        done(true);
        return;
      }
      throw e;
    }
    done(false);
    close();
  };
  const practiceField = (
    <Field
      label={w("practice")}
      name="practice"
      options={[
        { value: "", text: w("whole") },
        ...of.practices
          .filter((p) => p.target !== undefined)
          .map((p) => ({ value: p.practice, text: p.practice })),
      ]}
    />
  );
  return (
    <Dialog title={w(what)} onClose={close}>
      {late && <Note kind="warn">{w("meanwhile")}</Note>}
      <Form button={w("send")} send={send}>
        {what === "challenge" && (
          <>
            {practiceField}
            <Field label={w("text")} name="text" lines={4} required />
            <Field label={w("contact")} name="contact" />
            <Documents of={documents} set={setDocuments} />
          </>
        )}
        {what === "respond" && (
          <>
            {open.length > 1 && (
              <Field
                label={w("challenge")}
                name="challenge"
                options={open.map((c) => ({
                  value: c.said.id ?? "",
                  text: `${c.said.id} ${c.said.text ?? ""}`,
                }))}
              />
            )}
            {open.length === 1 && <p>{open[0]?.said.text}</p>}
            <Field
              label={w("outcome")}
              value={outcome}
              onInput={setOutcome}
              options={(["dismissed", "suspended", "withdrawn", "corrected"] as const).map((o) => ({
                value: o,
                text: w(o),
              }))}
            />
            {outcome === "corrected" && (
              <Field label={w("replacement")} name="replacement" required placeholder="D-" />
            )}
            <Field label={w("reason")} name="reason" lines={3} required />
            <PersonFields />
          </>
        )}
        {what === "endorse" && (
          <>
            {practiceField}
            <Field
              label={w("level")}
              name="level"
              options={["", "0", "1", "2", "3", "4"].map((n) => ({ value: n, text: n || "–" }))}
            />
            <Field label={w("checked")} name="checked" lines={3} required />
            <Field
              label={w("result")}
              name="result"
              options={[
                { value: "confirmed", text: w("confirmed") },
                { value: "confirmed-in-part", text: w("inPart") },
                { value: "not-confirmed", text: w("notConfirmed") },
              ]}
            />
            <Documents of={documents} set={setDocuments} />
            <PersonFields />
          </>
        )}
        {what === "set" && (
          <>
            <Field
              label={w("state")}
              name="state"
              options={["suspended", "withdrawn", "good"].map((s) => ({ value: s, text: standing(s) }))}
            />
            <Field label={w("reason")} name="reason" lines={3} required />
          </>
        )}
        {what === "give" && (
          <>
            <p class="dim">{w("giveText")}</p>
            <Field label={w("to")} name="to" required />
            <label class="check">
              <input type="checkbox" name="withhold" />
              {w("withhold")}
            </label>
          </>
        )}
      </Form>
    </Dialog>
  );
}

export function One({ id }: { id: string }) {
  const asked = useApi<Declaration>(`/declarations/${encodeURIComponent(id)}`);
  const [doing, setDoing] = useState<Doing>();
  const [late, setLate] = useState(false);
  const ended = (d: Declaration) => ["corrected", "superseded", "withdrawn"].includes(d.standing);
  const doable = (d: Declaration): Doing[] => [
    ...(may("assess") ? (["challenge", "endorse"] as const) : []),
    ...(may("manage") && d.ours && openOf(d).length ? (["respond"] as const) : []),
    ...(may("manage") && d.ours && !ended(d) ? (["give", "set"] as const) : []),
  ];
  return (
    <Show of={asked} rows={14}>
      {(d) => {
        const fallen = fallenOf(d);
        return (
          <>
            <Head
              title={`${catalogueTitle(d.catalogue)} · ${packageTitle(d.catalogue, d.package)}`}
              sub={
                <span class="row">
                  <Badge tone={standingTone(d.standing)}>{standing(d.standing)}</Badge>
                  {d.partyName ?? called("party", d.party)} <code>{d.declaration}</code>
                </span>
              }
            >
              <a class="secondary" href="/conformity?tab=declarations">
                {w("back")}
              </a>
            </Head>
            {fallen.length > 0 && (
              <Note kind="warn">
                <p class="note-title">{w("risk")}</p>
                {fallen.map((p) => (
                  <p key={p.id}>{w("fallen", { id: p.id, declared: p.declared ?? 0, now: p.now ?? 0 })}</p>
                ))}
              </Note>
            )}
            {doable(d).length > 0 && (
              <p class="row">
                {doable(d).map((what) => (
                  <button
                    key={what}
                    type="button"
                    class={what === "respond" ? "primary" : "secondary"}
                    onClick={() => {
                      setLate(false);
                      setDoing(what);
                    }}
                  >
                    {w(what)}
                  </button>
                ))}
                {may("manage") && d.ours && (
                  <a class="secondary" href="/conformity/declare">
                    {w("anew")}
                  </a>
                )}
              </p>
            )}
            <Section>
              <Facts
                of={[
                  [w("party"), d.partyName ?? called("party", d.party)],
                  [w("signatory"), `${d.signatory.name}, ${d.signatory.role}`],
                  [
                    w("catalogue"),
                    `${catalogueTitle(d.catalogue)} / ${packageTitle(d.catalogue, d.package)}`,
                  ],
                  [
                    w("from"),
                    <span key="from">
                      <Day at={d.from} /> – <Day at={d.until} />
                    </span>,
                  ],
                  [w("asOf"), <Moment key="time" at={d.time} />],
                  [w("products"), d.products.map((p) => called("product", p)).join(", ")],
                  d.sites.length > 0 && [w("sites"), d.sites.join(", ")],
                  d.exclusions.length > 0 && [
                    w("excluded"),
                    d.exclusions.map((x) => `${x.what} (${x.reason})`).join("; "),
                  ],
                  d.note && [w("note"), d.note],
                  d.answerDue && [w("due"), <Due key="due" at={d.answerDue} />],
                  d.supersedes && [
                    w("supersedes"),
                    <a key="before" href={`/conformity/${d.supersedes}`}>
                      <code>{d.supersedes.slice(0, 16)}</code>
                    </a>,
                  ],
                  [
                    w("entry"),
                    <a key="entry" href={`/log/${d.entry}`}>
                      #{d.entry}
                    </a>,
                  ],
                  [w("digest"), <code key="digest">{d.sha256}</code>],
                ]}
              />
            </Section>
            <Section title={w("files")}>
              <Files id={d.declaration} />
            </Section>
            <Section title={w("history")}>
              {d.history.length ? (
                <ol class="timeline">
                  {d.history.map((h) => (
                    <Line key={h.entry} of={h} id={d.declaration} />
                  ))}
                </ol>
              ) : (
                <p class="dim">{w("noHistory")}</p>
              )}
            </Section>
            <Section title={w("declared")} flush>
              <Lines of={d.practices} name={w("declared")} fallen={new Set(fallen.map((p) => p.id))} />
            </Section>
            {doing && (
              <Act
                what={doing}
                of={d}
                etag={asked.etag}
                late={late}
                done={(conflict) => {
                  setLate(conflict);
                  asked.reload();
                }}
                close={() => setDoing(undefined)}
              />
            )}
          </>
        );
      }}
    </Show>
  );
}
