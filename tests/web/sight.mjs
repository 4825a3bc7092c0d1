// SPDX-License-Identifier: Apache-2.0
// What people need who see in another way: enlarged to 200 % and 400 %, text set wider (WCAG 1.4.12), colours of their
// own, nothing that moves. Told by geometry: nothing is cut off, no text lies on text, the page is not wider than the
// window, the focus is seen.
import { overflows, shoot } from "./browser.mjs";

/** Runs in the page: lines of text, where they are cut off, and where one lies on another. */
const textFaults = () => {
  const faults = [];
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const clips = (how) => how === "hidden" || how === "clip";
  const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")}`;
  const apart = "script, style, option, svg, canvas, .skip, [aria-hidden=true] td";
  const isForListening = (e) => getComputedStyle(e).clipPath.startsWith("inset(50%");
  /** The part of a line that is seen where it may be scrolled to; a fault where it can't. */
  const within = (box, e, text) => {
    let { left, top, right, bottom } = box;
    for (let p = e; p && p !== document.documentElement; p = p.parentElement) {
      const style = getComputedStyle(p);
      if (style.position === "fixed") return undefined; /* stands above the page */
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const r = p.getBoundingClientRect();
      const out = Math.max(
        clips(style.overflowX) ? Math.max(right - r.right, r.left - left) : 0,
        clips(style.overflowY) ? Math.max(bottom - r.bottom, r.top - top) - (bottom - top) * 0.25 : 0,
      );
      if (out > 2 && !e.closest("[title]")) {
        faults.push(`cut off by ${out.toFixed(0)} px in ${name(p)}: “${text}”`);
        return undefined;
      }
      left = Math.max(left, r.left);
      top = Math.max(top, r.top);
      right = Math.min(right, r.right);
      bottom = Math.min(bottom, r.bottom);
      if (right <= left || bottom <= top) return undefined;
      if (!clips(style.overflowX) && style.overflowX !== "visible") return { left, top, right, bottom };
    }
    if (right > innerWidth + 1 || left < -1) faults.push(`outside of the window: “${text}”`);
    return { left, top, right, bottom };
  };
  const lines = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement;
    const text = n.data.trim().slice(0, 40);
    if (!text || e.closest(apart) || isForListening(e) || !seen(e)) continue;
    range.selectNodeContents(n);
    if (/^[A-Za-z]{2,12}$/.test(text) && !e.closest("code") && range.getClientRects().length > 1)
      faults.push(`a word is broken: “${text}” in ${name(e)}`);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const part = within(box, e, text);
      if (part) lines.push({ ...part, e, n, text });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  for (let i = 0; i < lines.length; i++)
    for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom; j++) {
      const [a, b] = [lines[i], lines[j]];
      if (a.n === b.n) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - b.top;
      if (wide > 2 && high > 0.4 * Math.min(a.bottom - a.top, b.bottom - b.top))
        faults.push(`“${a.text}” and “${b.text}” lie on each other`);
    }
  for (const e of document.querySelectorAll("button, a.button, .secondary, select, th button")) {
    if (!seen(e) || e.closest(".hidden, [aria-hidden=true]")) continue;
    const wide = e.scrollWidth - e.clientWidth;
    const high = e.scrollHeight - e.clientHeight;
    if (e.tagName !== "SELECT" && e.clientWidth && (wide > 2 || high > 3))
      faults.push(`${name(e)} is too small for “${e.textContent.trim().slice(0, 30)}”: ${wide}, ${high}`);
  }
  return [...new Set(faults)].slice(0, 6);
};

/** Runs in the page: whatever can have the focus shows it. */
const focusFaults = () => {
  const faults = [];
  const all = document.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']");
  const before = document.activeElement;
  for (const e of all) {
    if (e.disabled || !e.checkVisibility()) continue;
    e.focus({ preventScroll: true });
    if (document.activeElement !== e) continue;
    const marked = [e, e.closest("label"), e.parentElement, e.firstElementChild].filter(Boolean).some((x) => {
      const s = getComputedStyle(x);
      return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1;
    });
    if (!marked)
      faults.push(
        `the focus is not seen on ${e.tagName} ${e.className} “${e.textContent.trim().slice(0, 20)}”`,
      );
  }
  before?.focus?.({ preventScroll: true });
  return [...new Set(faults)].slice(0, 4);
};

/** Runs in the page, in colours of the reader's: what is chosen differs from what is not, and not by its paper alone. */
const chosenFaults = () => {
  const marks = ["aria-pressed='true'", "aria-selected='true'", "aria-current]:not([aria-current='false'"];
  const look = (e) => {
    const s = getComputedStyle(e);
    // Paper that lets through is of the reader's colour, too.
    const of = (k) => s.getPropertyValue(k).replace(/^rgba\((.*), [0-9.]+\)$/, "rgb($1)");
    return [
      "border-top-color border-bottom-color border-left-color border-top-width border-bottom-width border-left-width",
      "outline-style text-decoration-line color background-color border-bottom-style",
    ]
      .flatMap((x) => x.split(" "))
      .map(of)
      .join();
  };
  const faults = [];
  for (const mark of marks)
    for (const e of document.querySelectorAll(`[${mark}]`)) {
      if (!e.checkVisibility()) continue;
      const attribute = /^[a-z-]+/.exec(mark)[0];
      const list = e.closest("[role=tablist], [role=group], ul, nav, .chips") ?? e.parentElement;
      const other = [...list.querySelectorAll(e.tagName)].find(
        (x) => x !== e && (x.getAttribute(attribute) ?? "false") === "false" && x.className === e.className,
      );
      if (other && look(other) === look(e))
        faults.push(`“${e.textContent.trim().slice(0, 20)}” does not look chosen`);
    }
  return faults;
};

const movingFaults = () =>
  document
    .getAnimations()
    .filter((a) => a.playState === "running" && (a.effect?.getComputedTiming().duration ?? 0) > 50)
    .map((a) => `${a.effect.target?.className} moves though nothing should`);

/** Text as wide as readers may set it. */
const spaced = (on) => {
  const sheet = (window.spacing ??= new CSSStyleSheet());
  sheet.replaceSync(
    `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
     p { margin-bottom: 2em !important }`,
  );
  document.adoptedStyleSheets = on ? [sheet] : [];
};

const steps = [
  { what: "200 %", width: 640, height: 450 },
  { what: "400 %", width: 320, height: 256 },
  { what: "400 % and wider text", width: 320, height: 256, spaced: true },
  { what: "wider text", width: 1280, height: 900, spaced: true },
  { what: "colours of the reader's", width: 1280, height: 900, forced: true },
];

/** What is wrong with the page that is open, in any of these ways; a picture of it where something is. */
export async function sight(page, name) {
  const wrong = [];
  await page.keyboard.press("Shift"); /* by keyboard from here on: the focus is to be seen */
  for (const s of steps) {
    await page.emulateMedia({ forcedColors: s.forced ? "active" : "none" });
    await page.setViewportSize({ width: s.width, height: s.height });
    await page.evaluate(spaced, Boolean(s.spaced));
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const found = s.forced
      ? [...(await page.evaluate(focusFaults)), ...(await page.evaluate(chosenFaults))]
      : [await overflows(page), ...(await page.evaluate(textFaults)), ...(await page.evaluate(movingFaults))];
    const told = found.filter(Boolean).map((f) => `${s.what}: ${f}`);
    if (told.length) await shoot(page, `${name}-${s.what.replace(/[^a-z0-9]+/g, "-")}`);
    wrong.push(...told);
  }
  await page.emulateMedia({ forcedColors: "none" });
  await page.evaluate(spaced, false);
  return wrong;
}
