// SPDX-License-Identifier: Apache-2.0
// Where we are: path and query of the address, as signals. Filters live in the query, so that a link says all.
import { computed, signal } from "@preact/signals";

export const place = signal(new URL(location.href));
export const path = computed(() => place.value.pathname);

addEventListener("popstate", () => (place.value = new URL(location.href)));

export function go(to: string, replace = false): void {
  const next = new URL(to, location.href);
  if (next.href === place.value.href) return;
  const moved = next.pathname !== place.value.pathname;
  if (replace) history.replaceState(null, "", next);
  else history.pushState(null, "", next);
  place.value = next;
  if (moved && !next.hash) {
    scrollTo(0, 0);
    // Whoever hears the page instead of seeing it is told that there is another one.
    queueMicrotask(() => document.getElementById("main")?.focus({ preventScroll: true }));
  }
}

/** Links within the application do not load the page anew. */
export function followLinks(root: HTMLElement): void {
  root.addEventListener("click", (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const link = (e.target as Element).closest("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname.startsWith("/api")) return;
    if (link.hash && link.pathname + link.search === location.pathname + location.search) return;
    e.preventDefault();
    go(link.href);
  });
}

/** One argument of the address; "" when it is not there. */
export function argument(name: string): string {
  return place.value.searchParams.get(name) ?? "";
}
/** Sets some of them and leaves the others; "" takes one away. No new step in the history. */
export function setArguments(values: Record<string, string | undefined>): void {
  const next = new URL(place.value);
  for (const [name, value] of Object.entries(values))
    if (value) next.searchParams.set(name, value);
    else next.searchParams.delete(name);
  go(next.href, true);
}
/** The part of the path behind `base`, decoded: "/cases/C-1" → "C-1". */
export function rest(base: string): string {
  const text = path.value.startsWith(base + "/") ? path.value.slice(base.length + 1) : "";
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
