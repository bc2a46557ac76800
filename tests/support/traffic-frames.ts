// What a receiver on a drone sends of the traffic around it, encoded by another implementation than
// ours: one ADSB_VEHICLE and one AIS_VESSEL.
import { common, MavLinkProtocolV2 } from "node-mavlink";

/** MAV_COMP_ID_ADSB. */
const receiverCompid = 156;

export interface FrameSender {
  readonly sysid: number;
  /** Counts up with every frame. */
  sequence: number;
}

function frameOf(sender: FrameSender, message: common.AdsbVehicle | common.AisVessel): Uint8Array {
  const protocol = new MavLinkProtocolV2(sender.sysid, receiverCompid);
  sender.sequence = (sender.sequence + 1) & 0xff;
  return protocol.serialize(message, sender.sequence);
}

/** A helicopter at 210 m by its barometer, heard this second. */
export function adsbFrame(
  sender: FrameSender,
  position: { readonly latDeg: number; readonly lngDeg: number },
  callsign = "GFS21",
): Uint8Array {
  const message = new common.AdsbVehicle();
  message.ICAOAddress = 0x78_0a_1b;
  message.lat = Math.round(position.latDeg * 1e7);
  message.lon = Math.round(position.lngDeg * 1e7);
  message.altitude = 210_000;
  message.altitudeType = common.AdsbAltitudeType.PRESSURE_QNH;
  message.heading = 9_000;
  message.horVelocity = 6_240;
  message.verVelocity = -150;
  const { AdsbFlags } = common;
  message.flags =
    AdsbFlags.VALID_COORDS |
    AdsbFlags.VALID_ALTITUDE |
    AdsbFlags.VALID_HEADING |
    AdsbFlags.VALID_VELOCITY |
    AdsbFlags.VALID_CALLSIGN |
    AdsbFlags.VALID_SQUAWK |
    AdsbFlags.VERTICAL_VELOCITY_VALID;
  message.squawk = 5_301;
  message.callsign = callsign;
  message.emitterType = common.AdsbEmitterType.ROTOCRAFT;
  message.tslc = 0;
  return frameOf(sender, message);
}

/** A ferry under way, heard this second. */
export function aisFrame(
  sender: FrameSender,
  position: { readonly latDeg: number; readonly lngDeg: number },
): Uint8Array {
  const message = new common.AisVessel();
  message.MMSI = 477_123_456;
  message.lat = Math.round(position.latDeg * 1e7);
  message.lon = Math.round(position.lngDeg * 1e7);
  message.COG = 21_000;
  message.heading = 21_000;
  message.velocity = 410;
  const { AisFlags } = common;
  message.flags = AisFlags.VALID_COG | AisFlags.VALID_VELOCITY | AisFlags.VALID_NAME;
  message.name = "SEA SWIFT";
  message.tslc = 0;
  return frameOf(sender, message);
}
