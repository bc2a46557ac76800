// What we send to a vehicle in the command and mission micro-services, and its form on the wire.
// Made by the exchanges, written by node-mavlink through encode.ts.
import { common, type MavLinkData } from "mavlink-mappings";
import { missionTypes, type MissionItem, type MissionType } from "./mission-item.ts";
import type { SystemAddress } from "./system-address.ts";

export type CommandParams = readonly [
  p1: number,
  p2: number,
  p3: number,
  p4: number,
  p5: number,
  p6: number,
  p7: number,
];

/** COMMAND_LONG, with how often it was sent before. */
export interface CommandLongMessage {
  readonly kind: "commandLong";
  /** MAV_CMD. */
  readonly command: number;
  /** 0 at the first sending. */
  readonly confirmation: number;
  readonly params: CommandParams;
}

/** COMMAND_INT: params 5 and 6 are degrees times 1e7, so that no place is rounded. */
export interface CommandIntMessage {
  readonly kind: "commandInt";
  readonly command: number;
  /** MAV_FRAME. */
  readonly frame: number;
  readonly params: CommandParams;
}

export type MissionMessage =
  | { readonly kind: "missionCount"; readonly missionType: MissionType; readonly count: number }
  | {
      readonly kind: "missionItem";
      readonly missionType: MissionType;
      readonly seq: number;
      readonly item: MissionItem;
    }
  | { readonly kind: "missionRequest"; readonly missionType: MissionType; readonly seq: number }
  | { readonly kind: "missionRequestList"; readonly missionType: MissionType }
  | { readonly kind: "missionClearAll"; readonly missionType: MissionType }
  | {
      readonly kind: "missionAck";
      readonly missionType: MissionType;
      /** MAV_MISSION_RESULT. */
      readonly result: number;
    };

export type StationMessage = CommandLongMessage | CommandIntMessage | MissionMessage;

/** The message with its address, ready to be framed. */
export function toMavLinkData(target: SystemAddress, message: StationMessage): MavLinkData {
  const data = unaddressed(message);
  data.targetSystem = target.sysid;
  data.targetComponent = target.compid;
  return data;
}

type Addressed = MavLinkData & { targetSystem: number; targetComponent: number };

function unaddressed(message: StationMessage): Addressed {
  switch (message.kind) {
    case "commandLong":
      return Object.assign(new common.CommandLong(), {
        command: message.command,
        confirmation: message.confirmation,
        ...numbered(message.params),
      });
    case "commandInt":
      return Object.assign(new common.CommandInt(), {
        command: message.command,
        frame: message.frame,
        ...numbered(message.params),
      });
    case "missionCount":
      return typed(new common.MissionCount(), message, { count: message.count });
    case "missionItem":
      return missionItem(message);
    case "missionRequest":
      return typed(new common.MissionRequestInt(), message, { seq: message.seq });
    case "missionRequestList":
      return typed(new common.MissionRequestList(), message, {});
    case "missionClearAll":
      return typed(new common.MissionClearAll(), message, {});
    case "missionAck":
      return typed(new common.MissionAck(), message, { type: message.result });
  }
}

function missionItem(message: Extract<MissionMessage, { kind: "missionItem" }>): Addressed {
  const { frame, command, current, autocontinue, params, x, y, z } = message.item;
  const [param1, param2, param3, param4] = params;
  const place = { frame, command, current, autocontinue, x, y, z };
  const fields = { seq: message.seq, ...place, param1, param2, param3, param4 };
  return typed(new common.MissionItemInt(), message, fields);
}

function typed<Data extends Addressed>(
  data: Data,
  { missionType }: MissionMessage,
  fields: object,
): Data {
  const made: object = Object.assign(data, { missionType: missionTypes[missionType] }, fields);
  return made as Data;
}

function numbered(params: CommandParams): Record<string, number> {
  return Object.fromEntries(params.map((value, index) => [`_param${String(index + 1)}`, value]));
}
