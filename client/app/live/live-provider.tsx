// Opens the live connection for as long as somebody is signed in. The shell puts it around the
// pages, so that every page can carry an alarm.
import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { pageClock } from "../clock.ts";
import { useSession } from "../session-context.ts";
import { LiveContext } from "./live-context.ts";
import { openLiveSocket } from "./live-socket.ts";
import { createLiveStore } from "./live-store.ts";

const turnedAwayPauseMs = 1_000;

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [store] = useState(() => createLiveStore(pageClock.monotonicMs));
  const { retry } = useSession();
  useEffect(() => {
    let timer: number | undefined;
    const onTurnedAway = (): void => {
      // Asks who is signed in, which opens another connection where somebody still is.
      timer = window.setTimeout(retry, turnedAwayPauseMs);
    };
    const close = openLiveSocket({ store, onServerTime: pageClock.anchorTo, onTurnedAway });
    return () => {
      window.clearTimeout(timer);
      close();
    };
  }, [store, retry]);
  return <LiveContext value={store}>{children}</LiveContext>;
}
