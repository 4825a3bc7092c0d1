// SPDX-License-Identifier: Apache-2.0
// Decisions between two homes, and what is set up for the home, clicked through.
import fs from "node:fs";
import path from "node:path";
import { settle } from "./browser.mjs";
import { journey, password } from "./journeys.mjs";

const asCustomer = (home, ...args) => home.run(...args, "--home", path.join(home.folder, "customer"));

/** The customer has an Akashi of its own; each trusts the other's key, ours by the page. */
async function trustEachOther(page, home) {
  asCustomer(home, "init", "--name", "Aozora", "--role", "customer", "--no-passphrase", "--origin", "aozora.example/log"); // prettier-ignore
  const ours = path.join(home.folder, "minato.pub");
  fs.writeFileSync(ours, home.run("key", "export"));
  asCustomer(home, "key", "trust", ours, "--name", "minato");
  await page.goto(home.url + "/settings?tab=peers");
  await settle(page);
  await page.getByRole("button", { name: "Trust a key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Party").fill("aozora-hp");
  await dialog.getByLabel("Key: PEM").fill(asCustomer(home, "key", "export"));
  await dialog.getByRole("button", { name: /trust it/ }).click();
  await page.getByRole("row", { name: /あおぞら病院グループ|aozora-hp/ }).waitFor();
}

async function offerFromCase(page, home) {
  await page.goto(home.url + "/cases?q=hikari");
  await settle(page);
  await page.locator("a.row-link").first().click();
  await page.getByRole("link", { name: "Offer a measure" }).click();
  await page.getByLabel("What may happen").fill("patient records can be read");
  await page.getByLabel("Customer", { exact: true }).selectOption("aozora-hp");
  await page.getByLabel("Answer needed by").fill("2027-01-31");
  await page.getByRole("button", { name: "Sign and offer" }).click();
  await page.getByText("No answer yet").waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "File to hand over" }).click(),
  ]);
  const at = path.join(home.folder, "from-page.offer.json");
  if (!/^O-[0-9a-f]+\.offer\.json$/.test(file.suggestedFilename())) throw new Error(file.suggestedFilename());
  await file.saveAs(at);
  return at;
}

/** What the customer's people would do in theirs. */
function declineAtCustomer(home, offer) {
  const back = path.join(home.folder, "declined.answer.json");
  asCustomer(home, "decide", "answer", offer, "--decline", "--reason", "no outage before April", "--person", "Sato", "--role", "CIO", "--risk-owner", "Sato", "--review", "2027-04-01", "--to", back); // prettier-ignore
  return back;
}

function becomesExploited(home) {
  const kev = path.join(home.folder, "kev.json");
  const flaw = { cveID: "CVE-2026-48211", vendorProject: "x", product: "y", vulnerabilityName: "z", dateAdded: "2026-11-22", shortDescription: "s", requiredAction: "a", dueDate: "2026-12-12", knownRansomwareCampaignUse: "Unknown", notes: "" }; // prettier-ignore
  fs.writeFileSync(kev, JSON.stringify({ title: "KEV", catalogVersion: "2026.11.22", dateReleased: "2026-11-22T00:00:00Z", count: 1, vulnerabilities: [flaw] })); // prettier-ignore
  home.run("watch", "--from", kev);
}

async function declinedThenExploited(page, home) {
  await trustEachOther(page, home);
  const back = declineAtCustomer(home, await offerFromCase(page, home));
  await page.goto(home.url + "/decisions");
  await settle(page);
  await page.locator("input[type=file]").setInputFiles(back);
  await page.getByText(/1 new answers/).waitFor();
  await page.getByText(/1 signed by us/).waitFor();
  await page.locator(".note.good a").first().click();
  await page.getByText("Signed by both").waitFor();
  await page.getByText("no outage before April").waitFor();
  await page.getByText("aozora.example/log").first().waitFor();
  becomesExploited(home);
  await page.reload();
  await page.getByText(/CVE-2026-48211: Is exploited/).waitFor();
  await page.goto(home.url + "/decisions?tab=due");
  await settle(page);
  await page.getByRole("row", { name: /Opened again/ }).waitFor();
}

/** The session ends in the middle of a form: signed in again, everything that was typed is there and is sent. */
async function nothingTypedIsLost(page, home) {
  await page.goto(home.url + "/decisions/new?product=karte");
  await settle(page);
  await page.getByLabel("What is offered").fill("Segment the ward network");
  await page.getByLabel("Customer", { exact: true }).selectOption("aozora-hp");
  await page.getByLabel("Kind of measure").selectOption("segmentation");
  await page.getByLabel("What may happen").fill("typed before the session ended");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Sign and offer" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("User name").fill("hanako");
  await dialog.getByLabel("Password").fill(password);
  await dialog.locator(".primary").click();
  await dialog.waitFor({ state: "detached" });
  await settle(page);
  for (const [label, want] of [
    ["What is offered", "Segment the ward network"],
    ["What may happen", "typed before the session ended"],
    ["Kind of measure", "segmentation"],
  ])
    if ((await page.getByLabel(label).inputValue()) !== want) throw new Error(`${label} is lost`);
  await page.getByRole("button", { name: "Sign and offer" }).click();
  await page.getByRole("heading", { name: "Segment the ward network" }).waitFor();
}

async function reportedAnswer(page, home) {
  await page.goto(home.url + "/decisions");
  await settle(page);
  await page.getByRole("link", { name: "Segment the ward network" }).click();
  await page.getByRole("heading", { name: "Write down what the customer said" }).waitFor();
  await page.getByLabel("Answer", { exact: true }).selectOption("defer");
  await page.getByLabel("Deferred until").fill("2027-06-30");
  await page.getByLabel("Reason").fill("after the migration");
  await page.getByLabel("Who decided").fill("Sato");
  await page.getByLabel("As what").fill("CIO");
  await page.getByLabel("Bears the risk").fill("Sato");
  await page.getByRole("button", { name: "Write down what the customer said" }).click();
  await page.getByText("Signed; it is in the log").waitFor();
  await page.getByText(/Reported by the provider/).waitFor();
}

async function contractWrittenDown(page, home) {
  await page.goto(home.url + "/decisions?tab=matrix");
  await settle(page);
  await page.getByRole("button", { name: "Write down a contract" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name of the contract").fill("kawabe-2026");
  await dialog.getByLabel("Other side", { exact: true }).selectOption("kawabe");
  await dialog.getByRole("button", { name: "Sign and write down" }).click();
  await page.getByText("kawabe-2026").first().waitFor();
  await page.goto(home.url + "/decisions?tab=matrix");
  await settle(page);
  await page.getByRole("button", { name: "kawabe-2026 S(1)-1.1: Nobody" }).click();
  await page.getByRole("dialog").getByLabel("Held by").selectOption("developer");
  await page.getByRole("dialog").getByRole("button", { name: "Sign and write down" }).click();
  await page.getByRole("button", { name: "kawabe-2026 S(1)-1.1: Developer" }).waitFor();
}

async function noticesAndPolicies(page, home) {
  const toml = path.join(home.folder, "home", "akashi.toml");
  await page.goto(home.url + "/settings?tab=notices");
  await settle(page);
  await page.getByRole("button", { name: "Add a subscriber" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name: letters").fill("psirt");
  await dialog.getByLabel("Channel").selectOption("file");
  await dialog.getByLabel("File in the home").fill("psirt.jsonl");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("row", { name: /psirt/ }).getByRole("button", { name: "Try" }).click();
  await page.getByText(/[1-9]\d* sent/).waitFor();
  if (!fs.readFileSync(path.join(home.folder, "home", "psirt.jsonl"), "utf8").includes("Akashi"))
    throw new Error("the test notice did not arrive");
  await page.goto(home.url + "/settings?tab=policies");
  await settle(page);
  await page.getByText("Expired").first().waitFor();
  await page.getByRole("button", { name: "Add a rule" }).first().click();
  fs.appendFileSync(toml, "# somebody else\n");
  await page.getByRole("dialog").getByLabel("Vulnerability").fill("CVE-2026-40102");
  await page.getByRole("dialog").getByLabel("Reason").fill("not called");
  await page.getByRole("dialog").getByRole("button", { name: "Add a rule" }).click();
  await page.getByText(/akashi\.toml was changed meanwhile/).waitFor();
  if ((await page.getByRole("dialog").getByLabel("Reason").inputValue()) !== "not called")
    throw new Error("what was typed is lost");
  await page.getByRole("dialog").getByRole("button", { name: "Add a rule" }).click();
  await page.getByRole("row", { name: /CVE-2026-40102/ }).waitFor();
  if (!fs.readFileSync(toml, "utf8").includes("# somebody else")) throw new Error("a comment is lost");
}

async function catalogueTakenIn(page, home) {
  const list = path.join(home.folder, "house-rules.csv");
  fs.writeFileSync(list, "id,title,text,group\nR1,Doors are shut,,A\nR2,Keys are counted,,A\n");
  await page.goto(home.url + "/settings?tab=catalogues");
  await settle(page);
  await page.locator("input[type=file]").setInputFiles(list);
  await page.getByText(/2 practices taken in/).waitFor();
}

export async function decisionJourneys(browser, home, who, result) {
  const walk = (name, f) => journey(browser, who, result, name, (page) => f(page, home));
  await walk(
    "a case, an offer, declined by the customer, later exploited: opened again",
    declinedThenExploited,
  );
  await walk("a session that ends in the middle of a form loses nothing", nothingTypedIsLost);
  await walk("an answer given elsewhere is written down as reported", reportedAnswer);
  await walk("a contract is written down, and who holds a practice", contractWrittenDown);
  await walk(
    "a subscriber is added and tried; a rule is added although the file changed meanwhile",
    noticesAndPolicies,
  );
  await walk("a catalogue is taken in", catalogueTakenIn);
}
