// SPDX-License-Identifier: Apache-2.0
// Lists of parties, deployments and services, to look at, add to and change.
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { words, wordOr } from "../app/i18n";
import { argument } from "../app/route";
import { has } from "../app/session";
import * as term from "../app/terms";
import { Called, Empty, Num, Section } from "../ui/basics";
import { Find } from "../ui/find";
import { Icon, type IconName } from "../ui/icons";
import { PagedTable, type Column, usePages } from "../ui/table";
import { ThingDialog, addWords, mayState } from "./things_change";
import { type Thing, type ThingKind, partyRoles, paths } from "./things_fields";

const w = words({
  party: ["組織", "Parties"],
  deployment: ["稼働先", "Deployments"],
  service: ["サービス", "Services"],
  product: ["製品", "Products"],
  id: ["識別子", "Id"],
  name: ["名称", "Name"],
  roles: ["役割", "Roles"],
  sector: ["分野", "Sector"],
  region: ["地域", "Region"],
  version: ["版", "Version"],
  follows: ["追従", "follows"],
  customer: ["顧客", "Customer"],
  operator: ["運用者", "Operator"],
  serves: ["サービス", "Service"],
  of: ["製品", "Product"],
  environment: ["環境", "Environment"],
  exposure: ["公開範囲", "Exposure"],
  provider: ["提供者", "Provider"],
  mtpd: ["最大許容停止時間", "May be out for"],
  population: ["利用者数", "People"],
  actions: ["操作", "Actions"],
  change: ["変更", "Change"],
  changeOf: ["{name} を変更", "Change {name}"],
  find: ["探す", "Find"],
  none: ["まだありません", "There are none yet"],
  noneText: [
    "一つずつ登録するか、一覧を CSV で取り込みます。",
    "Add them one by one, or import a list as CSV.",
  ],
  import: ["取り込む", "Import"],
  notFound: ["「{q}」に合うものはありません", "Nothing fits “{q}”"],
});
const icons: Record<ThingKind, IconName> = {
  party: "products",
  product: "products",
  deployment: "products",
  service: "products",
};

const text = (t: Thing, name: string) => (typeof t[name] === "string" ? (t[name] as string) : undefined);

/** It breaks where its parts end. */
function Path({ of }: { of: string }) {
  return (
    <code class="parts">
      {of.split(/(?<=\/)/).map((part, i) => (
        <Fragment key={i}>
          {i > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  );
}

function columnsOf(kind: ThingKind): Column<Thing>[] {
  const plain = (name: string, head: string, rank: 1 | 2 | 3 = 1): Column<Thing> => ({
    id: name,
    head,
    cell: (t) => text(t, name) ?? <span class="dim">–</span>,
    value: (t) => text(t, name),
    rank,
  });
  const named = (
    name: string,
    head: string,
    kind: "party" | "product" | "service",
    rank: 1 | 2 | 3 = 1,
  ): Column<Thing> => ({
    id: name,
    head,
    cell: (t) => <Called kind={kind} id={text(t, name)} />,
    value: (t) => text(t, name),
    rank,
  });
  const worded = (
    name: string,
    head: string,
    say: (id: string | undefined) => string,
    rank: 1 | 2 | 3 = 2,
  ): Column<Thing> => ({
    id: name,
    head,
    cell: (t) => (text(t, name) ? say(text(t, name)) : <span class="dim">–</span>),
    value: (t) => say(text(t, name)),
    rank,
  });
  const name: Column<Thing> = {
    id: "name",
    head: w("name"),
    grow: true,
    cell: (t) => t.name ?? t.id,
    value: (t) => t.name ?? t.id,
  };
  const id: Column<Thing> = { id: "id", head: w("id"), cell: (t) => <code>{t.id}</code>, value: (t) => t.id };
  switch (kind) {
    case "party": {
      const roles = (t: Thing) =>
        ((t["roles"] as string[] | undefined) ?? []).map((r) => wordOr(partyRoles, r)).join(", ");
      return [
        name,
        { ...id, rank: 2 },
        { id: "roles", head: w("roles"), cell: roles, value: roles },
        worded("sector", w("sector"), term.sector),
        worded("region", w("region"), term.region),
      ];
    }
    case "service":
      return [
        name,
        { ...id, rank: 2 },
        named("party", w("provider"), "party"),
        worded("sector", w("sector"), term.sector),
        worded("region", w("region"), term.region, 3),
        worded("mtpd", w("mtpd"), term.span),
        {
          id: "population",
          head: w("population"),
          number: true,
          cell: (t) => <Num of={t["population"] as number | undefined} />,
          value: (t) => t["population"] as number | undefined,
          rank: 2,
        },
      ];
    default:
      return [
        { ...id, cell: (t) => <Path of={t.id} />, grow: true },
        named("product", w("of"), "product"),
        {
          ...plain("version", w("version")),
          cell: (t) => text(t, "version") ?? <span class="dim">{w("follows")}</span>,
        },
        named("customer", w("customer"), "party", 2),
        named("operator", w("operator"), "party", 3),
        named("service", w("serves"), "service", 2),
        worded("environment", w("environment"), term.environment, 3),
        worded("exposure", w("exposure"), term.exposure, 3),
      ];
  }
}

export function Things({ kind }: { kind: Exclude<ThingKind, "product"> }) {
  const q = argument("q");
  const [open, setOpen] = useState<Thing | "new">();
  const of = usePages<Thing>(paths[kind], { q });
  const writes = has(`POST ${paths[kind]}`) && mayState(kind);
  const add = () => setOpen("new");
  const act: Column<Thing> = {
    id: "act",
    head: w("actions"),
    cell: (t) => (
      <button
        type="button"
        class="quiet"
        aria-label={w("changeOf", { name: t.name ?? t.id })}
        onClick={() => setOpen(t)}
      >
        {w("change")}
      </button>
    ),
  };
  return (
    <>
      <Find label={w("find")}>
        {writes && (
          <button type="button" class="primary" onClick={add}>
            <Icon name="plus" size={16} />
            {addWords[kind]()}
          </button>
        )}
      </Find>
      <Section flush>
        <PagedTable
          of={of}
          label={w(kind)}
          name={paths[kind].slice(1)}
          columns={[...columnsOf(kind), ...(writes ? [act] : [])]}
          id={(t) => t.id}
          href={(t) => (has("GET /impact") ? `/impact?q=${encodeURIComponent(t.id)}` : undefined)}
          empty={
            q ? (
              <Empty icon="search" title={w("notFound", { q })} />
            ) : (
              <Empty icon={icons[kind]} title={w("none")}>
                <p>{w("noneText")}</p>
                {has("POST /imports") && writes && (
                  <a class="button" href="/import">
                    {w("import")}
                  </a>
                )}
              </Empty>
            )
          }
        />
      </Section>
      {open && (
        <ThingDialog
          kind={kind}
          of={open === "new" ? undefined : open}
          close={() => setOpen(undefined)}
          reload={of.reload}
        />
      )}
    </>
  );
}
