// SPDX-License-Identifier: Apache-2.0
// Words that come from data, in people's language. What is not here is shown as it came.
import type { Tone } from "../ui/basics";
import { duration, lang, wordOr } from "./i18n";
import { prefectures } from "./japan";

const sectors: Record<string, readonly [string, string]> = {
  telecom: ["情報通信", "Telecommunications"],
  information: ["情報通信", "Information and communication"],
  finance: ["金融", "Finance"],
  aviation: ["航空", "Aviation"],
  airport: ["空港", "Airports"],
  railway: ["鉄道", "Railways"],
  electricity: ["電力", "Electricity"],
  electric: ["電力", "Electricity"],
  power: ["電力", "Electric power"],
  energy: ["エネルギー", "Energy"],
  gas: ["ガス", "Gas"],
  government: ["政府・行政", "Government"],
  administration: ["政府・行政", "Administration"],
  medical: ["医療", "Medical"],
  health: ["医療", "Health"],
  water: ["水道", "Water"],
  logistics: ["物流", "Logistics"],
  chemical: ["化学", "Chemicals"],
  chemistry: ["化学", "Chemicals"],
  credit: ["クレジット", "Credit cards"],
  "credit-card": ["クレジット", "Credit cards"],
  petroleum: ["石油", "Petroleum"],
  oil: ["石油", "Oil"],
  port: ["港湾", "Ports"],
  ports: ["港湾", "Ports"],
  manufacturing: ["製造", "Manufacturing"],
  software: ["ソフトウェア", "Software"],
};
export const sector = (id: string | undefined) => wordOr(sectors, id);
/** To choose from; of several words for one sector the first. */
export function sectorList(): { value: string; text: string }[] {
  const seen = new Set<string>();
  return Object.entries(sectors)
    .map(([value, row]) => ({ value, text: wordOr(sectors, value), ja: row[0] }))
    .filter((x) => !seen.has(x.ja) && seen.add(x.ja))
    .map(({ value, text }) => ({ value, text }));
}

/** Weeks, days, hours, minutes, seconds of "P1DT4H". */
function partsOfSpan(text: string | undefined): number[] | undefined {
  const m = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text ?? "");
  return m ? m.slice(1).map((x) => Number(x ?? 0)) : undefined;
}
/** "P1DT4H" → "1 日 4 時間"; what is no such text is said as it is. */
export function span(text: string | undefined): string {
  const parts = partsOfSpan(text);
  const seconds = [604800, 86400, 3600, 60, 1];
  return parts ? duration(parts.reduce((sum, n, i) => sum + n * (seconds[i] ?? 0), 0)) : (text ?? "");
}
/** The same as people type it: "1日4時間", "1d4h". */
export function spanTyped(text: string | undefined): string {
  const parts = partsOfSpan(text);
  const units = lang.value === "ja" ? ["週間", "日", "時間", "分", "秒"] : ["w", "d", "h", "min", "s"];
  return parts ? parts.map((n, i) => (n ? `${n}${units[i]}` : "")).join("") : (text ?? "");
}

export function region(id: string | undefined): string {
  const found = id === undefined ? undefined : prefectures[id];
  return found ? (lang.value === "ja" ? found[0] : found[1]) : (id ?? "");
}

const severities: Record<string, readonly [string, string]> = {
  critical: ["緊急", "Critical"],
  high: ["重要", "High"],
  medium: ["警告", "Medium"],
  low: ["注意", "Low"],
  none: ["なし", "None"],
  unknown: ["不明", "Unknown"],
};
export const severity = (id: string | undefined) => wordOr(severities, id ?? "unknown");
export function severityTone(id: string | undefined): Tone {
  return id === "critical" || id === "high" || id === "medium" || id === "low" ? id : "dim";
}
export const severityRank = (id: string | undefined) =>
  ["unknown", "none", "low", "medium", "high", "critical"].indexOf(id ?? "unknown");

const statuses: Record<string, readonly [string, string]> = {
  detected: ["検出", "Detected"],
  triaged: ["評価済み", "Triaged"],
  fixing: ["修正中", "Fixing"],
  fixed: ["修正済み", "Fixed"],
  delivered: ["提供済み", "Delivered"],
  verified: ["確認済み", "Verified"],
  closed: ["完了", "Closed"],
  updated: ["更新", "Updated"],
  open: ["未対応", "Open"],
  answered: ["回答済み", "Answered"],
  affected: ["影響あり", "Affected"],
  not_affected: ["影響なし", "Not affected"],
  "not-affected": ["影響なし", "Not affected"],
  under_investigation: ["調査中", "Under investigation"],
  accepted: ["受容", "Accepted"],
  noted: ["メモ", "Note"],
  assigned: ["担当", "Assigned"],
  decided: ["決定", "Decided"],
  reopened: ["再開", "Opened again"],
};
export const status = (id: string | undefined) => wordOr(statuses, id);

const decisions: Record<string, readonly [string, string]> = {
  fix: ["修正する", "Fix"],
  mitigate: ["緩和する", "Mitigate"],
  accept: ["受容する", "Accept"],
  "not-affected": ["影響なし", "Not affected"],
  not_affected: ["影響なし", "Not affected"],
  "false-positive": ["誤検知", "False positive"],
};
export const decision = (id: string | undefined) => wordOr(decisions, id);

export function priorityTone(outcome: string | undefined, rank?: number): Tone {
  if (rank !== undefined)
    return rank >= 90 ? "critical" : rank >= 60 ? "high" : rank >= 30 ? "medium" : "low";
  if (!outcome) return "dim";
  if (/^(immediate|act)$/i.test(outcome)) return "critical";
  if (/^(out-of-cycle|attend)$/i.test(outcome)) return "high";
  if (/^(scheduled|track\*)$/i.test(outcome)) return "medium";
  return "low";
}
const priorities: Record<string, readonly [string, string]> = {
  Immediate: ["即時対応", "Immediate"],
  "Out-of-Cycle": ["臨時対応", "Out-of-cycle"],
  Scheduled: ["計画対応", "Scheduled"],
  Defer: ["保留", "Defer"],
};
export const priority = (id: string | undefined) => wordOr(priorities, id);

const kinds: Record<string, readonly [string, string]> = {
  party: ["組織", "Party"],
  zone: ["区画", "Zone"],
  system: ["システム", "System"],
  deployment: ["稼働先", "Deployment"],
  service: ["サービス", "Service"],
  release: ["リリース", "Release"],
  product: ["製品", "Product"],
  package: ["パッケージ", "Package"],
  supplier: ["供給者", "Supplier"],
  customer: ["顧客", "Customer"],
  flaw: ["脆弱性", "Vulnerability"],
  file: ["ファイル", "File"],
  component: ["部品", "Component"],
  unknown: ["不明", "Unknown"],
};
export const kind = (id: string | undefined) => wordOr(kinds, id);

/** People may call them otherwise. */
const environments: Record<string, readonly [string, string]> = {
  production: ["本番", "Production"],
  staging: ["検証", "Staging"],
  test: ["試験", "Test"],
  development: ["開発", "Development"],
};
export const environment = (id: string | undefined) => wordOr(environments, id);
const exposures: Record<string, readonly [string, string]> = {
  small: ["閉域", "Small"],
  controlled: ["限定公開", "Controlled"],
  open: ["公開", "Open"],
};
export const exposure = (id: string | undefined) => wordOr(exposures, id);
