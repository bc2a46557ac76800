import { expect, test } from "vitest";
import { emptyTrack } from "../../../../server/domain/flight/vehicle-track.ts";
import { bookingsOf, isWrongAutopilot, nameOf } from "../../../../server/telemetry/vehicle-name.ts";
import type { VehicleSession } from "../../../../server/telemetry/vehicle-session.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const nowMs = 1_800_000_000_000;
const onGround = {
  sysid: 1,
  isTwin: false,
  flight: undefined,
  lastFrameAtMs: nowMs,
  track: emptyTrack,
};
const session = onGround as unknown as VehicleSession;

const ours = { aircraftId: "air_1", sysid: 1, name: "Heron 1", organisationId: "org_a" };
const squatter = { aircraftId: "air_x", sysid: 1, name: "Squat", organisationId: "org_b" };

test("a drone that one company registered is that company's", () => {
  const plan = { ...watchPlan([]), registry: [ours] };
  expect(nameOf(session, plan)).toMatchObject({ name: "Heron 1", organisationId: "org_a" });
});

test("a sysid that two companies registered is nobody's while no booking names it", () => {
  const plan = { ...watchPlan([]), registry: [ours, squatter] };
  expect(nameOf(session, plan)).toMatchObject({ aircraftId: null, organisationId: null });
});

test("a sysid of two aircraft of one company is that company's", () => {
  const second = { ...ours, aircraftId: "air_2", name: "Heron 2" };
  const plan = { ...watchPlan([]), registry: [ours, second] };
  const theirs = { aircraftId: null, name: "", organisationId: "org_a" };
  expect(nameOf(session, plan)).toEqual(theirs);
  expect(nameOf({ ...session, isTwin: true }, plan).organisationId).toBeNull();
});

test("on the ground, too, the booking that stands says whose it is", () => {
  const booking = {
    ...plannedBooking(nowMs, [1]),
    aircraft: [{ aircraftId: "air_1", sysid: 1 }],
  };
  const plan = { ...watchPlan([booking]), registry: [squatter, ours] };
  expect(nameOf(session, plan)).toMatchObject({ name: "Heron 1", organisationId: "org_a" });
});

test("the autopilot's own id tells two aircraft with one sysid apart", () => {
  const uid = "a".repeat(36);
  const plan = { ...watchPlan([]), registry: [squatter, { ...ours, autopilotUid: uid }] };
  const heard = { ...session, track: { ...emptyTrack, autopilotUid: uid } };
  expect(nameOf(heard, plan)).toMatchObject({ name: "Heron 1", organisationId: "org_a" });
});

test("another autopilot with a registered sysid is unknown, wrong, and on nobody's booking", () => {
  const registered = { ...ours, autopilotUid: "a".repeat(36) };
  const booking = {
    ...plannedBooking(nowMs, [1]),
    aircraft: [{ aircraftId: "air_1", sysid: 1 }],
  };
  const plan = { ...watchPlan([booking]), registry: [registered] };
  const other = { ...session, track: { ...emptyTrack, autopilotUid: "b".repeat(36) } };
  expect(nameOf(other, plan)).toEqual({ aircraftId: null, name: "", organisationId: null });
  expect(isWrongAutopilot(other, plan)).toBe(true);
  expect(bookingsOf(other, plan)).toEqual([]);
  // Until it has stated itself it is taken for the registered one.
  expect(isWrongAutopilot(session, plan)).toBe(false);
  expect(nameOf(session, plan)).toMatchObject({ aircraftId: "air_1" });
});
