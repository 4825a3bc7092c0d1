// SPDX-License-Identifier: Apache-2.0
// Settings: who I am and how I sign in; tokens and sessions; for administrators everybody.
import { words } from "../app/i18n";
import { has, isOurs, may } from "../app/session";
import { Head, Tabs, tabNow } from "../ui/basics";
import { Audit } from "./settings_audit";
import { Mine } from "./settings_me";
import { Notices } from "./settings_notices";
import { Catalogues, Peers } from "./settings_peers";
import { Policies } from "./settings_policies";
import { Sessions, Tokens } from "./settings_tokens";
import { Users } from "./settings_users";

const w = words({
  title: ["設定", "Settings"],
  me: ["自分", "Me"],
  users: ["利用者", "Users"],
  tokens: ["トークン", "Tokens"],
  sessions: ["セッション", "Sessions"],
  audit: ["監査記録", "Audit"],
  notices: ["お知らせ", "Notices"],
  peers: ["相手と証人", "Peers and witnesses"],
  policies: ["方針", "Policies"],
  catalogues: ["カタログ", "Catalogues"],
});

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
