// SPDX-License-Identifier: Apache-2.0
// run.mjs AKASHI: every page in both languages and both widths, in Chromium; TAP on stdout. Exit 77: cannot run here.
import path from "node:path";
import process from "node:process";
import {
  browserPath,
  finish,
  launch,
  open,
  overflows,
  result,
  serve,
  settle,
  shifted,
  shoot,
  skip,
  violations,
} from "./browser.mjs";
import { awayJourneys } from "./away.mjs";
import { closely } from "./closely.mjs";
import { administrator, journeys } from "./journeys.mjs";
import { declarations } from "./declarations.mjs";
import { decisionJourneys } from "./decisions.mjs";
import { expired } from "./expired.mjs";
import { firstHour } from "./first_hour.mjs";
import { fill } from "./home.mjs";
import { keyboard } from "./keyboard.mjs";
import { proofs } from "./proof.mjs";
import { sight } from "./sight.mjs";
import { together } from "./together.mjs";
import { undos } from "./undo.mjs";

const akashi = path.resolve(process.argv[2] ?? "build/test/akashi");
if (!browserPath()) {
  console.log("no chromium here");
  process.exit(77);
}

/** One page: in Japanese, wide and narrow, then in English and dark by its own buttons. */
async function look(browser, at, name, options = {}) {
  const { page, faults, context } = await open(browser, options);
  const check = async (what, width) => {
    const wrong = [];
    try {
      if (width) await page.setViewportSize({ width, height: width < 500 ? 780 : width > 3000 ? 2160 : 900 });
      await settle(page);
      await shoot(page, `${name}-${what}`);
      const moved = await shifted(page);
      if (moved && !width) wrong.push(moved);
      wrong.push(...(await violations(page)));
      const wide = await overflows(page);
      if (wide) wrong.push(wide);
    } catch (e) {
      wrong.push(String(e.stack ?? e));
    }
    wrong.push(...faults.splice(0));
    result(!wrong.length, `${name} (${what})`, wrong.join("\n"));
  };
  try {
    await page.goto(at);
    await settle(page);
    if (await page.$(".missing")) {
      skip(name, "this server has no such page");
      await context.close();
      return;
    }
    await check("ja-1440");
    await check("ja-360", 360);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole("button", { name: "English", exact: true }).dispatchEvent("click");
    await page.getByRole("button", { name: "Dark", exact: true }).dispatchEvent("click");
    await settle(page);
    await shifted(page); /* what the other language brought with it */
    await check("en-1440-dark");
    const wrong = [...(await sight(page, `${name}-en`)), ...faults.splice(0)];
    result(!wrong.length, `${name} (enlarged, wider text, forced colours)`, wrong.join("\n"));
    if (wanted || large.includes(name)) {
      await page.setViewportSize({ width: 3840, height: 2160 });
      await shifted(page);
      await check("en-3840-dark", 3840);
    }
  } catch (e) {
    result(false, `${name}`, String(e.stack ?? e));
  }
  await context.close();
}

/** From nothing (an empty cache) to what somebody came for. The bound holds where nobody else uses the machine. */
async function firstView(browser, at) {
  const { page, faults, context } = await open(browser, who);
  const begun = performance.now();
  await page.goto(at);
  await page.waitForFunction(
    () => document.querySelector("main .figures") && !document.querySelector(".waiting"),
  );
  const took = performance.now() - begun;
  const seen = await page.evaluate(() => {
    const n = performance.getEntriesByType("navigation")[0];
    const all = performance.getEntriesByType("resource");
    return {
      loaded: n.domContentLoadedEventEnd,
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
      bytes: all.reduce((sum, x) => sum + x.transferSize, n.transferSize),
      files: all.length + 1,
    };
  });
  const text = `DOMContentLoaded ${seen.loaded.toFixed(0)} ms, first paint ${seen.painted.toFixed(0)} ms, all there ${took.toFixed(0)} ms; ${seen.files} answers, ${(seen.bytes / 1024).toFixed(0)} KiB`;
  console.log(`# first view: ${text}`);
  const late = process.env.AKASHI_WEB_TIMED === "1" && (seen.painted > 1000 || took > 1000);
  const heavy = seen.bytes > 400 * 1024;
  result(
    !late && !heavy && !faults.length,
    "the first view with an empty cache",
    [text, ...faults].join("\n"),
  );
  await context.close();
}

const home = await serve(akashi, fill);
const browser = await launch();
const who = await administrator(browser, home, result);
const pages = [
  ["impact-top", "/impact"],
  ["impact-reach", "/impact?q=CVE-2026-48211"],
  ["impact-services", "/impact?q=CVE-2026-48211&list=services"],
  ["impact-none", "/impact?q=pkg:npm/nothing"],
  ["impact-map", "/impact?view=map"],
  ["impact-flow", "/impact?view=flow"],
  ["today", "/"],
  ["findings", "/findings"],
  ["findings-filtered", "/findings?severity=critical&fixable=1&sort=epss"],
  ["findings-none", "/findings?kev=1"],
  ["components", "/components"],
  ["components-found", "/components?q=npm"],
  ["component", "/components/one?purl=pkg:npm/hikari"],
  ["cases", "/cases"],
  ["case", "/cases/CASE"],
  ["products", "/products"],
  ["product", "/products/karte"],
  ["parties", "/products?tab=parties"],
  ["deployments", "/products?tab=deployments"],
  ["services", "/products?tab=services"],
  ["release", "/products/release?name=karte@4.2.0"],
  ["release-tree", "/products/release?name=karte@4.2.0&tab=tree"],
  ["release-findings", "/products/release?name=grid@7.0.2&tab=findings"],
  ["release-evidence", "/products/release?name=karte@4.2.0&tab=evidence"],
  ["release-diff", "/products/release?name=karte@4.2.0&tab=diff"],
  ["conformity", "/conformity?package=minimum"],
  ["conformity-practice", "/conformity?practice=S(1)-2.3"],
  ["declarations", "/conformity?tab=declarations"],
  ["conformity-units", "/conformity?tab=units&package=minimum"],
  ["conformity-unit", "/conformity?tab=units&unit=minato-kiosk&of=(1)-2"],
  ["conformity-gap", "/conformity?tab=gap&have=ssdf&package=minimum"],
  ["conformity-coverage", "/conformity?tab=gap&have=iso27001&show=coverage"],
  ["conformity-choose", "/conformity?tab=choose"],
  ["conformity-verify", "/conformity?tab=verify"],
  ["declare", "/conformity/declare"],
  ["declaration", "/conformity/DECLARATION"],
  ["decisions", "/decisions"],
  ["decision", "/decisions/OFFER"],
  ["decisions-due", "/decisions?tab=due"],
  ["decisions-ledger", "/decisions?tab=ledger"],
  ["decision-new", "/decisions/new?product=karte"],
  ["decision-case", "/decisions/new?case=CASE"],
  ["responsibilities", "/decisions?tab=matrix"],
  ["contract", "/decisions/contracts/aozora-2026"],
  ["log", "/log"],
  ["log-entry", "/log/3"],
  ["import", "/import"],
  ["settings", "/settings"],
  ["settings-notices", "/settings?tab=notices"],
  ["settings-peers", "/settings?tab=peers"],
  ["settings-policies", "/settings?tab=policies"],
  ["settings-catalogues", "/settings?tab=catalogues"],
  ["settings-audit", "/settings?tab=audit"],
  ["impact-whatif", "/impact?view=whatif&remove=service:power"],
];
const large = [
  "today",
  "impact-reach",
  "findings",
  "cases",
  "conformity",
  "release",
]; /* at 3840 × 2160 too */
/** Beginnings of names, with commas between. */
const wanted = process.argv[3];
const isWanted = (name) => !wanted || wanted.split(",").some((w) => name.startsWith(w));
const oneOffer = /"offer": "([^"]+)"/.exec(home.run("decide", "list", "--json"))?.[1] ?? "";
const oneDeclaration =
  /"declaration": "(D-[0-9a-f]+)"/.exec(home.run("conform", "declaration", "list", "--json"))?.[1] ?? "";
const oneCase = /"case": "(C-[0-9a-f]+)"/.exec(home.run("case", "list", "--json"))?.[1] ?? "";
try {
  const answer = await fetch(home.url + "/");
  if (answer.status === 404 && !process.env.AKASHI_WEB_FILES) {
    console.log("the binary was built without its browser side");
    process.exitCode = 77;
  } else {
    if (!wanted) {
      await proofs(home.run, result);
      await look(browser, home.url + "/", "sign-in");
    }
    if (!wanted || wanted === "first-view") await firstView(browser, home.url + "/");
    const todo = pages.filter(([name]) => isWanted(name));
    const work = async () => {
      for (let next = todo.shift(); next; next = todo.shift())
        await look(
          browser,
          home.url +
            next[1]
              .replace("CASE", oneCase)
              .replace("OFFER", oneOffer)
              .replace("DECLARATION", oneDeclaration),
          next[0],
          who,
        );
    };
    await Promise.all([work(), work()]);
    if (isWanted("journeys")) await journeys(browser, home, who, result, oneCase);
    if (!wanted || wanted.startsWith("declar")) await declarations(browser, home, who, result);
    if (isWanted("decision-journeys") || wanted === "journeys")
      await decisionJourneys(browser, home, who, result);
    if (isWanted("hour")) await firstHour(akashi, browser, result);
    if (isWanted("away")) await awayJourneys(akashi, browser, result);
    if (isWanted("closely")) await closely(browser, home, who, result, oneCase);
    if (isWanted("together")) await together(browser, home, who, result, oneCase);
    if (isWanted("undo")) await undos(browser, home, who, result, oneCase);
    if (isWanted("keyboard")) await keyboard(browser, home, who, result, oneCase);
    if (isWanted("expired"))
      await expired(browser, home, who, result, {
        inCase: oneCase,
        offer: oneOffer,
        declaration: oneDeclaration,
      });
    finish();
  }
} finally {
  await browser.close();
  await home.stop();
}
