// SPDX-License-Identifier: Apache-2.0
// Two people at one thing: who was slower is told, sees both versions, loses nothing of what they typed, and undoes
// nothing of what the other one did.
import { settle } from "./browser.mjs";
import { journey } from "./journeys.mjs";

async function other(page, at) {
  const tab = await page.context().newPage();
  await tab.goto(at);
  await settle(tab);
  return tab;
}
const dialogOf = (page) => page.getByRole("dialog");
async function api(page, path) {
  return page.evaluate(async (p) => (await fetch(`/api/v1${p}`)).json(), path);
}
/** The line of a field in the table of both versions. */
async function both(page, field, theirs, yours) {
  const row = dialogOf(page).getByRole("row", { name: new RegExp(`^${field}`) });
  await row.waitFor();
  const text = (await row.innerText()).replace(/\s+/g, " ");
  if (!text.includes(theirs) || !text.includes(yours))
    throw new Error(`${field}: “${text}” has not both ${theirs} and ${yours}`);
}
async function stands(page, label, want) {
  const now = await dialogOf(page).getByLabel(label, { exact: true }).first().inputValue();
  if (now !== want) throw new Error(`${label} is “${now}”, not “${want}”`);
}

/** Opens the same dialog in two tabs, sends another change in the second, then the first. */
const things = [
  {
    name: "a product",
    at: "/products/karte",
    open: (p) => p.getByRole("button", { name: "Change", exact: true }).click(),
    path: "/products/karte",
    first: ["Support ends", "2031-03-31"],
    second: ["Package URL", "pkg:generic/karte"],
    same: "Name",
  },
  {
    name: "a party",
    at: "/products?tab=parties&q=aozora",
    open: (p) => p.getByRole("row", { name: /aozora-hp/ }).getByRole("button").last().click(), // prettier-ignore
    path: "/parties/aozora-hp",
    first: ["Region", "JP-27", "Osaka"],
    second: ["URL", "https://aozora.example.jp"],
    same: "Name",
  },
  {
    name: "a service",
    at: "/products?tab=services",
    open: (p) => p.locator("tbody tr").first().getByRole("button").last().click(),
    first: ["People it covers", "4321"],
    second: ["Takes to restore", "5h"],
    same: "Name",
  },
  {
    name: "a deployment",
    at: "/products?tab=deployments",
    open: (p) => p.locator("tbody tr").first().getByRole("button").last().click(),
    first: ["Zone", "dc-2"],
    second: ["Owner", "Second Desk"],
    same: "Environment",
  },
];

async function stated(browser, home, who, result) {
  for (const t of things) {
    await journey(
      browser,
      who,
      result,
      `two tabs change ${t.name}: both versions are shown`,
      async (page) => {
        await page.goto(home.url + t.at);
        await settle(page);
        await t.open(page);
        const theirs = await other(page, home.url + t.at);
        await t.open(theirs);
        const same = "both of us";
        await dialogOf(theirs).getByLabel(t.second[0], { exact: true }).fill(t.second[1]);
        await dialogOf(theirs).getByLabel(t.same, { exact: true }).fill(`${same} 2`);
        await dialogOf(theirs).locator(".form .primary").click();
        await theirs.getByText("is changed").waitFor();
        await dialogOf(page).getByLabel(t.first[0], { exact: true }).fill(t.first[1]);
        await dialogOf(page).getByLabel(t.same, { exact: true }).fill(`${same} 1`);
        await dialogOf(page).locator(".form .primary").click();
        await dialogOf(page).getByText("Somebody else changed it meanwhile").waitFor();
        await both(page, t.same, `${same} 2`, `${same} 1`);
        await both(page, t.first[0], "", t.first[2] ?? t.first[1]);
        await both(page, t.second[0], t.second[1], "not changed");
        await stands(page, t.first[0], t.first[1]); /* what was typed is there */
        await stands(page, t.same, `${same} 1`);
        await stands(page, t.second[0], t.second[1]); /* what was not touched is theirs */
        await dialogOf(page).locator(".form .primary").click();
        await page.getByText("is changed").waitFor();
        await page.getByRole("button", { name: "Undo", exact: true }).click();
        await page.getByText("Taken back. Both records stay.").waitFor();
        await theirs.reload();
        await settle(theirs);
        await t.open(theirs);
        await stands(theirs, t.same, `${same} 2`);
        await stands(theirs, t.second[0], t.second[1]);
      },
    );
  }
}

/** Whoever means to add something is not to change what there is by its id. */
async function added(browser, home, who, result) {
  await journey(browser, who, result, "an id that is taken is told, with what is there", async (page) => {
    await page.goto(home.url + "/products?tab=services");
    await settle(page);
    for (const [id, taken] of [
      ["ferry", false],
      ["ferry", true],
    ]) {
      await page.getByRole("button", { name: "Add a service" }).click();
      await dialogOf(page).getByLabel("Id", { exact: true }).fill(id);
      await dialogOf(page)
        .getByLabel("Name", { exact: true })
        .fill(taken ? "Another ferry" : "Ferry");
      await dialogOf(page).locator(".form .primary").click();
      if (!taken) {
        await page.getByText("Ferry is added").waitFor();
        continue;
      }
      await dialogOf(page).getByText("There is one with this id already").waitFor();
      await both(page, "Name", "Ferry", "Another ferry");
      await dialogOf(page).getByRole("button", { name: "Close" }).click();
    }
    if ((await api(page, "/services/ferry")).name !== "Ferry") throw new Error("it was changed all the same");
  });
  await journey(browser, who, result, "a contract's name that is taken is told", async (page) => {
    await page.goto(home.url + "/decisions?tab=matrix");
    await settle(page);
    await page.getByRole("button", { name: "Write down a contract" }).click();
    await dialogOf(page).getByLabel("Name of the contract").fill("aozora-2026");
    await dialogOf(page).getByLabel("What it is about").fill("typed here");
    await dialogOf(page).getByLabel("Other side", { exact: true }).selectOption("aozora-hp");
    await dialogOf(page).locator(".form .primary").click();
    await dialogOf(page).getByText("There is a contract of this name already").waitFor();
    await stands(page, "What it is about", "typed here");
  });
}

async function users(browser, home, who, result) {
  if (!who.cookies) return;
  await journey(browser, who, result, "two tabs change a user: roles, name, both shown", async (page) => {
    const at = home.url + "/settings?tab=users";
    await page.goto(at);
    await settle(page);
    await page.getByRole("button", { name: "Invite somebody" }).click();
    await dialogOf(page).getByLabel("User name").fill("midori");
    await dialogOf(page).getByRole("button", { name: "Invite" }).click();
    await dialogOf(page).getByRole("button", { name: "Close" }).click();
    const open = (p) => p.getByRole("row", { name: /midori/ }).getByRole("button", { name: "Change" }).click(); // prettier-ignore
    await open(page);
    const theirs = await other(page, at);
    await open(theirs);
    await dialogOf(theirs).getByRole("button", { name: "Add a role" }).click();
    await dialogOf(theirs).getByLabel("Role", { exact: true }).last().selectOption("assessor");
    await dialogOf(theirs).getByLabel("Party", { exact: true }).last().fill("aozora-hp");
    await dialogOf(theirs).getByLabel("Name", { exact: true }).fill("緑");
    await dialogOf(theirs).locator(".form .primary").click();
    await theirs.getByText("緑").first().waitFor();
    await dialogOf(page).getByLabel("Name", { exact: true }).fill("Midori Y.");
    await dialogOf(page).locator(".form .primary").click();
    await dialogOf(page).getByText("Somebody else changed it meanwhile").waitFor();
    await both(page, "Name", "緑", "Midori Y.");
    await both(page, "Roles", "Assessor", "not changed");
    await dialogOf(page).locator(".form .primary").click();
    await page.getByText("Midori Y. is changed").or(page.getByText("is changed")).first().waitFor();
    await page.getByRole("row", { name: /Midori Y\..*Assessor/ }).waitFor();
    // A button that decides on what stood there before.
    await theirs.reload();
    await settle(theirs);
    await theirs.getByRole("row", { name: /midori/ }).getByRole("button", { name: "Disable" }).click(); // prettier-ignore
    await theirs
      .getByRole("row", { name: /midori/ })
      .getByText("Disabled")
      .waitFor();
    await page
      .getByRole("row", { name: /midori/ })
      .getByRole("button", { name: "Disable" })
      .click();
    await page.getByText("somebody changed this user meanwhile").waitFor();
    await page
      .getByRole("row", { name: /midori/ })
      .getByText("Disabled")
      .waitFor();
  });
}

/** What one is typing about is settled by somebody else: the form stays until it is sent or left. */
async function settled(browser, home, who, result, oneCase) {
  const ask = ["--customer", "kawabe", "--measure", "patch", "--product", "juki", "--risk", "r"];
  const made = home.run("decide", "offer", "窓口を 2.9 へ更新", ...ask, "--deadline", "2031-01-31");
  const offer = /^O-[0-9a-f]+/.exec(made)[0];
  const typed = "typed with care";
  const kept = async (page, label) => {
    await page.getByLabel(label).fill(typed);
    return async () => {
      await page.locator(".form .primary").click();
      await page.getByRole("button", { name: "Show the present state" }).click();
      await page.waitForTimeout(50);
      await settle(page);
      if ((await page.getByLabel(label).inputValue()) !== typed) throw new Error("what was typed is lost");
    };
  };
  const name = "an offer is answered, a case closed, meanwhile: the form with what was typed stays";
  await journey(browser, who, result, name, async (page) => {
    await page.goto(`${home.url}/decisions/${offer}`);
    await settle(page);
    const offered = await kept(page, "Reason");
    const theirs = await other(page, page.url());
    await theirs.getByLabel("Reason").fill("as agreed");
    await theirs.getByLabel("Who decided").fill("Sato");
    await theirs.getByLabel("As what").fill("CIO");
    await theirs.locator(".form .primary").click();
    await theirs.getByText("it is in the log").first().waitFor();
    await page.getByLabel("Who decided").fill("Ito");
    await page.getByLabel("As what").fill("CEO");
    await offered();

    await page.goto(`${home.url}/cases/${oneCase}`);
    await settle(page);
    const moved = await kept(page, "Why, or what was done");
    await page.route(`**/api/v1/cases/${oneCase}/*`, (r) =>
      r.fulfill({ status: 409, contentType: "application/problem+json", body: "{}" }),
    );
    await page.route(`**/api/v1/cases/${oneCase}`, async (r) => {
      const answer = await r.fetch();
      return r.fulfill({ response: answer, json: { ...(await answer.json()), status: "closed" } });
    });
    await moved();
  });
}

export async function together(browser, home, who, result, oneCase) {
  await settled(browser, home, who, result, oneCase);
  await stated(browser, home, who, result);
  await added(browser, home, who, result);
  await users(browser, home, who, result);
}
