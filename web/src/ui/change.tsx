// SPDX-License-Identifier: Apache-2.0
// Changing what others may change meanwhile: whoever was slower is told, and loses nothing of what they typed.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Problem, asProblem } from "../app/api";
import { words } from "../app/i18n";
import { Dialog, Note, ProblemNote } from "./basics";
import { Form } from "./form";

const w = words({
  file: [
    "開いている間に akashi.toml が変更されました。入力した内容は残っています。最新の状態を確かめてから、もう一度送ってください。",
    "akashi.toml was changed meanwhile. What you typed is still here. Look at the present state, then send it again.",
  ],
});

/** Runs it; false: somebody else was faster. */
export async function unlessChanged(doing: Promise<unknown>): Promise<boolean> {
  try {
    await doing;
    return true;
  } catch (e) {
    if (e instanceof Problem && (e.status === 409 || e.status === 412)) return false;
    throw e;
  }
}

export function Changed({ text }: { text?: string | undefined }) {
  return <Note kind="warn">{text ?? w("file")}</Note>;
}

/** What was typed, without the fields that were left empty. */
export function filled(values: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

/** A dialog with one form in it, that closes when the change is made. */
export function ChangeDialog({
  title,
  button,
  send,
  close,
  reload,
  changed,
  wide,
  children,
}: {
  title: string;
  button: string;
  send: (values: Record<string, string>) => Promise<unknown>;
  close: () => void;
  /** The present state is fetched, also when somebody was faster. */
  reload: () => void;
  changed?: string;
  wide?: boolean;
  children: ComponentChildren;
}) {
  const [conflict, setConflict] = useState(false);
  return (
    <Dialog title={title} onClose={close} {...(wide && { wide })}>
      {conflict && <Changed text={changed} />}
      <Form
        button={button}
        send={async (v) => {
          const good = await unlessChanged(send(v));
          setConflict(!good);
          reload();
          if (good) close();
        }}
      >
        {children}
      </Form>
    </Dialog>
  );
}

/** A change by one button: what went wrong, to be shown, and how to run it. */
export function useChange(reload: () => void) {
  const [problem, setProblem] = useState<Problem>();
  const [conflict, setConflict] = useState(false);
  const run = async (doing: () => Promise<unknown>): Promise<boolean> => {
    setProblem(undefined);
    try {
      const good = await unlessChanged(doing());
      setConflict(!good);
      reload();
      return good;
    } catch (e) {
      setProblem(asProblem(e));
      return false;
    }
  };
  return {
    run,
    told: (
      <>
        {problem && <ProblemNote of={problem} />}
        {conflict && <Changed />}
      </>
    ),
  };
}
