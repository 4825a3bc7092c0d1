// SPDX-License-Identifier: Apache-2.0
// What the log proves, checked here and not by the server: C2SP tlog-proof, signed notes (Ed25519), RFC 6962 trees.
// WebCrypto is there on https and on this machine only; without it nothing is claimed.

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  /** What is signed, with its last newline. */
  text: string;
  signatures: { name: string; id: Uint8Array; signature: Uint8Array }[];
}
export interface Leaf {
  time: Date;
  key: string;
  commitment: string;
  kind: string;
}
export interface Proof {
  index: number;
  hashes: Uint8Array[];
  leaf: Uint8Array | undefined;
  told: Leaf | undefined;
  checkpoint: Checkpoint;
}

export function available(): boolean {
  return typeof crypto !== "undefined" && crypto.subtle !== undefined;
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}
export function hex(b: Uint8Array): string {
  return [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
}
function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}

export function readCheckpoint(note: string): Checkpoint {
  const cut = note.indexOf("\n\n");
  if (cut < 0) throw new Error("no signed note");
  const text = note.slice(0, cut + 1);
  const [origin, size, root] = text.split("\n");
  if (!origin || !size || !/^(0|[1-9]\d{0,15})$/.test(size) || !root) throw new Error("no checkpoint");
  const signatures = note
    .slice(cut + 2)
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const found = /^— (\S+) (\S+)$/.exec(line);
      if (!found?.[1] || !found[2]) throw new Error("no signature line");
      const b = bytes(found[2]);
      return { name: found[1], id: b.slice(0, 4), signature: b.slice(4) };
    });
  const hash = bytes(root);
  if (hash.length !== 32) throw new Error("no root hash");
  return { origin, size: Number(size), root: hash, text, signatures };
}

/** The leaf as docs/log.md draws it. */
export function readLeaf(leaf: Uint8Array): Leaf {
  const v = new DataView(leaf.buffer, leaf.byteOffset, leaf.byteLength);
  if (leaf.length < 75 || leaf[0] !== 1 || leaf.length !== 74 + (leaf[73] ?? 0)) throw new Error("no leaf");
  return {
    time: new Date(Number(v.getBigUint64(1)) * 1000),
    key: hex(leaf.slice(9, 41)),
    commitment: hex(leaf.slice(41, 73)),
    kind: new TextDecoder().decode(leaf.slice(74)),
  };
}

export function readProof(text: string): Proof {
  const lines = text.split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Error("no tlog-proof");
  let leaf: Uint8Array | undefined;
  if (lines[0]?.startsWith("extra ")) {
    // The leaf, then (for those who may read the body) its salt.
    const extra = bytes((lines.shift() ?? "").slice(6));
    leaf = extra.slice(0, 74 + (extra[73] ?? 0));
  }
  const at = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? "");
  if (!at?.[1]) throw new Error("no index");
  const blank = lines.indexOf("");
  if (blank < 0 || blank > 63) throw new Error("no end of the hashes");
  const hashes = lines.slice(0, blank).map(bytes);
  if (hashes.some((h) => h.length !== 32)) throw new Error("no hash");
  return {
    index: Number(at[1]),
    hashes,
    leaf,
    told: leaf && readLeaf(leaf),
    checkpoint: readCheckpoint(lines.slice(blank + 1).join("\n")),
  };
}

export function leafHash(leaf: Uint8Array): Promise<Uint8Array> {
  return sha256(Uint8Array.of(0), leaf);
}

/** RFC 9162 §2.1.3.2: does this leaf stand at this place under this root? */
export async function included(
  hash: Uint8Array,
  index: number,
  size: number,
  path: Uint8Array[],
  root: Uint8Array,
): Promise<boolean> {
  if (index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let r = hash;
  for (const p of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = await sha256(Uint8Array.of(1), p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      r = await sha256(Uint8Array.of(1), r, p);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && same(r, root);
}

/** "name+hash+base64(1 ‖ key)" (C2SP signed-note). */
export async function signedBy(c: Checkpoint, vkey: string): Promise<boolean> {
  const found = /^(\S+?)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim());
  if (!found?.[1] || !found[3]) throw new Error("no verifier key");
  const name = found[1];
  const key = bytes(found[3]);
  if (key.length !== 33 || key[0] !== 1) throw new Error("no Ed25519 key");
  const id = (await sha256(new TextEncoder().encode(`${name}\n`), key)).slice(0, 4);
  const line = c.signatures.find((s) => s.name === name && same(s.id, id));
  if (!line || c.origin !== name) return false;
  const imported = await crypto.subtle.importKey("raw", join(key.slice(1)), { name: "Ed25519" }, false, [
    "verify",
  ]);
  return crypto.subtle.verify(
    { name: "Ed25519" },
    imported,
    join(line.signature),
    new TextEncoder().encode(c.text),
  );
}
