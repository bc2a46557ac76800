// Sends a recorded flight over UDP as its vehicles did: one socket per source port, one datagram a
// record, only what came from a vehicle, paced by the file's own stamps.
import { createSocket, type Socket } from "node:dgram";
import { setTimeout as sleep } from "node:timers/promises";
import { createClock } from "../../server/clock.ts";
import { walkTlog } from "../../server/mavlink/tlog.ts";
import { flightPath, readFlight } from "./flights.ts";
import { readPcap } from "./pcap.ts";

/** One datagram of a recording, `atS` seconds after the file's first stamp. */
export interface RecordedDatagram {
  readonly atS: number;
  /** The vehicle's source port, or its system id where the file is a tlog. */
  readonly source: number;
  readonly payload: Uint8Array;
}

/** Datagrams of the vehicles in a .pcap: all that did not come from the ground station's port. */
export function vehicleDatagramsOfPcap(name: string): RecordedDatagram[] {
  const all = readPcap(flightPath(name));
  const firstUs = all[0]?.stampUs ?? 0;
  const stationPort = all[0]?.destinationPort;
  return all
    .filter(({ sourcePort }) => sourcePort !== stationPort)
    .map(({ stampUs, sourcePort, payload }) => ({
      atS: (stampUs - firstUs) / 1e6,
      source: sourcePort,
      payload,
    }));
}

const stationSysid = 255;

/** Records of the vehicles in a .tlog, one a datagram. */
export function vehicleDatagramsOfTlog(name: string): RecordedDatagram[] {
  const datagrams: RecordedDatagram[] = [];
  let firstUs: number | undefined;
  walkTlog(readFlight(name), ({ stampUs, frame }) => {
    firstUs ??= stampUs;
    if (frame.sysid === stationSysid) return;
    const payload = frame.bytes.slice(frame.start, frame.end);
    datagrams.push({ atS: (stampUs - firstUs) / 1e6, source: frame.sysid, payload });
  });
  return datagrams;
}

/** A stretch of the recording, [fromS, toS), sent at `speed` times the pace it was recorded at. */
export interface Stretch {
  readonly fromS: number;
  readonly toS: number;
  readonly speed: number;
}

export interface FlightSender {
  /** Sends one stretch, starting now. */
  send(stretch: Stretch): Promise<void>;
  /** Epoch ms at which the datagram recorded at `atS` (or the next one after it) was sent. */
  sentAtMs(atS: number): number;
  /** How many datagrams had been sent by this time, epoch ms. */
  sentBy(timeMs: number): number;
  close(): void;
}

/** Opens one socket per source. `port` is the server's UDP port on this machine. */
export function createFlightSender(
  datagrams: readonly RecordedDatagram[],
  port: number,
): FlightSender {
  const sockets = new Map<number, Socket>();
  for (const { source } of datagrams) {
    if (!sockets.has(source)) sockets.set(source, createSocket("udp4"));
  }
  const clock = createClock();
  const sent: { readonly atS: number; readonly sentAtMs: number }[] = [];

  return {
    async send({ fromS, toS, speed }) {
      const stretch = datagrams.filter(({ atS }) => atS >= fromS && atS < toS);
      const startedMs = clock.nowMs();
      for (const { atS, source, payload } of stretch) {
        const dueMs = startedMs + ((atS - fromS) / speed) * 1000;
        const waitMs = dueMs - clock.nowMs();
        if (waitMs > 1) await sleep(waitMs);
        sockets.get(source)?.send(payload, port, "127.0.0.1");
        sent.push({ atS, sentAtMs: clock.nowMs() });
      }
    },
    sentAtMs(atS) {
      const found = sent.find((one) => one.atS >= atS);
      if (found === undefined) throw new Error(`Nothing recorded after ${String(atS)} s was sent.`);
      return found.sentAtMs;
    },
    sentBy: (timeMs) => sent.filter(({ sentAtMs }) => sentAtMs <= timeMs).length,
    close() {
      for (const socket of sockets.values()) socket.close();
    },
  };
}
