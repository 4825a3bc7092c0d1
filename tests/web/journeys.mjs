// SPDX-License-Identifier: Apache-2.0
// What people come for, clicked through.
import path from "node:path";
import fs from "node:fs";
import { open, settle } from "./browser.mjs";

async function journey(browser, who, result, name, walk) {
  const { page, faults, context } = await open(browser, { ...who, lang: "en", allowed: [401, 409] });
  try {
    await walk(page);
  } catch (e) {
    faults.push(String(e.stack ?? e));
  }
  result(!faults.length, name, faults.join("\n"));
  await context.close();
}

export async function journeys(browser, home, who, result) {
  await journey(browser, who, result, "counts appear as one types, then the reach", async (page) => {
    await page.goto(home.url + "/impact");
    await settle(page);
    const box = page.locator(".ask input");
    await box.fill("pkg:npm/hikari");
    await page.getByText(/in 9 releases/).waitFor();
    await box.press("Enter");
    await page.getByRole("tab", { name: /Releases/ }).waitFor();
    await page.getByRole("tab", { name: /Services/ }).click();
    await page.getByText("救急医療").waitFor();
  });
  await journey(
    browser,
    who,
    result,
    "an entry of the log is verified in the browser; another key is refused",
    async (page) => {
      await page.goto(home.url + "/log/3");
      await settle(page);
      const run = page.getByRole("button", { name: "Verify" });
      await run.click();
      await page.locator(".note.good").waitFor();
      const key = page.getByLabel("Verifier key");
      const good = await key.inputValue();
      await key.fill(good.replace(/.$/, (c) => (c === "A" ? "B" : "A")));
      await run.click();
      await page.locator(".note.bad").waitFor();
    },
  );
  await journey(
    browser,
    who,
    result,
    "a list is imported, a bad row is told with its place",
    async (page) => {
      const good = path.join(home.folder, "more.csv");
      const bad = path.join(home.folder, "bad.csv");
      fs.writeFileSync(good, "id,name,roles\nkita,Kita Cloud,operator\n");
      fs.writeFileSync(bad, "id,name,roles\nx,X,wizard\n");
      await page.goto(home.url + "/import");
      await settle(page);
      await page.locator("input[type=file]").setInputFiles([good, bad]);
      await page.locator(".job", { hasText: "more.csv" }).getByText("1 added").waitFor();
      await page
        .locator(".job", { hasText: "bad.csv" })
        .getByText(/bad\.csv:2/)
        .first()
        .waitFor();
    },
  );
  await journey(
    browser,
    who,
    result,
    "a case is decided; who was slower is told and loses nothing",
    async (page) => {
      await page.goto(home.url + "/cases");
      await settle(page);
      await page.locator("a.row-link").first().click();
      await page.getByLabel("Why, or what was done").waitFor();
      await page.getByLabel("Why, or what was done").fill("an upgrade is being tested");
      await page.getByRole("button", { name: "Decide" }).last().click();
      await page.getByText("It is in the log").waitFor();
      await page.locator(".timeline").getByText("an upgrade is being tested").waitFor();
      const other = await page.context().newPage();
      await other.goto(page.url());
      await settle(other);
      await other.getByRole("button", { name: "Note", exact: true }).first().click();
      await other.getByLabel("Why, or what was done").fill("from the other window");
      await other.locator(".form .primary").click();
      await other.locator(".timeline").getByText("from the other window").waitFor();
      await page.getByRole("button", { name: "Note", exact: true }).first().click();
      await page.getByLabel("Why, or what was done").fill("typed meanwhile");
      await page.locator(".form .primary").click();
      await page.getByText(/Somebody else moved this case/).waitFor();
      if ((await page.getByLabel("Why, or what was done").inputValue()) !== "typed meanwhile")
        throw new Error("what was typed is lost");
    },
  );
  await journey(browser, who, result, "search by keyboard", async (page) => {
    await page.goto(home.url + "/impact");
    await settle(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search" }).fill("log");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/log");
  });
}
