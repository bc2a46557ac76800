// A flight that a controller binds by hand: recorded flights through the telemetry flow.
import { expect, test } from "vitest";
import { ingestState } from "../../../support/past-entries.ts";
import { flightsAvailable } from "../../../support/flights.ts";
import { madeFlight, madeStartMs, wideArea } from "../../../support/made-flight.ts";
import { fenceBooking, heardInTlog, TelemetryRun } from "../../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

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
  const bind = (
    bookingId: string | null = booking.id,
    id = flightId,
    ownerId: string | null = null,
  ) =>
    run.flow.bindFlight({
      flightId: id,
      bookingId,
      ownerId,
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

test("a booking that is over takes a flight that has ended, not one that flies", () => {
  const booking = plannedBooking(madeStartMs, [2]);
  const run = new TelemetryRun(watchPlan([booking], [wideArea]));
  run.hear(madeFlight(madeStartMs, 5));
  const [session] = run.flow.sessions();
  const flightId = session?.flight?.id ?? "";
  const bind = (id: string, nowMs: number) =>
    run.flow.bindFlight({
      flightId: id,
      bookingId: booking.id,
      ownerId: null,
      byUserId: "usr_1",
      nowMs,
    });
  run.flow.setPlan(watchPlan([{ ...booking, state: "ended" }], [wideArea]));
  expect(bind(flightId, madeStartMs + 5_000)).toEqual({ kind: "refused", reason: "bookingOver" });
  run.hear(madeFlight(madeStartMs + 5_000, 2, { isArmed: false }));
  run.tickUntil((madeStartMs + 70_000) * 1_000);
  expect(bind("flt_nobodys", madeStartMs + 70_000)).toEqual({
    kind: "refused",
    reason: "unknownFlight",
  });
  expect(bind(flightId, madeStartMs + 70_000)).toMatchObject({ kind: "bound", flightId });
  expect(bind(flightId, madeStartMs + 71_000)).toMatchObject({ reason: "alreadyBound" });
  expect(run.events("flightBound").map((event) => event.flightId)).toEqual([flightId]);
});

test("a flight is bound only to a booking whose window, give or take 15 min, it overlaps", () => {
  const minuteMs = 60_000;
  const windows: [string, number, number][] = [
    ["bkg_six_days", 6 * 24 * 60, 6 * 24 * 60 + 60],
    ["bkg_soon", 16, 60],
    ["bkg_long_over", -60, -16],
    ["bkg_next", 14, 60],
  ];
  const bookings = windows.map(([id, from, to]) =>
    plannedBooking(madeStartMs, [2], {
      id,
      startMs: madeStartMs + from * minuteMs,
      endMs: madeStartMs + to * minuteMs,
    }),
  );
  const run = new TelemetryRun(watchPlan(bookings, [wideArea]));
  run.hear(madeFlight(madeStartMs, 5));
  const flightId = run.events("flightStarted")[0]?.flightId ?? "";
  const nowMs = madeStartMs + 5_000;
  const answers = bookings.map(({ id: bookingId }) =>
    run.flow.bindFlight({ flightId, bookingId, ownerId: null, byUserId: "usr_1", nowMs }),
  );
  const refused = { kind: "refused", reason: "outsideWindow" };
  const bound = { kind: "bound", flightId, bookingId: "bkg_next" };
  expect(answers).toEqual([refused, refused, refused, bound]);
});

flightTest("a company's flight goes to no other company's booking", () => {
  const { run, booking, flightId, bind } = stranger(80);
  const reason = "otherCompany";
  expect(bind(booking.id, flightId, "org_other")).toEqual({ kind: "refused", reason });
  expect(run.events("flightBound")).toEqual([]);
  const own = booking.organisationId;
  expect(bind(booking.id, flightId, own).kind).toBe("bound");
  const binding = { kind: "byHand", bookingId: booking.id, namesAircraft: false };
  expect(run.events("flightBound")).toMatchObject([{ binding, organisationId: own }]);
});

flightTest("a binding by hand is taken back: it is its owner's again, as arming judged it", () => {
  const { run, booking, flightId, bind, session } = stranger(110);
  expect(bind(null)).toEqual({ kind: "refused", reason: "notBoundByHand" });
  bind();
  expect(run.alarmSteps().at(-1)).toBe("volumeLateral standing");
  expect(bind(null, flightId, "org_owner")).toMatchObject({ kind: "bound", bookingId: null });
  expect(run.events("flightBound").at(-1)).toMatchObject({
    binding: {
      kind: "wrongDrone",
      bookingId: booking.id,
      enteredOrganisationId: booking.organisationId,
    },
    leftBookingId: booking.id,
    bookingTitle: null,
    organisationId: "org_owner",
  });
  expect(run.alarmSteps().slice(-2)).toEqual(["volumeLateral returned", "wrongDrone standing"]);
  expect(run.events("conformanceChanged").at(-1)).toMatchObject({ state: "conforming" });
  expect(session?.flight?.organisationId).toBe("org_owner");
  expect(bind(booking.id)).toMatchObject({ kind: "bound", bookingId: booking.id });
});

test("a binding taken back after a restart of ingest is what arming decided before it", () => {
  const booking = plannedBooking(madeStartMs, [2]);
  const run = new TelemetryRun(watchPlan([booking], [wideArea]));
  run.hear(madeFlight(madeStartMs, 5));
  const flightId = run.events("flightStarted")[0]?.flightId ?? "";
  const atArming = run.events("flightStarted")[0]?.binding;
  const by = { flightId, ownerId: null, byUserId: "usr_1", nowMs: madeStartMs + 5_000 };
  run.flow.bindFlight({ ...by, bookingId: booking.id });
  const [open] = ingestState(run.journal, madeStartMs + 5_000).sessions;
  expect(open?.flight).toMatchObject({ binding: { kind: "byHand" }, atArming });
  run.hear(madeFlight(madeStartMs + 5_000, 2, { isArmed: false }));
  run.tickUntil((madeStartMs + 70_000) * 1_000);
  expect(run.flow.bindFlight({ ...by, bookingId: null })).toMatchObject({ kind: "bound" });
  expect(run.events("flightBound").at(-1)).toMatchObject({
    binding: atArming,
    leftBookingId: booking.id,
  });
});

flightTest("what stands is told with the new booking and its pilot's phone", () => {
  const { run, booking, bind, cutUs } = stranger(80);
  run.tickUntil(cutUs + 10 * secondUs);
  const lost = () => run.alarms().filter(({ kind }) => kind === "linkLost");
  expect(lost().at(-1)).toMatchObject({ state: "standing", bookingId: null, contactPhone: null });
  bind();
  const { id: bookingId, contactPhone } = booking;
  expect(lost().at(-1)).toMatchObject({ state: "standing", bookingId, contactPhone });
  expect(new Set(lost().map(({ id }) => id)).size).toBe(1);
});
