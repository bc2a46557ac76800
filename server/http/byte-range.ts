// Which bytes of a download a client asks for (RFC 9110, section 14). Called by log-download.ts.

/** What to answer: all of it, a half-open part of it, or 416. */
export type RangeAnswer =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly from: number; readonly to: number }
  | { readonly kind: "unsatisfiable" };

/**
 * Reads a Range header. Forms that are no single byte range are answered with the whole, as the
 * standard lets a server do.
 *
 * @param sizeBytes Length of what is downloaded.
 */
export function readByteRange(header: string | undefined, sizeBytes: number): RangeAnswer {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (match === null || (first === "" && last === "")) return { kind: "whole" };
  if (first === "") {
    const suffix = Math.min(Number(last), sizeBytes);
    if (suffix === 0) return { kind: "unsatisfiable" };
    return { kind: "part", from: sizeBytes - suffix, to: sizeBytes };
  }
  const from = Number(first);
  const to = last === "" ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== "" && Number(last) < from) return { kind: "whole" };
  return from < sizeBytes ? { kind: "part", from, to } : { kind: "unsatisfiable" };
}
