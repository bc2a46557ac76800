// Alarms and what people do with them. Everybody reads those of their own organisation's drones and
// airspace, controllers and admins all; controllers and admins acknowledge.
import { Router } from "express";
import { z } from "zod";
import { acknowledgeRequestSchema, type Alarm } from "../../contract/wire/alarm.ts";
import type { AlarmAct, AlarmRepository } from "../store/alarm-repository.ts";
import { alarmAsSeen } from "../domain/flight/seen-part.ts";
import { seenByPerson } from "../accounts/permissions.ts";
import { allow, personOf } from "./access.ts";
import { notFound } from "./problem.ts";
import { readBody, readQuery } from "./read-input.ts";

export interface AlarmsPorts {
  readonly board: {
    find(id: string): Alarm | undefined;
    list(nowMs: number): Alarm[];
    acted(act: AlarmAct): Alarm | undefined;
  };
  readonly acknowledge: AlarmRepository["acknowledge"];
  readonly nowMs: () => number;
  /** Tells the pages. */
  readonly showAlarm: (alarm: Alarm) => void;
}

/** The whole board is given: there is nothing to ask for. */
export const alarmsQuerySchema = z.strictObject({});

export function createAlarmsRouter(ports: AlarmsPorts): Router {
  const router = Router();

  router.get("/alarms", allow("alarm.read"), (request, response) => {
    readQuery(alarmsQuerySchema, request);
    const maySee = seenByPerson(personOf(request));
    const alarms = ports.board
      .list(ports.nowMs())
      .flatMap((alarm) => alarmAsSeen(maySee, alarm) ?? []);
    response.json({ alarms, nextCursor: null });
  });

  router.post("/alarms/:id/acknowledge", allow("alarm.acknowledge"), async (request, response) => {
    const person = personOf(request);
    const answer = (alarm: Alarm): void => {
      response.json(alarmAsSeen(seenByPerson(person), alarm) ?? notFound());
    };
    const before = ports.board.find(request.params.id) ?? notFound();
    // Who is second finds it done: the first acknowledgement stands, unless it became worse.
    if (before.shown === "acknowledged" || before.shown === "cleared") {
      answer(before);
      return;
    }
    const { worsenedCount } = before.condition;
    const { seenWorsenedCount = worsenedCount } = readBody(acknowledgeRequestSchema, request);
    const act: AlarmAct = await ports.acknowledge({
      alarmId: before.condition.id,
      atMs: ports.nowMs(),
      byUserId: person.id,
      byName: person.name,
      // Nobody has seen what has not happened.
      seenWorsenedCount: Math.min(seenWorsenedCount, worsenedCount),
    });
    const alarm = ports.board.acted(act) ?? notFound();
    ports.showAlarm(alarm);
    answer(alarm);
  });

  return router;
}
