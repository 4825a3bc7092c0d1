// SPDX-License-Identifier: Apache-2.0
// build.mjs OUT: the browser side as files below OUT, hashed names, each also compressed. OUT/../inputs.txt names what
// it was made from.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import zlib from "node:zlib";

const web = path.dirname(new URL(import.meta.url).pathname);
const out = path.resolve(process.argv[2] ?? path.join(web, "../build/web"));
const plain = process.env.AKASHI_WEB_PLAIN === "1"; // not minified, for reading stack traces

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(path.join(out, "assets"), { recursive: true });

const shared = {
  absWorkingDir: web,
  preserveSymlinks: true, // names in hashes are those of this folder, wherever node_modules lies
  outdir: path.join(out, "assets"),
  bundle: true,
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  minify: !plain,
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
  entryNames: "[name]-[hash]",
};
// Runs before anything is drawn, so it is no module.
const boot = await build({ ...shared, entryPoints: { boot: "src/boot.ts" }, format: "iife" });
const result = await build({
  ...shared,
  entryPoints: { main: "src/main.tsx" },
  chunkNames: "[name]-[hash]",
  splitting: true,
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
});
const outputs = { ...boot.metafile.outputs, ...result.metafile.outputs };
const sources = [boot, result].flatMap((r) => Object.keys(r.metafile.inputs));

/** The built file whose entry is `source`, and the style sheet that came with it. */
function built(source) {
  for (const [file, facts] of Object.entries(outputs))
    if (facts.entryPoint === source)
      return {
        js: "/assets/" + path.basename(file),
        css: facts.cssBundle && "/assets/" + path.basename(facts.cssBundle),
        needs: facts.imports
          .filter((i) => i.kind === "import-statement")
          .map((i) => "/assets/" + path.basename(i.path)),
      };
  throw new Error(`${source} was not built`);
}

function hashed(source) {
  const bytes = fs.readFileSync(path.join(web, source));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const name = path.basename(source).replace(/(\.[^.]+)$/, `-${hash}$1`);
  fs.writeFileSync(path.join(out, "assets", name), bytes);
  return "/assets/" + name;
}

const main = built("src/main.tsx");
const page = fs
  .readFileSync(path.join(web, "index.html"), "utf8")
  .replace("%BOOT%", built("src/boot.ts").js)
  .replace("%MAIN%", main.js)
  .replace("%STYLE%", main.css)
  .replace("%ICON%", hashed("icon.svg"))
  .replace("%PRELOAD%", main.needs.map((n) => `<link rel="modulepreload" href="${n}" />`).join("\n    "));
fs.writeFileSync(path.join(out, "index.html"), page);

/** zstd by node where it can, by the program where it is installed, else not at all. */
function zstd(bytes) {
  if (zlib.zstdCompressSync)
    return zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 19 } });
  const done = spawnSync("zstd", ["-19", "-c", "--no-progress"], { input: bytes, maxBuffer: 1 << 28 });
  return done.status === 0 ? done.stdout : null;
}

function brotli(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  return zlib.brotliCompressSync(bytes, {
    params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

let scripts = 0;
for (const file of fs.readdirSync(out, { recursive: true }).map((f) => path.join(out, f))) {
  if (!fs.statSync(file).isFile()) continue;
  const bytes = fs.readFileSync(file);
  const coded = { ".zst": zstd(bytes), ".br": brotli(bytes), ".gz": zlib.gzipSync(bytes, { level: 9 }) };
  for (const [coding, data] of Object.entries(coded))
    if (data && data.length < bytes.length * 0.95) fs.writeFileSync(file + coding, data);
  if (file.endsWith(".js")) scripts += Math.min(bytes.length, coded[".br"].length);
}
const most = 350 * 1024;
if (scripts > most) throw new Error(`the scripts are ${scripts} bytes compressed: at most ${most}`);
const inputs = ["build.mjs", "index.html", "icon.svg", "package-lock.json", ...new Set(sources)];
fs.writeFileSync(path.join(path.dirname(out), "inputs.txt"), inputs.join("\n") + "\n");
console.log(`web: scripts ${(scripts / 1024).toFixed(0)} KiB compressed`);
