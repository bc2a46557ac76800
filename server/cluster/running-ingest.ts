// Speaks to an ingest process that runs already, before any web process does: which one it is, and
// that it shall end. Called by server/supervisor.ts at a start that finds one.
import { connect } from "node:net";
import type { z } from "zod";
import { protocolVersion } from "../../contract/protocol-version.ts";
import { feedSchemas } from "./feed-schemas.ts";
import { createPipeReader, pipeJson, pipeType } from "./pipe-frame.ts";

/** One that is at its own start answers once it watches. */
export const greetMsMax = 10_000;

/**
 * `ours`: it speaks as we do. `foreign`: it does not, being of another checkout. `silent`: nothing
 * came in time. `none`: nobody is there.
 */
export type Greeting =
  | { readonly kind: "ours"; readonly hello: z.infer<typeof feedSchemas.hello> }
  | { readonly kind: "foreign" }
  | { readonly kind: "silent" }
  | { readonly kind: "none" };

export function greetIngest(socketPath: string, timeoutMs = greetMsMax): Promise<Greeting> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let isThere = false;
    const done = (greeting: Greeting): void => {
      clearTimeout(timeout);
      socket.destroy();
      resolve(greeting);
    };
    const timeout = setTimeout(() => done({ kind: "silent" }), timeoutMs);
    const read = createPipeReader((type, payload) => {
      if (type === pipeType.hello) done(readHello(payload));
    });
    socket.on("connect", () => {
      isThere = true;
      const after = { epoch: "", number: 0 };
      socket.write(pipeJson(pipeType.subscribe, { protocolVersion, after }));
    });
    socket.on("data", (piece) => {
      if (!read(piece)) done({ kind: "foreign" });
    });
    // Told only by an error, the reason is in the close that follows.
    socket.on("error", () => undefined);
    // It cuts who speaks otherwise than it does.
    socket.on("close", () => done({ kind: isThere ? "foreign" : "none" }));
  });
}

function readHello(payload: Buffer): Greeting {
  try {
    const hello = feedSchemas.hello.parse(JSON.parse(payload.toString("utf8")));
    return hello.protocolVersion === protocolVersion
      ? { kind: "ours", hello }
      : { kind: "foreign" };
  } catch {
    return { kind: "foreign" };
  }
}

/** Asks it to end in order: everything to disk, nothing sealed early. Every version knows this. */
export function askIngestToStop(socketPath: string): void {
  const socket = connect(socketPath);
  socket.on("error", () => undefined);
  socket.on("connect", () => socket.end(pipeJson(pipeType.stop, {})));
  socket.resume();
}
