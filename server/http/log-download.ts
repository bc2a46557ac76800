// Sends bytes of a session's record as a download, whole or the range asked for, without holding
// them in memory. Called by flights.ts and records.ts.
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import type { ByteRange } from "../domain/flight/record-range.ts";
import { readByteRange } from "./byte-range.ts";

/** Reads [fromByte, toByte) of a session's record as a stream. */
export interface LogSource {
  stream(sessionId: string, range: ByteRange): Readable;
}

export interface LogDownload {
  readonly bytes: number;
  /** Its bytes [from, to). */
  readonly read: (from: number, to: number) => Readable;
  /** Quoted; another one for other bytes. */
  readonly etag: string;
  readonly fileName: string;
  /** True where other companies' frames are left out, so that no seal fits it. */
  readonly isFiltered: boolean;
}

/** A range of a session's record, as it is. */
export function rangeOfRecord(
  source: LogSource,
  sessionId: string,
  range: ByteRange,
): Pick<LogDownload, "bytes" | "read"> {
  const { fromByte, toByte } = range;
  return {
    bytes: toByte - fromByte,
    read: (from, to) =>
      source.stream(sessionId, { fromByte: fromByte + from, toByte: fromByte + to }),
  };
}

/** Tells whoever downloads a log whether it is all of it: "whole" or "filtered". */
const contentHeader = "Skyrange-Log";

export async function sendLog(
  request: Request,
  response: Response,
  { bytes: sizeBytes, read, etag, fileName, isFiltered }: LogDownload,
): Promise<void> {
  response.set({
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-cache",
    "Content-Disposition": `attachment; filename="${fileName}"`,
    "Content-Type": "application/octet-stream",
    ETag: etag,
    [contentHeader]: isFiltered ? "filtered" : "whole",
  });
  if (request.get("if-none-match") === etag) {
    response.status(304).end();
    return;
  }
  const condition = request.get("if-range");
  const asked = condition === undefined || condition === etag ? request.get("range") : undefined;
  const answer = readByteRange(asked, sizeBytes);
  if (answer.kind === "unsatisfiable") {
    response.status(416).set("Content-Range", `bytes */${sizeBytes}`).end();
    return;
  }
  const part = answer.kind === "part" ? answer : { from: 0, to: sizeBytes };
  if (answer.kind === "part") {
    response.status(206);
    response.set("Content-Range", `bytes ${part.from}-${part.to - 1}/${sizeBytes}`);
  }
  response.set("Content-Length", String(part.to - part.from));
  if (request.method === "HEAD" || part.from === part.to) {
    response.end();
    return;
  }
  try {
    await pipeline(read(part.from, part.to), response);
  } catch (error) {
    // What fails on our side is told to the log; the cut shows the client that it is not all.
    if (!hasClientLeft(error)) throw error;
  }
}

/** In the middle: nobody is there to be told. */
function hasClientLeft(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}
