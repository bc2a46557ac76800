// The altitude band of a volume, with the datum it is measured from.
import { altitudeReferenceSchema } from "../../contract/wire/altitude.ts";
import { sheetMessages } from "../app/i18n/sheet-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { NumberField } from "../design/number-field.tsx";
import { Select } from "../design/select.tsx";
import type { FormPartProps } from "./form-part.ts";

/** The one pilots use first. */
const references = [
  "ABOVE_HOME",
  ...altitudeReferenceSchema.options.filter((one) => one !== "ABOVE_HOME"),
] as const;

export function BandFields({ form, change, faultOf }: FormPartProps) {
  const text = useText(sheetMessages).sheet;
  return (
    <>
      <div className="form-pair">
        <NumberField
          digitsMax={1}
          fault={faultOf("lowerM")}
          label={text.lower}
          unit={text.metres}
          value={form.lowerM}
          onChange={(lowerM) => change({ lowerM })}
        />
        <NumberField
          digitsMax={1}
          fault={faultOf("upperM")}
          label={text.upper}
          unit={text.metres}
          value={form.upperM}
          onChange={(upperM) => change({ upperM })}
        />
      </div>
      <Select
        fault={faultOf("bandReference")}
        label={text.datum}
        options={references.map((id) => ({ id, name: text.datumName[id] }))}
        value={form.bandReference}
        onChange={(bandReference) => change({ bandReference })}
      />
    </>
  );
}
