import { expect, test } from "vitest";
import { nameOf } from "../../../../server/telemetry/vehicle-name.ts";
import type { VehicleSession } from "../../../../server/telemetry/vehicle-session.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const nowMs = 1_800_000_000_000;
const onGround = { sysid: 1, isTwin: false, flight: undefined, lastFrameAtMs: nowMs };
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

test("on the ground, too, the booking that stands says whose it is", () => {
  const booking = {
    ...plannedBooking(nowMs, [1]),
    aircraft: [{ aircraftId: "air_1", sysid: 1 }],
  };
  const plan = { ...watchPlan([booking]), registry: [squatter, ours] };
  expect(nameOf(session, plan)).toMatchObject({ name: "Heron 1", organisationId: "org_a" });
});
