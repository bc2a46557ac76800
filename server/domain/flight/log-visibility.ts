// Whose frames of a shared link a flight's log shows to people of the flight's organisation. The
// record holds every frame of the link; what is another company's stays out. Pure decisions; called
// by replay/visible-log.ts.

/** One system heard in a stretch of a record, by what it sent there. */
export interface LinkSender {
  readonly sysid: number;
  /** An autopilot's heartbeat was heard. */
  readonly isVehicle: boolean;
  /** A ground station's heartbeat was. */
  readonly isStation: boolean;
  /** It sent nothing but the radio's own report of its signal (RADIO_STATUS). */
  readonly isRadioOnly: boolean;
}

/** Another flight, as far as it says who flew the system then. */
export interface OtherFlight {
  readonly sysid: number;
  readonly organisationId: string | null;
  readonly armedAtMs: number;
  /** Null while it flies, and where it never disarmed. */
  readonly disarmedAtMs: number | null;
}

/** Who owns an aircraft with the system id. */
export interface RegisteredSysid {
  readonly sysid: number;
  readonly organisationId: string;
}

/** Which frames are shown: none from `hidden`, and none that others sent to one of them. */
export interface FrameChoice {
  readonly hidden: readonly number[];
  /** The flight's own system and those of its organisation: all that they sent is shown. */
  readonly own: readonly number[];
}

/**
 * Hidden are vehicles that are not the organisation's own, and systems that never said what they
 * are.
 *
 * @param known The flight's own vehicle, the server itself, and the vehicles of its organisation.
 */
export function chooseFrames(
  senders: readonly LinkSender[],
  known: {
    readonly ownSysid: number;
    readonly ourSysid: number;
    readonly friends: ReadonlySet<number>;
  },
): FrameChoice {
  const own = [known.ownSysid];
  const hidden: number[] = [];
  for (const { sysid, isVehicle, isStation, isRadioOnly } of senders) {
    if (sysid === known.ownSysid || sysid === known.ourSysid) continue;
    if (known.friends.has(sysid)) own.push(sysid);
    else if (isVehicle || !(isStation || isRadioOnly)) hidden.push(sysid);
  }
  return { hidden: hidden.sort((a, b) => a - b), own };
}

/**
 * Is a system the organisation's? Its flights in that time say so; without one, its registrations.
 *
 * @param flights Flights of the system, those in the time among them.
 * @param registered Every registration of the system id.
 */
export function isOfOrganisation(
  organisationId: string,
  span: { readonly fromMs: number; readonly toMs: number },
  flights: readonly OtherFlight[],
  registered: readonly RegisteredSysid[],
): boolean {
  const then = flights.filter(
    ({ armedAtMs, disarmedAtMs }) =>
      armedAtMs < span.toMs && (disarmedAtMs ?? Number.POSITIVE_INFINITY) >= span.fromMs,
  );
  const owners = then.length > 0 ? then : registered;
  return owners.length > 0 && owners.every((owner) => owner.organisationId === organisationId);
}
