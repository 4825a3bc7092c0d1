// SPDX-License-Identifier: Apache-2.0
// What is around every page: navigation, search, language, theme, who is signed in.
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { offered, pageAt, title, type Page } from "../pages/list";
import { Dialog, Head, Note, ProblemNote, Waiting } from "../ui/basics";
import { Icon } from "../ui/icons";
import { Problem, ask, away, readOnly } from "./api";
import { lang, setLang, words } from "./i18n";
import { called } from "./names";
import { KeySheet, press, searchKey } from "./keys";
import { go, path } from "./route";
import { Search } from "./search";
import { expired, has, look, me, unreachable } from "./session";
import { Logo, SignIn, SignInForm, againTitle } from "./signin";
import { dark, setDark } from "./theme";
import { Told } from "./undo";

const w = words({
  skip: ["本文へ移動", "Skip to the content"],
  navigation: ["メニュー", "Menu"],
  search: ["検索", "Search"],
  other: ["English", "日本語"],
  dark: ["暗い画面にする", "Dark"],
  light: ["明るい画面にする", "Light"],
  keys: ["キーボード操作 (?)", "Keyboard (?)"],
  signOut: ["サインアウト", "Sign out"],
  missing: ["このページはありません", "There is no such page"],
  missingText: ["メニューから選ぶか、検索してください。", "Choose from the menu, or search."],
  nothing: ["このサーバーにはまだ表示できるページがありません", "This server has no pages to show yet"],
  readOnly: [
    "ディスクの空きがないため、今は書き込めません。閲覧はできます。空きができると自動で元に戻ります。",
    "The disk is full: nothing can be written now, reading works. It recovers by itself once there is room.",
  ],
  serverAway: [
    "サーバーに接続できません。つながりしだい、自動で続けます。入力した内容は残っています。",
    "The server cannot be reached. This page goes on by itself once it can; nothing you typed is lost.",
  ],
  databaseAway: [
    "サーバーがデータベースに接続できません。戻りしだい、自動で続けます。入力した内容は残っています。",
    "The server cannot reach its database. This page goes on by itself once it can; nothing you typed is lost.",
  ],
  failed: ["ページを読み込めません", "The page cannot be loaded"],
  failedHint: [
    "Akashi が新しくなった可能性があります。再読み込みしてください。",
    "Akashi may have been upgraded. Load the page again.",
  ],
});

function Tools({ keys }: { keys?: () => void }) {
  return (
    <div class="tools">
      <button
        type="button"
        class="tool"
        lang={lang.value === "ja" ? "en" : "ja"}
        onClick={() => setLang(lang.value === "ja" ? "en" : "ja")}
      >
        {w("other")}
      </button>
      <button
        type="button"
        class="tool"
        aria-label={dark.value ? w("light") : w("dark")}
        title={dark.value ? w("light") : w("dark")}
        onClick={() => setDark(!dark.value)}
      >
        <Icon name={dark.value ? "sun" : "moon"} />
      </button>
      {keys && (
        <button
          type="button"
          class="tool keys-button"
          aria-label={w("keys")}
          title={w("keys")}
          onClick={keys}
        >
          <Icon name="keyboard" />
        </button>
      )}
    </div>
  );
}

function Navigation({ now }: { now: Page | undefined }) {
  return (
    <ul class="nav-list">
      {offered().map((p) => (
        <li key={p.id}>
          <a href={p.path} aria-current={p === now ? "page" : undefined}>
            <Icon name={p.icon} />
            <span>{title(p.id)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Content({ page }: { page: Page }) {
  const [loaded, setLoaded] = useState<{ of: Page; view: FunctionComponent }>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    let gone = false;
    setProblem(undefined);
    page.load().then(
      (m) => !gone && setLoaded({ of: page, view: m.default }),
      () => !gone && setProblem(new Problem(0, "load", w("failed"), undefined, w("failedHint"))),
    );
    return () => {
      gone = true;
    };
  }, [page]);
  if (problem) return <ProblemNote of={problem} again={() => location.reload()} />;
  if (!loaded || loaded.of !== page) return <Waiting rows={10} />;
  const View = loaded.view;
  return <View />;
}

async function signOut() {
  try {
    await ask("DELETE", "/session");
  } finally {
    me.value = null;
    go("/");
  }
}

export function Shell() {
  const [menu, setMenu] = useState(false);
  const [search, setSearch] = useState(false);
  const [help, setHelp] = useState(false);
  const at = path.value;
  const who = me.value;
  useEffect(() => setMenu(false), [at]);
  // The form that one signed in with is gone, and the focus with it.
  const signed = Boolean(who);
  const asked = useRef(false);
  useEffect(() => {
    if (who === null) asked.current = true;
    if (!signed || !asked.current) return;
    asked.current = false;
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [who]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (e.key === "Escape") setMenu(false);
      else if (me.peek() && press(e, { search: () => setSearch(true), help: () => setHelp(true) }))
        e.preventDefault();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  if (unreachable.value)
    return (
      <main class="gate" id="main">
        <div class="gate-card">
          <ProblemNote of={unreachable.value} again={() => void look()} />
        </div>
      </main>
    );
  if (who === undefined) return <div class="gate" aria-busy="true" />;
  if (who === null)
    return (
      <>
        <div class="gate-tools">
          <Tools />
        </div>
        <SignIn />
      </>
    );
  const first = offered()[0];
  const page = pageAt(at) ?? (at === "/" ? first : undefined);
  return (
    <div class={menu ? "shell open" : "shell"}>
      <a class="skip" href="#main">
        {w("skip")}
      </a>
      <header class="top">
        <button
          type="button"
          class="tool menu-button"
          aria-label={w("navigation")}
          aria-expanded={menu}
          aria-controls="nav"
          onClick={() => setMenu(!menu)}
        >
          <Icon name={menu ? "close" : "menu"} />
        </button>
        <a class="brand" href="/">
          <Logo />
          <span>Akashi</span>
        </a>
        <button type="button" class="search-button" onClick={() => setSearch(true)}>
          <Icon name="search" size={16} />
          <span>{w("search")}</span>
          <kbd aria-hidden="true">{searchKey}</kbd>
        </button>
        <Tools keys={() => setHelp(true)} />
      </header>
      <nav class="nav" id="nav" aria-label={w("navigation")}>
        <Navigation now={page} />
        <div class="nav-end">
          <p class="who">
            <strong>{who.name || who.user}</strong>
            <span class="dim" title={who.party}>
              {called("party", who.party)}
            </span>
          </p>
          {has("DELETE /session") && (
            <button
              type="button"
              class="tool"
              aria-label={w("signOut")}
              title={w("signOut")}
              onClick={() => void signOut()}
            >
              <Icon name="out" />
            </button>
          )}
        </div>
      </nav>
      <main class="main" id="main" tabIndex={-1}>
        {away.value && <Note kind="bad">{w(away.value === "server" ? "serverAway" : "databaseAway")}</Note>}
        {readOnly.value && <Note kind="warn">{w("readOnly")}</Note>}
        {page ? (
          <Content page={page} />
        ) : first ? (
          <div class="missing">
            <Head title={w("missing")} sub={w("missingText")} />
          </div>
        ) : (
          <Note>{w("nothing")}</Note>
        )}
      </main>
      <Told />
      {search && <Search close={() => setSearch(false)} />}
      {help && <KeySheet close={() => setHelp(false)} />}
      {expired.value && (
        <Dialog title={againTitle()}>
          <SignInForm />
        </Dialog>
      )}
    </div>
  );
}
