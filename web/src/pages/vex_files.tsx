// SPDX-License-Identifier: Apache-2.0
// What we say of the vulnerabilities of a product, as files to hand over.
import { address } from "../app/api";
import { words } from "../app/i18n";
import { has } from "../app/session";
import { Icon } from "../ui/icons";

const w = words({
  files: ["VEX 文書を保存", "Save as a VEX document"],
  save: ["形式の VEX 文書を保存", "– save this VEX document"],
});
const forms = [
  ["openvex", "OpenVEX", "openvex.json"],
  ["csaf", "CSAF", "csaf.json"],
  ["cyclonedx", "CycloneDX", "cdx.json"],
] as const;

export function VexFiles({ product }: { product: string }) {
  if (!has("GET /vex")) return null;
  return (
    <span class="row" role="group" aria-label={w("files")}>
      {forms.map(([format, name, end], i) => (
        <a
          key={format}
          class="quiet"
          href={address("/vex", { product, format })}
          download={`${product}.${end}`}
        >
          {i === 0 && <Icon name="download" size={15} />}
          {name}
          <span class="hidden"> {w("save")}</span>
        </a>
      ))}
    </span>
  );
}
