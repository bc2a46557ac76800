// What a vehicle answers in the command and mission micro-services, read from its frames.
// Called by the ingest process for every frame of a vehicle; most frames are none of these.
import { definitionNamed } from "./dialect.ts";
import type { FrameView } from "./frame-reader.ts";
import { fieldOf } from "./message-definition.ts";
import { missionTypes, type MissionItem, type MissionType } from "./mission-item.ts";
import { payloadOf } from "./payload-view.ts";
import type { SystemAddress } from "./system-address.ts";

interface Addressed {
  readonly from: SystemAddress;
  /** 0 where the message does not say (COMMAND_ACK in MAVLink 1). */
  readonly to: SystemAddress;
}

/** COMMAND_ACK. */
export interface CommandAckMessage extends Addressed {
  readonly kind: "commandAck";
  /** MAV_CMD. */
  readonly command: number;
  /** MAV_RESULT. */
  readonly result: number;
  /** 0..100; null where the vehicle does not say. */
  readonly progressPercent: number | null;
}

/** The vehicle's half of the mission protocol. */
export type VehicleMissionMessage = Addressed & { readonly missionType: MissionType } & (
    | { readonly kind: "missionCount"; readonly count: number }
    | { readonly kind: "missionRequest"; readonly seq: number }
    | { readonly kind: "missionItem"; readonly seq: number; readonly item: MissionItem }
    | { readonly kind: "missionAck"; readonly result: number }
  );

export type VehicleMessage = CommandAckMessage | VehicleMissionMessage;

type Reader = (view: DataView, from: SystemAddress) => VehicleMessage | undefined;

const readers = new Map<number, Reader>();

/** The answer a frame carries; undefined for every other message. */
export function readVehicleMessage(frame: FrameView): VehicleMessage | undefined {
  const read = readers.get(frame.messageId);
  if (read === undefined) return undefined;
  return read(payloadOf(frame), { sysid: frame.sysid, compid: frame.compid });
}

/** Offsets of the named fields, looked up once: a wrong name fails at start. */
function offsets<Name extends string>(
  message: string,
  names: readonly Name[],
): Record<Name | "target_system" | "target_component", number> {
  const definition = definitionNamed(message);
  const wanted = [...names, "target_system", "target_component"] as const;
  const entries = wanted.map((name) => [name, fieldOf(definition, name).offset] as const);
  return Object.fromEntries(entries) as Record<(typeof wanted)[number], number>;
}

type Target = Record<"target_system" | "target_component", number>;

function addressee(view: DataView, at: Target): SystemAddress {
  return { sysid: view.getUint8(at.target_system), compid: view.getUint8(at.target_component) };
}

function missionTypeOf(number: number): MissionType | undefined {
  const entry = Object.entries(missionTypes).find(([, value]) => value === number);
  return entry?.[0] as MissionType | undefined;
}

const progressUnknownMin = 101;
const ack = offsets("COMMAND_ACK", ["command", "result", "progress"]);

readers.set(definitionNamed("COMMAND_ACK").id, (view, from) => {
  const progress = view.getUint8(ack.progress);
  return {
    kind: "commandAck",
    from,
    to: addressee(view, ack),
    command: view.getUint16(ack.command, true),
    result: view.getUint8(ack.result),
    progressPercent: progress >= progressUnknownMin ? null : progress,
  };
});

const count = offsets("MISSION_COUNT", ["count", "mission_type"]);

readers.set(definitionNamed("MISSION_COUNT").id, (view, from) => {
  const missionType = missionTypeOf(view.getUint8(count.mission_type));
  if (missionType === undefined) return undefined;
  const to = addressee(view, count);
  return { kind: "missionCount", from, to, missionType, count: view.getUint16(count.count, true) };
});

// An ArduPilot asks with the old MISSION_REQUEST and takes the answer in integers all the same.
for (const name of ["MISSION_REQUEST", "MISSION_REQUEST_INT"]) {
  const request = offsets(name, ["seq", "mission_type"]);
  readers.set(definitionNamed(name).id, (view, from) => {
    const missionType = missionTypeOf(view.getUint8(request.mission_type));
    if (missionType === undefined) return undefined;
    const to = addressee(view, request);
    return {
      kind: "missionRequest",
      from,
      to,
      missionType,
      seq: view.getUint16(request.seq, true),
    };
  });
}

const result = offsets("MISSION_ACK", ["type", "mission_type"]);

readers.set(definitionNamed("MISSION_ACK").id, (view, from) => {
  const missionType = missionTypeOf(view.getUint8(result.mission_type));
  if (missionType === undefined) return undefined;
  const to = addressee(view, result);
  return { kind: "missionAck", from, to, missionType, result: view.getUint8(result.type) };
});

const item = offsets("MISSION_ITEM_INT", [
  "seq",
  "frame",
  "command",
  "current",
  "autocontinue",
  "param1",
  "param2",
  "param3",
  "param4",
  "x",
  "y",
  "z",
  "mission_type",
]);

readers.set(definitionNamed("MISSION_ITEM_INT").id, (view, from) => {
  const missionType = missionTypeOf(view.getUint8(item.mission_type));
  if (missionType === undefined) return undefined;
  const param = (offset: number): number => view.getFloat32(offset, true);
  return {
    kind: "missionItem",
    from,
    to: addressee(view, item),
    missionType,
    seq: view.getUint16(item.seq, true),
    item: {
      frame: view.getUint8(item.frame),
      command: view.getUint16(item.command, true),
      current: view.getUint8(item.current),
      autocontinue: view.getUint8(item.autocontinue),
      params: [param(item.param1), param(item.param2), param(item.param3), param(item.param4)],
      x: view.getInt32(item.x, true),
      y: view.getInt32(item.y, true),
      z: param(item.z),
    },
  };
});
