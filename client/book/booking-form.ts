// What a person fills in for a booking, and how it becomes a request. Pure: the sheet calls it at
// every change, so that the page names faults before the server does.
import type { Pilot } from "../../contract/wire/account.ts";
import type { Aircraft } from "../../contract/wire/aircraft.ts";
import type { AltitudeReference } from "../../contract/wire/altitude.ts";
import { bookedBandMMin } from "../../contract/wire/altitude.ts";
import type { BookingRequestInput } from "../../contract/wire/booking.ts";
import type { PolygonGeometry } from "../../contract/wire/geometry.ts";
import { bookedRadiusMMin, circleRadiusMMax } from "../../contract/wire/geometry.ts";
import { isCallable } from "../../contract/wire/plain-text.ts";
import type { Resource, Site } from "../../contract/wire/site.ts";
import {
  hongKongClockText,
  hongKongDateText,
  parseClockMinutes,
  parseHongKongMs,
} from "../app/i18n/hong-kong-time.ts";
import type { Held } from "./earliest-free.ts";
import { earliestFree } from "./earliest-free.ts";

export type Purpose = NonNullable<BookingRequestInput["purpose"]>;
export type VolumeKind = "prepared" | "circle" | "polygon";

export interface BookingForm {
  readonly title: string;
  readonly purpose: Purpose;
  /** Hong Kong date and times, as typed. An end at or before the start is on the next day. */
  readonly dateText: string;
  readonly startText: string;
  readonly endText: string;
  readonly aircraftIds: readonly string[];
  readonly pilotInCommandId: string | null;
  readonly otherPilotIds: readonly string[];
  readonly contactPhone: string;
  readonly resourceIds: readonly string[];
  readonly volumeKind: VolumeKind;
  readonly preparedVolumeId: string | null;
  /** Prepared volumes have a band of their own; true books another. */
  readonly ownBand: boolean;
  /** NaN where a figure is not filled in. */
  readonly centreLatDeg: number;
  readonly centreLngDeg: number;
  readonly radiusM: number;
  readonly polygon: { readonly fileName: string; readonly geometry: PolygonGeometry } | null;
  readonly bandReference: AltitudeReference;
  readonly lowerM: number;
  readonly upperM: number;
  readonly hasHeightPermission: boolean;
  readonly permissionReference: string;
  readonly permissionHeightAglM: number;
  readonly siteMayCommand: boolean;
  readonly notes: string;
}

export type FormField = Exclude<keyof BookingForm, "ownBand" | "hasHeightPermission">;
/** What is wrong with a field; the sheet has a text for each. */
export type FormFault =
  | "missing"
  | "notADate"
  | "notATime"
  | "endNotAfterStart"
  | "notANumber"
  | "outOfRange"
  | "notCallable"
  | "upperNotAboveLower";
export type FormFaults = Partial<Record<FormField, FormFault>>;

/** The fields that can be missing or wrong, in the order of the sheet. */
const checkedFields = [
  "dateText",
  "startText",
  "endText",
  "resourceIds",
  "preparedVolumeId",
  "centreLatDeg",
  "centreLngDeg",
  "radiusM",
  "polygon",
  "lowerM",
  "upperM",
  "permissionReference",
  "permissionHeightAglM",
  "aircraftIds",
  "pilotInCommandId",
  "contactPhone",
  "title",
] as const satisfies readonly FormField[];
export type CheckedField = (typeof checkedFields)[number];

/** The field to see to first, reading the sheet from its top; undefined where nothing is wrong. */
export function firstFaulty(faults: FormFaults): CheckedField | undefined {
  return checkedFields.find((field) => faults[field] !== undefined);
}

/**
 * True for faults that lie between two fields which are both filled in: they are told at once. Of
 * a field that is still empty or half typed nothing is said before the form is sent.
 */
export function isToldAtOnce(fault: FormFault): boolean {
  return fault === "endNotAfterStart" || fault === "upperNotAboveLower";
}

export type FormReading =
  | { readonly kind: "request"; readonly request: BookingRequestInput }
  | { readonly kind: "faults"; readonly faults: FormFaults };

/** Longest booking whose end may fall on the next day; longer ones are taken for a mistyped end. */
const overMidnightMsMax = 12 * 3_600_000;
const dayMs = 86_400_000;

/** The window [startMs, endMs) that the form's texts name; undefined where they name none. */
export function windowOfForm(
  form: Pick<BookingForm, "dateText" | "startText" | "endText">,
): { readonly startMs: number; readonly endMs: number } | undefined {
  const startMs = parseHongKongMs(form.dateText, form.startText);
  const sameDayEndMs = parseHongKongMs(form.dateText, form.endText);
  if (startMs === undefined || sameDayEndMs === undefined) return undefined;
  const endMs = sameDayEndMs < startMs ? sameDayEndMs + dayMs : sameDayEndMs;
  if (endMs <= startMs) return undefined;
  if (endMs !== sameDayEndMs && endMs - startMs > overMidnightMsMax) return undefined;
  return { startMs, endMs };
}

function isBetween(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

function numberFault(value: number, min: number, max: number): FormFault | undefined {
  if (Number.isNaN(value)) return "notANumber";
  return isBetween(value, min, max) ? undefined : "outOfRange";
}

function timeFaults(form: BookingForm): FormFaults {
  const dateIsGood = parseHongKongMs(form.dateText, "00:00") !== undefined;
  const startIsGood = parseClockMinutes(form.startText) !== undefined;
  const endIsGood = parseClockMinutes(form.endText) !== undefined;
  return {
    ...(dateIsGood ? {} : { dateText: "notADate" as const }),
    ...(startIsGood ? {} : { startText: "notATime" as const }),
    ...(endIsGood ? {} : { endText: "notATime" as const }),
    ...(dateIsGood && startIsGood && endIsGood && windowOfForm(form) === undefined
      ? { endText: "endNotAfterStart" as const }
      : {}),
  };
}

/** True where the band's fields are part of the request. */
export function hasOwnBand(form: BookingForm): boolean {
  return form.volumeKind !== "prepared" || form.ownBand;
}

function volumeFaults(form: BookingForm): FormFaults {
  const faults: { -readonly [Field in FormField]?: FormFault | undefined } = {};
  switch (form.volumeKind) {
    case "prepared":
      if (form.preparedVolumeId === null) faults.preparedVolumeId = "missing";
      break;
    case "circle":
      faults.centreLatDeg = numberFault(form.centreLatDeg, -90, 90);
      faults.centreLngDeg = numberFault(form.centreLngDeg, -180, 180);
      faults.radiusM = numberFault(form.radiusM, bookedRadiusMMin, circleRadiusMMax);
      break;
    case "polygon":
      if (form.polygon === null) faults.polygon = "missing";
      break;
  }
  if (hasOwnBand(form)) {
    faults.lowerM = numberFault(form.lowerM, -500, 10_000);
    faults.upperM = numberFault(form.upperM, -500, 10_000);
    if (faults.upperM === undefined && form.upperM - form.lowerM < bookedBandMMin) {
      faults.upperM = "upperNotAboveLower";
    }
  }
  return withoutEmpty(faults);
}

function withoutEmpty(faults: Record<string, FormFault | undefined>): FormFaults {
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined));
}

function phoneFault(phone: string): FormFaults {
  if (phone.trim() === "") return { contactPhone: "missing" };
  return isCallable(phone) ? {} : { contactPhone: "notCallable" };
}

function personFaults(form: BookingForm): FormFaults {
  return {
    ...(form.title.trim() === "" ? { title: "missing" as const } : {}),
    ...(form.aircraftIds.length === 0 ? { aircraftIds: "missing" as const } : {}),
    ...(form.pilotInCommandId === null ? { pilotInCommandId: "missing" as const } : {}),
    ...(form.resourceIds.length === 0 ? { resourceIds: "missing" as const } : {}),
    ...phoneFault(form.contactPhone),
  };
}

function permissionFaults(form: BookingForm): FormFaults {
  if (!form.hasHeightPermission) return {};
  return withoutEmpty({
    permissionReference: form.permissionReference.trim() === "" ? "missing" : undefined,
    permissionHeightAglM: numberFault(form.permissionHeightAglM, 1, 5000),
  });
}

function volumeRequest(form: BookingForm): BookingRequestInput["volumes"][number] {
  const band = hasOwnBand(form)
    ? { band: { reference: form.bandReference, lowerM: form.lowerM, upperM: form.upperM } }
    : {};
  switch (form.volumeKind) {
    case "prepared":
      return {
        footprint: { kind: "prepared", volumeId: form.preparedVolumeId ?? "" },
        ...band,
      };
    case "circle":
      return {
        footprint: {
          kind: "circle",
          centre: { latDeg: form.centreLatDeg, lngDeg: form.centreLngDeg },
          radiusM: form.radiusM,
        },
        ...band,
      };
    case "polygon":
      return {
        footprint: {
          kind: "polygon",
          polygon: form.polygon?.geometry ?? { type: "Polygon", coordinates: [] },
        },
        ...band,
      };
  }
}

/** The request the form stands for, or what is wrong with which field. */
export function readForm(form: BookingForm, siteId: string): FormReading {
  const faults = {
    ...timeFaults(form),
    ...volumeFaults(form),
    ...personFaults(form),
    ...permissionFaults(form),
  };
  const window = windowOfForm(form);
  if (Object.keys(faults).length > 0 || window === undefined || form.pilotInCommandId === null) {
    return { kind: "faults", faults };
  }
  const inCommand = form.pilotInCommandId;
  return {
    kind: "request",
    request: {
      siteId,
      title: form.title.trim(),
      purpose: form.purpose,
      ...window,
      volumes: [volumeRequest(form)],
      aircraftIds: [...form.aircraftIds],
      pilotIds: [inCommand, ...form.otherPilotIds.filter((id) => id !== inCommand)],
      contactPhone: form.contactPhone.trim(),
      resourceIds: [...form.resourceIds],
      permissions: form.hasHeightPermission
        ? [
            {
              kind: "height",
              reference: form.permissionReference.trim(),
              heightLimitAglM: form.permissionHeightAglM,
            },
          ]
        : [],
      siteMayCommand: form.siteMayCommand,
      notes: form.notes.trim(),
    },
  };
}

/** What the first form of a page is filled from. */
export interface FormFacts {
  readonly nowMs: number;
  readonly personId: string;
  readonly personPhone: string;
  readonly site: Site;
  readonly resources: readonly Resource[];
  readonly aircraft: readonly Aircraft[];
  readonly pilots: readonly Pilot[];
  /** What others and oneself hold already. */
  readonly held: readonly Held[];
  readonly title: string;
}

const leadMs = 5 * 60_000;
const lengthMs = 30 * 60_000;
const stepMs = 5 * 60_000;

/**
 * A form that could be booked as it stands: the earliest half hour from five minutes from now (or
 * `chosenStartMs`) with a prepared volume, a pad and an aircraft that are free by what is known,
 * and the person as pilot where they are one.
 */
export function firstForm(facts: FormFacts, chosenStartMs?: number): BookingForm {
  const { site, pilots } = facts;
  const earliestMs = Math.ceil((facts.nowMs + leadMs) / stepMs) * stepMs;
  const place = earliestFree({
    fromMs: Math.max(chosenStartMs ?? earliestMs, earliestMs),
    lengthMs,
    volumes: site.preparedVolumes,
    pads: facts.resources.filter((one) => one.siteId === site.id && one.kind === "pad"),
    aircraft: facts.aircraft,
    held: facts.held,
  });
  const { startMs, volume: prepared, pad, aircraft } = place;
  const endMs = startMs + lengthMs;
  const pilot = pilots.find((one) => one.id === facts.personId) ?? pilots[0];
  return {
    title: facts.title,
    purpose: "other",
    dateText: hongKongDateText(startMs),
    startText: hongKongClockText(startMs),
    endText: hongKongClockText(endMs),
    aircraftIds: aircraft === undefined ? [] : [aircraft.id],
    pilotInCommandId: pilot?.id ?? null,
    otherPilotIds: [],
    contactPhone: pilot?.phone ?? facts.personPhone,
    resourceIds: pad === undefined ? [] : [pad.id],
    volumeKind: prepared === undefined ? "circle" : "prepared",
    preparedVolumeId: prepared?.id ?? null,
    ownBand: false,
    centreLatDeg: site.centre.latDeg,
    centreLngDeg: site.centre.lngDeg,
    radiusM: 100,
    polygon: null,
    bandReference: prepared?.band.reference ?? "ABOVE_HOME",
    lowerM: prepared?.band.lowerM ?? 0,
    upperM: prepared?.band.upperM ?? 60,
    hasHeightPermission: false,
    permissionReference: "",
    permissionHeightAglM: 120,
    siteMayCommand: true,
    notes: "",
  };
}
