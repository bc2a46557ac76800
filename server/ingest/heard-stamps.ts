// What is remembered of each signing key's streams, kept on disk once a second so that after a
// restart nothing old is accepted and no good drone refused. Called by signature-gate.ts.
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Log } from "../log.ts";
import { signingStamp, streamsMax, type SigningMemory } from "../mavlink/signing.ts";
import { writeWholeFile } from "./write-whole-file.ts";

const saveEveryMs = 1_000;

const savedSchema = z.record(
  z.string(),
  z.object({
    localStamp: z.number().int().nonnegative(),
    streams: z.array(z.tuple([z.number().int(), z.number().int()])).max(streamsMax),
  }),
);

export interface HeardStamps {
  /** @param sinceMs Where the key's time begins, epoch ms; 0: with the first good frame. */
  of(keyId: string, sinceMs: number): SigningMemory;
  /** Something was accepted: to be saved with the next tick. */
  changed(): void;
  /** True where a frame made with the key was ever accepted. */
  hasHeard(keyId: string): boolean;
  /** Forgets every key but these. */
  keepOnly(keyIds: ReadonlySet<string>): void;
  tick(nowMs: number): void;
  close(): Promise<void>;
}

export function openHeardStamps(path: string, log: Log): HeardStamps {
  const memories = load(path, log);
  let isChanged = false;
  let savedAtMs = 0;
  let busy: Promise<void> = Promise.resolve();

  function save(): void {
    isChanged = false;
    const saved = [...memories].map(([keyId, { localStamp, streams }]) => {
      return [keyId, { localStamp, streams: [...streams] }] as const;
    });
    const text = JSON.stringify(Object.fromEntries(saved));
    busy = busy
      .then(() => writeWholeFile(path, text))
      .catch((error: unknown) => {
        isChanged = true;
        log.error("The stamps of signed frames could not be kept; tried again.", { error });
      });
  }

  return {
    of(keyId, sinceMs) {
      const known = memories.get(keyId);
      if (known !== undefined) return known;
      const localStamp = Math.max(0, signingStamp(sinceMs));
      const memory = { localStamp, streams: new Map<number, number>() };
      memories.set(keyId, memory);
      return memory;
    },
    changed: () => void (isChanged = true),
    hasHeard: (keyId) => (memories.get(keyId)?.streams.size ?? 0) > 0,
    keepOnly(keyIds) {
      for (const keyId of memories.keys()) {
        if (!keyIds.has(keyId)) isChanged = memories.delete(keyId);
      }
    },
    tick(nowMs) {
      if (!isChanged || nowMs - savedAtMs < saveEveryMs) return;
      savedAtMs = nowMs;
      save();
    },
    async close() {
      if (isChanged) save();
      await busy;
    },
  };
}

function load(path: string, log: Log): Map<string, SigningMemory> {
  try {
    const saved = savedSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    return new Map(
      Object.entries(saved).map(([keyId, { localStamp, streams }]) => {
        return [keyId, { localStamp, streams: new Map(streams) }];
      }),
    );
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isAbsent) log.error("The stamps of signed frames cannot be read; begun anew.", { error });
    return new Map();
  }
}
