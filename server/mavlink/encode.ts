// The MAVLink 2 frames we send ourselves. Written by node-mavlink, so that our own decoder is
// never the judge of what our encoder wrote. Called by the ingest process.

import { common, minimal } from "mavlink-mappings";
import { MavLinkProtocolV2 } from "node-mavlink";
import { toMavLinkData, type StationMessage } from "./station-message.ts";
import type { SystemAddress } from "./system-address.ts";

export interface EncoderIdentity {
  /** 1 to 255. */
  readonly sysid: number;
  readonly compid: number;
}

export interface Encoder {
  /** Our own presence, as a ground station; an autopilot talks freely only to who sends these. */
  heartbeat(): Uint8Array;
  /** Asks for one message at a steady rate. `intervalUs` 0: the default rate, -1: never. */
  setMessageInterval(
    targetSysid: number,
    targetCompid: number,
    messageId: number,
    intervalUs: number,
  ): Uint8Array;
  /** Asks for one message once. */
  requestMessage(targetSysid: number, targetCompid: number, messageId: number): Uint8Array;
  /**
   * Gives an autopilot its signing key (SETUP_SIGNING, 256), in clear as the message is made; 32
   * zeros with stamp 0 switch signing off. It is never answered.
   */
  setupSigning(
    targetSysid: number,
    targetCompid: number,
    key: Uint8Array,
    initialStamp: number,
  ): Uint8Array;
  /** Asks for one of ArduPilot's groups of messages; `rateHz` 0 stops it. It is never answered. */
  requestDataStream(
    targetSysid: number,
    targetCompid: number,
    streamId: number,
    rateHz: number,
  ): Uint8Array;
  /** A message of the command or mission micro-service to one component of one vehicle. */
  message(target: SystemAddress, message: StationMessage): Uint8Array;
}

/** Frames in our name, each with the next sequence number, from 0 and over again after 255. */
export function createEncoder({ sysid, compid }: EncoderIdentity): Encoder {
  const protocol = new MavLinkProtocolV2(sysid, compid);
  let sequence = 0;

  function frame(message: Parameters<MavLinkProtocolV2["serialize"]>[0]): Uint8Array {
    const bytes = protocol.serialize(message, sequence);
    sequence = (sequence + 1) & 0xff;
    return bytes;
  }

  return {
    heartbeat: () => frame(groundStationHeartbeat()),
    setMessageInterval: (targetSysid, targetCompid, messageId, intervalUs) => {
      const command = commandLong(targetSysid, targetCompid, common.MavCmd.SET_MESSAGE_INTERVAL);
      command._param1 = messageId;
      command._param2 = intervalUs;
      return frame(command);
    },
    requestMessage: (targetSysid, targetCompid, messageId) => {
      const command = commandLong(targetSysid, targetCompid, common.MavCmd.REQUEST_MESSAGE);
      command._param1 = messageId;
      return frame(command);
    },
    setupSigning: (targetSysid, targetCompid, key, initialStamp) => {
      const setup = new common.SetupSigning();
      setup.targetSystem = targetSysid;
      setup.targetComponent = targetCompid;
      setup.secretKey = [...key];
      setup.initialTimestamp = BigInt(initialStamp);
      return frame(setup);
    },
    requestDataStream: (targetSysid, targetCompid, streamId, rateHz) => {
      // Deprecated in MAVLink, but what ArduPilot understands in every release.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      const request = new common.RequestDataStream();
      request.targetSystem = targetSysid;
      request.targetComponent = targetCompid;
      request.reqStreamId = streamId;
      request.reqMessageRate = rateHz;
      request.startStop = rateHz > 0 ? 1 : 0;
      return frame(request);
    },
    message: (target, message) => frame(toMavLinkData(target, message)),
  };
}

function groundStationHeartbeat(): minimal.Heartbeat {
  const heartbeat = new minimal.Heartbeat();
  heartbeat.type = minimal.MavType.GCS;
  heartbeat.autopilot = minimal.MavAutopilot.INVALID;
  heartbeat.systemStatus = minimal.MavState.ACTIVE;
  heartbeat.mavlinkVersion = 3;
  return heartbeat;
}

function commandLong(
  targetSysid: number,
  targetCompid: number,
  command: common.MavCmd,
): common.CommandLong {
  const message = new common.CommandLong();
  message.targetSystem = targetSysid;
  message.targetComponent = targetCompid;
  message.command = command;
  return message;
}
