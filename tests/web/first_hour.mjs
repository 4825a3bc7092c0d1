// SPDX-License-Identifier: Apache-2.0
// The first hour of somebody new, from the one-time link to a VEX document in hand, with every click and every field
// counted: in both languages, at a desk and on a telephone. What it takes is told; more than it takes today is a fault.
import fs from "node:fs";
import path from "node:path";
import { open, overflows, serve, settle, shoot, violations } from "./browser.mjs";
import { password } from "./journeys.mjs";

const sbom = JSON.stringify({
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: { component: { type: "application", name: "mise", version: "1.0" } },
  components: [{ type: "library", name: "hikari", version: "1.4.2", purl: "pkg:npm/hikari@1.4.2" }],
});
const advisory = JSON.stringify({
  id: "GHSA-hika-0001",
  aliases: ["CVE-2026-48211"],
  modified: "2026-11-01T00:00:00Z",
  published: "2026-11-01T00:00:00Z",
  summary: "Remote code execution in the template engine of hikari",
  severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
  affected: [
    {
      package: { ecosystem: "npm", name: "hikari" },
      ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "1.5.0" }] }],
    },
  ],
});
const say = {
  ja: {
    user: "利用者名",
    name: "表示名",
    password: "パスワード(12 文字以上)",
    again: "パスワード(確認)",
    begin: "管理者になる",
    menu: "メニュー",
    import: "取り込む",
    added: "追加 1",
    findings: "検出事項",
    cases: "案件",
    what: "どうするか",
    why: "理由・内容",
    decide: "決定する",
    saved: "ログに記録しました",
    verdict: "影響なし",
    vex: "OpenVEX 形式の VEX 文書を保存",
  },
  en: {
    user: "User name",
    name: "Name",
    password: "Password (at least 12 characters)",
    again: "Password again",
    begin: "Become the administrator",
    menu: "Menu",
    import: "Import",
    added: "1 added",
    findings: "Findings",
    cases: "Cases",
    what: "What is to be done",
    why: "Why, or what was done",
    decide: "Decide",
    saved: "It is in the log",
    verdict: "Not affected",
    vex: "OpenVEX – save this VEX document",
  },
};
const MOST = { clicks: 9, fields: 5 }; /* on a telephone the menu is opened first: one more each time */

async function hour(akashi, browser, result, lang, width) {
  const name = `first hour (${lang}, ${width} px)`;
  const home = await serve(akashi, ({ run, folder }) => {
    run("init", "--name", "Minato", "--role", "supplier", "--no-passphrase");
    fs.writeFileSync(path.join(folder, "mise.cdx.json"), sbom);
    fs.writeFileSync(path.join(folder, "GHSA-hika-0001.json"), advisory);
  });
  const { page, faults, context } = await open(browser, { lang, width, height: width < 500 ? 780 : 900 });
  const t = say[lang];
  const count = { clicks: 0, fields: 0 };
  const click = async (what) => {
    count.clicks++;
    await what.click();
  };
  const fill = async (label, text) => {
    count.fields++;
    await page.getByLabel(label, { exact: true }).fill(text);
  };
  const menu = async (to) => {
    if (width < 900) await click(page.getByRole("button", { name: t.menu }));
    await click(page.locator("#nav").getByRole("link", { name: to, exact: true }));
    await settle(page);
  };
  const begun = performance.now();
  const took = [];
  const step = async (what) => {
    took.push(`${what} ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    await settle(page);
    await shoot(page, `hour-${lang}-${width}-${took.length}-${what}`);
    faults.push(...(await violations(page)));
    const wide = await overflows(page);
    if (wide) faults.push(`${what}: ${wide}`);
  };
  try {
    await page.goto(home.url + "/" + /#first=[0-9a-zA-Z_-]+/.exec(home.told())[0]);
    await page.getByLabel(t.user).waitFor();
    await step("link");
    await fill(t.user, "hanako");
    await fill(t.name, "山田 花子");
    await fill(t.password, password);
    await fill(t.again, password);
    await click(page.getByRole("button", { name: t.begin }));
    await page.locator("#nav").getByText("山田 花子").waitFor({ state: "attached" });
    await step("administrator");
    await click(page.locator("main").getByRole("link", { name: t.import, exact: true }));
    await settle(page);
    count.clicks++; /* the button that opens the file dialog; two files are chosen in it */
    const files = ["mise.cdx.json", "GHSA-hika-0001.json"].map((f) => path.join(home.folder, f));
    await page.locator("input[type=file]").setInputFiles(files);
    await page.locator(".job", { hasText: "mise.cdx.json" }).getByText(t.added).waitFor();
    await page.locator(".job", { hasText: "GHSA-hika" }).getByText(t.added).waitFor();
    await step("imported");
    await menu(t.findings);
    await page.getByText("CVE-2026-48211").or(page.getByText("GHSA-hika-0001")).first().waitFor();
    await step("finding");
    await menu(t.cases);
    await click(page.locator("a.row-link").first());
    await page.getByLabel(t.what).waitFor();
    await step("case");
    count.clicks++;
    await page.getByLabel(t.what).selectOption("not_affected");
    await fill(t.why, lang === "ja" ? "テンプレート機能を使っていない" : "templates are not used");
    await click(page.locator(".form .primary"));
    await page.getByText(t.saved).waitFor();
    await page.locator("main").getByText(t.verdict).first().waitFor();
    await step("decision");
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      click(page.getByRole("link", { name: t.vex })),
    ]);
    const text = fs.readFileSync(await saved.path(), "utf8");
    if (!text.includes("not_affected") || !text.includes("CVE-2026-48211")) throw new Error(text);
    took.push(`VEX ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    const most = MOST.clicks + (width < 900 ? 2 : 0);
    if (count.clicks > most || count.fields > MOST.fields) faults.push(JSON.stringify(count));
  } catch (e) {
    faults.push(String(e.stack ?? e));
    await shoot(page, `hour-${lang}-${width}-failed`);
  }
  console.log(`# ${name}: ${count.clicks} clicks, ${count.fields} fields; ${took.join(", ")}`);
  result(!faults.length, name, faults.join("\n"));
  await context.close();
  await home.stop();
}

export async function firstHour(akashi, browser, result) {
  for (const [lang, width] of [
    ["ja", 1280],
    ["ja", 360],
    ["en", 1280],
    ["en", 360],
  ])
    await hour(akashi, browser, result, lang, width);
}
