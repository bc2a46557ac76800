// What one vehicle said in one MAVLink frame, in domain words and SI units.
// Made by mavlink/to-sample.ts, read by telemetry-flow and the vehicle track.
// MAVLink's sentinels (INT16_MAX, UINT16_MAX, 0/0 before a fix) never get here: the field is
// absent.

/** Who sent the frame. `sysid` 1..255, `compid` 0..255 (1 is the autopilot). */
export interface SampleSource {
  readonly sysid: number;
  readonly compid: number;
}

/** HEARTBEAT (message 0) of any component. */
export interface HeartbeatSample extends SampleSource {
  readonly kind: "heartbeat";
  /** True for the flight controller of a vehicle: not a ground station, camera, gimbal or radio. */
  readonly isAutopilot: boolean;
  /** MAV_TYPE, e.g. 2 is a quadrotor. */
  readonly vehicleType: number;
  /** MAV_AUTOPILOT, e.g. 3 is ArduPilot, 12 is PX4. */
  readonly autopilot: number;
  readonly armed: boolean;
  /** Flight mode in the autopilot's own words ("GUIDED"); "MODE 99" where it has no name. */
  readonly modeName: string;
  readonly customMode: number;
  /** MAV_STATE. 5 (critical) and 6 (emergency) do not mean "in the air". */
  readonly systemStatus: number;
}

/** GLOBAL_POSITION_INT (message 33) with a known position; 0/0 is dropped before it gets here. */
export interface PositionSample extends SampleSource {
  readonly kind: "position";
  /** Milliseconds since the vehicle booted, 0..2^32-1. */
  readonly timeBootMs: number;
  readonly latDeg: number;
  readonly lngDeg: number;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
  readonly groundSpeedMps: number;
  /** Positive up. */
  readonly climbMps: number;
  /** 0 <= heading < 360, clockwise from true north. */
  readonly headingDeg?: number;
}

/** SYS_STATUS (message 1). */
export interface SystemStatusSample extends SampleSource {
  readonly kind: "systemStatus";
  readonly batteryV?: number;
  readonly batteryA?: number;
  /** 0..100, as the autopilot counts it. */
  readonly batteryPercent?: number;
}

/** GPS_RAW_INT (message 24). */
export interface GnssSample extends SampleSource {
  readonly kind: "gnss";
  /** GPS_FIX_TYPE: 0-1 none, 2 two-dimensional, 3 and above three-dimensional. */
  readonly fixType: number;
  readonly satellites?: number;
  /** Horizontal accuracy, one standard deviation, where the receiver states it (h_acc). */
  readonly horizontalAccuracyM?: number;
}

/** EXTENDED_SYS_STATE (message 245): the airborne signal. */
export interface LandedStateSample extends SampleSource {
  readonly kind: "landedState";
  readonly landedState: "undefined" | "onGround" | "inAir" | "takeoff" | "landing";
}

/** ATTITUDE (message 30), degrees; pitch positive nose up, roll positive right side down. */
export interface AttitudeSample extends SampleSource {
  readonly kind: "attitude";
  readonly timeBootMs: number;
  readonly rollDeg: number;
  readonly pitchDeg: number;
  /** 0 <= yaw < 360. */
  readonly yawDeg: number;
}

/** SYSTEM_TIME (message 2): the vehicle's own clocks; shown, never judged by. */
export interface SystemTimeSample extends SampleSource {
  readonly kind: "systemTime";
  readonly timeBootMs: number;
  /** Absent until the vehicle knows GPS time. */
  readonly vehicleUnixMs?: number;
}

/** STATUSTEXT (message 253). `severity` 0 emergency .. 7 debug. */
export interface StatusTextSample extends SampleSource {
  readonly kind: "statusText";
  readonly severity: number;
  /** This message's own text: all of it unless it is a chunk. */
  readonly text: string;
  /** Absent where the text is in one message. */
  readonly chunk?: {
    /** Of the whole text, 1..65535. */
    readonly id: number;
    /** From 0. */
    readonly index: number;
    readonly isLast: boolean;
    /** UTF-8; a letter may go on in the next chunk. */
    readonly bytes: Uint8Array;
  };
}

/** HOME_POSITION (message 242). */
export interface HomeSample extends SampleSource {
  readonly kind: "home";
  readonly latDeg: number;
  readonly lngDeg: number;
  readonly altitudeAmslM: number;
}

/** What a receiver on a drone heard of one aircraft or ship: of it, not of the drone. */
interface TrafficReportBase extends SampleSource {
  readonly latDeg: number;
  readonly lngDeg: number;
  /** Since the aircraft or ship was last heard (tslc), whole seconds in milliseconds. */
  readonly ageMs: number;
  readonly groundSpeedMps?: number;
  readonly callsign?: string;
}

/** ADSB_VEHICLE (message 246) with valid coordinates. What its flags call invalid is absent. */
export interface AircraftReport extends TrafficReportBase {
  readonly kind: "aircraft";
  /** 24 bits. */
  readonly icaoAddress: number;
  /** By its barometer, with QNH. At most one of the three heights is here. */
  readonly altitudeQnhM?: number;
  /** By its satellite receiver; the message does not say whether over ellipsoid or geoid. */
  readonly altitudeGnssM?: number;
  /** By an altitude type that nobody has described. */
  readonly altitudeUnknownDatumM?: number;
  /** Course over ground, 0 <= course < 360. */
  readonly courseDeg?: number;
  /** Positive up. */
  readonly climbMps?: number;
  /** Four octal digits, e.g. "7700". */
  readonly squawk?: string;
  /** ADSB_EMITTER_TYPE, e.g. 7 is a rotorcraft, 14 an unmanned aircraft. */
  readonly emitterType: number;
  /** Test data, as the receiver says itself. */
  readonly isSimulated: boolean;
}

/** AIS_VESSEL (message 301) with a known position. What its flags call invalid is absent. */
export interface VesselReport extends TrafficReportBase {
  readonly kind: "vessel";
  /** Nine digits. */
  readonly mmsi: number;
  /** Course over ground, 0 <= course < 360. */
  readonly courseDeg?: number;
  /** Where the bow points, 0 <= heading < 360. */
  readonly headingDeg?: number;
  readonly name?: string;
  /** AIS_TYPE, e.g. 60..69 are passenger ships. */
  readonly vesselType: number;
  /** AIS_NAV_STATUS, e.g. 0 under way, 1 at anchor, 5 moored. */
  readonly navigationalStatus: number;
  readonly lengthM?: number;
  readonly beamM?: number;
}

/** AUTOPILOT_VERSION (message 148): which autopilot it is. Absent where it states none. */
export interface AutopilotVersionSample extends SampleSource {
  readonly kind: "autopilotVersion";
  /** Lower-case hex: 36 digits of `uid2`, else 16 of `uid`, as the autopilot sends their bytes. */
  readonly autopilotUid?: string;
}

/** GLOBAL_POSITION_INT or HOME_POSITION that no drone can be at: unknown, and counted. */
interface ImpossibleSample extends SampleSource {
  readonly kind: "impossible";
}

/** One of the above. */
export type Sample =
  | ImpossibleSample
  | AircraftReport
  | VesselReport
  | HeartbeatSample
  | PositionSample
  | SystemStatusSample
  | GnssSample
  | LandedStateSample
  | AttitudeSample
  | SystemTimeSample
  | StatusTextSample
  | HomeSample
  | AutopilotVersionSample;
