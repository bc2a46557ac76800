// The live picture for every component below LiveProvider.
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { LiveState } from "./live-state.ts";
import type { LiveStore } from "./live-store.ts";

export const LiveContext = createContext<LiveStore | undefined>(undefined);

/** The store itself: for the map, and for figures read on a beat. */
export function useLiveStore(): LiveStore {
  const store = useContext(LiveContext);
  if (store === undefined) throw new Error("useLiveStore is used outside LiveProvider.");
  return store;
}

/**
 * A slice of the live state; renders again only when that slice is another one.
 *
 * @param select Must give the same value for the same state, such as `(state) => state.alarms`.
 */
export function useLive<T>(select: (state: LiveState) => T): T {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

/** How often figures in tables are renewed: faster cannot be read. */
const beatMs = 250;

/** Renders the component four times a second, for figures that are read from the store. */
export function useBeat(): number {
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setBeat((last) => last + 1), beatMs);
    return () => clearInterval(timer);
  }, []);
  return beat;
}
