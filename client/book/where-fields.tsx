// Where: pads and bays, the flight volume, its heights, and a permission that lifts the limit.
import type { Resource, Site } from "../../contract/wire/site.ts";
import { sheetMessages } from "../app/i18n/sheet-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { CheckList } from "../design/check-list.tsx";
import { NumberField } from "../design/number-field.tsx";
import { Segments } from "../design/segments.tsx";
import { Select } from "../design/select.tsx";
import { TextField } from "../design/text-field.tsx";
import { Toggle } from "../design/toggle.tsx";
import { BandFields } from "./band-fields.tsx";
import type { VolumeKind } from "./booking-form.ts";
import { hasOwnBand } from "./booking-form.ts";
import type { FormPartProps } from "./form-part.ts";
import { FormSection } from "./form-section.tsx";
import { PolygonFileField } from "./polygon-file-field.tsx";

interface WhereFieldsProps extends FormPartProps {
  readonly site: Site;
  readonly resources: readonly Resource[];
}

const volumeKinds: readonly VolumeKind[] = ["prepared", "circle", "polygon"];

export function WhereFields(props: WhereFieldsProps) {
  const { form, change, faultOf, site, resources } = props;
  const text = useText(sheetMessages).sheet;
  const format = useFormat();
  return (
    <FormSection title={text.where}>
      <CheckList
        fault={faultOf("resourceIds")}
        label={text.place}
        options={resources
          .filter((one) => one.siteId === site.id)
          .map((one) => ({
            id: one.id,
            name: format.name(one.name),
            detail: text.resourceKind[one.kind],
          }))}
        value={form.resourceIds}
        onChange={(resourceIds) => change({ resourceIds })}
      />
      <Segments
        label={text.volume}
        options={volumeKinds
          .filter((kind) => kind !== "prepared" || site.preparedVolumes.length > 0)
          .map((kind) => ({ id: kind, name: text.volumeKind[kind] }))}
        value={form.volumeKind}
        onChange={(volumeKind) => change({ volumeKind })}
      />
      {form.volumeKind === "prepared" && <PreparedFields {...props} />}
      {form.volumeKind === "circle" && <CircleFields {...props} />}
      {form.volumeKind === "polygon" && <PolygonFileField {...props} />}
      {form.volumeKind === "prepared" && (
        <Toggle isSelected={form.ownBand} onChange={(ownBand) => change({ ownBand })}>
          {text.ownBand}
        </Toggle>
      )}
      {hasOwnBand(form) && <BandFields {...props} />}
      <Toggle
        isSelected={form.hasHeightPermission}
        onChange={(hasHeightPermission) => change({ hasHeightPermission })}
      >
        {text.permission}
      </Toggle>
      {form.hasHeightPermission && (
        <>
          <TextField
            fault={faultOf("permissionReference")}
            label={text.permissionReference}
            maxLength={120}
            value={form.permissionReference}
            onChange={(permissionReference) => change({ permissionReference })}
          />
          <NumberField
            fault={faultOf("permissionHeightAglM")}
            label={text.permissionHeight}
            unit={text.metres}
            value={form.permissionHeightAglM}
            onChange={(permissionHeightAglM) => change({ permissionHeightAglM })}
          />
        </>
      )}
    </FormSection>
  );
}

function PreparedFields({ form, change, faultOf, site }: WhereFieldsProps) {
  const text = useText(sheetMessages).sheet;
  const format = useFormat();
  return (
    <Select
      fault={faultOf("preparedVolumeId")}
      label={text.prepared}
      options={site.preparedVolumes.map(({ id, name, band }) => ({
        id,
        name: format.name(name),
        detail: format.band(band),
      }))}
      value={form.preparedVolumeId}
      onChange={(preparedVolumeId) => {
        const chosen = site.preparedVolumes.find(({ id }) => id === preparedVolumeId);
        // The band's fields follow the volume until they are the person's own.
        const band =
          chosen === undefined || form.ownBand
            ? {}
            : {
                bandReference: chosen.band.reference,
                lowerM: chosen.band.lowerM,
                upperM: chosen.band.upperM,
              };
        change({ preparedVolumeId, ...band });
      }}
    />
  );
}

function CircleFields({ form, change, faultOf }: FormPartProps) {
  const text = useText(sheetMessages).sheet;
  return (
    <>
      <div className="form-pair">
        <NumberField
          digitsMax={6}
          fault={faultOf("centreLatDeg")}
          label={text.latitude}
          unit={text.degrees}
          value={form.centreLatDeg}
          onChange={(centreLatDeg) => change({ centreLatDeg })}
        />
        <NumberField
          digitsMax={6}
          fault={faultOf("centreLngDeg")}
          label={text.longitude}
          unit={text.degrees}
          value={form.centreLngDeg}
          onChange={(centreLngDeg) => change({ centreLngDeg })}
        />
      </div>
      <NumberField
        fault={faultOf("radiusM")}
        help={text.circleHelp}
        label={text.radius}
        unit={text.metres}
        value={form.radiusM}
        onChange={(radiusM) => change({ radiusM })}
      />
    </>
  );
}
