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

const password = "correct horse battery staple";

/** The first start: whoever holds the one-time link becomes the administrator, and stays signed in. */
export async function administrator(browser, home, result) {
  const link = /#first=[0-9a-zA-Z_-]+/.exec(home.told())?.[0];
  if (!link) return { headers: { Authorization: `Bearer ${/:\s*([0-9a-f]{32})/.exec(home.told())?.[1]}` } };
  const { page, faults, context } = await open(browser, { lang: "en" });
  try {
    await page.goto(home.url + "/" + link);
    await page.getByLabel("User name").fill("hanako");
    await page.getByLabel("Name", { exact: true }).fill("山田 花子");
    await page.getByLabel("Password (at least").fill(password);
    await page.getByLabel("Password again").fill(password);
    await page.getByRole("button", { name: "Become the administrator" }).click();
    await page.getByRole("navigation", { name: "Menu" }).getByText("山田 花子").waitFor();
  } catch (e) {
    faults.push(String(e.stack ?? e));
  }
  result(!faults.length, "the one-time link makes the administrator", faults.join("\n"));
  const cookies = await context.cookies();
  await context.close();
  return { cookies };
}

/** Somebody is invited as a viewer: they see, and nothing offers them what they may not do. */
async function viewer(browser, home, who, result, oneCase) {
  let link = "";
  await journey(browser, who, result, "somebody is invited", async (page) => {
    await page.goto(home.url + "/settings?tab=users");
    await settle(page);
    await page.getByRole("button", { name: "Invite somebody" }).click();
    await page.getByRole("dialog").getByLabel("User name").fill("taro");
    await page.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
    await page.getByRole("dialog").locator("pre").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await page.getByRole("row", { name: /taro/ }).getByRole("button", { name: "New link" }).click();
    link = (await page.getByRole("dialog").locator("pre").textContent()) ?? "";
  });
  await journey(
    browser,
    who,
    result,
    "a token is made and shown once; a second factor can be set up",
    async (page) => {
      await page.goto(home.url + "/settings?tab=tokens");
      await settle(page);
      await page.getByRole("button", { name: "Make a token" }).click();
      await page.getByRole("dialog").getByLabel("Name (what").fill("build server");
      await page.getByRole("dialog").getByRole("button", { name: "Make", exact: true }).click();
      await page.getByRole("dialog").locator("pre").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
      await page.getByRole("row", { name: /build server/ }).waitFor();
      await page.getByRole("tab", { name: "Me" }).click();
      await page.getByRole("button", { name: "Set up" }).click();
      await page.locator("img.qr").waitFor();
    },
  );
  await journey(
    browser,
    {},
    result,
    "a viewer sees, and is offered nothing that they may not do",
    async (page) => {
      await page.goto(home.url + "/" + link.slice(link.indexOf("#")));
      await page.getByLabel("Password (at least").fill(password + " too");
      await page.getByLabel("Password again").fill(password + " too");
      await page.getByRole("button", { name: "Set your password" }).click();
      await page.getByRole("navigation", { name: "Menu" }).getByText("taro").waitFor();
      await page.goto(home.url + "/cases/" + oneCase);
      await settle(page);
      await page.getByText("needs the role to respond").waitFor();
      await page.goto(home.url + "/settings");
      await settle(page);
      if (await page.getByRole("tab", { name: "Users" }).count())
        throw new Error("a viewer is offered the users");
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await page.getByLabel("User name").fill("taro");
      await page.getByLabel("Password").fill("something else");
      await page.locator(".form .primary").click();
      await page.locator(".note.bad").waitFor();
      if ((await page.getByLabel("User name").inputValue()) !== "taro")
        throw new Error("what was typed is lost");
    },
  );
}

export async function journeys(browser, home, who, result, oneCase) {
  if (who.cookies) await viewer(browser, home, who, result, oneCase);
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
