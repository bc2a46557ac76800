// A flight that a controller binds by hand: recorded flights through the telemetry flow.
import { expect, test } from "vitest";
import { ingestState } from "../../../../server/ingest/ingest-state.ts";
import { flightsAvailable } from "../../../support/flights.ts";
import { fenceBooking, heardInTlog, TelemetryRun } from "../../../support/telemetry-run.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

const secondUs = 1_000_000;

// Skipped where the recorded flights are absent; tests/support/flights.ts says so.
const flightTest = test.skipIf(!flightsAvailable);

/** Flight b flown by a drone that its booking does not name, heard for the first `seconds`. */
function stranger(seconds: number) {
  const heard = heardInTlog("b_fence.tlog");
  const booking = { ...fenceBooking(heard.firstUs / 1000), aircraft: [] };
  const run = new TelemetryRun(watchPlan([booking]));
  const cutUs = heard.firstUs + seconds * secondUs;
  run.hear(heard.datagrams.filter(({ stampUs }) => stampUs < cutUs));
  const [session] = run.flow.sessions();
  const flightId = session?.flight?.id ?? "";
  const bind = (bookingId = booking.id, id = flightId) =>
    run.flow.bindFlight({
      flightId: id,
      bookingId,
      byUserId: "usr_1",
      nowMs: Math.floor(cutUs / 1000),
    });
  return { heard, run, cutUs, booking, session, flightId, bind };
}

flightTest("a bound flight is judged by its booking from then on, and by no other rule", () => {
  const { heard, run, cutUs, booking, flightId, bind } = stranger(80);
  expect(bind()).toEqual({ kind: "bound", flightId, bookingId: booking.id });
  run.hear(heard.datagrams.filter(({ stampUs }) => stampUs >= cutUs));
  expect(run.alarmSteps()).toEqual([
    "wrongDrone standing",
    "wrongDrone returned",
    "volumeLateral standing",
    "volumeLateral returned",
    "volumeCeiling standing",
    "volumeCeiling returned",
  ]);
  expect(run.alarms().at(-1)).toMatchObject({ bookingId: booking.id, flightId });
  expect(run.events("conformanceChanged")[0]).toMatchObject({
    flightId,
    bookingId: booking.id,
    state: "nonconforming",
  });
});

flightTest("a drone that is outside its booking when it is bound is told at once", () => {
  const { run, bind } = stranger(110);
  expect(run.alarmSteps()).toEqual(["wrongDrone standing"]);
  bind();
  expect(run.alarmSteps()).toEqual([
    "wrongDrone standing",
    "wrongDrone returned",
    "volumeLateral standing",
  ]);
});

flightTest("a binding says who did it, and outlives a restart of ingest", () => {
  const { run, cutUs, booking, bind } = stranger(80);
  bind();
  expect(run.events("flightBound")).toMatchObject([
    { byUserId: "usr_1", bookingTitle: booking.title, organisationId: booking.organisationId },
  ]);
  const [open] = ingestState(run.journal, cutUs / 1000).sessions;
  expect(open?.flight).toMatchObject({
    binding: { kind: "byHand", bookingId: booking.id },
    bookingTitle: booking.title,
    organisationId: booking.organisationId,
  });
});

flightTest("a flight that is bound already, or a booking nobody knows, is refused", () => {
  const { run, bind } = stranger(80);
  expect(bind("bkg_other")).toEqual({ kind: "refused", reason: "unknownBooking" });
  bind();
  expect(bind()).toEqual({ kind: "refused", reason: "alreadyBound" });
  expect(run.events("flightBound")).toHaveLength(1);
});

flightTest("a booking that is over takes a flight that has ended, not one that flies", () => {
  const { run, booking, flightId, bind } = stranger(80);
  const plan = watchPlan([{ ...booking, state: "ended" }]);
  run.flow.setPlan(plan);
  expect(bind()).toEqual({ kind: "refused", reason: "bookingOver" });
  expect(bind(booking.id, "flt_ended")).toMatchObject({ kind: "bound", flightId: "flt_ended" });
  expect(run.events("flightBound").map((event) => event.flightId)).toEqual(["flt_ended"]);
  const [session] = run.flow.sessions();
  expect(session?.flight).toMatchObject({ id: flightId, binding: { kind: "wrongDrone" } });
});
