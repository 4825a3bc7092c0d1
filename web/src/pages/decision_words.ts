// SPDX-License-Identifier: Apache-2.0
// What the pages about decisions call things, and what the API tells of them.
import { wordOr } from "../app/i18n";
import type { Tone } from "../ui/basics";

const states: Record<string, readonly [string, string]> = {
  open: ["回答待ち", "Waits for an answer"],
  accepted: ["承諾", "Accepted"],
  declined: ["辞退", "Declined"],
  deferred: ["延期", "Deferred"],
  alternative: ["代わりの対策", "Alternative"],
  reopened: ["再検討", "Opened again"],
};
export const state = (id: string | undefined) => wordOr(states, id);
export function stateTone(d: { state: string; due: boolean }): Tone {
  return d.state === "reopened" ? "critical" : d.due ? "high" : d.state === "accepted" ? "good" : "info";
}

const measures: Record<string, readonly [string, string]> = {
  patch: ["修正の適用", "Patch"],
  upgrade: ["更新", "Upgrade"],
  monitoring: ["監視", "Monitoring"],
  segmentation: ["ネットワークの分離", "Segmentation"],
  replacement: ["置き換え", "Replacement"],
  other: ["その他", "Other"],
};
export const measure = (id: string | undefined) => wordOr(measures, id);
export const measureIds = Object.keys(measures);

const answers: Record<string, readonly [string, string]> = {
  accept: ["承諾", "Accept"],
  decline: ["辞退", "Decline"],
  defer: ["延期", "Defer"],
  alternative: ["代わりの対策", "Alternative"],
};
export const answer = (id: string | undefined) => wordOr(answers, id);
export const answerIds = Object.keys(answers);

const reasons: Record<string, readonly [string, string]> = {
  exploited: ["悪用が確認された", "Is exploited"],
  "more-likely": ["悪用される可能性が大きく高まった", "Is much more likely to be exploited"],
  review: ["見直しの日になった", "The day of the review has come"],
  deferred: ["延期の期限が過ぎた", "The deferral is over"],
  asked: ["見直しの求め", "Asked for"],
};
export const reopened = (id: string | undefined) => wordOr(reasons, id);

export interface DecisionRow {
  offer: string;
  ours: boolean;
  provider: string;
  customer: string;
  measure?: string;
  title?: string;
  product?: string;
  case?: string;
  state: string;
  because?: string;
  person?: string;
  role?: string;
  riskOwner?: string;
  next?: string;
  due: boolean;
  dueBecause?: string;
  logged: string;
  entry: number;
}
export interface Said {
  entry: number;
  logged: string;
  key?: string;
  theirLogs?: { origin: string; entry: number; logged: string }[];
}
export interface Answered extends Said {
  answer: string;
  until?: string;
  alternative?: string;
  reason?: string;
  person?: string;
  role?: string;
  riskOwner?: string;
  review?: string;
  document?: string;
  entries?: Said[];
  standing: "holds" | "superseded" | "reported" | "stranger";
  bothSigned: boolean;
  differs: boolean;
  backDated: boolean;
}
export interface Reopened {
  because: string;
  flaw?: string;
  reason?: string;
  entry: number;
  logged: string;
  counts: boolean;
}
export interface Decision extends DecisionRow, Said {
  entry: number;
  logged: string;
  trusted: boolean;
  backDated: boolean;
  customerId?: string;
  release?: string;
  deployment?: string;
  flaws?: string[];
  practices?: string[];
  risk?: string;
  costProvider?: string;
  costCustomer?: string;
  ifNot?: string;
  deadline?: string;
  answers: Answered[];
  reopenings: Reopened[];
}
