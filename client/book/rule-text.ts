// A failed rule and a conflict, in the reader's words and figures. The answer of a booking uses it.
import type { Conflict, Verdict } from "../../contract/wire/problem.ts";
import type { PreparedVolume, Resource } from "../../contract/wire/site.ts";
import type { Zone } from "../../contract/wire/zone.ts";
import type { sheetMessages } from "../app/i18n/sheet-messages.ts";
import type { Format } from "../app/i18n/format.ts";

type SheetTexts = (typeof sheetMessages)["en"];

export interface Wording {
  readonly text: SheetTexts;
  readonly format: Format;
  readonly zones: readonly Zone[];
  readonly resources: readonly Resource[];
  readonly preparedVolumes: readonly PreparedVolume[];
}

/** What a failed rule means and how to meet it. Rules this page does not know are given in full. */
export function ruleText({ rule, figures }: Verdict, wording: Wording): string {
  const { text, format, zones } = wording;
  const number = (name: string): number => Number(figures[name]);
  const word = (name: string): string => String(figures[name] ?? "");
  const zone = zones.find(({ id }) => id === figures["zoneId"]);
  const zoneName = zone === undefined ? word("zone") : format.name(zone.name);
  switch (rule) {
    case "insideOperatingArea": {
      // The server says -1 where there is no operating area to measure from.
      if (!(number("outsideByM") >= 0)) return text.rule.insideNoArea;
      const at = { latDeg: number("latDeg"), lngDeg: number("lngDeg") };
      const byM = number("outsideByM");
      const by = byM < 10 ? `${format.number(byM, 2)} m` : format.distance(byM);
      return text.rule.insideOperatingArea(format.position(at), by);
    }
    case "clearOfKeepOut":
      return text.rule.clearOfKeepOut(zoneName);
    case "heightLimit": {
      const upper = format.height(number("upperAmslM"), "AMSL");
      return text.rule.heightLimit(zoneName, upper, format.height(number("limitAmslM"), "AMSL"));
    }
    case "withinHorizon":
      return text.rule.withinHorizon(format.duration(number("horizonMsMax")));
    case "withinLength": {
      const length = format.duration(number("lengthMs"));
      return text.rule.withinLength(length, format.duration(number("lengthMsMax")));
    }
    case "distinctSysids":
      return text.rule.distinctSysids(number("sysid"), word("aircraft"), word("other"));
    case "siteOpen":
    case "notInPast":
    case "aircraftOfOrganisation":
    case "pilotsOfOrganisation":
    case "resourcesOfSite":
    case "takeOffPad":
      return text.rule[rule];
    default: {
      const all = Object.entries(figures).map(([name, value]) => `${name} ${String(value)}`);
      return text.rule.other(rule, all.join(", "));
    }
  }
}

function thingText({ kind, what, resourceId, sysid }: Conflict, wording: Wording): string {
  const { text, format, resources, preparedVolumes } = wording;
  switch (kind) {
    case "airspace": {
      // The server names prepared volumes in English.
      const volume = preparedVolumes.find(({ name }) => name.en === what);
      return text.answer.airspace(volume === undefined ? what : format.name(volume.name));
    }
    case "aircraft":
      return text.answer.aircraft(what);
    case "sysid":
      return sysid === undefined ? what : text.answer.sysid(sysid);
    case "resource": {
      const resource = resources.find(({ id }) => id === resourceId);
      return resource === undefined ? what : format.name(resource.name);
    }
  }
}

/** What is in the way, when, and whose it is where the reader may know. */
export function conflictText(conflict: Conflict, wording: Wording): string {
  const { text, format } = wording;
  const what = thingText(conflict, wording);
  const window = format.window(conflict.startMs, conflict.endMs);
  return conflict.organisationName === undefined
    ? text.answer.held(what, window)
    : text.answer.heldBy(what, window, conflict.organisationName);
}
