// SPDX-License-Identifier: Apache-2.0
// Charts. ECharts is loaded with the first one. Colours come from the style sheet's tokens; what is drawn is also said
// in a sentence for those who do not see it.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { EChartsCoreOption } from "echarts/core";
import { lang, words } from "../app/i18n";
import { dark } from "../app/theme";

const w = words({ failed: ["図を表示できません", "The chart cannot be shown"] });

const PAPER = 660; /* px: what fits between the margins of A4 and of letter paper */

export interface Ink {
  ink: string;
  dim: string;
  line: string;
  surface: string;
  accent: string;
  series: string[];
}
function inkOf(element: Element): Ink {
  const s = getComputedStyle(element);
  const v = (name: string) => s.getPropertyValue(name).trim();
  return {
    ink: v("--ink"),
    dim: v("--dim"),
    line: v("--line"),
    surface: v("--surface"),
    accent: v("--accent"),
    series: [1, 2, 3, 4, 5, 6].map((n) => v(`--series-${n}`)),
  };
}
/** What is printed is dark on light, whatever the screen is. */
function inkOnPaper(): Ink {
  const sheet = document.body.appendChild(document.createElement("i"));
  sheet.className = "on-paper";
  const ink = inkOf(sheet);
  sheet.remove();
  return ink;
}

export function Chart({
  label,
  height,
  option,
  onPick,
}: {
  label: string;
  height: number;
  option: (ink: Ink) => EChartsCoreOption;
  onPick?: (name: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const shade = dark.value;
  const language = lang.value;
  // Before anything is painted, so that what stands below does not move.
  useLayoutEffect(() => {
    if (box.current) box.current.style.height = `${height}px`;
  }, [height]);
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    let gone = false;
    let end = () => {};
    void import("./echarts").then(
      ({ echarts }) => {
        if (gone) return;
        const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
        const chart = echarts.init(el, undefined, {
          renderer: "canvas",
          locale: language === "ja" ? "JA" : "EN",
        });
        const font = getComputedStyle(document.body).fontFamily;
        const draw = (ink: Ink, animation: boolean) =>
          chart.setOption(
            {
              animation,
              animationDuration: 250,
              textStyle: { fontFamily: font, color: ink.ink },
              color: ink.series,
              ...option(ink),
            },
            true,
          );
        draw(inkOf(document.documentElement), !still);
        const print = () => {
          chart.resize({ width: Math.min(el.clientWidth, PAPER) });
          draw(inkOnPaper(), false);
          chart.getZr().flush();
        };
        const back = () => {
          chart.resize({ width: "auto" });
          draw(inkOf(document.documentElement), false);
        };
        addEventListener("beforeprint", print);
        addEventListener("afterprint", back);
        if (onPick) chart.on("click", (e) => onPick(String(e.name)));
        const watch = new ResizeObserver(() => chart.resize());
        watch.observe(el);
        end = () => {
          removeEventListener("beforeprint", print);
          removeEventListener("afterprint", back);
          watch.disconnect();
          chart.dispose();
        };
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      end();
    };
  }, [option, height, shade, language]);
  return (
    <figure class="chart">
      <div ref={box} role="img" aria-label={label} />
      {failed && <p class="dim">{w("failed")}</p>}
    </figure>
  );
}
