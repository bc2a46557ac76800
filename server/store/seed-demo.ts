// The demo's organisations, people and aircraft. Called by the web process at each start of the
// demo; sites and zones come from geofences/ (site-files.ts).
import type { Role } from "../../contract/wire/account.ts";
import type { Store } from "./store.ts";

interface DemoPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly phone: string;
}
interface DemoAircraft {
  readonly id: string;
  readonly name: string;
  readonly sysid: number;
  readonly model: string;
  readonly takeOffMassKg: number;
}
interface DemoOrganisation {
  readonly id: string;
  readonly name: string;
  readonly people: readonly DemoPerson[];
  readonly aircraft: readonly DemoAircraft[];
}

function person(account: string, name: string, role: Role, phone: string): DemoPerson {
  const id = `usr_demo_${account.replaceAll("-", "_")}`;
  return { id, email: `${account}@demo.invalid`, name, role, phone };
}

function aircraft(name: string, sysid: number, model: string, takeOffMassKg: number) {
  return { id: `air_demo_${sysid}`, name, sysid, model, takeOffMassKg };
}

/** The telephone numbers are placeholders. */
const organisations: readonly DemoOrganisation[] = [
  {
    id: "org_demo_site",
    name: "Cyberport site operations",
    people: [
      person("admin", "Ada Leung", "admin", "+852 0000 0001"),
      person("controller", "Karl Cheung", "controller", "+852 0000 0002"),
    ],
    aircraft: [],
  },
  {
    id: "org_demo_harbour",
    name: "Harbour Robotics",
    people: [
      person("operator", "Olivia Chan", "operator", "+852 0000 0011"),
      person("pilot", "Peter Wong", "pilot", "+852 0000 0012"),
    ],
    aircraft: [
      aircraft("Heron 1", 1, "Quadrotor X4", 3.2),
      aircraft("Heron 2", 2, "Quadrotor X4", 3.2),
      aircraft("Heron 3", 3, "Quadrotor X4", 3.2),
      aircraft("Kite 4", 4, "Hexarotor H6", 9.5),
    ],
  },
  {
    id: "org_demo_island",
    name: "Island Logistics",
    people: [
      person("operator2", "Oscar Lau", "operator", "+852 0000 0021"),
      person("pilot2", "Polly Ho", "pilot", "+852 0000 0022"),
    ],
    aircraft: [
      aircraft("Junk 5", 5, "Cargo octorotor", 24.9),
      aircraft("Junk 6", 6, "Cargo octorotor", 24.9),
      aircraft("Junk 7", 7, "Cargo octorotor", 38),
    ],
  },
  {
    id: "org_demo_flights",
    name: "Skyrange demo flights",
    people: [
      person("demo-flights", "Demo flights", "operator", "+852 0000 0031"),
      person("demo-pilot", "Demo pilot", "pilot", "+852 0000 0032"),
    ],
    aircraft: [
      aircraft("Demo A", 101, "Simulated quadrotor", 2),
      aircraft("Demo B", 102, "Simulated quadrotor", 2),
      aircraft("Demo C", 103, "Simulated quadrotor", 2),
    ],
  },
];

/**
 * Makes what is missing, and sets the password of every demo account anew. Who was made by hand is
 * left alone.
 */
export async function seedDemo(store: Store, passwordHash: string, nowMs: number): Promise<void> {
  const known = new Set((await store.accounts.organisations()).map(({ id }) => id));
  for (const organisation of organisations) {
    const { id, name } = organisation;
    if (!known.has(id)) await store.accounts.addOrganisation({ id, name });
    for (const { id: personId, ...rest } of organisation.people) {
      const account = { ...rest, id: personId, organisationId: id, createdAtMs: nowMs };
      await store.accounts.addPerson({ ...account, passwordHash });
      await store.accounts.setPasswordHash(personId, passwordHash);
    }
    const flown = new Set((await store.aircraft.list(id)).map((one) => one.id));
    for (const { id: aircraftId, ...rest } of organisation.aircraft) {
      if (flown.has(aircraftId)) continue;
      const telemetry = "mavlink";
      const registered = { ...rest, registrationLabel: "", telemetry, autopilotUid: null } as const;
      const act = { atMs: nowMs, byUserId: null };
      await store.aircraft.add(aircraftId, id, registered, act, true);
    }
  }
}

/** Addresses to sign in with, in the order they are printed. */
export const demoEmails: readonly string[] = organisations.flatMap(({ people }) =>
  people.map(({ email }) => email),
);
