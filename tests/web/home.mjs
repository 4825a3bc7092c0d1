// SPDX-License-Identifier: Apache-2.0
// A small country for the pages: suppliers, operators, customers, services, releases, a flaw that breaks today. All of it
// is invented.
import fs from "node:fs";
import path from "node:path";

const parties = `id,name,roles,sector,region,contacts
minato,みなとソフト,supplier;developer,,JP-14,psirt:psirt@minato.example
hokuto,北斗システムズ,supplier;operator,,JP-01,security:csirt@hokuto.example
sakura,さくら医療情報,supplier,,JP-27,psirt:psirt@sakura.example
aozora-hp,あおぞら病院グループ,customer,medical,JP-13,security:it@aozora.example
kawabe,川辺市,customer,government,JP-11,security:joho@kawabe.example
toyo-power,東洋電力,customer,energy,JP-23,soc:soc@toyo.example
seiryu,清流水道企業団,customer,water,JP-40,security:ops@seiryu.example
`;
const units = `id,name,roles,primes
minato-kiosk,みなとソフト 端末事業部,developer,minato
minato-ops,みなとソフト 運用センター,operator,minato
`;
const products = `id,name,party,support-until,tlp
karte,電子カルテ「あおば」,sakura,2029-03-31,amber
juki,住民窓口システム,minato,2028-09-30,green
grid,需給監視 Grid,hokuto,2031-03-31,amber
mizu,水質監視コントローラ,hokuto,2027-03-31,green
portal,市民ポータル,minato,2028-03-31,green
`;
const services = `id,name,party,sector,region,mtpd,restore,population,substitutes,needs
er,救急医療,aozora-hp,medical,JP-13,4h,12h,340000,20%,deployment:aozora/karte;service:power
clinic,外来診療,aozora-hp,medical,JP-27,24h,8h,120000,40%,deployment:aozora/karte-osaka
counter,住民窓口,kawabe,government,JP-11,48h,6h,350000,0%,deployment:kawabe/juki
apply,電子申請,kawabe,government,JP-11,72h,4h,350000,60%,deployment:kawabe/portal
power,電力供給,toyo-power,energy,JP-23,1h,2h,7500000,0%,deployment:toyo/grid
water,上水道,seiryu,water,JP-40,6h,3h,980000,10%,deployment:seiryu/mizu;service:power
`;
const deployments = `id,product,version,customer,operator,service,exposure,environment,zone
aozora/karte,karte,4.2.0,aozora-hp,hokuto,er,controlled,production,tokyo-dc
aozora/karte-osaka,karte,4.1.3,aozora-hp,hokuto,clinic,controlled,production,osaka-dc
kawabe/juki,juki,2.8.1,kawabe,minato,counter,small,production,city-hall
kawabe/portal,portal,1.9.0,kawabe,minato,apply,open,production,cloud
toyo/grid,grid,7.0.2,toyo-power,hokuto,power,small,production,ot
seiryu/mizu,mizu,3.3.0,seiryu,hokuto,water,small,production,ot
`;
const libraries = {
  hikari: ["1.4.0", "1.4.2", "1.5.0"],
  "left-pad": ["1.1.0", "1.3.0"],
  express: ["4.17.1", "4.18.2"],
  lodash: ["4.17.20", "4.17.21"],
  "@kaze/parser": ["0.9.1", "0.9.4"],
  "date-fns": ["2.29.3"],
  zod: ["3.20.0"],
  ws: ["8.11.0", "8.16.0"],
  semver: ["7.3.8"],
  pino: ["8.14.0"],
};
const releases = [
  ["karte", "4.1.3", 1], ["karte", "4.2.0", 2], ["juki", "2.8.0", 0], ["juki", "2.8.1", 1], ["grid", "7.0.1", 0],
  ["grid", "7.0.2", 1], ["mizu", "3.3.0", 0], ["portal", "1.8.0", 0], ["portal", "1.9.0", 2],
]; // prettier-ignore

function sbom([product, version, step]) {
  const parts = Object.entries(libraries)
    .filter((_, i) => (i * 7 + product.length) % 3 !== 0 || i < 2)
    .map(([name, versions]) => [name, versions[Math.min(step, versions.length - 1)]]);
  const ref = ([name, v]) => `pkg:npm/${name.replace("@", "%40")}@${v}`;
  return JSON.stringify({
    product,
    version,
    sbom: {
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      version: 1,
      metadata: { component: { "bom-ref": "app", type: "application", name: product, version } },
      components: parts.map((p) => ({
        "bom-ref": ref(p),
        type: "library",
        name: p[0],
        version: p[1],
        purl: ref(p),
        licenses: [{ license: { id: "MIT" } }],
      })),
      dependencies: [
        { ref: "app", dependsOn: parts.slice(0, 3).map(ref) },
        ...parts
          .slice(0, 3)
          .map((p, i) => ({ ref: ref(p), dependsOn: parts.slice(3 + i * 2, 5 + i * 2).map(ref) })),
      ],
    },
  });
}
function flaw(id, cve, name, fixed, score, summary, published) {
  const vector = { 9: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 7: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 5: "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:L/A:L" }[score]; // prettier-ignore
  return {
    id,
    aliases: [cve],
    modified: published,
    published,
    summary,
    severity: [{ type: "CVSS_V3", score: vector }],
    affected: [
      {
        package: { ecosystem: "npm", name },
        ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed }] }],
      },
    ],
  };
}

export function fill({ run, folder }) {
  const put = (name, text) => {
    const at = path.join(folder, name);
    fs.writeFileSync(at, text);
    return at;
  };
  run(
    "init",
    "--name",
    "minato",
    "--role",
    "developer,supplier,operator",
    "--no-passphrase",
    "--origin",
    "minato.example/log",
  );
  run("party", "import", put("p.csv", parties));
  run("party", "import", put("u.csv", units));
  run("product", "import", put("pr.csv", products));
  run("product", "import", put("pr2.csv", "id,name,party\nkiosk,窓口端末,minato-kiosk\n"));
  run("service", "import", put("s.csv", services));
  run("deploy", "import", put("d.csv", deployments));
  run("impact", "import", put("r.jsonl", releases.map(sbom).join("\n") + "\n"));
  const now = new Date(Date.now() - 3 * 3600e3).toISOString().replace(/\.\d+/, "");
  fs.mkdirSync(path.join(folder, "osv"));
  for (const f of [
    flaw(
      "GHSA-hika-0001",
      "CVE-2026-48211",
      "hikari",
      "1.5.0",
      9,
      "Remote code execution in the template engine of hikari",
      now,
    ),
    flaw(
      "GHSA-kaze-0002",
      "CVE-2026-40102",
      "@kaze/parser",
      "0.9.4",
      7,
      "Denial of service in the parser",
      now,
    ),
    flaw(
      "GHSA-left-0003",
      "CVE-2025-33007",
      "left-pad",
      "1.3.0",
      5,
      "Padding overflow",
      "2025-11-02T00:00:00Z",
    ),
  ])
    put(`osv/${f.id}.json`, JSON.stringify(f));
  run("decide", "offer", "電子カルテを 4.2.0 へ更新", "--customer", "aozora-hp", "--measure", "patch", "--product", "karte", "--flaw", "CVE-2026-48211", "--risk", "診療記録が読まれる恐れ", "--cost-customer", "30 分の停止", "--deadline", "2027-01-31", "--if-not", "院内網から切り離す必要がある", "--to", path.join(folder, "offer.json")); // prettier-ignore
  run("contract", "add", "aozora-2026", "--title", "電子カルテの保守", "--side", "customer=aozora-hp", "--catalogue", "cip", "--holds", "S(1)-1.1=developer", "--holds", "S(1)-2.2=supplier:再現可能", "--holds", "S(2)-2.3=shared", "--clock", "critical patch=7d", "--rights", "SBOM は監査にのみ使う", "--until", "2027-03-31"); // prettier-ignore
  run("contract", "add", "kaze-2026", "--kind", "subcontract", "--side", "sub=hokuto", "--catalogue", "cip", "--holds", "S(1)-1.1=developer"); // prettier-ignore
  fs.appendFileSync(
    path.join(folder, "home", "akashi.toml"),
    `
# 検証用
[[ignore]]
id = "CVE-2020-0001"
reason = "呼び出していない"
until = "2021-03-31"

[[vex]]
issuer = "hokuto"
products = ["grid"]
rank = 250

[policy]
deny-licences = ["AGPL-3.0-only"]

[[notify]]
name = "desk"
channel = "file"
file = "notices.jsonl"
`,
  );
  run("watch", "--from", path.join(folder, "osv"));
  // Declared once, on a person's word where the evidence falls short.
  const signed = ["--person", "山田 太郎", "--title", "代表取締役"];
  const { short } = JSON.parse(run("conform", "declare", ...signed, "--check", "--json"));
  const claims = short.flatMap((s) => ["--claim", `${s.practice}=${s.target}: 手順書で確認`]);
  run("conform", "declare", ...signed, ...claims, "--to", path.join(folder, "d.json"));
}
