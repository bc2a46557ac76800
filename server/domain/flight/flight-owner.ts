// Whose a flight is by its aircraft, whatever booking it was bound to since. Asked before a binding
// by hand: it may hand nobody's flight to another company.
import type { Flight } from "../../../contract/wire/flight.ts";

/** What the registry says of an aircraft. */
interface OwnedAircraft {
  readonly id: string;
  readonly organisationId: string;
}

/** The organisation; null for a drone that nobody is known to own. */
export function ownerOfFlight(
  {
    aircraftId,
    organisationId,
    binding,
  }: Pick<Flight, "aircraftId" | "organisationId" | "binding">,
  registry: readonly OwnedAircraft[],
): string | null {
  const aircraft = registry.find(({ id }) => id === aircraftId);
  if (aircraft !== undefined) return aircraft.organisationId;
  // A binding by hand has made it the booking's.
  return binding.kind === "byHand" ? null : organisationId;
}
