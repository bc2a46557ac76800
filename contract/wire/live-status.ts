// What is known of each vehicle beside its position: sent on change, at most once a second.
import { z } from "zod";
import { bindingSchema, conformanceStateSchema } from "./flight.ts";
import { fenceStateSchema, fenceUnknownSchema, missionTypeSchema } from "./mission.ts";

/** By age of the autopilot's heartbeat: live to 3 s, stale to 4.5 s, lost to 60 s, gone. */
export const linkStateSchema = z.enum(["live", "stale", "lost", "gone"]);
export type LinkState = z.infer<typeof linkStateSchema>;

/** A transfer under way, in items. */
export const transferProgressSchema = z.strictObject({
  transferId: z.string(),
  kind: z.enum(["upload", "download", "clear"]),
  missionType: missionTypeSchema,
  done: z.number().int(),
  total: z.number().int(),
});
export type TransferProgress = z.infer<typeof transferProgressSchema>;

export const vehicleStatusSchema = z.strictObject({
  /** Number of the vehicle in the binary snapshots of this ingest run, 0..65535. */
  liveId: z.number().int(),
  vehicleKey: z.string(),
  sysid: z.number(),
  sessionId: z.string(),
  /** Which autopilot it says it is, hex; null until it has said. */
  autopilotUid: z.string().nullable(),
  /** Another sender uses its system id, or may: no command is sent to either. */
  isAmbiguous: z.boolean(),
  /** Null for drones nobody registered: shown as unknown; their name is empty. */
  aircraftId: z.string().nullable(),
  name: z.string(),
  organisationId: z.string().nullable(),
  modeName: z.string(),
  armed: z.boolean(),
  landedState: z.string(),
  batteryPercent: z.number().nullable(),
  batteryV: z.number().nullable(),
  fixType: z.number().nullable(),
  satellites: z.number().nullable(),
  link: linkStateSchema,
  /**
   * Its newest frame was signed with its key, or not signed; or frames that say they are its are
   * refused. Absent: signatures are not looked at.
   */
  signing: z.enum(["verified", "unsigned", "refused"]).optional(),
  lastHeartbeatAtMs: z.number(),
  lastText: z.strictObject({ severity: z.number(), text: z.string() }).nullable(),
  flightId: z.string().nullable(),
  binding: bindingSchema.nullable(),
  bookingTitle: z.string().nullable(),
  conformance: conformanceStateSchema.nullable(),
  /** The booking it flies on, or would if it armed now: whom to call, and who may command. */
  bookingId: z.string().nullable(),
  /** The fence on the drone against that booking; when it was read, null where it was not. */
  fence: z.strictObject({
    state: fenceStateSchema,
    readAtMs: z.number().nullable(),
    /** Null where the state is known. */
    why: fenceUnknownSchema.nullable(),
  }),
  transfer: transferProgressSchema.nullable(),
});
export type VehicleStatus = z.infer<typeof vehicleStatusSchema>;

/** What one component sent over a link. */
export const componentCountersSchema = z.strictObject({
  sysid: z.number(),
  compid: z.number(),
  received: z.number().int(),
  /** Missing by its 8-bit numbers: after a longer silence only what is lost modulo 256. */
  sequenceGaps: z.number().int(),
  /** Counted as missing, and come after all. */
  late: z.number().int(),
  repeated: z.number().int(),
});

/**
 * Counters of one link: (listener, remote address and port). `received` counts datagrams (of TCP:
 * pieces of the stream with frames in them), `decoded` frames; `messages` the frames by name.
 */
export const linkCountersSchema = z.strictObject({
  listener: z.string(),
  remote: z.string(),
  /** By the age of what was last heard on it, whoever sent it. */
  state: linkStateSchema,
  silentMs: z.number().int(),
  sysids: z.array(z.number()),
  received: z.number().int(),
  decoded: z.number().int(),
  dropped: z.record(z.string(), z.number().int()),
  sequenceGaps: z.number().int(),
  components: z.array(componentCountersSchema),
  /** Times a vehicle said that it boots again, too soon after the last to be followed. */
  rebootsRefused: z.number().int(),
  /** Positions beyond the globe, 100 km of height or 300 m/s: taken as unknown. */
  positionsRefused: z.number().int(),
  messages: z.record(z.string(), z.number().int()),
});
export type LinkCounters = z.infer<typeof linkCountersSchema>;

/** One socket that links come in by, with what the system says of it. */
export const listenerCountersSchema = z.strictObject({
  /** As links name it: "127.0.0.1:14550", "tcp:127.0.0.1:5760", "tcp-out:router:5760". */
  name: z.string(),
  kind: z.enum(["udp", "tcpServer", "tcpClient"]),
  /** Bytes the kernel holds for us; null for TCP, and where the system does not say. */
  receiveBufferBytes: z.number().int().nullable(),
  /** The system gave less than was asked for. */
  isBufferCut: z.boolean(),
  /** Datagrams the kernel threw away because we read too slowly; null where it does not say. */
  kernelDrops: z.number().int().nullable(),
  /** TCP: open connections; turned away for want of a place or cut as no MAVLink. */
  connections: z.number().int(),
  refused: z.number().int(),
  /** TCP: turned away because their address held its share of the places. */
  refusedByShare: z.number().int(),
  /** TCP: cut because they read too slowly, or because they brought no frame. */
  cutSlow: z.number().int(),
  cutSilent: z.number().int(),
  /** Sending failed. */
  sendErrors: z.number().int(),
});
export type ListenerCounters = z.infer<typeof listenerCountersSchema>;

/** Everything that is counted of the wire, as ingest tells it each second. */
export const wireReportSchema = z.strictObject({
  links: z.array(linkCountersSchema),
  listeners: z.array(listenerCountersSchema),
});
export type WireReport = z.infer<typeof wireReportSchema>;

/** Before ingest has told anything. */
export const emptyWireReport: WireReport = { links: [], listeners: [] };
