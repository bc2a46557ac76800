// Web sessions, kept by the hash of their id. Called by http/session-store.ts.
import type { Database } from "./database.ts";
import type { SessionRepository } from "./ports.ts";

interface SessionRow {
  id_hash: string;
  data: string;
  expires_at_ms: number;
}

export function createSessionRepository({ read, write }: Database): SessionRepository {
  return {
    async read(idHash, nowMs) {
      const row = await read<SessionRow>("http_session")
        .where({ id_hash: idHash })
        .where("expires_at_ms", ">", nowMs)
        .first();
      return row?.data;
    },
    async write(idHash, data, expiresAtMs) {
      await write<SessionRow>("http_session")
        .insert({ id_hash: idHash, data, expires_at_ms: expiresAtMs })
        .onConflict("id_hash")
        .merge();
    },
    async touch(idHash, expiresAtMs) {
      await write<SessionRow>("http_session")
        .where({ id_hash: idHash })
        .update({ expires_at_ms: expiresAtMs });
    },
    async remove(idHash) {
      await write<SessionRow>("http_session").where({ id_hash: idHash }).delete();
    },
    async removeExpired(nowMs) {
      await write<SessionRow>("http_session").where("expires_at_ms", "<=", nowMs).delete();
    },
  };
}
