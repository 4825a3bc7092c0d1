// SPDX-License-Identifier: Apache-2.0
// Passkeys: between the API's JSON (WebAuthn level 3, base64url) and what browsers take, without needing their newest
// functions for it.
import { ask } from "./api";

type Json = Record<string, unknown>;

function bytes(text: unknown): ArrayBuffer {
  const b = atob(String(text).replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(b, (c) => c.charCodeAt(0)).buffer;
}
function text(of: ArrayBuffer | null): string | undefined {
  if (!of) return undefined;
  const b = Array.from(new Uint8Array(of), (n) => String.fromCharCode(n)).join("");
  return btoa(b).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Browsers have them only for names, and only where nobody can listen. */
export function passkeysWork(): boolean {
  return (
    isSecureContext &&
    "PublicKeyCredential" in window &&
    "credentials" in navigator &&
    !/^[\d.]+$|^\[/.test(location.hostname)
  );
}

export async function makePasskey(name: string, password: string): Promise<void> {
  const { data } = await ask<{ publicKey: Json }>("POST", "/passkeys/options", { body: { password } });
  const wish = data.publicKey as unknown as PublicKeyCredentialCreationOptions & {
    user: PublicKeyCredentialUserEntity;
  };
  const made = (await navigator.credentials.create({
    publicKey: {
      ...wish,
      challenge: bytes(wish.challenge),
      user: { ...wish.user, id: bytes(wish.user.id) },
      excludeCredentials: (wish.excludeCredentials ?? []).map((c) => ({ ...c, id: bytes(c.id) })),
    },
  })) as PublicKeyCredential;
  const answer = made.response as AuthenticatorAttestationResponse;
  await ask("POST", "/passkeys", {
    body: {
      id: made.id,
      type: made.type,
      name,
      response: {
        clientDataJSON: text(answer.clientDataJSON),
        authenticatorData: text(answer.getAuthenticatorData()),
        publicKey: text(answer.getPublicKey()),
        publicKeyAlgorithm: answer.getPublicKeyAlgorithm(),
      },
    },
  });
}

export async function signInByPasskey(): Promise<void> {
  const { data } = await ask<{ publicKey: Json }>("POST", "/session/passkey/options", { body: {} });
  const wish = data.publicKey as unknown as PublicKeyCredentialRequestOptions;
  const got = (await navigator.credentials.get({
    publicKey: { ...wish, challenge: bytes(wish.challenge), allowCredentials: [] },
  })) as PublicKeyCredential;
  const answer = got.response as AuthenticatorAssertionResponse;
  await ask("POST", "/session/passkey/verify", {
    body: {
      id: got.id,
      type: got.type,
      response: {
        clientDataJSON: text(answer.clientDataJSON),
        authenticatorData: text(answer.authenticatorData),
        signature: text(answer.signature),
        userHandle: text(answer.userHandle),
      },
    },
  });
}

/** The browser's own refusals: somebody changed their mind, or it took too long. */
export function wasCancelled(e: unknown): boolean {
  return e instanceof DOMException && (e.name === "NotAllowedError" || e.name === "AbortError");
}
