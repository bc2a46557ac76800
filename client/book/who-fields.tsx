// Who flies: drones, pilots, and the phone that the control room calls.
import type { Pilot } from "../../contract/wire/account.ts";
import type { Aircraft } from "../../contract/wire/aircraft.ts";
import { sheetMessages } from "../app/i18n/sheet-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { CheckList } from "../design/check-list.tsx";
import { Select } from "../design/select.tsx";
import { TextField } from "../design/text-field.tsx";
import type { FormPartProps } from "./form-part.ts";
import { FormSection } from "./form-section.tsx";

interface WhoFieldsProps extends FormPartProps {
  readonly aircraft: readonly Aircraft[];
  readonly pilots: readonly Pilot[];
}

export function WhoFields({ form, change, faultOf, aircraft, pilots }: WhoFieldsProps) {
  const text = useText(sheetMessages).sheet;
  const chooseInCommand = (pilotInCommandId: string): void => {
    const before = pilots.find(({ id }) => id === form.pilotInCommandId);
    const after = pilots.find(({ id }) => id === pilotInCommandId);
    // A number typed by hand stays; the last pilot's own gives way to the new one's.
    const follows = form.contactPhone.trim() === "" || form.contactPhone === before?.phone;
    change({
      pilotInCommandId,
      otherPilotIds: form.otherPilotIds.filter((id) => id !== pilotInCommandId),
      ...(follows && after !== undefined ? { contactPhone: after.phone } : {}),
    });
  };
  const others = pilots.filter(({ id }) => id !== form.pilotInCommandId);
  return (
    <FormSection title={text.who}>
      <CheckList
        fault={faultOf("aircraftIds")}
        help={aircraft.length === 0 ? text.dronesEmpty : undefined}
        label={text.drones}
        options={aircraft.map(({ id, name, sysid, telemetry }) => ({
          id,
          name,
          ...(telemetry === "mavlink" ? { detail: text.sysid(sysid) } : {}),
        }))}
        value={form.aircraftIds}
        onChange={(aircraftIds) => change({ aircraftIds })}
      />
      <Select
        fault={faultOf("pilotInCommandId")}
        help={pilots.length === 0 ? text.pilotsEmpty : undefined}
        label={text.pilotInCommand}
        options={pilots.map(({ id, name }) => ({ id, name }))}
        value={form.pilotInCommandId}
        onChange={chooseInCommand}
      />
      {others.length > 0 && (
        <CheckList
          label={text.otherPilots}
          options={others.map(({ id, name }) => ({ id, name }))}
          value={form.otherPilotIds}
          onChange={(otherPilotIds) => change({ otherPilotIds })}
        />
      )}
      <TextField
        autoComplete="tel"
        fault={faultOf("contactPhone")}
        help={text.phoneHelp}
        inputMode="tel"
        label={text.phone}
        maxLength={40}
        type="tel"
        value={form.contactPhone}
        onChange={(contactPhone) => change({ contactPhone })}
      />
    </FormSection>
  );
}
