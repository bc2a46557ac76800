// Binds a flight that has ended without a booking of its own, as the drone's panel does in flight.
// In the player.
import type { Flight } from "../../contract/wire/flight.ts";
import { usePerson } from "../app/session-context.ts";
import { BindFlight } from "../control/bind-flight.tsx";
import { mayBind } from "./may-bind.ts";

interface FlightBindingProps {
  readonly flight: Flight;
  readonly onBound: () => void;
}

export function FlightBinding({ flight, onBound }: FlightBindingProps) {
  const { role } = usePerson();
  if (!mayBind(flight, role)) return null;
  const { id, aircraftName, siteId } = flight;
  return (
    <div className="flight-binding">
      <BindFlight
        hasEnded
        droneName={aircraftName}
        flightId={id}
        siteId={siteId ?? undefined}
        onBound={onBound}
      />
    </div>
  );
}
