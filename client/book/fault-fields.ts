// Which field of the form a fault of the server's answer belongs to. The sheet shows it there.
import type { Fault } from "../../contract/wire/problem.ts";
import type { FormField } from "./booking-form.ts";

/** The longest matching beginning wins, so the narrow ones stand first. */
const fields: readonly (readonly [RegExp, FormField])[] = [
  [/^volumes\.\d+\.footprint\.centre\.latDeg/, "centreLatDeg"],
  [/^volumes\.\d+\.footprint\.centre\.lngDeg/, "centreLngDeg"],
  [/^volumes\.\d+\.footprint\.radiusM/, "radiusM"],
  [/^volumes\.\d+\.footprint\.polygon/, "polygon"],
  [/^volumes\.\d+\.footprint\.volumeId/, "preparedVolumeId"],
  [/^volumes\.\d+\.band\.lowerM/, "lowerM"],
  [/^volumes\.\d+\.band\.upperM/, "upperM"],
  [/^volumes\.\d+\.band/, "bandReference"],
  [/^permissions\.\d+\.reference/, "permissionReference"],
  [/^permissions\.\d+\.heightLimitAglM/, "permissionHeightAglM"],
  [/^startMs/, "startText"],
  [/^endMs/, "endText"],
  [/^title/, "title"],
  [/^purpose/, "purpose"],
  [/^aircraftIds/, "aircraftIds"],
  [/^pilotIds/, "pilotInCommandId"],
  [/^contactPhone/, "contactPhone"],
  [/^resourceIds/, "resourceIds"],
  [/^notes/, "notes"],
];

/** The field a fault belongs to; undefined where it belongs to none. */
export function fieldOfFault(fault: Fault): FormField | undefined {
  return fields.find(([path]) => path.test(fault.path))?.[1];
}
