import { expect, test } from "vitest";
import { fieldOfFault } from "../../../../client/book/fault-fields.ts";

test.each([
  ["volumes.0.footprint.radiusM", "radiusM"],
  ["volumes.0.footprint.polygon.coordinates.0.3", "polygon"],
  ["volumes.0.band.upperM", "upperM"],
  ["volumes.0.band", "bandReference"],
  ["permissions.0.heightLimitAglM", "permissionHeightAglM"],
  ["endMs", "endText"],
  ["aircraftIds.1", "aircraftIds"],
  ["pilotIds.0", "pilotInCommandId"],
])("a fault at %s is shown at the field %s", (path, field) => {
  expect(fieldOfFault({ path, expected: "", found: "" })).toBe(field);
});

test("a fault of nothing in the form belongs to no field", () => {
  expect(fieldOfFault({ path: "siteId", expected: "", found: "" })).toBeUndefined();
});
