// The mission protocol as an ArduCopter 4.6 answers it, its refusals and its words included:
// missions, fences and rally points are taken, given back and cleared. Called by the session.
import { common, type MavLinkData } from "mavlink-mappings";
import type { SpokenText } from "./commands.ts";
import type { Asker, Request } from "./requests.ts";
import { checkFence, fenceItemsMax, isFenceCommand } from "./stored-fence.ts";

const askAgainAfterMs = 1_000;
const uploadSilenceMsMax = 8_000;
const { INFO: info, WARNING: warning } = common.MavSeverity;
const result = common.MavMissionResult;

/** What is taken at the moment. */
interface Upload {
  readonly from: Asker;
  readonly type: common.MavMissionType;
  readonly count: number;
  readonly items: common.MissionItemInt[];
  itemAtMs: number;
  askedAtMs: number;
}

/** The vehicle's answer: messages, and texts behind them. */
export interface MissionAnswer {
  readonly messages: MavLinkData[];
  readonly texts: SpokenText[];
}

const nothing: MissionAnswer = { messages: [], texts: [] };

export class MissionStore {
  private readonly stored = new Map<common.MavMissionType, readonly common.MissionItemInt[]>();
  private upload: Upload | undefined;
  /** Item 0 of a mission given back is the vehicle's own home. */
  private readonly homeItem: common.MissionItemInt;

  constructor(homeItem: common.MissionItemInt) {
    this.homeItem = homeItem;
  }

  /** Answers one message of the protocol; undefined where the message is no part of it. */
  answer({ from, message }: Request, nowMs: number): MissionAnswer | undefined {
    if (message instanceof common.MissionCount) return this.begin(from, message, nowMs);
    if (message instanceof common.MissionItemInt) return this.take(from, message, nowMs);
    if (message instanceof common.MissionClearAll) return this.clear(from, message.missionType);
    if (message instanceof common.MissionRequestList) return this.list(from, message.missionType);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- still asked with by some
    if (message instanceof common.MissionRequestInt || message instanceof common.MissionRequest) {
      return this.give(from, message.missionType, message.seq);
    }
    return message instanceof common.MissionAck ? nothing : undefined;
  }

  /** Asks again for what has not come; gives up after eight seconds. */
  tick(nowMs: number): MissionAnswer {
    const { upload } = this;
    if (upload === undefined) return nothing;
    const { from, type } = upload;
    if (nowMs - upload.itemAtMs >= uploadSilenceMsMax) {
      this.upload = undefined;
      const text = `${nameOf(type)} upload timeout`;
      return { messages: [ack(from, type, result.OPERATION_CANCELLED)], texts: [says(text)] };
    }
    if (nowMs - upload.askedAtMs < askAgainAfterMs) return nothing;
    upload.askedAtMs = nowMs;
    return only(request(from, type, upload.items.length));
  }

  private begin(from: Asker, message: common.MissionCount, nowMs: number): MissionAnswer {
    const { missionType: type, count } = message;
    if (this.isBusyFor(from)) return only(ack(from, type, result.DENIED));
    if (count === 0) return this.clear(from, type);
    if (type === common.MavMissionType.FENCE && count > fenceItemsMax) {
      const text = `Only ${String(fenceItemsMax)} items are supported`;
      return { messages: [ack(from, type, result.NO_SPACE)], texts: [says(text)] };
    }
    this.upload = { from, type, count, items: [], itemAtMs: nowMs, askedAtMs: nowMs };
    return only(request(from, type, 0));
  }

  private take(from: Asker, item: common.MissionItemInt, nowMs: number): MissionAnswer {
    const { upload } = this;
    const { missionType: type, seq } = item;
    if (upload === undefined || upload.type !== type) return only(ack(from, type, result.ERROR));
    if (this.isBusyFor(from)) return only(ack(from, type, result.DENIED));
    if (seq !== upload.items.length) return only(ack(from, type, result.INVALID_SEQUENCE));
    if (type === common.MavMissionType.FENCE && !isFenceCommand(item.command)) {
      this.upload = undefined;
      return only(ack(from, type, result.UNSUPPORTED));
    }
    upload.items.push(item);
    upload.itemAtMs = nowMs;
    upload.askedAtMs = nowMs;
    if (upload.items.length < upload.count) {
      return only(request(from, type, upload.items.length));
    }
    this.upload = undefined;
    return this.keep(from, type, upload.items);
  }

  private keep(
    from: Asker,
    type: common.MavMissionType,
    items: readonly common.MissionItemInt[],
  ): MissionAnswer {
    const fault = type === common.MavMissionType.FENCE ? checkFence(items) : undefined;
    if (fault !== undefined) {
      const texts = [says(fault), says("Fence validation failed")];
      return { messages: [ack(from, type, result.ERROR)], texts };
    }
    this.stored.set(type, items);
    const texts =
      type === common.MavMissionType.FENCE
        ? [{ severity: info, text: "Fence Indexed OK" }]
        : type === common.MavMissionType.MISSION
          ? [{ severity: info, text: "Flight plan received" }]
          : [];
    return { messages: [ack(from, type, result.ACCEPTED)], texts };
  }

  private clear(from: Asker, type: common.MavMissionType): MissionAnswer {
    if (this.isBusyFor(from)) return only(ack(from, type, result.DENIED));
    this.upload = undefined;
    this.stored.delete(type);
    return only(ack(from, type, result.ACCEPTED));
  }

  private list(from: Asker, type: common.MavMissionType): MissionAnswer {
    if (this.upload !== undefined) return only(ack(from, type, result.DENIED));
    const message = new common.MissionCount();
    Object.assign(message, addressed(from, type), { count: this.itemsOf(type).length });
    return only(message);
  }

  private give(from: Asker, type: common.MavMissionType, seq: number): MissionAnswer {
    const item = this.itemsOf(type)[seq];
    if (item === undefined) return only(ack(from, type, result.INVALID_SEQUENCE));
    const message = Object.assign(new common.MissionItemInt(), item, addressed(from, type), {
      seq,
    });
    if (type === common.MavMissionType.FENCE) message.frame = common.MavFrame.GLOBAL;
    return only(message);
  }

  private itemsOf(type: common.MavMissionType): readonly common.MissionItemInt[] {
    const items = this.stored.get(type) ?? [];
    const isMission = type === common.MavMissionType.MISSION && items.length > 0;
    return isMission ? [this.homeItem, ...items.slice(1)] : items;
  }

  /** Another station's upload is under way. */
  private isBusyFor({ sysid, compid }: Asker): boolean {
    const busy = this.upload?.from;
    return busy !== undefined && (busy.sysid !== sysid || busy.compid !== compid);
  }
}

function request(to: Asker, type: common.MavMissionType, seq: number): MavLinkData {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- an ArduCopter asks with it
  return Object.assign(new common.MissionRequest(), addressed(to, type), { seq });
}

function ack(to: Asker, type: common.MavMissionType, code: common.MavMissionResult): MavLinkData {
  return Object.assign(new common.MissionAck(), addressed(to, type), { type: code });
}

function addressed({ sysid, compid }: Asker, missionType: common.MavMissionType): object {
  return { targetSystem: sysid, targetComponent: compid, missionType };
}

function only(message: MavLinkData): MissionAnswer {
  return { messages: [message], texts: [] };
}

function says(text: string): SpokenText {
  return { severity: warning, text };
}

function nameOf(type: common.MavMissionType): string {
  if (type === common.MavMissionType.FENCE) return "Fence";
  return type === common.MavMissionType.RALLY ? "Rally" : "Mission";
}
