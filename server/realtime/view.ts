// Who sees what of the live picture: controllers and admins everything, everybody else what
// belongs to their own organisation. Called by pages.ts for all that it sends, and by the routers
// that answer with live data.
import type { Person } from "../../contract/wire/account.ts";
import { snapshotHeaderBytes, snapshotVehicleBytes } from "../../contract/wire/live-snapshot.ts";

/** Everything, or one organisation's part. */
export type View =
  | { readonly kind: "everything" }
  | { readonly kind: "organisation"; readonly organisationId: string };

export function viewOf(person: Pick<Person, "role" | "organisationId">): View {
  switch (person.role) {
    case "controller":
    case "admin":
      return { kind: "everything" };
    case "operator":
    case "pilot":
      return { kind: "organisation", organisationId: person.organisationId };
  }
}

/** Names the view; equal for people who see the same. */
export function viewKey(view: View): string {
  return view.kind === "everything" ? "everything" : `organisation ${view.organisationId}`;
}

/** What belongs to nobody known (null) is for those who see everything. */
export function sees(view: View, organisationId: string | null): boolean {
  return view.kind === "everything" || view.organisationId === organisationId;
}

/** The same as a question about one organisation after another. */
export function seenBy(view: View): (organisationId: string | null) => boolean {
  return (organisationId) => sees(view, organisationId);
}

/**
 * The snapshot with only the vehicles that may be seen; the bytes given where that is all of them.
 *
 * @param snapshot Packed as contract/wire/live-snapshot.ts says.
 */
export function snapshotFor(snapshot: Uint8Array, maySee: (liveId: number) => boolean): Uint8Array {
  const view = new DataView(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength);
  const kept = new Uint8Array(snapshot.byteLength);
  kept.set(snapshot.subarray(0, snapshotHeaderBytes));
  let end = snapshotHeaderBytes;
  for (let at = snapshotHeaderBytes; at < snapshot.byteLength; at += snapshotVehicleBytes) {
    if (!maySee(view.getUint16(at, true))) continue;
    kept.set(snapshot.subarray(at, at + snapshotVehicleBytes), end);
    end += snapshotVehicleBytes;
  }
  if (end === snapshot.byteLength) return snapshot;
  const count = (end - snapshotHeaderBytes) / snapshotVehicleBytes;
  new DataView(kept.buffer).setUint16(2, count, true);
  return kept.subarray(0, end);
}
