// SPDX-License-Identifier: Apache-2.0
// What if it were gone? Services that are out over time, against the outage each can bear (MTPD), with a slider.
import { useEffect, useMemo, useState } from "preact/hooks";
import { useApi } from "../app/api";
import { compact, duration, lang, number, words } from "../app/i18n";
import { argument, setArguments } from "../app/route";
import { has } from "../app/session";
import * as term from "../app/terms";
import { Badge, Empty, Figures, Section, Show } from "../ui/basics";
import { Chart, type Ink } from "../ui/chart";
import { Table, type Column } from "../ui/table";

const w = words({
  what: ["止まるもの", "What is gone"],
  hint: [
    "party:ID、service:ID、release:製品@版、pkg:…、CVE-…(複数はカンマで区切る)",
    "party:ID, service:ID, release:PRODUCT@VERSION, pkg:…, CVE-…, several with commas",
  ],
  teams: ["同時に復旧できる数", "Things worked on at once"],
  run: ["計算する", "Compute"],
  none: ["何かが止まったとき、何が続けて止まるか", "What stops when something stops"],
  noneText: [
    "止まるものを上の欄に書くか、サービスを一つ選んでください。",
    "Say above what is gone, or choose a service.",
  ],
  examples: ["サービスの例", "Services"],
  nothing: ["止まるサービスはありません", "No service goes out"],
  after: ["{t} 経過", "After {t}"],
  out: ["止まっているサービス", "Services out"],
  people: ["使えない人", "People without service"],
  count: ["人数", "People"],
  late: ["許容時間を超えたサービス", "Services beyond MTPD"],
  hours: ["許容時間を超える人時(最良の順)", "People-hours beyond MTPD, best order"],
  cascade: ["連鎖の深さ", "Depth of the cascade"],
  over: ["時間の経過と影響", "Over time"],
  within: ["許容時間の内", "Within MTPD"],
  beyond: ["許容時間の外", "Beyond MTPD"],
  chart: ["止まった人の数の移り変わり。最大 {n} 人。", "People without service over time, at most {n}."],
  service: ["サービス", "Service"],
  sector: ["分野", "Sector"],
  mtpd: ["許容時間", "MTPD"],
  back: ["復旧", "Back after"],
  cause: ["原因", "Because of"],
  order: ["復旧の順番", "Order of restoring"],
  name: ["名前", "Name"],
  kind: ["種類", "Kind"],
  takes: ["かかる時間", "Takes"],
  done: ["完了", "Done after"],
  assumed: ["仮定", "assumed"],
  slider: ["経過時間", "Time passed"],
  exact: ["すべての順番を試しました", "Every order was tried"],
});

interface Told {
  people: number;
  cascade_depth: number;
  services_late: number;
  people_hours_late: number;
  every_order_tried: boolean;
  services: {
    service: string;
    name?: string;
    sector?: string;
    mtpd_seconds?: number;
    back_after_seconds: number;
    late: boolean;
    people: number;
    steps: number;
    cause?: string;
  }[];
  restore: {
    kind: string;
    name: string;
    takes_seconds: number;
    assumed: boolean;
    done_after_seconds: number;
  }[];
}
type Service = Told["services"][number];
const limit = (s: Service) => s.mtpd_seconds ?? Infinity;

function at(services: Service[], t: number) {
  const out = services.filter((s) => s.back_after_seconds > t);
  const late = out.filter((s) => limit(s) < t);
  const people = (of: Service[]) => of.reduce((n, s) => n + s.people, 0);
  return { out, late, people: people(out), beyond: people(late) };
}

function Result({ of }: { of: Told }) {
  const last = Math.max(...of.services.map((s) => s.back_after_seconds), 3600);
  const [t, setT] = useState(0);
  const language = lang.value;
  useEffect(() => setT(0), [of]);
  const times = useMemo(() => {
    const all = new Set<number>([0, last * 1.04]);
    for (const s of of.services) {
      all.add(s.back_after_seconds);
      if (limit(s) < last) all.add(limit(s) + 1);
    }
    return [...all].sort((a, b) => a - b);
  }, [of, last]);
  const option = useMemo(
    () => (ink: Ink) => ({
      grid: { left: 56, right: 16, top: 34, bottom: 28 },
      legend: { top: 0, left: 0, textStyle: { color: ink.ink }, itemWidth: 14, itemHeight: 10 },
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        backgroundColor: ink.surface,
        borderColor: ink.line,
        textStyle: { color: ink.ink },
        valueFormatter: (v: unknown) => number(Number(v)),
      },
      xAxis: {
        type: "value",
        max: last * 1.04,
        interval:
          [900, 1800, 3600, 7200, 14400, 21600, 43200, 86400].find((x) => last / x <= 9) ??
          Math.ceil(last / 691200) * 86400,
        axisLabel: {
          color: ink.dim,
          hideOverlap: true,
          showMaxLabel: false,
          formatter: (v: number) => duration(v),
        },
        axisLine: { lineStyle: { color: ink.line } },
        splitLine: { show: false },
      },
      yAxis: {
        type: "value",
        axisLabel: { color: ink.dim, formatter: (v: number) => compact(v) },
        splitLine: { lineStyle: { color: ink.line } },
      },
      series: [
        { name: w("within"), of: (x: ReturnType<typeof at>) => x.people - x.beyond, color: ink.series[0] },
        { name: w("beyond"), of: (x: ReturnType<typeof at>) => x.beyond, color: ink.series[1] },
      ].map((s) => ({
        name: s.name,
        type: "line",
        step: "end",
        stack: "people",
        symbol: "none",
        lineStyle: { width: 1, color: s.color },
        itemStyle: { color: s.color },
        areaStyle: { opacity: 0.5, color: s.color },
        data: times.map((x) => [x, s.of(at(of.services, x))]),
      })),
    }),
    [of, times, language],
  );
  const now = at(of.services, t);
  const columns: Column<Service>[] = [
    {
      id: "name",
      head: w("service"),
      grow: true,
      cell: (s) => s.name || s.service,
      value: (s) => s.name || s.service,
    },
    {
      id: "sector",
      head: w("sector"),
      cell: (s) => term.sector(s.sector),
      value: (s) => term.sector(s.sector),
      rank: 2,
    },
    { id: "people", head: w("count"), number: true, cell: (s) => number(s.people), value: (s) => s.people },
    {
      id: "mtpd",
      head: w("mtpd"),
      number: true,
      cell: (s) => (s.mtpd_seconds === undefined ? "–" : duration(s.mtpd_seconds)),
      value: (s) => s.mtpd_seconds,
    },
    {
      id: "back",
      head: w("back"),
      number: true,
      cell: (s) => <span class={s.late ? "bad" : undefined}>{duration(s.back_after_seconds)}</span>,
      value: (s) => s.back_after_seconds,
    },
    { id: "cause", head: w("cause"), cell: (s) => s.cause ?? "–", value: (s) => s.cause, rank: 3 },
  ];
  type Job = Told["restore"][number];
  const jobs: Column<Job>[] = [
    { id: "n", head: "#", number: true, cell: (j) => number(of.restore.indexOf(j) + 1) },
    { id: "name", head: w("name"), grow: true, cell: (j) => j.name, value: (j) => j.name },
    { id: "kind", head: w("kind"), cell: (j) => term.kind(j.kind), value: (j) => j.kind, rank: 2 },
    {
      id: "takes",
      head: w("takes"),
      number: true,
      cell: (j) => (
        <>
          {duration(j.takes_seconds)} {j.assumed && <Badge tone="dim">{w("assumed")}</Badge>}
        </>
      ),
      value: (j) => j.takes_seconds,
    },
    {
      id: "done",
      head: w("done"),
      number: true,
      cell: (j) => duration(j.done_after_seconds),
      value: (j) => j.done_after_seconds,
    },
  ];
  if (!of.services.length)
    return (
      <Section>
        <Empty icon="check" title={w("nothing")} />
      </Section>
    );
  return (
    <>
      <Section title={w("over")}>
        <div class="slider">
          <label>
            <span>{w("slider")}</span>
            <input
              type="range"
              min={0}
              max={last}
              step={Math.max(60, Math.round(last / 200))}
              value={t}
              aria-valuetext={duration(t)}
              onInput={(e) => setT(Number(e.currentTarget.value))}
            />
          </label>
          <output>{w("after", { t: duration(t) })}</output>
        </div>
        <Figures
          of={[
            { name: w("out"), value: number(now.out.length), more: `/ ${number(of.services.length)}` },
            { name: w("people"), value: compact(now.people), more: "" },
            {
              name: w("late"),
              value: number(now.late.length),
              more: `/ ${number(of.services_late)}`,
              ...(now.late.length > 0 && { tone: "critical" as const }),
            },
            {
              name: w("hours"),
              value: compact(of.people_hours_late),
              more: of.every_order_tried ? w("exact") : "",
            },
            { name: w("cascade"), value: number(of.cascade_depth), more: "" },
          ]}
        />
        <Chart label={w("chart", { n: of.people })} height={260} option={option} />
      </Section>
      <div class="columns">
        <Section title={w("service")} flush>
          <Table
            label={w("service")}
            name="what-if"
            columns={columns}
            rows={of.services}
            id={(s) => s.service}
          />
        </Section>
        <Section title={w("order")} flush>
          <Table
            label={w("order")}
            name="restore"
            columns={jobs}
            rows={of.restore}
            id={(j) => `${j.kind} ${j.name}`}
          />
        </Section>
      </div>
    </>
  );
}

/** Services of this home, to begin with. */
function Examples() {
  const asked = useApi<{ rows: { id: string; name?: string }[] }>(
    has("GET /services") ? "/services" : undefined,
    { limit: 6 },
  );
  return (
    <ul class="chips centred" aria-label={w("examples")}>
      {(asked.data?.rows ?? []).map((s) => (
        <li key={s.id}>
          <a class="chip" href={`/impact?view=whatif&remove=${encodeURIComponent(`service:${s.id}`)}`}>
            {s.name || s.id}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function WhatIf({ given }: { given: string }) {
  const remove = argument("remove") || given;
  const teams = argument("teams") || "1";
  const asked = useApi<Told>(remove ? "/impact/what-if" : undefined, { remove, teams });
  const send = (e: SubmitEvent) => {
    e.preventDefault();
    const f = new FormData(e.currentTarget as HTMLFormElement);
    setArguments({ remove: String(f.get("remove") ?? "").trim(), teams: String(f.get("teams") ?? "") });
  };
  return (
    <>
      <form class="filters" onSubmit={(e) => send(e as unknown as SubmitEvent)} key={`${remove} ${teams}`}>
        <div class="field wide">
          <label for="what-if">{w("what")}</label>
          <input id="what-if" name="remove" defaultValue={remove} placeholder={w("hint")} />
        </div>
        <div class="field">
          <label for="teams">{w("teams")}</label>
          <input id="teams" name="teams" type="number" min={1} max={10000} defaultValue={teams} />
        </div>
        <button class="primary" type="submit">
          {w("run")}
        </button>
      </form>
      {remove ? (
        <Show of={asked}>{(d) => <Result of={d} />}</Show>
      ) : (
        <Section>
          <Empty icon="impact" title={w("none")}>
            <p>{w("noneText")}</p>
            <Examples />
          </Empty>
        </Section>
      )}
    </>
  );
}
