// SPDX-License-Identifier: Apache-2.0
// The one place that speaks to the server: the same API that scripts use. Errors are problem+json (RFC 9457).
import { useEffect, useRef, useState } from "preact/hooks";
import { lang, words } from "./i18n";
import { forgetNames, learn } from "./names";
import { signal } from "@preact/signals";

const w = words({
  offline: ["サーバーに接続できません", "The server cannot be reached"],
  offlineHint: [
    "ネットワークと akashi serve の状態を確認してください。入力した内容は残っています。",
    "Check the network and that akashi serve is running. Nothing you typed is lost.",
  ],
  odd: ["サーバーの答えを読めません", "The server's answer cannot be read"],
  forbidden: ["この操作をする権限がありません", "You may not do this"],
  forbiddenHint: ["必要な役割を管理者に頼んでください。", "Ask an administrator for the role that it needs."],
  missing: ["見つかりません", "It is not there"],
  missingHint: [
    "識別子が違うか、見てよい範囲の外にあります。一覧から選び直すか、検索してください。",
    "Its name is another one, or it is not yours to see. Choose it from the list, or search.",
  ],
  conflict: ["ほかの人が先に変更しました", "Somebody else changed it meanwhile"],
  conflictHint: [
    "最新の状態を確かめてから、もう一度送ってください。入力した内容は残っています。",
    "Look at the present state, then send it again. Nothing you typed is lost.",
  ],
  large: ["大きすぎて受け取れません", "It is too large to be taken"],
  largeHint: [
    "小さく分けて送るか、サーバーの上で akashi コマンドを使ってください。",
    "Send it in smaller parts, or use the akashi command on the server.",
  ],
  busy: ["短い時間に要求が多すぎます", "Too many requests in a short time"],
  busyHint: ["少し待ってから、もう一度試してください。", "Wait a moment, then try again."],
  busyHintIn: [
    "{n} 秒待ってから、もう一度試してください。",
    "Wait for {n} second, then try again.|Wait for {n} seconds, then try again.",
  ],
  broken: ["サーバーで問題が起きました", "Something went wrong in the server"],
  brokenHint: [
    "もう一度試してください。続くときは、サーバーの記録を見るよう管理者に伝えてください。",
    "Try again. If it happens again, ask an administrator to look at the server's messages.",
  ],
  unready: ["サーバーが今は応じられません", "The server cannot answer now"],
  unreadyHint: [
    "少し待ってから、もう一度試してください。入力した内容は残っています。",
    "Wait a moment, then try again. Nothing you typed is lost.",
  ],
});

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly where?: string,
    readonly hint?: string,
    readonly more: Record<string, unknown> = {},
  ) {
    super(title);
  }
}

export const asProblem = (e: unknown): Problem =>
  e instanceof Problem ? e : new Problem(0, "bug", String(e));

/** What a session's writing requests must carry; told by /api/v1/me. */
let csrf = "";
export function setCsrf(to: string): void {
  csrf = to;
}
/** Counts up when the server says that nobody is signed in; the session reacts. */
export const signedOut = signal(0);

/** Nothing can be written at the moment: the disk is full. */
export const readOnly = signal(false);
/** The server, or the database that it stands on, does not answer at the moment. */
export const away = signal<"server" | "database" | undefined>(undefined);

export type Query = Record<string, string | number | boolean | undefined | null>;
export interface Asking {
  query?: Query | undefined;
  body?: unknown;
  type?: string;
  etag?: string | undefined;
  signal?: AbortSignal | undefined;
}
export interface Answer<T> {
  data: T;
  etag?: string;
  status: number;
  headers: Headers;
}

export function address(path: string, query?: Query): string {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null && value !== "" && value !== false)
      q.set(name, value === true ? "1" : String(value));
  const text = q.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

/** Whether more than one thing does not work: the server itself says that it is not ready. */
export async function isAway(): Promise<boolean> {
  try {
    return !(await fetch("/readyz", { cache: "no-store" })).ok;
  } catch {
    return true;
  }
}

/** What a status means and what to do, where the answer itself does not say it. */
function meaning(answer: Response): { title: string; hint?: string } {
  const say = (what: "forbidden" | "missing" | "conflict" | "large" | "broken" | "unready") => ({
    title: w(what),
    hint: w(`${what}Hint`),
  });
  const { status } = answer;
  const seconds = Number(answer.headers.get("Retry-After"));
  if (status === 403) return say("forbidden");
  if (status === 404 || status === 410) return say("missing");
  if (status === 409 || status === 412) return say("conflict");
  if (status === 413) return say("large");
  if (status === 429)
    return { title: w("busy"), hint: seconds > 0 ? w("busyHintIn", { n: seconds }) : w("busyHint") };
  if (status === 502 || status === 503 || status === 504) return say("unready");
  if (status >= 500) return say("broken");
  return { title: `${status} ${answer.statusText}` };
}

async function refused(answer: Response): Promise<Problem> {
  let told: Record<string, unknown> = {};
  try {
    told = (await answer.json()) as Record<string, unknown>;
  } catch {
    // A proxy's page: the status alone has to do.
  }
  const text = (key: string) => (typeof told[key] === "string" ? (told[key] as string) : undefined);
  const otherwise = meaning(answer);
  const code = (text("type") ?? "").replace(/^urn:akashi:problem:/, "");
  return new Problem(
    answer.status,
    code,
    text("title") ?? otherwise.title,
    text("where"),
    text("hint") ?? otherwise.hint,
    told,
  );
}

export async function ask<T>(method: string, path: string, asking: Asking = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": lang.value };
  let body: BodyInit | undefined;
  if (asking.body instanceof Blob || asking.body instanceof ArrayBuffer) {
    body = asking.body;
    headers["Content-Type"] = asking.type ?? "application/octet-stream";
  } else if (asking.body !== undefined) {
    body = JSON.stringify(asking.body);
    headers["Content-Type"] = "application/json";
  }
  if (asking.etag) headers["If-Match"] = asking.etag;
  if (method !== "GET" && csrf) headers["X-Akashi-Csrf"] = csrf;
  let answer: Response;
  try {
    answer = await fetch(address(path, asking.query), {
      method,
      headers,
      ...(body !== undefined && { body }),
      ...(asking.signal && { signal: asking.signal }),
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") throw e;
    away.value = "server";
    throw new Problem(0, "offline", w("offline"), undefined, w("offlineHint"));
  }
  if (!answer.ok) {
    const problem = await refused(answer);
    if (problem.code === "read-only") readOnly.value = true;
    else if (answer.status === 503 && (await isAway())) away.value = "database";
    if (answer.status === 401 && path !== "/me" && path !== "/session") signedOut.value++;
    throw problem;
  }
  if (method !== "GET") {
    readOnly.value = false;
    forgetNames();
  }
  const etag = answer.headers.get("ETag");
  const out = { status: answer.status, headers: answer.headers, ...(etag && { etag }) };
  if (answer.status === 204) return { data: undefined as T, ...out };
  try {
    const type = answer.headers.get("Content-Type") ?? "";
    const read = type.includes("json") ? answer.json() : type.includes("pdf") ? answer.blob() : answer.text();
    return { data: (await read) as T, ...out };
  } catch {
    throw new Problem(answer.status, "odd", w("odd"), path);
  }
}
export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await ask<T>("GET", path, { query, signal })).data;
}

export interface Asked<T> {
  data: T | undefined;
  etag: string | undefined;
  problem: Problem | undefined;
  loading: boolean;
  reload: () => void;
}

/**
 * An answer as part of a component. While another question is asked the last answer stays (nothing jumps), unless
 * `path` is undefined: then nothing is asked.
 */
export function useApi<T>(path: string | undefined, query?: Query): Asked<T> {
  const key = path === undefined ? undefined : address(path, query);
  const [state, setState] = useState<{ data?: T; etag?: string; problem?: Problem; of?: string }>({});
  const [round, setRound] = useState(0);
  const base = useRef<string | undefined>(undefined);
  const language = lang.value;
  const asking = key && `${key} ${language}`;
  useEffect(() => {
    if (path === undefined || key === undefined) {
      setState({});
      return;
    }
    const stop = new AbortController();
    if (base.current !== path) setState({});
    base.current = path;
    ask<T>("GET", path, { query, signal: stop.signal }).then(
      async (a) => {
        await learn(a.data, stop.signal);
        if (!stop.signal.aborted) setState({ data: a.data, ...(a.etag && { etag: a.etag }), of: asking });
      },
      (e: unknown) => {
        if (stop.signal.aborted) return;
        const problem = e instanceof Problem ? e : new Problem(0, "bug", String(e));
        setState((last) => ({ ...last, problem, of: asking }));
      },
    );
    return () => stop.abort();
  }, [key, round, language, signedIn.value]);
  return {
    data: state.data,
    etag: state.etag,
    problem: state.problem,
    loading: key !== undefined && state.of !== asking,
    reload: () => setRound((n) => n + 1),
  };
}
/** Counts up with each sign-in, so that what was refused is asked again. */
export const signedIn = signal(0);
