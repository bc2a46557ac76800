// Judges the frames of vehicles that have a signing key, before anything is learned from them; and
// says which key signs what we send to them. The port of server/telemetry-flow.ts; made by main.ts.
import type { PlannedSigning, WatchPlan } from "../../contract/wire/watch-plan.ts";
import { bindFlight } from "../domain/flight/flight-binding.ts";
import type { Log } from "../log.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import {
  judgeSignature,
  rememberStamp,
  stampOf,
  streamOf,
  type SigningMemory,
} from "../mavlink/signing.ts";
import { signingKeyAbout, type SecretBox } from "../secret-box.ts";
import type { SignatureFinding, SignatureJudge } from "../telemetry/ports.ts";
import type { HeardStamps } from "./heard-stamps.ts";

/** Radios put this on the wire themselves and have no key (RADIO_STATUS). */
const radioStatusId = 109;
/** A stamp this little behind the last one is no replay but the same frame come twice: 2 s. */
const repeatedStampsMax = 200_000;
/** How long it is remembered which aircraft a shared system id means; bookings begin and end. */
const meaningMs = 1_000;

interface Key {
  readonly keyId: string;
  readonly bytes: Uint8Array;
  readonly sinceMs: number;
}

interface Signer {
  readonly aircraftId: string;
  readonly policy: PlannedSigning["policy"];
  /** Empty where they cannot be opened: nothing is verified then. */
  readonly keys: readonly Key[];
}

/** What a system id means just now. */
interface Meaning {
  readonly signers: readonly Signer[];
  /** It may as well be an aircraft whose signatures are not looked at. */
  readonly isOpen: boolean;
  readonly untilMs: number;
}

/** The newest key of an aircraft, as it is given to the drone. */
export interface NewestKey {
  readonly bytes: Uint8Array;
  /** Receipt of the last frame verified with it since the start, epoch ms; 0: none. */
  readonly verifiedAtMs: number;
}

const notChecked: SignatureFinding = { kind: "notChecked" };
const unsigned: SignatureFinding = { kind: "unsigned" };
const refused = {
  unsigned: { kind: "refused", why: "unsigned" },
  badSignature: { kind: "refused", why: "badSignature" },
  replayed: { kind: "refused", why: "replayed" },
  repeated: { kind: "refused", why: "repeated" },
  oldStream: { kind: "refused", why: "oldStream" },
} as const satisfies Record<string, SignatureFinding>;

/** All keys of the plan, and what each system id means by it. */
export class SignatureGate implements SignatureJudge<FrameView> {
  private readonly stamps: HeardStamps;
  private readonly box: () => SecretBox | undefined;
  private readonly log: Log;
  private plan: WatchPlan | undefined;
  private readonly signers = new Map<string, Signer>();
  private readonly registered = new Map<number, string[]>();
  private readonly meanings = new Map<number, Meaning>();
  private readonly verifiedAtMs = new Map<string, number>();

  /** @param box Asked for once a plan holds a key; undefined where ours cannot be read. */
  constructor(stamps: HeardStamps, box: () => SecretBox | undefined, log: Log) {
    this.stamps = stamps;
    this.box = box;
    this.log = log;
  }

  setPlan(plan: WatchPlan): void {
    this.plan = plan;
    this.registered.clear();
    this.meanings.clear();
    this.signers.clear();
    const keyIds = new Set<string>();
    for (const { aircraftId, sysid, signing } of plan.registry) {
      const others = this.registered.get(sysid);
      if (others === undefined) this.registered.set(sysid, [aircraftId]);
      else others.push(aircraftId);
      if (signing === undefined) continue;
      for (const { keyId } of signing.keys) keyIds.add(keyId);
      const keys = this.openKeys(aircraftId, signing);
      this.signers.set(aircraftId, { aircraftId, policy: signing.policy, keys });
    }
    // Before the first plan nothing is known of what is still wanted.
    if (plan.version > 0) this.stamps.keepOnly(keyIds);
  }

  judge(frame: FrameView, nowMs: number): SignatureFinding {
    if (this.signers.size === 0) return notChecked;
    const meaning = this.meaningOf(frame.sysid, nowMs);
    if (meaning.signers.length === 0) return notChecked;
    return frame.signed ? this.judgeSigned(frame, meaning, nowMs) : judgeUnsigned(frame, meaning);
  }

  /** What signs frames for a system; undefined where it has no key. */
  keyFor(sysid: number, nowMs: number): Uint8Array | undefined {
    const [signer, ...others] = this.meaningOf(sysid, nowMs).signers;
    if (signer === undefined || others.length > 0) return undefined;
    const [newest, before] = signer.keys;
    if (newest === undefined || before === undefined) return newest?.bytes;
    const isInUse = this.stamps.hasHeard(newest.keyId) || !this.stamps.hasHeard(before.keyId);
    return isInUse ? newest.bytes : before.bytes;
  }

  /** Undefined where the aircraft has none that can be opened. */
  newestKeyOf(aircraftId: string): NewestKey | undefined {
    const newest = this.signers.get(aircraftId)?.keys[0];
    if (newest === undefined) return undefined;
    return { bytes: newest.bytes, verifiedAtMs: this.verifiedAtMs.get(newest.keyId) ?? 0 };
  }

  private openKeys(aircraftId: string, signing: PlannedSigning): Key[] {
    return signing.keys.flatMap(({ keyId, sealed, sinceMs }) => {
      const bytes = this.box()?.open(sealed, signingKeyAbout(keyId));
      if (bytes !== undefined) return [{ keyId, bytes, sinceMs }];
      const complaint = "A signing key cannot be opened; was it kept with this SECRETS_KEY_FILE?";
      this.log.error(complaint, { aircraftId });
      return [];
    });
  }

  private meaningOf(sysid: number, nowMs: number): Meaning {
    const known = this.meanings.get(sysid);
    if (known !== undefined && nowMs < known.untilMs) return known;
    const all = this.registered.get(sysid) ?? [];
    const named = this.namedOf(sysid, all, nowMs);
    const signers = named.flatMap((id) => {
      const signer = this.signers.get(id);
      return signer === undefined || signer.policy === "off" ? [] : [signer];
    });
    const untilMs = all.length > 1 ? nowMs + meaningMs : Infinity;
    const meaning = { signers, isOpen: signers.length < named.length, untilMs };
    this.meanings.set(sysid, meaning);
    return meaning;
  }

  /** Of several with one system id the one that a booking names now; else any of them. */
  private namedOf(sysid: number, all: readonly string[], nowMs: number): readonly string[] {
    if (all.length < 2 || this.plan === undefined) return all;
    const { booking } = bindFlight(this.plan.bookings, sysid, nowMs, () => []);
    const named = booking?.aircraft.find((one) => one.sysid === sysid)?.aircraftId;
    return named !== undefined && all.includes(named) ? [named] : all;
  }

  private judgeSigned(frame: FrameView, meaning: Meaning, nowMs: number): SignatureFinding {
    let mayPass = meaning.isOpen;
    for (const { aircraftId, policy, keys } of meaning.signers) {
      if (keys.length === 0 && policy === "preferred") mayPass = true;
      for (const { keyId, bytes, sinceMs } of keys) {
        const memory = this.stamps.of(keyId, sinceMs);
        const verdict = judgeSignature(frame, bytes, memory);
        if (verdict === "replayed") return replayOf(frame, memory);
        if (verdict === "oldStream") return refused.oldStream;
        if (verdict === "verified") {
          rememberStamp(frame, memory);
          this.stamps.changed();
          this.verifiedAtMs.set(keyId, nowMs);
          return { kind: "verified", aircraftId };
        }
        // The key before is good only until the drone has used the new one.
        if (this.stamps.hasHeard(keyId)) break;
      }
    }
    return mayPass ? notChecked : refused.badSignature;
  }
}

function judgeUnsigned(frame: FrameView, { signers, isOpen }: Meaning): SignatureFinding {
  if (frame.messageId === radioStatusId) return unsigned;
  const mustSign = !isOpen && signers.every(({ policy }) => policy === "required");
  return mustSign ? refused.unsigned : unsigned;
}

function replayOf(frame: FrameView, { streams }: SigningMemory): SignatureFinding {
  const behind = (streams.get(streamOf(frame)) ?? 0) - stampOf(frame);
  return behind <= repeatedStampsMax ? refused.repeated : refused.replayed;
}
