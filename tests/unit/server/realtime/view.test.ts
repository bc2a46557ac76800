// Who sees what: own organisation only, unless in the control room; in snapshots too.
import { expect, test } from "vitest";
import { packSnapshot, unpackSnapshot } from "../../../../contract/wire/live-snapshot.ts";
import { sees, snapshotFor, viewKey, viewOf } from "../../../../server/realtime/view.ts";

const person = (role: "operator" | "controller" | "pilot" | "admin", organisationId = "org_a") => ({
  role,
  organisationId,
});

test("the control room sees everything, what is nobody's included", () => {
  for (const role of ["controller", "admin"] as const) {
    const view = viewOf(person(role));
    expect([sees(view, "org_a"), sees(view, "org_b"), sees(view, null)]).toEqual([
      true,
      true,
      true,
    ]);
  }
});

test("operators and pilots see their own organisation's things and no others", () => {
  for (const role of ["operator", "pilot"] as const) {
    const view = viewOf(person(role));
    expect([sees(view, "org_a"), sees(view, "org_b"), sees(view, null)]).toEqual([
      true,
      false,
      false,
    ]);
  }
});

test("people who see the same share a view, others never do", () => {
  expect(viewKey(viewOf(person("operator")))).toBe(viewKey(viewOf(person("pilot"))));
  expect(viewKey(viewOf(person("operator")))).not.toBe(
    viewKey(viewOf(person("operator", "org_b"))),
  );
  expect(viewKey(viewOf(person("operator", "everything")))).not.toBe(
    viewKey(viewOf(person("admin"))),
  );
});

const vehicle = (liveId: number) => ({
  liveId,
  flags: 1,
  latDeg: 22.26,
  lngDeg: 114.13,
  altitudeAmslM: 30,
  altitudeAboveHomeM: 27,
  headingDeg: 90,
  groundSpeedMps: 5,
  climbMps: 0,
  ageMs: 20,
});
const bytes = packSnapshot({ sentAtMs: 1_000, vehicles: [vehicle(3), vehicle(4), vehicle(5)] });

test("a snapshot keeps only the vehicles that may be seen, each as it was", () => {
  const seen = unpackSnapshot(snapshotFor(bytes, (liveId) => liveId !== 4));
  expect(seen?.sentAtMs).toBe(1_000);
  expect(seen?.vehicles.map(({ liveId }) => liveId)).toEqual([3, 5]);
  expect(seen?.vehicles[1]).toEqual(unpackSnapshot(bytes)?.vehicles[2]);
});

test("a snapshot of which nothing may be seen is an empty one", () => {
  expect(unpackSnapshot(snapshotFor(bytes, () => false))?.vehicles).toEqual([]);
});

test("a snapshot of which all may be seen is not copied", () => {
  expect(snapshotFor(bytes, () => true)).toBe(bytes);
});
