// MAVLink 2 signing of each aircraft. Keys come encrypted and stay so: nothing here can open them.
// Called by the signing router; plan-repository.ts hands them on to ingest.
import type { Knex } from "knex";
import type { SigningKeyOrigin } from "../../contract/wire/signing.ts";
import type { PlannedSigning, SigningPolicy } from "../../contract/wire/watch-plan.ts";
import type { Database } from "./database.ts";
import { appendEvent } from "./event-repository.ts";
import { raisePlanVersion } from "./plan-version.ts";
import type { Act, SealedKey, SigningRepository, StoredSigning } from "./ports.ts";

interface SigningRow {
  aircraft_id: string;
  policy: SigningPolicy;
  key_id: string | null;
  sealed_key: string | null;
  since_ms: number | null;
  origin: SigningKeyOrigin | null;
  set_at_ms: number | null;
  before_key_id: string | null;
  before_sealed_key: string | null;
  before_since_ms: number | null;
}

const noKey = { key_id: null, sealed_key: null, since_ms: null, origin: null, set_at_ms: null };
const noKeyBefore = { before_key_id: null, before_sealed_key: null, before_since_ms: null };

function keysOf(row: SigningRow): PlannedSigning["keys"] {
  const one = (keyId: string | null, sealed: string | null, sinceMs: number | null) =>
    keyId === null || sealed === null ? [] : [{ keyId, sealed, sinceMs: sinceMs ?? 0 }];
  return [
    ...one(row.key_id, row.sealed_key, row.since_ms),
    ...one(row.before_key_id, row.before_sealed_key, row.before_since_ms),
  ];
}

/** How each aircraft that has a key is checked, for the plan. */
export async function plannedSignings(knex: Knex): Promise<Map<string, PlannedSigning>> {
  const rows = await knex<SigningRow>("aircraft_signing").whereNotNull("key_id");
  return new Map(
    rows.map((row) => [row.aircraft_id, { policy: row.policy, keys: keysOf(row) }] as const),
  );
}

function storedOf(row: SigningRow | undefined): StoredSigning {
  if (row === undefined) return { policy: "off", key: null, hasKeyBefore: false };
  const { policy, origin, set_at_ms: setAtMs, before_key_id: before } = row;
  const key = origin === null || setAtMs === null ? null : { origin, setAtMs };
  return { policy, key, hasKeyBefore: before !== null };
}

export function createSigningRepository({ read, write }: Database): SigningRepository {
  const rowOf = (knex: Knex, aircraftId: string) =>
    knex<SigningRow>("aircraft_signing").where({ aircraft_id: aircraftId }).first();

  /** One change, with the plan that it makes and the event that tells of it. */
  const change = (
    aircraftId: string,
    act: Act,
    event: { readonly kind: string; readonly payload: Record<string, unknown> },
    rowAfter: (row: SigningRow | undefined) => Omit<SigningRow, "aircraft_id">,
  ): Promise<void> =>
    write.transaction(async (transaction) => {
      const row = rowAfter(await rowOf(transaction, aircraftId));
      await transaction<SigningRow>("aircraft_signing")
        .insert({ aircraft_id: aircraftId, ...row })
        .onConflict("aircraft_id")
        .merge();
      await raisePlanVersion(transaction);
      const { kind, payload } = event;
      await appendEvent(transaction, { ...act, kind, payload: { aircraftId, ...payload } });
    });

  return {
    find: async (aircraftId) => storedOf(await rowOf(read, aircraftId)),
    setKey: (aircraftId, key, act) =>
      change(aircraftId, act, { kind: "signingKeySet", payload: { origin: key.origin } }, (row) =>
        rowWithKey(row, key, act.atMs),
      ),
    removeKey: (aircraftId, act) =>
      change(aircraftId, act, { kind: "signingKeyRemoved", payload: {} }, () => ({
        policy: "off",
        ...noKey,
        ...noKeyBefore,
      })),
    setPolicy: (aircraftId, policy, act) =>
      change(aircraftId, act, { kind: "signingPolicySet", payload: { policy } }, (row) => ({
        ...(row ?? { ...noKey, ...noKeyBefore }),
        policy,
      })),
  };
}

/** The key that was becomes the one before. A first key is preferred until a person requires it. */
function rowWithKey(
  row: SigningRow | undefined,
  { keyId, sealed, sinceMs, origin }: SealedKey,
  setAtMs: number,
): Omit<SigningRow, "aircraft_id"> {
  const isFirst = row?.key_id === undefined || row.key_id === null;
  return {
    policy: isFirst ? "preferred" : row.policy,
    key_id: keyId,
    sealed_key: sealed,
    since_ms: sinceMs,
    origin,
    set_at_ms: setAtMs,
    before_key_id: row?.key_id ?? null,
    before_sealed_key: row?.sealed_key ?? null,
    before_since_ms: row?.since_ms ?? null,
  };
}
