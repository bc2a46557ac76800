// Whatever drones, people and restarts do in whatever order, sessions, flights, bindings and alarms
// keep their rules (tests/support/journal-rules.ts), and the flow knows what its journal tells.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlannedBooking, WatchPlan } from "../../../../contract/wire/watch-plan.ts";
import { causeKey } from "../../../../server/domain/flight/alarm.ts";
import { continueWithinMs } from "../../../../server/domain/flight/flight-life.ts";
import { makeHeartbeat } from "../../../support/mavlink-frames.ts";
import { JournalRules } from "../../../support/journal-rules.ts";
import { madeFlight, madeStartMs, outsideLon, wideArea } from "../../../support/made-flight.ts";
import { ingestState } from "../../../support/past-entries.ts";
import { TelemetryRun } from "../../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const tickMs = 250;
const ports = [5_000, 5_001] as const;
const bookings = {
  own: plannedBooking(madeStartMs, [1], { id: "bkg_own", endMs: madeStartMs + 120_000 }),
  other: plannedBooking(madeStartMs, [2], { id: "bkg_other", endMs: madeStartMs + 3_600_000 }),
  next: plannedBooking(madeStartMs, [3], { id: "bkg_next", endMs: madeStartMs + 3_600_000 }),
};
const booked = Object.values(bookings);

const sender = fc.constantFrom(0, 1);
const seconds = fc.integer({ min: 1, max: 5 });
const silenceS = fc.constantFrom(1, 3, 6, 40, 59, 61, 90, 660);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("fly" as const),
      from: fc.constantFrom("first", "second", "both"),
      seconds,
      isArmed: fc.boolean(),
      isOutside: fc.boolean(),
      hasPositions: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("reboot" as const), sender, isTold: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("silence" as const), silenceS }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("restart" as const),
      downS: fc.constantFrom(1, 5, 70),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("plan" as const), held: fc.subarray(booked) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("bind" as const),
      /** Counted from the newest. */
      flight: fc.constantFrom(0, 0, 0, 1),
      bookingId: fc.constantFrom(null, "bkg_other", "bkg_next"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close" as const), session: fc.nat(3) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** One site and two senders with one system id, driven step by step. */
class Site {
  readonly rules = new JournalRules();
  private nowMs = madeStartMs;
  private plan: WatchPlan;
  private run: TelemetryRun;
  private followed = 0;
  private readonly bootedAtMs = ports.map(() => madeStartMs - 10_000);

  constructor(held: readonly PlannedBooking[]) {
    this.plan = watchPlan(held, [wideArea]);
    this.run = new TelemetryRun(this.plan);
  }

  take(next: Step): void {
    switch (next.kind) {
      case "fly":
        this.fly(next);
        break;
      case "reboot":
        this.reboot(next);
        break;
      case "silence":
        this.pass(next.silenceS * 1_000);
        break;
      case "restart":
        this.restart(next.downS * 1_000);
        break;
      case "plan":
        this.plan = { ...watchPlan(next.held, [wideArea]), version: this.plan.version + 1 };
        this.run.flow.setPlan(this.plan);
        break;
      case "bind": {
        const ids = [...this.rules.flights.keys()];
        const flightId = ids.at(-1 - next.flight) ?? "flt_none";
        const { bookingId } = next;
        const asked = { flightId, bookingId, ownerId: null, byUserId: "usr_1", nowMs: this.nowMs };
        this.run.flow.bindFlight(asked);
        break;
      }
      case "close": {
        const sessionId = [...this.rules.open.keys()][next.session] ?? "ses_none";
        this.run.flow.closeSession({ sessionId, byUserId: "usr_1", nowMs: this.nowMs });
      }
    }
    this.follow();
  }

  /** Long enough for all that time alone does. */
  end(): void {
    this.pass(700_000);
    this.follow();
  }

  private fly(how: Extract<Step, { kind: "fly" }>): void {
    const { from, isArmed, hasPositions } = how;
    const lon = how.isOutside ? { lon: outsideLon } : {};
    const heard = ports.flatMap((port, at) => {
      if (from !== "both" && at !== (from === "first" ? 0 : 1)) return [];
      const bootMs = this.nowMs - (this.bootedAtMs[at] ?? 0);
      const facts = { port, bootMs, isArmed, hasPositions, ...lon };
      return madeFlight(this.nowMs + at * 7, how.seconds, facts);
    });
    this.run.hear(heard.sort((a, b) => a.stampUs - b.stampUs));
    this.pass(how.seconds * 1_000);
  }

  /** The clock begins again; a heartbeat may say so, too. */
  private reboot({ sender: at, isTold }: Extract<Step, { kind: "reboot" }>): void {
    this.bootedAtMs[at] = this.nowMs;
    const bytes = makeHeartbeat({ baseMode: 89, systemStatus: 1 });
    const port = ports[at];
    if (isTold) this.run.hear([{ stampUs: this.nowMs * 1_000, port, bytes }]);
    this.pass(500);
  }

  private pass(ms: number): void {
    this.nowMs += ms;
    this.run.tickUntil(this.nowMs * 1_000);
  }

  /** Ingest ends and starts again by its journal and what the ends of its records say. */
  private restart(downMs: number): void {
    const before = new Map([...this.run.flow.sessions()].map((one) => [one.sessionId, one]));
    this.nowMs += downMs;
    const { journal } = this.run;
    const state = ingestState(journal, this.nowMs);
    const resumed = state.sessions.map((open) => {
      const { sessionId, vehicleKey, startMs } = open.identity;
      const session = before.get(sessionId);
      const { position, positionAtMs = 0 } = session?.track ?? {};
      const lastPosition = position && { sample: position, atMs: positionAtMs };
      return {
        ...open,
        isTwin: vehicleKey.includes("@"),
        record: this.run.record(sessionId),
        lastHeardAtMs: session?.lastFrameAtMs ?? startMs,
        told: session && { ...session.track, position: undefined },
        lastPosition,
        clock: session?.clock,
      };
    });
    this.run = new TelemetryRun(this.plan, journal);
    this.run.flow.resume(resumed, this.nowMs * 1_000);
    this.pass(tickMs);
  }

  /** Seals what is asked to be sealed, and holds the journal against its rules. */
  private follow(): void {
    for (const { flightId, sessionId, disarmedAtMs } of this.run.seals.splice(0)) {
      const figures = { samples: 0, maxAltitudeAmslM: null, maxAltitudeAboveHomeM: null };
      const event = {
        kind: "flightSealed" as const,
        ...{ flightId, sessionId, fromByte: 0, toByte: 0, sha256: "0".repeat(64) },
        endedWithoutDisarming: disarmedAtMs === null,
        figures: { ...figures, maxGroundSpeedMps: null, distanceM: 0 },
      };
      const number = this.run.journal.length + 1;
      this.run.journal.push({ node: "test", number, atMs: this.nowMs, event });
    }
    for (const entry of this.run.journal.slice(this.followed)) this.rules.follow(entry);
    this.followed = this.run.journal.length;
    this.compare();
  }

  /** What the flow holds is what its journal tells, and no landed flight waits too long. */
  private compare(): void {
    const { broken, flights, standing, open } = this.rules;
    const sessions = [...this.run.flow.sessions()];
    const held = sessions.flatMap(({ vehicleKey, alarms }) =>
      [...alarms.values()]
        .filter(({ state }) => state === "standing")
        .map((one) => `${vehicleKey} ${causeKey(one)} ${one.id}`),
    );
    const told = [...standing].map(([key, { id }]) => `${key} ${id}`);
    expect(held.sort()).toEqual(told.sort());
    expect(sessions.map(({ sessionId }) => sessionId).sort()).toEqual([...open.keys()].sort());
    for (const { flight } of sessions) {
      if (flight === undefined) continue;
      const { binding, disarmedAtMs } = flights.get(flight.id) ?? {};
      expect({ binding, disarmedAtMs }).toEqual({
        binding: flight.binding,
        disarmedAtMs: flight.disarmedAtMs,
      });
    }
    for (const [id, { disarmedAtMs, isOver, isSealed }] of flights) {
      const landedMs = disarmedAtMs === null ? 0 : this.nowMs - disarmedAtMs;
      const isDue = isOver || landedMs >= continueWithinMs + tickMs;
      if (isDue && !isSealed) broken.push(`${id} is not sealed ${landedMs} ms after it landed`);
    }
    expect(broken).toEqual([]);
  }
}

const armedFirst: Step = {
  kind: "fly",
  from: "first",
  seconds: 2,
  isArmed: true,
  isOutside: false,
  hasPositions: true,
};
const steps = fc.array(step, { minLength: 6, maxLength: 16, size: "max" });

test("sessions, flights, bindings and alarms keep their rules whatever happens", () => {
  const told = new Map<string, number>();
  fc.assert(
    fc.property(fc.constantFrom(booked, booked.slice(1)), steps, (held, taken) => {
      const site = new Site(held);
      for (const next of [armedFirst, ...taken]) site.take(next);
      site.end();
      site.rules.count(told);
    }),
    { seed: 20_251, numRuns: 60 },
  );
  // The sequences reach what the rules are about.
  const kinds = ["flightContinued", "flightBound", "conformanceChanged", "alarmChanged"];
  for (const kind of kinds) expect(told.get(kind) ?? 0, kind).toBeGreaterThan(10);
});
