// The map of the Control page: site, zones, pads, the volumes booked for now, and the drones.
import { useMemo } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import { holdingStates } from "../../contract/wire/booking.ts";
import { resourceSchema, type Site } from "../../contract/wire/site.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { listOf } from "../app/list-answer.ts";
import { useLive, useLiveStore } from "../app/live/live-context.ts";
import { useSites } from "../app/site-context.ts";
import { useNow } from "../app/use-now.ts";
import { useResource } from "../app/use-resource.ts";
import { boundsOf } from "../map/map-features.ts";
import type { MapVolume } from "../map/map-things.ts";
import { SiteMap } from "../map/site-map.tsx";

const resourceListSchema = listOf("resources", resourceSchema);
/** A volume is shown from this long before its booking starts. */
const aheadMs = 15 * 60_000;

interface ControlMapProps {
  readonly selectedDroneId: number | undefined;
  readonly selectedBookingId: string | undefined;
  /** Another key each time a drone was chosen in a list. */
  readonly centreOn: { readonly key: string; readonly liveId: number } | undefined;
  readonly onPickDrone: (liveId: number | undefined) => void;
}

export function ControlMap(props: ControlMapProps) {
  const { selectedDroneId, selectedBookingId, centreOn, onPickDrone } = props;
  const text = useText(controlMessages);
  const format = useFormat();
  const store = useLiveStore();
  const zones = useLive((state) => state.zones);
  const bookings = useLive((state) => state.bookings);
  const { site } = useSites();
  const resources = useResource("/resources", resourceListSchema).value;
  const nowMs = useNow(10_000);
  const volumes = useMemo(
    () => volumesAt(bookings.values(), nowMs, selectedBookingId),
    [bookings, nowMs, selectedBookingId],
  );
  const places = useMemo(
    () =>
      (resources?.items ?? []).map(({ id, position, name }) => ({
        id,
        position,
        label: format.name(name),
      })),
    [resources, format],
  );
  const position = centreOn === undefined ? undefined : store.vehicle(centreOn.liveId);
  return (
    <SiteMap
      centreOn={centreOn && position && { key: centreOn.key, position }}
      drones={store.drones}
      fit={fitOf(site)}
      label={text.map}
      places={places}
      selectedDroneId={selectedDroneId}
      selectedVolumeId={selectedBookingId}
      volumes={volumes}
      zones={zones}
      onPickDrone={onPickDrone}
    />
  );
}

function volumesAt(
  bookings: Iterable<Booking>,
  nowMs: number,
  selectedId: string | undefined,
): MapVolume[] {
  return [...bookings]
    .filter(({ id, state, startMs, endMs }) => {
      const isNow = startMs - aheadMs <= nowMs && nowMs < endMs;
      const isFlying = state !== "accepted";
      return id === selectedId || (holdingStates.includes(state) && (isNow || isFlying));
    })
    .flatMap(({ id, title, volumes }) =>
      volumes.map(({ footprint }) => ({
        id,
        footprint,
        label: title,
        tone: id === selectedId ? ("mine" as const) : ("other" as const),
      })),
    );
}

function fitOf(site: Site | undefined) {
  if (site === undefined) return undefined;
  const bounds = boundsOf([
    ...site.preparedVolumes.map((volume) => volume.footprint),
    { kind: "circle", centre: site.centre, radiusM: 500 },
  ]);
  return bounds && { key: site.id, bounds };
}
