// Who must sign, whose signature counts, and what a restart remembers: frames of a planned
// aircraft through the gate, and a real signed flight through the whole telemetry flow.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { PlannedSigning, WatchPlan } from "../../../../contract/wire/watch-plan.ts";
import { openHeardStamps, type HeardStamps } from "../../../../server/ingest/heard-stamps.ts";
import { SignatureGate } from "../../../../server/ingest/signature-gate.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { parseSigningKey, signFrame, signingStamp } from "../../../../server/mavlink/signing.ts";
import { createSecretBox, signingKeyAbout } from "../../../../server/secret-box.ts";
import { flightPath } from "../../../support/flights.ts";
import { makeFrame, makeHeartbeat } from "../../../support/mavlink-frames.ts";
import { createSilentLog } from "../../../support/silent-log.ts";
import { heardInTlog, raisedOf, TelemetryRun } from "../../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const nowMs = Date.UTC(2026, 10, 22, 12);
const box = createSecretBox("7b".repeat(32));
const keyA = new Uint8Array(32).fill(0xa1);
const keyB = new Uint8Array(32).fill(0xb2);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "skyrange-gate-"));
  folders.push(folder);
  return folder;
}

function signingOf(
  policy: PlannedSigning["policy"],
  keys: readonly Uint8Array[],
  sinceMs = 0,
): PlannedSigning {
  return {
    policy,
    keys: keys.map((key) => {
      const keyId = `key_${String(key[0])}`;
      const sealed = box.seal(key, signingKeyAbout(keyId), new Uint8Array(12));
      return { keyId, sealed, sinceMs };
    }),
  };
}

/** A plan in which the aircraft with system id 7 (and others that are given) sign. */
function planOf(signing: PlannedSigning, others: WatchPlan["registry"] = []): WatchPlan {
  const plan = watchPlan([]);
  const registry = plan.registry.map((one) => (one.sysid === 7 ? { ...one, signing } : one));
  return { ...plan, registry: [...registry, ...others] };
}

interface Opened {
  readonly gate: SignatureGate;
  readonly stamps: HeardStamps;
}

function openGate(plan: WatchPlan, folder = newFolder()): Opened {
  const stamps = openHeardStamps(join(folder, "heard.json"), createSilentLog());
  const gate = new SignatureGate(stamps, () => box, createSilentLog());
  gate.setPlan(plan);
  return { gate, stamps };
}

function findingOf({ gate }: Opened, bytes: Uint8Array, atMs = nowMs): string {
  let told = "no frame";
  scanDatagram(bytes, (frame) => {
    const finding = gate.judge(frame, atMs);
    told = finding.kind === "refused" ? finding.why : finding.kind;
  });
  return told;
}

const plain = makeHeartbeat({}, { sysid: 7 });
let stampsUsed = 0;
/** A heartbeat signed with a stamp newer than any before, unless told which. */
function signed(key: Uint8Array, stamp = signingStamp(nowMs) + (stampsUsed += 1)): Uint8Array {
  return signFrame(plain, key, 0, stamp);
}

test("required believes nothing unsigned but RADIO_STATUS, preferred does, off none", () => {
  const radio = makeFrame({ messageId: 109, crcExtra: 185, payload: Array(9).fill(1), sysid: 7 });
  const of = (policy: PlannedSigning["policy"]): string[] => {
    const opened = openGate(planOf(signingOf(policy, [keyA])));
    const frames = [plain, makeHeartbeat({}, { sysid: 7, version: 1 }), radio, signed(keyA)];
    return [...frames, signed(keyB)].map((bytes) => findingOf(opened, bytes));
  };
  expect(of("required")).toEqual(["unsigned", "unsigned", "unsigned", "verified", "badSignature"]);
  expect(of("preferred")).toEqual(["unsigned", "unsigned", "unsigned", "verified", "badSignature"]);
  expect(of("off")).toEqual(Array(5).fill("notChecked"));
  const judged = (policy: PlannedSigning["policy"], bytes: Uint8Array): string => {
    let kind = "";
    const { gate } = openGate(planOf(signingOf(policy, [keyA])));
    scanDatagram(bytes, (frame) => (kind = gate.judge(frame, nowMs).kind));
    return kind;
  };
  expect(judged("required", plain)).toBe("refused");
  expect(judged("required", radio)).toBe("unsigned");
  expect(judged("preferred", plain)).toBe("unsigned");
});

test("aircraft without a key, and systems nobody registered, are not looked at", () => {
  const opened = openGate(planOf(signingOf("required", [keyA])));
  expect(findingOf(opened, makeHeartbeat({}, { sysid: 3 }))).toBe("notChecked");
  expect(findingOf(opened, makeHeartbeat({}, { sysid: 200 }))).toBe("notChecked");
});

test("a drone behind the clock goes on after a restart; what was heard is refused", async () => {
  const folder = newFolder();
  const plan = planOf(signingOf("required", [keyA]));
  const behind = signingStamp(nowMs) - 3_600 * 100_000;
  const before = openGate(plan, folder);
  const last = signed(keyA, behind);
  expect(findingOf(before, last)).toBe("verified");
  await before.stamps.close();
  const after = openGate(plan, folder);
  expect(findingOf(after, last)).toBe("repeated");
  expect(findingOf(after, signed(keyA, behind - 500_000))).toBe("replayed");
  expect(findingOf(after, signed(keyA, behind + 1))).toBe("verified");
  expect(findingOf(after, signFrame(plain, keyA, 1, behind - 6_000_001))).toBe("oldStream");
});

test("nothing older than a key that was made here begins a stream with it", () => {
  const opened = openGate(planOf(signingOf("required", [keyA], nowMs)));
  expect(findingOf(opened, signed(keyA, signingStamp(nowMs) - 6_000_001))).toBe("oldStream");
  expect(findingOf(opened, signed(keyA, signingStamp(nowMs) + 6_000_000))).toBe("verified");
});

test("the key before holds until the new one is heard, and never after it", async () => {
  const folder = newFolder();
  const plan = planOf(signingOf("required", [keyB, keyA]));
  const opened = openGate(plan, folder);
  expect(findingOf(opened, signed(keyA))).toBe("verified");
  expect(opened.gate.keyFor(7, nowMs)).toEqual(keyA);
  expect(findingOf(opened, signed(keyB))).toBe("verified");
  expect(opened.gate.keyFor(7, nowMs)).toEqual(keyB);
  expect(findingOf(opened, signed(keyA))).toBe("badSignature");
  await opened.stamps.close();
  expect(findingOf(openGate(plan, folder), signed(keyA))).toBe("badSignature");
});

test("of two aircraft with one system id the booked one decides; else nobody is refused", () => {
  const plan = planOf(signingOf("required", [keyA]), [
    { aircraftId: "air_other", sysid: 7, name: "Other", organisationId: "org_other" },
  ]);
  expect(findingOf(openGate(plan), plain)).toBe("unsigned");
  const unbooked = openGate(plan);
  scanDatagram(plain, (frame) => expect(unbooked.gate.judge(frame, nowMs).kind).toBe("unsigned"));
  expect(findingOf(unbooked, signed(keyA))).toBe("verified");
  expect(findingOf(unbooked, signed(keyB))).toBe("notChecked");
  const booked = openGate({ ...plan, bookings: [plannedBooking(nowMs, [7])] });
  scanDatagram(plain, (frame) => expect(booked.gate.judge(frame, nowMs).kind).toBe("refused"));
  const otherBooked = plannedBooking(nowMs, [7], {
    aircraft: [{ aircraftId: "air_other", sysid: 7 }],
  });
  expect(findingOf(openGate({ ...plan, bookings: [otherBooked] }), plain)).toBe("notChecked");
});

test("without the key of SECRETS_KEY_FILE what is required is refused and the log says why", () => {
  const log = createSilentLog();
  const stamps = openHeardStamps(join(newFolder(), "heard.json"), log);
  const gate = new SignatureGate(stamps, () => createSecretBox("00".repeat(32)), log);
  gate.setPlan(planOf(signingOf("required", [keyA])));
  expect(findingOf({ gate, stamps }, signed(keyA))).toBe("badSignature");
  gate.setPlan(planOf(signingOf("preferred", [keyA])));
  expect(findingOf({ gate, stamps }, signed(keyA))).toBe("notChecked");
  expect(log.lines[0]).toContain("cannot be opened");
});

/** Flies the recorded signed flight with the vehicle's policy and key as given. */
function flySigned(signing: PlannedSigning, only: (index: number) => boolean = () => true) {
  const { datagrams } = heardInTlog("d_signed.tlog");
  const plan = watchPlan([]);
  const registry = plan.registry.map((one) => (one.sysid === 1 ? { ...one, signing } : one));
  const opened = openGate({ ...plan, registry });
  const run = new TelemetryRun({ ...plan, registry }, [], opened.gate);
  run.hear(datagrams.filter((_, index) => only(index)));
  return { run, datagrams };
}

const flightKey = parseSigningKey(readFileSync(flightPath("d_signed.key.hex"), "utf8"));

test("the recorded signed flight is one flight, its unsigned start refused and told once", () => {
  const { run } = flySigned(signingOf("required", [flightKey ?? keyA]));
  expect(run.events("flightStarted")).toHaveLength(1);
  expect(run.events("flightLanded")).toHaveLength(1);
  const [link] = [...run.flow.links()];
  const counters = link?.counters(0);
  expect(counters?.decoded).toBe(14_251);
  expect(counters?.dropped).toMatchObject({ unsigned: 17_723 - 14_251 });
  expect(run.refused).toHaveLength(17_723 - 14_251);
  const told = run.alarms().filter(({ kind }) => kind === "signatureRefused");
  expect(told.map(({ state }) => state)).toEqual(["standing", "returned"]);
  expect(told[0]).toMatchObject({ vehicleKey: "sysid-1", vehicleName: "Heron 1", flightId: null });
  expect([...run.flow.sessions()].map(({ signing }) => signing)).toEqual(["verified"]);
});

test("with another key the recorded flight opens no session, teaches nothing and alarms", () => {
  const { run } = flySigned(signingOf("required", [keyB]), (index) => index < 9_000);
  expect(run.events("sessionOpened")).toEqual([]);
  expect(run.records.size).toBe(0);
  expect(raisedOf(run.alarms(), "signatureRefused")).toMatchObject({ priority: "high", sysid: 1 });
  expect(run.flow.isRefused(1)).toBe(true);
});
