// The registered aircraft, and the way to register another.
import { useState } from "react";
import { aircraftSchema, type Aircraft } from "../../contract/wire/aircraft.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { signingMessages } from "../app/i18n/signing-messages.ts";
import { listOf } from "../app/list-answer.ts";
import { useResource } from "../app/use-resource.ts";
import { Button } from "../design/button.tsx";
import { DataTable } from "../design/data-table.tsx";
import { Icon } from "../design/icon.tsx";
import { Notice } from "../design/notice.tsx";
import { AircraftForm } from "./aircraft-form.tsx";
import { AutopilotCell } from "./autopilot-cell.tsx";
import { ResourceBody } from "./resource-body.tsx";
import { SigningPanel } from "./signing-panel.tsx";

const aircraftList = listOf("vehicles", aircraftSchema);

export function AircraftTab() {
  const text = useText(manageMessages).aircraft;
  const format = useFormat();
  const aircraft = useResource("/vehicles", aircraftList);
  const [isOpen, setIsOpen] = useState(false);
  const signingText = useText(signingMessages);
  const [signingOf, setSigningOf] = useState<Aircraft>();
  const [registered, setRegistered] = useState<string>();
  return (
    <div className="form">
      {registered !== undefined && <Notice kind="done" title={text.done(registered)} />}
      {isOpen ? (
        <AircraftForm
          onCancel={() => setIsOpen(false)}
          onRegistered={(name) => {
            setIsOpen(false);
            setRegistered(name);
            aircraft.reload();
          }}
        />
      ) : (
        <p>
          <Button kind="primary" onPress={() => setIsOpen(true)}>
            <Icon name="plus" />
            {text.register}
          </Button>
        </p>
      )}
      {signingOf !== undefined && (
        <SigningPanel
          key={signingOf.id}
          aircraft={signingOf}
          onClose={() => setSigningOf(undefined)}
        />
      )}
      <ResourceBody resource={aircraft}>
        {({ items }) => (
          <DataTable
            caption={text.caption}
            columns={[
              { id: "name", name: text.name, cell: ({ name }) => name },
              { id: "sysid", name: text.sysid, isFigure: true, cell: ({ sysid }) => sysid },
              { id: "model", name: text.model, cell: ({ model }) => model },
              {
                id: "mass",
                name: text.mass,
                isFigure: true,
                cell: ({ takeOffMassKg }) => `${format.number(takeOffMassKg, 1)} ${text.kilograms}`,
              },
              {
                id: "registration",
                name: text.registration,
                cell: ({ registrationLabel }) =>
                  registrationLabel === "" ? "–" : registrationLabel,
              },
              {
                id: "telemetry",
                name: text.telemetry,
                cell: ({ telemetry }) => text.telemetryKind[telemetry],
              },
              {
                id: "autopilot",
                name: text.autopilot,
                cell: (one) =>
                  one.telemetry === "mavlink" && (
                    <AutopilotCell aircraft={one} onChanged={aircraft.reload} />
                  ),
              },
              {
                id: "organisation",
                name: text.organisation,
                cell: ({ organisationName }) => organisationName,
              },
              {
                id: "signing",
                name: signingText.column,
                cell: (one) =>
                  one.telemetry === "mavlink" && (
                    <Button
                      aria-label={signingText.openFor(one.name)}
                      kind="quiet"
                      onPress={() => setSigningOf(one)}
                    >
                      {signingText.open}
                    </Button>
                  ),
              },
            ]}
            empty={text.empty}
            keyOf={({ id }) => id}
            rows={items}
            testId="aircraft-row"
          />
        )}
      </ResourceBody>
    </div>
  );
}
