// SPDX-License-Identifier: Apache-2.0
// What people come for, clicked through.
import path from "node:path";
import fs from "node:fs";
import process from "node:process";
import { open, screens, settle } from "./browser.mjs";

export async function journey(browser, who, result, name, walk) {
  const { page, faults, context } = await open(browser, { lang: "en", allowed: [401, 409], ...who });
  try {
    await walk(page);
  } catch (e) {
    faults.push(String(e.stack ?? e));
  }
  result(!faults.length, name, faults.join("\n"));
  await context.close();
}

export const password = "correct horse battery staple";

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

/** By a name, as browsers ask for passkeys, with a virtual authenticator in place of a finger. */
async function passkey(browser, home, result) {
  await journey(
    browser,
    {},
    result,
    "a passkey is made and signed in with; it is seen in the audit",
    async (page) => {
      const at = home.url.replace("127.0.0.1", "localhost");
      const cdp = await page.context().newCDPSession(page);
      await cdp.send("WebAuthn.enable");
      await cdp.send("WebAuthn.addVirtualAuthenticator", {
        options: {
          protocol: "ctap2",
          transport: "internal",
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
      await page.goto(at + "/settings");
      await page.getByLabel("User name").fill("hanako");
      await page.getByLabel("Password").fill(password);
      await page.locator(".form .primary").click();
      await page.getByRole("button", { name: "Make a passkey" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name (which device)").fill("laptop");
      await dialog.getByLabel("Present password").fill(password);
      await dialog.getByRole("button", { name: "Make", exact: true }).click();
      await page.getByText("The passkey is made.").waitFor();
      await page.getByText("laptop").waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByRole("navigation", { name: "Menu" }).getByText("山田 花子").waitFor();
      await page.goto(at + "/settings?tab=audit");
      await page.getByRole("row", { name: /Passkey added 山田 花子/ }).waitFor();
    },
  );
}

/** A million rows, as a server would hand them out: all of them loaded, then scrolled through. */
async function million(browser, home, who, result) {
  await journey(browser, who, result, "a list of a million rows scrolls without freezing", async (page) => {
    const total = 1_000_000;
    const each = 50_000;
    await page.route("**/api/v1/findings*", (r) => {
      const from = Number(new URL(r.request().url()).searchParams.get("page") ?? 0);
      const rows = Array.from({ length: each }, (_, i) => ({
        flaw: `DEMO-${from + i}`,
        severity: "high",
        score: 7.5,
        component: `pkg:npm/part-${(from + i) % 977}@1.${i % 50}.0`,
        product: "p",
        version: "1.0",
      }));
      const next = from + each < total ? { next: String(from + each) } : {};
      return r.fulfill({ json: { total, total_is_exact: true, rows, ...next } });
    });
    await page.goto(home.url + "/findings");
    await page.locator(".table-box.virtual").waitFor();
    for (let have = each; have < total; have += each) {
      await page.locator(".table-more button").click();
      await page.waitForFunction(
        (n) => document.querySelector("[data-rows]")?.dataset.rows >= n,
        have + each,
      );
    }
    const seen = await page.evaluate(async () => {
      const box = document.querySelector(".table-box.virtual");
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      let longest = 0;
      let most = 0;
      for (let i = 0; i <= 60; i++) {
        const begun = performance.now();
        box.scrollTop = (box.scrollHeight * i) / 60;
        await frame();
        await frame();
        longest = Math.max(longest, performance.now() - begun);
        most = Math.max(most, box.querySelectorAll("tbody tr").length);
        const top = box.getBoundingClientRect();
        const row = document.elementFromPoint(top.x + 60, top.y + 120)?.closest("tr");
        if (!row?.textContent.includes("DEMO-")) throw new Error(`nothing is drawn at ${i}/60`);
      }
      return { longest, most, last: box.textContent.includes("DEMO-999999") };
    });
    console.log(
      `# a million rows: at most ${seen.most} drawn, the slowest scroll took ${seen.longest.toFixed(0)} ms`,
    );
    if (!seen.last) throw new Error("the last row cannot be reached");
    // On a machine of one's own a step takes far less; on a crowded one the number of rows drawn is what counts.
    const bound = process.env.AKASHI_WEB_TIMED === "1" ? 300 : 5000;
    if (seen.most > 200 || seen.longest > bound) throw new Error(JSON.stringify(seen));
  });
}

export async function journeys(browser, home, who, result, oneCase) {
  if (who.cookies) await viewer(browser, home, who, result, oneCase);
  if (who.cookies) await passkey(browser, home, result);
  await million(browser, home, who, result);
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
  await journey(browser, who, result, "nought for a flaw that nobody named is no all-clear", async (page) => {
    await page.goto(home.url + "/impact?q=cve-2099-90001");
    await page.getByText("No advisory here has this name").waitFor();
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
      const step = page.locator(".timeline li", { hasText: "an upgrade is being tested" });
      await step.getByText("山田 花子").waitFor(); /* by name, not by id */
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
  await journey(browser, who, result, "a table is saved as PDF, CSV and JSON", async (page) => {
    await page.goto(home.url + "/products");
    await settle(page);
    for (const [kind, begins] of [
      ["PDF", "%PDF-"],
      ["CSV", "\uFEFF"],
      ["JSON", "["],
    ]) {
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        page
          .getByRole("group", { name: "Save" })
          .first()
          .getByRole("button", { name: kind, exact: true })
          .click(),
      ]);
      const text = fs.readFileSync(await saved.path(), "utf8");
      if (!text.startsWith(begins)) throw new Error(`${kind}: ${text.slice(0, 40)}`);
      if (kind === "PDF") fs.copyFileSync(await saved.path(), path.join(screens, "table.pdf"));
    }
  });
  await journey(browser, who, result, "search by keyboard", async (page) => {
    await page.goto(home.url + "/impact");
    await settle(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search" }).fill("log");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/log");
  });
}
