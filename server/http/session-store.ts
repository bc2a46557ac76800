// Where express-session keeps its sessions: the store's table, under the hash of the session's id.
import { createHash } from "node:crypto";
import { Store, type SessionData } from "express-session";
import type { SessionRepository } from "../store/ports.ts";

/** A session's expiry is moved in the database only once it has moved by this much. */
const touchEveryMs = 10 * 60_000;
/** Sessions whose last written expiry is remembered; beyond it they are touched more often. */
const rememberedMax = 10_000;

type Done = (error?: unknown) => void;

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

export class SessionStore extends Store {
  readonly #sessions: SessionRepository;
  readonly #nowMs: () => number;
  readonly #lengthMs: number;
  readonly #writtenExpiryMs = new Map<string, number>();

  constructor(sessions: SessionRepository, nowMs: () => number, lengthMs: number) {
    super();
    this.#sessions = sessions;
    this.#nowMs = nowMs;
    this.#lengthMs = lengthMs;
  }

  override get(id: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    this.#sessions.read(hashOf(id), this.#nowMs()).then(
      (data) => callback(null, data === undefined ? null : (JSON.parse(data) as SessionData)),
      (error: unknown) => callback(error),
    );
  }

  override set(id: string, session: SessionData, callback?: Done): void {
    const expiresAtMs = this.#expiry(id);
    // Sessions are written at a sign-in: seldom enough to sweep out those that are over.
    const written = this.#sessions
      .removeExpired(this.#nowMs())
      .then(() => this.#sessions.write(hashOf(id), JSON.stringify(session), expiresAtMs));
    written.then(
      () => callback?.(),
      (error: unknown) => callback?.(error),
    );
  }

  override destroy(id: string, callback?: Done): void {
    this.#writtenExpiryMs.delete(id);
    this.#sessions.remove(hashOf(id)).then(
      () => callback?.(),
      (error: unknown) => callback?.(error),
    );
  }

  override touch(id: string, _session: SessionData, callback?: Done): void {
    const writtenMs = this.#writtenExpiryMs.get(id) ?? 0;
    if (this.#nowMs() + this.#lengthMs - writtenMs < touchEveryMs) {
      callback?.();
      return;
    }
    this.#sessions.touch(hashOf(id), this.#expiry(id)).then(
      () => callback?.(),
      (error: unknown) => callback?.(error),
    );
  }

  #expiry(id: string): number {
    const expiresAtMs = this.#nowMs() + this.#lengthMs;
    if (this.#writtenExpiryMs.size >= rememberedMax) this.#writtenExpiryMs.clear();
    this.#writtenExpiryMs.set(id, expiresAtMs);
    return expiresAtMs;
  }
}
