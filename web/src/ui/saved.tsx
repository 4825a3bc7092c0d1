// SPDX-License-Identifier: Apache-2.0
// Filters that somebody gave a name: a row of chips above a list. They are the query of the address, so that each is a
// link too; the names are kept in this browser, for each user by themselves.
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { words } from "../app/i18n";
import { place } from "../app/route";
import { me } from "../app/session";
import { tell } from "../app/undo";
import { Dialog } from "./basics";
import { Field, Form } from "./form";
import { Icon } from "./icons";

const w = words({
  saved: ["保存した絞り込み", "Saved filters"],
  save: ["この絞り込みを保存", "Save this filter"],
  name: ["名前", "Name"],
  help: [
    "この一覧の上に並びます。このブラウザーに保存されます。",
    "It will stand above this list. It is kept in this browser.",
  ],
  button: ["保存", "Save"],
  remove: ["「{name}」を外す", "Remove “{name}”"],
  removed: ["「{name}」を外しました", "“{name}” is removed"],
  kept: ["「{name}」を保存しました", "“{name}” is saved"],
});

export interface Saved {
  name: string;
  query: string;
}
const MOST = 20; /* for a page */

const key = () => `akashi.filters.${me.value?.user ?? ""}`;
type All = Record<string, Saved[]>;
function read(): All {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(key()) ?? "{}");
    return all && typeof all === "object" ? (all as All) : {};
  } catch {
    return {};
  }
}
const changes = signal(0);
function write(page: string, list: Saved[]): void {
  try {
    localStorage.setItem(key(), JSON.stringify({ ...read(), [page]: list.slice(-MOST) }));
  } catch {
    // Storage may be refused or full: the link still says all.
  }
  changes.value++;
}

/** of: the arguments of the address that are filters; fixed: those that everybody has. */
export function SavedFilters({ of, fixed = [] }: { of: string[]; fixed?: Saved[] }) {
  const [naming, setNaming] = useState(false);
  const { pathname, searchParams } = place.value;
  const canonical = (from: URLSearchParams) =>
    of
      .filter((f) => from.get(f))
      .map((f) => `${f}=${encodeURIComponent(from.get(f) ?? "")}`)
      .join("&");
  const now = canonical(searchParams);
  const own = changes.value >= 0 ? (read()[pathname] ?? []) : [];
  const isNow = (s: Saved) => canonical(new URLSearchParams(s.query)) === now;
  const known = [...fixed, ...own].some(isNow);
  if (!fixed.length && !own.length && !now) return null;
  const remove = (s: Saved) => {
    write(
      pathname,
      own.filter((x) => x.name !== s.name),
    );
    tell({ text: w("removed", { name: s.name }), undo: async () => write(pathname, own) });
  };
  return (
    <nav class="chips" aria-label={w("saved")}>
      {[...fixed, ...own].map((s, i) => (
        <span key={s.name} class={isNow(s) ? "chip on" : "chip"}>
          <a
            aria-current={isNow(s) ? "true" : undefined}
            href={isNow(s) ? pathname : `${pathname}?${s.query}`}
          >
            {s.name}
          </a>
          {i >= fixed.length && (
            <button
              type="button"
              class="chip-end"
              aria-label={w("remove", { name: s.name })}
              title={w("remove", { name: s.name })}
              onClick={() => remove(s)}
            >
              <Icon name="close" size={13} />
            </button>
          )}
        </span>
      ))}
      {now && !known && (
        <button type="button" class="chip add" onClick={() => setNaming(true)}>
          <Icon name="plus" size={14} />
          {w("save")}
        </button>
      )}
      {naming && (
        <Dialog title={w("save")} onClose={() => setNaming(false)}>
          <Form
            button={w("button")}
            send={async (v) => {
              const name = (v["name"] ?? "").trim();
              write(pathname, [...own.filter((x) => x.name !== name), { name, query: now }]);
              setNaming(false);
              tell({ text: w("kept", { name }), undo: async () => write(pathname, own) });
            }}
          >
            <Field name="name" label={w("name")} help={w("help")} required pattern=".*\S.*" autofocus />
          </Form>
        </Dialog>
      )}
    </nav>
  );
}
