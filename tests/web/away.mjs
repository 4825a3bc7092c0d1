// SPDX-License-Identifier: Apache-2.0
// What the server stands on goes away and comes back while a page is open: a full disk, a database. And an OpenID
// provider of our own, to which the button leads.
import { spawn, spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { open, serve, settle, shoot, skip, violations } from "./browser.mjs";
import { administrator, journey } from "./journeys.mjs";

const here = path.dirname(new URL(import.meta.url).pathname);
const plain = ({ run }) => run("init", "--name", "acme", "--role", "supplier", "--no-passphrase");

// ── OpenID ──

/** Signs everybody in as `mail` who comes with a challenge, and gives a token for the code and what it was made of. */
async function provider(mail) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("ed25519");
  const jwk = publicKey.export({ format: "jwk" });
  const part = (x) => Buffer.from(typeof x === "string" ? x : JSON.stringify(x)).toString("base64url");
  const asked = {};
  const server = http.createServer((q, a) => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const url = new URL(q.url, issuer);
    const json = (x) => a.setHeader("content-type", "application/json").end(JSON.stringify(x));
    if (url.pathname === "/.well-known/openid-configuration")
      json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      });
    else if (url.pathname === "/keys") json({ keys: [jwk] });
    else if (url.pathname === "/authorize") {
      Object.assign(asked, Object.fromEntries(url.searchParams));
      const back = new URL(asked.redirect_uri);
      back.searchParams.set("state", asked.state);
      back.searchParams.set("code", "good");
      a.writeHead(302, { location: back.href }).end();
    } else {
      let body = "";
      q.on("data", (x) => (body += x));
      q.on("end", () => {
        const form = new URLSearchParams(body);
        const made = crypto
          .createHash("sha256")
          .update(form.get("code_verifier") ?? "")
          .digest("base64url");
        if (form.get("code") !== "good" || made !== asked.code_challenge) return a.writeHead(400).end("{}");
        const claims = {
          iss: issuer,
          sub: "subject-1",
          aud: "akashi",
          exp: Math.floor(Date.now() / 1000) + 300,
          nonce: asked.nonce,
          email: mail,
          email_verified: true,
        };
        const message = `${part({ alg: "EdDSA" })}.${part(claims)}`;
        const sig = crypto.sign(null, Buffer.from(message), privateKey).toString("base64url");
        json({ access_token: "x", id_token: `${message}.${sig}` });
      });
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { issuer: `http://127.0.0.1:${server.address().port}`, asked, stop: () => server.close() };
}

async function openid(akashi, browser, result) {
  const from = await provider("sato@example.jp");
  const home = await serve(akashi, (x) => {
    plain(x);
    x.run("user", "add", "root", "--name", "Root", "--role", "admin");
    x.run("user", "add", "sato@example.jp", "--name", "佐藤 美咲", "--role", "viewer");
    fs.appendFileSync(
      path.join(x.folder, "home", "akashi.toml"),
      `\n[serve.oidc]\nissuer = "${from.issuer}"\nclient-id = "akashi"\nname = "Example login"\n`,
    );
  });
  try {
    await journey(browser, {}, result, "the button of an OpenID provider signs in", async (page) => {
      await page.goto(home.url + "/");
      await page.getByRole("link", { name: "Sign in with Example login" }).click();
      await page.getByRole("navigation", { name: "Menu" }).getByText("佐藤 美咲").waitFor();
      if (from.asked.code_challenge_method !== "S256" || !from.asked.nonce)
        throw new Error(`it asked without PKCE or nonce: ${JSON.stringify(from.asked)}`);
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("link", { name: "Sign in with Example login" }).waitFor();
      await page.goto(home.url + "/#oidc=user");
      await page.getByText("Nobody here belongs to that account").waitFor();
    });
  } finally {
    await home.stop();
    from.stop();
  }
}

// ── a full disk ──

async function fullDisk(akashi, browser, result) {
  const name = "a full disk: a banner, and writing again without a new page";
  const room = fs.mkdtempSync(path.join(os.tmpdir(), "akashi-room-"));
  const mounted =
    process.getuid() === 0 &&
    spawnSync("mount", ["-t", "tmpfs", "-o", "size=96m,mode=700", "akashi-room", room]).status === 0;
  if (!mounted) {
    fs.rmdirSync(room);
    return skip(name, "no tmpfs can be mounted");
  }
  const before = process.env.TMPDIR;
  process.env.TMPDIR = room;
  let home;
  try {
    home = await serve(akashi, plain);
    const who = await administrator(browser, home, () => {});
    await journey(browser, { ...who, allowed: [401, 503, 507] }, result, name, async (page) => {
      const filler = path.join(room, "filler");
      await page.goto(home.url + "/settings?tab=policies");
      await settle(page);
      await page.getByRole("button", { name: "Add a rule" }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Vulnerability").fill("CVE-2026-40102");
      await dialog.getByLabel("Reason").fill("typed while there was room");
      const { bavail, bsize } = fs.statfsSync(room);
      fs.writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - (8 << 20))));
      await page.waitForTimeout(2500);
      await dialog.getByRole("button", { name: "Add a rule" }).click();
      await dialog.locator(".note.bad").waitFor();
      const banner = page.locator("main > .note", { hasText: "The disk is full" });
      await banner.waitFor({ state: "attached" });
      if ((await dialog.getByLabel("Reason").inputValue()) !== "typed while there was room")
        throw new Error("what was typed is lost");
      const japanese = await open(browser, { ...who, lang: "ja", allowed: [401, 503, 507] });
      const other = japanese.page;
      await other.goto(home.url + "/products");
      await other
        .locator("main > .note", {
          hasText: "ディスクの空きがないため、今は書き込めません。閲覧はできます。",
        })
        .waitFor();
      await shoot(other, "away-disk-full");
      const wrong = await violations(other);
      fs.unlinkSync(filler);
      await banner.waitFor({ state: "detached" });
      await other.locator("main > .note").waitFor({ state: "detached" });
      wrong.push(...japanese.faults);
      await japanese.context.close();
      if (wrong.length) throw new Error(wrong.join("\n"));
      await dialog.getByRole("button", { name: "Add a rule" }).click();
      await page.getByRole("row", { name: /CVE-2026-40102/ }).waitFor();
    });
  } catch (e) {
    result(false, name, String(e.stack ?? e));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await home?.stop();
    spawnSync("umount", ["-l", room]);
    fs.rmSync(room, { recursive: true, force: true });
  }
}

// ── a database ──

/** A throwaway PostgreSQL that stops and starts as it is told (database.py). */
async function database() {
  const child = spawn("python3", [path.join(here, "database.py")], { stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  const waiting = [];
  child.stdout.on("data", (x) => {
    text += x;
    for (let at; (at = text.indexOf("\n")) >= 0; text = text.slice(at + 1))
      waiting.shift()?.(text.slice(0, at));
  });
  child.on("exit", () => waiting.splice(0).forEach((done) => done("")));
  const line = () => new Promise((done) => waiting.push(done));
  const address = await line();
  const tell = (word) => {
    const answer = line();
    child.stdin.write(word + "\n");
    return answer;
  };
  return { address, tell, end: () => tell("end") };
}

const databaseWords = {
  ja: "サーバーがデータベースに接続できません。戻りしだい、自動で続けます。",
  en: "The server cannot reach its database. This page goes on by itself once it can",
};

async function databaseAway(akashi, browser, result) {
  const name = "the database goes away: it is said, and the page goes on by itself";
  const db = await database();
  if (!db.address) return skip(name, "PostgreSQL 15 or later is not installed");
  process.env.AKASHI_STORE = db.address;
  let home;
  const all = [];
  const faults = [];
  try {
    home = await serve(akashi, (x) => {
      plain(x);
      x.run("product", "add", "shop", "--name", "みせ");
    });
    const who = await administrator(browser, home, () => {});
    const each = (run) => Promise.all(all.map(run));
    for (const lang of ["ja", "en"])
      all.push({ lang, ...(await open(browser, { ...who, lang, allowed: [401, 503] })) });
    const banner = ({ page, lang }) => page.locator("main > .note", { hasText: databaseWords[lang] });
    try {
      await each(async ({ page }) => {
        await page.goto(home.url + "/products");
        await page.getByRole("link", { name: "みせ" }).waitFor();
      });
      await db.tell("stop");
      await each(async (x) => {
        await x.page.getByRole("link", { name: "みせ" }).click();
        await banner(x).waitFor();
        await shoot(x.page, `away-database-${x.lang}`);
        faults.push(...(await violations(x.page)));
      });
      await db.tell("start");
      await each(async (x) => {
        await banner(x).waitFor({ state: "detached", timeout: 60000 });
        await x.page.getByRole("heading", { name: "みせ" }).waitFor();
      });
    } catch (e) {
      faults.push(String(e.stack ?? e));
    }
    for (const x of all) {
      faults.push(...x.faults);
      await x.context.close();
    }
    result(!faults.length, name, faults.join("\n"));
  } finally {
    delete process.env.AKASHI_STORE;
    await home?.stop();
    await db.end();
  }
}

export async function awayJourneys(akashi, browser, result) {
  await openid(akashi, browser, result);
  await fullDisk(akashi, browser, result);
  await databaseAway(akashi, browser, result);
}
