// Simulated drones on one bad link with our own frames going to all of them, as on a shared radio:
// what reaches the wrong drone must be left alone by it. Simulated time.
import { createVehicleSession, type VehicleSession } from "../../firmware-sim/autopilot/session.ts";
import { createEncoder } from "../../server/mavlink/encode.ts";
import type { FrameView } from "../../server/mavlink/frame-reader.ts";
import { scanDatagram } from "../../server/mavlink/frame-scanner.ts";
import type { StationMessage } from "../../server/mavlink/station-message.ts";
import type { SystemAddress } from "../../server/mavlink/system-address.ts";
import { LossyLink, seededRandom, type LinkFaults } from "./lossy-link.ts";

export const station: SystemAddress = { sysid: 245, compid: 190 };
export const fleetHome = { latDeg: 22.2545, lngDeg: 114.13, altitudeAmslM: 4 };
const stepMs = 50;

export class SimulatedFleet {
  readonly drones: ReadonlyMap<number, VehicleSession>;
  nowMs = 0;
  private readonly encoder = createEncoder(station);
  private readonly random: () => number;
  private up: LossyLink;
  private down: LossyLink;

  constructor(sysids: readonly number[], faults: LinkFaults, seed: number) {
    this.random = seededRandom(seed);
    this.up = new LossyLink(faults, this.random);
    this.down = new LossyLink(faults, this.random);
    this.drones = new Map(
      sysids.map((sysid) => [sysid, createVehicleSession(sysid, fleetHome)] as const),
    );
  }

  drone(sysid: number): VehicleSession {
    const drone = this.drones.get(sysid);
    if (drone === undefined) throw new Error(`no drone ${sysid}`);
    return drone;
  }

  /** Starts the drone; flying: armed and 20 m above home. */
  prepare(sysid: number, state: "landed" | "armed" | "flying"): void {
    const drone = this.drone(sysid);
    drone.step(5_000);
    drone.order({ kind: "mode", mode: "GUIDED" });
    if (state === "landed") return;
    drone.order({ kind: "arm" });
    if (state === "armed") return;
    drone.order({ kind: "takeOff", heightAboveHomeM: 20 });
    drone.step(10_000);
  }

  send(target: SystemAddress, message: StationMessage): void {
    this.up.send(this.encoder.message(target, message), this.nowMs);
  }

  /** From now on the link is as told; what was on the way is lost. */
  mend(faults: LinkFaults): void {
    this.up = new LossyLink(faults, this.random);
    this.down = new LossyLink(faults, this.random);
  }

  /** 50 ms pass; hands over every frame that reaches us meanwhile. */
  step(onFrame: (frame: FrameView) => void): void {
    this.nowMs += stepMs;
    for (const drone of this.drones.values()) {
      for (const frame of drone.step(stepMs)) this.down.send(frame, this.nowMs);
    }
    for (const bytes of this.up.arrived(this.nowMs)) {
      for (const drone of this.drones.values()) {
        for (const frame of drone.receive(bytes)) this.down.send(frame, this.nowMs);
      }
    }
    for (const bytes of this.down.arrived(this.nowMs)) scanDatagram(bytes, onFrame);
  }
}
