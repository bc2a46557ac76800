// Tells the server that somebody has seen an alarm, in the state in which it was shown to them.
// Called by the buttons of an alarm and of a group of them.
import { alarmSchema, type Alarm } from "../../contract/wire/alarm.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api, type Answer } from "../app/api.ts";

type Post = (path: string, body: object) => Promise<Answer<Alarm>>;

const post: Post = (path, body) => api.post(path, body, alarmSchema);

/** One request for each alarm, one after the other: each is acknowledged by its own name. */
export async function acknowledgeAlarms(
  alarms: readonly Alarm[],
  onAcknowledged: (alarm: Alarm) => void,
  send: Post = post,
): Promise<Problem | undefined> {
  let problem: Problem | undefined;
  for (const { condition } of alarms) {
    const path = `/alarms/${encodeURIComponent(condition.id)}/acknowledge`;
    const answer = await send(path, { seenWorsenedCount: condition.worsenedCount });
    if (answer.kind === "ok") onAcknowledged(answer.value);
    else problem = answer.problem;
  }
  return problem;
}
