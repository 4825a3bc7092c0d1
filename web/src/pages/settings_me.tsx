// SPDX-License-Identifier: Apache-2.0
// Who I am and how I sign in: password, second factor, passkeys.
import { useState } from "preact/hooks";
import { Problem, ask, useApi } from "../app/api";
import { words, wordOr } from "../app/i18n";
import { makePasskey, passkeysWork, wasCancelled } from "../app/passkey";
import { has, look, me, provider } from "../app/session";
import {
  Badge,
  Called,
  Copy,
  Day,
  Dialog,
  Facts,
  Moment,
  Note,
  ProblemNote,
  Section,
  Show,
} from "../ui/basics";
import { Field, Form } from "../ui/form";
import { Icon } from "../ui/icons";
import { mayWords } from "./settings_parts";

const w = words({
  me: ["自分", "Me"],
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
  made: ["作成", "Made"],
  used: ["最後の利用", "Last used"],
  until: ["期限", "Until"],
  make: ["作る", "Make"],
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
});

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

export function Mine() {
  const who = me.value;
  if (!who) return null;
  return (
    <div class="columns">
      <Section title={w("me")}>
        <Facts
          of={[
            [w("name"), who.name],
            [w("login"), who.login ?? who.user],
            [w("party"), <Called key="party" kind="party" id={who.party} />],
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
