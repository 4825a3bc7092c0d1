// SPDX-License-Identifier: Apache-2.0
// What was done a moment ago, and how it is taken back: by a new statement or setting, for nothing is erased from the
// log. What cannot be taken back says so.
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/icons";
import { asProblem } from "./api";
import { words } from "./i18n";

const w = words({
  undo: ["元に戻す", "Undo"],
  undone: ["元に戻しました。どちらの記録も残ります。", "Taken back. Both records stay."],
  final: ["この操作は元に戻せません。", "This cannot be undone."],
  failed: ["元に戻せませんでした: {why}", "It could not be taken back: {why}"],
  moved: ["ほかの人が先に変更しました", "somebody else changed it since"],
  close: ["閉じる", "Close"],
  said: ["操作の結果", "What was done"],
});

export interface Done {
  text: string;
  /** Takes it back. */
  undo?: () => Promise<unknown>;
  /** There is no way back, or only another one. */
  final?: boolean | string;
}
const done = signal<(Done & { bad?: boolean }) | undefined>(undefined);
const LONG = 30_000; /* ms; time stands still while a hand or the focus is on it */

export function tell(what: Done): void {
  done.value = what;
}

export async function undo(): Promise<void> {
  const what = done.peek();
  if (!what?.undo) return;
  done.value = { text: what.text };
  try {
    await what.undo();
    done.value = { text: w("undone") };
  } catch (e) {
    const { status, message } = asProblem(e);
    done.value = { text: w("failed", { why: status === 409 ? w("moved") : message }), bad: true };
  }
}

/** Its place in the shell, there before anything is said so that it is read aloud. */
export function Told() {
  const what = done.value;
  const self = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!what || held) return;
    const end = setTimeout(() => (done.value = undefined), LONG);
    return () => clearTimeout(end);
  }, [what, held]);
  useEffect(() => {
    if (!what) setHeld(false);
  }, [what]);
  return (
    <div
      class="told-place"
      role="region"
      aria-label={w("said")}
      ref={self}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(Boolean(self.current?.contains(document.activeElement)))}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
      onKeyDown={(e) => {
        if (e.key !== "Escape") return;
        done.value = undefined;
        document.getElementById("main")?.focus({ preventScroll: true });
      }}
    >
      <div role="status">
        {what && (
          <div class={what.bad ? "told bad" : "told"}>
            <Icon name={what.bad ? "warning" : "check"} />
            <p>
              {what.text}
              {what.final && <small>{what.final === true ? w("final") : what.final}</small>}
            </p>
            {what.undo && (
              <button type="button" class="told-undo" onClick={() => void undo()}>
                {w("undo")}
              </button>
            )}
            <button
              type="button"
              class="icon-button"
              aria-label={w("close")}
              onClick={() => (done.value = undefined)}
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
