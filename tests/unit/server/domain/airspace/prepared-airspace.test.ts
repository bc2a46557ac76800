// Looking up what a position concerns.
import { expect, test } from "vitest";
import { prepareAirspace } from "../../../../../server/domain/airspace/prepared-airspace.ts";
import { booking, box, place, planOf, zone } from "./plan-builders.ts";

test("zones at a position are those whose outline holds it while they are valid", () => {
  const many = Array.from({ length: 50 }, (_, index) =>
    zone(`zone_${index}`, "keepOut", box(index * 20, 0, index * 20 + 10, 10)),
  );
  const area = zone("zone_area", "operatingArea", box(-2000, -2000, 2000, 2000));
  const ended = {
    ...zone("zone_old", "keepOut", box(0, 0, 10, 10)),
    validity: { startMs: null, endMs: 1000 },
  };
  const airspace = prepareAirspace(planOf([], [area, ended, ...many]));
  const at = (eastM: number, atMs: number): string[] =>
    airspace.zonesNear(place(eastM, 5), atMs).map(({ id }) => id);
  expect(at(5, 999).toSorted()).toEqual(["zone_0", "zone_area", "zone_old"]);
  expect(at(5, 1000).toSorted()).toEqual(["zone_0", "zone_area"]);
  expect(at(15, 0)).toEqual(["zone_area"]);
  expect(at(985, 0).toSorted()).toEqual(["zone_49", "zone_area"]);
});

test("volumes at a place are of bookings that hold airspace, in their window and height", () => {
  const bookings = [
    booking({ id: "bkg_now", startMs: 1000, endMs: 2000 }),
    booking({ id: "bkg_ended", startMs: 1000, endMs: 2000, state: "ended" }),
    booking({ id: "bkg_later", startMs: 2000, endMs: 3000, state: "accepted" }),
  ];
  const airspace = prepareAirspace(planOf(bookings));
  const at = (eastM: number, altitudeAmslM: number, atMs: number): string[] =>
    airspace.volumesContaining(place(eastM, 0), altitudeAmslM, atMs).map(({ id }) => id);
  expect(at(0, 50, 1000)).toEqual(["bkg_now"]);
  expect(at(0, 50, 1999)).toEqual(["bkg_now"]);
  expect(at(0, 50, 2000)).toEqual(["bkg_later"]);
  expect(at(0, 50, 999)).toEqual([]);
  expect(at(101, 50, 1000)).toEqual([]);
  expect(at(0, 124, 1000)).toEqual([]);
});

test("ground is that of the named site, else of the nearest, else sea level", () => {
  const plan = planOf([]);
  const [pier] = plan.sites;
  if (pier === undefined) throw new Error("The plan has a site.");
  const hill = { ...pier, id: "site_hill", centre: place(1000, 0), groundAmslM: 50 };
  const airspace = prepareAirspace({ ...plan, sites: [pier, hill] });
  expect(airspace.groundAmslM("site_pier", place(900, 0))).toBe(3);
  expect(airspace.groundAmslM(undefined, place(900, 0))).toBe(50);
  expect(airspace.groundAmslM("site_gone", place(100, 0))).toBe(3);
  expect(prepareAirspace({ ...plan, sites: [] }).groundAmslM(undefined, place(0, 0))).toBe(0);
});

test("a volume the site prepared is named in both languages, another one by its label", () => {
  const [volume] = booking({}).volumes;
  if (volume === undefined) throw new Error("The booking has a volume.");
  const volumes = [
    { ...volume, label: "Pier basin" },
    { ...volume, label: "Circle, radius 50 m" },
    { ...volume, label: "" },
  ];
  const plan = planOf([booking({ id: "bkg_1", volumes })]);
  const sites = plan.sites.map((site) => ({
    ...site,
    preparedVolumes: [
      {
        id: "vol_pier_basin",
        name: { en: "Pier basin", zhHant: "碼頭內灣" },
        footprint: volume.footprint,
        band: volume.band,
        source: "test",
        confidence: "estimate" as const,
      },
    ],
  }));
  const prepared = prepareAirspace({ ...plan, sites }).preparedBooking("bkg_1");
  expect(prepared?.volumes.map(({ name }) => name)).toEqual([
    { en: "Pier basin", zhHant: "碼頭內灣" },
    { en: "Circle, radius 50 m", zhHant: "Circle, radius 50 m" },
    null,
  ]);
});
