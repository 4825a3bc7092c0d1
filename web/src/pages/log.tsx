// SPDX-License-Identifier: Apache-2.0
// The log: what was said when, and a proof that this browser checks by itself.
import { useState } from "preact/hooks";
import { Problem, get, useApi } from "../app/api";
import { number, words, wordOr } from "../app/i18n";
import { called } from "../app/names";
import * as proof from "../app/proof";
import { rest } from "../app/route";
import { has } from "../app/session";
import {
  Badge,
  Copy,
  Empty,
  Facts,
  Head,
  Mark,
  Moment,
  Note,
  ProblemNote,
  Section,
  Show,
  Called,
} from "../ui/basics";
import { Field } from "../ui/form";
import { Table, type Column } from "../ui/table";
import { evidenceKinds } from "./release_evidence";

const w = words({
  title: ["ログ", "Log"],
  sub: [
    "すべての記録は、書き換えられない一つのログにあります",
    "Everything known here arrived in one log that cannot be rewritten unnoticed",
  ],
  entries: ["エントリー", "Entries"],
  index: ["番号", "No."],
  time: ["日時", "Time"],
  kind: ["種類", "Kind"],
  key: ["鍵", "Key"],
  commitment: ["コミットメント", "Commitment"],
  older: ["さらに前を読み込む", "Older ones"],
  checkpoint: ["チェックポイント", "Checkpoint"],
  checkpointText: [
    "署名された、今のログの大きさとハッシュです。控えておくと、後から書き換えられていないか確かめられます。",
    "The log's present size and hash, signed. Whoever keeps it can tell later whether anything was changed.",
  ],
  entry: ["エントリー {n}", "Entry {n}"],
  erased: ["本文は消去されています", "The body was erased"],
  about: ["内容", "About"],
  print: ["鍵の指紋 (SHA-256)", "Fingerprint of the key (SHA-256)"],
  verify: ["このブラウザーで確かめる", "Verify in this browser"],
  verifyText: [
    "葉のハッシュから根まで計算し、チェックポイントの署名(Ed25519)を検証します。サーバーの判断は使いません。",
    "Computes from the leaf's hash to the root and checks the checkpoint's signature (Ed25519). The server's word is not used.",
  ],
  trusted: ["検証鍵", "Verifier key"],
  trustedHelp: [
    "相手から直接受け取った鍵に置き換えると、サーバーを信じずに確かめられます。",
    "Put in the key you were given by the party itself, and nothing of this server need be trusted.",
  ],
  run: ["確かめる", "Verify"],
  needsSecure: [
    "この接続では暗号機能(WebCrypto)を使えません。https か、同じ機械のブラウザーで開いてください。",
    "WebCrypto is not available on this connection. Use https, or a browser on the same machine.",
  ],
  included: ["このエントリーはログに含まれている", "The entry is in the log"],
  notIncluded: ["このエントリーはログに含まれていない", "The entry is not in the log"],
  signed: ["チェックポイントはこの鍵で署名されている", "The checkpoint is signed by this key"],
  notSigned: ["チェックポイントはこの鍵で署名されていない", "The checkpoint is not signed by this key"],
  sameLeaf: ["表示中の内容は葉のとおり", "What is shown is what the leaf says"],
  otherLeaf: ["表示中の内容が葉と違う", "What is shown is not what the leaf says"],
  unreadable: ["証明を読めません", "The proof cannot be read"],
  body: ["署名された本文", "Signed body"],
  size: ["ログの大きさ", "Size of the log"],
  path: ["経路のハッシュ", "Hashes on the way"],
  witnesses: ["証人", "Witnesses"],
  witnessesText: [
    "このチェックポイントに連署した第三者です。過去を書き換えた別のログを見せられていれば、連署は得られません。",
    "Others who cosigned this checkpoint. They would not have, had they ever been shown another past.",
  ],
  noWitness: ["連署した証人はまだいません", "No witness has cosigned it yet"],
  noWitnessText: [
    "akashi log witness add で証人を決め、akashi log witness ask で連署を頼むと、ほかの組織がログの成長を見届けます。",
    "Name them with akashi log witness add and ask with akashi log witness ask: other organisations then watch the log grow.",
  ],
  none: ["ログはまだ空です", "The log is empty"],
  noneText: [
    "何かを取り込むと、最初の記録がここに現れます。",
    "The first entry appears once something is imported.",
  ],
});

interface Entry {
  index: number;
  time: string;
  kind: string;
  key: string;
  party?: string;
  commitment: string;
  envelope?: string;
  erased?: boolean;
}
interface LogPage {
  origin: string;
  total: number;
  next?: number;
  rows: Entry[];
}

function List() {
  const first = useApi<LogPage>("/log", { limit: 200 });
  const checkpoint = useApi<string>("/log/checkpoint");
  const [more, setMore] = useState<{ rows: Entry[]; next: number | undefined }>();
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const next = more ? more.next : first.data?.next;
  const older = () => {
    if (loading || next === undefined) return;
    setLoading(true);
    get<LogPage>("/log", { limit: 500, before: next })
      .then(
        (d) => setMore((m) => ({ rows: [...(m?.rows ?? []), ...[...d.rows].reverse()], next: d.next })),
        (e: unknown) => e instanceof Problem && setProblem(e),
      )
      .finally(() => setLoading(false));
  };
  const columns: Column<Entry>[] = [
    {
      id: "index",
      head: w("index"),
      cell: (e) => <span class="num">{number(e.index)}</span>,
      value: (e) => e.index,
    },
    { id: "time", head: w("time"), cell: (e) => <Moment at={e.time} />, value: (e) => e.time },
    { id: "kind", head: w("kind"), cell: (e) => wordOr(evidenceKinds, e.kind), value: (e) => e.kind },
    {
      id: "key",
      head: w("key"),
      cell: (e) =>
        e.party ? <Called kind="party" id={e.party} /> : <code class="small">{e.key.slice(0, 16)}</code>,
      value: (e) => called("party", e.party) || e.key,
      rank: 2,
    },
    {
      id: "commitment",
      head: w("commitment"),
      grow: true,
      cell: (e) => (
        <code class="small dim" title={e.commitment}>
          {e.commitment.slice(0, 16)}…
        </code>
      ),
      value: (e) => e.commitment,
      rank: 3,
    },
  ];
  return (
    <>
      <Head title={w("title")} sub={w("sub")} />
      <div class="columns wide-left">
        <Section title={w("entries")} flush>
          {problem && <ProblemNote of={problem} />}
          <Show of={first}>
            {(d) => (
              <Table
                label={w("entries")}
                name="log"
                columns={columns}
                rows={[...[...d.rows].reverse(), ...(more?.rows ?? [])]}
                total={d.total}
                id={(e) => String(e.index)}
                href={(e) => `/log/${e.index}`}
                more={next === undefined ? undefined : older}
                loading={loading}
                empty={
                  <Empty icon="log" title={w("none")}>
                    <p>{w("noneText")}</p>
                  </Empty>
                }
              />
            )}
          </Show>
        </Section>
        <div class="stack">
          <Section title={w("checkpoint")}>
            <p class="dim">{w("checkpointText")}</p>
            <Show of={checkpoint} rows={6}>
              {(text) => (
                <>
                  <pre class="wrap">{text}</pre>
                  <div>
                    <Copy text={text} />
                  </div>
                </>
              )}
            </Show>
          </Section>
          {checkpoint.data !== undefined && <Witnesses note={checkpoint.data} />}
        </div>
      </div>
    </>
  );
}

/** Whose signatures stand under a checkpoint besides the log's own (C2SP tlog-cosignature). */
function Witnesses({ note }: { note: string }) {
  const origin = note.split("\n")[0];
  const names = [...note.matchAll(/^\u2014 (\S+) /gm)].map((m) => m[1]).filter((n) => n && n !== origin);
  return (
    <Section title={w("witnesses")}>
      {names.length ? (
        <>
          <p class="dim">{w("witnessesText")}</p>
          <ul class="plain-list">
            {names.map((n) => (
              <li key={n}>
                <Mark good text={n ?? ""} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Empty icon="conformity" title={w("noWitness")}>
          <p>{w("noWitnessText")}</p>
        </Empty>
      )}
    </Section>
  );
}

interface ProofData {
  index: number;
  size: number;
  hashes: string[];
  checkpoint: string;
  key: string;
}
interface Verdict {
  included: boolean;
  signed: boolean;
  same: boolean;
}
const decode = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

async function check(entry: Entry, leaf: string, p: ProofData, key: string): Promise<Verdict> {
  const bytes = decode(leaf);
  const told = proof.readLeaf(bytes);
  const note = proof.readCheckpoint(p.checkpoint);
  return {
    included: await proof.included(
      await proof.leafHash(bytes),
      p.index,
      note.size,
      p.hashes.map(decode),
      note.root,
    ),
    signed: await proof.signedBy(note, key),
    same:
      p.index === entry.index &&
      told.kind === entry.kind &&
      told.commitment === entry.commitment &&
      told.key === entry.key &&
      told.time.getTime() === new Date(entry.time).getTime(),
  };
}

function Verify({ entry, leaf }: { entry: Entry; leaf: string }) {
  const asked = useApi<ProofData>(`/log/proof/${entry.index}`);
  const [key, setKey] = useState<string>();
  const [verdict, setVerdict] = useState<Verdict | "unreadable">();
  const run = (p: ProofData) => {
    setVerdict(undefined);
    check(entry, leaf, p, key ?? p.key).then(setVerdict, () => setVerdict("unreadable"));
  };
  return (
    <Section title={w("verify")}>
      <p class="dim">{w("verifyText")}</p>
      {!proof.available() ? (
        <Note kind="warn">{w("needsSecure")}</Note>
      ) : (
        <Show of={asked} rows={3}>
          {(p) => (
            <>
              <Facts
                of={[
                  [w("size"), number(p.size)],
                  [w("path"), number(p.hashes.length)],
                ]}
              />
              <Field label={w("trusted")} help={w("trustedHelp")} value={key ?? p.key} onInput={setKey} />
              <div>
                <button type="button" class="primary" onClick={() => run(p)}>
                  {w("run")}
                </button>
              </div>
              <div aria-live="polite" class="stack">
                {verdict === "unreadable" && <Note kind="bad">{w("unreadable")}</Note>}
                {verdict && verdict !== "unreadable" && (
                  <Note kind={verdict.included && verdict.signed && verdict.same ? "good" : "bad"}>
                    <p>
                      <Mark
                        good={verdict.included}
                        text={verdict.included ? w("included") : w("notIncluded")}
                      />
                    </p>
                    <p>
                      <Mark good={verdict.signed} text={verdict.signed ? w("signed") : w("notSigned")} />
                    </p>
                    <p>
                      <Mark good={verdict.same} text={verdict.same ? w("sameLeaf") : w("otherLeaf")} />
                    </p>
                  </Note>
                )}
              </div>
            </>
          )}
        </Show>
      )}
    </Section>
  );
}

function One({ index }: { index: string }) {
  const asked = useApi<{ entry: Entry; leaf: string; salt?: string; body?: unknown }>(
    `/log/entries/${encodeURIComponent(index)}`,
  );
  return (
    <>
      <nav class="crumbs" aria-label={w("title")}>
        <a href="/log">{w("title")}</a>
        <span aria-hidden="true">/</span>
        <span>{index}</span>
      </nav>
      <Head title={w("entry", { n: index })} />
      <Show of={asked}>
        {(d) => (
          <div class="columns">
            <Section title={w("about")}>
              <Facts
                of={[
                  [w("time"), <Moment key="time" at={d.entry.time} />],
                  [
                    w("kind"),
                    <>
                      {wordOr(evidenceKinds, d.entry.kind)} <code class="small dim">{d.entry.kind}</code>
                    </>,
                  ],
                  d.entry.party && [w("key"), d.entry.party],
                  [
                    w("print"),
                    <code key="key" class="small">
                      {d.entry.key}
                    </code>,
                  ],
                  [
                    w("commitment"),
                    <code key="commitment" class="small">
                      {d.entry.commitment}
                    </code>,
                  ],
                ]}
              />
              {d.entry.erased && <Badge tone="dim">{w("erased")}</Badge>}
              {d.body !== undefined && (
                <details>
                  <summary>{w("body")}</summary>
                  <pre>{shown(d.body)}</pre>
                </details>
              )}
            </Section>
            {has("GET /log/proof/{}") && <Verify entry={d.entry} leaf={d.leaf} />}
          </div>
        )}
      </Show>
    </>
  );
}

/** The statement in a DSSE envelope, laid out. */
function shown(body: unknown): string {
  const payload = (body as { payload?: unknown }).payload;
  if (typeof payload !== "string") return JSON.stringify(body, null, 2);
  try {
    const text = new TextDecoder().decode(decode(payload));
    return JSON.stringify(JSON.parse(text), null, 2).slice(0, 200_000);
  } catch {
    return JSON.stringify(body, null, 2);
  }
}

export default function Log() {
  const index = rest("/log");
  return index ? <One key={index} index={index} /> : <List />;
}
