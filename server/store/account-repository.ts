// Organisations and people. Called by sign-in, the users router and the user command.
import type { Knex } from "knex";
import type { Person, Pilot, Role } from "../../contract/wire/account.ts";
import type { Database } from "./database.ts";
import type { AccountRepository, StoredPerson } from "./ports.ts";

interface PersonRow {
  id: string;
  organisation_id: string;
  organisation_name: string;
  email: string;
  name: string;
  role: Role;
  phone: string;
  password_hash: string;
  disabled: number;
}

function personOf(row: PersonRow): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    phone: row.phone,
  };
}

function storedPersonOf(row: PersonRow): StoredPerson {
  return { person: personOf(row), passwordHash: row.password_hash, disabled: row.disabled !== 0 };
}

function personRows(knex: Knex) {
  return knex("person")
    .join("organisation", "organisation.id", "person.organisation_id")
    .select<PersonRow[]>("person.*", "organisation.name as organisation_name")
    .orderBy(["person.name", "person.id"]);
}

/** Addresses are compared in small letters. */
export function keptEmail(email: string): string {
  return email.trim().toLowerCase();
}

export function createAccountRepository({ read, write }: Database): AccountRepository {
  return {
    async personByEmail(email) {
      const row = (await personRows(read).where({ email: keptEmail(email) }))[0];
      return row === undefined ? undefined : storedPersonOf(row);
    },
    async person(id) {
      const row = (await personRows(read).where({ "person.id": id, disabled: 0 }))[0];
      return row === undefined ? undefined : personOf(row);
    },
    async people({ organisationId, role }) {
      const query = personRows(read).where({ disabled: 0 });
      if (organisationId !== undefined) void query.where({ organisation_id: organisationId });
      if (role !== undefined) void query.where({ role });
      return (await query).map(personOf);
    },
    async organisations() {
      return read<{ id: string; name: string }>("organisation")
        .select("id", "name")
        .orderBy("name");
    },
    async addOrganisation({ id, name }) {
      await write("organisation").insert({ id, name }).onConflict("id").ignore();
    },
    async addPerson(person) {
      const added = await write("person")
        .insert({
          id: person.id,
          organisation_id: person.organisationId,
          email: keptEmail(person.email),
          name: person.name,
          role: person.role,
          phone: person.phone,
          password_hash: person.passwordHash,
          created_at_ms: person.createdAtMs,
        })
        .onConflict("email")
        .ignore()
        .returning<{ id: string }[]>("id");
      return added.length === 1 ? "added" : "emailTaken";
    },
    async setPasswordHash(personId, passwordHash) {
      await write("person").where({ id: personId }).update({ password_hash: passwordHash });
    },
  };
}

/** The pilots among these people, in the order asked. Anybody in a booking's crew counts. */
export async function pilotsOf(knex: Knex, ids: readonly string[]): Promise<Pilot[]> {
  const rows = await personRows(knex)
    .whereIn("person.id", [...ids])
    .where({ disabled: 0 });
  return ids.flatMap((id) => {
    const row = rows.find((candidate) => candidate.id === id);
    if (row === undefined) return [];
    const { name, organisation_id: organisationId, phone } = row;
    return [{ id, name, organisationId, phone }];
  });
}
