// SPDX-License-Identifier: Apache-2.0
// The search of a list that the server has: what is looked for stands in the address ("q").
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { argument, setArguments } from "../app/route";
import { Icon } from "./icons";

const PAUSE = 250; /* ms without a key before it is looked for */

/** `soon`: it is looked for as one types, not only at Enter. Beside it stands what can be done with the list. */
export function Find({
  label,
  soon,
  children,
}: {
  label: string;
  soon?: boolean;
  children?: ComponentChildren;
}) {
  const q = argument("q");
  const [typed, setTyped] = useState(q);
  const look = () => setArguments({ q: typed.trim() || undefined });
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    const text = typed.trim();
    if (!soon || text === q || text.length === 1) return;
    const pause = setTimeout(look, PAUSE);
    return () => clearTimeout(pause);
  }, [typed]);
  return (
    <form
      class="filters"
      role="search"
      onSubmit={(e) => {
        e.preventDefault();
        look();
      }}
    >
      <label class="table-filter wide-filter">
        <Icon name="search" size={15} />
        <span class="hidden">{label}</span>
        <input
          type="search"
          value={typed}
          placeholder={label}
          onInput={(e) => setTyped(e.currentTarget.value)}
        />
      </label>
      {children}
    </form>
  );
}
