// SPDX-License-Identifier: Apache-2.0
// One table for every list: sorting, the next rows as one scrolls, only the rows in sight are drawn, and all of it as
// CSV or JSON.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Problem, type Query, ask, get, signedIn } from "../app/api";
import { lang, moment, number, words } from "../app/i18n";
import { learn } from "../app/names";
import { argument, setArguments } from "../app/route";
import { has } from "../app/session";
import { Empty, ProblemNote, Waiting } from "./basics";
import { Icon } from "./icons";

const w = words({
  rows: ["{n} 件", "{n} row|{n} rows"],
  atLeast: ["{n} 件以上", "at least {n}"],
  ofTotal: ["{total} 件中 {n} 件", "{n} of {total}"],
  none: ["該当するものはありません", "Nothing here"],
  sort: ["{name}で並べ替え", "Sort by {name}"],
  filter: ["絞り込み", "Filter"],
  more: ["次を読み込む", "Load more"],
  csv: ["CSV", "CSV"],
  json: ["JSON", "JSON"],
  pdf: ["PDF", "PDF"],
  yes: ["はい", "yes"],
  no: ["いいえ", "no"],
  printed: ["{at} 現在、{n} 件", "As of {at}, {n} row|As of {at}, {n} rows"],
  save: ["保存", "Save"],
});

export interface Column<R> {
  id: string;
  head: string;
  cell: (row: R) => ComponentChildren;
  /** What is sorted by and written to CSV; the column cannot be sorted without it. */
  value?: (row: R) => string | number | boolean | undefined;
  number?: boolean;
  /** 1 is always there; 2 goes on narrow screens, 3 on medium ones too. */
  rank?: 1 | 2 | 3;
  /** Takes the room that is left. */
  grow?: boolean;
  /** Its head may take several lines. */
  wraps?: boolean;
}

interface Props<R> {
  label: string;
  columns: Column<R>[];
  rows: R[];
  id: (row: R) => string;
  name: string; /* of the file, and of the arguments in the address */
  total?: number | undefined;
  exact?: boolean;
  href?: (row: R) => string | undefined;
  more?: (() => void) | undefined;
  loading?: boolean;
  empty?: ComponentChildren;
  filter?: boolean;
  tools?: ComponentChildren;
  all?: () => Promise<R[]>;
  /** The server sorts: the head of a column sets its order. */
  tall?: boolean;
}

/** Paper has no scrolling: all rows are drawn. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => setPrinting(true);
    const end = () => setPrinting(false);
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    return () => {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
}

const ROW = 37;
const TALL = 16_000_000; /* px: browsers draw nothing taller than about 33 million, some less */
const SOME = 120; /* fewer rows are all drawn */

function compare(a: unknown, b: unknown, language: string): number {
  if (a === b) return 0;
  if (a === undefined || a === "") return 1;
  if (b === undefined || b === "") return -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), language, { numeric: true });
}

export function Table<R>(p: Props<R>) {
  const [asked, setAsked] = useState("");
  const sortKey = `${p.name}-sort`;
  const sorted = argument(sortKey);
  const up = !sorted.startsWith("-");
  const by = p.columns.find((c) => c.id === sorted.replace(/^-/, "") && c.value);
  const language = lang.value;
  const rows = useMemo(() => {
    let out = p.rows;
    const wanted = asked.trim().toLowerCase();
    if (wanted)
      out = out.filter((r) =>
        p.columns.some((c) =>
          String(c.value?.(r) ?? "")
            .toLowerCase()
            .includes(wanted),
        ),
      );
    if (by?.value) {
      const value = by.value;
      out = [...out].sort((a, b) => compare(value(a), value(b), language) * (up ? 1 : -1));
    }
    return out;
  }, [p.rows, asked, sorted, language]);

  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ from: 0, to: SOME, above: 0 });
  const printing = usePrinting();
  const virtual = rows.length > SOME && !printing;
  /* A list that would be taller than a page can be is squeezed: it moves by more than a row for a row's height. */
  const height = Math.min(rows.length * ROW, TALL);
  const squeezed = rows.length * ROW > TALL;
  useLayoutEffect(() => {
    const b = box.current;
    if (!b || !virtual) return;
    const look = () => {
      const { clientHeight: seen, scrollTop } = b;
      const share = scrollTop / Math.max(1, height - seen);
      const first = squeezed
        ? Math.min(rows.length - 1, Math.floor(share * (rows.length - seen / ROW + 1)))
        : Math.floor(scrollTop / ROW);
      const from = Math.max(0, first - 20);
      const to = first + Math.ceil(seen / ROW) + 20;
      const above = squeezed ? Math.max(0, scrollTop - (first - from) * ROW) : from * ROW;
      setSight((s) => (s.from === from && s.to === to && s.above === above ? s : { from, to, above }));
      if (p.more && !p.loading && b.scrollTop + b.clientHeight > b.scrollHeight - 600) p.more();
    };
    look();
    b.addEventListener("scroll", look, { passive: true });
    return () => b.removeEventListener("scroll", look);
  }, [virtual, p.more, p.loading, rows.length]);
  const from = virtual ? Math.min(sight.from, Math.max(0, rows.length - SOME)) : 0;
  const to = virtual ? Math.min(rows.length, Math.max(sight.to, from + SOME / 2)) : rows.length;
  const above = virtual ? sight.above : 0;
  const below = Math.max(0, height - above - (to - from) * ROW);

  const order = (c: Column<R>) =>
    setArguments({ [sortKey]: sorted === c.id ? `-${c.id}` : sorted === `-${c.id}` ? undefined : c.id });
  const move = (e: KeyboardEvent) => {
    if (!(e.target instanceof HTMLElement) || e.ctrlKey || e.metaKey || e.altKey) return;
    const links = [...(box.current?.querySelectorAll<HTMLElement>("a.row-link") ?? [])];
    const at = links.indexOf(e.target);
    if (at < 0) return;
    const to =
      e.key === "ArrowDown" || e.key === "j"
        ? at + 1
        : e.key === "ArrowUp" || e.key === "k"
          ? at - 1
          : e.key === "Home"
            ? 0
            : e.key === "End"
              ? links.length - 1
              : undefined;
    if (to === undefined) return;
    e.preventDefault();
    links[to]?.focus();
  };
  /* Of the rows that lead somewhere one is in the order of Tab: the one where somebody was last, else the first. */
  const [here, setHere] = useState(0);
  const stop = here >= from && here < to ? here : from;

  const total = p.total ?? p.rows.length;
  return (
    <div class="table-frame" data-rows={p.rows.length}>
      <div class="table-tools">
        {p.filter !== false && p.rows.length > 8 && (
          <label class="table-filter">
            <Icon name="search" size={15} />
            <span class="hidden">{w("filter")}</span>
            <input
              type="search"
              value={asked}
              placeholder={w("filter")}
              onInput={(e) => setAsked(e.currentTarget.value)}
            />
          </label>
        )}
        {p.tools}
        <span class="table-count" aria-live="polite">
          {p.exact === false
            ? w("atLeast", { n: total })
            : rows.length < total
              ? w("ofTotal", { n: rows.length, total })
              : w("rows", { n: total })}
        </span>
        {p.rows.length > 0 && <Downloads {...p} rows={rows} />}
      </div>
      {rows.length === 0 ? (
        p.loading ? (
          <Waiting />
        ) : (
          (p.empty ?? <Empty title={w("none")} />)
        )
      ) : (
        <div
          class={virtual ? "table-box virtual" : "table-box"}
          ref={box}
          tabIndex={0}
          role="group"
          aria-label={p.label}
          onKeyDown={move}
        >
          <table class="table" aria-rowcount={total + 1}>
            <thead>
              <tr>
                {p.columns.map((c) => (
                  <th
                    key={c.id}
                    scope="col"
                    class={classes(c)}
                    aria-sort={by === c ? (up ? "ascending" : "descending") : undefined}
                  >
                    {c.value ? (
                      <button type="button" onClick={() => order(c)} title={w("sort", { name: c.head })}>
                        {c.head}
                        <span class="sort-mark" aria-hidden="true">
                          {by === c ? (up ? "▲" : "▼") : ""}
                        </span>
                      </button>
                    ) : (
                      c.head
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {from > 0 && <Gap height={above} columns={p.columns.length} />}
              {rows.slice(from, to).map((r, i) => (
                <tr key={p.id(r)} aria-rowindex={from + i + 2} class={p.tall ? "tall" : undefined}>
                  {p.columns.map((c, n) => {
                    const link = n === 0 ? p.href?.(r) : undefined;
                    const text = c.cell(r);
                    return (
                      <td key={c.id} class={classes(c)}>
                        {link ? (
                          <a
                            class="row-link"
                            href={link}
                            tabIndex={from + i === stop ? 0 : -1}
                            onFocus={() => setHere(from + i)}
                          >
                            {text}
                          </a>
                        ) : (
                          text
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
              {to < rows.length && <Gap height={below} columns={p.columns.length} />}
            </tbody>
          </table>
        </div>
      )}
      {p.more && (
        <p class="table-more">
          <button type="button" class="quiet" onClick={p.more} disabled={p.loading}>
            {w("more")}
          </button>
        </p>
      )}
    </div>
  );
}

/** Stands for rows that are out of sight. */
function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden="true">
      <td
        class="gap"
        colSpan={columns}
        ref={(td) => {
          if (td) td.style.height = `${height}px`;
        }}
      />
    </tr>
  );
}

function classes<R>(c: Column<R>): string | undefined {
  const out = [
    c.number && "n",
    c.grow && "grow",
    c.wraps && "wraps",
    c.rank && c.rank > 1 && `rank${c.rank}`,
  ].filter(Boolean);
  return out.length ? out.join(" ") : undefined;
}

function field(v: unknown): string {
  const text = v === undefined || v === null ? "" : String(v);
  // What a spreadsheet would take for a formula is led by an apostrophe.
  const safe = typeof v === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function save(name: string, type: string, text: string | Blob): void {
  const url = URL.createObjectURL(text instanceof Blob ? text : new Blob([text], { type }));
  const a = document.createElement("a");
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What somebody reads on paper, where the value is for programs. */
function printed(v: unknown): string | number {
  if (typeof v === "number") return v;
  if (typeof v === "boolean") return v ? w("yes") : w("no");
  const text = v === undefined || v === null ? "" : String(v);
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? moment(text) : text;
}
async function paper<R>(p: Pick<Props<R>, "label">, rows: R[], columns: Column<R>[]): Promise<Blob> {
  const { data } = await ask<Blob>("POST", "/table.pdf", {
    body: {
      title: p.label,
      sub: w("printed", { at: moment(new Date()), n: rows.length }),
      columns: columns.map((c) => ({ head: c.head, number: c.number ?? false })),
      rows: rows.map((r) => columns.map((c) => printed(c.value?.(r)))),
    },
  });
  return data;
}

/** CSV, JSON, PDF; also beside what is drawn in another way. */
export function Downloads<R>(p: Pick<Props<R>, "label" | "name" | "columns" | "rows" | "more" | "all">) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (kind: "csv" | "json" | "pdf") => {
    setBusy(true);
    setProblem(undefined);
    try {
      const rows = p.more && p.all ? await p.all() : p.rows;
      const named = p.columns.filter((c) => c.value);
      if (kind === "json") save(`${p.name}.json`, "application/json", JSON.stringify(rows, null, 2) + "\n");
      else if (kind === "pdf") save(`${p.name}.pdf`, "application/pdf", await paper(p, rows, named));
      else {
        const lines = [
          named.map((c) => field(c.head)),
          ...rows.map((r) => named.map((c) => field(c.value?.(r)))),
        ];
        save(`${p.name}.csv`, "text/csv", "\uFEFF" + lines.map((l) => l.join(",")).join("\r\n") + "\r\n");
      }
    } catch (e) {
      setProblem(e instanceof Problem ? e : new Problem(0, "bug", String(e)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span class="table-save" role="group" aria-label={w("save")}>
      {problem && <span class="bad">{problem.message}</span>}
      <button type="button" class="quiet" disabled={busy} onClick={() => void run("csv")}>
        <Icon name="download" size={15} />
        {w("csv")}
      </button>
      <button type="button" class="quiet" disabled={busy} onClick={() => void run("json")}>
        {w("json")}
      </button>
      {has("POST /table.pdf") && (
        <button type="button" class="quiet" disabled={busy} onClick={() => void run("pdf")}>
          {w("pdf")}
        </button>
      )}
    </span>
  );
}

/** A list that comes in pages ("next"): the rows so far, and how to have more. */
export interface Pages<R> {
  rows: R[];
  total: number | undefined;
  exact: boolean;
  first: Record<string, unknown> | undefined;
  problem: Problem | undefined;
  loading: boolean;
  more: (() => void) | undefined;
  all: () => Promise<R[]>;
  reload: () => void;
}
const MOST = 200_000; /* rows in one download */

export function usePages<R>(path: string | undefined, query: Query, key = "rows"): Pages<R> {
  const [state, setState] = useState<{
    rows: R[];
    first?: Record<string, unknown>;
    next?: string;
    of?: string;
  }>({
    rows: [],
  });
  const [problem, setProblem] = useState<Problem>();
  const [loading, setLoading] = useState(false);
  const [round, setRound] = useState(0);
  const of = path && `${path} ${JSON.stringify(query)} ${lang.value} ${signedIn.value}`;
  type Page = Record<string, unknown> & { next?: string };
  useEffect(() => {
    if (!path || !of) return;
    const stop = new AbortController();
    setLoading(true);
    get<Page>(path, { limit: 100, ...query }, stop.signal)
      .then(
        async (d) => {
          await learn(d, stop.signal);
          if (stop.signal.aborted) return;
          setProblem(undefined);
          setState({
            rows: (d[key] as R[] | undefined) ?? [],
            first: d,
            ...(d.next && { next: d.next }),
            of,
          });
        },
        (e: unknown) => {
          if (stop.signal.aborted) return;
          setState({ rows: [], of });
          setProblem(e instanceof Problem ? e : new Problem(0, "bug", String(e)));
        },
      )
      .finally(() => !stop.signal.aborted && setLoading(false));
    return () => stop.abort();
  }, [of, round]);
  const more = () => {
    if (loading || !path || !state.next) return;
    setLoading(true);
    get<Page>(path, { limit: 200, ...query, page: state.next })
      .then(
        async (d) => {
          await learn(d);
          setState((s) => {
            if (s.of !== of) return s;
            const { next: _, ...kept } = s;
            return {
              ...kept,
              rows: [...s.rows, ...((d[key] as R[] | undefined) ?? [])],
              ...(d.next && { next: d.next }),
            };
          });
        },
        (e: unknown) => setProblem(e instanceof Problem ? e : new Problem(0, "bug", String(e))),
      )
      .finally(() => setLoading(false));
  };
  const all = async () => {
    const rows = [...state.rows];
    for (let next = state.next; next && path && rows.length < MOST;) {
      const d: Page = await get<Page>(path, { limit: 500, ...query, page: next });
      await learn(d);
      for (const r of (d[key] as R[] | undefined) ?? []) rows.push(r);
      next = d.next;
    }
    return rows;
  };
  const total = state.first?.["total"] ?? state.first?.["at_least"];
  return {
    rows: state.rows,
    total: typeof total === "number" ? total : undefined,
    exact: state.first?.["at_least"] === undefined && state.first?.["total_is_exact"] !== false,
    first: state.first,
    problem,
    loading: loading || (of !== undefined && state.of !== of),
    more: state.next ? more : undefined,
    all,
    reload: () => setRound((n) => n + 1),
  };
}

/** A table of such a list. */
export function PagedTable<R>(
  p: Omit<Props<R>, "rows" | "total" | "more" | "loading" | "all"> & { of: Pages<R> },
) {
  const { of, ...rest } = p;
  if (of.problem && !of.rows.length) return <ProblemNote of={of.problem} again={of.reload} />;
  return (
    <>
      {of.problem && <ProblemNote of={of.problem} again={of.reload} />}
      <Table
        {...rest}
        rows={of.rows}
        total={of.total}
        exact={of.exact}
        loading={of.loading}
        more={of.more}
        all={of.all}
      />
    </>
  );
}

export function countText(n: number): string {
  return number(n);
}
