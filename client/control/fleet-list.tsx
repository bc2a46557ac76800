// Every drone that is heard, with the facts the map shows and more; reachable by keyboard. Its
// figures are renewed four times a second, whatever the map does. On the Control page.
import { useMemo } from "react";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { useBeat, useLive } from "../app/live/live-context.ts";
import { orderFleet } from "./drone-facts.ts";
import { FleetRow } from "./fleet-row.tsx";

interface FleetListProps {
  readonly selectedId: number | undefined;
  readonly onChoose: (liveId: number) => void;
}

export function FleetList({ selectedId, onChoose }: FleetListProps) {
  const text = useText(controlMessages);
  const statuses = useLive((state) => state.statuses);
  const ordered = useMemo(() => orderFleet(statuses.values()), [statuses]);
  const beat = useBeat();
  return (
    <section aria-labelledby="fleet-heading" className="control-fleet">
      <div className="control-heading">
        <h2 id="fleet-heading">{text.fleet}</h2>
        <span className="soft">{text.fleetCount(ordered.length)}</span>
      </div>
      {ordered.length === 0 && <p className="control-empty soft">{text.noDrones}</p>}
      <ul>
        {ordered.map((status) => (
          <FleetRow
            key={status.liveId}
            beat={beat}
            isSelected={status.liveId === selectedId}
            status={status}
            onChoose={onChoose}
          />
        ))}
      </ul>
    </section>
  );
}
