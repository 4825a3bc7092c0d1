// SPDX-License-Identifier: Apache-2.0
// Signing in, and the first start: whoever holds the one-time link becomes the administrator.
import { useState } from "preact/hooks";
import { Field, Form } from "../ui/form";
import { Note, ProblemNote } from "../ui/basics";
import { Icon } from "../ui/icons";
import { Problem, ask } from "./api";
import { words } from "./i18n";
import { go, place } from "./route";
import { passkeysWork, signInByPasskey, wasCancelled } from "./passkey";
import { expired, first, look, provider, ways } from "./session";

const w = words({
  title: ["サインイン", "Sign in"],
  again: ["もう一度サインインしてください", "Sign in again"],
  againText: [
    "セッションが終わりました。開いているページと入力した内容はそのままです。",
    "Your session has ended. The page and what you typed are still here.",
  ],
  user: ["利用者名", "User name"],
  password: ["パスワード", "Password"],
  code: ["認証アプリの 6 桁のコード", "6-digit code of your authenticator"],
  enter: ["サインイン", "Sign in"],
  first: ["はじめに", "Welcome"],
  firstText: [
    "この Akashi の管理者を決めます。リンクは一度だけ使えます。",
    "Set up the administrator of this Akashi. The link works once.",
  ],
  key: ["起動時に表示された鍵", "Key printed at the start"],
  name: ["表示名", "Name"],
  passwordNew: ["パスワード(12 文字以上)", "Password (at least 12 characters)"],
  passwordAgain: ["パスワード(確認)", "Password again"],
  differ: ["二つのパスワードが違います", "The two passwords differ"],
  begin: ["管理者になる", "Become the administrator"],
  tagline: ["ソフトウェアの「証」", "Proof of software"],
  keyHelp: [
    "akashi serve が起動時に表示しています。再起動すると変わります。",
    "akashi serve prints it when it starts; it changes with each start.",
  ],
  passkey: ["パスキーでサインイン", "Sign in with a passkey"],
  provider: ["{name} でサインイン", "Sign in with {name}"],
  or: ["または", "or"],
  odd: ["この端末のパスキーを使えません", "The passkey of this device cannot be used"],
  oidcAgain: [
    "時間がかかりすぎたか、別の画面で始められました。もう一度サインインしてください。",
    "It took too long, or was begun in another window. Sign in again.",
  ],
  oidcRefused: ["サインインは先方で断られました。", "The provider refused to sign you in."],
  oidcProvider: [
    "認証プロバイダーの答えを確かめられませんでした。管理者に知らせてください。",
    "The provider's answer could not be checked. Tell an administrator.",
  ],
  oidcUser: [
    "ここには、その人の利用者がいません。管理者に招待を頼んでください。",
    "Nobody here belongs to that account. Ask an administrator for an invitation.",
  ],
  join: ["パスワードを決める", "Set your password"],
  joinText: ["招待されています。パスワードを決めてください。", "You were invited. Choose a password."],
});

export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M9 9.5h14M16 9.5v13M16 16h6M10.5 15.5v7M8.5 22.5h15" />
    </svg>
  );
}

const oidcWords = {
  again: "oidcAgain",
  refused: "oidcRefused",
  provider: "oidcProvider",
  user: "oidcUser",
} as const;

/** What became of the way to the provider: "#oidc=user". */
function cameBack(): string {
  const why = /^#oidc=(\w+)$/.exec(place.value.hash)?.[1] ?? "";
  return why in oidcWords ? w(oidcWords[why as keyof typeof oidcWords]) : "";
}

/** Without a password. */
function OtherWays() {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const passkey = ways.value.includes("passkey") && passkeysWork();
  const other = ways.value.includes("oidc");
  if (!passkey && !other) return null;
  const run = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await signInByPasskey();
      await look();
    } catch (e) {
      if (e instanceof Problem) setProblem(e);
      else if (!wasCancelled(e)) setProblem(new Problem(0, "passkey", w("odd")));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="other-ways">
      <p class="or">
        <span>{w("or")}</span>
      </p>
      {problem && <ProblemNote of={problem} />}
      {passkey && (
        <button type="button" class="secondary" disabled={busy} onClick={() => void run()}>
          <Icon name="key" size={16} />
          {w("passkey")}
        </button>
      )}
      {other && (
        <a class="button secondary" href="/api/v1/session/oidc">
          {w("provider", { name: provider.value || "OpenID" })}
        </a>
      )}
    </div>
  );
}

export function SignInForm() {
  const [totp, setTotp] = useState(false);
  const send = async (v: Record<string, string>) => {
    const { data } = await ask<{ next?: string }>("POST", "/session", {
      body: { user: v["user"], password: v["password"], ...(v["code"] && { code: v["code"] }) },
    });
    if (data.next === "totp") setTotp(true);
    else await look();
  };
  return (
    <>
      {expired.value && <Note>{w("againText")}</Note>}
      {cameBack() && <Note kind="warn">{cameBack()}</Note>}
      <Form send={send} button={w("enter")}>
        <Field name="user" label={w("user")} required autocomplete="username" autofocus />
        <Field
          name="password"
          label={w("password")}
          type="password"
          required
          autocomplete="current-password"
        />
        {totp && (
          <Field
            name="code"
            label={w("code")}
            required
            inputmode="numeric"
            autocomplete="one-time-code"
            autofocus
          />
        )}
      </Form>
      {!totp && <OtherWays />}
    </>
  );
}

/** "#first=KEY", "#join=KEY": behind the "#" it is in no server's log. */
function keyFor(what: "first" | "join"): string {
  const at = place.value.hash;
  return at.startsWith(`#${what}=`) ? decodeURIComponent(at.slice(what.length + 2)) : "";
}

function NewPassword() {
  return (
    <>
      <Field name="password" label={w("passwordNew")} type="password" required autocomplete="new-password" />
      <Field name="again" label={w("passwordAgain")} type="password" required autocomplete="new-password" />
    </>
  );
}
function same(v: Record<string, string>): void {
  if (v["password"] !== v["again"]) throw new Problem(0, "differ", w("differ"));
}

function FirstForm() {
  const key = keyFor("first");
  const send = async (v: Record<string, string>) => {
    same(v);
    await ask("POST", "/first", {
      body: {
        key: key || v["key"],
        user: v["user"],
        ...(v["name"] && { name: v["name"] }),
        password: v["password"],
      },
    });
    go("/", true);
    await look();
  };
  return (
    <Form send={send} button={w("begin")}>
      <p>{w("firstText")}</p>
      {!key && <Field name="key" label={w("key")} help={w("keyHelp")} required />}
      <Field name="user" label={w("user")} required autocomplete="username" autofocus />
      <Field name="name" label={w("name")} autocomplete="name" />
      <NewPassword />
    </Form>
  );
}

function JoinForm() {
  const key = keyFor("join");
  const send = async (v: Record<string, string>) => {
    same(v);
    await ask("POST", "/join", { body: { key, password: v["password"] } });
    go("/", true);
    await look();
  };
  return (
    <Form send={send} button={w("join")}>
      <p>{w("joinText")}</p>
      <NewPassword />
    </Form>
  );
}

export function SignIn() {
  const what = keyFor("join") ? "join" : first.value || keyFor("first") ? "first" : "title";
  return (
    <main class="gate" id="main">
      <div class="gate-card">
        <div class="gate-brand">
          <Logo />
          <div>
            <p class="gate-name">Akashi</p>
            <p class="sub">{w("tagline")}</p>
          </div>
        </div>
        <h1>{w(what)}</h1>
        {what === "join" ? <JoinForm /> : what === "first" ? <FirstForm /> : <SignInForm />}
      </div>
    </main>
  );
}
export const againTitle = () => w("again");
