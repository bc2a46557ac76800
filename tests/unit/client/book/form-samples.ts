// A site and what stands on it, for the tests of the booking page.
import type { FormFacts } from "../../../../client/book/booking-form.ts";
import type { Resource, Site } from "../../../../contract/wire/site.ts";

const square = {
  type: "Polygon" as const,
  coordinates: [
    [
      [114.126, 22.257],
      [114.131, 22.257],
      [114.131, 22.262],
      [114.126, 22.257],
    ] as [number, number][],
  ],
};

export const site: Site = {
  id: "site_pier",
  name: { en: "Waterfront Pier", zhHant: "海濱碼頭" },
  centre: { latDeg: 22.2589, lngDeg: 114.1296 },
  groundAmslM: 4,
  status: "open",
  preparedVolumes: [
    {
      id: "vol_basin",
      name: { en: "Pier basin", zhHant: "碼頭內灣" },
      footprint: { kind: "polygon", polygon: square },
      band: { reference: "ABOVE_HOME", lowerM: 0, upperM: 60 },
      source: "test",
      confidence: "estimate",
    },
  ],
};

function resource(id: string, kind: Resource["kind"], siteId = site.id): Resource {
  const name = { en: id, zhHant: id };
  const position = site.centre;
  return { id, siteId, kind, name, position, surfaceAmslM: 3, confidence: "estimate" };
}

export const resources: Resource[] = [
  resource("bay_1", "chargingBay"),
  resource("pad_elsewhere", "pad", "site_park"),
  resource("pad_1", "pad"),
  resource("pad_2", "pad"),
];

function aircraft(id: string, sysid: number): FormFacts["aircraft"][number] {
  const organisation = { organisationId: "org_a", organisationName: "A" };
  const kind = {
    model: "",
    takeOffMassKg: 2,
    registrationLabel: "",
    telemetry: "mavlink",
    autopilotUid: null,
  } as const;
  return { id, name: id, sysid, ...organisation, ...kind };
}

/** 2026-11-22 14:02 in Hong Kong. */
export const nowMs = Date.UTC(2026, 10, 22, 6, 2);

export const facts: FormFacts = {
  nowMs,
  personId: "usr_desk",
  personPhone: "+852 1111 1111",
  site,
  resources,
  aircraft: [aircraft("air_1", 1), aircraft("air_2", 2)],
  pilots: [
    { id: "usr_p1", name: "Ada", organisationId: "org_a", phone: "+852 2222 2222" },
    { id: "usr_p2", name: "Ben", organisationId: "org_a", phone: "+852 3333 3333" },
  ],
  held: [],
  title: "Test flight",
};
