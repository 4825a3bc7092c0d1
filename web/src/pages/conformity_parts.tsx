// SPDX-License-Identifier: Apache-2.0
// What the pages about conformity share: practices and their levels, who signs, documents, packages of a catalogue.
import { useApi } from "../app/api";
import { type Label, lang, wordOr, words } from "../app/i18n";
import { me } from "../app/session";
import type { Tone } from "../ui/basics";
import { Field } from "../ui/form";

const w = words({
  cell: ["{id}: レベル {level}、{basis}", "{id}: level {level}, {basis}"],
  person: ["署名者の氏名", "Name of who answers for it"],
  role: ["役職", "Role"],
  roleHelp: ["例: 代表取締役、品質責任者", "For example: president, head of quality"],
  documents: ["文書", "Documents"],
  remove: ["外す", "Remove"],
  catalogue: ["カタログ", "Catalogue"],
  package: ["パッケージ", "Package"],
});

const bases: Record<string, readonly [string, string]> = {
  none: ["示すものがない", "nothing shows it"],
  computed: ["計算", "computed"],
  attested: ["人の申告", "a person's word"],
  claimed: ["署名者の申告", "the signatory's word"],
  "not-applicable": ["対象外", "not applicable"],
};
export const basis = (id: string | undefined) => wordOr(bases, id);

const standings: Record<string, readonly [string, string]> = {
  good: ["有効", "Good"],
  expired: ["期限切れ", "Expired"],
  "at-risk": ["裏付け不足のおそれ", "At risk"],
  challenged: ["異議あり", "Challenged"],
  suspended: ["停止中", "Suspended"],
  corrected: ["訂正済み", "Corrected"],
  superseded: ["新しい宣言あり", "Superseded"],
  withdrawn: ["取り下げ", "Withdrawn"],
  dismissed: ["棄却", "Dismissed"],
};
export const standing = (id: string | undefined) => wordOr(standings, id);
export function standingTone(id: string | undefined): Tone {
  if (id === "good") return "good";
  if (id === "at-risk" || id === "challenged") return "high";
  if (id === "suspended" || id === "withdrawn") return "critical";
  return "dim";
}

export interface Rule {
  level: number;
  rule: string;
  holds: boolean;
  counted: number;
  met: number;
  until?: string;
  evidence: { entry: number; time?: string; about?: string }[];
  missing: string[];
}
export interface Practice {
  id: string;
  level: number;
  attested: number;
  target?: number;
  basis: string;
  reason?: string;
  until?: string;
  word?: { level: number; name: string; role: string; entry: number };
  rules: Rule[];
}

/** Practices of a requirement: "S(1)-2.1" is of "(1)-2". */
export function mine<P extends { id: string }>(requirement: string, all: P[]): P[] {
  return all.filter((p) => {
    const at = p.id.indexOf(requirement);
    return at >= 0 && /^(\.|$)/.test(p.id.slice(at + requirement.length));
  });
}

export function Cells({ of, open }: { of: Practice[]; open: (id: string) => void }) {
  return (
    <span class="heat-cells">
      {of.map((p) => {
        const text = w("cell", { id: p.id, level: p.level, basis: basis(p.basis) });
        return (
          <button
            key={p.id}
            type="button"
            class={`heat-cell heat-${p.basis === "not-applicable" ? "none" : p.level}`}
            aria-label={text}
            title={text}
            onClick={() => open(p.id)}
          >
            {p.basis === "not-applicable" ? "–" : p.level}
            {p.basis === "attested" && "*"}
          </button>
        );
      })}
    </span>
  );
}

/** Who answers for what is signed: members "person" and "role" of a form. */
export function PersonFields() {
  return (
    <div class="field-pair">
      <Field label={w("person")} name="person" required autocomplete="name" value={me.value?.name ?? ""} />
      <Field label={w("role")} name="role" required help={w("roleHelp")} autocomplete="organization-title" />
    </div>
  );
}
export const personOf = (v: Record<string, string>) => ({
  person: { name: v["person"] ?? "", role: v["role"] ?? "" },
});

export interface Document {
  name: string;
  base64: string;
}
async function read(file: File): Promise<Document> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return { name: file.name, base64: btoa(text) };
}
export function Documents({ of, set }: { of: Document[]; set: (to: Document[]) => void }) {
  const add = async (list: FileList | null) => {
    const more = await Promise.all([...(list ?? [])].map(read));
    set([...of, ...more]);
  };
  return (
    <div class="field">
      <label>
        {w("documents")}
        <input
          type="file"
          multiple
          onChange={(e) => {
            void add(e.currentTarget.files);
            e.currentTarget.value = "";
          }}
        />
      </label>
      {of.length > 0 && (
        <ul class="list-lines">
          {of.map((d, i) => (
            <li key={i} class="row">
              <code>{d.name}</code>
              <button type="button" class="quiet" onClick={() => set(of.filter((_, n) => n !== i))}>
                {w("remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export interface CatalogueName {
  id: string;
  title: Label;
}
interface Catalogue {
  id: string;
  packages: { id: string; title?: string }[];
  practices: { id: string; title?: string; requirement?: string }[];
}
export function useCatalogue(id: string): Catalogue | undefined {
  return useApi<Catalogue>(id ? `/conform/catalogues/${encodeURIComponent(id)}` : undefined).data;
}
export function useCatalogues(): CatalogueName[] {
  return useApi<{ rows: CatalogueName[] }>("/conform/catalogues").data?.rows ?? [];
}

/** Which catalogue and which package of it; `none` is what choosing no package is called. */
export function Chosen({
  catalogue,
  pack,
  none,
  set,
}: {
  catalogue: string;
  pack: string;
  none?: string;
  set: (to: { catalogue: string; pack: string }) => void;
}) {
  const names = useCatalogues();
  const whole = useCatalogue(catalogue);
  const packages = whole?.packages ?? [];
  const title = (n: CatalogueName) =>
    typeof n.title === "string" ? n.title : ((lang.value === "ja" ? n.title?.ja : n.title?.en) ?? n.id);
  return (
    <>
      <Field
        label={w("catalogue")}
        value={catalogue}
        onInput={(v) => set({ catalogue: v, pack: "" })}
        options={(names.length ? names : [{ id: catalogue, title: catalogue }]).map((n) => ({
          value: n.id,
          text: title(n) || n.id,
        }))}
      />
      {(!whole || packages.length > 0) /* its place is kept while it is fetched */ && (
        <Field
          label={w("package")}
          value={pack}
          onInput={(v) => set({ catalogue, pack: v })}
          options={[
            ...(none !== undefined ? [{ value: "", text: none }] : []),
            ...packages.map((p) => ({ value: p.id, text: p.title ?? p.id })),
          ]}
        />
      )}
    </>
  );
}
