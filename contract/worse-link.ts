// Which of two states of a link is the worse one: asked by the server, which ages what it was told
// while ingest is away, and by pages, which trust no picture that is old.
import type { LinkState } from "./wire/live-status.ts";

const rank: Readonly<Record<LinkState, number>> = { live: 0, stale: 1, lost: 2, gone: 3 };

/** In the order live, stale, lost, gone. */
export function worseLink(one: LinkState, other: LinkState): LinkState {
  return rank[other] > rank[one] ? other : one;
}
