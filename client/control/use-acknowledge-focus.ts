// Where the keyboard is after an alarm was acknowledged, and its button with it gone: at the next
// one's button, else at the list's heading. Called by the alarm list.
import { useCallback, useEffect, useRef, type RefObject } from "react";
import type { Alarm } from "../../contract/wire/alarm.ts";
import { nextToAcknowledge } from "./alarm-order.ts";

interface AcknowledgeFocus {
  /** Hears which alarm's button has the focus. */
  readonly onFocusChange: (alarmId: string, isFocused: boolean) => void;
  readonly listRef: RefObject<HTMLElement | null>;
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
}

/** @param ordered As they are listed. */
export function useAcknowledgeFocus(ordered: readonly Alarm[]): AcknowledgeFocus {
  const listRef = useRef<HTMLElement>(null);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const focusedId = useRef<string>(undefined);
  const idsBefore = useRef<readonly string[]>([]);
  useEffect(() => {
    const leftId = focusedId.current;
    // A button that is taken away leaves the focus on the body and says nothing.
    if (leftId !== undefined && document.activeElement === document.body) {
      focusedId.current = undefined;
      const nextId = nextToAcknowledge(ordered, idsBefore.current, leftId);
      const next = nextId === undefined ? undefined : buttonOf(listRef.current, nextId);
      (next ?? headingRef.current)?.focus();
    }
    idsBefore.current = ordered.map(({ condition }) => condition.id);
  }, [ordered]);
  const onFocusChange = useCallback((alarmId: string, isFocused: boolean): void => {
    if (isFocused) focusedId.current = alarmId;
    else if (focusedId.current === alarmId) focusedId.current = undefined;
  }, []);
  return { onFocusChange, listRef, headingRef };
}

function buttonOf(list: HTMLElement | null, alarmId: string): HTMLElement | undefined {
  const buttons = list?.querySelectorAll<HTMLElement>("[data-acknowledges]") ?? [];
  return [...buttons].find((button) => button.dataset["acknowledges"] === alarmId);
}
