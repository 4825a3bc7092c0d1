// SPDX-License-Identifier: Apache-2.0
// A party, product, deployment or service is added or changed: a new statement, signed and logged.
import { useState } from "preact/hooks";
import { ask } from "../app/api";
import { words } from "../app/i18n";
import { may, me } from "../app/session";
import { tell } from "../app/undo";
import { EditDialog } from "../ui/edit";
import {
  type Lists,
  type Thing,
  type ThingKind,
  partsOf,
  paths,
  presentOf,
  useThings,
} from "./things_fields";

const w = words({
  addParty: ["組織を登録", "Add a party"],
  addProduct: ["製品を登録", "Add a product"],
  addDeployment: ["稼働先を登録", "Add a deployment"],
  addService: ["サービスを登録", "Add a service"],
  changeOf: ["{name} の変更", "Change {name}"],
  save: ["署名して記録する", "Sign and write down"],
  isAdded: ["{name} を登録しました", "{name} is added"],
  isChanged: ["{name} を変更しました", "{name} is changed"],
  addedStays: [
    "登録は取り消せません。ログに残ります。内容は変更できます。",
    "It stays in the log; what is said of it can be changed.",
  ],
  there: [
    "この識別子のものは、もうあります。入力した内容は残っています。見比べて、変更してよければもう一度送ってください。",
    "There is one with this id already. What you typed is still here. Look at both; send it again to change that one.",
  ],
});
export const addWords: Record<ThingKind, () => string> = {
  party: () => w("addParty"),
  product: () => w("addProduct"),
  deployment: () => w("addDeployment"),
  service: () => w("addService"),
};

/** A party is the home's alone; the others also belong to whom they concern. */
export const mayState = (kind: ThingKind) =>
  may("upload") || (kind !== "party" && (me.value?.at?.some((a) => a.may.includes("upload")) ?? false));

export function ThingDialog({
  kind,
  of,
  close,
  reload,
}: {
  kind: ThingKind;
  of?: Thing | undefined;
  close: () => void;
  reload: () => void;
}) {
  const lists: Lists = {
    party: useThings("party"),
    product: useThings("product"),
    service: useThings("service"),
  };
  const parts = partsOf(kind, lists, !of);
  const [now] = useState(() => presentOf(parts, of));
  const state = async (id: string, values: Record<string, string>, etag: string) => {
    const body: Record<string, unknown> = { id };
    for (const [name, value] of Object.entries(values)) if (name !== "id") body[name] = value.trim() || null;
    return (await ask<{ entry?: number }>("POST", paths[kind], { body, etag })).data;
  };
  return (
    <EditDialog
      title={of ? w("changeOf", { name: of.name ?? of.id }) : addWords[kind]()}
      button={w("save")}
      parts={parts}
      now={now}
      {...(!of && { changed: w("there") })}
      read={(current) => {
        reload();
        return presentOf(parts, current as Thing);
      }}
      send={async (values, on) => {
        const id = of?.id ?? values["id"] ?? on.values["id"] ?? "";
        const { entry } = await state(id, values, on.etag);
        const name = values["name"] || on.values["name"] || id;
        const before = Object.fromEntries(Object.keys(values).map((k) => [k, on.values[k] ?? ""]));
        const changed = of || on.values["id"];
        tell({
          text: w(changed ? "isChanged" : "isAdded", { name }),
          ...(changed
            ? { undo: () => state(id, before, `"${entry ?? 0}"`).finally(reload) }
            : { final: w("addedStays") }),
        });
        reload();
      }}
      close={close}
      wide
    />
  );
}
