// SPDX-License-Identifier: Apache-2.0
// Which package to begin with: a short questionnaire whose answer changes as one answers; stated only when asked.
import { useEffect, useState } from "preact/hooks";
import { Problem, ask, useApi } from "../app/api";
import { type Label, label, words } from "../app/i18n";
import { argument } from "../app/route";
import { may } from "../app/session";
import { Badge, Note, ProblemNote, Section, Show } from "../ui/basics";
import { Field, Form } from "../ui/form";
import { useCatalogue } from "./conformity_parts";

const w = words({
  title: ["パッケージを選ぶ", "Choose a package"],
  unknown: ["わからない", "I do not know"],
  result: ["おすすめ", "Recommended"],
  sofar: ["これまでの回答では", "As far as is known"],
  because: ["理由", "Because"],
  changes: ["次のどれかを変えると結果が変わります", "Any one of these answers would lead elsewhere"],
  open: ["未回答 {n}", "{n} not answered"],
  state: ["この選択を表明する", "State the choice"],
  stateText: [
    "回答と理由とともに署名され、ログに残ります。新しい選択が古いものに代わります。",
    "It is signed with answers and reasons and stays in the log; the newest choice counts.",
  ],
  package: ["選ぶパッケージ", "The package chosen"],
  stated: ["{pack} を選択しました (#{n})", "Chosen: {pack} (#{n})"],
});

interface Questions {
  catalogue: string;
  note?: Label;
  packages: { id: string; text: Label }[];
  questions: { id: string; text: Label; help?: Label; answers: { id: string; text: Label }[] }[];
}
interface Advice {
  recommended: string;
  text?: Label;
  certain: boolean;
  unanswered: string[];
  reasons: { question: string; answer: string; why?: Label }[];
  changes: { question: string; answer: string; package: string }[];
}

function Told({
  of,
  questions,
  title,
}: {
  of: Advice;
  questions: Questions;
  title: (pack: string) => string;
}) {
  const say = (question: string, answer: string) => {
    const q = questions.questions.find((x) => x.id === question);
    return `${label(q?.text)} ${label(q?.answers.find((a) => a.id === answer)?.text)}`;
  };
  return (
    <div class="stack" aria-live="polite">
      <p>
        {of.certain ? w("result") : w("sofar")}: <strong>{title(of.recommended)}</strong>{" "}
        {of.unanswered.length > 0 && <Badge tone="dim">{w("open", { n: of.unanswered.length })}</Badge>}
      </p>
      <p>{label(of.text)}</p>
      {of.reasons.some((r) => label(r.why)) && (
        <>
          <h3>{w("because")}</h3>
          <ul class="plain-list">
            {of.reasons.map((r) => label(r.why) && <li key={r.question}>{label(r.why)}</li>)}
          </ul>
        </>
      )}
      {of.changes.length > 0 && (
        <details>
          <summary>{w("changes")}</summary>
          <ul class="plain-list">
            {of.changes.map((c) => (
              <li key={`${c.question} ${c.answer}`}>
                {say(c.question, c.answer)} → <strong>{title(c.package)}</strong>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Asked({ of }: { of: Questions }) {
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [advice, setAdvice] = useState<Advice>();
  const [problem, setProblem] = useState<Problem>();
  const [stated, setStated] = useState<{ package: string; entry: number }>();
  const known = useCatalogue(of.catalogue)?.packages;
  const title = (pack: string) => known?.find((p) => p.id === pack)?.title ?? pack;
  const body = { catalogue: of.catalogue, answers };
  useEffect(() => {
    let gone = false;
    ask<Advice>("POST", "/conform/choose", { body }).then(
      (a) => !gone && setAdvice(a.data),
      (e: unknown) => !gone && e instanceof Problem && setProblem(e),
    );
    return () => {
      gone = true;
    };
  }, [answers, of.catalogue]);
  const state = async (v: Record<string, string>) => {
    const a = await ask<{ package: string; entry: number }>("POST", "/conform/choose", {
      body: { ...body, save: true, package: v["package"] },
    });
    setStated(a.data);
  };
  return (
    <div class="columns">
      <Section title={w("title")}>
        <div class="stack">
          {of.questions.map((q) => (
            <fieldset key={q.id} class="question">
              <legend>{label(q.text)}</legend>
              {label(q.help) && <p class="dim small">{label(q.help)}</p>}
              {[...q.answers, { id: "", text: w("unknown") }].map((a) => (
                <label key={a.id} class="check">
                  <input
                    type="radio"
                    name={q.id}
                    value={a.id}
                    checked={(answers[q.id] ?? "") === a.id}
                    onChange={() => setAnswers({ ...answers, [q.id]: a.id })}
                  />
                  {label(a.text)}
                </label>
              ))}
            </fieldset>
          ))}
        </div>
      </Section>
      <Section title={w("result")}>
        {problem && <ProblemNote of={problem} />}
        {label(of.note) && <p class="dim small">{label(of.note)}</p>}
        {advice && known && <Told of={advice} questions={of} title={title} />}
        {stated && <Note kind="good">{w("stated", { pack: title(stated.package), n: stated.entry })}</Note>}
        {may("manage") && advice && known && !stated && (
          <Form button={w("state")} send={state}>
            <p class="dim">{w("stateText")}</p>
            <Field
              key={advice.recommended}
              label={w("package")}
              name="package"
              value={advice.recommended}
              options={of.packages.map((p) => ({ value: p.id, text: title(p.id) }))}
            />
          </Form>
        )}
      </Section>
    </div>
  );
}

export function ChooseTab() {
  const asked = useApi<Questions>("/conform/choose", { catalogue: argument("catalogue") });
  return (
    <Show of={asked} rows={12}>
      {(d) => <Asked of={d} />}
    </Show>
  );
}
