// /vehicles/{id}/signing: the policy and the key of one aircraft, and the way of the key to the
// drone. Operators for their own organisation's aircraft, admins for all; to read it one must see
// the aircraft. No answer, no problem and no log line holds a key.
import { Router, type Request } from "express";
import {
  passphraseLengthMax,
  passphraseLengthMin,
  signingKeyRequestSchema,
  signingPolicyRequestSchema,
  type AircraftSigning,
  type SigningKeyOrigin,
} from "../../contract/wire/signing.ts";
import type { Aircraft } from "../../contract/wire/aircraft.ts";
import type { AskIngest } from "../cluster/ingest-ask.ts";
import type {
  Act,
  AircraftRepository,
  EventRepository,
  SigningRepository,
} from "../store/ports.ts";
import { allow, personOf } from "./access.ts";
import { ownOrganisationOf } from "./own-organisation.ts";
import { HttpProblem, malformed, notFound } from "./problem.ts";
import { readBody } from "./read-input.ts";
import { keyOfDigits, keyOfPassphrase } from "./signing-key.ts";

export interface SigningPorts {
  readonly aircraft: Pick<AircraftRepository, "list">;
  readonly signing: SigningRepository;
  readonly events: Pick<EventRepository, "append">;
  readonly askIngest: AskIngest;
  readonly nowMs: () => number;
  readonly makeKeyId: () => string;
  /** Encrypts a key for the database. */
  readonly sealKey: (key: Uint8Array, keyId: string) => string;
  /** Keys and policies are part of the watch plan. */
  readonly planChanged: () => void;
}

export function createVehicleSigningRouter(ports: SigningPorts): Router {
  const router = Router();
  const { signing, planChanged } = ports;

  router.get("/vehicles/:id/signing", allow("vehicle.readSigning"), async (request, response) => {
    response.json(await shown(ports, await aircraftOf(ports, request)));
  });
  router.post("/vehicles/:id/signing/key", allow("vehicle.sign"), async (request, response) => {
    const aircraft = await aircraftOf(ports, request);
    const { key, origin } = readKey(request);
    const act = actOf(ports, request);
    const keyId = ports.makeKeyId();
    const sealed = ports.sealKey(key, keyId);
    key.fill(0);
    // What was made just now signed nothing before; of others that is not known.
    const sinceMs = origin === "generated" ? act.atMs : 0;
    await signing.setKey(aircraft.id, { keyId, sealed, sinceMs, origin }, act);
    planChanged();
    response.json(await shown(ports, aircraft));
  });
  router.delete("/vehicles/:id/signing/key", allow("vehicle.sign"), async (request, response) => {
    const aircraft = await aircraftOf(ports, request);
    await signing.removeKey(aircraft.id, actOf(ports, request));
    planChanged();
    response.json(await shown(ports, aircraft));
  });
  router.post("/vehicles/:id/signing/policy", allow("vehicle.sign"), async (request, response) => {
    const aircraft = await aircraftOf(ports, request);
    const { policy } = readBody(signingPolicyRequestSchema, request);
    if (policy !== "off") await demandKey(ports, aircraft);
    await signing.setPolicy(aircraft.id, policy, actOf(ports, request));
    planChanged();
    response.json(await shown(ports, aircraft));
  });
  router.post("/vehicles/:id/signing/send", allow("vehicle.sign"), async (request, response) => {
    const aircraft = await aircraftOf(ports, request);
    await setUp(ports, request, aircraft, "send");
    response.json(await shown(ports, aircraft));
  });
  router.post("/vehicles/:id/signing/disable", allow("vehicle.sign"), async (request, response) => {
    const aircraft = await aircraftOf(ports, request);
    if ((await signing.find(aircraft.id)).policy === "required") {
      const detail =
        "Expected a policy other than required; found required: " +
        "every frame of the drone would be refused from then on.";
      throw refused("signingRequired", detail);
    }
    await setUp(ports, request, aircraft, "disable");
    response.json(await shown(ports, aircraft));
  });
  return router;
}

type IdRequest = Request<{ id: string }>;

async function aircraftOf({ aircraft }: SigningPorts, request: IdRequest): Promise<Aircraft> {
  const all = await aircraft.list(ownOrganisationOf(personOf(request)));
  return all.find(({ id }) => id === request.params.id) ?? notFound("The aircraft");
}

function actOf({ nowMs }: SigningPorts, request: IdRequest): Act {
  return { atMs: Math.floor(nowMs()), byUserId: personOf(request).id };
}

async function shown(ports: SigningPorts, aircraft: Aircraft): Promise<AircraftSigning> {
  const stored = await ports.signing.find(aircraft.id);
  const live = await ports.askIngest({
    kind: "signingState",
    aircraftId: aircraft.id,
  });
  return { aircraftId: aircraft.id, ...stored, live: "kind" in live ? null : live };
}

/** Nothing of the body is told again, whatever is wrong with it. */
function readKey(request: IdRequest): { key: Uint8Array; origin: SigningKeyOrigin } {
  const parsed = signingKeyRequestSchema.safeParse(request.body ?? {});
  if (!parsed.success) {
    const expected = "either hex (and generated) or passphrase, and nothing else";
    throw malformed([{ path: "", expected, found: "something else" }]);
  }
  const { data } = parsed;
  if ("hex" in data) {
    const key = keyOfDigits(data.hex);
    const origin = data.generated ? "generated" : "entered";
    if (key !== undefined && key.some((byte) => byte !== 0)) return { key, origin };
    const expected = "64 hexadecimal digits, not all of them zero";
    throw unfit("hex", expected, key === undefined ? lengthOf(data.hex) : "only zeros");
  }
  const { length } = data.passphrase;
  if (length >= passphraseLengthMin && length <= passphraseLengthMax) {
    return { key: keyOfPassphrase(data.passphrase), origin: "passphrase" };
  }
  const expected = `${passphraseLengthMin} to ${passphraseLengthMax} characters`;
  throw unfit("passphrase", expected, lengthOf(data.passphrase));
}

function lengthOf({ length }: string): string {
  return `${length} characters (not repeated here)`;
}

function unfit(path: string, expected: string, found: string): HttpProblem {
  const title = "The key cannot be set";
  const detail = `${path}: expected ${expected}; found ${found}.`;
  const faults = [{ path, expected, found }];
  return new HttpProblem({ status: 422, kind: "unfit", title, detail, faults });
}

function refused(kind: string, detail: string, status = 409): HttpProblem {
  return new HttpProblem({ status, kind, title: "The drone was not set up", detail });
}

async function demandKey({ signing }: SigningPorts, aircraft: Aircraft): Promise<void> {
  if ((await signing.find(aircraft.id)).key !== null) return;
  throw refused("signingKeyMissing", "Expected an aircraft with a signing key; found none set.");
}

const refusals = {
  noKey: "Expected a key that ingest can open; found none (it may take a second to arrive).",
  notHeard: "Expected the drone to be heard, its frames accepted; found it silent or refused.",
  ambiguous: "Expected one sender with its system id; found two.",
  armed: "Expected a disarmed drone; found it armed, or its state unknown.",
  noStamp: "Expected a signing stamp to be had; found that none can be kept on disk.",
} as const;

async function setUp(
  ports: SigningPorts,
  request: IdRequest,
  aircraft: Aircraft,
  act: "send" | "disable",
): Promise<void> {
  await demandKey(ports, aircraft);
  const answer = await ports.askIngest({
    kind: "setupSigning",
    aircraftId: aircraft.id,
    act,
  });
  if (answer.kind === "refused") throw refused(answer.reason, refusals[answer.reason]);
  if (answer.kind !== "sent") {
    const detail = "Expected ingest to answer; found that it did not. Look at what the drone does.";
    throw refused("ingestUnreachable", detail, 503);
  }
  const kind = act === "send" ? "signingKeySent" : "signingSwitchedOff";
  const payload = { aircraftId: aircraft.id };
  await ports.events.append({ ...actOf(ports, request), kind, payload });
}
