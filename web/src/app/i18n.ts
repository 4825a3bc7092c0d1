// SPDX-License-Identifier: Apache-2.0
// Words in Japanese and English. Each page has a table of its own, made with words(): a row is [Japanese, English], so
// that the type checker misses none. {name} is filled in; English may say "one|many", chosen by {n}.
import { signal } from "@preact/signals";

export type Lang = "ja" | "en";
export const lang = signal<Lang>(document.documentElement.lang === "en" ? "en" : "ja");

export function setLang(to: Lang): void {
  lang.value = to;
  document.documentElement.lang = to;
  try {
    localStorage.setItem("akashi.lang", to);
  } catch {
    // It holds until the page is left.
  }
}

type Values = Record<string, string | number>;
type Row = readonly [ja: string, en: string];

export function words<K extends string>(table: Record<K, Row>): (key: K, values?: Values) => string {
  return (key, values) => fill(table[key], values);
}

/** The same for a word that comes from data: what the table does not know is said as it is. */
export function wordOr(table: Record<string, Row>, key: string | undefined): string {
  const row = key === undefined ? undefined : table[key];
  return row ? fill(row) : (key ?? "");
}

function fill(row: Row, values?: Values): string {
  let text = lang.value === "ja" ? row[0] : row[1];
  if (!values) return text;
  const bar = text.indexOf("|");
  if (bar >= 0) text = Number(values["n"]) === 1 ? text.slice(0, bar) : text.slice(bar + 1);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const v = values[name];
    return typeof v === "number" ? number(v) : (v ?? "");
  });
}

/** {"en": …, "ja": …} as the API gives titles. */
export type Label = { ja?: string; en?: string } | string | undefined;
export function label(of: Label): string {
  if (of === undefined || typeof of === "string") return of ?? "";
  return (lang.value === "ja" ? (of.ja ?? of.en) : (of.en ?? of.ja)) ?? "";
}

// ── numbers and times ──

const kept = new Map<string, unknown>();
function once<T>(key: string, make: () => T): T {
  const name = `${lang.value} ${key}`;
  if (!kept.has(name)) kept.set(name, make());
  return kept.get(name) as T;
}

export function number(n: number): string {
  return once("number", () => new Intl.NumberFormat(lang.value)).format(n);
}
/** 1.2万 / 12K */
export function compact(n: number): string {
  return once(
    "compact",
    () => new Intl.NumberFormat(lang.value, { notation: "compact", maximumFractionDigits: 1 }),
  ).format(n);
}
export function percent(share: number, digits = 1): string {
  return once(
    `percent${digits}`,
    () => new Intl.NumberFormat(lang.value, { style: "percent", maximumFractionDigits: digits }),
  ).format(share);
}

export function day(at: Date | string): string {
  return once("day", () => new Intl.DateTimeFormat(lang.value, { dateStyle: "medium" })).format(new Date(at));
}
export function moment(at: Date | string): string {
  return once(
    "moment",
    () => new Intl.DateTimeFormat(lang.value, { dateStyle: "medium", timeStyle: "short" }),
  ).format(new Date(at));
}

/** "3 日後", "in 3 days"; never finer than a minute. */
export function fromNow(at: Date | string, now = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const size = Math.abs(seconds);
  const format = once("relative", () => new Intl.RelativeTimeFormat(lang.value, { numeric: "auto" }));
  if (size < 3600) return format.format(Math.trunc(seconds / 60), "minute");
  if (size < 48 * 3600) return format.format(Math.trunc(seconds / 3600), "hour");
  if (size < 60 * 86400) return format.format(Math.trunc(seconds / 86400), "day");
  if (size < 730 * 86400) return format.format(Math.trunc(seconds / (30.44 * 86400)), "month");
  return format.format(Math.trunc(seconds / (365.25 * 86400)), "year");
}

/** A length of time in seconds: "8 時間", "2 d 4 h". */
export function duration(seconds: number): string {
  const ja = lang.value === "ja";
  const units: [number, string, string][] = [
    [86400, " 日", " d"],
    [3600, " 時間", " h"],
    [60, " 分", " min"],
  ];
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [size, jaUnit, enUnit] of units) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n) parts.push(number(n) + (ja ? jaUnit : enUnit));
    if (parts.length === 2) break;
  }
  return parts.length ? parts.join(" ") : ja ? "0 分" : "0 min";
}
