// What became of a command, step by step, in the reader's words. Pure; for the command's result.
import type { Command, CommandEvent } from "../../contract/wire/command.ts";
import type { commandMessages } from "../app/i18n/command-messages.ts";

type CommandTexts = (typeof commandMessages)["en"];

/** Commands of one drone shown at a time. */
const commandsShownMax = 2;

/** The newest commands of the session, newest first. */
export function commandsOf(commands: Iterable<Command>, sessionId: string): Command[] {
  return [...commands]
    .filter(({ vehicle }) => vehicle.sessionId === sessionId)
    .sort((a, b) => b.requestedAtMs - a.requestedAtMs)
    .slice(0, commandsShownMax);
}

/** Good, bad, or on its way: what the eye should stop at. */
export type CommandTone = "waiting" | "done" | "failed";

export function commandTone({ outcome, confirmed, isOver }: Command): CommandTone {
  if (confirmed) return "done";
  if (outcome !== null && outcome.kind !== "accepted") return "failed";
  return isOver ? "failed" : "waiting";
}

export interface CommandStepText {
  readonly key: string;
  readonly atMs: number | undefined;
  readonly text: string;
}

/** One line a step; the last says what is waited for. */
export function commandSteps(command: Command, text: CommandTexts): CommandStepText[] {
  const told = command.events.flatMap((event, index): CommandStepText[] => {
    const line = stepText(event, text);
    return line === undefined ? [] : [{ key: `${index}`, atMs: event.atMs, text: line }];
  });
  const isAwaited = command.outcome === null || command.outcome.kind === "accepted";
  if (!command.isOver && !command.confirmed && isAwaited) {
    return [...told, { key: "waiting", atMs: undefined, text: text.step.waiting }];
  }
  const isUnconfirmed = command.outcome?.kind === "accepted" && !command.confirmed;
  return isUnconfirmed && showsMode(command)
    ? [...told, { key: "unconfirmed", atMs: undefined, text: text.step.unconfirmed }]
    : told;
}

/** A reboot shows in no heartbeat: its acceptance is all there is. */
function showsMode({ action }: Command): boolean {
  return action.kind !== "reboot";
}

function stepText(event: CommandEvent, text: CommandTexts): string | undefined {
  const { step } = text;
  switch (event.kind) {
    case "sent":
      return event.attempt === 1 ? step.sent : step.sentAgain(event.attempt);
    case "notSent":
      return step.notSent(text.notSent[event.reason]);
    case "inProgress":
      return event.progressPercent === null
        ? step.inProgress
        : `${step.inProgress} ${event.progressPercent} %`;
    case "ended":
      return endText(event, text);
    case "confirmed":
      return step.confirmed(event.modeName);
    case "reason":
      return event.text;
    case "superseded":
      return step.superseded;
    case "interrupted":
      return step.interrupted;
  }
}

function endText({ outcome }: Extract<CommandEvent, { kind: "ended" }>, text: CommandTexts) {
  switch (outcome.kind) {
    case "accepted":
      return text.step.accepted;
    case "rejected":
      return text.step.rejected(text.refusal[outcome.refusal]);
    case "notAcknowledged":
      return text.step.notAcknowledged;
  }
}
