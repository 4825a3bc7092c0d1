// SPDX-License-Identifier: Apache-2.0
// Chromium and a served home for tests; a TAP line for each result.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import process from "node:process";

const source = path.resolve(path.dirname(new URL(import.meta.url).pathname), "../..");
const require = createRequire(path.join(source, "web/package.json"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const screens = path.join(source, "build/web-screens");

export function browserPath() {
  return ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) =>
    fs.existsSync(p),
  );
}

let count = 0;
let failures = 0;
export function result(good, name, details = "") {
  count++;
  if (!good) failures++;
  console.log(`${good ? "ok" : "not ok"} ${count} - ${name}`);
  if (!good && details)
    console.log(
      String(details)
        .split("\n")
        .map((l) => "# " + l)
        .join("\n"),
    );
}
export function skip(name, why) {
  count++;
  console.log(`ok ${count} - ${name} # SKIP ${why}`);
}
export function finish() {
  console.log(`1..${count}`);
  process.exitCode = failures ? 1 : 0;
}

/** A home served by `akashi serve` until stop(). `fill` puts something into it first. */
export async function serve(akashi, fill) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "akashi-web-"));
  const env = {
    ...process.env,
    AKASHI_HOME: path.join(folder, "home"),
    LC_ALL: "C.UTF-8",
    TZ: "Asia/Tokyo",
  };
  env.ASAN_OPTIONS = "detect_leaks=0";
  const run = (...args) => {
    const done = spawnSync(akashi, args, {
      env,
      cwd: folder,
      encoding: "utf8",
    });
    if (done.error || done.status === null || done.status > 1)
      throw new Error(`akashi ${args.join(" ")}: ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout;
  };
  const demo =
    process.env.AKASHI_WEB_DEMO; /* a home that akashi demo made, to be looked at in place of ours */
  if (demo) fs.cpSync(demo, env.AKASHI_HOME, { recursive: true });
  else await fill({ run, folder, env });
  const child = spawn(akashi, ["serve", "--listen", "127.0.0.1:0"], {
    env,
    cwd: folder,
  });
  let told = "";
  const ready = new Promise((done, failed) => {
    const take = (piece) => {
      told += piece;
      const at = /https?:\/\/127\.0\.0\.1:\d+/.exec(told);
      if (at) setTimeout(() => done(at[0]), 200);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("exit", (code) => failed(new Error(`akashi serve ended with ${code}:\n${told}`)));
  });
  const url = await ready;
  const stop = () =>
    new Promise((done) => {
      child.removeAllListeners("exit");
      child.on("exit", done);
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 60000).unref();
    }).finally(() => fs.rmSync(folder, { recursive: true, force: true }));
  return { url, run, folder, stop, told: () => told };
}

/** AKASHI_WEB_FILES=build/web: the pages as `npm run build` left them, in front of whatever the binary holds. */
async function fromFiles(page) {
  const folder = process.env.AKASHI_WEB_FILES && path.resolve(process.env.AKASHI_WEB_FILES);
  if (!folder) return;
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'self'";
  await page.route(/^https?:\/\/(127\.0\.0\.1|localhost):\d+\/(?!api|readyz)/, (r) => {
    const at = new URL(r.request().url()).pathname;
    const file = path.join(folder, at.startsWith("/assets/") ? at : "index.html");
    return r.fulfill({ path: file, headers: { "content-security-policy": policy, ...types(file) } });
  });
  await standInForOpenapi(page);
}
const types = (file) => ({
  "content-type": {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
  }[path.extname(file)],
});

async function standInForOpenapi(page) {
  const list = process.env.AKASHI_ROUTES;
  if (!list) return;
  const paths = {};
  for (const l of fs.readFileSync(list, "utf8").split("\n")) {
    const m = /^ROUTE\("(\w+)", "([^"]+)"/.exec(l);
    if (m) (paths[m[2]] ??= {})[m[1].toLowerCase()] = {};
  }
  await page.route("**/openapi.json", (r) => r.fulfill({ json: { paths } }));
}

export async function launch() {
  return chromium.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
  });
}

/** A page that remembers everything that went wrong in it. `allowed`: statuses that the test provokes. */
export async function open(browser, options = {}) {
  const {
    lang = "ja",
    width = 1440,
    height = 900,
    theme = "light",
    headers,
    cookies,
    allowed = [401],
  } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: lang === "ja" ? "ja-JP" : "en-GB",
    timezoneId: "Asia/Tokyo",
    colorScheme: theme,
    reducedMotion: "reduce",
    ...(headers && { extraHTTPHeaders: headers }),
  });
  if (cookies) await context.addCookies(cookies);
  const page = await context.newPage();
  await page.addInitScript(watchShifts);
  await fromFiles(context);
  const faults = [];
  page.on("console", (m) => {
    if (m.type() !== "error" && m.type() !== "warning") return;
    if (allowed.some((s) => m.text().includes(`status of ${s}`))) return;
    faults.push(`${m.type()}: ${m.text()} ${m.location().url}`);
  });
  page.on("pageerror", (e) => faults.push(`error: ${e.stack ?? e}`));
  page.on("request", (r) => {
    if (!/^(https?:\/\/(127\.0\.0\.1|localhost)|data:|blob:)/.test(r.url()))
      faults.push(`asked another: ${r.url()}`);
  });
  return { page, faults, context };
}

/** Waits until nothing is being loaded. */
export async function settle(page) {
  await page.waitForFunction(
    () => document.querySelector("main") && !document.querySelector(".waiting, [aria-busy=true]"),
    null,
    { timeout: 60000 },
  );
  await page.waitForTimeout(120);
}

/** Counts what moves by itself, from the first thing drawn on; what a person's action brings with it does not count. */
const watchShifts = () => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const s of list.getEntries())
      if (!s.hadRecentInput)
        window.shifts.push([
          s.value,
          ...s.sources.map((x) => {
            const n = x.node instanceof Element ? x.node : x.node?.parentElement;
            const box = (r) =>
              `${Math.round(r.x)},${Math.round(r.y)} ${Math.round(r.width)}×${Math.round(r.height)}`;
            return `${n?.tagName}.${n?.className} ${box(x.previousRect)} → ${box(x.currentRect)}`;
          }),
        ]);
  }).observe({ type: "layout-shift", buffered: true });
};
/** What has moved since the last time it was asked: "" when nothing did. */
export async function shifted(page) {
  return page.evaluate(() => {
    const seen = window.shifts ?? [];
    const sum = seen.reduce((n, s) => n + s[0], 0);
    window.shifts = [];
    return sum > 0.001
      ? `the layout shifted by ${sum.toFixed(4)}\n  ${seen.flatMap((s) => s.slice(1)).join("\n  ")}`
      : "";
  });
}

export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return found.violations.map(
    (v) =>
      `${v.id}: ${v.help}\n  ${v.nodes
        .slice(0, 3)
        .map((n) => n.target.join(" ") + " " + (n.any[0]?.message ?? ""))
        .join("\n  ")}`,
  );
}

export async function shoot(page, name) {
  fs.mkdirSync(screens, { recursive: true });
  await page.screenshot({
    path: path.join(screens, name + ".png"),
    fullPage: true,
  });
}

/** Nothing is wider than the window. */
export async function overflows(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide <= 0) return "";
    const by = [...document.querySelectorAll("main *")].filter(
      (e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".table-box, .tabs, .scroll"),
    );
    return `${wide} px too wide: ${by
      .slice(0, 5)
      .map((e) => e.tagName + "." + e.className)
      .join(", ")}`;
  });
}
