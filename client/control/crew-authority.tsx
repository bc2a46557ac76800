// What a crew sees of authority over the drones of its bookings: who holds it, that the site took
// over and why, and what it may do about it. At the top of Control's side, for crews.
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import { useText } from "../app/i18n/language-context.ts";
import { moreCommandMessages } from "../app/i18n/more-command-messages.ts";
import { useLive } from "../app/live/live-context.ts";
import { Button } from "../design/button.tsx";
import { AuthorityLine } from "./authority-line.tsx";
import { useAuthority } from "./use-authority.ts";

/** Drones whose authority is shown at a time: each is read over HTTP. */
const crewDronesMax = 12;

interface CrewAuthorityProps {
  readonly onChoose: (liveId: number) => void;
}

export function CrewAuthority({ onChoose }: CrewAuthorityProps) {
  const text = useText(moreCommandMessages).crew;
  const statuses = useLive((state) => state.statuses);
  const booked = [...statuses.values()]
    .filter(({ bookingId }) => bookingId !== null)
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }))
    .slice(0, crewDronesMax);
  if (booked.length === 0) return null;
  return (
    <section
      aria-labelledby="crew-authority-heading"
      className="crew-authority"
      data-testid="crew-authority"
    >
      <div className="control-heading">
        <h2 id="crew-authority-heading">{text.heading}</h2>
      </div>
      <ul>
        {booked.map((status) => (
          <CrewDrone key={status.sessionId} status={status} onChoose={onChoose} />
        ))}
      </ul>
    </section>
  );
}

interface CrewDroneProps extends CrewAuthorityProps {
  readonly status: VehicleStatus;
}

function CrewDrone({ status, onChoose }: CrewDroneProps) {
  const text = useText(moreCommandMessages).crew;
  const { sessionId, bookingId, liveId, name, bookingTitle } = status;
  const { value: authority, reload } = useAuthority(sessionId, bookingId);
  return (
    <li data-testid={`crew-drone-${status.sysid}`}>
      <p className="fleet-line">
        <Button aria-label={text.show(name)} kind="quiet" onPress={() => onChoose(liveId)}>
          {name}
        </Button>
        <span className="soft">{bookingTitle ?? authority?.bookingTitle ?? ""}</span>
      </p>
      {authority !== undefined && (
        <AuthorityLine authority={authority} droneName={name} onChanged={reload} />
      )}
    </li>
  );
}
