// Everything of signing that ingest keeps: the stamps heard and used, the keys opened from the
// plan, the frames refused. Opened by server/ingest/main.ts.
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { createSecretBox, type SecretBox } from "../secret-box.ts";
import { readSecretsKey } from "../secrets-key.ts";
import { openHeardStamps } from "./heard-stamps.ts";
import { openOwnStamps, type OwnStamps } from "./own-stamps.ts";
import { openRefusedFrames, type RefusedFrames } from "./refused-frames.ts";
import { SignatureGate } from "./signature-gate.ts";

export interface SigningDesk {
  readonly gate: SignatureGate;
  readonly ownStamps: OwnStamps;
  readonly keepRefused: RefusedFrames["keep"];
  tick(nowMs: number): void;
  close(): Promise<void>;
}

export function openSigningDesk(
  { secretsKeyFile }: Pick<Config, "secretsKeyFile">,
  recordsDir: string,
  log: Log,
): SigningDesk {
  const heard = openHeardStamps(join(recordsDir, "signing-heard.json"), log);
  const ownStamps = openOwnStamps(join(recordsDir, "signing-own.json"), log);
  const refused = openRefusedFrames(join(recordsDir, "refused.tlog"), log);
  let box: SecretBox | undefined;
  const openBox = (): SecretBox | undefined => {
    if (box !== undefined) return box;
    const key = readSecretsKey(secretsKeyFile);
    if (key.kind === "key") box = createSecretBox(key.keyHex);
    else log.error("No signing key can be opened.", { reason: key.reason });
    return box;
  };
  return {
    gate: new SignatureGate(heard, openBox, log),
    ownStamps,
    keepRefused: (stampUs, frame) => refused.keep(stampUs, frame),
    tick(nowMs) {
      heard.tick(nowMs);
      ownStamps.tick(nowMs);
      refused.tick(nowMs);
    },
    async close() {
      await Promise.all([heard.close(), refused.close()]);
    },
  };
}
