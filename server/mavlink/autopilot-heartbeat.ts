// Which heartbeats are a drone's own. Others on the same wire come from ground stations (a vehicle
// forwards them from its other links), cameras, gimbals, radios and companion computers.

const autopilotCompid = 1; // MAV_COMP_ID_AUTOPILOT1
const autopilotInvalid = 8; // MAV_AUTOPILOT_INVALID: a ground station or another component

/** MAV_TYPE of what may send heartbeats but is no vehicle. */
const notVehicleTypes: ReadonlySet<number> = new Set([
  5, // antenna tracker
  6, // ground control station
  18, // onboard controller
  26, // gimbal
  27, // ADS-B
  30, // camera
  31, // charging station
  32, // FLARM
  33, // servo
  34, // open drone id
  36, // battery
  37, // parachute
  38, // log
  39, // OSD
  40, // IMU
  41, // GPS
  42, // winch
  44, // illuminator
  48, // gripper
  49, // radio
]);

/**
 * Is this the heartbeat of a vehicle's flight controller? Component 1 only: the other components of
 * a drone share its sysid and some copy the autopilot's kind into their own heartbeats, and none of
 * them may keep a dead autopilot's link alive or overwrite its armed bit.
 *
 * @param vehicleType MAV_TYPE
 * @param autopilot MAV_AUTOPILOT
 */
export function isAutopilotHeartbeat(
  compid: number,
  vehicleType: number,
  autopilot: number,
): boolean {
  return (
    compid === autopilotCompid &&
    autopilot !== autopilotInvalid &&
    !notVehicleTypes.has(vehicleType)
  );
}
