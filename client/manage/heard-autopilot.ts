// Which autopilot the drone of a system id says it is, now. Asked when an aircraft is
// registered, and when the autopilot of a registered one is learned.
import { z } from "zod";
import { api } from "../app/api.ts";

const liveAutopilotsSchema = z.object({
  vehicles: z.array(
    z.object({ sysid: z.number(), autopilotUid: z.string().nullable(), isAmbiguous: z.boolean() }),
  ),
});

export type HeardAutopilot =
  | { readonly kind: "heard"; readonly autopilotUid: string }
  /** No drone with this system id has said its id. */
  | { readonly kind: "notHeard" }
  /** Two drones use it. */
  | { readonly kind: "ambiguous" };

export async function heardAutopilot(sysid: number): Promise<HeardAutopilot> {
  const answer = await api.get("/vehicles/live", liveAutopilotsSchema);
  const vehicles = answer.kind === "ok" ? answer.value.vehicles : [];
  const found = vehicles.filter((one) => one.sysid === sysid && one.autopilotUid !== null);
  const [only, ...others] = found;
  if (only?.autopilotUid === undefined || only.autopilotUid === null) return { kind: "notHeard" };
  if (others.length > 0 || only.isAmbiguous) return { kind: "ambiguous" };
  return { kind: "heard", autopilotUid: only.autopilotUid };
}
