// Gives a drone its signing key, or switches its signing off, and tells how far that has come. The
// drone answers nothing: that its next frames are signed is the only proof. Called by
// answer-asks.ts and the ingest tick.
import { linkState } from "../domain/flight/link-health.ts";
import type { AnswerOf } from "../cluster/ingest-ask.ts";
import type { Encoder } from "../mavlink/encode.ts";
import { signingKeyBytes } from "../mavlink/signing.ts";
import type { TelemetryFlow } from "../telemetry-flow.ts";
import { nameOf } from "../telemetry/vehicle-name.ts";
import { isFlying, type VehicleSession } from "../telemetry/vehicle-session.ts";
import type { OwnStamps } from "./own-stamps.ts";
import type { SignatureGate } from "./signature-gate.ts";
import type { Transmit } from "./signed-sending.ts";

/** The message is sent up to three times: datagrams get lost, and it does no harm twice. */
const sendsMax = 3;
const sendAgainMs = 2_000;
/** What has not shown by then is told as not seen. */
export const setupWaitMsMax = 10_000;

type Act = "send" | "disable";
type StartAnswer = AnswerOf<"setupSigning">;
type StateAnswer = AnswerOf<"signingState">;

interface Setup {
  readonly act: Act;
  readonly startedAtMs: number;
  sends: number;
  lastSentAtMs: number;
  outcome: "waiting" | "done" | "notSeen";
}

export interface SetupPorts {
  readonly flow: Pick<TelemetryFlow, "plan" | "sessions" | "isRefused">;
  readonly gate: Pick<SignatureGate, "newestKeyOf">;
  readonly encoder: Pick<Encoder, "setupSigning">;
  readonly stamps: Pick<OwnStamps, "next">;
  readonly transmit: Transmit;
}

export interface SigningSetup {
  start(aircraftId: string, act: Act, nowMs: number): StartAnswer;
  state(aircraftId: string, nowMs: number): StateAnswer;
  tick(nowMs: number): void;
}

export function createSigningSetup(ports: SetupPorts): SigningSetup {
  const { flow, gate } = ports;
  /** The newest of each aircraft since the start; no more than are registered. */
  const setups = new Map<string, Setup>();

  function start(aircraftId: string, act: Act, nowMs: number): StartAnswer {
    if (gate.newestKeyOf(aircraftId) === undefined) return { kind: "refused", reason: "noKey" };
    const found = vehicleOf(flow, aircraftId, nowMs);
    if (typeof found === "string") return { kind: "refused", reason: found };
    const setup = {
      act,
      startedAtMs: nowMs,
      sends: 0,
      lastSentAtMs: 0,
      outcome: "waiting",
    } as const;
    if (!send(aircraftId, { ...setup }, found, nowMs))
      return { kind: "refused", reason: "noStamp" };
    return { kind: "sent", atMs: nowMs };
  }

  function send(aircraftId: string, setup: Setup, vehicle: VehicleSession, nowMs: number): boolean {
    const { sysid, compid, link } = vehicle;
    const key = gate.newestKeyOf(aircraftId)?.bytes;
    const stamp = setup.act === "disable" ? 0 : ports.stamps.next(nowMs);
    if (key === undefined || stamp === undefined || link === undefined) return false;
    const given = setup.act === "disable" ? new Uint8Array(signingKeyBytes) : key;
    ports.transmit(ports.encoder.setupSigning(sysid, compid, given, stamp), link.address);
    setup.sends += 1;
    setup.lastSentAtMs = nowMs;
    setups.set(aircraftId, setup);
    return true;
  }

  /** True once a frame after the first sending shows what was asked for. */
  function hasShown(aircraftId: string, { act, startedAtMs }: Setup): boolean {
    if (act === "send") return (gate.newestKeyOf(aircraftId)?.verifiedAtMs ?? 0) > startedAtMs;
    const vehicle = heardAs(flow, aircraftId);
    return vehicle?.signing === "unsigned" && vehicle.lastFrameAtMs > startedAtMs;
  }

  return {
    start,
    state(aircraftId, nowMs) {
      const vehicle = heardAs(flow, aircraftId);
      const sysid = flow.plan.registry.find((one) => one.aircraftId === aircraftId)?.sysid;
      const isRefused = sysid !== undefined && flow.isRefused(sysid);
      const isHeard = vehicle !== undefined && isLive(vehicle, nowMs);
      const setup = setups.get(aircraftId);
      return {
        frames: isRefused ? "refused" : isHeard ? (vehicle.signing ?? "notChecked") : "notHeard",
        mayBeArmed: vehicle !== undefined && mayBeArmed(vehicle),
        setup: setup === undefined ? null : { ...setup },
      };
    },
    tick(nowMs) {
      for (const [aircraftId, setup] of setups) {
        if (setup.outcome !== "waiting") continue;
        if (hasShown(aircraftId, setup)) setup.outcome = "done";
        else if (nowMs - setup.startedAtMs >= setupWaitMsMax) setup.outcome = "notSeen";
        else if (setup.sends < sendsMax && nowMs - setup.lastSentAtMs >= sendAgainMs) {
          const vehicle = vehicleOf(flow, aircraftId, nowMs);
          if (typeof vehicle !== "string") send(aircraftId, setup, vehicle, nowMs);
        }
      }
    },
  };
}

type Refusal = Extract<StartAnswer, { kind: "refused" }>["reason"];

/** The one vehicle that is heard as this aircraft, on the ground; or why it may not be set up. */
function vehicleOf(
  flow: SetupPorts["flow"],
  aircraftId: string,
  nowMs: number,
): VehicleSession | Refusal {
  const vehicle = heardAs(flow, aircraftId);
  if (vehicle === undefined || !isLive(vehicle, nowMs)) return "notHeard";
  for (const other of flow.sessions()) {
    if (other.isTwin && other.sysid === vehicle.sysid) return "ambiguous";
  }
  return mayBeArmed(vehicle) ? "armed" : vehicle;
}

function heardAs(flow: SetupPorts["flow"], aircraftId: string): VehicleSession | undefined {
  for (const session of flow.sessions()) {
    if (nameOf(session, flow.plan).aircraftId === aircraftId) return session;
  }
  return undefined;
}

function isLive({ track, link }: VehicleSession, nowMs: number): boolean {
  return link !== undefined && linkState(nowMs - track.heartbeatAtMs) === "live";
}

/** An autopilot refuses in the air without a word; one that has not said is taken as armed. */
function mayBeArmed(session: VehicleSession): boolean {
  return isFlying(session) || session.track.heartbeat?.armed !== false;
}
