// SPDX-License-Identifier: Apache-2.0
// Who is signed in, and which routes this server has: pages whose routes it lacks are not offered.
import { effect, signal } from "@preact/signals";
import { learn } from "./names";
import { Problem, away, get, isAway, readOnly, setCsrf, signedIn, signedOut } from "./api";

export type May = "self" | "read" | "upload" | "respond" | "assess" | "manage" | "admin";
export interface Me {
  user: string;
  login?: string;
  name: string;
  party: string;
  may: May[];
  /** Whose they are when they do not belong to the home itself; they see what concerns these. */
  parties?: string;
  /** What they may do for one party alone. */
  at?: { party: string; may: May[] }[];
  csrf?: string;
  until?: string;
  password?: boolean;
  totp?: boolean;
  recovery?: number;
  passkeys?: number;
}
/** What /me says: without "user" nobody is signed in. */
type Told = Omit<Me, "user"> & {
  user?: string;
  first?: boolean;
  ways?: string[];
  oidc?: string;
  "read-only"?: boolean;
};

/** What the gate needs to know: whether there is an administrator at all. */
export const first = signal(false);

/** Ways to sign in, and what the OpenID provider is called. */
export const ways = signal<string[]>([]);
export const provider = signal("");

/** undefined: not known yet; null: nobody. */
export const me = signal<Me | null | undefined>(undefined);
/** The session ended while a page was open: it stays, with the sign-in in front. */
export const expired = signal(false);
export const unreachable = signal<Problem | undefined>(undefined);

const routes = signal<Set<string>>(new Set());

export async function look(): Promise<void> {
  try {
    const answer = await get<Told>("/me");
    setCsrf(answer.csrf ?? "");
    if (!routes.value.size) routes.value = await listRoutes();
    first.value = answer.first ?? false;
    ways.value = answer.ways ?? [];
    provider.value = answer.oidc ?? "";
    readOnly.value = answer["read-only"] ?? false;
    unreachable.value = undefined;
    const { user } = answer;
    if (!user) {
      if (me.value) expired.value = true;
      else me.value = null;
      return;
    }
    if (me.peek()?.party !== answer.party) await learn({ party: answer.party });
    const again = expired.value || me.value === null;
    me.value = { ...answer, user };
    expired.value = false;
    if (again) signedIn.value++;
  } catch (e) {
    if (e instanceof Problem && e.status === 401) {
      if (!routes.value.size) routes.value = await listRoutes();
      me.value = null;
      unreachable.value = undefined;
    } else if (me.value) {
      // The page that is open stays as it is, with everything that was typed.
    } else {
      unreachable.value = e instanceof Problem ? e : new Problem(0, "bug", String(e));
    }
  }
}

async function listRoutes(): Promise<Set<string>> {
  const out = new Set<string>();
  try {
    const api = await get<{ paths?: Record<string, Record<string, unknown>> }>("/openapi.json");
    for (const [path, methods] of Object.entries(api.paths ?? {}))
      for (const method of Object.keys(methods))
        out.add(`${method.toUpperCase()} ${path.replace(/^\/api\/v1/, "").replace(/\{[^}]*\}/g, "{}")}`);
  } catch {
    out.add("GET /me");
  }
  return out;
}

/** has("GET /cases/{}") */
export function has(route: string): boolean {
  return routes.value.has(route);
}
export function may(what: May): boolean {
  return me.value?.may.includes(what) ?? false;
}
/** For the whole home, or for this party. */
export function mayFor(what: May, party: string | undefined): boolean {
  return may(what) || (me.value?.at?.some((a) => a.party === party && a.may.includes(what)) ?? false);
}
/** One of the home's own people: they speak in its name. */
export function isOurs(): boolean {
  return me.value?.parties === undefined;
}

// What is away comes back, and a full disk has room again: the page finds out by itself, and asks anew for what it missed.
const AGAIN = 3000; /* ms */
async function lookAgain(): Promise<void> {
  if (!away.peek()) return look();
  if (await isAway()) return;
  await look();
  if (unreachable.peek()) return;
  away.value = undefined;
  signedIn.value++;
}
effect(() => {
  if (!away.value && !readOnly.value && !unreachable.value) return;
  let busy = false;
  const every = setInterval(() => {
    if (busy) return;
    busy = true;
    void lookAgain().finally(() => (busy = false));
  }, AGAIN);
  return () => clearInterval(every);
});

effect(() => {
  if (signedOut.value && me.peek()) expired.value = true;
});
