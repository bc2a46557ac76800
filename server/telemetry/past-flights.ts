// The flights that this ingest has journalled, as far as binding them by hand needs it. Filled from
// the journal at start and by every event since; asked by the telemetry flow.
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { BindableFlight } from "../domain/flight/flight-binding.ts";

/** Flights remembered; beyond it the oldest can no longer be bound. */
const pastFlightsMax = 10_000;

/** Flights by id, oldest first. */
export class PastFlights {
  private readonly flights = new Map<string, BindableFlight>();

  /** Takes the next journal event. */
  follow(atMs: number, event: JournalEvent): void {
    switch (event.kind) {
      case "flightStarted": {
        const { flightId, binding, aircraftId, armedAtMs } = event;
        const facts = { binding, atArming: binding, aircraftId, armedAtMs };
        this.flights.set(flightId, { ...facts, endedAtMs: armedAtMs });
        if (this.flights.size > pastFlightsMax) this.forgetOldest();
        return;
      }
      case "flightBound":
        this.change(event.flightId, { binding: event.binding });
        return;
      case "flightLanded":
        this.change(event.flightId, { endedAtMs: event.disarmedAtMs });
        return;
      case "flightSealed":
        if (event.endedWithoutDisarming) this.change(event.flightId, { endedAtMs: atMs });
        return;
      case "flightContinued":
      case "sessionOpened":
      case "sessionClosed":
      case "conformanceChanged":
      case "alarmChanged":
      case "commandChanged":
      case "transferChanged":
        return;
    }
  }

  /** Undefined for a flight that was never journalled here, or too long ago. */
  find(flightId: string): BindableFlight | undefined {
    return this.flights.get(flightId);
  }

  private change(flightId: string, by: Partial<BindableFlight>): void {
    const known = this.flights.get(flightId);
    if (known !== undefined) this.flights.set(flightId, { ...known, ...by });
  }

  private forgetOldest(): void {
    for (const flightId of this.flights.keys()) {
      this.flights.delete(flightId);
      return;
    }
  }
}
