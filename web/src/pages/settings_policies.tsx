// SPDX-License-Identifier: Apache-2.0
// What was decided beforehand: findings to ignore, with reason and end; whose verdicts count; licences that may not be
// used. They stand in akashi.toml; whoever was slower is told, and loses nothing.
import { useState } from "preact/hooks";
import { ask, useApi } from "../app/api";
import { words } from "../app/i18n";
import { called } from "../app/names";
import { has, may } from "../app/session";
import { tell } from "../app/undo";
import { Badge, Called, Day, Empty, Section, Show } from "../ui/basics";
import { ChangeDialog, Changed, filled, unlessChanged, useChange } from "../ui/change";
import { Field, Form } from "../ui/form";
import { Icon } from "../ui/icons";
import { Table, type Column } from "../ui/table";

const w = words({
  ignore: ["無視する検出事項", "Findings to ignore"],
  vex: ["VEX の優先順位", "Whose VEX counts"],
  vexText: [
    "数が大きいほど優先されます。何も決めなければ、製品に責任を持つ組織 400、このホーム 300、顧客 200(自分の稼働先)です。0 は採用しません。",
    "The higher number wins. Without rules: who answers for the product 400, this home 300, a customer for its own deployments 200. 0 does not count.",
  ],
  licences: ["ライセンス", "Licences"],
  id: ["脆弱性", "Vulnerability"],
  component: ["部品(purl。空ならすべて)", "Component as a purl; empty: all"],
  componentShort: ["部品", "Component"],
  reason: ["理由", "Reason"],
  until: ["期限", "Until"],
  expired: ["期限切れ", "Expired"],
  issuer: ["発行者", "Issuer"],
  products: [
    "対象の製品・部品(空白で区切る。* は任意)",
    "Products or components, with spaces between; * is any run",
  ],
  productsShort: ["対象", "Products"],
  rank: ["順位(0〜1000)", "Rank: 0 to 1000"],
  rankShort: ["順位", "Rank"],
  all: ["すべて", "All"],
  add: ["規則を加える", "Add a rule"],
  remove: ["取り除く", "Remove"],
  actions: ["操作", "Actions"],
  noIgnore: ["無視する検出事項はありません", "Nothing is ignored"],
  noIgnoreText: [
    "影響しないと分かった脆弱性は、理由と期限を付けてここに加えると、案件になりません。",
    "A flaw that is known not to matter becomes no case once it stands here, with a reason and an end.",
  ],
  noVex: ["規則はありません", "There are no rules"],
  noVexText: ["上の既定の順位が使われます。", "The defaults above are used."],
  deny: [
    "使ってはならないライセンス(SPDX、空白で区切る)",
    "Licences that may not be used: SPDX ids, with spaces between",
  ],
  scanAllow: ["スキャンで許すもの", "Allowed in scans"],
  scanReview: ["スキャンで確認を求めるもの", "For review in scans"],
  scanDeny: ["スキャンで拒むもの", "Denied in scans"],
  save: ["保存する", "Save"],
  saved: ["akashi.toml に保存しました", "Saved in akashi.toml"],
  added: ["規則を加えました", "The rule is added"],
  removed: ["規則を取り除きました", "The rule is removed"],
});

interface Ignore {
  id: string;
  component?: string;
  reason?: string;
  until?: string;
  expired?: boolean;
}
interface Vex {
  issuer: string;
  products?: string[] | string;
  rank?: number;
}
type Lists = Record<"deny" | "scanAllow" | "scanReview" | "scanDeny", string[]>;
interface All {
  ignore: Ignore[];
  vex: Vex[];
  licences: Lists;
}
const split = (text: string | undefined) => (text ?? "").split(/[\s,]+/).filter(Boolean);
const mayChange = () => may("admin") && has("POST /policies/{}");

function AddRule({
  kind,
  etag,
  close,
  reload,
}: {
  kind: "ignore" | "vex";
  etag: string | undefined;
  close: () => void;
  reload: () => void;
}) {
  const send = async (v: Record<string, string>) => {
    const body = filled(v);
    if (kind === "vex") {
      body["rank"] = Number(v["rank"]);
      delete body["products"];
      if (split(v["products"]).length) body["products"] = split(v["products"]);
    }
    const { etag: then, data } = await ask<All>("POST", `/policies/${kind}`, { body, etag });
    tell({
      text: w("added"),
      undo: () => ask("DELETE", `/policies/${kind}/${data[kind].length - 1}`, { etag: then }).finally(reload),
    });
  };
  return (
    <ChangeDialog title={w("add")} button={w("add")} send={send} close={close} reload={reload}>
      {kind === "ignore" ? (
        <>
          <Field name="id" label={w("id")} required placeholder="CVE-2026-0001" />
          <Field name="component" label={w("component")} />
          <Field name="reason" label={w("reason")} lines={2} required />
          <Field name="until" label={w("until")} type="date" />
        </>
      ) : (
        <>
          <Field name="issuer" label={w("issuer")} required />
          <Field name="products" label={w("products")} />
          <Field name="rank" label={w("rank")} type="number" value="100" min={0} max={1000} required />
        </>
      )}
    </ChangeDialog>
  );
}

function Licences({ of, etag, reload }: { of: Lists; etag: string | undefined; reload: () => void }) {
  const [conflict, setConflict] = useState(false);
  const send = async (v: Record<string, string>) => {
    const body: Record<string, string[]> = {};
    for (const name of ["deny", "scanAllow", "scanReview", "scanDeny"]) body[name] = split(v[name]);
    const save = async () => {
      const { etag: then } = await ask("PUT", "/policies/licences", { body, etag });
      tell({
        text: w("saved"),
        undo: () => ask("PUT", "/policies/licences", { body: of, etag: then }).finally(reload),
      });
    };
    setConflict(!(await unlessChanged(save())));
    reload();
  };
  return (
    <Section title={w("licences")}>
      {conflict && <Changed />}
      <Form key={JSON.stringify(of)} send={send} button={w("save")}>
        <Field name="deny" label={w("deny")} value={of.deny.join(" ")} />
        <div class="columns">
          <Field name="scanAllow" label={w("scanAllow")} value={of.scanAllow.join(" ")} />
          <Field name="scanReview" label={w("scanReview")} value={of.scanReview.join(" ")} />
          <Field name="scanDeny" label={w("scanDeny")} value={of.scanDeny.join(" ")} />
        </div>
      </Form>
    </Section>
  );
}

export function Policies() {
  const all = useApi<All>("/policies");
  const [adding, setAdding] = useState<"ignore" | "vex">();
  const change = useChange(all.reload);
  const remove = (
    kind: "ignore" | "vex",
    { n, expired: _, ...rule }: (Ignore | Vex) & { n: number; expired?: boolean },
  ) =>
    void change.run(async () => {
      const { etag } = await ask("DELETE", `/policies/${kind}/${n}`, { etag: all.etag });
      tell({
        text: w("removed"),
        undo: () => ask("POST", `/policies/${kind}`, { body: rule, etag }).finally(all.reload),
      });
    });
  const actions = <R extends (Ignore | Vex) & { n: number }>(kind: "ignore" | "vex"): Column<R>[] =>
    mayChange()
      ? [
          {
            id: "act",
            head: w("actions"),
            cell: (r) => (
              <button type="button" class="quiet" onClick={() => remove(kind, r)}>
                {w("remove")}
              </button>
            ),
          },
        ]
      : [];
  const tools = (kind: "ignore" | "vex") =>
    mayChange() && (
      <button type="button" class="primary" onClick={() => setAdding(kind)}>
        <Icon name="plus" size={16} />
        {w("add")}
      </button>
    );
  const ignore: Column<Ignore & { n: number }>[] = [
    { id: "id", head: w("id"), cell: (r) => <strong>{r.id}</strong>, value: (r) => r.id },
    {
      id: "component",
      head: w("componentShort"),
      cell: (r) => (r.component ? <code>{r.component}</code> : w("all")),
      value: (r) => r.component,
      rank: 2,
    },
    {
      id: "reason",
      head: w("reason"),
      grow: true,
      cell: (r) => r.reason ?? "",
      value: (r) => r.reason,
      rank: 2,
    },
    {
      id: "until",
      head: w("until"),
      cell: (r) => (
        <span class="row nowrap">
          <Day at={r.until} />
          {r.expired && <Badge tone="high">{w("expired")}</Badge>}
        </span>
      ),
      value: (r) => r.until,
    },
    ...actions<Ignore & { n: number }>("ignore"),
  ];
  const vex: Column<Vex & { n: number }>[] = [
    {
      id: "issuer",
      head: w("issuer"),
      cell: (r) => (
        <strong>
          <Called kind="party" id={r.issuer} />
        </strong>
      ),
      value: (r) => r.issuer,
    },
    {
      id: "products",
      head: w("productsShort"),
      grow: true,
      cell: (r) =>
        r.products
          ? [r.products]
              .flat()
              .map((p) => called("product", p))
              .join(", ")
          : w("all"),
      value: (r) => [r.products ?? ""].flat().join(", "),
    },
    {
      id: "rank",
      head: w("rankShort"),
      number: true,
      cell: (r) => r.rank ?? 100,
      value: (r) => r.rank ?? 100,
    },
    ...actions<Vex & { n: number }>("vex"),
  ];
  const numbered = <R,>(rows: R[]) => rows.map((r, n) => ({ ...r, n }));
  return (
    <>
      {change.told}
      <Show of={all}>
        {(d) => (
          <>
            <Section title={w("ignore")} flush tools={tools("ignore")}>
              <Table
                label={w("ignore")}
                name="ignore"
                columns={ignore}
                rows={numbered(d.ignore)}
                id={(r) => String(r.n)}
                empty={
                  <Empty title={w("noIgnore")}>
                    <p>{w("noIgnoreText")}</p>
                  </Empty>
                }
              />
            </Section>
            <Section title={w("vex")} flush tools={tools("vex")}>
              <p class="dim inset-line">{w("vexText")}</p>
              <Table
                label={w("vex")}
                name="vex"
                columns={vex}
                rows={numbered(d.vex)}
                id={(r) => String(r.n)}
                empty={
                  <Empty title={w("noVex")}>
                    <p>{w("noVexText")}</p>
                  </Empty>
                }
              />
            </Section>
            {may("admin") && <Licences of={d.licences} etag={all.etag} reload={all.reload} />}
          </>
        )}
      </Show>
      {adding && (
        <AddRule kind={adding} etag={all.etag} close={() => setAdding(undefined)} reload={all.reload} />
      )}
    </>
  );
}
