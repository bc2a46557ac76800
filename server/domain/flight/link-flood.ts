// When a source sends far more than any drone does. The drones it comes with are watched on; the
// flood is told. Called by telemetry/link-floods.ts once a second for each link.

/** What one link brought in one second. */
export interface LinkRates {
  /** Most heartbeats of one component (MAVLink: 1 a second, and one at each change of mode). */
  readonly heartbeatsPerS: number;
  /** Most frames of one component; a log download is some 1,600 a second beside the telemetry. */
  readonly senderFramesPerS: number;
  /** Datagrams in which there was no frame at all. */
  readonly emptyDatagramsPerS: number;
}

export const heartbeatsPerSMax = 20;
export const senderFramesPerSMax = 4_000;
export const emptyDatagramsPerSMax = 200;
/** Links made in one second at one listener: each drone makes one. */
export const newLinksPerSMax = 50;
/** A flood is over when there was none for so long. */
export const floodClearMs = 5_000;

export function isFlood({
  heartbeatsPerS,
  senderFramesPerS,
  emptyDatagramsPerS,
}: LinkRates): boolean {
  return (
    heartbeatsPerS > heartbeatsPerSMax ||
    senderFramesPerS > senderFramesPerSMax ||
    emptyDatagramsPerS > emptyDatagramsPerSMax
  );
}
