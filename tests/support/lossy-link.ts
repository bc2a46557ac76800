// A link that loses, doubles, delays and so reorders datagrams, the same way for the same seed.
// Simulated time; nothing waits.

export interface LinkFaults {
  /** Of each datagram, 0..1. */
  readonly loss: number;
  readonly duplication: number;
  readonly delayMsMin: number;
  readonly delayMsMax: number;
}

/** 30 % lost, 20 % doubled, up to 400 ms on the way: neighbours overtake each other. */
export const badLink: LinkFaults = {
  loss: 0.3,
  duplication: 0.2,
  delayMsMin: 5,
  delayMsMax: 400,
};

/** Numbers 0 <= x < 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface OnTheWay {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

export class LossyLink {
  private readonly faults: LinkFaults;
  private readonly random: () => number;
  private onTheWay: OnTheWay[] = [];

  constructor(faults: LinkFaults, random: () => number) {
    this.faults = faults;
    this.random = random;
  }

  send(bytes: Uint8Array, nowMs: number): void {
    const { loss, duplication, delayMsMin, delayMsMax } = this.faults;
    if (this.random() < loss) return;
    const copies = this.random() < duplication ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delayMs = delayMsMin + this.random() * (delayMsMax - delayMsMin);
      this.onTheWay.push({ atMs: nowMs + delayMs, bytes });
    }
  }

  /** What has arrived by now, in order of arrival. */
  arrived(nowMs: number): Uint8Array[] {
    if (this.onTheWay.length === 0) return [];
    const due = this.onTheWay.filter(({ atMs }) => atMs <= nowMs);
    this.onTheWay = this.onTheWay.filter(({ atMs }) => atMs > nowMs);
    return due.sort((a, b) => a.atMs - b.atMs).map(({ bytes }) => bytes);
  }
}
