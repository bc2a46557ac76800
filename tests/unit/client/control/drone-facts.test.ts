import { expect, test } from "vitest";
import type { VehicleStatus } from "../../../../contract/wire/live-status.ts";
import { flightSign, flightWord, orderFleet } from "../../../../client/control/drone-facts.ts";
import { statusWith } from "../app/live/status-samples.ts";

const cases: readonly (readonly [Partial<VehicleStatus>, string])[] = [
  [{ armed: false, conformance: "nonconforming" }, "ground"],
  [{ conformance: "contingent" }, "contingent"],
  [{ conformance: "nonconforming" }, "nonconforming"],
  [{ binding: null }, "unbooked"],
  [{ binding: { kind: "unbooked", bookingId: null } }, "unbooked"],
  [{ binding: { kind: "wrongDrone", bookingId: "bkg_2" } }, "wrongDrone"],
  [{ binding: { kind: "early", bookingId: "bkg_1" } }, "early"],
  [{}, "conforming"],
];

test.each(cases)("a drone with %o is said to be %s", (changes, word) => {
  expect(flightWord(statusWith(changes))).toBe(word);
});

test("only what needs eyes has an alarm's shape", () => {
  expect(flightSign("conforming")).toBeUndefined();
  expect(flightSign("ground")).toBeUndefined();
  expect(flightSign("contingent")).toBe("emergency");
  expect(flightSign("unbooked")).toBe("low");
});

test("the fleet shows first what needs eyes, then names in the order of their numbers", () => {
  const fleet = [
    statusWith({ liveId: 1, name: "Kite 10" }),
    statusWith({ liveId: 2, name: "Kite 9" }),
    statusWith({ liveId: 3, name: "Zulu", conformance: "nonconforming" }),
    statusWith({ liveId: 4, name: "Alpha", armed: false }),
  ];
  expect(orderFleet(fleet).map(({ liveId }) => liveId)).toEqual([3, 2, 1, 4]);
});
