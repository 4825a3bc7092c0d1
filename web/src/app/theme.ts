// SPDX-License-Identifier: Apache-2.0
// Light or dark: as the system has it until somebody chooses. boot.ts sets it before anything is drawn.
import { signal } from "@preact/signals";

const system = matchMedia("(prefers-color-scheme: dark)");
function chosen(): boolean | undefined {
  try {
    const kept = localStorage.getItem("akashi.theme");
    return kept === "dark" ? true : kept === "light" ? false : undefined;
  } catch {
    return undefined;
  }
}
export const dark = signal(chosen() ?? system.matches);

export function setDark(to: boolean, keep = true): void {
  dark.value = to;
  document.documentElement.dataset["theme"] = to ? "dark" : "light";
  try {
    if (keep) localStorage.setItem("akashi.theme", to ? "dark" : "light");
  } catch {
    // It holds until the page is left.
  }
}
system.addEventListener("change", () => {
  if (chosen() === undefined) setDark(system.matches, false);
});
