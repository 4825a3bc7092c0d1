// SPDX-License-Identifier: Apache-2.0
// By keyboard alone: every control can be reached and shows where the focus is; the main journeys are walked.
import { open, settle } from "./browser.mjs";
import { journey, password } from "./journeys.mjs";

/** Everything that can be used is come to by Tab, and it is seen where one is. */
async function reach(page, home, at) {
  await page.goto(home.url + at);
  await settle(page);
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    window.wanted = new Set(
      [
        ...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']"),
      ].filter(
        (e) =>
          !e.disabled &&
          e.tabIndex >= 0 &&
          e.getClientRects().length &&
          e.checkVisibility({ visibilityProperty: true }) &&
          !(e.type === "radio" && !e.checked && document.querySelector(`input[name="${e.name}"]:checked`)),
      ),
    );
  });
  const unseen = [];
  const most = await page.evaluate(() => window.wanted.size);
  let left = most;
  for (let i = 0; i < most * 2 + 10 && left > 0; i++) {
    await page.keyboard.press("Tab");
    const told = await page.evaluate(() => {
      const e = document.activeElement;
      const style = getComputedStyle(e);
      const inner = e.matches("[role=treeitem]") ? getComputedStyle(e.firstElementChild) : style;
      const drawn = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
      window.wanted.delete(e);
      const bare = e !== document.body && !drawn(style) && !drawn(inner) && style.boxShadow === "none";
      return { left: window.wanted.size, bare: bare ? e.outerHTML.slice(0, 120) : "" };
    });
    left = told.left;
    if (told.bare) unseen.push(told.bare);
  }
  const missed = await page.evaluate(() =>
    [...window.wanted].slice(0, 5).map((e) => e.outerHTML.slice(0, 120)),
  );
  if (missed.length) throw new Error(`not reached by Tab:\n${missed.join("\n")}`);
  if (unseen.length) throw new Error(`the focus is not seen on:\n${unseen.slice(0, 5).join("\n")}`);
}

const focused = (page, selector) =>
  page.waitForFunction((s) => document.activeElement?.matches(s), selector, { timeout: 60000 });
/** Tab, until the focus is on what the selector says. */
async function tabTo(page, selector, key = "Tab") {
  for (let i = 0; i < 120; i++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${selector} is not reached`);
}

async function signIn(browser, home, result) {
  const { page, faults, context } = await open(browser, { lang: "en" });
  const k = page.keyboard;
  try {
    await page.goto(home.url + "/");
    await focused(page, "input[name=user]");
    await k.type("hanako");
    await k.press("Tab");
    await k.type(password);
    await k.press("Enter");
    await page.getByRole("navigation", { name: "Menu" }).getByText("山田 花子").waitFor();
    await settle(page);
    await focused(page, "#main");
    await page.reload();
    await settle(page);
    await k.press("Tab");
    await focused(page, ".skip");
    await k.press("Enter");
    await focused(page, "#main");
  } catch (e) {
    faults.push(String(e.stack ?? e));
  }
  await context.close();
  result(!faults.length, "keyboard: signing in, past the menu to the content", faults.join("\n"));
}

/** From the search to a case, a step in it, and that step taken back. */
async function toACase(page, home) {
  const k = page.keyboard;
  await page.goto(home.url + "/");
  await settle(page);
  await k.press("/");
  await focused(page, ".palette input");
  await k.type("case");
  await k.press("Enter");
  await page.waitForURL("**/cases");
  await settle(page);
  await focused(page, "#main");
  await k.press("j");
  await focused(page, "a.row-link");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await k.press("j");
  const second = await page.evaluate(() => document.activeElement.getAttribute("href"));
  if (first === second) throw new Error("j does not go on");
  await k.press("k");
  if ((await page.evaluate(() => document.activeElement.getAttribute("href"))) !== first)
    throw new Error("k does not go back");
  await k.press("End");
  await k.press("Home");
  const stops = await page.evaluate(() => document.querySelectorAll('a.row-link[tabindex="0"]').length);
  if (stops !== 1) throw new Error(`${stops} rows are in the order of Tab`);
  await k.press("Enter");
  await page.waitForURL(`**${first}`);
  await settle(page);
  await tabTo(page, ".chip[aria-pressed=true]");
  await k.press("Tab");
  await k.press("Space"); /* Assign */
  await tabTo(page, "input[name=owner]");
  await k.press("Control+a");
  await k.type("Keyboard Only");
  await k.press("Enter");
  await page.locator(".timeline").getByText("Keyboard Only").first().waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).waitFor();
  await tabTo(page, ".told-undo");
  await k.press("Enter");
  await page.getByText("Taken back. Both records stay.").waitFor();
}

async function dialogs(page, home) {
  const k = page.keyboard;
  await page.goto(home.url + "/settings?tab=policies");
  await settle(page);
  await k.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await focused(page, "dialog[open] *");
  await k.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await tabTo(page, ".card-tools .primary");
  await k.press("Enter");
  await focused(page, "dialog[open] *");
  await tabTo(page, "input[name=id]");
  await k.press("?");
  if ((await page.getByRole("dialog").count()) !== 1) throw new Error("? opens help while somebody types");
  await k.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await focused(page, ".card-tools .primary"); /* back to what opened it */
  await tabTo(page, "[role=tab][aria-selected=true]", "Shift+Tab");
  await k.press("ArrowRight");
  await page.waitForURL("**tab=catalogues");
  await focused(page, "[role=tab][aria-selected=true]");
  await k.press("Control+k");
  await focused(page, ".palette input");
  await k.press("Escape");
  await focused(page, "[role=tab][aria-selected=true]");
}

async function tree(page, home) {
  const k = page.keyboard;
  await page.goto(home.url + "/products/release?name=karte@4.2.0&tab=tree");
  await settle(page);
  await tabTo(page, "[role=treeitem]");
  const now = () =>
    page.evaluate(() => [
      document.activeElement.firstElementChild.textContent.trim(),
      document.activeElement.getAttribute("aria-level"),
      document.activeElement.getAttribute("aria-expanded"),
    ]);
  const [root] = await now();
  await k.press("ArrowRight");
  const [child, level, open] = await now();
  if (level !== "2" || child === root) throw new Error(`→ leads to ${child} (${level})`);
  if (open === "false") {
    await k.press("ArrowRight");
    if ((await now())[2] !== "true") throw new Error("→ does not open a branch");
    await k.press("ArrowLeft");
    if ((await now())[2] !== "false") throw new Error("← does not close a branch");
  }
  await k.press("End");
  await k.press("Home");
  if ((await now())[0] !== root) throw new Error("Home does not lead to the root");
  await k.press("Enter");
  if ((await now())[2] !== "false") throw new Error("Enter does not close a branch");
  const stops = await page.evaluate(() => document.querySelectorAll('[role=treeitem][tabindex="0"]').length);
  if (stops !== 1) throw new Error(`${stops} items are in the order of Tab`);
}

async function impact(page, home) {
  const k = page.keyboard;
  await page.goto(home.url + "/impact");
  await settle(page);
  await tabTo(page, ".ask input");
  await k.type("pkg:npm/hikari");
  await k.press("Enter");
  await page.getByRole("tab", { name: /Releases/ }).waitFor();
  await settle(page);
  await tabTo(page, "[role=tab][aria-selected=true]");
  await page.goto(home.url + "/impact?view=whatif&remove=service:power");
  await settle(page);
  await tabTo(page, "input[type=range]");
  const output = await page.locator(".slider output").textContent();
  for (let i = 0; i < 5; i++) await k.press("ArrowRight");
  if ((await page.locator(".slider output").textContent()) === output)
    throw new Error("the slider stands still");
}

export async function keyboard(browser, home, who, result, oneCase) {
  const walk = (name, f) =>
    journey(browser, who, result, `keyboard: ${name}`, (page) => f(page, home, oneCase));
  await signIn(browser, home, result);
  await walk("search, list, case, a step and its undo", toACase);
  await walk("into dialogs and back out, tabs, the sheet of keys", dialogs);
  await walk("the tree of a release", tree);
  await walk("impact and what if", impact);
  for (const at of [
    "/",
    "/impact",
    "/impact?view=map",
    `/cases/${oneCase}`,
    "/findings",
    "/products/release?name=karte@4.2.0&tab=tree",
    "/conformity?tab=units&package=minimum",
    "/decisions?tab=matrix",
    "/log/3",
    "/import",
    "/settings",
    "/settings?tab=policies",
  ])
    await walk(`everything is reached on ${at.replace(oneCase, "…")}`, (page) => reach(page, home, at));
}
