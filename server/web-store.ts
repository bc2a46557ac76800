// Opens what the web process keeps: the database, the cookie key, and on an empty database the
// site files and in demo mode the demo accounts. Called by web.ts at start.
import { join } from "node:path";
import type { Command } from "../contract/wire/command.ts";
import type { Transfer } from "../contract/wire/mission.ts";
import { hashPassword } from "./accounts/password.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import { readSecretsKey } from "./secrets-key.ts";
import { createAlarmRepository, type AlarmRepository } from "./store/alarm-repository.ts";
import {
  createAuthorityRepository,
  type AuthorityRepository,
} from "./store/authority-repository.ts";
import { openDatabase } from "./store/database.ts";
import { createFlightRepository, type FlightRepository } from "./store/flight-repository.ts";
import { createJournalProjection, type JournalProjection } from "./store/journal-projection.ts";
import {
  createCommandRepository,
  createTransferRepository,
  type OrderRepository,
} from "./store/order-repository.ts";
import { seedDemo } from "./store/seed-demo.ts";
import { describeFault, readSiteFiles, seedSites, siteFilesIn } from "./store/site-files.ts";
import { createStore, type Store } from "./store/store.ts";

export interface WebStore {
  readonly store: Store;
  readonly flights: FlightRepository;
  readonly alarms: AlarmRepository;
  readonly commands: OrderRepository<Command>;
  readonly transfers: OrderRepository<Transfer>;
  readonly authority: AuthorityRepository;
  readonly projection: JournalProjection;
  readonly secret: string;
  close(): Promise<void>;
}

/** Open and seeded; or why not, in one line for a person. */
export type WebStoreOpening =
  | { readonly kind: "open"; readonly opened: WebStore }
  | { readonly kind: "failed"; readonly reason: string };

/** @param root Folder of the checkout, where geofences/ is. */
export async function openWebStore(
  config: Config,
  root: string,
  nowMs: number,
  log: Log,
): Promise<WebStoreOpening> {
  const key = readSecretsKey(config.secretsKeyFile);
  if (key.kind === "failed") return key;
  const opening = await openDatabase(config.database);
  if (opening.kind === "failed") return opening;
  const { database } = opening;
  const store = createStore(database);
  const refusal = await seed(store, config, root, nowMs, log);
  if (refusal !== undefined) {
    await database.close();
    return { kind: "failed", reason: refusal };
  }
  const opened: WebStore = {
    store,
    flights: createFlightRepository(database),
    alarms: createAlarmRepository(database),
    commands: createCommandRepository(database),
    transfers: createTransferRepository(database),
    authority: createAuthorityRepository(database),
    projection: createJournalProjection(database),
    secret: key.keyHex,
    close: () => database.close(),
  };
  return { kind: "open", opened };
}

/** Returns why it could not, with every fault of the files logged. */
async function seed(
  store: Store,
  config: Config,
  root: string,
  nowMs: number,
  log: Log,
): Promise<string | undefined> {
  if (await store.sites.isEmpty()) {
    const reading = readSiteFiles(siteFilesIn(join(root, "geofences")));
    if (reading.kind === "faults") {
      const lines = reading.faults.map(describeFault);
      for (const line of lines) log.error(line);
      return `The site files were refused: ${lines.join(" | ")}`;
    }
    if (reading.content.sites.length === 0) return "The site files hold no site.";
    await seedSites(store.sites, reading.content, nowMs);
  }
  if (config.demo && config.demoPassword !== undefined) {
    await seedDemo(store, await hashPassword(config.demoPassword), nowMs);
  }
  return undefined;
}
