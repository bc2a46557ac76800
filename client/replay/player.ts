// The player's own state: where in the flight it is, whether it runs, how fast. Pure steps, and a
// small store around them that a clock drives.

export interface PlayerState {
  /** In the flight, by the server's receipt clock; epoch ms UTC. */
  readonly timeMs: number;
  readonly playing: boolean;
  /** Flight seconds per second. */
  readonly speed: number;
}

/** Half-open [startMs, endMs) of what can be played. */
export interface PlayerRange {
  readonly startMs: number;
  readonly endMs: number;
}

export const playerSpeeds = [0.5, 1, 2, 5, 10, 20, 50] as const;

/** The next speed up or down; the same at either end. */
export function steppedSpeed(speed: number, step: 1 | -1): number {
  const index = playerSpeeds.findIndex((one) => one >= speed);
  const from = index === -1 ? playerSpeeds.length - 1 : index;
  const to = Math.min(playerSpeeds.length - 1, Math.max(0, from + step));
  return playerSpeeds[to] ?? speed;
}

export function clampedMs(timeMs: number, range: PlayerRange): number {
  return Math.min(range.endMs, Math.max(range.startMs, timeMs));
}

/** After `elapsedMs` of real time. At the end it stops. */
export function advanced(state: PlayerState, elapsedMs: number, range: PlayerRange): PlayerState {
  if (!state.playing) return state;
  const timeMs = clampedMs(state.timeMs + elapsedMs * state.speed, range);
  return { ...state, timeMs, playing: timeMs < range.endMs };
}

/** Starts or stops; at the end it starts from the beginning. */
export function toggled(state: PlayerState, range: PlayerRange): PlayerState {
  if (state.playing) return { ...state, playing: false };
  const timeMs = state.timeMs >= range.endMs ? range.startMs : state.timeMs;
  return { ...state, timeMs, playing: true };
}

export interface Player {
  readonly range: PlayerRange;
  readonly getState: () => PlayerState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly toggle: () => void;
  readonly seek: (timeMs: number) => void;
  readonly setSpeed: (speed: number) => void;
  /** Called for every frame drawn, with a monotonic clock. */
  readonly frame: (nowMs: number) => void;
}

export function createPlayer(range: PlayerRange): Player {
  let state: PlayerState = { timeMs: range.startMs, playing: false, speed: 1 };
  let lastFrameMs: number | undefined;
  const listeners = new Set<() => void>();
  const set = (next: PlayerState): void => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    range,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    toggle: () => set(toggled(state, range)),
    seek: (timeMs) => set({ ...state, timeMs: clampedMs(timeMs, range) }),
    setSpeed: (speed) => set({ ...state, speed }),
    frame(nowMs) {
      const elapsedMs = lastFrameMs === undefined ? 0 : nowMs - lastFrameMs;
      lastFrameMs = nowMs;
      set(advanced(state, elapsedMs, range));
    },
  };
}
