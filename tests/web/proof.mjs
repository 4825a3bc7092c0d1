// SPDX-License-Identifier: Apache-2.0
// The browser's verifier against proofs that the program wrote, whole and with one thing changed.
import path from "node:path";
import { createRequire } from "node:module";

const source = path.resolve(path.dirname(new URL(import.meta.url).pathname), "../..");
const require = createRequire(path.join(source, "web/package.json"));

async function verifier() {
  const { build } = require("esbuild");
  const made = await build({
    entryPoints: [path.join(source, "web/src/app/proof.ts")],
    bundle: true,
    write: false,
    format: "esm",
  });
  return import(
    "data:text/javascript;base64," + Buffer.from(made.outputFiles[0].contents).toString("base64")
  );
}

async function holds(v, text, key) {
  try {
    const p = v.readProof(text);
    return (
      (await v.included(await v.leafHash(p.leaf), p.index, p.checkpoint.size, p.hashes, p.checkpoint.root)) &&
      (await v.signedBy(p.checkpoint, key))
    );
  } catch {
    return false;
  }
}
const swap = (text, line, from, to) =>
  text
    .split("\n")
    .map((l) => (line.test(l) ? l.replace(from, to) : l))
    .join("\n");

/** result(good, name, details) for each thing looked at. */
export async function proofs(run, result) {
  const v = await verifier();
  const key = run("key", "export", "--format", "vkey").trim();
  for (const index of ["0", "3", "20", "30"]) {
    const text = run("log", "prove", index);
    result(await holds(v, text, key), `the proof of entry ${index} holds`);
    const flip = (c) => (c === "A" ? "B" : "A");
    const wrong = {
      "another index": swap(text, /^index /, /\d+$/, (n) => String(Number(n) + 1)),
      "another leaf": swap(text, /^extra /, /^extra (.{20})(.)/, (_, a, c) => `extra ${a}${flip(c)}`),
      "another hash": swap(text, /^[A-Za-z0-9+/]{43}=$/, /^./, flip),
      "another size": swap(text, /^\d+$/, /\d$/, (d) => String((Number(d) + 1) % 10)),
      "another signature": swap(text, /^— /, /.{8}$/, (s) => flip(s[0]) + s.slice(1)),
      "another origin": text.replaceAll("minato.example/log", "other.example/log"),
      "no signature": text.replace(/\n— .*/g, ""),
    };
    for (const [name, changed] of Object.entries(wrong))
      result(changed !== text && !(await holds(v, changed, key)), `entry ${index}: ${name} is seen`);
  }
  const other = key.replace(/\+(.)([^+]*)$/, "+$1B$2").slice(0, key.length);
  result(!(await holds(v, run("log", "prove", "3"), other)), "another key is seen");
}
