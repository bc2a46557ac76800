// A download that is cut: by us, which is told; by the client, which is not.
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import express, { type ErrorRequestHandler } from "express";
import { afterEach, expect, test } from "vitest";
import { sendLog } from "../../../../server/http/log-download.ts";
import { LogReaderBusy } from "../../../../server/replay/log-reader.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** Serves one log; hears of every failure, and when an answer is over. */
async function serve(read: () => Readable) {
  const heard: { faults: unknown[]; answers: number } = { faults: [], answers: 0 };
  const app = express();
  app.get("/", async (asked, response) => {
    const log = { bytes: 1e9, read, etag: '"x"', fileName: "x.tlog", isFiltered: true };
    await sendLog(asked, response, log).finally(() => (heard.answers += 1));
  });
  const hear: ErrorRequestHandler = (error, _request, _response, next) => {
    heard.faults.push(error);
    next(error);
  };
  app.use(hear);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => server.close());
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

function blocks(fault: Error | undefined): Readable {
  return Readable.from(
    (async function* () {
      for (let block = 0; ; block++) {
        if (block === 2 && fault !== undefined) throw fault;
        yield await Promise.resolve(Buffer.alloc(65_536));
      }
    })(),
  );
}

test("a log that fails in the middle is cut and told, whatever the reason", async () => {
  for (const fault of [new Error("EIO"), new LogReaderBusy("64 logs are being read.")]) {
    const { heard, url } = await serve(() => blocks(fault));
    const download = fetch(url).then((response) => response.arrayBuffer());
    await expect(download).rejects.toThrow();
    await expect.poll(() => heard.answers).toBe(1);
    expect(heard.faults).toEqual([fault]);
  }
});

test("a client that leaves in the middle is no fault of ours", async () => {
  const { heard, url } = await serve(() => blocks(undefined));
  const asked = request(url, (response) => response.once("data", () => asked.destroy()));
  asked.on("error", () => undefined);
  asked.end();
  await expect.poll(() => heard.answers).toBe(1);
  expect(heard.faults).toEqual([]);
});
