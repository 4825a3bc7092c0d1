// SPDX-License-Identifier: Apache-2.0
// Search over everything (Ctrl-K, ⌘K, "/"): pages at once, things as the server finds them.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { offered, title } from "../pages/list";
import { Icon } from "../ui/icons";
import { Problem, get } from "./api";
import { label, type Label, lang, words } from "./i18n";
import { go } from "./route";
import { has } from "./session";

const w = words({
  search: ["検索", "Search"],
  hint: ["CVE、パッケージ、製品、案件、組織…", "CVE, package, product, case, party…"],
  page: ["ページ", "Page"],
  none: ["見つかりません", "Nothing found"],
  ask: ["影響を調べる", "Ask for the impact of"],
  product: ["製品", "Product"],
  release: ["リリース", "Release"],
  component: ["部品", "Component"],
  case: ["案件", "Case"],
  party: ["組織", "Party"],
  vulnerability: ["脆弱性", "Vulnerability"],
  service: ["サービス", "Service"],
  deployment: ["稼働先", "Deployment"],
});

export interface Found {
  kind: string;
  id: string;
  title?: Label;
  name?: string;
}
interface Choice {
  kind: string;
  text: string;
  more?: string;
  href: string;
}

function hrefOf(f: Found): string {
  const id = encodeURIComponent(f.id);
  switch (f.kind) {
    case "case":
      return `/cases/${id}`;
    case "product":
      return `/products/${id}`;
    case "release":
      return `/products/release?name=${id}`;
    case "component":
    case "package":
      return `/components/one?purl=${id}`;
    default:
      return `/impact?q=${id}`;
  }
}
function kindOf(kind: string): string {
  switch (kind) {
    case "product":
    case "release":
    case "component":
    case "case":
    case "party":
    case "service":
    case "deployment":
      return w(kind);
    case "flaw":
    case "vulnerability":
    case "advisory":
      return w("vulnerability");
    case "package":
      return w("component");
    default:
      return kind;
  }
}

export function Search({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found[]>([]);
  const [at, setAt] = useState(0);
  const language = lang.value;
  useEffect(() => {
    const from = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (from instanceof HTMLElement && from.isConnected && from !== document.body)
        from.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    setAt(0);
    const q = text.trim();
    if (q.length < 2 || !has("GET /search")) {
      setFound([]);
      return;
    }
    const stop = new AbortController();
    const wait = setTimeout(() => {
      get<{ rows?: Found[] }>("/search", { q, limit: 20 }, stop.signal).then(
        (d) => setFound(d.rows ?? []),
        (e: unknown) => e instanceof Problem && setFound([]),
      );
    }, 120);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [text, language]);

  const wanted = text.trim().toLowerCase();
  const choices: Choice[] = [
    ...offered()
      .filter((p) => !wanted || title(p.id).toLowerCase().includes(wanted) || p.id.includes(wanted))
      .map((p) => ({ kind: w("page"), text: title(p.id), href: p.path })),
    ...found.map((f) => ({
      kind: kindOf(f.kind),
      text: label(f.title) || f.name || f.id,
      ...((label(f.title) || f.name) && { more: f.id }),
      href: hrefOf(f),
    })),
    ...(wanted.length > 2 && has("GET /impact")
      ? [{ kind: w("ask"), text: text.trim(), href: `/impact?q=${encodeURIComponent(text.trim())}` }]
      : []),
  ];
  const pick = (c: Choice | undefined) => {
    if (!c) return;
    close();
    setTimeout(() => go(c.href)); /* the dialog gives the focus back first; the page takes it then */
  };
  const key = (e: KeyboardEvent) => {
    const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (step) {
      e.preventDefault();
      setAt((n) => (n + step + choices.length) % Math.max(1, choices.length));
    } else if (e.key === "Enter" && !e.isComposing) {
      e.preventDefault();
      pick(choices[at]);
    }
  };
  useEffect(() => {
    document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <dialog
      class="palette"
      ref={dialog}
      aria-label={w("search")}
      onCancel={(e) => {
        e.preventDefault();
        close();
      }}
      onClick={(e) => e.target === dialog.current && close()}
    >
      <div class="palette-ask">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={choices.length ? `${list}-${at}` : undefined}
          aria-label={w("search")}
          placeholder={w("hint")}
          value={text}
          autofocus
          onInput={(e) => setText(e.currentTarget.value)}
          onKeyDown={key}
        />
        <kbd>Esc</kbd>
      </div>
      <ul role="listbox" id={list} class="palette-list" aria-label={w("search")}>
        {choices.map((c, i) => (
          <li
            key={c.kind + c.href}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === at}
            onMouseMove={() => setAt(i)}
            onClick={() => pick(c)}
          >
            <span class="palette-kind">{c.kind}</span>
            <span class="palette-text">{c.text}</span>
            {c.more && <span class="dim">{c.more}</span>}
          </li>
        ))}
      </ul>
      {!choices.length && <p class="palette-none dim">{w("none")}</p>}
    </dialog>
  );
}
