// The player for a component's life, driven by the frames the browser draws.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { pageClock } from "../app/clock.ts";
import { createPlayer, type Player, type PlayerState } from "./player.ts";

export function usePlayer(startMs: number, endMs: number): Player {
  const player = useMemo(() => createPlayer({ startMs, endMs }), [startMs, endMs]);
  useEffect(() => {
    let request = requestAnimationFrame(function frame() {
      player.frame(pageClock.monotonicMs());
      request = requestAnimationFrame(frame);
    });
    return () => cancelAnimationFrame(request);
  }, [player]);
  return player;
}

/** A slice of the player's state; renders again only when it is another value. */
export function usePlayerState<T>(player: Player, select: (state: PlayerState) => T): T {
  return useSyncExternalStore(player.subscribe, () => select(player.getState()));
}
