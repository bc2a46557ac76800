// Why a command or a transfer was not begun, as problems for a person. Called by the command and
// transfer routers.
import type { CommandNotSent } from "../../contract/wire/command.ts";
import type { TransferNotBegun } from "../../contract/wire/mission.ts";
import { HttpProblem, notFound } from "./problem.ts";

type Reason = CommandNotSent | TransferNotBegun;

const details: Readonly<Record<Exclude<Reason, "unknownVehicle">, string>> = {
  notHeard:
    "Expected a drone that is heard; its link is lost, so nobody knows if it would hear us.",
  routeStale: "Expected a heartbeat of the last 3 s; the last one is older. Try again in a moment.",
  ambiguous: "Two senders have its system id: a command could reach either. Resolve that first.",
  busy: "The same is under way for this drone. Wait for its end.",
  notForThisAutopilot: "Its autopilot has no such command or mode, or is of a make we do not know.",
  homeUnknown: "A height above home cannot be told to it before it has said where home is.",
  armed: "It is armed. A reboot waits for disarming; a change of its fence needs a second word.",
  tooLate: "It reached the drone's link too late and was left undone.",
  noBookingFence:
    "No booking of one volume stands for this drone, so there is no fence to give it.",
};

/** Nothing was sent to the drone. */
export function notOrdered(reason: Reason): HttpProblem {
  if (reason === "unknownVehicle") return notFound("The drone");
  const title = "Nothing was sent to the drone";
  return new HttpProblem({ status: 409, kind: reason, title, detail: details[reason] });
}
