// npm run user -- add EMAIL --role ROLE [--organisation NAME [--new-organisation]] [--name NAME]
// [--phone NUMBER]
// Makes an account in the database of this machine. The password is asked for; with no terminal to
// ask at, one is made and printed once.
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { makeId, type IdKind } from "../../contract/ids.ts";
import { roleSchema, type Role } from "../../contract/wire/account.ts";
import { hashPassword, passwordLengthMin } from "../accounts/password.ts";
import { createClock } from "../clock.ts";
import { readConfig } from "../config.ts";
import { makeFolder } from "../make-folder.ts";
import { openDatabase } from "../store/database.ts";
import { createStore, type Store } from "../store/store.ts";

const usage =
  "npm run user -- add EMAIL --role operator|controller|pilot|admin " +
  "[--organisation NAME [--new-organisation]] [--name NAME] [--phone NUMBER]";

const help = `${usage}

Makes an account. The password is asked for; with no terminal to ask at, one is made and shown once.

  operator    books and registers aircraft for the organisation, and sees its bookings, drones,
              flights and people
  pilot       sees what the organisation's operators see, and checks in to its bookings
  controller  the control room: sees and acts on what all organisations have
  admin       as controller; books for the organisation, and registers aircraft of any

What a controller or an admin sees is not limited by the organisation.`;

/** What an account of the site's own people may, said when one is made. */
const siteWide: Readonly<Partial<Record<Role, string>>> = {
  controller:
    "accepts and rejects bookings, acknowledges alarms, takes authority over drones and sends " +
    "them commands",
  admin:
    "accepts and rejects bookings, registers aircraft of any organisation, acknowledges alarms, " +
    "takes authority over drones and sends them commands",
};

/** Where people belong who are given no organisation. */
const defaultOrganisation = "Site operations";

interface Order {
  readonly email: string;
  readonly role: Role;
  readonly organisation: string;
  /** An organisation of this name may be made. */
  readonly mayMakeOrganisation: boolean;
  readonly name: string;
  readonly phone: string;
}

function fail(line: string): never {
  console.error(line);
  process.exit(1);
}

function readOrder(argv: readonly string[]): Order {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      role: { type: "string" },
      organisation: { type: "string" },
      "new-organisation": { type: "boolean" },
      name: { type: "string" },
      phone: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    console.log(help);
    process.exit(0);
  }
  const [verb, email, ...rest] = positionals;
  if (verb !== "add" || email === undefined || rest.length > 0) fail(`Expected: ${usage}`);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) fail(`Expected an email address; found ${email}.`);
  const role = roleSchema.safeParse(values.role);
  if (!role.success) {
    const found = values.role ?? "none";
    fail(`--role: expected ${roleSchema.options.join(", ")}; found ${found}.`);
  }
  return {
    email,
    role: role.data,
    organisation: values.organisation ?? defaultOrganisation,
    // The site's own people come first, before there is anything else.
    mayMakeOrganisation: values["new-organisation"] ?? values.organisation === undefined,
    name: values.name ?? email.split("@")[0] ?? email,
    phone: values.phone ?? "",
  };
}

function newId(kind: IdKind): string {
  return makeId(kind, randomBytes(16));
}

async function organisationId(
  store: Store,
  { organisation: name, mayMakeOrganisation }: Order,
): Promise<string> {
  const all = await store.accounts.organisations();
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found.id;
  if (!mayMakeOrganisation) {
    const names = all.map((one) => one.name).join(", ");
    const known = names === "" ? "there is no organisation yet" : `expected one of ${names}`;
    fail(`--organisation: ${known}; found ${name}. Add --new-organisation to make it.`);
  }
  const id = newId("organisation");
  await store.accounts.addOrganisation({ id, name });
  return id;
}

/** What is typed is not shown. */
async function askPassword(): Promise<string> {
  process.stdout.write(`Password (${passwordLengthMin} characters or more): `);
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: mute, terminal: true });
  const password = await lines.question("");
  lines.close();
  process.stdout.write("\n");
  if (password.length < passwordLengthMin) {
    fail(`Expected ${passwordLengthMin} characters or more; found ${password.length}.`);
  }
  return password;
}

async function main(): Promise<void> {
  const order = readOrder(process.argv.slice(2));
  const config = readConfig(process.env, process.argv.slice(0, 2));
  if ("problems" in config) fail(config.problems.join("\n"));
  makeFolder(config.dataDir);
  const opening = await openDatabase(config.database);
  if (opening.kind === "failed") fail(opening.reason);
  const store = createStore(opening.database);
  const organisation = await organisationId(store, order);
  const made = process.stdin.isTTY ? undefined : randomBytes(12).toString("base64url");
  const passwordHash = await hashPassword(made ?? (await askPassword()));
  const outcome = await store.accounts.addPerson({
    id: newId("user"),
    organisationId: organisation,
    email: order.email,
    name: order.name,
    role: order.role,
    phone: order.phone,
    passwordHash,
    createdAtMs: Math.floor(createClock().nowMs()),
  });
  await opening.database.close();
  if (outcome === "emailTaken") fail(`There is an account ${order.email} already.`);
  console.log(`Added ${order.email} as ${order.role} of ${order.organisation}.`);
  const powers = siteWide[order.role];
  if (powers !== undefined) {
    console.log(
      "Warning: this account sees the bookings, drones, flights and people of every " +
        `organisation; it ${powers}. That it belongs to ${order.organisation} does not limit it.`,
    );
  }
  if (made !== undefined) console.log(`Password, shown only now: ${made}`);
}

try {
  await main();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
