// SPDX-License-Identifier: Apache-2.0
// Settings: who I am and how I sign in; tokens and sessions; for administrators everybody.
import { useState } from "preact/hooks";
import { Problem, ask, useApi } from "../app/api";
import { words, wordOr } from "../app/i18n";
import { called } from "../app/names";
import { makePasskey, passkeysWork, wasCancelled } from "../app/passkey";
import { has, isOurs, look, may, me, provider, type May } from "../app/session";
import {
  Badge,
  Copy,
  Day,
  Dialog,
  Empty,
  Facts,
  Head,
  Moment,
  Note,
  ProblemNote,
  Section,
  Show,
  Tabs,
  tabNow,
} from "../ui/basics";
import { tell } from "../app/undo";
import { Field, Form } from "../ui/form";
import { Icon } from "../ui/icons";
import { PagedTable, Table, type Column, usePages } from "../ui/table";
import { Notices } from "./settings_notices";
import { Secret, roleWords } from "./settings_parts";
import { Catalogues, Peers } from "./settings_peers";
import { Policies } from "./settings_policies";
import { type User, Users } from "./settings_users";

const w = words({
  title: ["設定", "Settings"],
  me: ["自分", "Me"],
  users: ["利用者", "Users"],
  tokens: ["トークン", "Tokens"],
  sessions: ["セッション", "Sessions"],
  notices: ["お知らせ", "Notices"],
  peers: ["相手と証人", "Peers and witnesses"],
  policies: ["方針", "Policies"],
  catalogues: ["カタログ", "Catalogues"],
  login: ["利用者名", "User name"],
  name: ["表示名", "Name"],
  party: ["組織", "Party"],
  mayDo: ["できること", "May"],
  passwordChange: ["パスワードを変える", "Change the password"],
  passwordNow: ["今のパスワード", "Present password"],
  passwordNew: ["新しいパスワード(12 文字以上)", "New password (at least 12 characters)"],
  passwordAgain: ["新しいパスワード(確認)", "New password again"],
  differ: ["二つのパスワードが違います", "The two passwords differ"],
  change: ["変える", "Change"],
  changed: ["変えました。ほかのセッションは終わりました。", "Changed. Your other sessions have ended."],
  totp: ["二段階認証", "Second factor"],
  totpOn: ["有効です。回復コードの残り: {n}", "On. Recovery codes left: {n}"],
  totpOff: [
    "まだ設定されていません。認証アプリのコードをあわせて求めるようにできます。",
    "Not set. A code of an authenticator app can be asked for as well.",
  ],
  totpSet: ["設定する", "Set up"],
  totpDrop: ["やめる", "Turn off"],
  totpScan: [
    "認証アプリで読み取り、表示されたコードを入力してください。",
    "Scan it with an authenticator app and type the code it shows.",
  ],
  code: ["6 桁のコード", "6-digit code"],
  confirm: ["確認", "Confirm"],
  recovery: [
    "回復コード。今だけ表示します。安全な所に控えてください。",
    "Recovery codes, shown only now. Keep them in a safe place.",
  ],
  done: ["控えました", "I have kept them"],
  ended: ["トークン「{name}」を終わらせました", "The token {name} is ended"],
  tokenStays: [
    "元に戻せません。必要なら新しいトークンを作ってください。",
    "This cannot be undone; make a new token if one is needed.",
  ],
  sessionEnded: ["セッションを終わらせました", "The session is ended"],
  sessionStays: [
    "元に戻せません。使うには、もう一度サインインします。",
    "This cannot be undone; signing in makes a new one.",
  ],
  made: ["作成", "Made"],
  used: ["最後の利用", "Last used"],
  until: ["期限", "Until"],
  how: ["方法", "How"],
  agent: ["ブラウザー", "Browser"],
  this: ["この画面", "This one"],
  end: ["終わらせる", "End"],
  addToken: ["トークンを作る", "Make a token"],
  make: ["作る", "Make"],
  days: ["有効な日数", "Good for days"],
  tokenShown: ["トークンです。今だけ表示します。", "The token, shown only now."],
  tokenUse: ["要求に Authorization: Bearer を付けて使います。", "Send it as Authorization: Bearer."],
  noTokens: ["トークンはまだありません", "No tokens yet"],
  noTokensText: [
    "CI やスクリプトから API を使うときに作ります。",
    "Make one to use the API from CI or a script.",
  ],
  tokenName: ["名前(何に使うか)", "Name (what it is for)"],
  actions: ["操作", "Actions"],
  passkeys: ["パスキー", "Passkeys"],
  passkeysText: [
    "パスワードの代わりに、端末の顔・指紋・PIN でサインインできます。",
    "Sign in with this device's face, fingerprint or PIN in place of a password.",
  ],
  passkeysNowhere: [
    "この開き方ではパスキーを使えません。IP アドレスではなく名前(https://… または http://localhost)で開いてください。",
    "Passkeys do not work here: open this page by a name (https://… or http://localhost), not by an IP address.",
  ],
  passkeyAdd: ["パスキーを作る", "Make a passkey"],
  passkeyName: ["名前(どの端末か)", "Name (which device)"],
  passkeyMade: ["パスキーができました。", "The passkey is made."],
  passkeyOdd: ["この端末ではパスキーを作れません", "This device cannot make a passkey"],
  passkeyLost: ["複製のおそれがあり使えません", "refused: it may have been copied"],
  remove: ["消す", "Remove"],
  provider: ["シングルサインオン", "Single sign-on"],
  providerText: [
    "{name} でサインインできます。同じ利用者名なら、最初のサインインで結び付きます。",
    "You can sign in with {name}; the first time, the same user name ties both together.",
  ],
  audit: ["監査記録", "Audit"],
  auditSub: [
    "誰が何をしてよいかの変更と、サインインの拒否。すべてログに署名して残ります。",
    "Changes in who may do what, and refused sign-ins; each is signed in the log.",
  ],
  time: ["日時", "Time"],
  event: ["出来事", "Event"],
  about: ["対象", "About"],
  by: ["行った人", "By"],
  details: ["内容", "Details"],
  entry: ["記録", "Entry"],
  noAudit: ["まだ何もありません", "Nothing yet"],
});
const events: Record<string, readonly [string, string]> = {
  "user-added": ["利用者を追加", "User added"],
  "user-changed": ["利用者を変更", "User changed"],
  "user-removed": ["利用者を削除", "User removed"],
  "user-disabled": ["利用者を停止", "User disabled"],
  "user-enabled": ["利用者を再開", "User enabled"],
  invited: ["招待", "Invited"],
  "roles-changed": ["役割を変更", "Roles changed"],
  "password-set": ["パスワードを設定", "Password set"],
  "totp-set": ["二段階認証を設定", "Second factor set"],
  "totp-removed": ["二段階認証を解除", "Second factor removed"],
  "recovery-used": ["回復コードを使用", "Recovery code used"],
  "passkey-added": ["パスキーを追加", "Passkey added"],
  "passkey-removed": ["パスキーを削除", "Passkey removed"],
  "passkey-lost": ["パスキーの複製の疑い", "Passkey taken for copied"],
  "oidc-linked": ["シングルサインオンと結び付け", "Tied to single sign-on"],
  "token-made": ["トークンを作成", "Token made"],
  "token-ended": ["トークンを終了", "Token ended"],
  "sessions-ended": ["セッションを終了", "Sessions ended"],
  "sign-in-refused": ["サインインを拒否", "Sign-in refused"],
};
const bys: Record<string, readonly [string, string]> = {
  command: ["コマンド", "the command line"],
  first: ["最初のリンク", "the first link"],
};
const mayWords: Record<string, readonly [string, string]> = {
  self: ["自分の設定", "own settings"],
  read: ["閲覧", "read"],
  upload: ["取り込み", "upload"],
  respond: ["対応", "respond"],
  assess: ["評価", "assess"],
  manage: ["管理", "manage"],
  admin: ["全体の設定", "administer"],
};
const howWords: Record<string, readonly [string, string]> = {
  password: ["パスワード", "Password"],
  totp: ["パスワードとコード", "Password and code"],
  first: ["最初のリンク", "First link"],
  invitation: ["招待", "Invitation"],
  passkey: ["パスキー", "Passkey"],
  oidc: ["シングルサインオン", "Single sign-on"],
};

function Password() {
  const [done, setDone] = useState(false);
  const send = async (v: Record<string, string>) => {
    if (v["new"] !== v["again"]) throw new Problem(0, "differ", w("differ"));
    await ask("PUT", "/me/password", { body: { password: v["password"], new: v["new"] } });
    setDone(true);
  };
  return (
    <Section title={w("passwordChange")}>
      {done ? (
        <Note kind="good">{w("changed")}</Note>
      ) : (
        <Form send={send} button={w("change")}>
          <Field
            name="password"
            type="password"
            label={w("passwordNow")}
            required
            autocomplete="current-password"
          />
          <Field name="new" type="password" label={w("passwordNew")} required autocomplete="new-password" />
          <Field
            name="again"
            type="password"
            label={w("passwordAgain")}
            required
            autocomplete="new-password"
          />
        </Form>
      )}
    </Section>
  );
}

function Totp() {
  const [wish, setWish] = useState<{ secret: string; uri: string; qr?: string }>();
  const [codes, setCodes] = useState<string[]>();
  const [problem, setProblem] = useState<Problem>();
  const who = me.value;
  const begin = async () => {
    setProblem(undefined);
    try {
      setWish((await ask<{ secret: string; uri: string; qr?: string }>("POST", "/me/totp")).data);
    } catch (e) {
      if (e instanceof Problem) setProblem(e);
    }
  };
  if (codes)
    return (
      <Section title={w("totp")}>
        <Note kind="warn">{w("recovery")}</Note>
        <pre>{codes.join("\n")}</pre>
        <div class="row">
          <button
            type="button"
            class="primary"
            onClick={() => {
              setCodes(undefined);
              void look();
            }}
          >
            {w("done")}
          </button>
          <Copy text={codes.join("\n")} />
        </div>
      </Section>
    );
  return (
    <Section title={w("totp")}>
      {problem && <ProblemNote of={problem} />}
      {who?.totp ? (
        <>
          <p>{w("totpOn", { n: who.recovery ?? 0 })}</p>
          <Form
            send={async (v) => {
              await ask("DELETE", "/me/totp", { body: { password: v["password"] } });
              await look();
            }}
            button={w("totpDrop")}
            danger
          >
            <Field
              name="password"
              type="password"
              label={w("passwordNow")}
              required
              autocomplete="current-password"
            />
          </Form>
        </>
      ) : wish ? (
        <>
          <p>{w("totpScan")}</p>
          {wish.qr && <img class="qr" alt="QR" src={`data:image/svg+xml,${encodeURIComponent(wish.qr)}`} />}
          <p>
            <code>{wish.secret}</code>
          </p>
          <Form
            send={async (v) => {
              const got = await ask<{ recovery: string[] }>("PUT", "/me/totp", {
                body: { code: v["code"] },
              });
              setWish(undefined);
              setCodes(got.data.recovery);
            }}
            button={w("confirm")}
          >
            <Field name="code" label={w("code")} required inputmode="numeric" autocomplete="one-time-code" />
          </Form>
        </>
      ) : (
        <>
          <p>{w("totpOff")}</p>
          <p>
            <button type="button" class="secondary" onClick={() => void begin()}>
              {w("totpSet")}
            </button>
          </p>
        </>
      )}
    </Section>
  );
}

interface Passkey {
  id: string;
  name: string;
  made?: string;
  used?: string;
  lost: boolean;
}
function Passkeys() {
  const all = useApi<{ rows: Passkey[] }>("/passkeys");
  const [adding, setAdding] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const works = passkeysWork();
  const make = async (v: Record<string, string>) => {
    try {
      await makePasskey(v["name"] ?? "", v["password"] ?? "");
    } catch (e) {
      if (e instanceof Problem) throw e;
      if (wasCancelled(e)) return;
      throw new Problem(0, "passkey", w("passkeyOdd"));
    }
    setAdding(false);
    setDone(true);
    all.reload();
    await look();
  };
  return (
    <Section
      title={w("passkeys")}
      tools={
        works && (
          <button type="button" class="secondary" onClick={() => setAdding(true)}>
            <Icon name="plus" size={16} />
            {w("passkeyAdd")}
          </button>
        )
      }
    >
      <p class="dim">{works ? w("passkeysText") : w("passkeysNowhere")}</p>
      {done && <Note kind="good">{w("passkeyMade")}</Note>}
      {problem && <ProblemNote of={problem} />}
      <Show of={all} rows={1}>
        {(d) => (
          <ul class="plain-list">
            {d.rows.map((k) => (
              <li key={k.id} class="row spread">
                <span>
                  <strong>{k.name}</strong> {k.lost && <Badge tone="critical">{w("passkeyLost")}</Badge>}
                  <span class="dim small">
                    {" "}
                    {w("made")} <Day at={k.made} /> · {w("used")} <Moment at={k.used} />
                  </span>
                </span>
                <button
                  type="button"
                  class="quiet"
                  onClick={() =>
                    void ask("DELETE", `/passkeys/${k.id}`).then(
                      all.reload,
                      (e: unknown) => e instanceof Problem && setProblem(e),
                    )
                  }
                >
                  {w("remove")}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Show>
      {adding && (
        <Dialog title={w("passkeyAdd")} onClose={() => setAdding(false)}>
          <Form send={make} button={w("make")}>
            <Field name="name" label={w("passkeyName")} required autofocus />
            <Field
              name="password"
              type="password"
              label={w("passwordNow")}
              required
              autocomplete="current-password"
            />
          </Form>
        </Dialog>
      )}
    </Section>
  );
}

interface AuditRow {
  entry: number;
  time: string;
  event: string;
  user?: string;
  by?: string;
  how?: string;
  token?: string;
  roles?: { role: string; party?: string }[];
  may?: string[];
}
/** Names are not in the log, only ids: they come from the list of users there is now. */
function Audit() {
  const users = useApi<{ rows: User[] }>("/users");
  const of = usePages<AuditRow>("/audit", {});
  const names = new Map((users.data?.rows ?? []).map((u) => [u.id, u.name || u.login]));
  const who = (id: string | undefined) => (id === undefined ? "" : (names.get(id) ?? wordOr(bys, id)));
  const details = (r: AuditRow) =>
    [
      r.how && wordOr(howWords, r.how),
      r.roles
        ?.map((x) => wordOr(roleWords, x.role) + (x.party ? ` (${called("party", x.party)})` : ""))
        .join(", "),
      r.may?.map((m) => wordOr(mayWords, m)).join(", "),
      r.token,
    ]
      .filter(Boolean)
      .join(" · ");
  const columns: Column<AuditRow>[] = [
    { id: "time", head: w("time"), cell: (r) => <Moment at={r.time} />, value: (r) => r.time },
    {
      id: "event",
      head: w("event"),
      cell: (r) => wordOr(events, r.event),
      value: (r) => wordOr(events, r.event),
    },
    { id: "about", head: w("about"), cell: (r) => who(r.user), value: (r) => who(r.user) },
    { id: "by", head: w("by"), cell: (r) => who(r.by), value: (r) => who(r.by), rank: 2 },
    { id: "details", head: w("details"), grow: true, cell: details, value: details, rank: 2 },
    {
      id: "entry",
      head: w("entry"),
      number: true,
      cell: (r) => (has("GET /log") ? <a href={`/log/${r.entry}`}>{r.entry}</a> : r.entry),
      value: (r) => r.entry,
      rank: 3,
    },
  ];
  return (
    <Section title={w("audit")} flush>
      <p class="dim inset-text">{w("auditSub")}</p>
      <PagedTable
        of={of}
        label={w("audit")}
        name="audit"
        columns={columns}
        id={(r) => String(r.entry)}
        empty={<Empty icon="log" title={w("noAudit")} />}
      />
    </Section>
  );
}

function Mine() {
  const who = me.value;
  if (!who) return null;
  return (
    <div class="columns">
      <Section title={w("me")}>
        <Facts
          of={[
            [w("name"), who.name],
            [w("login"), who.login ?? who.user],
            [w("party"), who.party],
            [
              w("mayDo"),
              <span class="chips">
                {who.may.map((m) => (
                  <Badge key={m}>{wordOr(mayWords, m)}</Badge>
                ))}
              </span>,
            ],
            provider.value && [w("provider"), w("providerText", { name: provider.value })],
            who.until && [w("until"), <Moment key="until" at={who.until} />],
          ]}
        />
      </Section>
      {has("PUT /me/password") && who.password && <Password />}
      {has("POST /me/totp") && who.password && <Totp />}
      {has("GET /passkeys") && <Passkeys />}
    </div>
  );
}

interface Token {
  id: string;
  user: string;
  name: string;
  may: May[];
  parties?: string;
  made?: string;
  used?: string;
  until?: string;
}
function Tokens() {
  const all = useApi<{ rows: Token[] }>("/tokens", { all: may("admin") });
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const grantable = (["read", "upload", "respond", "assess", "manage", "admin"] as const).filter((m) =>
    may(m),
  );
  const columns: Column<Token>[] = [
    { id: "name", head: w("name"), grow: true, cell: (t) => <strong>{t.name}</strong>, value: (t) => t.name },
    {
      id: "may",
      head: w("mayDo"),
      cell: (t) => (
        <span class="chips">
          {t.may.map((m) => (
            <Badge key={m}>{wordOr(mayWords, m)}</Badge>
          ))}
        </span>
      ),
      value: (t) => t.may.join(" "),
    },
    { id: "used", head: w("used"), cell: (t) => <Moment at={t.used} />, value: (t) => t.used, rank: 2 },
    { id: "until", head: w("until"), cell: (t) => <Day at={t.until} />, value: (t) => t.until },
    {
      id: "act",
      head: w("actions"),
      cell: (t) => (
        <button
          type="button"
          class="quiet"
          onClick={() =>
            void ask("DELETE", `/tokens/${t.id}`).then(
              () => {
                tell({ text: w("ended", { name: t.name }), final: w("tokenStays") });
                all.reload();
              },
              (e: unknown) => e instanceof Problem && setProblem(e),
            )
          }
        >
          {w("end")}
        </button>
      ),
    },
  ];
  return (
    <Section
      title={w("tokens")}
      flush
      tools={
        <button type="button" class="primary" onClick={() => setAdding(true)}>
          <Icon name="plus" size={16} />
          {w("addToken")}
        </button>
      }
    >
      {problem && <ProblemNote of={problem} />}
      <Show of={all}>
        {(d) => (
          <Table
            label={w("tokens")}
            name="tokens"
            columns={columns}
            rows={d.rows}
            id={(t) => t.id}
            empty={
              <Empty icon="settings" title={w("noTokens")}>
                <p>{w("noTokensText")}</p>
              </Empty>
            }
          />
        )}
      </Show>
      {adding && (
        <Dialog title={w("addToken")} onClose={() => setAdding(false)}>
          <Form
            button={w("make")}
            send={async (v) => {
              const got = await ask<{ token: string }>("POST", "/tokens", {
                body: {
                  name: v["name"],
                  may: (v["may"] ?? "").split(",").filter(Boolean),
                  days: Number(v["days"]),
                },
              });
              setAdding(false);
              setMade(got.data.token);
              all.reload();
            }}
          >
            <Field name="name" label={w("tokenName")} required autofocus />
            <fieldset class="field">
              <legend>{w("mayDo")}</legend>
              {grantable.map((m) => (
                <label key={m} class="check">
                  <input type="checkbox" name="may" value={m} defaultChecked={m === "read"} />
                  {wordOr(mayWords, m)}
                </label>
              ))}
            </fieldset>
            <Field name="days" label={w("days")} type="number" value="90" min={1} max={3650} required />
          </Form>
        </Dialog>
      )}
      {made && (
        <Secret
          title={w("tokens")}
          says={w("tokenShown")}
          text={made}
          more={w("tokenUse")}
          close={() => setMade(undefined)}
        />
      )}
    </Section>
  );
}

interface Session {
  id: string;
  user: string;
  how: string;
  agent?: string;
  made?: string;
  used?: string;
  until?: string;
  this: boolean;
}
function Sessions() {
  const all = useApi<{ rows: Session[] }>("/sessions", { all: may("admin") });
  const [problem, setProblem] = useState<Problem>();
  const columns: Column<Session>[] = [
    { id: "user", head: w("login"), cell: (s) => s.user, value: (s) => s.user },
    { id: "how", head: w("how"), cell: (s) => wordOr(howWords, s.how), value: (s) => s.how },
    {
      id: "agent",
      head: w("agent"),
      grow: true,
      cell: (s) => <span class="dim small">{s.agent}</span>,
      value: (s) => s.agent,
      rank: 2,
    },
    { id: "used", head: w("used"), cell: (s) => <Moment at={s.used} />, value: (s) => s.used },
    { id: "until", head: w("until"), cell: (s) => <Moment at={s.until} />, value: (s) => s.until, rank: 3 },
    {
      id: "act",
      head: w("actions"),
      cell: (s) =>
        s.this ? (
          <Badge tone="info">{w("this")}</Badge>
        ) : (
          <button
            type="button"
            class="quiet"
            onClick={() =>
              void ask("DELETE", `/sessions/${s.id}`).then(
                () => {
                  tell({ text: w("sessionEnded"), final: w("sessionStays") });
                  all.reload();
                },
                (e: unknown) => e instanceof Problem && setProblem(e),
              )
            }
          >
            {w("end")}
          </button>
        ),
    },
  ];
  return (
    <Section title={w("sessions")} flush>
      {problem && <ProblemNote of={problem} />}
      <Show of={all}>
        {(d) => (
          <Table label={w("sessions")} name="sessions" columns={columns} rows={d.rows} id={(s) => s.id} />
        )}
      </Show>
    </Section>
  );
}

export default function Settings() {
  const tabs = [
    "me" as const,
    ...(has("GET /users") && may("admin") ? ["users" as const] : []),
    ...(has("GET /tokens") ? ["tokens" as const] : []),
    ...(has("GET /sessions") ? ["sessions" as const] : []),
    ...(has("GET /audit") && may("admin") ? ["audit" as const] : []),
    ...(has("GET /notices") && may("admin") ? ["notices" as const] : []),
    ...(has("GET /peers") && isOurs() ? ["peers" as const] : []),
    ...(has("GET /policies") && isOurs() ? ["policies" as const] : []),
    ...(has("GET /conform/catalogues") ? ["catalogues" as const] : []),
  ];
  const now = tabNow(tabs);
  return (
    <>
      <Head title={w("title")} />
      <Tabs label={w("title")} of={tabs.map((id) => ({ id, title: w(id) }))} />
      {now === "me" && <Mine />}
      {now === "users" && <Users />}
      {now === "tokens" && <Tokens />}
      {now === "sessions" && <Sessions />}
      {now === "audit" && <Audit />}
      {now === "notices" && <Notices />}
      {now === "peers" && <Peers />}
      {now === "policies" && <Policies />}
      {now === "catalogues" && <Catalogues />}
    </>
  );
}
