// One key for each order of the drone's panel, while the keyboard is in the panel: a letter that
// worked everywhere would be pressed by accident.
import { useEffect, type RefObject } from "react";
import type { PanelOrder } from "../app/i18n/command-messages.ts";

/** The key of each order; the same in both languages, and shown on its button. */
export const commandKeys: Record<PanelOrder, string> = { returnHome: "R", land: "L", hold: "H" };

/** The order that a key asks for; undefined for every other key, and with a modifier. */
export function orderOfKey(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">,
): PanelOrder | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  const key = event.key.toUpperCase();
  const orders = Object.keys(commandKeys) as PanelOrder[];
  return orders.find((order) => commandKeys[order] === key);
}

/** @param inside Any element of the panel. */
export function useCommandKeys(
  inside: RefObject<HTMLElement | null>,
  isOn: boolean,
  ask: (order: PanelOrder) => void,
): void {
  useEffect(() => {
    const panel = inside.current?.closest<HTMLElement>("aside");
    if (!isOn || panel === null || panel === undefined) return;
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLInputElement;
      const order = isTyping || event.repeat ? undefined : orderOfKey(event);
      if (order === undefined) return;
      event.preventDefault();
      ask(order);
    };
    panel.addEventListener("keydown", onKey);
    return () => panel.removeEventListener("keydown", onKey);
  }, [inside, isOn, ask]);
}
