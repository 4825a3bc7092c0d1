// SPDX-License-Identifier: Apache-2.0
// run.mjs AKASHI: every page in both languages and both widths, in Chromium; TAP on stdout. Exit 77: cannot run here.
import path from "node:path";
import process from "node:process";
import {
  browserPath,
  finish,
  launch,
  open,
  overflows,
  result,
  serve,
  settle,
  shoot,
  violations,
} from "./browser.mjs";

const akashi = path.resolve(process.argv[2] ?? "build/test/akashi");
if (!browserPath()) {
  console.log("no chromium here");
  process.exit(77);
}

async function look(browser, at, name, options) {
  const { page, faults, context } = await open(browser, options);
  try {
    await page.goto(at);
    await settle(page);
    await shoot(
      page,
      `${name}-${options.lang}-${options.width ?? 1440}${options.theme === "dark" ? "-dark" : ""}`,
    );
    faults.push(...(await violations(page)));
    const wide = await overflows(page);
    if (wide) faults.push(wide);
  } catch (e) {
    faults.push(String(e.stack ?? e));
  }
  result(
    !faults.length,
    `${name} (${options.lang}, ${options.width ?? 1440} px, ${options.theme ?? "light"})`,
    faults.join("\n"),
  );
  await context.close();
}

const home = await serve(akashi, ({ run }) =>
  run(
    "init",
    "--name",
    "Yamada Kogyo",
    "--role",
    "developer,supplier,operator",
    "--no-passphrase",
    "--origin",
    "yamada.example/log",
  ),
);
const browser = await launch();
try {
  const answer = await fetch(home.url + "/");
  if (answer.status === 404) {
    console.log("the binary was built without its browser side");
    process.exitCode = 77;
  } else {
    for (const lang of ["ja", "en"])
      for (const width of [360, 1440]) await look(browser, home.url + "/", "sign-in", { lang, width });
    await look(browser, home.url + "/", "sign-in", {
      lang: "ja",
      theme: "dark",
    });
    finish();
  }
} finally {
  await browser.close();
  await home.stop();
}
