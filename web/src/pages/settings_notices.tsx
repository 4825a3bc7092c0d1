// SPDX-License-Identifier: Apache-2.0
// Who is told what, whether it arrives, and what is in the outbox.
import { useState } from "preact/hooks";
import { ask, useApi } from "../app/api";
import { words, wordOr } from "../app/i18n";
import { called } from "../app/names";
import { tell } from "../app/undo";
import { Badge, Empty, Moment, Note, Section, Show, Called } from "../ui/basics";
import { ChangeDialog, filled, useChange } from "../ui/change";
import { Field } from "../ui/form";
import { Icon } from "../ui/icons";
import { Table, type Column } from "../ui/table";

const w = words({
  who: ["お知らせの宛先", "Who is told"],
  outbox: ["送信箱", "Outbox"],
  name: ["名前(英数字とハイフン)", "Name: letters, digits, hyphens"],
  nameShort: ["名前", "Name"],
  channel: ["方法", "Channel"],
  to: ["宛先", "To"],
  url: ["アドレス", "Address"],
  urlHelp: [
    "webhook、Slack、Teams は https://…、メールは smtp://…、syslog は udp://… か tcp://…",
    "webhook, Slack, Teams: https://…; mail: smtp://…; syslog: udp://… or tcp://…",
  ],
  file: ["ホームの中のファイル", "File in the home"],
  from: ["差出人のメールアドレス", "Sender's mail address"],
  recipients: ["宛先のメールアドレス(空白で区切る)", "Recipients, with spaces between"],
  party: ["この組織に関するものだけ", "Only what concerns this party"],
  kinds: ["種類(空ならすべて。例: case-* decision-*)", "Kinds; empty: all (case-* decision-* …)"],
  minimum: ["この優先度以上", "This priority or more urgent"],
  language: ["言語", "Language"],
  digest: ["まとめて送る", "Gathered"],
  none: ["お知らせの宛先はまだありません", "Nobody is told yet"],
  noneText: [
    "新しい案件、期限、再検討になった決定、危うくなった宣言などを知らせます。",
    "New cases, deadlines, decisions opened again, declarations at risk and more are told.",
  ],
  add: ["宛先を加える", "Add a subscriber"],
  save: ["加える", "Add"],
  remove: ["やめる", "Remove"],
  try: ["試す", "Try"],
  actions: ["操作", "Actions"],
  tried: [
    "送信 {sent} 件、後で再送 {later} 件、断念 {failed} 件、不明 {unsure} 件",
    "{sent} sent, {later} to be tried again, {failed} given up, {unsure} unsure",
  ],
  subject: ["件名", "Subject"],
  state: ["状態", "State"],
  changed: ["日時", "When"],
  error: ["問題", "What went wrong"],
  again: ["もう一度送る", "Send again"],
  empty: ["送信箱は空です", "The outbox is empty"],
  added: ["「{name}」に知らせます", "{name} is told from now on"],
  removed: ["「{name}」には知らせません", "{name} is told no more"],
  removedStays: [
    "宛先の秘密は画面に出ないため、元に戻すにはもう一度加えてください。",
    "Its address may hold a secret that is never shown: to have it back, add it anew.",
  ],
  any: ["すべて", "All"],
});
const channels: Record<string, readonly [string, string]> = {
  webhook: ["Webhook", "Webhook"],
  slack: ["Slack・Mattermost", "Slack, Mattermost"],
  teams: ["Teams", "Teams"],
  smtp: ["メール", "Mail"],
  syslog: ["syslog", "syslog"],
  file: ["ファイル", "File"],
};
const digests: Record<string, readonly [string, string]> = {
  none: ["すぐに", "At once"],
  daily: ["毎日", "Daily"],
  weekly: ["毎週", "Weekly"],
};
const minimums: Record<string, readonly [string, string]> = {
  defer: ["すべて", "All"],
  scheduled: ["定期対応以上", "Scheduled"],
  "out-of-cycle": ["臨時対応以上", "Out-of-cycle"],
  immediate: ["即時のみ", "Immediate"],
};
const states: Record<string, readonly [string, string]> = {
  queued: ["待機中", "Queued"],
  gathered: ["まとめ待ち", "In a digest"],
  sending: ["送信中", "Sending"],
  handing: ["引き渡し中", "Handing over"],
  sent: ["送信済み", "Sent"],
  failed: ["断念", "Given up"],
  unsure: ["不明", "Unsure"],
};

interface Subscription {
  name: string;
  channel: string;
  url?: string;
  file?: string;
  to: string[];
  party?: string;
  kinds: string[];
  digest: string;
}
interface Notice {
  key: string;
  to: string;
  subject: string;
  state: string;
  changed: string;
  error?: string;
}
interface All {
  subscriptions: Subscription[];
  rows: Notice[];
}
/** title: it goes on, and the outbox will show what comes of it. */
type Result = Record<"sent" | "later" | "failed" | "unsure", number> & { title?: string };

function Add({ etag, close, reload }: { etag: string | undefined; close: () => void; reload: () => void }) {
  const [channel, setChannel] = useState("webhook");
  const send = async (v: Record<string, string>) => {
    const { to, kinds, ...rest } = v;
    const body: Record<string, unknown> = { channel, ...filled(rest) };
    for (const [name, value] of [
      ["to", to],
      ["kinds", kinds],
    ] as const)
      if (value?.trim()) body[name] = value.trim().split(/[\s,]+/);
    const { etag: then } = await ask("POST", "/notices", { body, etag });
    tell({
      text: w("added", { name: String(body["name"]) }),
      undo: () =>
        ask("DELETE", `/notices/${encodeURIComponent(String(body["name"]))}`, { etag: then }).finally(reload),
    });
  };
  return (
    <ChangeDialog title={w("add")} button={w("save")} send={send} close={close} reload={reload} wide>
      <div class="columns">
        <Field name="name" label={w("name")} required pattern="[A-Za-z0-9\-]+" />
        <Field
          name="channel"
          label={w("channel")}
          value={channel}
          onInput={setChannel}
          options={Object.keys(channels).map((c) => ({ value: c, text: wordOr(channels, c) }))}
        />
      </div>
      {channel === "file" ? (
        <Field name="file" label={w("file")} required />
      ) : (
        <Field name="url" label={w("url")} help={w("urlHelp")} required />
      )}
      {channel === "smtp" && (
        <div class="columns">
          <Field name="from" label={w("from")} type="email" required />
          <Field name="to" label={w("recipients")} required />
        </div>
      )}
      <div class="columns">
        <Field name="party" label={w("party")} />
        <Field name="kinds" label={w("kinds")} />
      </div>
      <div class="columns">
        <Field
          name="minimum"
          label={w("minimum")}
          options={Object.keys(minimums).map((m) => ({ value: m, text: wordOr(minimums, m) }))}
        />
        <Field
          name="digest"
          label={w("digest")}
          options={Object.keys(digests).map((m) => ({ value: m, text: wordOr(digests, m) }))}
        />
        <Field
          name="language"
          label={w("language")}
          options={[
            { value: "ja", text: "日本語" },
            { value: "en", text: "English" },
          ]}
        />
      </div>
    </ChangeDialog>
  );
}

export function Notices() {
  const all = useApi<All>("/notices", { limit: 100 });
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<Result>();
  const change = useChange(all.reload);
  const send = (path: string, body?: unknown) => {
    setTold(undefined);
    void change.run(async () => setTold((await ask<Result>("POST", path, { body })).data));
  };
  const remove = (s: Subscription) =>
    void change.run(async () => {
      await ask("DELETE", `/notices/${encodeURIComponent(s.name)}`, { etag: all.etag });
      tell({ text: w("removed", { name: s.name }), final: w("removedStays") });
    });
  const who: Column<Subscription>[] = [
    { id: "name", head: w("nameShort"), cell: (s) => <strong>{s.name}</strong>, value: (s) => s.name },
    {
      id: "channel",
      head: w("channel"),
      cell: (s) => wordOr(channels, s.channel),
      value: (s) => wordOr(channels, s.channel),
    },
    {
      id: "to",
      head: w("to"),
      grow: true,
      cell: (s) => s.to.join(", ") || s.url || s.file || "–",
      value: (s) => s.to.join(", ") || s.url || s.file,
      rank: 2,
    },
    {
      id: "party",
      head: w("party"),
      cell: (s) => (s.party ? <Called kind="party" id={s.party} /> : w("any")),
      value: (s) => called("party", s.party),
      rank: 3,
    },
    {
      id: "digest",
      head: w("digest"),
      cell: (s) => wordOr(digests, s.digest),
      value: (s) => s.digest,
      rank: 3,
    },
    {
      id: "act",
      head: w("actions"),
      cell: (s) => (
        <span class="row">
          <button
            type="button"
            class="quiet"
            onClick={() => send(`/notices/${encodeURIComponent(s.name)}/try`)}
          >
            {w("try")}
          </button>
          <button type="button" class="quiet" onClick={() => remove(s)}>
            {w("remove")}
          </button>
        </span>
      ),
    },
  ];
  const box: Column<Notice>[] = [
    { id: "subject", head: w("subject"), grow: true, cell: (n) => n.subject, value: (n) => n.subject },
    { id: "to", head: w("to"), cell: (n) => n.to, value: (n) => n.to, rank: 2 },
    {
      id: "state",
      head: w("state"),
      cell: (n) => (
        <Badge
          tone={
            n.state === "sent"
              ? "good"
              : n.state === "failed"
                ? "critical"
                : n.state === "unsure"
                  ? "high"
                  : "dim"
          }
        >
          {wordOr(states, n.state)}
        </Badge>
      ),
      value: (n) => n.state,
    },
    {
      id: "changed",
      head: w("changed"),
      cell: (n) => <Moment at={n.changed} />,
      value: (n) => n.changed,
      rank: 2,
    },
    { id: "error", head: w("error"), cell: (n) => n.error ?? "", value: (n) => n.error, rank: 3 },
    {
      id: "act",
      head: w("actions"),
      cell: (n) =>
        (n.state === "failed" || n.state === "unsure") && (
          <button type="button" class="quiet" onClick={() => send("/notices/again", { key: n.key })}>
            {w("again")}
          </button>
        ),
    },
  ];
  return (
    <>
      {change.told}
      {told && (
        <Note kind={told.title || told.failed + told.unsure + told.later > 0 ? "warn" : "good"}>
          {told.title ?? w("tried", told)}
        </Note>
      )}
      <Show of={all}>
        {(d) => (
          <>
            <Section
              title={w("who")}
              flush
              tools={
                <button type="button" class="primary" onClick={() => setAdding(true)}>
                  <Icon name="plus" size={16} />
                  {w("add")}
                </button>
              }
            >
              <Table
                label={w("who")}
                name="subscriptions"
                columns={who}
                rows={d.subscriptions}
                id={(s) => s.name}
                empty={
                  <Empty icon="settings" title={w("none")}>
                    <p>{w("noneText")}</p>
                  </Empty>
                }
              />
            </Section>
            <Section title={w("outbox")} flush>
              <Table
                label={w("outbox")}
                name="outbox"
                columns={box}
                rows={d.rows}
                id={(n) => n.key}
                empty={<Empty title={w("empty")} />}
              />
            </Section>
          </>
        )}
      </Show>
      {adding && <Add etag={all.etag} close={() => setAdding(false)} reload={all.reload} />}
    </>
  );
}
