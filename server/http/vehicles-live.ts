// The live state of every vehicle and the counters of every link, for scripts; pages get the same
// over the socket. Links show every sender, so only controllers and admins see them.
import { Router } from "express";
import { unpackSnapshot, type LiveVehicle } from "../../contract/wire/live-snapshot.ts";
import {
  emptyWireReport,
  type VehicleStatus,
  type WireReport,
} from "../../contract/wire/live-status.ts";
import { boundAsSeen } from "../domain/flight/seen-part.ts";
import { seenByPerson } from "../accounts/permissions.ts";
import { allow, personOf } from "./access.ts";
import { ownOrganisationOf } from "./own-organisation.ts";

/** What ingest told last. */
export interface LiveNow {
  readonly vehicles: ReadonlyMap<number, VehicleStatus>;
  readonly wire: WireReport;
  readonly snapshot: Uint8Array | undefined;
  /** Time since that came, ms. */
  readonly snapshotAgeMs: () => number;
}

export function createVehiclesLiveRouter(now: LiveNow): Router {
  const router = Router();
  router.get("/vehicles/live", allow("vehicle.readLive"), (request, response) => {
    const person = personOf(request);
    const [own, maySee] = [ownOrganisationOf(person), seenByPerson(person)];
    const snapshot = now.snapshot === undefined ? undefined : unpackSnapshot(now.snapshot);
    const places = new Map(snapshot?.vehicles.map((vehicle) => [vehicle.liveId, vehicle]));
    const sinceMs = now.snapshotAgeMs();
    const vehicles = [...now.vehicles.values()]
      .filter(({ organisationId }) => own === undefined || organisationId === own)
      .map((status) => boundAsSeen(maySee, status))
      .map((status) => ({ ...status, position: positionOf(places.get(status.liveId), sinceMs) }));
    response.json({ vehicles, ...(own === undefined ? now.wire : emptyWireReport) });
  });
  return router;
}

/** Null until a position is known. @param sinceMs Time since ingest sent it. */
function positionOf(vehicle: LiveVehicle | undefined, sinceMs: number) {
  if (vehicle === undefined) return null;
  return {
    latDeg: vehicle.latDeg,
    lngDeg: vehicle.lngDeg,
    altitudeAmslM: vehicle.altitudeAmslM,
    altitudeAboveHomeM: vehicle.altitudeAboveHomeM,
    headingDeg: vehicle.headingDeg ?? null,
    groundSpeedMps: vehicle.groundSpeedMps,
    climbMps: vehicle.climbMps,
    ageMs: vehicle.ageMs + sinceMs,
  };
}
