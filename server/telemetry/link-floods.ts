// Tells a flood: one alarm for each listener, however many sources it comes from. Called at every
// tick of the telemetry flow; judges once a second.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import { raisedAlarm, returnedAlarm, type AlarmSubject } from "../domain/flight/alarm.ts";
import { floodClearMs, isFlood, newLinksPerSMax } from "../domain/flight/link-flood.ts";
import type { AlarmPorts } from "./alarms.ts";
import type { Link, LinkBook } from "./links.ts";

const judgeEveryMs = 1_000;
const vehicleKeyPrefix = "listener ";

/** Who floods, in words that name the sender. */
interface Source {
  readonly name: string;
  readonly sysid: number;
}

/** The flood alarms of all listeners. */
export class LinkFloods {
  private readonly ports: AlarmPorts;
  /** Standing, and those that may still be re-opened, by listener. */
  private readonly conditions = new Map<string, AlarmCondition>();
  private readonly floodedAtMs = new Map<string, number>();
  private judgedAtMs = 0;

  constructor(ports: AlarmPorts) {
    this.ports = ports;
  }

  /** Takes up those that stood when ingest last ended. */
  resume(conditions: readonly AlarmCondition[], nowMs: number): void {
    for (const condition of conditions) {
      const listener = condition.vehicleKey.slice(vehicleKeyPrefix.length);
      this.conditions.set(listener, condition);
      if (condition.state === "standing") this.floodedAtMs.set(listener, nowMs);
    }
  }

  tick(book: LinkBook, planVersion: number, nowMs: number): void {
    if (nowMs - this.judgedAtMs < judgeEveryMs) return;
    this.judgedAtMs = nowMs;
    for (const [listener, source] of floodsOf(book)) {
      this.floodedAtMs.set(listener, nowMs);
      this.raise(listener, source, planVersion, nowMs);
    }
    for (const [listener, lastMs] of this.floodedAtMs) {
      if (nowMs - lastMs < floodClearMs) continue;
      this.floodedAtMs.delete(listener);
      const standing = this.conditions.get(listener);
      const returned = standing === undefined ? undefined : returnedAlarm(standing, nowMs);
      if (returned !== undefined) this.keep(listener, returned, nowMs);
    }
  }

  private raise(listener: string, source: Source, planVersion: number, nowMs: number): void {
    const cause = { kind: "linkFlooded", zoneId: null, zoneName: null, limit: null } as const;
    const before = this.conditions.get(listener);
    const subject = subjectOf(listener, source, planVersion);
    const raised = raisedAlarm(before, cause, subject, null, nowMs, this.ports.newId);
    if (raised !== undefined) this.keep(listener, raised, nowMs);
  }

  private keep(listener: string, condition: AlarmCondition, atMs: number): void {
    this.conditions.set(listener, condition);
    this.ports.tell(atMs, { kind: "alarmChanged", condition });
  }
}

/** The worst source of each listener that is flooded. */
function floodsOf(book: LinkBook): Map<string, Source> {
  const sources = new Map<string, Source>();
  const worst = new Map<string, number>();
  for (const link of book.all()) {
    const { listener } = link.address;
    const { rates, busiest } = link.counts.takeSecond();
    if (!isFlood(rates)) continue;
    const framesPerS = rates.senderFramesPerS + rates.emptyDatagramsPerS;
    if (framesPerS < (worst.get(listener) ?? 0)) continue;
    worst.set(listener, framesPerS);
    sources.set(listener, { name: nameOf(link, busiest), sysid: busiest?.sysid ?? 0 });
  }
  for (const [listener, made] of book.takeMade()) {
    if (made <= newLinksPerSMax || sources.has(listener)) continue;
    sources.set(listener, { name: `${made} new addresses in a second`, sysid: 0 });
  }
  return sources;
}

function nameOf(link: Link, busiest: { sysid: number; compid: number } | undefined): string {
  return busiest === undefined ? link.remote : `${link.remote}, ${busiest.sysid}/${busiest.compid}`;
}

function subjectOf(listener: string, { name, sysid }: Source, planVersion: number): AlarmSubject {
  return {
    vehicleKey: `${vehicleKeyPrefix}${listener}`,
    vehicleName: name,
    sysid,
    flightId: null,
    bookingId: null,
    bookingTitle: null,
    organisationId: null,
    contactPhone: null,
    pilotName: null,
    siteId: null,
    planVersion,
  };
}
