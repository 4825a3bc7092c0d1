// SPDX-License-Identifier: Apache-2.0
// One practice: its rules, the log entries they rest on, and a person's word where a machine cannot see.
import { useState } from "preact/hooks";
import { ask, useApi } from "../app/api";
import { day, words } from "../app/i18n";
import { has, may } from "../app/session";
import { Badge, Day, Dialog, Empty, Facts, Mark, Note, Show } from "../ui/basics";
import { Field, Form } from "../ui/form";
import {
  type Document,
  Documents,
  type Practice,
  PersonFields,
  basis,
  personOf,
  useCatalogue,
} from "./conformity_parts";

const w = words({
  level: ["レベル", "Level"],
  target: ["目標", "Target"],
  basis: ["根拠", "Basis"],
  reason: ["理由", "Reason"],
  word: ["申告", "Word"],
  until: ["低下日", "Falls on"],
  rules: ["条件と証拠", "Rules and evidence"],
  counted: ["{met} / {n}", "{met} of {n}"],
  missing: ["足りないもの", "Missing"],
  attest: ["名前を出して申告する", "Give your word"],
  attestText: [
    "機械で確かめられないことを、名前を出して述べます。ログの日時が有効になり、条件を満たすレベルだけが数えられます。",
    "What a machine cannot see somebody answers for by name. The log's time counts, and only levels whose rules admit it.",
  ],
  applies: ["レベル {n}", "Level {n}"],
  notApplicable: ["対象外", "Does not apply"],
  found: ["確認したこと", "What was found"],
  why: ["対象外の理由", "Why it does not apply"],
  expires: ["有効期限", "Counts until"],
  sample: ["抽出 (例 5/40)", "Sample (like 5/40)"],
  sampleHelp: ["空欄は全数", "Empty: all of them"],
  sign: ["署名して申告", "Sign it"],
  done: ["申告しました (#{n})。現在のレベルは {level} です。", "Said (#{n}). The level is {level} now."],
  drawn: ["確認する番号", "To be looked at"],
});

interface Attested {
  entry: number;
  level: number;
  lacking: string[];
  drawn?: number[];
}

function Attest({
  id,
  catalogue,
  party,
  done,
}: {
  id: string;
  catalogue: string;
  party: string;
  done: () => void;
}) {
  const [level, setLevel] = useState("1");
  const [documents, setDocuments] = useState<Document[]>([]);
  const [told, setTold] = useState<Attested>();
  const send = async (v: Record<string, string>) => {
    const a = await ask<Attested>("POST", "/conform/attestations", {
      body: {
        catalogue,
        practice: id,
        ...(party && { party }),
        ...(level === "0" ? { notApplicable: v["text"] } : { level: Number(level), text: v["text"] }),
        ...personOf(v),
        ...(v["expires"] && { expires: v["expires"] }),
        ...(v["sample"] && { sample: v["sample"] }),
        documents,
      },
    });
    setTold(a.data);
    done();
  };
  if (told)
    return (
      <Note kind={told.lacking.length ? "warn" : "good"}>
        <p>{w("done", { n: told.entry, level: told.level })}</p>
        {told.lacking.map((l) => (
          <p key={l}>
            {w("missing")}: {l}
          </p>
        ))}
        {told.drawn && (
          <p>
            {w("drawn")}: {told.drawn.join(", ")}
          </p>
        )}
      </Note>
    );
  return (
    <Form button={w("sign")} send={send}>
      <p class="dim">{w("attestText")}</p>
      <Field
        label={w("level")}
        value={level}
        onInput={setLevel}
        options={[
          ...[1, 2, 3, 4].map((n) => ({ value: String(n), text: w("applies", { n }) })),
          { value: "0", text: w("notApplicable") },
        ]}
      />
      <Field label={level === "0" ? w("why") : w("found")} name="text" lines={3} required />
      <PersonFields />
      <div class="field-pair">
        <Field label={w("expires")} name="expires" type="date" />
        <Field label={w("sample")} name="sample" help={w("sampleHelp")} />
      </div>
      <Documents of={documents} set={setDocuments} />
    </Form>
  );
}

export function PracticeDialog({
  id,
  query,
  close,
  changed,
}: {
  id: string;
  query: Record<string, string>;
  close: () => void;
  changed?: () => void;
}) {
  const asked = useApi<{ practices: Practice[] }>("/conform/status", { ...query, practice: id });
  const [saying, setSaying] = useState(false);
  const named = useCatalogue(query["catalogue"] ?? "cip")?.practices.find((x) => x.id === id)?.title;
  return (
    <Dialog title={named ? `${id} ${named}` : id} wide onClose={close}>
      <Show of={asked}>
        {(d) => {
          const p = d.practices.find((x) => x.id === id) ?? d.practices[0];
          if (!p) return <Empty title={id} />;
          return (
            <div class="stack">
              <Facts
                of={[
                  [w("level"), String(p.level)],
                  p.target !== undefined && [w("target"), String(p.target)],
                  [w("basis"), basis(p.basis)],
                  p.reason && [w("reason"), p.reason],
                  p.until && [w("until"), <Day key="until" at={p.until} />],
                  p.word && [w("word"), `${p.word.name}, ${p.word.role} (#${p.word.entry})`],
                ]}
              />
              <h3>{w("rules")}</h3>
              <ul class="list-lines boxed">
                {p.rules.map((r, i) => (
                  <li key={i} class="stack tight">
                    <span class="row">
                      <Badge tone={r.holds ? "good" : "dim"}>
                        {w("level")} {r.level}
                      </Badge>
                      <Mark good={r.holds} text={r.rule} />
                      {r.counted > 1 && <span class="dim">{w("counted", { met: r.met, n: r.counted })}</span>}
                    </span>
                    {r.evidence.length > 0 && (
                      <span class="row small">
                        {r.evidence.map((e) => (
                          <span key={e.entry}>
                            {has("GET /log/entries/{}") ? (
                              <a href={`/log/${e.entry}`}>#{e.entry}</a>
                            ) : (
                              `#${e.entry}`
                            )}{" "}
                            {e.about} {e.time && <span class="dim">{day(e.time)}</span>}
                          </span>
                        ))}
                      </span>
                    )}
                    {r.missing.length > 0 && (
                      <span class="small dim">
                        {w("missing")}: {r.missing.join(", ")}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
              {may("assess") && has("POST /conform/attestations") && !saying && (
                <p>
                  <button type="button" class="secondary" onClick={() => setSaying(true)}>
                    {w("attest")}
                  </button>
                </p>
              )}
              {saying && (
                <Attest
                  id={id}
                  catalogue={query["catalogue"] ?? "cip"}
                  party={query["party"] ?? ""}
                  done={() => {
                    asked.reload();
                    changed?.();
                  }}
                />
              )}
            </div>
          );
        }}
      </Show>
    </Dialog>
  );
}
