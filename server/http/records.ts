// A session's whole record, other systems' frames on its links included: for controllers and
// admins, since it holds what belongs to several organisations.
import { Router } from "express";
import type { ReplayPorts } from "../replay-flow.ts";
import { allow } from "./access.ts";
import { rangeOfRecord, sendLog, type LogSource } from "./log-download.ts";
import { notFound } from "./problem.ts";

export interface RecordsPorts {
  readonly replay: Pick<ReplayPorts, "recordBytes">;
  readonly hasSession: (sessionId: string) => Promise<boolean>;
  readonly log: LogSource;
}

export function createRecordsRouter(ports: RecordsPorts): Router {
  const router = Router();
  router.get("/records/:id", allow("record.read"), async (request, response) => {
    const { id } = request.params;
    if (!(await ports.hasSession(id))) notFound();
    const toByte = (await ports.replay.recordBytes(id)) ?? notFound();
    await sendLog(request, response, {
      ...rangeOfRecord(ports.log, id, { fromByte: 0, toByte }),
      etag: `"${id}-${toByte}"`,
      fileName: `${id}.tlog`,
      isFiltered: false,
    });
  });
  return router;
}
