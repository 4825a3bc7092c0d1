// SPDX-License-Identifier: Apache-2.0
// Units side by side: a requirement a row, the party and each of its units a column, down to the practices.
import { useState } from "preact/hooks";
import { useApi } from "../app/api";
import { type Label, label, number, words } from "../app/i18n";
import { argument, setArguments } from "../app/route";
import { Dialog, Empty, Section, Show } from "../ui/basics";
import { Cells, Chosen, type Practice, mine } from "./conformity_parts";
import { PracticeDialog } from "./conformity_practice";
import { Downloads } from "../ui/table";

const w = words({
  named: ["内容", "Title"],
  title: ["部門の比較", "Units side by side"],
  legend: [
    "色はレベル 0 から 4。* は人の申告による。枠を選ぶと個別要求が開きます",
    "Colour: level 0 to 4. *: rests on a person's word. Choose a cell to see its practices",
  ],
  noTarget: ["目標なし", "No target"],
  cells: ["要求事項と部門の表", "Requirements by unit"],
  requirement: ["要求事項", "Requirement"],
  alone: ["部門はまだありません", "There are no units yet"],
  aloneText: [
    "この組織を元請 (primes) とする組織を登録すると、隣に並びます: akashi party add ID --prime 組織",
    "Parties that name this one as their prime stand beside it: akashi party add ID --prime PARTY",
  ],
  cell: ["{unit}、{requirement}: レベル {level}", "{unit}, {requirement}: level {level}"],
  none: ["{unit}、{requirement}: 対象外", "{unit}, {requirement}: not in the package"],
  met: ["{met}/{n} 達成", "{met} of {n} met"],
  products: ["製品 {n}", "{n} product|{n} products"],
  next: ["次の部門", "Next units"],
  previous: ["前の部門", "Units before"],
  shown: ["{total} 部門中 {from}–{to}", "Units {from}–{to} of {total}"],
});

interface Units {
  units: { party: string; name: string; products: number; practices: number; met: number }[];
  total: number;
  requirements: {
    id: string;
    title: Label;
    target?: number;
    cells: { level: number; practices: number; met: number; attested: boolean }[];
  }[];
}
const PAGE = 12;

function Unit({
  party,
  name,
  requirement,
  title,
  query,
}: {
  party: string;
  name: string;
  requirement: string;
  title: string;
  query: Record<string, string>;
}) {
  const asked = useApi<{ practices: Practice[] }>("/conform/status", { ...query, party });
  const [practice, setPractice] = useState("");
  if (practice)
    return (
      <PracticeDialog
        id={practice}
        query={{ ...query, party }}
        close={() => setPractice("")}
        changed={asked.reload}
      />
    );
  return (
    <Dialog
      title={`${name} · ${requirement} ${title}`.trim()}
      onClose={() => setArguments({ unit: undefined, of: undefined })}
    >
      <Show of={asked}>{(d) => <Cells of={mine(requirement, d.practices)} open={setPractice} />}</Show>
    </Dialog>
  );
}

export function UnitsTab() {
  const catalogue = argument("catalogue") || "cip";
  const pack = argument("package");
  const skip = Number(argument("skip")) || 0;
  const query = { catalogue, ...(pack && { package: pack }) };
  const asked = useApi<Units>("/conform/units", { ...query, limit: PAGE, skip });
  const unit = argument("unit");
  const requirement = argument("of");
  return (
    <>
      <div class="filters">
        <Chosen
          catalogue={catalogue}
          pack={pack}
          none={w("noTarget")}
          set={(to) => setArguments({ catalogue: to.catalogue, package: to.pack || undefined })}
        />
      </div>
      <Show of={asked} rows={21}>
        {(d) => (
          <Section
            title={w("title")}
            flush
            tools={
              <Downloads
                label={w("title")}
                name="units"
                columns={[
                  { id: "id", head: w("requirement"), cell: () => "", value: (r) => r.id },
                  { id: "title", head: w("named"), cell: () => "", value: (r) => label(r.title) },
                  ...d.units.map((u, i) => ({
                    id: u.party,
                    head: u.name,
                    cell: () => "",
                    value: (r: Units["requirements"][number]) =>
                      r.cells[i]?.practices ? r.cells[i]?.level : undefined,
                  })),
                ]}
                rows={d.requirements}
              />
            }
          >
            <p class="dim inset-line">{w("legend")}</p>
            <div class="table-box" tabIndex={0} role="group" aria-label={w("cells")}>
              <table class="heat units">
                <thead>
                  <tr>
                    <th scope="col">{w("requirement")}</th>
                    {d.units.map((u) => (
                      <th key={u.party} scope="col">
                        {u.name}
                        <small>
                          {w("met", { met: u.met, n: u.practices })} · {w("products", { n: u.products })}
                        </small>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {d.requirements.map((r) => (
                    <tr key={r.id}>
                      <th scope="row">
                        <strong>{r.id}</strong> <span class="units-title">{label(r.title)}</span>
                      </th>
                      {r.cells.map((c, i) => {
                        const u = d.units[i];
                        if (!u) return null;
                        const what = { unit: u.name, requirement: r.id, level: c.level };
                        const text = c.practices ? w("cell", what) : w("none", what);
                        return (
                          <td key={u.party}>
                            <button
                              type="button"
                              class={`heat-cell heat-${c.practices ? c.level : "none"}`}
                              aria-label={text}
                              title={text}
                              onClick={() => setArguments({ unit: u.party, of: r.id })}
                            >
                              {c.practices ? `${c.level}${c.attested ? "*" : ""}` : "–"}
                            </button>
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {d.total > PAGE && (
              <p class="row inset-line">
                <span class="dim">
                  {w("shown", {
                    total: d.total,
                    from: number(skip + 1),
                    to: number(Math.min(d.total, skip + PAGE)),
                  })}
                </span>
                {skip > 0 && (
                  <button
                    type="button"
                    class="secondary"
                    onClick={() => setArguments({ skip: String(Math.max(0, skip - PAGE)) })}
                  >
                    {w("previous")}
                  </button>
                )}
                {skip + PAGE < d.total && (
                  <button
                    type="button"
                    class="secondary"
                    onClick={() => setArguments({ skip: String(skip + PAGE) })}
                  >
                    {w("next")}
                  </button>
                )}
              </p>
            )}
            {d.total === 0 && (
              <Empty icon="conformity" title={w("alone")}>
                <p>{w("aloneText")}</p>
              </Empty>
            )}
            {unit && requirement && (
              <Unit
                party={unit}
                name={d.units.find((u) => u.party === unit)?.name ?? unit}
                requirement={requirement}
                title={label(d.requirements.find((r) => r.id === requirement)?.title)}
                query={query}
              />
            )}
          </Section>
        )}
      </Show>
    </>
  );
}
