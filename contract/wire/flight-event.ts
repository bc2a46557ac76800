// What happened on a flight, for its time line: GET /api/v1/flights/{id}/events answers
// { events } in order of time. Made by server/replay-flow.ts, shown by client/replay.
import { z } from "zod";
import { alarmConditionSchema } from "./alarm.ts";

const atMs = z.number();

export const flightEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("armed"), atMs }),
  z.strictObject({ kind: z.literal("disarmed"), atMs }),
  z.strictObject({ kind: z.literal("mode"), atMs, modeName: z.string() }),
  /** STATUSTEXT of the autopilot, in its own words; severity 0 emergency .. 7 debug. */
  z.strictObject({ kind: z.literal("text"), atMs, severity: z.number(), text: z.string() }),
  /** One per alarm at the time it was first raised; its end stands in the condition. */
  z.strictObject({ kind: z.literal("alarm"), atMs, alarm: alarmConditionSchema }),
]);
export type FlightEvent = z.infer<typeof flightEventSchema>;

export const flightEventsSchema = z.strictObject({ events: z.array(flightEventSchema) });
