// The map of the booking page: zones in force, volumes held at the shown moment, the volume that
// is being filled in.
import { useMemo } from "react";
import type { Booking, Slot } from "../../contract/wire/booking.ts";
import type { Footprint, Position } from "../../contract/wire/geometry.ts";
import type { Resource, Site } from "../../contract/wire/site.ts";
import type { Zone } from "../../contract/wire/zone.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { usePerson } from "../app/session-context.ts";
import { viewOfSite } from "../map/first-view.ts";
import type { MapVolume } from "../map/map-things.ts";
import { SiteMap } from "../map/site-map.tsx";
import type { BookingForm } from "./booking-form.ts";
import { rowsOfDay } from "./day-slots.ts";

interface BookMapProps {
  readonly site: Site;
  readonly day: { readonly startMs: number; readonly endMs: number };
  readonly momentMs: number;
  readonly zones: readonly Zone[];
  readonly resources: readonly Resource[];
  readonly bookings: readonly Booking[];
  readonly slots: readonly Slot[];
  readonly selectedId: string | undefined;
  readonly form: BookingForm | undefined;
  readonly onMoveCentre: (centre: Position) => void;
}

/** Coordinates are kept to about 0.1 m. */
const degreeDigits = 6;

/** The outline the form stands for, as far as it is filled in. */
function draftFootprint(form: BookingForm, site: Site): Footprint | undefined {
  switch (form.volumeKind) {
    case "prepared":
      return site.preparedVolumes.find(({ id }) => id === form.preparedVolumeId)?.footprint;
    case "circle": {
      const { centreLatDeg: latDeg, centreLngDeg: lngDeg, radiusM } = form;
      const isWhole = Math.abs(latDeg) <= 85 && Math.abs(lngDeg) <= 180 && radiusM > 0;
      return isWhole ? { kind: "circle", centre: { latDeg, lngDeg }, radiusM } : undefined;
    }
    case "polygon":
      return form.polygon === null
        ? undefined
        : { kind: "polygon", polygon: form.polygon.geometry };
  }
}

function isAt(span: { startMs: number; endMs: number }, timeMs: number): boolean {
  return span.startMs <= timeMs && timeMs < span.endMs;
}

export function BookMap(props: BookMapProps) {
  const { site, day, momentMs, zones, resources, bookings, slots, selectedId, form } = props;
  const text = useText(bookMessages);
  const format = useFormat();
  const { organisationId } = usePerson();
  const zonesNow = useMemo(
    () =>
      zones.filter(({ validity }) =>
        isAt(
          { startMs: validity.startMs ?? -Infinity, endMs: validity.endMs ?? Infinity },
          momentMs,
        ),
      ),
    [zones, momentMs],
  );
  const volumes = useMemo(() => {
    // The time line's own airspace row, so that both show the same slots.
    const rows = rowsOfDay({ siteId: site.id, day, resources: [], bookings, slots });
    const held: MapVolume[] = (rows[0]?.lanes.flat() ?? [])
      .filter((slot) => isAt(slot, momentMs))
      .flatMap((slot) => {
        const { booking } = slot;
        const tone = booking?.organisationId === organisationId ? "mine" : "other";
        const label = booking?.title ?? text.taken;
        const id = booking?.id ?? slot.key;
        return slot.footprints.map((footprint) => ({ id, footprint, label, tone }) as const);
      });
    const draft = form === undefined ? undefined : draftFootprint(form, site);
    if (draft === undefined || form === undefined) return held;
    return [...held, { id: "draft", footprint: draft, label: form.title, tone: "draft" } as const];
  }, [site, day, bookings, slots, momentMs, organisationId, form, text]);
  const fit = useMemo(() => {
    const rows = rowsOfDay({ siteId: site.id, day, resources: [], bookings, slots });
    const booked = rows[0]?.lanes.flat().flatMap(({ footprints }) => footprints) ?? [];
    return viewOfSite(site, zones, booked);
  }, [site, day, zones, bookings, slots]);
  const places = useMemo(
    () =>
      resources
        .filter((resource) => resource.siteId === site.id)
        .map(({ id, position, name }) => ({ id, position, label: format.name(name) })),
    [resources, site.id, format],
  );
  return (
    <SiteMap
      fit={fit}
      label={text.map(format.name(site.name))}
      places={places}
      selectedVolumeId={selectedId}
      volumes={volumes}
      zones={zonesNow}
      {...(form?.volumeKind === "circle"
        ? {
            onPickPosition: ({ latDeg, lngDeg }: Position) =>
              props.onMoveCentre({
                latDeg: Number(latDeg.toFixed(degreeDigits)),
                lngDeg: Number(lngDeg.toFixed(degreeDigits)),
              }),
          }
        : {})}
    />
  );
}
