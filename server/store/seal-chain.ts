// The chain of seals: each names the one before, so that none can be taken out or changed unseen.
// Called by the journal's projection; checked by the audit command.
import { createHash } from "node:crypto";

/** What the first seal of a chain names as the one before. */
export const chainStart = "0".repeat(64);

/** The chain of flights that belong to no site. */
export const noSite = "none";

/**
 * SHA-256 (hex) of "previous chain hash, flight, hash of its log", each ended by a line feed.
 *
 * @param previousSha256 `chainSha256` of the seal before it on the same site, or `chainStart`.
 */
export function chainSha256(previousSha256: string, flightId: string, sha256: string): string {
  return createHash("sha256").update(`${previousSha256}\n${flightId}\n${sha256}\n`).digest("hex");
}
