// SPDX-License-Identifier: Apache-2.0
// Settings: users and their roles, for administrators.
import { useState } from "preact/hooks";
import { Problem, ask, useApi } from "../app/api";
import { words, wordOr } from "../app/i18n";
import { called } from "../app/names";
import { me } from "../app/session";
import { tell } from "../app/undo";
import { Badge, Day, Dialog, ProblemNote, Section, Show } from "../ui/basics";
import { EditDialog, type Part, type Present } from "../ui/edit";
import { Field, Form } from "../ui/form";
import { Icon } from "../ui/icons";
import { Table, type Column } from "../ui/table";
import { Secret, roleWords } from "./settings_parts";
import { useThings } from "./things_fields";

const w = words({
  users: ["利用者", "Users"],
  login: ["利用者名", "User name"],
  name: ["表示名", "Name"],
  party: ["組織", "Party"],
  roles: ["役割", "Roles"],
  role: ["役割", "Role"],
  totp: ["二段階認証", "Second factor"],
  addUser: ["利用者を招く", "Invite somebody"],
  invite: ["招く", "Invite"],
  inviteLink: [
    "このリンクを本人に渡してください。一週間有効で、今だけ表示します。",
    "Give them this link. It is good for a week and shown only now.",
  ],
  isEnabled: ["{name} は再びサインインできます", "{name} may sign in again"],
  isDisabled: ["{name} を停止しました", "{name} may not sign in any more"],
  isChanged: ["{name} を変更しました", "{name} is changed"],
  inviteAgain: ["新しいリンク", "New link"],
  clearance: ["閲覧できる TLP", "Clearance (TLP)"],
  clearanceHelp: [
    "組織ごとの役割の人に、ほかの組織が共有したものをどこまで見せるか",
    "How much of what others share is shown to somebody with roles for parties",
  ],
  noClearance: ["自分の組織のものだけ", "only what concerns their parties"],
  state: ["状態", "State"],
  active: ["有効", "Active"],
  invited: ["招待中", "Invited"],
  disabled: ["停止中", "Disabled"],
  disable: ["止める", "Disable"],
  enable: ["戻す", "Enable"],
  change: ["変更", "Change"],
  save: ["保存", "Save"],
  changeOf: ["{name} の変更", "Change {name}"],
  made: ["作成", "Made"],
  actions: ["操作", "Actions"],
  optional: ["任意", "optional"],
  partyHelp: ["空なら、すべての組織に対して", "empty: for all parties"],
  everyParty: ["すべての組織", "all parties"],
  addRole: ["役割を加える", "Add a role"],
  removeRole: ["この役割を外す", "Take this role away"],
  noRole: ["役割なし", "no role"],
});

export interface User {
  id: string;
  login: string;
  name?: string;
  clearance?: string;
  disabled: boolean;
  password: boolean;
  invited: boolean;
  totp: boolean;
  passkeys: number;
  made: string;
  roles: { role: string; party?: string }[];
  version: string;
}

/** "manager:acme,viewer:" */
const rolesText = (roles: User["roles"]) => roles.map((r) => `${r.role}:${r.party ?? ""}`).join(",");
const rolesOf = (text: string) =>
  text
    .split(",")
    .filter(Boolean)
    .map((r) => {
      const [role = "", party = ""] = r.split(":");
      return { role, ...(party && { party }) };
    });
const roleName = (r: { role: string; party?: string }) =>
  wordOr(roleWords, r.role) + (r.party ? ` · ${called("party", r.party)}` : "");
const roleOptions = () => Object.keys(roleWords).map((r) => ({ value: r, text: wordOr(roleWords, r) }));

function Roles({ name, value }: { name: string; value: string }) {
  const [rows, setRows] = useState<{ role: string; party?: string }[]>(rolesOf(value));
  const parties = useThings("party");
  const put = (at: number, to: { role: string; party?: string }) =>
    setRows(rows.map((r, i) => (i === at ? to : r)));
  return (
    <fieldset class="field">
      <legend>{w("roles")}</legend>
      {rows.length === 0 && <p class="dim">{w("noRole")}</p>}
      {rows.map((r, i) => (
        <div key={i} class="pair">
          <Field
            label={w("role")}
            value={r.role}
            options={roleOptions()}
            onInput={(role) => put(i, { ...r, role })}
          />
          <Field
            label={w("party")}
            value={r.party ?? ""}
            list={parties}
            placeholder={w("everyParty")}
            onInput={(party) => put(i, { role: r.role, party })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={`${w("removeRole")}: ${roleName(r)}`}
            title={w("removeRole")}
            onClick={() => setRows(rows.filter((_, n) => n !== i))}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
      <div>
        <button type="button" class="quiet" onClick={() => setRows([...rows, { role: "viewer" }])}>
          <Icon name="plus" size={15} />
          {w("addRole")}
        </button>
      </div>
      <input
        type="hidden"
        name={name}
        value={rolesText(rows.map((r) => ({ role: r.role, party: r.party?.trim() ?? "" })))}
      />
    </fieldset>
  );
}

const clearances = ["", "clear", "green", "amber", "amber+strict"];
const parts = (): Part[] => [
  { name: "name", label: w("name"), autocomplete: "off" },
  {
    name: "roles",
    label: w("roles"),
    made: (value) => <Roles name="roles" value={value} />,
    shown: (value) => rolesOf(value).map(roleName).join(", "),
  },
  {
    name: "clearance",
    label: w("clearance"),
    help: w("clearanceHelp"),
    options: clearances.map((c) => ({
      value: c,
      text: c ? `TLP:${c.toUpperCase()}` : w("noClearance"),
    })),
  },
];
const present = (u: User, version = u.version): Present => ({
  values: { name: u.name ?? "", roles: rolesText(u.roles), clearance: u.clearance ?? "" },
  etag: `"${version}"`,
});
const changed = (values: Record<string, string>): Record<string, unknown> => ({
  ...values,
  ...(values["roles"] !== undefined && { roles: rolesOf(values["roles"]) }),
});

function Change({ of, close, reload }: { of: User; close: () => void; reload: () => void }) {
  const [now] = useState(() => present(of));
  const put = (body: Record<string, unknown>, etag: string) =>
    ask<{ version: string }>("PUT", `/users/${of.id}`, { body, etag });
  return (
    <EditDialog
      title={w("changeOf", { name: of.name || of.login })}
      button={w("save")}
      parts={parts()}
      now={now}
      read={(current) => {
        reload();
        const { user, version } = current as { user: User; version: string };
        return present(user, version);
      }}
      send={async (values, on) => {
        const { data } = await put(changed(values), on.etag);
        const before = Object.fromEntries(Object.keys(values).map((k) => [k, on.values[k] ?? ""]));
        tell({
          text: w("isChanged", { name: of.name || of.login }),
          undo: () => put(changed(before), `"${data.version}"`).finally(reload),
        });
        reload();
      }}
      close={close}
    />
  );
}

export function Users() {
  const all = useApi<{ rows: User[] }>("/users");
  const parties = useThings("party");
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<User>();
  const [link, setLink] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const act = async (work: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (e) {
      if (e instanceof Problem) setProblem(e);
    }
    all.reload();
  };
  const able = async (u: User) => {
    const set = async (disabled: boolean, version: string) =>
      (
        await ask<{ version: string }>("PUT", `/users/${u.id}`, {
          body: { disabled },
          etag: `"${version}"`,
        })
      ).data.version;
    const then = await set(!u.disabled, u.version);
    tell({
      text: w(u.disabled ? "isEnabled" : "isDisabled", { name: u.name || u.login }),
      undo: () => set(u.disabled, then).finally(all.reload),
    });
  };
  const columns: Column<User>[] = [
    { id: "login", head: w("login"), cell: (u) => <strong>{u.login}</strong>, value: (u) => u.login },
    { id: "name", head: w("name"), grow: true, cell: (u) => u.name ?? "", value: (u) => u.name },
    {
      id: "roles",
      head: w("roles"),
      cell: (u) => (
        <span class="chips">
          {u.roles.map((r) => (
            <Badge key={r.role + (r.party ?? "")}>{roleName(r)}</Badge>
          ))}
        </span>
      ),
      value: (u) => u.roles.map(roleName).join(", "),
    },
    {
      id: "state",
      head: w("state"),
      cell: (u) =>
        u.disabled ? (
          <Badge tone="dim">{w("disabled")}</Badge>
        ) : u.invited ? (
          <Badge tone="info">{w("invited")}</Badge>
        ) : (
          <Badge tone="good">{w("active")}</Badge>
        ),
      value: (u) => w(u.disabled ? "disabled" : u.invited ? "invited" : "active"),
    },
    {
      id: "totp",
      head: w("totp"),
      cell: (u) => (u.totp ? <Icon name="check" /> : "–"),
      value: (u) => u.totp,
      rank: 3,
    },
    { id: "made", head: w("made"), cell: (u) => <Day at={u.made} />, value: (u) => u.made, rank: 3 },
    {
      id: "act",
      head: w("actions"),
      cell: (u) => (
        <span class="row nowrap">
          <button type="button" class="quiet" onClick={() => setChanging(u)}>
            {w("change")}
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() =>
              void act(async () =>
                setLink((await ask<{ link?: string }>("POST", `/users/${u.id}/invite`)).data.link),
              )
            }
          >
            {w("inviteAgain")}
          </button>
          {u.id !== me.value?.user && (
            <button type="button" class="quiet" onClick={() => void act(() => able(u))}>
              {u.disabled ? w("enable") : w("disable")}
            </button>
          )}
        </span>
      ),
    },
  ];
  return (
    <Section
      title={w("users")}
      flush
      tools={
        <button type="button" class="primary" onClick={() => setAdding(true)}>
          <Icon name="plus" size={16} />
          {w("addUser")}
        </button>
      }
    >
      {problem && <ProblemNote of={problem} />}
      <Show of={all}>
        {(d) => <Table label={w("users")} name="users" columns={columns} rows={d.rows} id={(u) => u.id} />}
      </Show>
      {adding && (
        <Dialog title={w("addUser")} onClose={() => setAdding(false)}>
          <Form
            button={w("invite")}
            send={async (v) => {
              const got = await ask<{ link?: string }>("POST", "/users", {
                body: {
                  login: v["login"],
                  ...(v["name"] && { name: v["name"] }),
                  roles: [{ role: v["role"], ...(v["party"] && { party: v["party"] }) }],
                },
              });
              setAdding(false);
              setLink(got.data.link);
              all.reload();
            }}
          >
            <Field name="login" label={w("login")} required autofocus />
            <Field name="name" label={`${w("name")} (${w("optional")})`} />
            <Field name="role" label={w("role")} options={roleOptions()} />
            <Field
              name="party"
              label={`${w("party")} (${w("optional")})`}
              help={w("partyHelp")}
              list={parties}
            />
          </Form>
        </Dialog>
      )}
      {changing && <Change of={changing} close={() => setChanging(undefined)} reload={all.reload} />}
      {link && (
        <Secret title={w("addUser")} says={w("inviteLink")} text={link} close={() => setLink(undefined)} />
      )}
    </Section>
  );
}
