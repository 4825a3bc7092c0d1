// SPDX-License-Identifier: Apache-2.0
// One thing, changed in a dialog. Only what was changed is sent, with the version it was changed on (If-Match). When
// somebody else was faster, both versions stand side by side, nothing typed is lost, and what was not touched is theirs.
import type { ComponentChildren } from "preact";
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { asProblem } from "../app/api";
import { words } from "../app/i18n";
import { Dialog, Note } from "./basics";
import { Field, type FieldProps, Form } from "./form";

const w = words({
  changed: [
    "開いている間に、ほかの人が変更しました。入力した内容は残っています。両方を見比べて、もう一度送ってください。",
    "Somebody else changed it meanwhile. What you typed is still here. Look at both versions, then send it again.",
  ],
  both: ["二つの内容", "Both versions"],
  what: ["項目", "Field"],
  theirs: ["現在の内容", "As it is now"],
  yours: ["あなたの入力", "What you typed"],
  same: ["変更なし", "not changed"],
  empty: ["なし", "nothing"],
});

/** What there is of a thing: the text of each part, and which version it is. */
export interface Present {
  values: Record<string, string>;
  etag: string;
}
export interface Part extends Omit<FieldProps, "name" | "value" | "onInput"> {
  name: string;
  /** In place of a field. */
  made?: (value: string) => ComponentChildren;
  /** What people read, where the value is for programs. */
  shown?: (value: string) => string;
}

const changes = (typed: Record<string, string>, before: Record<string, string>) =>
  Object.fromEntries(Object.entries(typed).filter(([name, value]) => value.trim() !== (before[name] ?? "")));

function shownOf(part: Part, value: string): string {
  if (!value) return w("empty");
  return part.shown?.(value) ?? part.options?.find((o) => o.value === value)?.text ?? value;
}

type Line = { part: Part; theirs: string; yours: string | undefined };
function Both({ of }: { of: Line[] }) {
  return (
    <table class="table both">
      <caption class="hidden">{w("both")}</caption>
      <thead>
        <tr>
          {(["what", "theirs", "yours"] as const).map((k) => (
            <th key={k} scope="col">
              {w(k)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {of.map(({ part, theirs, yours }) => (
          <tr key={part.name}>
            <th scope="row">{part.label}</th>
            <td>{shownOf(part, theirs)}</td>
            <td>{yours === undefined ? <span class="dim">{w("same")}</span> : shownOf(part, yours)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function EditDialog({
  title,
  button,
  parts,
  now,
  read,
  send,
  close,
  changed,
  wide,
}: {
  title: string;
  button: string;
  parts: Part[];
  now: Present;
  /** What a refusal says of the present version. */
  read: (current: unknown) => Present;
  send: (changes: Record<string, string>, on: Present) => Promise<void>;
  close: () => void;
  changed?: string;
  wide?: boolean;
}) {
  const [base, setBase] = useState(now);
  const [lines, setLines] = useState<Line[]>();
  const [round, setRound] = useState<Record<string, number>>({});
  const submit = async (typed: Record<string, string>) => {
    const mine = changes(typed, base.values);
    if (!Object.keys(mine).length) return close();
    try {
      await send(mine, base);
      close();
    } catch (e) {
      const { status, more } = asProblem(e);
      if ((status !== 409 && status !== 412) || more["current"] === undefined) throw e;
      const then = read(more["current"]);
      const at = (name: string) => then.values[name] ?? "";
      const moved = parts.filter((p) => at(p.name) !== (base.values[p.name] ?? ""));
      setLines(
        parts
          .filter((p) => moved.includes(p) || (mine[p.name] !== undefined && mine[p.name] !== at(p.name)))
          .map((part) => ({ part, theirs: at(part.name), yours: mine[part.name] })),
      );
      // What was typed stays; the others are drawn anew with what stands there now.
      setRound((r) => ({
        ...r,
        ...Object.fromEntries(
          moved.filter((p) => mine[p.name] === undefined).map((p) => [p.name, (r[p.name] ?? 0) + 1]),
        ),
      }));
      setBase(then);
    }
  };
  return (
    <Dialog title={title} onClose={close} {...(wide && { wide })}>
      {lines && (
        <Note kind="warn">
          <p>{changed ?? w("changed")}</p>
          <Both of={lines} />
        </Note>
      )}
      <Form button={button} send={submit}>
        <div class={wide ? "edit-fields two" : "edit-fields"}>
          {parts.map(({ made, shown: _, ...part }) => (
            <Fragment key={`${part.name} ${round[part.name] ?? 0}`}>
              {made ? (
                made(base.values[part.name] ?? "")
              ) : (
                <Field {...part} value={base.values[part.name] ?? ""} />
              )}
            </Fragment>
          ))}
        </div>
      </Form>
    </Dialog>
  );
}

/** Some of a few: what is chosen stands in one value, with ";" between. */
export function Several({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string;
  options: { value: string; text: string }[];
}) {
  const [chosen, setChosen] = useState(value.split(";").filter(Boolean));
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <div class="row">
        {options.map((o) => (
          <label key={o.value} class="check">
            <input
              type="checkbox"
              checked={chosen.includes(o.value)}
              onChange={(e) =>
                setChosen(
                  e.currentTarget.checked ? [...chosen, o.value] : chosen.filter((x) => x !== o.value),
                )
              }
            />
            {o.text}
          </label>
        ))}
      </div>
      <input
        type="hidden"
        name={name}
        value={options
          .map((o) => o.value)
          .filter((v) => chosen.includes(v))
          .join(";")}
      />
    </fieldset>
  );
}
