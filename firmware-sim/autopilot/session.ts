// One simulated vehicle on one link: time and requests in, frames out. Pure but for the encoder's
// sequence number; the UDP adapter and tests drive it alike.
import { common, minimal, type MavLinkData } from "mavlink-mappings";
import { MavLinkProtocolV2 } from "node-mavlink";
import { bootedAutopilot, isOnGround, obey, stepAutopilot } from "./autopilot.ts";
import type { Autopilot, Order } from "./autopilot.ts";
import { readCommand, refusalTexts, toCommand, type SpokenText } from "./commands.ts";
import { commandAck, heartbeat, homeItem, statusText, streamed } from "./messages.ts";
import { MissionStore, type MissionAnswer } from "./mission-store.ts";
import { readRequest, type Request } from "./requests.ts";
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
    home,
    autopilot: bootedAutopilot(),
    streams: noStreams,
    missions: new MissionStore(homeItem(home)),
    isGreeted: false,
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
      return [...frames, ...framed(vehicle, vehicle.missions.tick(now.sinceBootMs))];
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
  readonly home: Home;
  autopilot: Autopilot;
  streams: Streams;
  /** Kept over a reboot, as in an autopilot's own memory. */
  readonly missions: MissionStore;
  /** A ground station has sent its heartbeat here: it gets texts from now on. */
  isGreeted: boolean;
}

function answer(vehicle: Vehicle, request: Request): Uint8Array[] {
  const { from, message } = request;
  if (message instanceof common.CommandLong || message instanceof common.CommandInt) {
    return answerCommand(vehicle, message, from);
  }
  if (message instanceof minimal.Heartbeat) {
    vehicle.isGreeted = true;
    return [];
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what many stations still send
  if (message instanceof common.RequestDataStream) {
    const rateHz = message.startStop ? message.reqMessageRate : 0;
    vehicle.streams = withGroup(vehicle.streams, message.reqStreamId, rateHz);
    return [];
  }
  const answered = vehicle.missions.answer(request, vehicle.autopilot.sinceBootMs);
  return answered === undefined ? [] : framed(vehicle, answered);
}

function answerCommand(
  vehicle: Vehicle,
  message: common.CommandLong | common.CommandInt,
  from: Request["from"],
): Uint8Array[] {
  const reply = (code: common.MavResult): Uint8Array =>
    vehicle.encode(commandAck(message.command, code, from));
  const setting = streamSetting(message);
  if (setting) {
    const next = withInterval(vehicle.streams, setting.messageId, setting.intervalUs);
    vehicle.streams = next ?? vehicle.streams;
    return [reply(next ? result.ACCEPTED : result.DENIED)];
  }
  const reading = readCommand(toCommand(message), vehicle.home);
  if (reading.kind === "refused") {
    return [reply(reading.result), ...spoken(vehicle, reading.texts)];
  }
  const { order } = reading;
  // The answer to a reboot leaves before the reboot, with the old sequence number.
  if (order.kind === "reboot" && isOnGround(vehicle.autopilot)) {
    const last = reply(result.ACCEPTED);
    follow(vehicle, order);
    return [last];
  }
  const { code, frames } = follow(vehicle, order);
  const texts = code === result.ACCEPTED ? [] : refusalTexts(order, vehicle.autopilot);
  return [reply(code), ...frames, ...spoken(vehicle, texts)];
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
    vehicle.isGreeted = false;
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

function framed(vehicle: Vehicle, { messages, texts }: MissionAnswer): Uint8Array[] {
  const frames = messages.map((message) => vehicle.encode(message));
  return [...frames, ...spoken(vehicle, texts)];
}

/** Texts behind their answer, and only to a station that says it is there. */
function spoken(vehicle: Vehicle, texts: readonly SpokenText[]): Uint8Array[] {
  if (!vehicle.isGreeted) return [];
  return texts.map(({ severity, text }) => vehicle.encode(statusText(severity, text)));
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
  message: common.CommandLong | common.CommandInt,
): { readonly messageId: number; readonly intervalUs: number } | undefined {
  if (message.command !== common.MavCmd.SET_MESSAGE_INTERVAL) return undefined;
  return { messageId: message._param1, intervalUs: message._param2 };
}
