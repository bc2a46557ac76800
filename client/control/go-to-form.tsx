// Where to send the drone: coordinates typed or picked on the map, and the altitude above home.
import { useState } from "react";
import type { CommandAction } from "../../contract/wire/command.ts";
import type { Position } from "../../contract/wire/geometry.ts";
import { useText } from "../app/i18n/language-context.ts";
import { moreCommandMessages } from "../app/i18n/more-command-messages.ts";
import { Button } from "../design/button.tsx";
import { NumberField } from "../design/number-field.tsx";
import { heightAboveHomeMMax } from "./height-limit.ts";
import type { GoToTarget } from "./use-go-to-target.ts";

const firstAltitudeM = 20;
/** Some 10 cm. */
const positionDigits = 6;
const nowhere: Position = { latDeg: Number.NaN, lngDeg: Number.NaN };

interface GoToFormProps {
  readonly mayOrder: boolean;
  readonly target: GoToTarget;
  readonly onAsk: (action: CommandAction) => void;
}

export function GoToForm({ mayOrder, target, onAsk }: GoToFormProps) {
  const text = useText(moreCommandMessages);
  const [altitudeAboveHomeM, setAltitude] = useState(firstAltitudeM);
  const position = target.position ?? nowhere;
  const { latDeg, lngDeg } = position;
  const latIsGood = Math.abs(latDeg) <= 90;
  const lngIsGood = Math.abs(lngDeg) <= 180;
  const altitudeIsGood = altitudeAboveHomeM >= 0 && altitudeAboveHomeM <= heightAboveHomeMMax;
  const isTyped = target.position !== undefined;
  const isGood = latIsGood && lngIsGood && altitudeIsGood;
  return (
    <div className="command-form">
      <Button
        aria-pressed={target.isPicking}
        data-testid="goto-pick"
        kind="quiet"
        onPress={() => target.setPicking(!target.isPicking)}
      >
        {target.isPicking ? text.picking : text.pick}
      </Button>
      <NumberField
        digitsMax={positionDigits}
        fault={latIsGood || !isTyped ? undefined : text.latitudeRange}
        label={text.latitude}
        unit="°"
        value={latDeg}
        onChange={(typed) => target.setPosition({ latDeg: typed, lngDeg })}
      />
      <NumberField
        digitsMax={positionDigits}
        fault={lngIsGood || !isTyped ? undefined : text.longitudeRange}
        label={text.longitude}
        unit="°"
        value={lngDeg}
        onChange={(typed) => target.setPosition({ latDeg, lngDeg: typed })}
      />
      <NumberField
        fault={altitudeIsGood ? undefined : text.altitudeRange}
        label={text.goToHeight}
        unit={text.metres}
        value={altitudeAboveHomeM}
        onChange={setAltitude}
      />
      <Button
        data-testid="command-goTo"
        isDisabled={!mayOrder || !isGood}
        onPress={() => onAsk({ kind: "goTo", position, altitudeAboveHomeM })}
      >
        {text.order.goTo}
      </Button>
    </div>
  );
}
