import { expect, test } from "vitest";
import { liveFlag } from "../../../../contract/wire/live-snapshot.ts";
import type { VehicleStatus } from "../../../../contract/wire/live-status.ts";
import {
  flightSign,
  flightText,
  flightWord,
  lacksBooking,
  linkOf,
  mayClose,
  orderFleet,
} from "../../../../client/control/drone-facts.ts";
import { controlMessages } from "../../../../client/app/i18n/control-messages.ts";
import { makeFormat } from "../../../../client/app/i18n/format.ts";
import { statusWith } from "../app/live/status-samples.ts";

const cases: readonly (readonly [Partial<VehicleStatus>, string])[] = [
  [{ armed: false, conformance: "nonconforming" }, "ground"],
  [{ conformance: "contingent" }, "contingent"],
  [{ conformance: "nonconforming" }, "nonconforming"],
  [{ binding: null }, "unbooked"],
  [{ binding: { kind: "unbooked", bookingId: null } }, "unbooked"],
  [{ binding: { kind: "wrongDrone", bookingId: "bkg_2" } }, "wrongDrone"],
  [{ binding: { kind: "early", bookingId: "bkg_1" } }, "early"],
  [{ binding: { kind: "byHand", bookingId: "bkg_1" } }, "conforming"],
  [{}, "conforming"],
  [{ link: "stale" }, "conforming"],
  [{ link: "lost" }, "notHeard"],
  [{ link: "gone" }, "notHeard"],
  [{ link: "lost", conformance: "nonconforming" }, "notHeard"],
  [{ link: "gone", binding: { kind: "late", bookingId: "bkg_1" } }, "notHeard"],
  [{ link: "gone", conformance: "contingent" }, "contingent"],
  [{ link: "gone", binding: { kind: "unbooked", bookingId: null } }, "unbooked"],
  [{ link: "gone", armed: false }, "ground"],
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

test("only an armed drone that is not heard may have its session closed", () => {
  expect(mayClose(statusWith({ link: "lost" }), "trusted")).toBe(true);
  expect(mayClose(statusWith({ link: "gone" }), "trusted")).toBe(true);
  expect(mayClose(statusWith({ link: "stale" }), "trusted")).toBe(false);
  expect(mayClose(statusWith({ link: "gone", armed: false }), "trusted")).toBe(false);
  expect(mayClose(statusWith({ link: "gone" }), "ingestDown")).toBe(false);
});

test("a flight bound by hand lacks no booking, an unbooked one and a wrong drone's do", () => {
  const lacks = (kind: "byHand" | "unbooked" | "wrongDrone") =>
    lacksBooking(statusWith({ binding: { kind, bookingId: "bkg_1" } }));
  expect([lacks("byHand"), lacks("unbooked"), lacks("wrongDrone")]).toEqual([false, true, true]);
  expect(lacksBooking(statusWith({ binding: null }))).toBe(false);
});

test("the newest link state decides: positions tell of a silence before the status does", () => {
  expect(flightWord(statusWith(), "lost")).toBe("notHeard");
});

test("a drone that is not heard has a high alarm's shape and stands with those", () => {
  expect(flightSign("notHeard")).toBe("high");
  const fleet = [
    statusWith({ liveId: 1, name: "Alpha" }),
    statusWith({ liveId: 2, name: "Bravo", binding: null }),
    statusWith({ liveId: 3, name: "Zulu", link: "gone" }),
  ];
  expect(orderFleet(fleet).map(({ liveId }) => liveId)).toEqual([3, 2, 1]);
});

test("how long a drone is not heard is told in both languages, as far as it is known", () => {
  const { en, zhHant } = controlMessages;
  const [english, chinese] = [makeFormat("en"), makeFormat("zhHant")];
  const said = (ageMs: number | undefined) => flightText("notHeard", ageMs, en, english);
  expect(said(72_900)).toBe("Not known: not heard for 72 s");
  expect(said(655_350)).toBe("Not known: not heard for more than 10 min");
  expect(said(undefined)).toBe("Not known: not heard");
  expect(flightText("notHeard", 72_900, zhHant, chinese)).toBe("未知：已有 72 秒沒有收到訊號");
  expect(flightText("conforming", 72_900, en, english)).toBe("Keeps to its booking");
});

test("the link is the newer of status and snapshot; in an old picture none is live", () => {
  const heard = { flags: liveFlag.armed };
  const lost = { flags: liveFlag.lost };
  expect(linkOf({ link: "stale" }, heard, "trusted")).toBe("live");
  expect(linkOf({ link: "live" }, lost, "trusted")).toBe("lost");
  expect(linkOf({ link: "gone" }, lost, "trusted")).toBe("gone");
  expect(linkOf({ link: "live" }, heard, "ingestDown")).toBe("stale");
  expect(linkOf({ link: "lost" }, heard, "ingestDown")).toBe("lost");
  expect(linkOf({ link: "live" }, lost, "noConnection")).toBe("lost");
  expect(linkOf({ link: "live" }, undefined, "noSnapshot")).toBe("stale");
});
