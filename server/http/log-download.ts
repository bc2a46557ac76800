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
  readonly sessionId: string;
  readonly range: ByteRange;
  /** Quoted; another one for other bytes. */
  readonly etag: string;
  readonly fileName: string;
}

export async function sendLog(
  request: Request,
  response: Response,
  source: LogSource,
  { sessionId, range, etag, fileName }: LogDownload,
): Promise<void> {
  const sizeBytes = range.toByte - range.fromByte;
  response.set({
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-cache",
    "Content-Disposition": `attachment; filename="${fileName}"`,
    "Content-Type": "application/octet-stream",
    ETag: etag,
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
  const bytes = { fromByte: range.fromByte + part.from, toByte: range.fromByte + part.to };
  try {
    await pipeline(source.stream(sessionId, bytes), response);
  } catch (error) {
    // The client left in the middle: nobody is there to be told.
    if (!response.destroyed) throw error;
  }
}
