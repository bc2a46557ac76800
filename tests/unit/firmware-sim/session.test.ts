import { expect, test } from "vitest";
import { common, minimal, type MavLinkData } from "mavlink-mappings";
import { MavLinkProtocolV2 } from "node-mavlink";
import { createVehicleSession } from "../../../firmware-sim/autopilot/session.ts";

const home = { latDeg: 22.2545, lngDeg: 114.13, altitudeAmslM: 4 };
const station = new MavLinkProtocolV2(245, 190);

function ids(frames: readonly Uint8Array[]): number[] {
  return frames.map((bytes) => station.header(Buffer.from(bytes)).msgid);
}

function command(number: common.MavCmd, first = 0, second = 0, seventh = 0): Uint8Array {
  const message = new common.CommandLong();
  message.targetSystem = 101;
  message.targetComponent = 1;
  message.command = number;
  message._param1 = first;
  message._param2 = second;
  message._param7 = seventh;
  return station.serialize(message, 0);
}

function run(session: ReturnType<typeof createVehicleSession>, seconds: number): Uint8Array[] {
  return Array.from({ length: seconds * 50 }, () => session.step(20)).flat();
}

function acknowledged(frames: readonly Uint8Array[]): number | undefined {
  for (const frame of frames) {
    const bytes = Buffer.from(frame);
    if (station.header(bytes).msgid !== common.CommandAck.MSG_ID) continue;
    return station.data(station.payload(bytes), common.CommandAck).result;
  }
  return undefined;
}

test("a vehicle that nobody asked sends heartbeats and nothing else", () => {
  const frames = run(createVehicleSession(101, home), 5);
  expect(ids(frames)).toEqual([0, 0, 0, 0, 0]);
});

test("a message asked for at 10 Hz comes ten times a second until the vehicle reboots", () => {
  const session = createVehicleSession(101, home);
  run(session, 4);
  const answer = session.receive(command(common.MavCmd.SET_MESSAGE_INTERVAL, 33, 100_000));
  expect(acknowledged(answer)).toBe(0);
  expect(ids(run(session, 2)).filter((id) => id === 33)).toHaveLength(20);
  session.receive(command(common.MavCmd.PREFLIGHT_REBOOT_SHUTDOWN, 1));
  expect(ids(run(session, 2))).toEqual([0, 0]);
});

test("a message the vehicle does not have is denied", () => {
  const session = createVehicleSession(101, home);
  const answer = session.receive(command(common.MavCmd.SET_MESSAGE_INTERVAL, 9999, 100_000));
  expect(acknowledged(answer)).toBe(2);
});

test("a stream asked for by group brings that group's messages", () => {
  const session = createVehicleSession(101, home);
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const request = new common.RequestDataStream();
  request.targetSystem = 101;
  request.reqStreamId = 2;
  request.reqMessageRate = 2;
  request.startStop = 1;
  session.receive(station.serialize(request, 0));
  const seen = ids(run(session, 2));
  expect(seen.filter((id) => id === 1)).toHaveLength(4);
  expect(seen.filter((id) => id === 24)).toHaveLength(4);
});

test("a request for another system, damage and garbage are left unanswered", () => {
  const session = createVehicleSession(102, home);
  expect(session.receive(command(common.MavCmd.COMPONENT_ARM_DISARM, 1))).toEqual([]);
  const damaged = Uint8Array.from(command(common.MavCmd.COMPONENT_ARM_DISARM, 1));
  damaged[12] = (damaged[12] ?? 0) ^ 0xff;
  expect(createVehicleSession(101, home).receive(damaged)).toEqual([]);
  expect(session.receive(new Uint8Array(40).fill(0xfd))).toEqual([]);
});

test("it arms once its position is known, takes off, and RTL lands it at home disarmed", () => {
  const session = createVehicleSession(101, home);
  const arm = command(common.MavCmd.COMPONENT_ARM_DISARM, 1);
  expect(acknowledged(session.receive(arm))).toBe(4);
  run(session, 4);
  session.receive(command(common.MavCmd.DO_SET_MODE, 1, 4));
  expect(acknowledged(session.receive(arm))).toBe(0);
  expect(acknowledged(session.receive(command(common.MavCmd.NAV_TAKEOFF, 0, 0, 20)))).toBe(0);
  run(session, 12);
  expect(session.autopilot().mass.upM).toBeCloseTo(20, 1);
  session.receive(command(common.MavCmd.NAV_RETURN_TO_LAUNCH));
  run(session, 30);
  expect(session.autopilot()).toMatchObject({ armed: false, mode: "RTL" });
  expect(session.autopilot().mass.upM).toBe(0);
});

test("an unknown command is answered as unsupported", () => {
  const session = createVehicleSession(101, home);
  expect(acknowledged(session.receive(command(common.MavCmd.DO_JUMP)))).toBe(3);
});

test("a change of mode is told by a heartbeat at once", () => {
  const session = createVehicleSession(101, home);
  run(session, 4);
  const answer = session.receive(command(common.MavCmd.DO_SET_MODE, 1, 5));
  const beat: MavLinkData | undefined = answer
    .map((frame) => Buffer.from(frame))
    .filter((bytes) => station.header(bytes).msgid === 0)
    .map((bytes) => station.data(station.payload(bytes), minimal.Heartbeat))[0];
  expect(beat).toMatchObject({ customMode: 5 });
});

/** Texts among the frames. */
function spoken(frames: readonly Uint8Array[]): string[] {
  return frames.flatMap((frame) => {
    const bytes = Buffer.from(frame);
    if (station.header(bytes).msgid !== common.StatusText.MSG_ID) return [];
    return [station.data(station.payload(bytes), common.StatusText).text];
  });
}

test("texts go only to a station that has sent its heartbeat", () => {
  const session = createVehicleSession(101, home);
  const noMode = command(common.MavCmd.DO_SET_MODE, 1, 99);
  expect(acknowledged(session.receive(noMode))).toBe(4);
  expect(spoken(session.receive(noMode))).toEqual([]);
  session.receive(station.serialize(new minimal.Heartbeat(), 0));
  expect(spoken(session.receive(noMode))).toEqual(["No such mode 99"]);
  expect(acknowledged(session.receive(command(common.MavCmd.DO_SET_MODE, 0, 4)))).toBe(2);
});

test("a place is taken as COMMAND_INT, and the drone flies there in GUIDED", () => {
  const session = createVehicleSession(101, home);
  run(session, 4);
  session.order({ kind: "mode", mode: "GUIDED" });
  session.order({ kind: "arm" });
  session.order({ kind: "takeOff", heightAboveHomeM: 10 });
  run(session, 8);
  session.order({ kind: "mode", mode: "BRAKE" });
  expect(acknowledged(session.receive(command(common.MavCmd.DO_REPOSITION)))).toBe(8);
  const message = Object.assign(new common.CommandInt(), {
    targetSystem: 101,
    command: common.MavCmd.DO_REPOSITION,
    frame: common.MavFrame.GLOBAL_RELATIVE_ALT_INT,
    _param5: Math.round((home.latDeg + 0.0002) * 1e7),
    _param6: Math.round(home.lngDeg * 1e7),
    _param7: 15,
  });
  expect(acknowledged(session.receive(station.serialize(message, 0)))).toBe(0);
  run(session, 6);
  const { mode, mass } = session.autopilot();
  expect(mode).toBe("GUIDED");
  expect(mass.northM).toBeCloseTo(22.2, 0);
  expect(mass.upM).toBeCloseTo(15, 1);
});

test("an upload that stops is asked for each second and given up after eight", () => {
  const session = createVehicleSession(101, home);
  session.receive(station.serialize(new minimal.Heartbeat(), 0));
  const count = Object.assign(new common.MissionCount(), {
    targetSystem: 101,
    count: 3,
    missionType: common.MavMissionType.FENCE,
  });
  const asked = 40; // MISSION_REQUEST
  expect(ids(session.receive(station.serialize(count, 0)))).toEqual([asked]);
  const frames = run(session, 10);
  expect(ids(frames).filter((id) => id === asked)).toHaveLength(7);
  expect(spoken(frames)).toEqual(["Fence upload timeout"]);
});
