// SPDX-License-Identifier: Apache-2.0
// Others that this Akashi knows: their keys, the witnesses of the log; and catalogues of requirements taken in.
import { useState } from "preact/hooks";
import { Problem, ask, useApi } from "../app/api";
import { type Label, label, words } from "../app/i18n";
import { called } from "../app/names";
import { has, may } from "../app/session";
import {
  Badge,
  Copy,
  Day,
  Dialog,
  Empty,
  Facts,
  Moment,
  Note,
  ProblemNote,
  Section,
  Show,
  Called,
} from "../ui/basics";
import { FileButton } from "../ui/file";
import { Field, Form } from "../ui/form";
import { Icon } from "../ui/icons";
import { Table, type Column } from "../ui/table";

const w = words({
  us: ["このホーム", "This home"],
  origin: ["ログの名前", "Name of the log"],
  vkey: ["検証鍵", "Verifier key"],
  keys: ["鍵", "Keys"],
  party: ["組織", "Party"],
  key: ["鍵", "Key"],
  kind: ["種類", "Kind"],
  from: ["有効の始まり", "Good from"],
  state: ["状態", "State"],
  ours: ["自組織", "Ours"],
  trusted: ["信頼", "Trusted"],
  rotated: ["交代済み", "Rotated"],
  revoked: ["失効", "Revoked"],
  trust: ["鍵を信頼する", "Trust a key"],
  trustText: [
    "以後、この鍵の署名はその組織の発言として扱われます。先に、電話など別の手段で鍵を相手に確かめてください。",
    "From then on what this key signs counts as that party's word. Compare the key with the party in another way first, by telephone say.",
  ],
  keyText: ["鍵(PEM、検証鍵、SSH、minisign、JWK)", "Key: PEM, verifier key, SSH, minisign or JWK"],
  trustDo: ["確かめました。信頼する", "I compared it: trust it"],
  distrust: ["信頼をやめる", "Trust it no more"],
  distrustText: [
    "この鍵で署名されたものはログに残りますが、効力を失います。あとで再び信頼できます。",
    "What this key signed stays in the log and counts no more. It can be trusted again later.",
  ],
  witnesses: ["証人", "Witnesses"],
  noWitness: ["証人はまだいません", "There are no witnesses yet"],
  noWitnessText: [
    "akashi log witness add で証人を加えると、ログが書き換えられていないことを第三者が示せます。",
    "Add one with akashi log witness add: others can then show that the log was never rewritten.",
  ],
  address: ["アドレス", "Address"],
  cosigned: ["連署", "Cosigned"],
  notYet: ["まだ", "Not yet"],
  quorum: ["連署は足りています", "Enough witnesses have cosigned"],
  noQuorum: ["連署が足りません", "Not enough witnesses have cosigned"],
  catalogues: ["カタログ", "Catalogues"],
  title: ["題名", "Title"],
  version: ["版", "Version"],
  from2: ["出どころ", "From"],
  imported: ["取り込み", "Imported"],
  builtIn: ["組み込み", "Built in"],
  import: ["カタログを取り込む", "Take in a catalogue"],
  importText: [
    "Akashi の JSON、OSCAL 1.1、CycloneDX 1.6 の標準、JSON か CSV の一覧(識別子、題名、本文、分類)",
    "JSON of Akashi, OSCAL 1.1, CycloneDX 1.6 standards, a list in JSON or CSV (id, title, text, group)",
  ],
  done: ["{id}: {n} 項目を取り込みました", "{id}: {n} practices taken in"],
  same: ["{id}: 同じ内容がすでに使われています", "{id}: this very catalogue is in use already"],
});

interface Key {
  id: string;
  kind: string;
  party: string;
  ours: boolean;
  from?: string;
  ended?: string;
}
interface Witness {
  name: string;
  url?: string;
  cosigned?: string;
}
interface PeersTold {
  party: string;
  origin: string;
  vkey: string;
  rows: Key[];
  log: { quorum: boolean; witnesses: Witness[] };
}
const asProblem = (e: unknown) => (e instanceof Problem ? e : new Problem(0, "bug", String(e)));

export function Peers() {
  const all = useApi<PeersTold>("/peers");
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Key>();
  const mayEnd = has("DELETE /peers/{key}") && may("admin");
  const keys: Column<Key>[] = [
    {
      id: "party",
      head: w("party"),
      grow: true,
      cell: (k) => <Called kind="party" id={k.party} />,
      value: (k) => called("party", k.party),
    },
    { id: "key", head: w("key"), cell: (k) => <code>{k.id.slice(0, 16)}</code>, value: (k) => k.id, rank: 2 },
    { id: "kind", head: w("kind"), cell: (k) => k.kind, value: (k) => k.kind, rank: 3 },
    { id: "from", head: w("from"), cell: (k) => <Day at={k.from} />, value: (k) => k.from, rank: 2 },
    {
      id: "state",
      head: w("state"),
      cell: (k) => (
        <Badge tone={k.ended === "revoked" ? "critical" : k.ended ? "dim" : k.ours ? "info" : "good"}>
          {k.ended === "revoked" ? w("revoked") : k.ended ? w("rotated") : k.ours ? w("ours") : w("trusted")}
        </Badge>
      ),
      value: (k) => k.ended ?? (k.ours ? "ours" : "trusted"),
    },
    ...(mayEnd
      ? [
          {
            id: "end",
            head: "",
            cell: (k: Key) =>
              !k.ours && (
                <button type="button" onClick={() => setEnding(k)}>
                  {w("distrust")}
                </button>
              ),
          },
        ]
      : []),
  ];
  const witnesses: Column<Witness>[] = [
    { id: "name", head: w("witnesses"), cell: (x) => x.name, value: (x) => x.name },
    { id: "url", head: w("address"), grow: true, cell: (x) => x.url ?? "–", value: (x) => x.url, rank: 2 },
    {
      id: "cosigned",
      head: w("cosigned"),
      cell: (x) => (x.cosigned ? <Moment at={x.cosigned} /> : <Badge tone="high">{w("notYet")}</Badge>),
      value: (x) => x.cosigned,
    },
  ];
  return (
    <Show of={all}>
      {(d) => (
        <>
          <Section title={w("us")}>
            <Facts
              of={[
                [w("party"), <Called key="party" kind="party" id={d.party} />],
                [w("origin"), <code key="origin">{d.origin}</code>],
                [
                  w("vkey"),
                  <span key="vkey" class="row">
                    <code class="break">{d.vkey}</code>
                    <Copy text={d.vkey} />
                  </span>,
                ],
              ]}
            />
          </Section>
          <Section
            title={w("keys")}
            flush
            tools={
              has("POST /peers") &&
              may("admin") && (
                <button type="button" class="primary" onClick={() => setAdding(true)}>
                  <Icon name="plus" size={16} />
                  {w("trust")}
                </button>
              )
            }
          >
            <Table label={w("keys")} name="keys" columns={keys} rows={d.rows} id={(k) => k.id} />
          </Section>
          <Section title={w("witnesses")} flush>
            {d.log.witnesses.length > 0 && (
              <div class="inset-line">
                <Note kind={d.log.quorum ? "good" : "warn"}>
                  {d.log.quorum ? w("quorum") : w("noQuorum")}
                </Note>
              </div>
            )}
            <Table
              label={w("witnesses")}
              name="witnesses"
              columns={witnesses}
              rows={d.log.witnesses}
              id={(x) => x.name}
              empty={
                <Empty title={w("noWitness")}>
                  <p>{w("noWitnessText")}</p>
                </Empty>
              }
            />
          </Section>
          {ending && (
            <Dialog title={w("distrust")} onClose={() => setEnding(undefined)}>
              <Form
                button={w("distrust")}
                send={async () => {
                  await ask("DELETE", `/peers/${ending.id}`);
                  setEnding(undefined);
                  all.reload();
                }}
              >
                <p>
                  {called("party", ending.party)} <code class="break">{ending.id}</code>
                </p>
                <p>{w("distrustText")}</p>
              </Form>
            </Dialog>
          )}
          {adding && (
            <Dialog title={w("trust")} onClose={() => setAdding(false)}>
              <Form
                button={w("trustDo")}
                send={async (v) => {
                  await ask("POST", "/peers", { body: { party: v["party"], key: v["key"] } });
                  setAdding(false);
                  all.reload();
                }}
              >
                <p>{w("trustText")}</p>
                <Field name="party" label={w("party")} required />
                <Field name="key" label={w("keyText")} lines={4} required />
              </Form>
            </Dialog>
          )}
        </>
      )}
    </Show>
  );
}

interface CatalogueRow {
  id: string;
  title?: Label;
  version?: string;
  imported: boolean;
}
export function Catalogues() {
  const all = useApi<{ rows: CatalogueRow[] }>("/conform/catalogues");
  const [told, setTold] = useState<{ id: string; practices: number; state: string }>();
  const [problem, setProblem] = useState<Problem>();
  const columns: Column<CatalogueRow>[] = [
    { id: "id", head: "ID", cell: (c) => <strong>{c.id}</strong>, value: (c) => c.id },
    { id: "title", head: w("title"), grow: true, cell: (c) => label(c.title), value: (c) => label(c.title) },
    { id: "version", head: w("version"), cell: (c) => c.version ?? "–", value: (c) => c.version, rank: 2 },
    {
      id: "from",
      head: w("from2"),
      cell: (c) => (c.imported ? <Badge tone="info">{w("imported")}</Badge> : w("builtIn")),
      value: (c) => c.imported,
    },
  ];
  const take = (file: File) => {
    setProblem(undefined);
    setTold(undefined);
    ask<{ id: string; practices: number; state: string }>("POST", "/conform/catalogues", {
      query: { name: file.name },
      body: file,
    }).then(
      (a) => {
        setTold(a.data);
        all.reload();
      },
      (e: unknown) => setProblem(asProblem(e)),
    );
  };
  return (
    <>
      {problem && <ProblemNote of={problem} />}
      {told && (
        <Note kind="good">
          {told.state === "same" ? w("same", { id: told.id }) : w("done", { id: told.id, n: told.practices })}
        </Note>
      )}
      <Section
        title={w("catalogues")}
        flush
        tools={
          has("POST /conform/catalogues") &&
          may("admin") && <FileButton label={w("import")} take={take} accept=".json,.csv" primary />
        }
      >
        <p class="dim inset-line">{w("importText")}</p>
        <Show of={all}>
          {(d) => (
            <Table
              label={w("catalogues")}
              name="catalogues"
              columns={columns}
              rows={d.rows}
              id={(c) => c.id}
            />
          )}
        </Show>
      </Section>
    </>
  );
}
