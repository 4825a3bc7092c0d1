// SPDX-License-Identifier: Apache-2.0
// Today: what needs me, by clock; what changed since yesterday.
import { useApi } from "../app/api";
import { type Label, label, number, words } from "../app/i18n";
import { has, may } from "../app/session";
import { Badge, Called, Due, Empty, Figures, Head, Section, Show, Waiting } from "../ui/basics";
import { Table } from "../ui/table";
import { type CaseRow, fewCaseColumns } from "./cases";
import { standing, standingTone } from "./conformity_parts";

const w = words({
  title: ["今日", "Today"],
  sub: ["期限の近い順に、対応が必要なもの", "What needs somebody, by its deadline"],
  open: ["完了していない案件", "Cases not closed"],
  missed: ["期限を過ぎた案件", "Past their deadline"],
  withDeadline: ["期限のある案件", "With a deadline"],
  withoutOwner: ["担当のいない案件", "Without an owner"],
  since: ["昨日から", "Since yesterday"],
  flaws: ["新しい脆弱性", "New flaws"],
  releases: ["新しいリリース", "New releases"],
  statements: ["ログの記録", "Statements"],
  cases: ["動きのあった案件", "Cases that moved"],
  urgent: ["期限の近い案件", "Next deadlines"],
  all: ["すべての案件", "All cases"],
  quiet: ["今日しなければならないことはありません", "Nothing has to be done today"],
  quietText: [
    "完了していない案件はありません。新しい脆弱性が見つかると、ここに出ます。",
    "No case is open. What new advisories reach shows here.",
  ],
  noDeadline: ["期限のある案件はありません", "No case has a deadline"],
  noDeadlineText: [
    "期限のない案件が {n} 件あります。",
    "{n} case without a deadline is open.|{n} cases without a deadline are open.",
  ],
  start: ["まず取り込みから始めます", "Begin by importing"],
  startText: [
    "組織と製品の一覧、SBOM、脆弱性情報を取り込むと、対応が必要なものがここに並びます。",
    "Import parties and products, SBOMs and advisories: what needs somebody then shows here.",
  ],
  import: ["取り込む", "Import"],
  offers: ["回答や見直しを待つ対策", "Measures that wait for somebody"],
  declarations: ["確認が必要な宣言", "Declarations to look after"],
  review: ["見直しの時期", "Due for review"],
  overdue: ["回答の期限切れ", "Answer overdue"],
  fading: ["期限の近い証拠", "Evidence about to expire"],
  fadingText: [
    "新しい証拠がなければ、この日に段階が下がります。",
    "Without newer evidence the level falls on that day.",
  ],
  challenges: ["異議 {n}", "{n} challenge|{n} challenges"],
});
interface Data {
  cases: { with_deadline: number; missed: number; open: number; without_owner: number; rows: CaseRow[] };
  offers?: {
    total: number;
    rows: {
      offer: string;
      title?: string;
      product?: string;
      case?: string;
      state?: string;
      due?: boolean;
      next?: string;
    }[];
  };
  declarations?: {
    total: number;
    rows: { declaration: string; standing?: string; until?: string; open_challenges?: number }[];
  };
  since_yesterday: { flaws?: number; releases?: number; statements?: number; cases: number };
}

function View({ of: d }: { of: Data }) {
  const since = d.since_yesterday;
  /* Nothing is known of any software yet: it is no all-clear that nothing has to be done. */
  const known = useApi<{ rows: unknown[] }>(d.cases.open || !has("GET /releases") ? undefined : "/releases", {
    limit: 1,
  });
  const fresh = !d.cases.open && known.data?.rows.length === 0;
  return (
    <>
      <Figures
        of={[
          {
            name: w("missed"),
            value: number(d.cases.missed),
            more: "",
            href: "/cases?due=1",
            ...(d.cases.missed > 0 && { tone: "critical" as const }),
          },
          { name: w("withDeadline"), value: number(d.cases.with_deadline), more: "", href: "/cases?due=1" },
          { name: w("open"), value: number(d.cases.open), more: "", href: "/cases" },
          {
            name: w("withoutOwner"),
            value: number(d.cases.without_owner),
            more: "",
            ...(d.cases.without_owner > 0 && { tone: "high" as const }),
          },
        ]}
      />
      <div class="columns wide-left">
        <Section
          title={w("urgent")}
          flush
          tools={
            <a class="quiet" href="/cases">
              {w("all")}
            </a>
          }
        >
          <Table
            label={w("urgent")}
            name="today"
            columns={fewCaseColumns()}
            rows={d.cases.rows}
            id={(c) => c.case}
            href={(c) => `/cases/${encodeURIComponent(c.case)}`}
            filter={false}
            empty={
              known.loading ? (
                <Waiting rows={4} />
              ) : fresh ? (
                <Empty icon="import" title={w("start")}>
                  <p>{w("startText")}</p>
                  {has("POST /imports") && may("upload") && (
                    <a class="button" href="/import">
                      {w("import")}
                    </a>
                  )}
                </Empty>
              ) : d.cases.open > 0 ? (
                <Empty icon="cases" title={w("noDeadline")}>
                  <p>{w("noDeadlineText", { n: d.cases.open })}</p>
                  <a class="button" href="/cases">
                    {w("all")}
                  </a>
                </Empty>
              ) : (
                <Empty icon="check" title={w("quiet")}>
                  <p>{w("quietText")}</p>
                </Empty>
              )
            }
          />
        </Section>
        <div class="stack">
          <Section title={w("since")}>
            <dl class="facts">
              {(["flaws", "releases", "cases", "statements"] as const).map(
                (k) =>
                  since[k] !== undefined && (
                    <div key={k}>
                      <dt>{w(k)}</dt>
                      <dd class="num">{number(since[k] ?? 0)}</dd>
                    </div>
                  ),
              )}
            </dl>
          </Section>
          {d.offers && d.offers.rows.length > 0 && (
            <Section title={w("offers")} flush>
              <ul class="list-lines">
                {d.offers.rows.map((o) => (
                  <li key={o.offer} class="row">
                    <a class="row-link" href={`/decisions/${encodeURIComponent(o.offer)}`}>
                      {o.title ?? o.offer}
                    </a>
                    <span class="dim">
                      <Called kind="product" id={o.product} />
                    </span>
                    {o.due && <Badge tone="high">{o.state === "open" ? w("overdue") : w("review")}</Badge>}
                    <Due at={o.next} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
          {d.declarations && d.declarations.rows.length > 0 && (
            <Section title={w("declarations")} flush>
              <ul class="list-lines">
                {d.declarations.rows.map((x) => (
                  <li key={x.declaration} class="row">
                    <a href={`/conformity/${encodeURIComponent(x.declaration)}`}>
                      <code>{x.declaration}</code>
                    </a>
                    <Badge tone={standingTone(x.standing)}>{standing(x.standing)}</Badge>
                    {(x.open_challenges ?? 0) > 0 && (
                      <Badge tone="high">{w("challenges", { n: x.open_challenges ?? 0 })}</Badge>
                    )}
                    <Due at={x.until} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
          {d.declarations && <Fading />}
        </div>
      </div>
    </>
  );
}

interface Requirement {
  id: string;
  level: number;
  until?: string;
  title?: Label;
}
/** Requirements whose evidence grows too old within two months. */
function Fading() {
  const asked = useApi<{ requirements?: Requirement[] }>(
    has("GET /conform/status") ? "/conform/status" : undefined,
    { package: "minimum" },
  );
  const end = Date.now() + 60 * 86400e3;
  const soon = (asked.data?.requirements ?? [])
    .filter((r) => r.until && new Date(r.until).getTime() < end)
    .sort((a, b) => String(a.until).localeCompare(String(b.until)))
    .slice(0, 8);
  if (!soon.length) return null;
  return (
    <Section title={w("fading")} flush>
      <p class="dim inset-text">{w("fadingText")}</p>
      <ul class="list-lines">
        {soon.map((r) => (
          <li key={r.id} class="row">
            <a href={`/conformity?package=minimum&requirement=${encodeURIComponent(r.id)}`}>
              <code>{r.id}</code> {label(r.title)}
            </a>
            <Due at={r.until} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

export default function Today() {
  const asked = useApi<Data>("/today");
  return (
    <>
      <Head title={w("title")} sub={w("sub")} />
      <Show of={asked} rows={10}>
        {(d) => <View of={d} />}
      </Show>
    </>
  );
}
