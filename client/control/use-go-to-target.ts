// Where the chosen drone is to be sent: typed in its panel or picked on the map. Held by the
// Control page, which joins the two.
import { useCallback, useState } from "react";
import type { Position } from "../../contract/wire/geometry.ts";

export interface GoToTarget {
  /** The next click on the map is the place. */
  readonly isPicking: boolean;
  readonly position: Position | undefined;
  readonly setPicking: (isPicking: boolean) => void;
  /** Ends the picking. */
  readonly setPosition: (position: Position | undefined) => void;
}

export function useGoToTarget(): GoToTarget {
  const [isPicking, setPicking] = useState(false);
  const [position, setHeld] = useState<Position>();
  const setPosition = useCallback((next: Position | undefined) => {
    setHeld(next);
    setPicking(false);
  }, []);
  return { isPicking, position, setPicking, setPosition };
}
