// Who may do what: one table, read by every route and the pages' socket. What stands in no row of
// it, nobody may.
import type { Person, Role } from "../../contract/wire/account.ts";

const everyRole: readonly Role[] = ["operator", "controller", "pilot", "admin"];
const desk: readonly Role[] = ["operator", "admin"];
const controlRoom: readonly Role[] = ["controller", "admin"];

const rolesOfAction = {
  "session.read": everyRole,
  "session.end": everyRole,
  "live.watch": everyRole,
  "site.read": everyRole,
  "resource.read": everyRole,
  "zone.read": everyRole,
  "availability.read": everyRole,
  "vehicle.read": everyRole,
  "vehicle.readLive": everyRole,
  "traffic.read": everyRole,
  "vehicle.register": desk,
  "vehicle.change": desk,
  "vehicle.readSigning": everyRole,
  "vehicle.sign": desk,
  "user.read": everyRole,
  "booking.read": everyRole,
  "booking.create": desk,
  "booking.submit": desk,
  "booking.withdraw": desk,
  "booking.check-in": ["operator", "pilot", "admin"],
  "booking.end": ["operator", "controller", "admin"],
  "booking.accept": controlRoom,
  "booking.reject": controlRoom,
  "booking.release": controlRoom,
  "vehicle.closeSession": controlRoom,
  "flight.read": everyRole,
  "flight.bind": controlRoom,
  "record.read": controlRoom,
  "alarm.read": everyRole,
  "alarm.acknowledge": controlRoom,
  // Who may ever ask; who may command this drone now, its authority says (domain/flight/authority).
  "command.read": everyRole,
  "command.send": everyRole,
  "transfer.read": everyRole,
  "transfer.begin": everyRole,
  "transfer.cancel": everyRole,
  "authority.read": everyRole,
  "authority.request": everyRole,
  "authority.grant": everyRole,
  "authority.giveBack": everyRole,
  "authority.takeOver": controlRoom,
} as const satisfies Record<string, readonly Role[]>;

/** Everything a signed-in person may ask for. */
export type Action = keyof typeof rolesOfAction;

export function mayDo(role: Role, action: Action): boolean {
  const roles: readonly Role[] = rolesOfAction[action];
  return roles.includes(role);
}

/** Controllers and admins see every organisation's bookings, drones and people. */
export function seesEveryOrganisation(role: Role): boolean {
  return controlRoom.includes(role);
}

/** May this person know of what belongs to the organisation? Nobody's is the control room's. */
export function maySeeOrganisation(person: Person, organisationId: string | null): boolean {
  return seesEveryOrganisation(person.role) || person.organisationId === organisationId;
}

/** The same as a question about one organisation after another. */
export function seenByPerson(person: Person): (organisationId: string | null) => boolean {
  return (organisationId) => maySeeOrganisation(person, organisationId);
}
