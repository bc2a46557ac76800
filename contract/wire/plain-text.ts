// Text that people type, or drones send, and others read in lists and alarms. Used by the schemas
// of requests and by what reads texts off the wire.
import { z } from "zod";

/**
 * No control characters (NUL among them), no half of a surrogate pair, nothing that turns the
 * direction of writing or breaks a line unseen: with these a title could pass for another.
 */
const plainLine = /^[^\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]*$/u;
/** The same, with tabs and line ends. */
const plainLines =
  /^(?:[\t\n\r]|[^\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF])*$/u;

const unplain = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

/** What a machine sent as one line of text, without what no person could have typed into one. */
export function plainLineOf(text: string): string {
  return text.replaceAll(/[\t\n\r]+/g, " ").replaceAll(unplain, "");
}

const expected = "text without control characters or marks of writing direction";

/** One line of text. `lengthMax` in UTF-16 units, blanks at both ends not counted. */
export function lineOfText(lengthMin: number, lengthMax: number) {
  return z.string().trim().min(lengthMin).max(lengthMax).regex(plainLine, expected);
}

/** Digits of a phone number that can be called, the extension's not counted. */
export const phoneDigitsMin = 5;
export const phoneDigitsMax = 20;
const phoneShape = /^\+?([\d\s()-]*)(?:\s*ext\.?\s*\d{1,6})?$/i;

/** True for what can be dialled: digits, with +, spaces, hyphens, brackets and an extension. */
export function isCallable(phone: string): boolean {
  const digits = (phoneShape.exec(phone.trim())?.[1] ?? "").replaceAll(/\D/g, "").length;
  return digits >= phoneDigitsMin && digits <= phoneDigitsMax;
}

/** Text of any number of lines, up to `lengthMax` UTF-16 units. */
export function linesOfText(lengthMax: number) {
  return z.string().max(lengthMax).regex(plainLines, expected);
}
