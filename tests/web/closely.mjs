// SPDX-License-Identifier: Apache-2.0
// What people see who look closely: names in place of ids, lists that begin with something …
import { settle } from "./browser.mjs";
import { journey } from "./journeys.mjs";

const ja = (who) => ({ ...who, lang: "ja" });

/** Things are called by their names, with the id for who points at them. */
async function names(browser, home, who, result, oneCase) {
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

export async function closely(browser, home, who, result, oneCase) {
  await names(browser, home, who, result, oneCase);
  await components(browser, home, who, result);
}
