// How figures are written: times in Hong Kong time, heights with their datum, always with a unit.
// Pages get one through useFormat.
import type { AltitudeBand, AltitudeReference } from "../../../contract/wire/altitude.ts";
import type { Position } from "../../../contract/wire/geometry.ts";
import type { Bilingual } from "../../../contract/wire/site.ts";
import type { Language } from "./messages.ts";
import { hongKongClockText, hongKongDateText } from "./hong-kong-time.ts";

const timeZone = "Asia/Hong_Kong";
/** A height of null is open on that side. */
type OpenBand = { reference: AltitudeReference; lowerM: number | null; upperM: number | null };

export interface Format {
  /** `14:05:09 HKT` */
  time: (timeMs: number) => string;
  /** `14:05`, for places that say HKT once. */
  clock: (timeMs: number) => string;
  /** `Sun 22 Nov 2026` */
  date: (timeMs: number) => string;
  /** `22 Nov 2026, 14:05 HKT` */
  dateTime: (timeMs: number) => string;
  /** `14:00–15:00`, with the second date where the days differ. */
  window: (startMs: number, endMs: number) => string;
  /** `1 h 30 min`, `45 s` */
  duration: (durationMs: number) => string;
  /** `32 m AMSL` */
  height: (heightM: number, reference: AltitudeReference, digits?: number) => string;
  /** `0–120 m above home` */
  band: (band: AltitudeBand | OpenBand) => string;
  /** `above home`, as a datum is named in a choice. */
  datum: (reference: AltitudeReference) => string;
  /** `250 m`, `2.40 km` */
  distance: (distanceM: number) => string;
  /** `12.3 m/s` */
  speed: (speedMps: number) => string;
  /** `22.25890, 114.12960` */
  position: (position: Position) => string;
  number: (value: number, digits?: number) => string;
  /** The name in the reader's language. */
  name: (name: Bilingual) => string;
  /** A drone's name; `Unknown drone, system 7` where nobody registered it. */
  drone: (name: string, sysid: number) => string;
  /** `Heron 1 (system 7)`; an unknown drone goes by its system anyway. */
  droneWithSystem: (name: string, sysid: number) => string;
}

const datumNames: Record<Language, Record<AltitudeReference, string>> = {
  en: { AMSL: "AMSL", AGL: "above ground", ABOVE_HOME: "above home", WGS84: "above WGS84" },
  zhHant: {
    AMSL: "平均海平面以上",
    AGL: "地面以上",
    ABOVE_HOME: "起飛點以上",
    WGS84: "WGS84 橢球面以上",
  },
};

/** What is stored of earlier flights and alarms calls an unknown drone by its number. */
function droneText(language: Language, name: string, sysid: number): string {
  if (name !== "" && name !== `sysid ${sysid}`) return name;
  return language === "en" ? `Unknown drone, system ${sysid}` : `不明無人機，系統編號 ${sysid}`;
}

function droneWithSystemText(language: Language, name: string, sysid: number): string {
  const shown = droneText(language, name, sysid);
  if (shown !== name) return shown;
  return language === "en" ? `${name} (system ${sysid})` : `${name} (系統編號 ${sysid})`;
}

/** Writes `value` with exactly `digits` decimals; minus zero is zero. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

function heightText(language: Language, figure: string, reference: AltitudeReference): string {
  const datum = datumNames[language][reference];
  return language === "en" ? `${figure} m ${datum}` : `${datum} ${figure} 米`;
}

function bandText(language: Language, band: OpenBand): string {
  const lower = band.lowerM === null ? undefined : fixed(band.lowerM, 0);
  const upper = band.upperM === null ? undefined : fixed(band.upperM, 0);
  if (lower !== undefined && upper !== undefined) {
    return heightText(language, `${lower}–${upper}`, band.reference);
  }
  if (upper !== undefined) {
    const text = heightText(language, upper, band.reference);
    return language === "en" ? `up to ${text}` : `${text}以下`;
  }
  if (lower !== undefined) {
    const text = heightText(language, lower, band.reference);
    return language === "en" ? `from ${text}` : `${text}起`;
  }
  return language === "en" ? "all heights" : "所有高度";
}

function durationText(language: Language, durationMs: number): string {
  const unit =
    language === "en" ? { h: " h", min: " min", s: " s" } : { h: " 小時", min: " 分鐘", s: " 秒" };
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) {
    const rest = minutes > 0 ? ` ${minutes}${unit.min}` : "";
    return `${hours}${unit.h}${rest}`;
  }
  if (minutes === 0) return `${seconds}${unit.s}`;
  const rest = seconds % 60 > 0 ? ` ${seconds % 60}${unit.s}` : "";
  return `${minutes}${unit.min}${rest}`;
}

function distanceText(language: Language, distanceM: number): string {
  const unit = language === "en" ? { m: "m", km: "km" } : { m: "米", km: "公里" };
  return Math.abs(distanceM) < 1000
    ? `${fixed(distanceM, 0)} ${unit.m}`
    : `${fixed(distanceM / 1000, 2)} ${unit.km}`;
}

/** The formats of one language. */
export function makeFormat(language: Language): Format {
  const english = language === "en";
  const locale = english ? "en-GB" : "zh-HK";
  const longDate = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: english ? "short" : "long",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const shortDate = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const seconds = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const dateTime = (timeMs: number): string =>
    `${shortDate.format(timeMs)}${english ? ", " : " "}${hongKongClockText(timeMs)} HKT`;
  return {
    time: (timeMs) => `${seconds.format(timeMs)} HKT`,
    clock: hongKongClockText,
    date: (timeMs) => longDate.format(timeMs).replace(",", ""),
    dateTime,
    window(startMs, endMs) {
      // A window that ends at midnight ends on its own day: 23:00–24:00.
      if (hongKongDateText(startMs) === hongKongDateText(endMs - 1)) {
        const end = hongKongClockText(endMs);
        return `${hongKongClockText(startMs)}–${end === "00:00" ? "24:00" : end}`;
      }
      return `${dateTime(startMs)} – ${dateTime(endMs)}`;
    },
    duration: (durationMs) => durationText(language, durationMs),
    height: (heightM, reference, digits = 0) =>
      heightText(language, fixed(heightM, digits), reference),
    band: (band) => bandText(language, band),
    datum: (reference) => datumNames[language][reference],
    distance: (distanceM) => distanceText(language, distanceM),
    speed: (speedMps) => `${fixed(speedMps, 1)} ${english ? "m/s" : "米/秒"}`,
    position: ({ latDeg, lngDeg }) => `${fixed(latDeg, 5)}, ${fixed(lngDeg, 5)}`,
    number: (value, digits = 0) => fixed(value, digits),
    name: (name) => name[language],
    drone: (name, sysid) => droneText(language, name, sysid),
    droneWithSystem: (name, sysid) => droneWithSystemText(language, name, sysid),
  };
}
