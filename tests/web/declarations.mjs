// SPDX-License-Identifier: Apache-2.0
// Declare, verify, challenge, answer; what a viewer is not offered, and is refused.
import fs from "node:fs";
import path from "node:path";
import { open, settle } from "./browser.mjs";
import { journey } from "./journeys.mjs";

async function signed(page) {
  await page.getByLabel("Name of who answers for it").fill("T. Yamada");
  await page.getByLabel("Role", { exact: true }).fill("President");
}

/** Declares the minimum package over all products; the bundle is left in the home's folder. */
async function declare(page, home) {
  await page.goto(home.url + "/conformity?tab=declarations");
  await settle(page);
  await page.getByRole("link", { name: "Declare" }).click();
  await page.getByRole("button", { name: "Look what the evidence carries" }).click();
  await page.getByText("2. What would be declared").waitFor();
  await page.getByText("can be signed once every shortfall").waitFor();
  const claims = page.getByLabel(/^Why .* is at level/);
  for (let i = 0, n = await claims.count(); i < n; i++) await claims.nth(i).fill("checked by hand");
  await signed(page);
  await page.getByRole("button", { name: "Sign and declare" }).click();
  await page.getByText("4. Declared").waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Bundle to verify" }).click(),
  ]);
  const bundle = path.join(home.folder, "declared.json");
  await file.saveAs(bundle);
  await page.getByRole("button", { name: "Open the declaration" }).click();
  await page.getByText("Nothing was said of it yet").waitFor();
  return bundle;
}

async function verify(page, home, bundle) {
  await page.goto(home.url + "/conformity?tab=verify");
  await settle(page);
  await page.locator("input[type=file]").setInputFiles(bundle);
  await page.getByText("This declaration holds").waitFor();
  const bad = path.join(home.folder, "forged.json");
  const forged = JSON.parse(fs.readFileSync(bundle, "utf8"));
  const own =
    forged.statements.at(-1).envelope; /* the declaration's: what it rests on was logged before it */
  for (const s of own.signatures) s.sig = s.sig.replace(/^./, (c) => (c === "A" ? "B" : "A"));
  fs.writeFileSync(bad, JSON.stringify(forged));
  await page.locator("input[type=file]").setInputFiles(bad);
  await page.locator(".note.bad").waitFor();
}

async function challenge(page, at) {
  await page.goto(at);
  await settle(page);
  await page.getByRole("button", { name: "Challenge it" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What is wrong").fill("no RELRO in 2.8.1");
  await dialog.locator("input[type=file]").setInputFiles({
    name: "report.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("no RELRO\n"),
  });
  await dialog.getByText("report.txt").waitFor();
  await dialog.getByRole("button", { name: "Sign and log it" }).click();
  await page.locator(".timeline").getByText("no RELRO in 2.8.1").waitFor();
}

/** Answered; who looked at it before is told, and loses nothing. */
async function answer(page, at) {
  const other = await page.context().newPage();
  await other.goto(at);
  await settle(other);
  await page.goto(at);
  await settle(page);
  await page.getByRole("button", { name: "Answer the challenge" }).click();
  await page.getByRole("dialog").getByLabel("Outcome").selectOption("suspended");
  await page.getByRole("dialog").getByLabel("Reason").fill("mended in 2.9");
  await signed(page);
  await page.getByRole("dialog").getByRole("button", { name: "Sign and log it" }).click();
  await page.locator(".timeline").getByText("mended in 2.9").waitFor();
  await page.locator(".head").getByText("Suspended").waitFor();
  await other.getByRole("button", { name: "Change how it stands" }).click();
  await other.getByRole("dialog").getByLabel("Reason").fill("typed meanwhile");
  await other.getByRole("dialog").getByRole("button", { name: "Sign and log it" }).click();
  await other.getByRole("dialog").getByText("Something was said meanwhile").waitFor();
  if ((await other.getByRole("dialog").getByLabel("Reason").inputValue()) !== "typed meanwhile")
    throw new Error("what was typed is lost");
}

/** A token that may read alone, and a page with it. */
async function reader(browser, home, who, result, at) {
  const { page, faults, context } = await open(browser, { ...who, lang: "en" });
  let token = "";
  try {
    await page.goto(home.url + "/");
    await settle(page);
    token = await page.evaluate(async () => {
      const me = await (await fetch("/api/v1/me")).json();
      const made = await fetch("/api/v1/tokens", {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-Akashi-Csrf": me.csrf ?? "",
        },
        body: JSON.stringify({ name: "reader", may: ["read"] }),
      });
      return (await made.json()).token;
    });
  } catch (e) {
    faults.push(String(e.stack ?? e));
  }
  await context.close();
  const wrong = async (method, to, body) => {
    const r = await fetch(home.url + "/api/v1" + to, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify(body),
    });
    if (r.status !== 403) faults.push(`${method} ${to}: ${r.status}`);
  };
  const one = `/declarations/${at.slice(at.lastIndexOf("/") + 1)}`;
  await wrong("POST", "/declarations", { preview: true });
  await wrong("POST", `${one}/challenges`, { text: "x" });
  await wrong("POST", `${one}/respond`, {});
  await wrong("POST", `${one}/set`, { state: "withdrawn", reason: "x" });
  await wrong("POST", `${one}/endorse`, {});
  await wrong("POST", `${one}/give`, { to: ["kawabe"] });
  await wrong("POST", "/conform/attestations", {});
  await wrong("POST", "/conform/choose", { save: true, answers: {} });
  const seen = await open(browser, {
    lang: "en",
    headers: { Authorization: `Bearer ${token}` },
  });
  try {
    await seen.page.goto(at);
    await settle(seen.page);
    await seen.page.getByText("What was declared").first().waitFor();
    for (const name of ["Challenge it", "Change how it stands", "Hand it over", "Endorse it"])
      if (await seen.page.getByRole("button", { name }).count()) faults.push(`a reader is offered: ${name}`);
    await seen.page.goto(home.url + "/conformity");
    await settle(seen.page);
    if (await seen.page.getByRole("link", { name: "Declare" }).count())
      faults.push("a reader is offered to declare");
  } catch (e) {
    faults.push(String(e.stack ?? e));
  }
  await seen.context.close();
  faults.push(...seen.faults);
  result(!faults.length, "whoever may only read is offered none of it, and refused", faults.join("\n"));
}

export async function declarations(browser, home, who, result) {
  let bundle = "";
  let at = "";
  await journey(
    browser,
    who,
    result,
    "declare: previewed, claimed, signed, its bundle taken",
    async (page) => {
      bundle = await declare(page, home);
      at = page.url();
    },
  );
  await journey(browser, who, result, "verify: the bundle holds, a forged one does not", (page) =>
    verify(page, home, bundle),
  );
  await journey(browser, who, result, "challenge: with a document", (page) => challenge(page, at));
  await journey(browser, who, result, "answered; whoever saw an older state is told", (page) =>
    answer(page, at),
  );
  await journey(browser, who, result, "the gap of an own list; a choice that is stated", async (page) => {
    const sheet = path.join(home.folder, "iso27001.csv");
    fs.writeFileSync(sheet, "id\nA.5.1\nA.8.28\n");
    await page.goto(home.url + "/conformity?tab=gap");
    await settle(page);
    await page.locator("input[type=file]").setInputFiles(sheet);
    await page.getByRole("button", { name: "iso27001.csv" }).waitFor();
    await page.goto(home.url + "/conformity?tab=choose");
    await settle(page);
    await page.locator("fieldset input[type=radio]").first().check();
    await page.getByRole("button", { name: "State the choice" }).click();
    await page.getByText(/^Chosen: /).waitFor();
  });
  await journey(browser, who, result, "a person's word for a practice", async (page) => {
    await page.goto(home.url + "/conformity?practice=S(1)-1.1");
    await settle(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Give your word" }).click();
    await dialog.getByLabel("What was found").fill("threats are written down");
    await signed(page);
    await dialog.getByRole("button", { name: "Sign it" }).click();
    await dialog.locator(".note.good, .note.warn").waitFor();
  });
  await reader(browser, home, who, result, at);
}
