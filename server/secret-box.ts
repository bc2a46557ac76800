// Secrets encrypted for the database and the plan: AES-256-GCM under a key that is made of the key
// in SECRETS_KEY_FILE. Sealed by the web process, opened by ingest.
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

export interface SecretBox {
  /**
   * Base64 of nonce, ciphertext and tag.
   *
   * @param about What it belongs to; it opens for the same words only, so that it cannot be moved.
   * @param nonce 12 random bytes, new each time.
   */
  seal(secret: Uint8Array, about: string, nonce: Uint8Array): string;
  /** Undefined where it was sealed with another key, about something else, or was changed. */
  open(sealed: string, about: string): Uint8Array | undefined;
}

/** @param keyHex Of SECRETS_KEY_FILE; cookies are signed with it too, so it is not used bare. */
export function createSecretBox(keyHex: string): SecretBox {
  const secrets = Buffer.from(keyHex, "hex");
  const key = Buffer.from(hkdfSync("sha256", secrets, "", "skyrange secret box 1", 32));
  return {
    seal(secret, about, nonce) {
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(about));
      const text = Buffer.concat([nonce, cipher.update(secret), cipher.final()]);
      return Buffer.concat([text, cipher.getAuthTag()]).toString("base64");
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, "base64");
      if (bytes.length < nonceBytes + tagBytes) return undefined;
      const nonce = bytes.subarray(0, nonceBytes);
      const cipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-tagBytes));
      try {
        const opened = cipher.update(bytes.subarray(nonceBytes, -tagBytes));
        return new Uint8Array(Buffer.concat([opened, cipher.final()]));
      } catch {
        return undefined;
      }
    },
  };
}

/** What a sealed key is about, so that it opens as nothing else. */
export function signingKeyAbout(keyId: string): string {
  return `signingKey ${keyId}`;
}
