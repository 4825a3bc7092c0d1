// SPDX-License-Identifier: Apache-2.0
// What is stated of parties, products, deployments and services: the fields of their sheets, as parts of a form, and
// what an answer says as the text of each.
import { useApi } from "../app/api";
import { lang, words, wordOr } from "../app/i18n";
import { prefectures } from "../app/japan";
import * as term from "../app/terms";
import { type Part, type Present, Several } from "../ui/edit";

const w = words({
  name: ["名称", "Name"],
  roles: ["役割", "Roles"],
  contacts: ["連絡先", "Contacts"],
  contactsHelp: [
    "「種類:名前 <アドレス>」を ; で区切る。例: psirt:安全窓口 <psirt@example.jp>",
    "KIND:NAME <ADDRESS> with ; between, such as psirt:Security desk <psirt@example.com>",
  ],
  primes: ["元請け", "Prime contractors"],
  primesHelp: [
    "この組織に委託している組織の識別子。; で区切る",
    "ids of the parties whose sub-contractor it is, with ; between",
  ],
  sector: ["分野", "Sector"],
  region: ["地域", "Region"],
  regionHelp: ["例: JP-13(東京)", "such as JP-13 (Tokyo)"],
  language: ["連絡に使う言語", "Language to write in"],
  supplier: ["供給者", "Supplier"],
  purl: ["パッケージ URL", "Package URL"],
  purlHelp: ["版は書かない", "without a version"],
  supportFrom: ["サポート開始", "Support begins"],
  supportUntil: ["サポート終了", "Support ends"],
  endOfLife: ["提供終了", "End of life"],
  tlp: ["TLP", "TLP"],
  tlpHelp: ["この製品があることを誰が知ってよいか", "Who may know that it exists"],
  product: ["製品", "Product"],
  version: ["版", "Version"],
  versionHelp: ["空なら新しいリリースに追従する", "empty: it takes each newer release"],
  follows: ["新しいリリースに追従", "Takes each newer release"],
  customer: ["顧客", "Customer"],
  operator: ["運用者", "Operator"],
  host: ["ホスティング", "Hosted by"],
  service: ["サービス", "Service"],
  environment: ["環境", "Environment"],
  zone: ["区画", "Zone"],
  exposure: ["公開範囲", "Exposure"],
  data: ["データ区分", "Data it holds"],
  owner: ["担当", "Owner"],
  since: ["開始日", "Since"],
  until: ["終了日", "Until"],
  provider: ["提供者", "Provider"],
  mtpd: ["最大許容停止時間", "May be out for (MTPD)"],
  restore: ["復旧時間", "Takes to restore"],
  spanHelp: ["例: 4時間、2日、1日12時間", "such as 4h, 2d, 1d12h"],
  population: ["利用者数", "People it covers"],
  substitutes: ["代替率(%)", "Others can take over (%)"],
  needs: ["必要なもの", "Needs"],
  needsHelp: [
    "; はすべて必要、| はどれか一つ。例: service:power;deployment:a|deployment:b",
    "; between what is all needed, | between what can stand in for each other: service:power;deployment:a|deployment:b",
  ],
  id: ["識別子", "Id"],
  idHelp: [
    "空白と , ; | を含まない名前。あとから変えられません。",
    "No blanks and none of , ; |. It stays for good.",
  ],
  notSaid: ["指定しない", "not said"],
  yes: ["はい", "yes"],
  no: ["いいえ", "no"],
});
export const partyRoles: Record<string, readonly [string, string]> = {
  developer: ["開発者", "Developer"],
  supplier: ["供給者", "Supplier"],
  operator: ["運用者", "Operator"],
  customer: ["顧客", "Customer"],
  other: ["その他", "Other"],
};
const dataWords: Record<string, readonly [string, string]> = {
  none: ["なし", "none"],
  internal: ["内部", "internal"],
  personal: ["個人情報", "personal"],
  sensitive: ["機微な情報", "sensitive"],
};

export type ThingKind = "party" | "product" | "deployment" | "service";
export const paths: Record<ThingKind, string> = {
  party: "/parties",
  product: "/products",
  deployment: "/deployments",
  service: "/services",
};
/** One of them as the API gives it. */
export type Thing = { id: string; name?: string; entry?: number; mentioned?: boolean } & Record<
  string,
  unknown
>;

/** Ids to choose from, with their names. */
export function useThings(kind: ThingKind): { value: string; text: string }[] {
  const asked = useApi<{ rows: Thing[] }>(paths[kind], { limit: 500 });
  return (asked.data?.rows ?? []).map((t) => ({ value: t.id, text: t.name ?? t.id }));
}

// ── what an answer says, as text ──

const plain = (v: unknown): string =>
  typeof v === "string" ? v : typeof v === "number" || typeof v === "boolean" ? String(v) : "";
const list = (v: unknown) => (Array.isArray(v) ? v.map(plain).join(";") : "");
const member = (v: unknown, name: string) =>
  v && typeof v === "object" ? (v as Record<string, unknown>)[name] : undefined;
/** The day of a moment: "2027-03-31T14:59:59Z" is said of the day that ends then, at home. */
const dayOf = (v: unknown) => plain(v).slice(0, 10);
const contacts = (v: unknown) =>
  Array.isArray(v)
    ? v
        .map((c: { kind?: string; name?: string; address?: string }) =>
          c.name ? `${c.kind}:${c.name} <${c.address}>` : `${c.kind}:${c.address}`,
        )
        .join(";")
    : "";
const needs = (v: unknown) =>
  Array.isArray(v)
    ? v
        .map((any: Record<string, string>[]) =>
          any.map((one) => Object.entries(one).map(([k, id]) => `${k}:${id}`)[0]).join("|"),
        )
        .join(";")
    : "";

// ── the fields ──

export interface ThingPart extends Part {
  of: (t: Thing) => string;
}
export type Lists = Record<"party" | "product" | "service", { value: string; text: string }[]>;

const choice = (of: Record<string, readonly [string, string]>) => [
  { value: "", text: w("notSaid") },
  ...Object.keys(of).map((value) => ({ value, text: wordOr(of, value) })),
];
const idPart = (): ThingPart => ({
  name: "id",
  label: w("id"),
  help: w("idHelp"),
  required: true,
  autofocus: true,
  pattern: "[^\\s,;\\|&quot;'<>\\\\]+".replace("&quot;", '"'),
  of: (t) => t.id,
});

export function partsOf(kind: ThingKind, lists: Lists, isNew: boolean): ThingPart[] {
  const text = (name: string, label: string, more: Partial<ThingPart> = {}): ThingPart => ({
    name,
    label,
    of: (t) => plain(t[name]),
    ...more,
  });
  const thing = (name: string, label: string, from: keyof Lists, more: Partial<ThingPart> = {}) =>
    text(name, label, {
      list: lists[from],
      shown: (v) => lists[from].find((x) => x.value === v)?.text ?? v,
      ...more,
    });
  const day = (name: string, label: string, of: (t: Thing) => unknown) =>
    text(name, label, { type: "date", of: (t) => dayOf(of(t)) });
  const region = text("region", w("region"), {
    help: w("regionHelp"),
    list: Object.entries(prefectures).map(([value, p]) => ({
      value,
      text: lang.value === "ja" ? p[0] : p[1],
    })),
    shown: term.region,
  });
  const sector = text("sector", w("sector"), { list: term.sectorList(), shown: term.sector });
  const fields: Record<ThingKind, () => ThingPart[]> = {
    party: () => {
      const options = Object.keys(partyRoles).map((value) => ({ value, text: wordOr(partyRoles, value) }));
      return [
        text("name", w("name"), { required: true }),
        text("roles", w("roles"), {
          of: (t) => list(t["roles"]),
          made: (value) => <Several name="roles" label={w("roles")} value={value} options={options} />,
          shown: (v) => v.split(";").map((r) => wordOr(partyRoles, r)).join(", "), // prettier-ignore
        }),
        text("url", "URL", { type: "url" }),
        text("contacts", w("contacts"), {
          lines: 2,
          help: w("contactsHelp"),
          of: (t) => contacts(t["contacts"]),
        }),
        text("primes", w("primes"), { help: w("primesHelp"), of: (t) => list(t["primes"]) }),
        sector,
        region,
        text("language", w("language"), {
          options: choice({ ja: ["日本語", "Japanese"], en: ["英語", "English"] }),
        }),
      ];
    },
    product: () => [
      text("name", w("name")),
      thing("party", w("supplier"), "party"),
      text("purl", w("purl"), { help: w("purlHelp"), placeholder: "pkg:…" }),
      day("support-from", w("supportFrom"), (t) => member(t["support"], "from")),
      day("support-until", w("supportUntil"), (t) => member(t["support"], "until")),
      day("end-of-life", w("endOfLife"), (t) => t["endOfLife"]),
      text("tlp", w("tlp"), {
        help: w("tlpHelp"),
        options: [
          { value: "", text: w("notSaid") },
          ...["clear", "green", "amber", "amber+strict", "red"].map((value) => ({
            value,
            text: `TLP:${value.toUpperCase()}`,
          })),
        ],
      }),
    ],
    deployment: () => [
      thing("product", w("product"), "product", { required: true }),
      text("version", w("version"), { help: w("versionHelp") }),
      text("follows", w("follows"), {
        options: [
          { value: "", text: w("notSaid") },
          { value: "true", text: w("yes") },
          { value: "false", text: w("no") },
        ],
      }),
      thing("customer", w("customer"), "party"),
      thing("operator", w("operator"), "party"),
      thing("host", w("host"), "party"),
      thing("service", w("service"), "service"),
      text("environment", w("environment")),
      text("zone", w("zone")),
      text("exposure", w("exposure"), {
        options: [
          { value: "", text: w("notSaid") },
          ...["small", "controlled", "open"].map((value) => ({ value, text: term.exposure(value) })),
        ],
      }),
      text("data", w("data"), { options: choice(dataWords) }),
      text("owner", w("owner")),
      day("since", w("since"), (t) => t["since"]),
      day("until", w("until"), (t) => t["until"]),
    ],
    service: () => [
      text("name", w("name")),
      thing("party", w("provider"), "party"),
      sector,
      region,
      text("mtpd", w("mtpd"), { help: w("spanHelp"), of: (t) => term.spanTyped(plain(t["mtpd"])) }),
      text("restore", w("restore"), { help: w("spanHelp"), of: (t) => term.spanTyped(plain(t["restore"])) }),
      text("population", w("population"), { type: "number", min: 0 }),
      text("substitutes", w("substitutes"), { type: "number", min: 0, max: 100 }),
      text("needs", w("needs"), { lines: 2, help: w("needsHelp"), of: (t) => needs(t["needs"]) }),
    ],
  };
  return [...(isNew ? [idPart()] : []), ...fields[kind]()];
}

/** `t` undefined: there is none yet. */
export function presentOf(parts: ThingPart[], t: Thing | undefined): Present {
  return {
    values: Object.fromEntries(parts.map((p) => [p.name, t ? p.of(t) : ""])),
    etag: `"${t?.entry ?? 0}"`,
  };
}
