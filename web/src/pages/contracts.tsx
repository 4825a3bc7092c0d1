// SPDX-License-Identifier: Apache-2.0
// Contracts and the responsibility matrix: whose each practice is under each contract, and what nobody holds. A cell is
// where it is changed; what is written down is signed and logged at once.
import { useState } from "preact/hooks";
import { Problem, ask, useApi } from "../app/api";
import { type Label, label, words, wordOr } from "../app/i18n";
import { called } from "../app/names";
import { argument, go, setArguments } from "../app/route";
import { has, isOurs, may } from "../app/session";
import { tell } from "../app/undo";
import { Badge, Day, Dialog, Empty, Facts, Figures, Head, ProblemNote, Section, Show } from "../ui/basics";
import { ChangeDialog } from "../ui/change";
import { Field, Form } from "../ui/form";
import { Icon } from "../ui/icons";
import { Table, type Column } from "../ui/table";

const w = words({
  decisions: ["決定", "Decisions"],
  matrix: ["責任分担表", "Responsibility matrix"],
  contracts: ["契約", "Contracts"],
  practice: ["項目", "Practice"],
  missing: ["担う者がいない項目", "What nobody holds"],
  missingN: ["担う者がいない", "Held by nobody"],
  what: ["欠けていること", "What is missing"],
  nobody: ["担う者なし", "Nobody"],
  none: ["契約はまだありません", "There are no contracts yet"],
  noneText: [
    "顧客や委託先との契約を記録すると、どの項目を誰が担うかと、誰も担わない項目がここに示されます。",
    "Write down a contract with a customer or a subcontractor: here you see who holds which practice, and what nobody holds.",
  ],
  allHeld: ["すべての項目に担う者がいます", "Every practice is somebody's"],
  add: ["契約を記録する", "Write down a contract"],
  id: ["契約の名前(英数字とハイフン)", "Name of the contract: letters, digits, hyphens"],
  kind: ["種類", "Kind"],
  title: ["内容", "What it is about"],
  side: ["相手の立場", "The other side is"],
  party: ["相手", "Other side"],
  from: ["始まり", "From"],
  until: ["終わり", "Until"],
  catalogue: ["カタログ", "Catalogue"],
  clock: ["約束した対応", "What is promised"],
  within: ["その時間(7d、48h など)", "Within (7d, 48h …)"],
  save: ["署名して記録する", "Sign and write down"],
  holder: ["担う者", "Held by"],
  note: ["メモ", "Note"],
  change: ["担う者を決める", "Who holds it"],
  changed: [
    "開いている間に、ほかの人がこの契約を変更しました。入力した内容は残っています。もう一度送ると、最新の契約に加わります。",
    "Somebody changed this contract meanwhile. What you typed is still here; send it again to add it to the present one.",
  ],
  clocks: ["約束した時間", "Promised times"],
  items: ["取り決め", "What is agreed"],
  requirement: ["要求事項", "Requirement"],
  responsibility: ["責任", "Responsibility"],
  cost: ["費用", "Cost"],
  rights: ["権利", "Rights"],
  entry: ["エントリー {n}", "entry {n}"],
  logged: ["ログ", "Log"],
  held: ["決まった項目", "Held"],
  there: ["この名前の契約は、もうあります", "There is a contract of this name already"],
  thereHint: [
    "別の名前にするか、その契約を開いて変更してください。入力した内容は残っています。",
    "Give it another name, or open that one and change it. Nothing you typed is lost.",
  ],
  saved: ["契約に記録しました", "It is in the contract"],
  heldStays: [
    "担当のない状態には戻せません。違っていたら、別の担当を選んでください。",
    "It cannot go back to nobody. If it is wrong, choose another one.",
  ],
  choose: ["選んでください", "Choose"],
});
const kinds: Record<string, readonly [string, string]> = {
  contract: ["契約", "Contract"],
  sla: ["SLA", "Service level agreement"],
  cloud: ["クラウドの規約", "Cloud terms"],
  subcontract: ["委託契約", "Subcontract"],
};
const sides: Record<string, readonly [string, string]> = {
  customer: ["顧客", "Customer"],
  provider: ["提供者", "Provider"],
  prime: ["元請け", "Prime contractor"],
  sub: ["委託先", "Subcontractor"],
};
const holders: Record<string, readonly [string, string]> = {
  developer: ["開発者", "Developer"],
  supplier: ["供給者", "Supplier"],
  operator: ["運用者", "Operator"],
  customer: ["顧客", "Customer"],
  shared: ["共同", "Shared"],
};

interface Contract {
  contract: string;
  kind: string;
  title?: string;
  sides: { side: string; party: string; name?: string }[];
  from?: string;
  until?: string;
  catalogue?: string;
  responsibilities: { practice: string; holder: string; note?: string }[];
  clocks: { what: string; within: string }[];
  items: { item: "requirement" | "responsibility" | "cost" | "rights"; text: string }[];
  unheld: number;
  entry: number;
  logged: string;
}
interface Duty {
  practice: string;
  title?: Label;
  holders: Record<string, string>;
}
interface Missing {
  contract: string;
  practice: string;
  title?: Label;
  missing: string;
}
interface Matrix {
  catalogue: string;
  title?: Label;
  contracts: Contract[];
  rows: Duty[];
  missing: Missing[];
}

const mayWrite = () => has("POST /contracts") && may("manage") && isOurs();
const withWhom = (c: Contract) => c.sides.map((s) => s.name ?? called("party", s.party)).join(", ");
const href = (c: string) => `/decisions/contracts/${encodeURIComponent(c)}`;

/** Sends a change of a contract that was looked at. */
async function change(of: { contract: string; entry: number }, body: Record<string, unknown>) {
  const sent = { body: { contract: of.contract, ...body }, etag: `"${of.entry}"` };
  return (await ask<Contract>("POST", "/contracts", sent)).data;
}

function HolderDialog({
  of,
  practice,
  close,
  saved,
}: {
  of: Contract;
  practice: string;
  close: () => void;
  saved: () => void;
}) {
  const now = of.responsibilities.find((r) => r.practice === practice);
  const state = (holder: string, note: string | undefined, on: { contract: string; entry: number }) =>
    change(on, { responsibilities: [{ practice, holder, ...(note && { note }) }] });
  return (
    <ChangeDialog
      title={`${of.contract}: ${practice}`}
      changed={w("changed")}
      button={w("save")}
      close={close}
      reload={saved}
      send={async (v) => {
        const then = await state(v["holder"] ?? "", v["note"], of);
        tell({
          text: w("saved"),
          ...(now
            ? { undo: () => state(now.holder, now.note, then).finally(saved) }
            : { final: w("heldStays") }),
        });
      }}
    >
      <Field
        name="holder"
        label={w("holder")}
        value={now?.holder ?? "supplier"}
        options={Object.keys(holders).map((h) => ({ value: h, text: wordOr(holders, h) }))}
      />
      <Field name="note" label={w("note")} value={now?.note ?? ""} />
    </ChangeDialog>
  );
}

function NewContract({ close }: { close: () => void }) {
  const parties = useApi<{ rows: { id: string; name?: string }[] }>("/parties", { limit: 500 });
  const catalogues = useApi<{ rows?: { id: string; title?: Label }[] }>("/conform/catalogues");
  const [kind, setKind] = useState("contract");
  const send = async (v: Record<string, string>) => {
    const body: Record<string, unknown> = {
      contract: v["contract"],
      kind,
      sides: [{ side: v["side"], party: v["party"] }],
    };
    for (const name of ["title", "catalogue", "from", "until"]) if (v[name]) body[name] = v[name];
    if (v["what"] && v["within"]) body["clocks"] = [{ what: v["what"], within: v["within"] }];
    // "0" is the version of what is not there: a contract of this name is not changed by mistake.
    const { data } = await ask<Contract>("POST", "/contracts", { body, etag: '"0"' }).catch((e: unknown) => {
      if (e instanceof Problem && e.status === 409) throw new Problem(409, e.code, w("there"), body["contract"] as string, w("thereHint")); // prettier-ignore
      throw e;
    });
    close();
    go(href(data.contract));
  };
  return (
    <Dialog title={w("add")} onClose={close} wide>
      <Form button={w("save")} send={send}>
        <div class="columns">
          <Field name="contract" label={w("id")} required pattern="[A-Za-z0-9._\-]+" />
          <Field
            name="kind"
            label={w("kind")}
            value={kind}
            onInput={setKind}
            options={Object.keys(kinds).map((k) => ({ value: k, text: wordOr(kinds, k) }))}
          />
        </div>
        <Field name="title" label={w("title")} />
        <div class="columns">
          <Field
            key={kind}
            name="side"
            label={w("side")}
            value={kind === "subcontract" ? "sub" : kind === "cloud" ? "provider" : "customer"}
            options={Object.keys(sides).map((s) => ({ value: s, text: wordOr(sides, s) }))}
          />
          <Field
            name="party"
            label={w("party")}
            required
            options={[
              { value: "", text: w("choose") },
              ...(parties.data?.rows ?? []).map((p) => ({ value: p.id, text: p.name ?? p.id })),
            ]}
          />
        </div>
        <div class="columns">
          <Field name="from" label={w("from")} type="date" />
          <Field name="until" label={w("until")} type="date" />
        </div>
        <Field
          name="catalogue"
          label={w("catalogue")}
          value="cip"
          options={(catalogues.data?.rows ?? [{ id: "cip" }]).map((c) => ({
            value: c.id,
            text: label((c as { title?: Label }).title) || c.id,
          }))}
        />
        <div class="columns">
          <Field name="what" label={w("clock")} />
          <Field name="within" label={w("within")} />
        </div>
      </Form>
    </Dialog>
  );
}

function Cell({ of, row, open }: { of: Contract; row: Duty; open: () => void }) {
  const holder = row.holders[of.contract];
  const text = holder ? wordOr(holders, holder) : "–";
  if (!mayWrite()) return holder ? <>{text}</> : <span class="dim">{text}</span>;
  return (
    <button
      type="button"
      class="bare"
      aria-label={`${of.contract} ${row.practice}: ${holder ? text : w("nobody")}`}
      onClick={open}
    >
      {text}
    </button>
  );
}

/** What a contract is called. */
const titleOf = (m: Matrix, id: string) => label(m.contracts.find((c) => c.contract === id)?.title) || id;

export function Responsibilities() {
  const catalogue = argument("catalogue") || "cip";
  const asked = useApi<Matrix>("/responsibilities", { catalogue });
  const catalogues = useApi<{ rows?: { id: string; title?: Label }[] }>("/conform/catalogues");
  const [adding, setAdding] = useState(false);
  const [cell, setCell] = useState<{ contract: string; practice: string }>();
  const chosen = cell && asked.data?.contracts.find((c) => c.contract === cell.contract);
  return (
    <>
      <div class="filters">
        <Field
          label={w("catalogue")}
          value={catalogue}
          onInput={(v) => setArguments({ catalogue: v })}
          options={(catalogues.data?.rows ?? [{ id: catalogue }]).map((c) => ({
            value: c.id,
            text: label((c as { title?: Label }).title) || c.id,
          }))}
        />
        {mayWrite() && (
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            <Icon name="plus" size={16} />
            {w("add")}
          </button>
        )}
      </div>
      <Show of={asked} rows={10}>
        {(m) => {
          const columns: Column<Duty>[] = [
            {
              id: "practice",
              head: w("practice"),
              grow: true,
              cell: (r) => (
                <>
                  <code>{r.practice}</code> {label(r.title)}
                </>
              ),
              value: (r) => `${r.practice} ${label(r.title)}`,
            },
            ...m.contracts.map((c): Column<Duty> => ({
              id: c.contract,
              head: titleOf(m, c.contract),
              wraps: true,
              cell: (r) => (
                <Cell of={c} row={r} open={() => setCell({ contract: c.contract, practice: r.practice })} />
              ),
              value: (r) => wordOr(holders, r.holders[c.contract]),
            })),
          ];
          const missing: Column<Missing>[] = [
            {
              id: "contract",
              head: w("contracts"),
              cell: (x) => titleOf(m, x.contract),
              value: (x) => titleOf(m, x.contract),
            },
            {
              id: "practice",
              head: w("practice"),
              grow: true,
              cell: (x) => (
                <>
                  <code>{x.practice}</code> {label(x.title)}
                </>
              ),
              value: (x) => `${x.practice} ${label(x.title)}`,
            },
            { id: "missing", head: w("what"), cell: (x) => x.missing, value: (x) => x.missing },
          ];
          if (m.contracts.length === 0)
            return (
              <Section>
                <Empty icon="decisions" title={w("none")}>
                  <p>{w("noneText")}</p>
                </Empty>
              </Section>
            );
          return (
            <>
              <Figures
                of={m.contracts.map((c) => ({
                  name: `${titleOf(m, c.contract)} · ${withWhom(c)}`,
                  value: c.unheld < 0 ? "–" : c.unheld,
                  more: w("missingN"),
                  href: href(c.contract),
                  tone: c.unheld > 0 ? ("high" as const) : ("good" as const),
                }))}
              />
              <Section title={w("matrix")} flush>
                <Table
                  label={w("matrix")}
                  name={`matrix-${m.catalogue}`}
                  columns={columns}
                  rows={m.rows}
                  id={(r) => r.practice}
                />
              </Section>
              <Section title={w("missing")} flush>
                <Table
                  label={w("missing")}
                  name={`missing-${m.catalogue}`}
                  columns={missing}
                  rows={m.missing}
                  id={(x) => `${x.contract} ${x.practice}`}
                  empty={<Empty icon="check" title={w("allHeld")} />}
                />
              </Section>
            </>
          );
        }}
      </Show>
      {adding && <NewContract close={() => setAdding(false)} />}
      {cell && chosen && (
        <HolderDialog
          of={chosen}
          practice={cell.practice}
          close={() => setCell(undefined)}
          saved={asked.reload}
        />
      )}
    </>
  );
}

export function OneContract({ id }: { id: string }) {
  const asked = useApi<Contract>(`/contracts/${encodeURIComponent(id)}`);
  const columns: Column<Contract["responsibilities"][number]>[] = [
    { id: "practice", head: w("practice"), cell: (r) => <code>{r.practice}</code>, value: (r) => r.practice },
    {
      id: "holder",
      head: w("holder"),
      cell: (r) => <Badge>{wordOr(holders, r.holder)}</Badge>,
      value: (r) => wordOr(holders, r.holder),
    },
    { id: "note", head: w("note"), grow: true, cell: (r) => r.note ?? "", value: (r) => r.note },
  ];
  return (
    <>
      <nav class="crumbs" aria-label={w("decisions")}>
        <a href="/decisions?tab=matrix">{w("matrix")}</a>
        <span aria-hidden="true">/</span>
        <span>{id}</span>
      </nav>
      <Head title={asked.data?.title ?? id} sub={asked.data && wordOr(kinds, asked.data.kind)} />
      {asked.problem && !asked.data && <ProblemNote of={asked.problem} />}
      <Show of={asked}>
        {(c) => (
          <>
            <Section>
              <Facts
                of={[
                  ...c.sides.map((s): [string, string] => [wordOr(sides, s.side), s.name ?? s.party]),
                  c.from && [w("from"), <Day key="from" at={c.from} />],
                  c.until && [w("until"), <Day key="until" at={c.until} />],
                  c.catalogue && [w("catalogue"), c.catalogue],
                  c.unheld >= 0 && [w("missingN"), String(c.unheld)],
                  ...c.clocks.map((k): [string, string] => [k.what, k.within]),
                  ...c.items.map((i): [string, string] => [w(i.item), i.text]),
                  [
                    w("logged"),
                    <a key="log" href={`/log/${c.entry}`}>
                      {w("entry", { n: c.entry })}
                    </a>,
                  ],
                ]}
              />
            </Section>
            <Section title={w("held")} flush>
              <Table
                label={w("held")}
                name={`contract-${c.contract}`}
                columns={columns}
                rows={c.responsibilities}
                id={(r) => r.practice}
              />
            </Section>
          </>
        )}
      </Show>
    </>
  );
}
