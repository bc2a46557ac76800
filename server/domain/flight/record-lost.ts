// What becomes of things in the air whose part of the journal was lost, as at a power loss: ingest
// knows nothing of them any more and will never end them, so they end here. Called by the store
// when a journal turns out to be cut; each is undefined where nothing was open.
import type { AlarmCondition } from "../../../contract/wire/alarm.ts";
import type { Command, CommandEvent } from "../../../contract/wire/command.ts";
import type { Transfer } from "../../../contract/wire/mission.ts";
import type { FlightRecord } from "./flight-record.ts";

/** It stands no more: whether its cause went, nobody knows. Where it holds, it is raised anew. */
export function lostAlarm(condition: AlarmCondition, atMs: number): AlarmCondition | undefined {
  if (condition.state === "returned") return undefined;
  return { ...condition, state: "returned", returnedAtMs: atMs, endedBy: "recordLost" };
}

/** Sealed flights are proven by their seal; any other is over, with the figures that were told. */
export function lostFlight(record: FlightRecord): FlightRecord | undefined {
  const { flight } = record;
  if (flight.state === "sealed" || flight.state === "lost") return undefined;
  const endedWithoutDisarming = flight.state === "flying";
  return {
    ...record,
    flight: { ...flight, state: "lost", endedWithoutDisarming, endedBy: "recordLost" },
  };
}

/** What became of it is not known, as where ingest ended before it did. */
export function lostCommand(command: Command, atMs: number): Command | undefined {
  if (command.isOver) return undefined;
  const outcome = command.outcome ?? { kind: "notAcknowledged" };
  const events: CommandEvent[] = [...command.events, { kind: "interrupted", atMs }];
  if (command.outcome === null) events.push({ kind: "ended", atMs, outcome });
  return { ...command, revision: command.revision + 1, events, outcome, isOver: true };
}

/** As `lostCommand`. */
export function lostTransfer(transfer: Transfer, atMs: number): Transfer | undefined {
  if (transfer.outcome !== null) return undefined;
  const revision = transfer.revision + 1;
  return { ...transfer, revision, endedAtMs: atMs, outcome: { kind: "interrupted" } };
}
