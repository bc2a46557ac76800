// Mission items between JSON, which has no NaN, and MAVLink, where NaN means the drone's own
// choice. Called by the mission desk.
import type { WireMissionItem } from "../../contract/wire/mission.ts";
import type { MissionItem } from "../mavlink/mission-item.ts";

/** As it is sent to a drone. */
export function fromWireItem({ params, autocontinue, ...item }: WireMissionItem): MissionItem {
  const [p1, p2, p3, p4] = params;
  return {
    ...item,
    current: 0,
    autocontinue: autocontinue ? 1 : 0,
    params: [p1 ?? NaN, p2 ?? NaN, p3 ?? NaN, p4 ?? NaN],
  };
}

/** As it is told to people. */
export function toWireItem({ params, autocontinue, ...item }: MissionItem): WireMissionItem {
  const { frame, command, x, y, z } = item;
  const [p1, p2, p3, p4] = params;
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    frame,
    command,
    x,
    y,
    z: Number.isFinite(z) ? z : 0,
    autocontinue: autocontinue !== 0,
    params: [known(p1), known(p2), known(p3), known(p4)],
  };
}
