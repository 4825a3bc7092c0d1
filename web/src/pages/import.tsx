// SPDX-License-Identifier: Apache-2.0
// Import: drop documents, watch them being taken in, see which row could not be.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem, address, ask, useApi } from "../app/api";
import { number, percent, words, wordOr } from "../app/i18n";
import { has } from "../app/session";
import { Badge, Empty, Head, Moment, ProblemNote, Section } from "../ui/basics";
import { Field } from "../ui/form";
import { Icon } from "../ui/icons";

const w = words({
  title: ["取り込み", "Import"],
  sub: [
    "SBOM、脆弱性情報、組織・製品・稼働先・サービスの一覧",
    "SBOMs, advisories, lists of parties, products, deployments, services",
  ],
  kind: ["種類", "Kind"],
  auto: ["ファイルの中身で判断", "Told by the file"],
  drop: ["ここにファイルを置くか、選んでください", "Drop files here, or choose them"],
  formats: [
    "SPDX、CycloneDX、OSV、CSAF、JVN、KEV、CSV など。まとめて選べます。",
    "SPDX, CycloneDX, OSV, CSAF, JVN, KEV, CSV … several at once.",
  ],
  choose: ["ファイルを選ぶ", "Choose files"],
  partial: ["誤りのある行を除いて取り込む", "Take the good rows when some are bad"],
  jobs: ["取り込みの状況", "Imports"],
  none: ["取り込みはまだありません", "Nothing was imported yet"],
  noneText: [
    "まず組織と製品の一覧、次に SBOM、最後に脆弱性情報を取り込むと、影響がすぐに見えます。",
    "Begin with parties and products, then SBOMs, then advisories: the impact shows at once.",
  ],
  added: ["追加 {n}", "{n} added"],
  changed: ["変更 {n}", "{n} changed"],
  known: ["取り込み済み {n}", "{n} known before"],
  failed: ["失敗 {n}", "{n} failed"],
  cancel: ["中止", "Cancel"],
  progress: ["進み具合", "Progress"],
  product: ["製品(SBOM に書かれていないとき)", "Product (of SBOMs that do not say)"],
  version: ["版(同上)", "Version (likewise)"],
  sending: ["送っています: {name}", "Sending {name}"],
  faults: ["取り込めなかったもの", "What could not be taken"],
});
const kinds: Record<string, readonly [string, string]> = {
  sboms: ["SBOM", "SBOMs"],
  advisories: ["脆弱性情報", "Advisories"],
  parties: ["組織の一覧", "Parties"],
  products: ["製品の一覧", "Products"],
  deployments: ["稼働先の一覧", "Deployments"],
  services: ["サービスの一覧", "Services"],
};
const states: Record<string, readonly [string, string]> = {
  queued: ["順番待ち", "Waiting"],
  running: ["取り込み中", "Running"],
  done: ["完了", "Done"],
  failed: ["失敗", "Failed"],
  cancelled: ["中止", "Cancelled"],
};

interface Fault {
  where: string;
  what: string;
  hint?: string;
}
interface Job {
  id: string;
  kind: string;
  name: string;
  user: string;
  state: string;
  created?: string;
  bytes: number;
  read: number;
  added: number;
  changed: number;
  known: number;
  failed: number;
  faults: Fault[];
  error?: Fault;
}
const over = (j: Job) => j.state !== "queued" && j.state !== "running";

function JobLine({ of, ended }: { of: Job; ended: () => void }) {
  const [job, setJob] = useState(of);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    setJob(of);
    if (over(of)) return;
    const events = new EventSource(address(`/jobs/${of.id}/events`));
    events.addEventListener("job", (e) => {
      const now = JSON.parse((e as MessageEvent<string>).data) as Job;
      setJob(now);
      if (over(now)) {
        events.close();
        ended();
      }
    });
    return () => events.close();
  }, [of.id, of.state]);
  const bar = useRef<HTMLSpanElement>(null);
  const share = over(job) ? 1 : job.bytes ? job.read / job.bytes : 0;
  useEffect(() => {
    if (bar.current) bar.current.style.width = `${Math.round(share * 100)}%`;
  }, [share]);
  const bad = job.error ? [job.error, ...job.faults] : job.faults;
  return (
    <li class="job">
      <div class="row">
        <Icon name="file" />
        <strong>{job.name}</strong>
        <Badge tone="dim">{wordOr(kinds, job.kind)}</Badge>
        <Badge
          tone={
            job.state === "done"
              ? job.failed
                ? "medium"
                : "good"
              : job.state === "failed"
                ? "critical"
                : "info"
          }
        >
          {wordOr(states, job.state)}
        </Badge>
        <span class="dim">
          <Moment at={job.created} />
        </span>
        {!over(job) && has("DELETE /jobs/{}") && (
          <button
            type="button"
            class="quiet"
            onClick={() =>
              void ask("DELETE", `/jobs/${job.id}`).catch(
                (e: unknown) => e instanceof Problem && setProblem(e),
              )
            }
          >
            {w("cancel")}
          </button>
        )}
      </div>
      {!over(job) && (
        <div
          class="bar"
          role="progressbar"
          aria-label={w("progress")}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
          title={percent(share, 0)}
        >
          <span ref={bar} />
        </div>
      )}
      <p class="row dim small">
        {job.added > 0 && <span>{w("added", { n: job.added })}</span>}
        {job.changed > 0 && <span>{w("changed", { n: job.changed })}</span>}
        {job.known > 0 && <span>{w("known", { n: job.known })}</span>}
        {job.failed > 0 && <span class="bad">{w("failed", { n: job.failed })}</span>}
      </p>
      {problem && <ProblemNote of={problem} />}
      {bad.length > 0 && (
        <details open={bad.length <= 3}>
          <summary>
            {w("faults")} ({number(bad.length)})
          </summary>
          <ul class="faults">
            {bad.map((f, i) => (
              <li key={i}>
                {f.where && <code>{f.where}</code>} {f.what}
                {f.hint && <span class="dim"> → {f.hint}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** What a file most likely is, by its name and its first bytes; people may say otherwise. */
async function guess(file: File): Promise<string> {
  const head = await file.slice(0, 4000).text();
  if (/\.(csv|tsv)$/i.test(file.name)) {
    const row = head.split("\n", 1)[0] ?? "";
    if (/deployment|稼働|customer|顧客|environment|環境/i.test(row)) return "deployments";
    if (/mtpd|population|最大許容|利用者数/i.test(row)) return "services";
    if (/roles|役割|contacts|連絡先/i.test(row)) return "parties";
    return "products";
  }
  if (/"bomFormat"|cyclonedx|SPDXVersion|"spdxVersion"|spdx\.org|"sbom"\s*:/i.test(head)) return "sboms";
  if (/"affected"|"catalogVersion"|csaf|"vulnerabilities"|jvn|"cveMetadata"|"modified"/i.test(head))
    return "advisories";
  return /\.(zip|gz|xz|zst)$/i.test(file.name) ? "advisories" : "sboms";
}

export default function Import() {
  const jobs = useApi<{ rows: Job[] }>("/jobs");
  const [kind, setKind] = useState("");
  const [partial, setPartial] = useState(false);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState("");
  const [problems, setProblems] = useState<{ name: string; of: Problem }[]>([]);
  const [product, setProduct] = useState("");
  const [version, setVersion] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const send = async (files: File[]) => {
    setProblems([]);
    for (const file of files) {
      setSending(file.name);
      try {
        await ask("POST", "/imports", {
          query: { kind: kind || (await guess(file)), name: file.name, partial, product, version },
          body: file,
        });
      } catch (e) {
        if (e instanceof Problem) setProblems((all) => [...all, { name: file.name, of: e }]);
      }
      jobs.reload();
    }
    setSending("");
  };
  return (
    <>
      <Head title={w("title")} sub={w("sub")} />
      <Section>
        <div class="filters">
          <Field
            label={w("kind")}
            value={kind}
            onInput={setKind}
            options={[
              { value: "", text: w("auto") },
              ...Object.keys(kinds).map((k) => ({ value: k, text: wordOr(kinds, k) })),
            ]}
          />
          <label class="check">
            <input type="checkbox" checked={partial} onChange={(e) => setPartial(e.currentTarget.checked)} />
            {w("partial")}
          </label>
          {kind === "sboms" && (
            <>
              <Field label={w("product")} value={product} onInput={setProduct} />
              <Field label={w("version")} value={version} onInput={setVersion} />
            </>
          )}
        </div>
        <div
          class={over ? "drop over" : "drop"}
          onDragOver={(e) => {
            e.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(e) => {
            e.preventDefault();
            setOver(false);
            void send([...(e.dataTransfer?.files ?? [])]);
          }}
        >
          <Icon name="import" size={28} />
          <p>{w("drop")}</p>
          <p class="dim small">{w("formats")}</p>
          <button type="button" class="primary" onClick={() => input.current?.click()}>
            {w("choose")}
          </button>
          <input
            ref={input}
            hidden
            type="file"
            multiple
            onChange={(e) => {
              const list = [...(e.currentTarget.files ?? [])];
              e.currentTarget.value = "";
              void send(list);
            }}
          />
          <p aria-live="polite">{sending && w("sending", { name: sending })}</p>
        </div>
        {problems.map((p) => (
          <div key={p.name}>
            <strong>{p.name}</strong>
            <ProblemNote of={p.of} />
          </div>
        ))}
      </Section>
      <Section title={w("jobs")} flush>
        {jobs.problem && <ProblemNote of={jobs.problem} again={jobs.reload} />}
        {jobs.data && jobs.data.rows.length === 0 ? (
          <Empty icon="import" title={w("none")}>
            <p>{w("noneText")}</p>
          </Empty>
        ) : (
          <ul class="list-lines">
            {jobs.data?.rows.map((j) => (
              <JobLine key={j.id} of={j} ended={jobs.reload} />
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
