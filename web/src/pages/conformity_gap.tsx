// SPDX-License-Identifier: Apache-2.0
// What remains of a catalogue when a certificate, another catalogue or an own guideline is met already; and how far one
// catalogue covers another.
import { useRef, useState } from "preact/hooks";
import { Problem, address, ask, useApi } from "../app/api";
import { type Label, label, lang, number, wordOr, words } from "../app/i18n";
import { argument, setArguments } from "../app/route";
import { Badge, Empty, Figures, Note, ProblemNote, Section, Show } from "../ui/basics";
import { Field } from "../ui/form";
import { Table, type Column } from "../ui/table";
import { Chosen, useCatalogues } from "./conformity_parts";

const w = words({
  have: ["すでに満たしているもの", "What is met already"],
  sheet: ["自社の一覧 (CSV)", "Own list (CSV)"],
  sheetHelp: [
    "catalogue, id, level (カタログ, 識別子, レベル) の列をもつ CSV",
    "CSV with the columns catalogue, id, level",
  ],
  all: ["すべて", "All of it"],
  role: ["対象の役割", "Binds"],
  anyRole: ["すべての役割", "Any role"],
  remaining: ["残っているもの", "What remains"],
  coverage: ["対応関係", "Coverage"],
  view: ["表示", "Show"],
  practice: ["個別要求", "Practice"],
  title: ["内容", "Title"],
  state: ["状態", "State"],
  by: ["対応するもの", "Covered by"],
  hours: ["時間", "Hours"],
  start: ["始め方", "Start with"],
  first: ["残りの手間 (初回)", "Effort that is left (first)"],
  yearly: ["毎年", "each year"],
  h: ["{n} 時間", "{n} h"],
  unrelated: [
    "{id} からの対応表がないため、数えていません",
    "No map leads from {id}, so it counts for nothing here",
  ],
  choose: [
    "認証やガイドラインを選ぶか、CSV を選んでください",
    "Choose a certificate or guideline, or a CSV file",
  ],
  chain: ["直接の対応表がないため、{n} つの対応表をつないでいます", "No direct map: {n} maps in a chain"],
  why: ["理由", "Why"],
  csv: ["CSV で保存", "Save as CSV"],
});
const states: Record<string, readonly [string, string]> = {
  met: ["達成", "Met"],
  partly: ["一部", "In part"],
  open: ["未達成", "Open"],
  full: ["満たす", "Covered"],
  none: ["なし", "Not at all"],
};
const tones = { met: "good", full: "good", partly: "medium", open: "high", none: "high" } as const;
const strengths: Record<string, readonly [string, string]> = {
  equal: ["同等", "equals"],
  superset: ["含む", "includes"],
  subset: ["一部", "is part of"],
  overlaps: ["重なる", "overlaps"],
};
const roles: Record<string, readonly [string, string]> = {
  developer: ["開発者", "Developer"],
  supplier: ["供給者", "Supplier"],
  operator: ["運用者", "Operator"],
  customer: ["顧客", "Customer"],
};

interface Row {
  id: string;
  title: Label;
  state: keyof typeof tones;
  first?: number;
  start?: Label;
  by: { catalogue: string; id: string; strength: string; via?: string }[];
}
interface Gap {
  want: string;
  counts: Record<string, number>;
  effort: { first: number; yearly: number; notEstimated: number };
  unrelated: string[];
  practices: Row[];
}

function State({ of }: { of: keyof typeof tones }) {
  return <Badge tone={tones[of]}>{wordOr(states, of)}</Badge>;
}

function Answer({ of }: { of: Gap }) {
  const columns: Column<Row>[] = [
    { id: "state", head: w("state"), cell: (r) => <State of={r.state} />, value: (r) => r.state },
    {
      id: "id",
      head: w("practice"),
      cell: (r) => <strong class="nowrap">{r.id}</strong>,
      value: (r) => r.id,
    },
    { id: "title", head: w("title"), grow: true, cell: (r) => label(r.title), value: (r) => label(r.title) },
    {
      id: "hours",
      head: w("hours"),
      number: true,
      cell: (r) => r.first ?? "–",
      value: (r) => r.first,
      rank: 2,
    },
    {
      id: "by",
      head: w("by"),
      cell: (r) =>
        r.by.length
          ? r.by
              .slice(0, 4)
              .map((b) => `${b.id} (${wordOr(strengths, b.strength)})`)
              .join(", ")
          : "–",
      value: (r) => r.by.map((b) => b.id).join(", "),
      rank: 2,
    },
    {
      id: "start",
      head: w("start"),
      cell: (r) => (r.state === "met" ? "" : label(r.start)),
      value: (r) => label(r.start),
      rank: 3,
    },
  ];
  return (
    <>
      <Figures
        of={[
          ...(["met", "partly", "open"] as const).map((s) => ({
            name: wordOr(states, s),
            value: number(of.counts[s] ?? 0),
          })),
          {
            name: w("first"),
            value: w("h", { n: of.effort.first }),
            more: `${w("yearly")} ${w("h", { n: of.effort.yearly })}`,
          },
        ]}
      />
      {of.unrelated.map((id) => (
        <Note key={id} kind="warn">
          {w("unrelated", { id })}
        </Note>
      ))}
      <Section title={w("remaining")} flush>
        <Table
          label={w("remaining")}
          name="gap"
          columns={columns}
          rows={of.practices}
          id={(r) => r.id}
          tall
        />
      </Section>
    </>
  );
}

interface Map {
  maps: number;
  counts: Record<string, number>;
  practices: {
    id: string;
    title: Label;
    covered: keyof typeof tones;
    by: { id: string; strength: string; why?: Label; via?: string }[];
  }[];
}
function Coverage({ from, to }: { from: string; to: string }) {
  const asked = useApi<Map>("/conform/map", { from, to });
  const columns: Column<Map["practices"][number]>[] = [
    { id: "state", head: w("state"), cell: (r) => <State of={r.covered} />, value: (r) => r.covered },
    {
      id: "id",
      head: w("practice"),
      cell: (r) => <strong class="nowrap">{r.id}</strong>,
      value: (r) => r.id,
    },
    { id: "title", head: w("title"), grow: true, cell: (r) => label(r.title), value: (r) => label(r.title) },
    {
      id: "by",
      head: w("by"),
      cell: (r) =>
        r.by.length ? (
          <ul class="plain-list">
            {r.by.map((b) => (
              <li key={b.id}>
                {b.id} ({wordOr(strengths, b.strength)}) <span class="dim">{label(b.why) || b.via}</span>
              </li>
            ))}
          </ul>
        ) : (
          "–"
        ),
      value: (r) => r.by.map((b) => b.id).join(", "),
    },
  ];
  return (
    <Show of={asked} rows={12}>
      {(d) => (
        <>
          <Figures
            of={(["full", "partly", "none"] as const).map((s) => ({
              name: wordOr(states, s),
              value: number(d.counts[s] ?? 0),
            }))}
          />
          {d.maps > 1 && <Note>{w("chain", { n: d.maps })}</Note>}
          <Section title={w("coverage")} flush>
            <Table
              label={w("coverage")}
              name="map"
              columns={columns}
              rows={d.practices}
              id={(r) => r.id}
              tall
            />
          </Section>
        </>
      )}
    </Show>
  );
}

export function GapTab() {
  const want = argument("catalogue") || "cip";
  const pack = argument("package");
  const have = argument("have");
  const role = argument("role");
  const view = argument("show") === "coverage" ? "coverage" : "remaining";
  const [sheet, setSheet] = useState<{ name: string; gap: Gap }>();
  const [problem, setProblem] = useState<Problem>();
  const input = useRef<HTMLInputElement>(null);
  const names = useCatalogues().filter((n) => n.id !== want);
  const query = { want, package: pack, role };
  const asked = useApi<Gap>(have && view === "remaining" && !sheet ? "/conform/gap" : undefined, {
    have,
    ...query,
  });
  const read = async (file: File | undefined) => {
    if (!file) return;
    setProblem(undefined);
    try {
      const a = await ask<Gap>("POST", "/conform/gap", {
        query: { have: file.name.replace(/\.csv$/i, ""), ...query },
        body: file,
        type: "text/csv",
      });
      setSheet({ name: file.name, gap: a.data });
    } catch (e) {
      setProblem(e instanceof Problem ? e : new Problem(0, "bug", String(e)));
    }
  };
  const set = (to: Record<string, string | undefined>) => {
    setSheet(undefined);
    setArguments(to);
  };
  return (
    <>
      <div class="filters">
        <Field
          label={w("have")}
          value={have}
          onInput={(v) => set({ have: v || undefined })}
          options={[
            { value: "", text: "–" },
            ...names.map((n) => ({ value: n.id, text: label(n.title) || n.id })),
          ]}
        />
        <Chosen
          catalogue={want}
          pack={pack}
          none={w("all")}
          set={(to) => set({ catalogue: to.catalogue, package: to.pack || undefined })}
        />
        <Field
          label={w("role")}
          value={role}
          onInput={(v) => set({ role: v || undefined })}
          options={[
            { value: "", text: w("anyRole") },
            ...Object.keys(roles).map((r) => ({ value: r, text: wordOr(roles, r) })),
          ]}
        />
        <Field
          label={w("view")}
          value={view}
          onInput={(v) => set({ show: v === "coverage" ? v : undefined })}
          options={(["remaining", "coverage"] as const).map((v) => ({ value: v, text: w(v) }))}
        />
        <button type="button" class="secondary" title={w("sheetHelp")} onClick={() => input.current?.click()}>
          {sheet?.name ?? w("sheet")}
        </button>
        <input
          ref={input}
          hidden
          type="file"
          accept=".csv,text/csv"
          onChange={(e) => {
            void read(e.currentTarget.files?.[0]);
            e.currentTarget.value = "";
          }}
        />
        {have && !sheet && (
          <a
            class="secondary"
            download
            href={address(
              view === "coverage" ? "/conform/map" : "/conform/gap",
              view === "coverage"
                ? { from: have, to: want, form: "csv", lang: lang.value }
                : { have, ...query, form: "csv", lang: lang.value },
            )}
          >
            {w("csv")}
          </a>
        )}
      </div>
      {problem && <ProblemNote of={problem} />}
      {sheet ? (
        <Answer of={sheet.gap} />
      ) : !have ? (
        <Empty icon="conformity" title={w("choose")}>
          <p>{w("sheetHelp")}</p>
        </Empty>
      ) : view === "coverage" ? (
        <Coverage from={have} to={want} />
      ) : (
        <Show of={asked} rows={12}>
          {(d) => <Answer of={d} />}
        </Show>
      )}
    </>
  );
}
