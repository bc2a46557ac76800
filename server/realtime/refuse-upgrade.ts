// The answer to a request for a socket that is not granted, as the API's refusals look. Called by
// pages.ts: the socket library knows one status only, 400.
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

/** Why a page is not let in: 401 signed out, 403 not allowed, 503 not now. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  /** One line for a person. */
  readonly detail: string;
}

/** Writes the refusal and then calls `done`, which may destroy the connection. */
export function refuseUpgrade(socket: Socket, { status, detail }: Refusal, done: () => void): void {
  const title = STATUS_CODES[status] ?? "Refused";
  const body = `${JSON.stringify({ type: "about:blank", title, status, detail })}\n`;
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    "Connection: close",
    "Cache-Control: no-store",
    "Content-Type: application/problem+json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  // A peer that is gone already needs no answer.
  socket.once("error", () => undefined);
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, done);
}
