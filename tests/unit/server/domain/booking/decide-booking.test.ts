// The decision as a pure function: rules, conflicts, and that they are symmetric.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { BookingRequest } from "../../../../../contract/wire/booking.ts";
import type {
  BookingGround,
  HeldNearby,
} from "../../../../../server/domain/booking/booking-ground.ts";
import {
  propose,
  unitsOf,
  type BookingProposal,
} from "../../../../../server/domain/booking/booking-proposal.ts";
import { conflictsOf, shownConflict } from "../../../../../server/domain/booking/conflict.ts";
import { decideBooking, judge } from "../../../../../server/domain/booking/decide-booking.ts";
import { defaultBookingSettings } from "../../../../../server/domain/booking/settings.ts";
import { bookingRequest, box, minuteMs, worldNowMs } from "../../../../support/booking-world.ts";

const ground: BookingGround = {
  versions: {
    airspaceId: "airspace",
    airspace: 1,
    siteId: "site_pier",
    site: 1,
    organisationId: "org_a",
    organisation: 1,
  },
  site: {
    id: "site_pier",
    name: { en: "Pier", zhHant: "碼頭" },
    centre: { latDeg: 22.26, lngDeg: 114.11 },
    groundAmslM: 4,
    status: "open",
    preparedVolumes: [],
  },
  automaticAcceptance: true,
  resources: [
    {
      id: "res_pad1",
      siteId: "site_pier",
      kind: "pad",
      name: { en: "Pad 1", zhHant: "一號" },
      position: { latDeg: 22.26, lngDeg: 114.11 },
      surfaceAmslM: 3,
      confidence: "estimate",
    },
  ],
  zones: [
    {
      id: "zone_area",
      version: 1,
      kind: "operatingArea",
      name: { en: "Area", zhHant: "區" },
      footprint: { kind: "polygon", polygon: box(0, 0, 40, 40) },
      band: { reference: "AMSL", lowerM: null, upperM: null },
      validity: { startMs: null, endMs: null },
      source: "test",
      confidence: "estimate",
      sha256: "",
      planVersion: 1,
    },
  ],
  aircraft: [
    {
      id: "air_1",
      organisationId: "org_a",
      organisationName: "A",
      name: "One",
      model: "",
      sysid: 1,
      takeOffMassKg: 2,
      registrationLabel: "",
      telemetry: "mavlink",
      autopilotUid: null,
    },
  ],
  pilots: [{ id: "usr_pilot", name: "P", organisationId: "org_a", phone: "1" }],
};
const context = { ground, settings: defaultBookingSettings, nowMs: worldNowMs };
const nothingHeld: HeldNearby = { volumes: [], units: [] };

function proposal(change: Partial<BookingRequest> = {}, id = "bkg_1"): BookingProposal {
  const volume = {
    footprint: { kind: "polygon" as const, polygon: box(5, 5, 5, 5) },
    band: { reference: "ABOVE_HOME" as const, lowerM: 0, upperM: 60 },
  };
  const request = bookingRequest({ volumes: [volume], ...change });
  const outcome = propose(id, "org_a", request, ground);
  if (outcome.kind === "faults") throw new Error(JSON.stringify(outcome.faults));
  return outcome.proposal;
}

function brokenRules(one: BookingProposal, changed: Partial<typeof context> = {}): string[] {
  const verdicts = judge(one, { ...context, ...changed });
  return verdicts.filter(({ pass }) => !pass).map(({ rule }) => rule);
}

test("heights above home are measured from the booked pad, from the ground without one", () => {
  expect(proposal().volumes[0]?.envelope).toEqual({ lowerAmslM: 3, upperAmslM: 63 });
  const padless = proposal({ resourceIds: [] });
  expect(padless.volumes[0]?.envelope).toEqual({ lowerAmslM: 4, upperAmslM: 64 });
});

test("a start may be a minute old, not more, and a booking that is over cannot be made", () => {
  const at = (startMs: number, endMs: number) => brokenRules(proposal({ startMs, endMs }));
  const end = worldNowMs + minuteMs;
  expect(at(worldNowMs - minuteMs, end)).toEqual([]);
  expect(at(worldNowMs - minuteMs - 1, end)).toEqual(["notInPast"]);
  expect(at(worldNowMs - minuteMs, worldNowMs)).toEqual(["notInPast"]);
});

test("the horizon and the length are allowed to the millisecond and no further", () => {
  const { horizonMsMax, lengthMsMax } = defaultBookingSettings;
  const at = (startMs: number, lengthMs: number) =>
    brokenRules(proposal({ startMs, endMs: startMs + lengthMs }));
  expect(at(worldNowMs + horizonMsMax, lengthMsMax)).toEqual([]);
  expect(at(worldNowMs + horizonMsMax + 1, minuteMs)).toEqual(["withinHorizon"]);
  expect(at(worldNowMs, lengthMsMax + 1)).toEqual(["withinLength"]);
});

test("a closed site takes no bookings, one on hold does", () => {
  const site = (status: "closed" | "hold") => ({
    ground: { ...ground, site: { ...ground.site, status } },
  });
  expect(brokenRules(proposal(), site("closed"))).toEqual(["siteOpen"]);
  expect(brokenRules(proposal(), site("hold"))).toEqual([]);
});

test("an operating area counts only where it is valid for the whole booking", () => {
  const one = proposal();
  const [area] = ground.zones;
  if (area === undefined) throw new Error("no area");
  const ending = { ...area, validity: { startMs: null, endMs: one.endMs - 1 } };
  expect(brokenRules(one, { ground: { ...ground, zones: [ending] } })).toEqual([
    "insideOperatingArea",
  ]);
});

test("a keep-out counts from the moment it is valid within the booking", () => {
  const one = proposal();
  const [area] = ground.zones;
  if (area === undefined) throw new Error("no area");
  const keepOut = (startMs: number) =>
    brokenRules(one, {
      ground: {
        ...ground,
        zones: [
          area,
          {
            ...area,
            id: "zone_out",
            kind: "keepOut",
            footprint: { kind: "polygon", polygon: box(9, 9, 5, 5) },
            validity: { startMs, endMs: null },
          },
        ],
      },
    });
  expect(keepOut(one.endMs)).toEqual([]);
  expect(keepOut(one.endMs - 1)).toEqual(["clearOfKeepOut"]);
});

test("two drones of one booking with one system id break a rule", () => {
  const [first] = ground.aircraft;
  if (first === undefined) throw new Error("no aircraft");
  const twins = { ...ground, aircraft: [first, { ...first, id: "air_2", name: "Two" }] };
  const outcome = propose(
    "b",
    "org_a",
    bookingRequest({
      aircraftIds: ["air_1", "air_2"],
      volumes: [
        {
          footprint: { kind: "polygon", polygon: box(5, 5, 5, 5) },
          band: { reference: "AGL", lowerM: 0, upperM: 60 },
        },
      ],
    }),
    twins,
  );
  if (outcome.kind === "faults") throw new Error("faults");
  expect(brokenRules(outcome.proposal, { ground: twins })).toEqual(["distinctSysids"]);
});

/** What a proposal holds once it is accepted. */
function heldBy(one: BookingProposal): HeldNearby {
  const holder = {
    bookingId: one.bookingId,
    organisationId: one.organisationId,
    organisationName: "A",
  };
  const window = { startMs: one.startMs, endMs: one.endMs };
  return {
    volumes: one.volumes.map(({ label, footprint, envelope }) => ({
      label,
      volume: { footprint, envelope, window },
      holder,
    })),
    units: unitsOf(one).map((unit) => ({ unit, ...window, holder })),
  };
}

test("nothing held is free; what is held is said once for drone and system id", () => {
  const one = proposal();
  expect(decideBooking(one, nothingHeld, context)).toEqual({ kind: "free" });
  const conflicts = conflictsOf(proposal({}, "bkg_2"), heldBy(one));
  expect(conflicts.map(({ conflict }) => conflict.kind)).toEqual([
    "airspace",
    "resource",
    "aircraft",
  ]);
});

test("who may not see the holder is not told of him", () => {
  const [first] = conflictsOf(proposal({}, "bkg_2"), heldBy(proposal()));
  if (first === undefined) throw new Error("no conflict");
  expect(Object.keys(shownConflict(first, () => false))).toEqual([
    "kind",
    "what",
    "startMs",
    "endMs",
  ]);
  expect(shownConflict(first, (id) => id === "org_a")).toMatchObject({ bookingId: "bkg_1" });
});

test("one is in another's way exactly where the other is in its way", () => {
  const some = fc.record({
    east: fc.integer({ min: 0, max: 20 }),
    north: fc.integer({ min: 0, max: 20 }),
    startMin: fc.integer({ min: 0, max: 20 }),
    lengthMin: fc.integer({ min: 1, max: 20 }),
    lowerM: fc.integer({ min: 0, max: 40 }),
    pad: fc.boolean(),
  });
  const made = (facts: typeof some extends fc.Arbitrary<infer T> ? T : never, id: string) => {
    const startMs = worldNowMs + facts.startMin * minuteMs;
    const { lowerM } = facts;
    return proposal(
      {
        startMs,
        endMs: startMs + facts.lengthMin * minuteMs,
        resourceIds: facts.pad ? ["res_pad1"] : [],
        volumes: [
          {
            footprint: { kind: "polygon", polygon: box(facts.east, facts.north, 6, 6) },
            band: { reference: "AMSL", lowerM, upperM: lowerM + 20 },
          },
        ],
      },
      id,
    );
  };
  fc.assert(
    fc.property(some, some, (a, b) => {
      const [one, other] = [made(a, "bkg_1"), made(b, "bkg_2")];
      const kinds = (list: ReturnType<typeof conflictsOf>) =>
        list.map(({ conflict }) => conflict.kind);
      expect(kinds(conflictsOf(one, heldBy(other)))).toEqual(
        kinds(conflictsOf(other, heldBy(one))),
      );
    }),
    { seed: 11, numRuns: 300 },
  );
});
