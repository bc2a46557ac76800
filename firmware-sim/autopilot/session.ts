// One simulated vehicle on one link: time and requests in, frames out. Pure but for the encoder's
// sequence number; the UDP adapter and tests drive it alike.
import { common, type MavLinkData } from "mavlink-mappings";
import { MavLinkProtocolV2 } from "node-mavlink";
import {
  bootedAutopilot,
  copterMode,
  isOnGround,
  obey,
  stepAutopilot,
  type Autopilot,
  type CopterMode,
  type Order,
} from "./autopilot.ts";
import { commandAck, heartbeat, readRequest, streamed, type Request } from "./messages.ts";
import { dueMessages, noStreams, withGroup, withInterval, type Streams } from "./streams.ts";
import type { Home } from "../vehicle/home.ts";

export interface VehicleSession {
  autopilot(): Autopilot;
  /** Moves time on and returns the frames sent meanwhile. */
  step(stepMs: number): Uint8Array[];
  /** Takes one received datagram and returns the answers. */
  receive(datagram: Uint8Array): Uint8Array[];
  /** An order from the vehicle's own pilot, not over the link; returns the frames it makes. */
  order(order: Order): Uint8Array[];
}

const autopilotCompid = 1;
const heartbeatEveryMs = 1000;
/** MAV_RESULT. */
const result = common.MavResult;

export function createVehicleSession(sysid: number, home: Home): VehicleSession {
  const vehicle: Vehicle = {
    ...createWriter(sysid),
    autopilot: bootedAutopilot(),
    streams: noStreams,
  };
  return {
    autopilot: () => vehicle.autopilot,
    step(stepMs) {
      const before = vehicle.autopilot;
      const now = stepAutopilot(before, stepMs);
      vehicle.autopilot = now;
      const frames = isHeartbeatDue(before, now) ? [vehicle.encode(heartbeat(now))] : [];
      for (const id of dueMessages(vehicle.streams, now.sinceBootMs, stepMs)) {
        const message = streamed(id, now, home);
        if (message) frames.push(vehicle.encode(message));
      }
      return frames;
    },
    receive(datagram) {
      const request = readRequest(datagram, sysid);
      return request === undefined ? [] : answer(vehicle, request);
    },
    order: (order) => follow(vehicle, order).frames,
  };
}

/** What changes as the vehicle lives. */
interface Vehicle extends Writer {
  autopilot: Autopilot;
  streams: Streams;
}

function answer(vehicle: Vehicle, { from, message }: Request): Uint8Array[] {
  if (!(message instanceof common.CommandLong)) {
    const rateHz = message.startStop ? message.reqMessageRate : 0;
    vehicle.streams = withGroup(vehicle.streams, message.reqStreamId, rateHz);
    return [];
  }
  const reply = (code: common.MavResult): Uint8Array =>
    vehicle.encode(commandAck(message.command, code, from));
  const setting = streamSetting(message);
  if (setting) {
    const next = withInterval(vehicle.streams, setting.messageId, setting.intervalUs);
    vehicle.streams = next ?? vehicle.streams;
    return [reply(next ? result.ACCEPTED : result.DENIED)];
  }
  const order = orderOf(message);
  if (order === undefined) return [reply(result.UNSUPPORTED)];
  // The answer to a reboot leaves before the reboot, with the old sequence number.
  if (order.kind === "reboot" && isOnGround(vehicle.autopilot)) {
    const last = reply(result.ACCEPTED);
    follow(vehicle, order);
    return [last];
  }
  const { code, frames } = follow(vehicle, order);
  return [reply(code), ...frames];
}

interface Followed {
  readonly code: common.MavResult;
  readonly frames: Uint8Array[];
}

/** Obeys; a change of mode is told by a heartbeat at once, as ArduPilot does. */
function follow(vehicle: Vehicle, order: Order): Followed {
  const before = vehicle.autopilot.mode;
  const { autopilot, obeyed } = obey(vehicle.autopilot, order);
  vehicle.autopilot = autopilot;
  const code = obeyed ? result.ACCEPTED : result.FAILED;
  if (order.kind === "reboot" && obeyed) {
    vehicle.streams = noStreams;
    vehicle.restart();
    return { code, frames: [] };
  }
  const changed = autopilot.mode !== before;
  return { code, frames: changed ? [vehicle.encode(heartbeat(autopilot))] : [] };
}

/** Once a second, and at once with every change of mode. */
function isHeartbeatDue(before: Autopilot, now: Autopilot): boolean {
  const beats = ({ sinceBootMs }: Autopilot): number => Math.floor(sinceBootMs / heartbeatEveryMs);
  return beats(now) > beats(before) || now.mode !== before.mode;
}

interface Writer {
  readonly encode: (message: MavLinkData) => Uint8Array;
  readonly restart: () => void;
}

/** Frames of this vehicle with rising sequence numbers, from 0 again after a reboot. */
function createWriter(sysid: number): Writer {
  const protocol = new MavLinkProtocolV2(sysid, autopilotCompid);
  let sequence = 0;
  return {
    encode(message) {
      const bytes = protocol.serialize(message, sequence);
      sequence = (sequence + 1) & 0xff;
      return bytes;
    },
    restart() {
      sequence = 0;
    },
  };
}

function streamSetting(
  command: common.CommandLong,
): { readonly messageId: number; readonly intervalUs: number } | undefined {
  if (command.command !== common.MavCmd.SET_MESSAGE_INTERVAL) return undefined;
  return { messageId: command._param1, intervalUs: command._param2 };
}

function orderOf(command: common.CommandLong): Order | undefined {
  switch (command.command) {
    case common.MavCmd.COMPONENT_ARM_DISARM:
      return { kind: command._param1 === 1 ? "arm" : "disarm" };
    case common.MavCmd.NAV_TAKEOFF:
      return { kind: "takeOff", heightAboveHomeM: command._param7 };
    case common.MavCmd.NAV_RETURN_TO_LAUNCH:
      return { kind: "mode", mode: "RTL" };
    case common.MavCmd.NAV_LAND:
      return { kind: "mode", mode: "LAND" };
    case common.MavCmd.NAV_LOITER_UNLIM:
      return { kind: "mode", mode: "LOITER" };
    case common.MavCmd.DO_SET_MODE:
      return modeOrder(command._param2);
    case common.MavCmd.PREFLIGHT_REBOOT_SHUTDOWN:
      return command._param1 === 1 ? { kind: "reboot" } : undefined;
    default:
      return undefined;
  }
}

function modeOrder(number: number): Order | undefined {
  const entry = Object.entries(copterMode).find(([, value]) => value === number);
  return entry ? { kind: "mode", mode: entry[0] as CopterMode } : undefined;
}
