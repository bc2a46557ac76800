// The flights that can still change, as the journal tells them: kept in memory, so that showing
// one never waits for the database. Called by journal-flow.ts.
import type { JournalEntry } from "../../contract/wire/journal-event.ts";
import { flightAfter, flightIdOf, type FlightRecord } from "../domain/flight/flight-record.ts";

export interface FlightBoard {
  /** Takes the next journal entry; the flight it changed, if any. */
  changed(entry: JournalEntry, isNewAlarm: boolean): FlightRecord | undefined;
  /** The journal was cut: what it tells from now on is newer than what may be lost. */
  journalCut(): void;
  /** Takes a flight that the cut journal lost; undefined where it was told of since. */
  lost(record: FlightRecord): FlightRecord | undefined;
  /** Flights that fly or landed, and are not sealed. */
  unsealed(): readonly FlightRecord[];
}

/** @param unsealed What the database knows, from which the journal goes on. */
export function createFlightBoard(unsealed: readonly FlightRecord[]): FlightBoard {
  const records = new Map(unsealed.map((record) => [record.flight.id, record]));
  /** Flights of which the journal has told since it was cut last. */
  const toldSince = new Set<string>();
  return {
    unsealed: () => [...records.values()],
    changed({ event, atMs }, isNewAlarm) {
      const id = flightIdOf(event);
      if (id === undefined) return undefined;
      const before = records.get(id);
      toldSince.add(id);
      const after = flightAfter(before, event, atMs, isNewAlarm);
      if (after === undefined || after === before) return undefined;
      if (after.flight.state === "sealed") records.delete(id);
      else records.set(id, after);
      return after;
    },
    journalCut: () => toldSince.clear(),
    lost(record) {
      const { id } = record.flight;
      if (toldSince.has(id) || !records.delete(id)) return undefined;
      return record;
    },
  };
}
