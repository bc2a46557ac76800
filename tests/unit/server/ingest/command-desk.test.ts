// What ingest does with an order, through the telemetry flow and a drone that answers as an
// ArduCopter: what is sent, to whom, what is journalled, and what is refused.
import { expect, test } from "vitest";
import { openOrders } from "../../../support/past-entries.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { decodeFields } from "../../../../server/mavlink/decode.ts";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import { station } from "../../../support/simulated-fleet.ts";
import { by, OrderRun } from "../../../support/order-run.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const startMs = 1_760_000_000_000;
const plan = watchPlan([plannedBooking(startMs, [1])]);

/** Drone 1 on port 5000, in flight 20 m above home. */
function flying(): OrderRun {
  const run = new OrderRun(plan, startMs);
  const { drone } = run.add(5000, 1);
  run.run(6_000);
  drone.order({ kind: "mode", mode: "GUIDED" });
  drone.order({ kind: "arm" });
  drone.order({ kind: "takeOff", heightAboveHomeM: 20 });
  run.run(12_000);
  return run;
}

function kinds(run: OrderRun): string[] {
  return (run.command()?.events ?? []).map(({ kind }) => kind);
}

function sentFields(run: OrderRun): unknown[] {
  const fields: unknown[] = [];
  for (const { bytes } of run.sent) {
    scanDatagram(bytes, (frame) => fields.push(decodeFields(frame)));
  }
  return fields;
}

test("RTL in flight is sent, accepted and confirmed, with who, whom and each try", () => {
  const run = flying();
  const answer = run.order(run.sessionId(5000), { kind: "returnHome" });
  expect(answer.kind).toBe("sent");
  run.run(1_000);
  expect(run.command()).toMatchObject({
    action: { kind: "returnHome" },
    by,
    vehicle: {
      sysid: 1,
      vehicleName: "Heron 1",
      aircraftId: "air_1",
      bookingId: "bkg_test",
      bookingTitle: "Pier survey",
      organisationId: "org_test",
    },
    outcome: { kind: "accepted" },
    confirmed: true,
    isOver: true,
  });
  expect(kinds(run)).toEqual(["sent", "ended", "confirmed"]);
  expect(run.command()?.events[2]).toMatchObject({ modeName: "RTL" });
  expect(sentFields(run)).toEqual([
    expect.objectContaining({ command: 20, target_system: 1, target_component: 1 }),
  ]);
  run.run(20_000);
  expect(run.sent).toHaveLength(1);
});

test("a drone that does not hear is told three times in 3 s, and it ends not acknowledged", () => {
  const run = flying();
  run.heard(5000).isDeaf = true;
  run.order(run.sessionId(5000), { kind: "land" });
  run.run(12_000);
  expect(kinds(run)).toEqual(["sent", "sent", "sent", "ended"]);
  expect(run.command()).toMatchObject({ outcome: { kind: "notAcknowledged" }, confirmed: false });
  expect(sentFields(run)).toMatchObject([
    { confirmation: 0 },
    { confirmation: 1 },
    { confirmation: 2 },
  ]);
});

test("a refused arming tells the drone's own reasons and is sent once", () => {
  const run = new OrderRun(plan, startMs);
  const { drone } = run.add(5000, 1);
  run.run(1_500);
  drone.receive(createEncoder(station).heartbeat());
  run.order(run.sessionId(5000), { kind: "arm" });
  run.run(9_000);
  expect(run.command()?.events).toMatchObject([
    { kind: "sent", attempt: 1 },
    { kind: "ended", outcome: { kind: "rejected", refusal: "failed", code: 4 } },
    { kind: "reason", text: "Arm: Need Alt Estimate" },
    { kind: "reason", text: "Arm: AHRS: waiting for home" },
  ]);
});

test("an order asked for again under its id is not sent again, not after a restart either", () => {
  const run = flying();
  const request = { commandId: "cmd_x", sessionId: run.sessionId(5000), by } as const;
  const rtl = { ...request, action: { kind: "returnHome" } } as const;
  expect(run.desks.commands.order(rtl, run.nowMs)).toMatchObject({ kind: "sent" });
  expect(run.desks.commands.order(rtl, run.nowMs)).toMatchObject({ kind: "sent" });
  run.run(8_000);
  expect(run.desks.commands.order(rtl, run.nowMs)).toMatchObject({
    kind: "sent",
    command: { outcome: { kind: "accepted" }, isOver: true },
  });
  expect(run.sent).toHaveLength(1);
  const next = new OrderRun(plan, run.nowMs);
  next.desks.resume(openOrders(run.journal), run.nowMs);
  expect(next.desks.commands.order(rtl, run.nowMs)).toMatchObject({ command: { id: "cmd_x" } });
  expect(next.sent).toEqual([]);
});

function missedAlarms(run: OrderRun): string[] {
  return run.journal.flatMap(({ event }) =>
    event.kind === "alarmChanged" && event.condition.kind === "orderUnanswered"
      ? [event.condition.state]
      : [],
  );
}

test("an RTL that nobody answers is an alarm until the drone shows the mode or lands", () => {
  const run = flying();
  const heard = run.heard(5000);
  heard.isDeaf = true;
  run.order(run.sessionId(5000), { kind: "returnHome" });
  run.run(2_500);
  expect(missedAlarms(run)).toEqual([]);
  run.run(10_000);
  expect(missedAlarms(run)).toEqual(["standing"]);
  heard.drone.order({ kind: "mode", mode: "RTL" });
  run.run(2_000);
  expect(missedAlarms(run)).toEqual(["standing", "returned"]);
});

test("a later order that is answered ends the alarm of one that was not", () => {
  const run = flying();
  run.heard(5000).isDeaf = true;
  run.order(run.sessionId(5000), { kind: "returnHome" });
  run.run(4_000);
  run.heard(5000).isDeaf = false;
  run.order(run.sessionId(5000), { kind: "hold" });
  run.run(10_000);
  expect(missedAlarms(run)).toEqual(["standing", "returned"]);
});

test("an unanswered order to a drone on the ground is no alarm, nor is another command", () => {
  const grounded = new OrderRun(plan, startMs);
  grounded.add(5000, 1).isDeaf = true;
  grounded.run(6_000);
  grounded.order(grounded.sessionId(5000), { kind: "returnHome" });
  grounded.run(5_000);
  expect(grounded.command()).toMatchObject({ outcome: { kind: "notAcknowledged" } });
  expect(missedAlarms(grounded)).toEqual([]);
  const run = flying();
  run.heard(5000).isDeaf = true;
  run.order(run.sessionId(5000), { kind: "setMode", modeName: "GUIDED" });
  run.run(5_000);
  expect(missedAlarms(run)).toEqual([]);
});

test("HOLD ordered after an unanswered RTL takes its place: RTL is not sent again", () => {
  const run = flying();
  run.heard(5000).isDeaf = true;
  run.order(run.sessionId(5000), { kind: "returnHome" });
  run.run(500);
  run.order(run.sessionId(5000), { kind: "hold" });
  run.run(10_000);
  expect(sentFields(run)).toMatchObject([
    { command: 20 },
    { command: 176 },
    { command: 176 },
    { command: 176 },
  ]);
  const superseded = run.journal.flatMap(({ event }) =>
    event.kind === "commandChanged" && event.command.action.kind === "returnHome"
      ? [event.command]
      : [],
  );
  expect(superseded.at(-1)).toMatchObject({ outcome: { kind: "notAcknowledged" }, isOver: true });
  expect(superseded.at(-1)?.events.map(({ kind }) => kind)).toContain("superseded");
});

test("nothing is sent to a drone that is unknown, silent, stale or has a twin", () => {
  const run = flying();
  const id = run.sessionId(5000);
  const refusal = (sessionId: string) => run.order(sessionId, { kind: "returnHome" });
  expect(refusal("ses_none")).toEqual({ kind: "refused", reason: "unknownVehicle" });
  run.add(6000, 1);
  run.run(4_000);
  expect(refusal(id)).toEqual({ kind: "refused", reason: "ambiguous" });
  expect(refusal(run.sessionId(6000))).toEqual({ kind: "refused", reason: "ambiguous" });
  expect(run.sent).toEqual([]);

  const alone = flying();
  alone.heard(5000).isSilent = true;
  alone.run(3_500);
  const lone = alone.sessionId(5000);
  expect(alone.order(lone, { kind: "land" })).toEqual({ kind: "refused", reason: "routeStale" });
  alone.run(2_000);
  expect(alone.order(lone, { kind: "land" })).toEqual({ kind: "refused", reason: "notHeard" });
  expect(alone.sent).toEqual([]);
});

test("a reboot of an armed drone and a second of the same command at once are refused", () => {
  const run = flying();
  const id = run.sessionId(5000);
  expect(run.order(id, { kind: "reboot" })).toEqual({ kind: "refused", reason: "armed" });
  run.order(id, { kind: "land" });
  expect(run.order(id, { kind: "land" })).toEqual({ kind: "refused", reason: "busy" });
});

test("a command that was open when ingest ended is closed as interrupted at the next start", () => {
  const run = flying();
  run.order(run.sessionId(5000), { kind: "returnHome" });
  const { commands, transfers } = openOrders(run.journal);
  expect([commands.length, transfers.length]).toEqual([1, 0]);
  const next = new OrderRun(plan, run.nowMs);
  next.desks.resume(openOrders(run.journal), run.nowMs + 5_000);
  expect(next.command()).toMatchObject({
    id: commands[0]?.id,
    outcome: { kind: "notAcknowledged" },
    isOver: true,
  });
  expect(openOrders([...run.journal, ...next.journal]).commands).toEqual([]);
});
