// COMMAND_LONG and COMMAND_INT as an ArduCopter 4.6 answers them: the result, its own words, and
// the order that follows. Pure; called by the session.
import { common } from "mavlink-mappings";
import { copterMode, positionKnownAfterMs } from "./autopilot.ts";
import type { Autopilot, CopterMode, Order } from "./autopilot.ts";
import { toLocal, type Home } from "../vehicle/home.ts";

/** A command in either form, with degrees where params 5 and 6 are a place. */
export interface Command {
  readonly command: common.MavCmd;
  readonly params: readonly [number, number, number, number, number, number, number];
  readonly isInt: boolean;
}

export interface SpokenText {
  readonly severity: common.MavSeverity;
  readonly text: string;
}

/** Obeyed if the autopilot can; or answered at once. */
export type Reading =
  | { readonly kind: "order"; readonly order: Order }
  | {
      readonly kind: "refused";
      readonly result: common.MavResult;
      readonly texts: readonly SpokenText[];
    };

const critical = common.MavSeverity.CRITICAL;
const customModeEnabled = 1;

/** A COMMAND_LONG or COMMAND_INT as it came. */
export function toCommand(message: common.CommandLong | common.CommandInt): Command {
  const isInt = message instanceof common.CommandInt;
  const scale = isInt ? 1e7 : 1;
  const { _param1, _param2, _param3, _param4, _param5, _param6, _param7 } = message;
  const params = [
    ...([_param1, _param2, _param3, _param4] as const),
    ...([_param5 / scale, _param6 / scale, _param7] as const),
  ] as const;
  return { command: message.command, params, isInt };
}

/** What the command means to this vehicle now. */
export function readCommand(command: Command, home: Home): Reading {
  const [first, second, , , , , seventh] = command.params;
  switch (command.command) {
    case common.MavCmd.COMPONENT_ARM_DISARM:
      return ordered({ kind: first === 1 ? "arm" : "disarm" });
    case common.MavCmd.NAV_TAKEOFF:
      return ordered({ kind: "takeOff", heightAboveHomeM: seventh });
    case common.MavCmd.NAV_RETURN_TO_LAUNCH:
      return ordered({ kind: "mode", mode: "RTL" });
    case common.MavCmd.NAV_LAND:
      return ordered({ kind: "mode", mode: "LAND" });
    case common.MavCmd.NAV_LOITER_UNLIM:
      return ordered({ kind: "mode", mode: "LOITER" });
    case common.MavCmd.DO_SET_MODE:
      return setMode(first, second);
    case common.MavCmd.DO_REPOSITION:
      return reposition(command, home);
    case common.MavCmd.PREFLIGHT_REBOOT_SHUTDOWN:
      return first === 1 ? ordered({ kind: "reboot" }) : refused(common.MavResult.UNSUPPORTED);
    default:
      return refused(common.MavResult.UNSUPPORTED);
  }
}

/** What it says when it cannot obey. */
export function refusalTexts(order: Order, { sinceBootMs, mode }: Autopilot): SpokenText[] {
  if (order.kind === "arm" && sinceBootMs < positionKnownAfterMs) {
    return [
      { severity: critical, text: "Arm: Need Alt Estimate" },
      { severity: critical, text: "Arm: AHRS: waiting for home" },
    ];
  }
  if (order.kind === "arm") return [{ severity: critical, text: `Arm: ${mode} mode not armable` }];
  return [];
}

function setMode(baseMode: number, number: number): Reading {
  if ((baseMode & customModeEnabled) === 0) return refused(common.MavResult.DENIED);
  const entry = Object.entries(copterMode).find(([, value]) => value === number);
  if (entry) return ordered({ kind: "mode", mode: entry[0] as CopterMode });
  return refused(common.MavResult.FAILED, [
    { severity: common.MavSeverity.WARNING, text: `No such mode ${String(number)}` },
  ]);
}

/** Only as COMMAND_INT: the other form would round the place. */
function reposition({ isInt, params }: Command, home: Home): Reading {
  if (!isInt) return refused(common.MavResult.COMMAND_INT_ONLY);
  const [, , , , latDeg, lngDeg, upM] = params;
  if (latDeg === 0 && lngDeg === 0) return refused(common.MavResult.DENIED);
  return ordered({ kind: "goTo", target: { ...toLocal(home, { latDeg, lngDeg }), upM } });
}

function ordered(order: Order): Reading {
  return { kind: "order", order };
}

function refused(result: common.MavResult, texts: readonly SpokenText[] = []): Reading {
  return { kind: "refused", result, texts };
}
