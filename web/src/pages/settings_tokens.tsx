// SPDX-License-Identifier: Apache-2.0
// What is signed in without me: tokens of scripts, and browsers.
import { useState } from "preact/hooks";
import { Problem, ask, useApi } from "../app/api";
import { words, wordOr } from "../app/i18n";
import { may, type May } from "../app/session";
import { tell } from "../app/undo";
import { Badge, Day, Dialog, Empty, Moment, ProblemNote, Section, Show } from "../ui/basics";
import { Field, Form } from "../ui/form";
import { Icon } from "../ui/icons";
import { Table, type Column } from "../ui/table";
import { Secret, howWords, mayWords } from "./settings_parts";

const w = words({
  tokens: ["トークン", "Tokens"],
  sessions: ["セッション", "Sessions"],
  login: ["利用者名", "User name"],
  name: ["表示名", "Name"],
  mayDo: ["できること", "May"],
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
});

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
export function Tokens() {
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
export function Sessions() {
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
