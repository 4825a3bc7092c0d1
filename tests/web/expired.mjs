// SPDX-License-Identifier: Apache-2.0
// The session ends while a form is being filled in: one signs in again in front of the page, nothing typed is lost, nor
// when the language is changed, and it can be sent.
import { open, settle, shoot } from "./browser.mjs";
import { password } from "./journeys.mjs";

const words = {
  ja: { again: "もう一度サインインしてください", user: "利用者名", password: "パスワード", other: "English" },
  en: { again: "Sign in again", user: "User name", password: "Password", other: "日本語" },
};
const press = (ja, en) => (page) =>
  page
    .getByRole("button", { name: new RegExp(`^(${ja}|${en})$`) })
    .first()
    .click();
const declare = async (page) => {
  await press("証拠を確かめる", "Look what the evidence carries")(page);
  const claims = page.getByLabel(/^Why .* is at level|と申告する理由$/);
  await page.locator(".figures").waitFor();
  for (let i = 0, n = await claims.count(); i < n; i++) await claims.nth(i).fill("checked by hand");
};
const lastOfRow = (page) => page.locator("tbody tr").first().getByRole("button").last().click();

/** What, where, how the form is opened, and a field of it that somebody types into. */
const forms = (things) => [
  ["a step of a case", `/cases/${things.inCase}`, undefined, "text"],
  ["a rule", "/settings?tab=policies", press("規則を加える", "Add a rule"), "reason"],
  ["licences", "/settings?tab=policies", undefined, "deny"],
  ["a notice", "/settings?tab=notices", (p) => p.locator("main .primary").first().click(), "name"],
  ["an invitation", "/settings?tab=users", press("利用者を招く", "Invite somebody"), "login"],
  ["a token", "/settings?tab=tokens", press("トークンを作る", "Make a token"), "name"],
  ["a password", "/settings", undefined, "again"],
  ["a key", "/settings?tab=peers", press("鍵を信頼する", "Trust a key"), "key"],
  ["a product", "/products?tab=products", press("製品を登録", "Add a product"), "name"],
  ["a service", "/products?tab=services", lastOfRow, "name"],
  ["a contract", "/decisions?tab=matrix", press("契約を記録する", "Write down a contract"), "title"],
  ["an answer to an offer", `/decisions/${things.offer}`, undefined, "reason"],
  ["an offer", "/decisions/new?product=karte", undefined, "risk"],
  [
    "a person's word",
    "/conformity?practice=S(1)-2.3",
    press("名前を出して申告する", "Give your word"),
    "text",
  ],
  ["a challenge", `/conformity/${things.declaration}`, press("異議を申し立てる", "Challenge it"), "text"],
  ["a declaration", "/conformity/declare", declare, "note"],
];

/** Everything that can be typed into is typed into; what stands there then, by name. */
const typeAll = (form, field) => {
  const set = (e, value) => {
    const of = e.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(of.prototype, "value").set.call(e, value);
    e.dispatchEvent(new Event("input", { bubbles: true }));
  };
  form.noValidate = true; /* what else is required is not what this is about */
  for (const e of form.querySelectorAll("input, textarea")) {
    if (["checkbox", "radio", "hidden", "file", "number"].includes(e.type)) continue;
    if (e.type === "date") set(e, "2031-04-05");
    else if (!e.value || e.name === field)
      set(e, e.type === "password" ? "typed with care" : `typed-with-care-${e.name}`);
  }
};
const standing = (form) =>
  JSON.stringify([...form.elements].map((e) => [e.name, e.type === "checkbox" ? e.checked : e.value]));

async function signIn(box, t) {
  await box.getByLabel(t.user).fill("hanako");
  await box.getByLabel(t.password, { exact: true }).fill(password);
  await box.locator(".form .primary").click();
}

async function same(form, before, when) {
  const now = await form.evaluate(standing);
  if (now !== before) throw new Error(`what was typed is lost ${when}:\n${before}\n${now}`);
}

/** Begun in one language, sent in the other one. */
async function one(page, home, lang, [what, at, opened, field]) {
  const t = words[lang];
  await page.goto(home.url + at);
  await settle(page);
  if (opened) await opened(page);
  const form = page.locator("form", { has: page.locator(`[name="${field}"]`) }).first();
  const send = form.locator("button[type=submit]").last();
  await form.evaluate(typeAll, field);
  const before = await form.evaluate(standing);
  if (!before.includes("typed")) throw new Error(`nothing could be typed: ${before}`);
  await page.context().clearCookies(); /* as when the server has ended it */
  await send.click();
  const gate = page.getByRole("dialog", { name: t.again });
  await gate.waitFor();
  if (what === "a contract") await shoot(page, `expired-${lang}`);
  await signIn(gate, t);
  await gate.waitFor({ state: "detached" });
  await settle(page);
  await same(form, before, "when one has signed in again");
  await page.getByRole("button", { name: t.other, exact: true }).dispatchEvent("click");
  await page.locator(`html:not([lang="${lang}"])`).waitFor({ state: "attached" });
  await same(form, before, "in the other language");
  const sent = page.waitForResponse((r) => r.request().method() !== "GET");
  await send.click();
  const status = (await sent).status();
  if (status === 401 || status >= 500) throw new Error(`sent again it is answered with ${status}`);
}

async function walk(browser, home, lang, some) {
  const { page, faults, context } = await open(browser, { lang, allowed: [400, 401, 403, 409] });
  page.setDefaultTimeout(15000);
  await page.goto(home.url + "/");
  await signIn(page, words[lang]);
  await page.locator("#nav").waitFor();
  for (const form of some) {
    const now = await page.locator("html").getAttribute("lang");
    try {
      await one(page, home, now, form);
    } catch (e) {
      faults.push(`${form[0]} (${now}): ${e.stack ?? e}`);
    }
  }
  await context.close();
  return faults;
}

export async function expired(browser, home, who, result, things) {
  if (!who.cookies) return;
  const all = forms(things);
  const half = (n) => all.filter((_, i) => i % 2 === n);
  const faults = await Promise.all([walk(browser, home, "ja", half(0)), walk(browser, home, "en", half(1))]);
  result(!faults.flat().length, "the session ends in the middle of each form", faults.flat().join("\n"));
}
