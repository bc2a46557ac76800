// When: a date and two times of Hong Kong.
import { sheetMessages } from "../app/i18n/sheet-messages.ts";
import { parseHongKongDateMs } from "../app/i18n/hong-kong-time.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { ClockField } from "../design/clock-field.tsx";
import { TextField } from "../design/text-field.tsx";
import { windowOfForm } from "./booking-form.ts";
import type { FormPartProps } from "./form-part.ts";
import { FormSection } from "./form-section.tsx";

const dayMs = 86_400_000;

export function WhenFields({ form, change, faultOf }: FormPartProps) {
  const text = useText(sheetMessages).sheet;
  const format = useFormat();
  const dateMs = parseHongKongDateMs(form.dateText);
  const window = windowOfForm(form);
  const endsLater = dateMs !== undefined && window !== undefined && window.endMs > dateMs + dayMs;
  return (
    <FormSection title={text.when}>
      <TextField
        fault={faultOf("dateText")}
        help={dateMs === undefined ? undefined : format.date(dateMs)}
        label={text.date}
        type="date"
        value={form.dateText}
        onChange={(dateText) => change({ dateText })}
      />
      <div className="form-pair">
        <ClockField
          fault={faultOf("startText")}
          label={text.start}
          value={form.startText}
          onChange={(startText) => change({ startText })}
        />
        <ClockField
          fault={faultOf("endText")}
          help={endsLater ? text.nextDay(format.date(window.endMs)) : undefined}
          label={text.end}
          value={form.endText}
          onChange={(endText) => change({ endText })}
        />
      </div>
      {window !== undefined && (
        <p className="soft">{text.length(format.duration(window.endMs - window.startMs))}</p>
      )}
    </FormSection>
  );
}
