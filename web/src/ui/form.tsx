// SPDX-License-Identifier: Apache-2.0
// Forms: a label on everything, what went wrong beside the button, nothing typed is lost when the server refuses.
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { Problem } from "../app/api";
import { words } from "../app/i18n";
import { ProblemNote } from "./basics";

const w = words({ working: ["送信しています…", "Sending…"] });

export interface FieldProps {
  label: string;
  help?: string | undefined;
  name?: string;
  value?: string;
  type?: "text" | "password" | "search" | "email" | "date" | "number" | "url";
  required?: boolean;
  autocomplete?: string;
  onInput?: (value: string) => void;
  options?: { value: string; text: string }[];
  lines?: number;
  placeholder?: string;
  /** To choose from, or to type something else. */
  list?: (string | { value: string; text: string })[];
  min?: string | number;
  max?: string | number;
  pattern?: string;
  autofocus?: boolean;
  inputmode?: "numeric" | "text" | "search";
}
export function Field(f: FieldProps) {
  const id = useId();
  // `value` is what stands there first: when the page is drawn anew, what was typed stays.
  const [typed, setTyped] = useState(f.value);
  const value = f.onInput ? f.value : typed;
  const shared = {
    id,
    name: f.name,
    required: f.required,
    "aria-describedby": f.help ? `${id}-help` : undefined,
    onInput: (e: Event) => {
      const now = (e.currentTarget as HTMLInputElement).value;
      if (f.onInput) f.onInput(now);
      else setTyped(now);
    },
  };
  return (
    <div class="field">
      <label for={id}>{f.label}</label>
      {f.options ? (
        <select {...shared} value={value}>
          {f.options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.text}
            </option>
          ))}
        </select>
      ) : f.lines ? (
        <textarea {...shared} rows={f.lines} value={value} placeholder={f.placeholder} />
      ) : (
        <input
          {...shared}
          type={(f.type ?? "text") as "text"}
          value={value}
          autocomplete={f.autocomplete ?? "off"}
          placeholder={f.placeholder}
          list={f.list ? `${id}-list` : undefined}
          min={f.min}
          max={f.max}
          pattern={f.pattern}
          autofocus={f.autofocus}
          inputMode={f.inputmode}
        />
      )}
      {f.list && (
        <datalist id={`${id}-list`}>
          {f.list.map((v) =>
            typeof v === "string" ? (
              <option key={v} value={v} />
            ) : (
              <option key={v.value} value={v.value}>
                {v.text}
              </option>
            ),
          )}
        </datalist>
      )}
      {f.help && (
        <p class="help" id={`${id}-help`}>
          {f.help}
        </p>
      )}
    </div>
  );
}

/** Something was typed and not sent yet: such a form stays, whatever becomes meanwhile of what it is about. */
export function useTyped() {
  const [typed, setTyped] = useState(false);
  return { typed, onInput: () => setTyped(true), sent: () => setTyped(false) };
}

/** Sends what was typed; the values stay when the server refuses. */
export function Form({
  send,
  button,
  children,
  danger,
  extra,
  onInput,
}: {
  send: (values: Record<string, string>) => Promise<void>;
  button: string;
  children: ComponentChildren;
  danger?: boolean;
  extra?: ComponentChildren;
  onInput?: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = async (e: SubmitEvent) => {
    e.preventDefault();
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(e.currentTarget as HTMLFormElement))
      if (typeof value === "string") values[name] = name in values ? `${values[name]},${value}` : value;
    setBusy(true);
    setProblem(undefined);
    try {
      await send(values);
    } catch (x) {
      setProblem(x instanceof Problem ? x : new Problem(0, "bug", String(x)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="form" onInput={onInput} onSubmit={(e) => void submit(e as unknown as SubmitEvent)}>
      {children}
      {problem && <ProblemNote of={problem} />}
      <div class="form-end">
        <button type="submit" class={danger ? "danger" : "primary"} disabled={busy}>
          {busy ? w("working") : button}
        </button>
        {extra}
      </div>
    </form>
  );
}
