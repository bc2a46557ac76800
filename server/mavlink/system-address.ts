// Who sends and who is meant: system and component id. Made here so that nothing of ours is ever
// addressed to everybody. Used by the command and mission exchanges and the encoder.

/** One component of one system. `sysid` 1..255, `compid` 1..255. */
export interface SystemAddress {
  readonly sysid: number;
  readonly compid: number;
}

/**
 * The address of one component; undefined where an id is 0 (MAVLink's "all of them") or out of
 * range, so that a broadcast cannot be made by mistake.
 */
export function systemAddress(sysid: number, compid: number): SystemAddress | undefined {
  return isOwnId(sysid) && isOwnId(compid) ? { sysid, compid } : undefined;
}

/** True for an id that names one system or component. */
function isOwnId(id: number): boolean {
  return Number.isInteger(id) && id >= 1 && id <= 255;
}

/**
 * Whether a message from `from`, addressed to `to`, answers what `own` sent to `target`. MAVLink 1
 * has no address in COMMAND_ACK: there it reads 0, and the link alone says who is meant.
 */
export function isAnswer(
  message: { readonly from: SystemAddress; readonly to: SystemAddress },
  target: SystemAddress,
  own: SystemAddress,
): boolean {
  const { from, to } = message;
  if (from.sysid !== target.sysid || from.compid !== target.compid) return false;
  return isFor(to.sysid, own.sysid) && isFor(to.compid, own.compid);
}

function isFor(id: number, ownId: number): boolean {
  return id === 0 || id === ownId;
}
