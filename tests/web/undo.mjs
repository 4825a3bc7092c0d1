// SPDX-License-Identifier: Apache-2.0
// What is done can be taken back for a while: by a new statement, and nothing is erased. What cannot says so.
import fs from "node:fs";
import path from "node:path";
import { settle } from "./browser.mjs";
import { journey } from "./journeys.mjs";

const takeBack = async (page) => {
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText("Taken back. Both records stay.").waitFor();
};
const pick = (page, name) =>
  page.getByRole("group", { name: "What to do" }).getByRole("button", { name }).click();
const factNow = (name) =>
  [...document.querySelectorAll(".facts > div")]
    .find((d) => d.querySelector("dt")?.textContent === name)
    ?.querySelector("dd")?.textContent ?? "";
const fact = (page, name) => page.evaluate(factNow, name);
async function becomes(page, name, want) {
  let now = "";
  for (let i = 0; i < 600; i++, await page.waitForTimeout(100))
    if ((now = await fact(page, name)) === want) return;
  throw new Error(`${name} is “${now}”, not “${want}”`);
}
const size = (home) => Number(home.run("log", "checkpoint").split("\n")[1]);

async function steps(page, home, oneCase) {
  await page.goto(`${home.url}/cases/${oneCase}`);
  await settle(page);
  const owner = await fact(page, "Owner");
  await pick(page, "Assign");
  await page.getByLabel("Owner").fill("Suzuki Ken");
  await page.locator(".form .primary").click();
  await page.getByText("It is in the log").waitFor();
  await becomes(page, "Owner", "Suzuki Ken");
  await takeBack(page);
  await becomes(page, "Owner", owner);
  await page.locator(".timeline").getByText("Assigned · Suzuki Ken").first().waitFor();
  const decided = await fact(page, "Decision");
  await pick(page, "Decide");
  await page.getByLabel("What is to be done").selectOption("accept");
  await page.getByLabel("Why, or what was done").fill("inside only, until spring");
  await page.locator(".form .primary").click();
  await page.locator(".timeline").getByText("inside only, until spring").waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).waitFor();
  await page.locator("#main").focus();
  await page.keyboard.press("u");
  await page.getByText("Taken back. Both records stay.").waitFor();
  await page.locator(".timeline").getByText("taken back").first().waitFor();
  await page.locator(".timeline").getByText("inside only, until spring").waitFor(); /* nothing is erased */
  await becomes(page, "Decision", decided);
  await pick(page, "Note");
  await page.getByLabel("Why, or what was done").fill("cannot be taken back");
  await page.locator(".form .primary").click();
  await page.getByText("A note stays. If it is wrong, write another one.").waitFor();
  if (await page.getByRole("button", { name: "Undo", exact: true }).count())
    throw new Error("an undo of what cannot be taken back is offered");
}

/** Somebody else was faster than the undo: it is not done, and says so. */
async function moved(page, home, oneCase) {
  await page.goto(`${home.url}/cases/${oneCase}`);
  await settle(page);
  await pick(page, "Assign");
  await page.getByLabel("Owner").fill("Ito Mai");
  await page.locator(".form .primary").click();
  await page.getByRole("button", { name: "Undo", exact: true }).waitFor();
  home.run("case", "note", oneCase, "from the terminal");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText("It could not be taken back: somebody else changed it since").waitFor();
}

async function settings(page, home) {
  const toml = path.join(home.folder, "home", "akashi.toml");
  const text = () => fs.readFileSync(toml, "utf8");
  await page.goto(home.url + "/settings?tab=policies");
  await settle(page);
  await page.getByRole("button", { name: "Add a rule" }).first().click();
  await page.getByRole("dialog").getByLabel("Vulnerability").fill("CVE-2026-77001");
  await page.getByRole("dialog").getByLabel("Reason").fill("test only");
  await page.getByRole("dialog").getByRole("button", { name: "Add a rule" }).click();
  const rule = page.getByRole("row", { name: /CVE-2026-77001/ });
  await rule.waitFor();
  await takeBack(page);
  await rule.waitFor({ state: "detached" });
  if (text().includes("CVE-2026-77001")) throw new Error("the rule is still in akashi.toml");
  const old = page.getByRole("row", { name: /CVE-2020-0001/ });
  await old.getByRole("button", { name: "Remove" }).click();
  await old.waitFor({ state: "detached" });
  await takeBack(page);
  await old.waitFor();
  if (!text().includes("呼び出していない")) throw new Error("the rule came back without its reason");
  await page.getByLabel("Licences that may not be used").fill("SSPL-1.0");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved in akashi.toml").waitFor();
  await takeBack(page);
  if (!text().includes("AGPL-3.0-only") || text().includes("SSPL-1.0"))
    throw new Error("the licences are not as they were");
  await page.goto(home.url + "/settings?tab=notices");
  await settle(page);
  await page.getByRole("row", { name: /desk/ }).getByRole("button", { name: "Remove" }).click();
  await page.getByText("to have it back, add it anew").waitFor();
}

async function filters(page, home) {
  await page.goto(home.url + "/cases?status=triaged");
  await settle(page);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.waitForURL((u) => !u.search.includes("status"));
  await takeBack(page);
  await page.waitForURL("**/cases?status=triaged");
}

export async function undos(browser, home, who, result, oneCase) {
  const walk = (name, f) => journey(browser, who, result, name, (page) => f(page, home, oneCase));
  const before = size(home);
  await walk("steps of a case are taken back by new steps", steps);
  if (size(home) < before + 5) result(false, "each undo is a statement of its own in the log");
  await walk("an undo that comes too late changes nothing", moved);
  await walk("rules, licences, notices: taken back, or said to stay", settings);
  await walk("filters that were cleared come back", filters);
}
