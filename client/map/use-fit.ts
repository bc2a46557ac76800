// Brings a map to its first view, and leaves it where the person has moved it. Used by
// site-map.tsx.
import { useEffect, useRef, type RefObject } from "react";
import { shouldFit, type View } from "./first-view.ts";
import type { LiveMap } from "./use-map.ts";

/** What moves a map; heard before the engine takes it. */
const movingEvents = ["pointerdown", "wheel", "keydown"] as const;
const eventOptions = { capture: true, passive: true } as const;

interface FitOptions {
  readonly map: LiveMap | undefined;
  readonly container: RefObject<HTMLDivElement | null>;
  readonly view: View | undefined;
  /** Another one each time the map was sent to a place: it has been moved. */
  readonly centreKey: string | undefined;
  /** Kept free on every side, CSS pixels. */
  readonly paddingPx: number;
}

export function useFit({ map, container, view, centreKey, paddingPx }: FitOptions): void {
  const moved = useRef(false);
  const fitted = useRef<View>(undefined);
  useEffect(() => {
    const element = container.current;
    const note = (): void => void (moved.current = true);
    for (const kind of movingEvents) element?.addEventListener(kind, note, eventOptions);
    return () => {
      for (const kind of movingEvents) element?.removeEventListener(kind, note, eventOptions);
    };
  }, [container]);
  useEffect(() => {
    if (centreKey !== undefined) moved.current = true;
  }, [centreKey]);
  const key = view?.key;
  const bounds = view?.bounds;
  useEffect(() => {
    if (map === undefined || key === undefined || bounds === undefined) return;
    const next = { key, bounds };
    if (shouldFit(fitted.current, next, moved.current)) {
      map.port.fit(bounds, paddingPx, fitted.current !== undefined);
      moved.current = false;
    } else if (!moved.current) return;
    fitted.current = next;
  }, [map, key, bounds, paddingPx]);
}
