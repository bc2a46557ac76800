// The map of the Control page: site, zones, pads, the volumes booked for now, and the drones.
import { useMemo } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import { holdingStates } from "../../contract/wire/booking.ts";
import type { Footprint, Position } from "../../contract/wire/geometry.ts";
import { resourceSchema } from "../../contract/wire/site.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { hongKongDay } from "../app/i18n/hong-kong-time.ts";
import type { Format } from "../app/i18n/format.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { listOf } from "../app/list-answer.ts";
import { useLive, useLiveStore } from "../app/live/live-context.ts";
import type { LiveStore } from "../app/live/live-store.ts";
import { useSites } from "../app/site-context.ts";
import { useNow } from "../app/use-now.ts";
import { useResource } from "../app/use-resource.ts";
import { viewOfSite } from "../map/first-view.ts";
import type { DroneSource } from "../map/drone-source.ts";
import type { MapVolume } from "../map/map-things.ts";
import type { TrafficContact } from "../../contract/wire/traffic.ts";
import { moreCommandMessages } from "../app/i18n/more-command-messages.ts";
import { trafficMessages } from "../app/i18n/traffic-messages.ts";
import { SiteMap } from "../map/site-map.tsx";
import type { GoToTarget } from "./use-go-to-target.ts";
import { contactDirectionDeg, contactLabel } from "./traffic-text.ts";

const resourceListSchema = listOf("resources", resourceSchema);
/** A volume is shown from this long before its booking starts. */
const aheadMs = 15 * 60_000;

interface ControlMapProps {
  readonly selectedDroneId: number | undefined;
  readonly selectedBookingId: string | undefined;
  /** Another key each time a drone or an alarm was chosen in a list. */
  readonly centreOn: { readonly key: string; readonly position: Position } | undefined;
  /** Aircraft and ships that drones hear. */
  readonly traffic: readonly TrafficContact[];
  /** Where the chosen drone is to be sent; undefined where none is chosen. */
  readonly target: GoToTarget | undefined;
  readonly onPickDrone: (liveId: number | undefined) => void;
}

export function ControlMap(props: ControlMapProps) {
  const { selectedDroneId, selectedBookingId, centreOn, traffic, target, onPickDrone } = props;
  const text = useText(controlMessages);
  const format = useFormat();
  const store = useLiveStore();
  const drones = useMemo(() => namedDrones(store, format), [store, format]);
  const zones = useLive((state) => state.zones);
  const bookings = useLive((state) => state.bookings);
  const { site } = useSites();
  const resources = useResource("/resources", resourceListSchema).value;
  const nowMs = useNow(10_000);
  const volumes = useMemo(
    () => volumesAt(bookings.values(), nowMs, selectedBookingId),
    [bookings, nowMs, selectedBookingId],
  );
  const moreText = useText(moreCommandMessages);
  const goTo = target?.position;
  const places = useMemo(() => {
    const pads = (resources?.items ?? []).map(({ id, position, name }) => {
      return { id, position, label: format.name(name) };
    });
    const isPlace = goTo !== undefined && !Number.isNaN(goTo.latDeg + goTo.lngDeg);
    return isPlace ? [...pads, { id: "target", position: goTo, label: moreText.target }] : pads;
  }, [resources, format, goTo, moreText]);
  const trafficText = useText(trafficMessages);
  const contacts = useMemo(
    () =>
      traffic.map((contact) => ({
        id: contact.key,
        kind: contact.kind,
        position: contact.position,
        directionDeg: contactDirectionDeg(contact),
        label: contactLabel(contact, trafficText, format),
      })),
    [traffic, trafficText, format],
  );
  const day = hongKongDay(nowMs).startMs;
  const fit = useMemo(
    () => site && viewOfSite(site, zones, bookedOn(hongKongDay(day), bookings.values())),
    [site, zones, bookings, day],
  );
  return (
    <SiteMap
      centreOn={centreOn}
      drones={drones}
      fit={fit}
      label={text.map}
      places={places}
      selectedDroneId={selectedDroneId}
      selectedVolumeId={selectedBookingId}
      traffic={contacts}
      volumes={volumes}
      zones={zones}
      // While a place is picked, a click chooses and drops no drone.
      {...(target?.isPicking === true ? { onPickPosition: target.setPosition } : { onPickDrone })}
    />
  );
}

/** The store's drones, called on the map what they are called beside it. */
function namedDrones({ drones, getState }: LiveStore, format: Format): DroneSource {
  return {
    ...drones,
    nameOf(liveId) {
      const status = getState().statuses.get(liveId);
      return status === undefined ? "" : format.drone(status.name, status.sysid);
    },
  };
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

/** Outlines of all that is booked on a day, at any site: the control room watches all. */
function bookedOn(
  day: { readonly startMs: number; readonly endMs: number },
  bookings: Iterable<Booking>,
): Footprint[] {
  return [...bookings]
    .filter(({ state, startMs, endMs }) => {
      return holdingStates.includes(state) && startMs < day.endMs && day.startMs < endMs;
    })
    .flatMap(({ volumes }) => volumes.map(({ footprint }) => footprint));
}
