// SPDX-License-Identifier: Apache-2.0
// Sectors × regions: a table that is its own heat map, and Japan as tiles. Pure text and colour: nothing to load.
import { useState } from "preact/hooks";
import { compact, lang, number, words } from "../app/i18n";
import { prefectures } from "../app/japan";
import * as term from "../app/terms";
import { Empty, Section } from "../ui/basics";
import { type Column, Downloads } from "../ui/table";

const w = words({
  title: ["分野と地域", "Sectors and regions"],
  japan: ["都道府県", "Prefectures"],
  all: ["すべての分野", "All sectors"],
  sector: ["分野", "Sector"],
  none: ["この範囲にサービスはありません", "There are no services here"],
  noneText: [
    "サービスを登録すると、分野と地域ごとに影響が見えます。",
    "Once services are registered, their sectors and regions show here.",
  ],
  services: ["サービス {n}", "{n} service|{n} services"],
  people: ["{n} 人", "{n} people"],
  sum: ["計", "All"],
  elsewhere: ["その他の地域", "Elsewhere"],
  region: ["地域", "Region"],
  count: ["サービス", "Services"],
  affected: ["対象人口", "People"],
});

export interface MapData {
  sectors: unknown[];
  regions: unknown[];
  cells: {
    sector: string;
    region: string;
    services: number;
    population: number;
    services_that_fall?: number;
    people_without_service?: number;
  }[];
}
type Cell = MapData["cells"][number];
const weight = (c: Cell) => c.people_without_service ?? c.population;

/** 0 (nothing) to 5, by powers of ten below the greatest. */
function step(n: number, most: number): number {
  if (!n) return 0;
  return Math.max(1, Math.min(5, 5 - Math.floor(Math.log10(Math.max(1, most / n)) * 1.5)));
}
function sum(cells: Cell[]): { services: number; people: number } {
  return {
    services: cells.reduce((n, c) => n + c.services, 0),
    people: cells.reduce((n, c) => n + weight(c), 0),
  };
}

export function RegionMap({ of }: { of: MapData }) {
  const [sector, setSector] = useState("");
  const language = lang.value;
  if (!of.cells.length)
    return (
      <Section>
        <Empty icon="impact" title={w("none")}>
          <p>{w("noneText")}</p>
        </Empty>
      </Section>
    );
  const sectors = [...new Set(of.cells.map((c) => c.sector))].sort();
  const regions = [...new Set(of.cells.map((c) => c.region))].sort();
  const shown = of.cells.filter((c) => !sector || c.sector === sector);
  const most = Math.max(...of.cells.map(weight), 1);
  const tiles = new Map(
    Object.keys(prefectures).map((id) => [id, sum(shown.filter((c) => c.region === id))]),
  );
  const mostTile = Math.max(...[...tiles.values()].map((t) => t.people), 1);
  const columns: Column<Cell>[] = [
    { id: "sector", head: w("sector"), cell: () => "", value: (c) => term.sector(c.sector) },
    {
      id: "region",
      head: w("region"),
      cell: () => "",
      value: (c) => term.region(c.region) || w("elsewhere"),
    },
    { id: "services", head: w("count"), number: true, cell: () => "", value: (c) => c.services },
    { id: "people", head: w("affected"), number: true, cell: () => "", value: (c) => weight(c) },
  ];
  const inJapan = regions.some((r) => prefectures[r]);
  return (
    <div class="columns">
      <Section
        title={w("title")}
        flush
        tools={<Downloads label={w("title")} name="map" columns={columns} rows={of.cells} />}
      >
        <div class="table-box" tabIndex={0} role="group" aria-label={w("title")}>
          <table class="heat">
            <thead>
              <tr>
                <th scope="col">{w("sector")}</th>
                {regions.map((r) => (
                  <th key={r} scope="col">
                    {term.region(r) || w("elsewhere")}
                  </th>
                ))}
                <th scope="col">{w("sum")}</th>
              </tr>
            </thead>
            <tbody>
              {sectors.map((s) => {
                const all = sum(of.cells.filter((c) => c.sector === s));
                return (
                  <tr key={s}>
                    <th scope="row">
                      <button
                        type="button"
                        class="bare"
                        aria-pressed={sector === s}
                        onClick={() => setSector(sector === s ? "" : s)}
                      >
                        {term.sector(s)}
                      </button>
                    </th>
                    {regions.map((r) => {
                      const c = of.cells.find((x) => x.sector === s && x.region === r);
                      return (
                        <td key={r} class={`warm-${c ? step(weight(c), most) : 0}`}>
                          {c ? (
                            <>
                              {compact(weight(c))}
                              <small>{w("services", { n: c.services })}</small>
                            </>
                          ) : (
                            ""
                          )}
                        </td>
                      );
                    })}
                    <td class="n">
                      {compact(all.people)}
                      <small>{w("services", { n: all.services })}</small>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Section>
      {inJapan && (
        <Section title={`${w("japan")} · ${sector ? term.sector(sector) : w("all")}`}>
          <ul class="tiles">
            {Object.entries(prefectures).map(([id, [ja, en, column, row]]) => {
              const t = tiles.get(id) ?? { services: 0, people: 0 };
              const says = `${language === "ja" ? ja : en}: ${w("people", { n: number(t.people) })}, ${w("services", { n: t.services })}`;
              return (
                <li
                  key={id}
                  class={`tile warm-${step(t.people, mostTile)}${language === "ja" && ja.length > 2 ? " long" : ""}`}
                  title={says}
                  ref={(li) => {
                    if (li) {
                      li.style.gridColumn = String(column);
                      li.style.gridRow = String(row);
                    }
                  }}
                >
                  <span aria-hidden="true">{language === "ja" ? ja : en.slice(0, 3)}</span>
                  <span class="hidden">{says}</span>
                </li>
              );
            })}
          </ul>
        </Section>
      )}
    </div>
  );
}
