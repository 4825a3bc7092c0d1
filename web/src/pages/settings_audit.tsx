// SPDX-License-Identifier: Apache-2.0
// Who changed what somebody may do, and what was refused.
import { useApi } from "../app/api";
import { words, wordOr } from "../app/i18n";
import { called } from "../app/names";
import { has } from "../app/session";
import { Empty, Moment, Section } from "../ui/basics";
import { PagedTable, type Column, usePages } from "../ui/table";
import { howWords, mayWords, roleWords } from "./settings_parts";
import type { User } from "./settings_users";

const w = words({
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
  entry: ["エントリー", "Entry"],
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
export function Audit() {
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
