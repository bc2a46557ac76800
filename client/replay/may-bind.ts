// Who may bind which flight that has ended. Pure; called by flight-binding.tsx.
import type { Role } from "../../contract/wire/account.ts";
import type { Flight } from "../../contract/wire/flight.ts";

/** Controllers and admins, where it has no booking of its own. */
export function mayBind({ binding, state }: Flight, role: Role): boolean {
  const lacksBooking = binding.kind === "unbooked" || binding.kind === "wrongDrone";
  return lacksBooking && state !== "flying" && (role === "controller" || role === "admin");
}
