// SPDX-License-Identifier: Apache-2.0
// What things are called whose ids stand in answers: learned with each answer, before it is shown.
import { get, signedIn } from "./api";
import { type Label, label, lang } from "./i18n";

export type Kind = "party" | "product" | "service";
/** Members of answers that hold an id, or ids. */
const holders: Record<string, Kind> = {
  party: "party",
  provider: "party",
  customer: "party",
  operator: "party",
  host: "party",
  issuer: "party",
  supplier: "party",
  product: "product",
  products: "product",
  to: "party",
  service: "service",
  first_services: "service",
};
const MOST = 100; /* in one question */
const notParty = /^(u-.*|command|first)$/; /* users, and those who are not one */
const looksLikeId = /^[\w.:/@+~-]{1,80}$/;

/** "" is kept for what has no name that one may know. */
const known: Record<Kind, Map<string, string>> = { party: new Map(), product: new Map(), service: new Map() };
/** Of catalogues, in both languages; of their packages, in the language asked in. */
const catalogues = new Map<string, Label>();
const packages = new Map<string, string>();
const packageKey = (catalogue: string, id: string) => `${lang.value} ${catalogue} ${id}`;
export const catalogueTitle = (id: string | undefined) => (id && label(catalogues.get(id))) || (id ?? "");
export const packageTitle = (catalogue: string, id: string | undefined) =>
  (id && packages.get(packageKey(catalogue, id))) || (id ?? "");

let of = -1; /* whose they are: of which sign-in */
export function forgetNames(): void {
  for (const names of Object.values(known)) names.clear();
  catalogues.clear();
  packages.clear();
}

/** The name, as far as it is known, else the id. */
export function called(kind: Kind, id: string | undefined): string {
  return id === undefined ? "" : known[kind].get(id) || id;
}

type Wanted = Record<Kind | "catalogue", Set<string>>;
function collect(from: unknown, into: Wanted): void {
  if (Array.isArray(from)) for (const x of from) collect(x, into);
  else if (from && typeof from === "object")
    for (const [key, value] of Object.entries(from)) {
      const kind = holders[key];
      const who = key === "by" || key === "challenger" ? value : undefined;
      const signer = typeof who === "string" ? who : (who as { name?: unknown } | null | undefined)?.name;
      if (typeof signer === "string" && !notParty.test(signer)) collect({ party: signer }, into);
      const ids = kind && (typeof value === "string" ? [value] : Array.isArray(value) ? value : []);
      if (kind && ids)
        for (const id of ids)
          if (typeof id === "string" && looksLikeId.test(id) && !known[kind].has(id)) into[kind].add(id);
      if (key === "catalogue" && typeof value === "string" && !packages.has(packageKey(value, "")))
        into.catalogue.add(value);
      if (typeof value === "object") collect(value, into);
    }
}

async function learnCatalogue(id: string, signal?: AbortSignal): Promise<void> {
  type Told = { packages?: { id: string; title?: Label }[] };
  type All = { rows: { id: string; title?: Label }[] };
  if (!catalogues.has(id))
    for (const c of (await get<All>("/conform/catalogues", {}, signal)).rows) catalogues.set(c.id, c.title);
  const told = await get<Told>(`/conform/catalogues/${encodeURIComponent(id)}`, {}, signal);
  packages.set(packageKey(id, ""), "");
  for (const p of told.packages ?? []) packages.set(packageKey(id, p.id), label(p.title) || p.id);
}

/** Asks for the names of what stands in an answer; without them it is shown by its ids. */
export async function learn(answer: unknown, signal?: AbortSignal): Promise<void> {
  if (of !== signedIn.peek()) forgetNames();
  of = signedIn.peek();
  const wanted: Wanted = { party: new Set(), product: new Set(), service: new Set(), catalogue: new Set() };
  collect(answer, wanted);
  const todo = (["party", "product", "service"] as const).flatMap((kind) =>
    [...wanted[kind]].map((id) => ({ kind, id })),
  );
  const questions = [...wanted.catalogue].map((id) => learnCatalogue(id, signal));
  for (let at = 0; at < todo.length && at < 20 * MOST; at += MOST) {
    const some = todo.slice(at, at + MOST);
    const list = (kind: Kind) =>
      some
        .filter((x) => x.kind === kind)
        .map((x) => x.id)
        .join(",");
    const query = { party: list("party"), product: list("product"), service: list("service") };
    questions.push(
      get<Partial<Record<Kind, Record<string, string>>>>("/names", query, signal).then((told) => {
        for (const { kind, id } of some) known[kind].set(id, told[kind]?.[id] ?? "");
      }),
    );
  }
  await Promise.allSettled(questions);
}
