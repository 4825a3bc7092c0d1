// SPDX-License-Identifier: Apache-2.0
// What people see who look closely: names in place of ids, lists that begin with something, paper, the focus …
import fs from "node:fs";
import { settle } from "./browser.mjs";
import { journey } from "./journeys.mjs";

const ja = (who) => ({ ...who, lang: "ja" });

/** Things are called by their names, with the id for who points at them. */
async function names(browser, home, who, result, oneCase) {
  const list = home.run("conform", "declaration", "list", "--json");
  const declaration = /"declaration": "(D-[0-9a-f]+)"/.exec(list)?.[1] ?? "";
  await journey(browser, ja(who), result, "things are called by their names, not by ids", async (page) => {
    const shown = async (at, name, id) => {
      await page.goto(home.url + at);
      await settle(page);
      const text = await page.locator("main").innerText();
      if (!text.includes(name)) throw new Error(`${at} does not say ${name}`);
      if (id && !(await page.locator(`main [title="${id}"]`).count()))
        throw new Error(`${at} does not tell the id ${id}`);
    };
    await shown("/", "電子カルテ「あおば」", "karte");
    await shown("/cases", "電子カルテ「あおば」", "karte");
    await shown(`/cases/${oneCase}`, "「", undefined);
    await shown("/products", "さくら医療情報", "sakura");
    await shown("/products/karte", "さくら医療情報", "sakura");
    await shown("/products/release?name=karte@4.2.0", "電子カルテ「あおば」 4.2.0");
    await shown("/decisions", "電子カルテ「あおば」", "karte");
    await shown("/decisions?tab=matrix", "電子カルテの保守");
    await shown("/conformity?tab=declarations", "サイバーインフラ");
    await shown("/impact", "住民窓口");
    await shown("/products?tab=deployments", "北斗システムズ", "hokuto");
    await shown("/products?tab=deployments", "本番");
    await shown("/products/release?name=karte@4.2.0&tab=evidence", "みなとソフト", "minato");
    await shown("/settings", "みなとソフト", "minato");
    await shown("/settings?tab=policies", "北斗システムズ", "hokuto");
    await shown(`/conformity/${declaration}`, "みなとソフト");
    const title = await page.locator("h1").innerText();
    if (!title.includes("サイバーインフラ")) throw new Error(`a declaration is called ${title}`);
    // The chosen tab is in sight where there is not room for all of them.
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(home.url + "/settings?tab=policies");
    await settle(page);
    const tab = await page.getByRole("tab", { name: "方針" }).boundingBox();
    if (tab.x < 0 || tab.x + tab.width > 360) throw new Error(`the chosen tab is at ${tab.x}`);
  });
}

/** The components page begins with the most used ones, and finds as one types. */
async function components(browser, home, who, result) {
  await journey(browser, who, result, "components: the most used first, found as one types", async (page) => {
    await page.goto(home.url + "/components");
    await settle(page);
    const rows = page.locator("tbody tr");
    const all = await rows.count();
    const counts = await rows.locator("td:nth-child(2)").allInnerTexts();
    if (all < 8 || counts.some((n, i) => i && Number(n) > Number(counts[i - 1])))
      throw new Error(`not the most used first: ${counts}`);
    const hikari = page.getByRole("row", { name: /hikari/ });
    await hikari.getByText("Critical").waitFor();
    await hikari.getByText("1.5.0").waitFor();
    await page.getByLabel("Part of a package's name").fill("hika");
    await page.waitForFunction((n) => document.querySelectorAll("tbody tr").length < n, all);
    await hikari.waitFor();
    if (!page.url().includes("q=hika")) throw new Error("the search is not in the address");
    await page.getByLabel("Part of a package's name").fill("no such thing");
    await page.getByText("No package fits").waitFor();
    await page.getByRole("link", { name: "All components" }).click();
    await rows.nth(5).waitFor();
  });
}

/** On paper: light, whatever the screen is, and all rows of a list whose rows are drawn as one scrolls. */
async function printed(browser, home, who, result) {
  await journey(browser, { ...who, theme: "dark" }, result, "printed: light, with all rows", async (page) => {
    const rows = Array.from({ length: 400 }, (_, i) => ({ id: `p${i}`, name: `Product ${i}`, releases: 1 }));
    await page.route("**/api/v1/products?*", (r) => r.fulfill({ json: { rows, total: 400 } }));
    await page.goto(home.url + "/products");
    await settle(page);
    const drawn = () => page.locator("tbody tr:not([aria-hidden])").count();
    if ((await drawn()) >= 400) throw new Error("all rows are drawn on the screen already");
    await page.evaluate(() =>
      addEventListener("beforeprint", () => {
        window.onPaper = document.querySelectorAll("tbody tr:not([aria-hidden])").length;
      }),
    );
    await page.pdf({ format: "A4" });
    await page.waitForFunction(() => window.onPaper);
    const onPaper = await page.evaluate(() => window.onPaper);
    if (onPaper !== 400) throw new Error(`${onPaper} rows on paper`);
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length < 400);
    await page.emulateMedia({ media: "print" });
    const [paper, ink] = await page.evaluate(() => {
      const s = getComputedStyle(document.body);
      return [s.backgroundColor, s.color];
    });
    if (paper !== "rgb(255, 255, 255)" || ink !== "rgb(0, 0, 0)") throw new Error(`${ink} on ${paper}`);
  });
}

/** By Tab through a page in a low window: what has the focus is seen, and is not below something else. */
async function focused(browser, home, who, result) {
  const low = { ...who, height: 480 };
  await journey(browser, low, result, "what has the focus is marked and not covered", async (page) => {
    for (const at of ["/", "/impact?q=CVE-2026-48211", "/conformity?package=minimum"]) {
      await page.goto(home.url + at);
      await settle(page);
      for (let i = 0; i < 45; i++) {
        await page.keyboard.press("Tab");
        const wrong = await page.evaluate(() => {
          const e = document.activeElement;
          if (!e || e === document.body) return "";
          const r = e.getBoundingClientRect();
          const style = [e, e.closest("label")].filter(Boolean).map((x) => getComputedStyle(x));
          const marked = style.some((s) => s.outlineStyle !== "none" || s.boxShadow !== "none");
          const points = [0.02, 0.5, 0.98].flatMap((x) => [0.02, 0.5, 0.98].map((y) => [x, y]));
          const seen = points.some(([x, y]) => {
            const top = document.elementFromPoint(r.x + r.width * x, r.y + r.height * y);
            return top && (e.contains(top) || top.contains(e));
          });
          const name = `${e.tagName} ${e.textContent.trim().slice(0, 30)}`;
          return marked && seen ? "" : `${name}: ${marked ? "covered" : "not marked"}`;
        });
        if (wrong) throw new Error(`${at}: ${wrong}`);
      }
    }
  });
}

/** A filter gets a name, stays, and is taken away again. */
async function filters(browser, home, who, result) {
  await journey(browser, who, result, "a filter is named, kept, taken away, and back", async (page) => {
    const chips = page.getByRole("navigation", { name: "Saved filters" });
    await page.goto(home.url + "/cases");
    await settle(page);
    if (await chips.count()) throw new Error("there is something to save without a filter");
    await page.getByLabel("Status").selectOption("detected");
    await chips.getByRole("button", { name: "Save this filter" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("New ones");
    await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
    await chips.getByRole("link", { name: "New ones" }).waitFor();
    await page.goto(home.url + "/cases");
    await settle(page);
    await chips.getByRole("link", { name: "New ones" }).click();
    await page.waitForFunction(() => location.search === "?status=detected");
    await chips.getByRole("button", { name: "Remove “New ones”" }).click();
    await chips.getByRole("link", { name: "New ones" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await chips.getByRole("link", { name: "New ones" }).waitFor();
  });
}

/** What is drawn is also there as rows, to read and to keep. */
async function drawn(browser, home, who, result) {
  await journey(browser, who, result, "pictures are tables too, to be kept", async (page) => {
    await page.goto(home.url + "/impact?view=flow");
    await settle(page);
    await page
      .getByRole("row", { name: /Supplier → Product/ })
      .first()
      .waitFor();
    for (const [at, file, says] of [
      ["/impact?view=map", "map.csv", /Sector,Region/],
      ["/conformity?tab=units&package=minimum", "units.csv", /Requirement,Title/],
    ]) {
      await page.goto(home.url + at);
      await settle(page);
      const saved = page.waitForEvent("download");
      await page.getByRole("button", { name: "CSV" }).first().click();
      const got = await saved;
      const text = fs.readFileSync(await got.path(), "utf8");
      if (got.suggestedFilename() !== file || !says.test(text))
        throw new Error(`${at}: ${text.slice(0, 80)}`);
    }
  });
}

/** Whatever the server, or what stands before it, refuses with: it is said in words, with what to do. */
async function refusals(browser, home, who, result) {
  const statuses = [403, 404, 409, 413, 429, 500, 502, 503];
  const asking = { ...ja(who), allowed: [401, ...statuses] };
  await journey(browser, asking, result, "every refusal tells what to do", async (page) => {
    for (const status of statuses) {
      await page.unroute("**/api/v1/cases?*");
      await page.route("**/api/v1/cases?*", (r) =>
        r.fulfill({ status, contentType: "text/html", headers: { "Retry-After": "7" }, body: "<h1>no</h1>" }),
      );
      await page.goto(home.url + "/cases");
      const note = page.locator(".note.bad").last();
      await note.waitFor();
      const [title, hint] = (await note.innerText()).split("\n").filter((l) => l.trim());
      if (!/^[^A-Za-z]+$/.test(title) || !/ください/.test(hint ?? "") || title.includes(status))
        throw new Error(`${status}: ${title} / ${hint}`);
      if (status === 429 && !hint.includes("7 秒")) throw new Error(hint);
    }
  });
}

export async function closely(browser, home, who, result, oneCase) {
  await names(browser, home, who, result, oneCase);
  await components(browser, home, who, result);
  await filters(browser, home, who, result);
  await drawn(browser, home, who, result);
  await refusals(browser, home, who, result);
  await printed(browser, home, who, result);
  await focused(browser, home, who, result);
}
