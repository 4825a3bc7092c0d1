// SPDX-License-Identifier: Apache-2.0
// Small parts that every page is made of.
import { Fragment, type ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type Asked, Problem } from "../app/api";
import { day, fromNow, lang, moment, number, words } from "../app/i18n";
import { type Kind, called } from "../app/names";
import { argument, setArguments } from "../app/route";
import { Icon, type IconName } from "./icons";

const w = words({
  where: ["場所", "Where"],
  again: ["もう一度", "Try again"],
  close: ["閉じる", "Close"],
  loading: ["読み込んでいます…", "Loading…"],
  copy: ["コピー", "Copy"],
  others: ["ほか {n} 件を表示", "and {n} more"],
});

/** The head of a page. The document's title follows it. */
export function Head({
  title,
  sub,
  children,
}: {
  title: string;
  sub?: ComponentChildren;
  children?: ComponentChildren;
}) {
  const language = lang.value;
  useEffect(() => {
    document.title = `${title} · Akashi`;
  }, [title, language]);
  return (
    <header class="head">
      <div class="head-text">
        <h1>{title}</h1>
        {sub && <p class="sub">{sub}</p>}
      </div>
      {children && <div class="head-tools">{children}</div>}
    </header>
  );
}

export function Section({
  title,
  tools,
  children,
  id,
  flush,
}: {
  title?: string;
  tools?: ComponentChildren;
  children: ComponentChildren;
  id?: string;
  flush?: boolean;
}) {
  const name = useId();
  return (
    <section class={flush ? "card flush" : "card"} id={id} aria-labelledby={title ? name : undefined}>
      {title && (
        <div class="card-head">
          <h2 id={name}>{title}</h2>
          {tools && <div class="card-tools">{tools}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

export function ProblemNote({ of, again }: { of: Problem; again?: () => void }) {
  return (
    <div class="note bad" role="alert">
      <Icon name="warning" />
      <div>
        <p class="note-title">{of.message}</p>
        {of.where && (
          <p>
            {w("where")}: <code>{of.where}</code>
          </p>
        )}
        {of.hint && <p>{of.hint}</p>}
        {again && (
          <p>
            <button type="button" class="quiet" onClick={again}>
              {w("again")}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

export function Note({
  kind = "info",
  children,
}: {
  kind?: "info" | "good" | "warn" | "bad";
  children: ComponentChildren;
}) {
  return (
    <div class={`note ${kind}`} role="status">
      <Icon name={kind === "good" ? "check" : "warning"} />
      <div>{children}</div>
    </div>
  );
}

/** What there is not, and what to do first. */
export function Empty({
  icon,
  title,
  children,
}: {
  icon?: IconName;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      {icon && <Icon name={icon} size={30} />}
      <p class="empty-title">{title}</p>
      {children && <div class="empty-text">{children}</div>}
    </div>
  );
}

/** Room for what is being loaded, so that nothing jumps. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <div class="waiting" role="status">
      <span class="hidden">{w("loading")}</span>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} class="bone" />
      ))}
    </div>
  );
}

/** The three states of a question: waiting, refused, answered. */
export function Show<T>({
  of,
  rows,
  children,
}: {
  of: Asked<T>;
  rows?: number;
  children: (data: T) => ComponentChildren;
}) {
  if (of.problem && of.data === undefined) return <ProblemNote of={of.problem} again={of.reload} />;
  if (of.data === undefined) return <Waiting {...(rows !== undefined && { rows })} />;
  return (
    <div class={of.loading ? "stack stale" : "stack"} aria-busy={of.loading}>
      {of.problem && <ProblemNote of={of.problem} again={of.reload} />}
      {children(of.data)}
    </div>
  );
}

export type Tone = "plain" | "critical" | "high" | "medium" | "low" | "good" | "info" | "dim";
export function Badge({
  tone = "plain",
  children,
  title,
}: {
  tone?: Tone;
  children: ComponentChildren;
  title?: string;
}) {
  return (
    <span class={`badge ${tone}`} title={title}>
      {children}
    </span>
  );
}

export function Day({ at }: { at: string | undefined }) {
  if (!at) return <span class="dim">–</span>;
  return (
    <time dateTime={at} title={moment(at)} class="num">
      {day(at)}
    </time>
  );
}
export function Moment({ at }: { at: string | undefined }) {
  if (!at) return <span class="dim">–</span>;
  return (
    <time dateTime={at} class="num">
      {moment(at)}
    </time>
  );
}
/** A deadline: how long until then, red when it is over. */
export function Due({ at }: { at: string | undefined }) {
  if (!at) return <span class="dim">–</span>;
  const left = new Date(at).getTime() - Date.now();
  const tone = left < 0 ? "over" : left < 2 * 86400e3 ? "soon" : "later";
  return (
    <time dateTime={at} title={moment(at)} class={`due ${tone}`}>
      {fromNow(at)}
    </time>
  );
}
export function Num({ of }: { of: number | undefined }) {
  return <span class="num">{of === undefined ? "–" : number(of)}</span>;
}

/** A row of figures. */
export function Figures({
  of,
}: {
  of: { name: string; value: ComponentChildren; more?: ComponentChildren; tone?: Tone; href?: string }[];
}) {
  return (
    <dl class="figures">
      {of.map((f) => (
        <div key={f.name} class={`figure ${f.tone ?? ""}`}>
          <dt>{f.name}</dt>
          <dd>
            {f.href ? <a href={f.href}>{f.value}</a> : f.value}
            {f.more && <small>{f.more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Names and values. */
export function Facts({
  of,
}: {
  of: ([name: string, value: ComponentChildren] | false | undefined | null | "")[];
}) {
  return (
    <dl class="facts">
      {of.map(
        (f) =>
          f && (
            <div key={f[0]}>
              <dt>{f[0]}</dt>
              <dd>{f[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Tabs whose choice is part of the address (?tab=). */
export function Tabs({
  of,
  label,
  name = "tab",
}: {
  of: { id: string; title: string; count?: number | null | undefined }[] /* null: not known yet */;
  label: string;
  name?: string;
}) {
  const now = of.some((t) => t.id === argument(name)) ? argument(name) : of[0]?.id;
  const list = useRef<HTMLDivElement>(null);
  // Where there is not room for all of them, the chosen one is in sight.
  useEffect(() => {
    const box = list.current;
    const tab = box?.querySelector<HTMLElement>("[aria-selected=true]");
    if (!box || !tab || box.scrollWidth <= box.clientWidth) return;
    box.scrollLeft = tab.offsetLeft - box.offsetLeft - (box.clientWidth - tab.offsetWidth) / 2;
  }, [now, of.length]);
  const key = (e: KeyboardEvent) => {
    const step = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    e.preventDefault();
    const at = of.findIndex((t) => t.id === now);
    const next = of[(at + step + of.length) % of.length];
    if (next) setArguments({ [name]: next.id });
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus());
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={key}>
      {of.map((t) => (
        <button
          key={t.id}
          type="button"
          role="tab"
          aria-selected={t.id === now}
          tabIndex={t.id === now ? 0 : -1}
          onClick={() => setArguments({ [name]: t.id })}
        >
          {t.title}
          {t.count !== undefined && (
            <span class="tab-count">{t.count === null ? "\u00a0" : number(t.count)}</span>
          )}
        </button>
      ))}
    </div>
  );
}
export function tabNow(ids: string[], name = "tab"): string {
  return ids.includes(argument(name)) ? argument(name) : (ids[0] ?? "");
}

/** A package URL: its kind stands back, and it breaks where its parts end. */
export function Purl({ of }: { of: string }) {
  const parts = /^pkg:([^/]+\/)(.*?)(@[^@/]*)?$/.exec(of);
  if (!parts) return <code>{of}</code>;
  const [, kind = "", name = "", version = ""] = parts;
  return (
    <code class="purl" title={of}>
      <span class="dim">{kind}</span>
      {name
        .replaceAll("%40", "@")
        .split(/(?<=\/)/)
        .map((part, i) => (
          <Fragment key={i}>
            <wbr />
            {part}
          </Fragment>
        ))}
      <wbr />
      {version}
    </code>
  );
}

/** By its name; the id is told to who points at it. */
export function Called({ kind, id }: { kind: Kind; id: string | undefined }) {
  if (!id) return <span class="dim">–</span>;
  const name = called(kind, id);
  return <span title={name === id ? undefined : id}>{name}</span>;
}

/** Names with commas between; of many the first ones, the others when they are asked for. */
export function Names({ of, most = 8 }: { of: string[]; most?: number }) {
  const [all, setAll] = useState(false);
  if (!of.length) return <span class="dim">–</span>;
  const hidden = all ? 0 : Math.max(0, of.length - most);
  return (
    <span>
      {(hidden > 1 ? of.slice(0, most) : of).join(", ")}
      {hidden > 1 && (
        <>
          {" "}
          <button type="button" class="inline-more" onClick={() => setAll(true)}>
            {w("others", { n: hidden })}
          </button>
        </>
      )}
    </span>
  );
}

/** Yes or no as a mark that is also read aloud. */
export function Mark({ good, text }: { good: boolean; text: string }) {
  return (
    <span class={good ? "mark good" : "mark bad"}>
      <Icon name={good ? "check" : "cross"} size={15} />
      <span>{text}</span>
    </span>
  );
}

export function Dialog({
  title,
  onClose,
  children,
  wide,
}: {
  title: string;
  onClose?: () => void;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const self = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const d = self.current;
    const from = document.activeElement;
    if (d && !d.open) d.showModal();
    return () => {
      d?.close();
      // Back to where it was opened from, as far as that is still there.
      if (from instanceof HTMLElement && from !== document.body)
        (from.isConnected ? from : document.getElementById("main"))?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={self}
      class={wide ? "dialog wide" : "dialog"}
      aria-labelledby={name}
      onCancel={(e) => {
        e.preventDefault();
        onClose?.();
      }}
    >
      <div class="dialog-head">
        <h2 id={name}>{title}</h2>
        {onClose && (
          <button type="button" class="icon-button" aria-label={w("close")} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </div>
      {children}
    </dialog>
  );
}

export function Copy({ text }: { text: string }) {
  return (
    <button type="button" class="quiet" onClick={() => void navigator.clipboard?.writeText(text)}>
      {w("copy")}
    </button>
  );
}
