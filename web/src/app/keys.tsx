// SPDX-License-Identifier: Apache-2.0
// Everything by keyboard: what the keys do anywhere on a page, and the sheet that tells them.
import { Dialog } from "../ui/basics";
import { words } from "./i18n";
import { undo } from "./undo";

const w = words({
  title: ["キーボード操作", "Keyboard"],
  help: ["この一覧を開く", "Open this list"],
  search: ["検索する", "Search"],
  next: ["一覧の次の行へ", "The next row of a list"],
  previous: ["一覧の前の行へ", "The row before"],
  ends: ["一覧の最初・最後の行へ", "The first, the last row"],
  open: ["行を開く", "Open the row"],
  tabs: ["隣のタブへ", "The tab beside"],
  tree: ["部品表の枝を開く・閉じる", "Open or close a branch of the tree"],
  undo: ["直前の操作を元に戻す", "Undo what was just done"],
  filter: ["この一覧を絞り込む", "Filter this list"],
  escape: ["閉じる", "Close what is in front"],
  tab: ["次の項目へ", "The next control"],
});

const mac = /Mac|iP/.test(navigator.platform);
export const searchKey = mac ? "⌘K" : "Ctrl K";

export function KeySheet({ close }: { close: () => void }) {
  const rows: [keys: string[], what: string][] = [
    [["/", searchKey], w("search")],
    [["j", "↓"], w("next")],
    [["k", "↑"], w("previous")],
    [["Home", "End"], w("ends")],
    [["Enter"], w("open")],
    [["f"], w("filter")],
    [["u"], w("undo")],
    [["←", "→"], w("tabs")],
    [["→", "←"], w("tree")],
    [["Tab"], w("tab")],
    [["Esc"], w("escape")],
    [["?"], w("help")],
  ];
  return (
    <Dialog title={w("title")} onClose={close}>
      <dl class="keys">
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((k) => (
                <kbd key={k}>{k}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** The place in a list where one was, or its first row. */
function intoList(): boolean {
  const row =
    document.querySelector<HTMLElement>('main a.row-link[tabindex="0"]') ??
    document.querySelector<HTMLElement>("main a.row-link");
  row?.focus();
  return Boolean(row);
}

interface Doing {
  search: () => void;
  help: () => void;
}
/** A key that was pressed on the page and not while somebody types; true: it did something. */
export function press(e: KeyboardEvent, doing: Doing): boolean {
  if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key === "k") {
    doing.search();
    return true;
  }
  const on = e.target instanceof Element ? e.target : undefined;
  const typing = on?.matches("input, textarea, select, [contenteditable]") ?? false;
  if (typing || e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return false;
  switch (e.key) {
    case "/":
      doing.search();
      return true;
    case "?":
      doing.help();
      return true;
    case "u":
      void undo();
      return true;
    case "f": {
      const filter = document.querySelector<HTMLElement>("main .table-filter input");
      filter?.focus();
      return Boolean(filter);
    }
    case "j":
    case "k":
      return !on?.closest("a.row-link") && intoList();
  }
  return false;
}
