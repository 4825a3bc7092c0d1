// SPDX-License-Identifier: Apache-2.0
// Before anything is drawn: the theme and the language chosen last time, so that neither flashes.
try {
  const root = document.documentElement;
  const theme = localStorage.getItem("akashi.theme");
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset["theme"] = dark ? "dark" : "light";
  const lang = localStorage.getItem("akashi.lang") ?? (navigator.language.startsWith("ja") ? "ja" : "en");
  root.lang = lang === "en" ? "en" : "ja";
} catch {
  // Storage may be refused: the system's choice stands.
}
export {};
