// SPDX-License-Identifier: Apache-2.0
// The pages, in the order of the navigation. A page needs a route; where the server lacks it the page does not exist.
import type { FunctionComponent } from "preact";
import { words } from "../app/i18n";
import { has, may, type May } from "../app/session";
import type { IconName } from "../ui/icons";

export const title = words({
  today: ["今日", "Today"],
  impact: ["影響", "Impact"],
  cases: ["案件", "Cases"],
  findings: ["検出事項", "Findings"],
  products: ["製品", "Products"],
  components: ["部品", "Components"],
  conformity: ["適合", "Conformity"],
  decisions: ["決定", "Decisions"],
  log: ["ログ", "Log"],
  import: ["取り込み", "Import"],
  settings: ["設定", "Settings"],
});

export interface Page {
  id: Parameters<typeof title>[0];
  path: string;
  icon: IconName;
  needs: string[];
  /** Who may do nothing there is not offered it. */
  may?: May;
  load: () => Promise<{ default: FunctionComponent }>;
}

export const pages: Page[] = [
  { id: "today", path: "/", icon: "today", needs: ["GET /today"], load: () => import("./today") },
  { id: "impact", path: "/impact", icon: "impact", needs: ["GET /impact"], load: () => import("./impact") },
  { id: "cases", path: "/cases", icon: "cases", needs: ["GET /cases"], load: () => import("./cases") },
  {
    id: "findings",
    path: "/findings",
    icon: "findings",
    needs: ["GET /findings"],
    load: () => import("./findings"),
  },
  {
    id: "products",
    path: "/products",
    icon: "products",
    needs: ["GET /products"],
    load: () => import("./products"),
  },
  {
    id: "components",
    path: "/components",
    icon: "components",
    needs: ["GET /components"],
    load: () => import("./components"),
  },
  {
    id: "conformity",
    path: "/conformity",
    icon: "conformity",
    needs: ["GET /conform/status"],
    load: () => import("./conformity"),
  },
  {
    id: "decisions",
    path: "/decisions",
    icon: "decisions",
    needs: ["GET /decisions"],
    load: () => import("./decisions"),
  },
  { id: "log", path: "/log", icon: "log", needs: ["GET /log"], load: () => import("./log") },
  {
    id: "import",
    path: "/import",
    icon: "import",
    needs: ["POST /imports"],
    may: "upload",
    load: () => import("./import"),
  },
  {
    id: "settings",
    path: "/settings",
    icon: "settings",
    needs: ["GET /sessions"],
    load: () => import("./settings"),
  },
];

/** "/" is the first page there is. */
export function offered(): Page[] {
  return pages.filter((p) => p.needs.some(has) && (!p.may || may(p.may)));
}
export function pageAt(path: string): Page | undefined {
  const there = offered();
  return there.find((p) =>
    p.path === "/" ? path === "/" : path === p.path || path.startsWith(p.path + "/"),
  );
}
