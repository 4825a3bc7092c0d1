// SPDX-License-Identifier: Apache-2.0
// What people see who look closely: names in place of ids …
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

export async function closely(browser, home, who, result, oneCase) {
  await names(browser, home, who, result, oneCase);
}
