// Arm, disarm, take-off, fly to, mode and reboot, folded away below the orders that matter in a
// hurry. Each is asked before it is sent. In the command bar.
import { useState } from "react";
import type { CommandAction } from "../../contract/wire/command.ts";
import { useText } from "../app/i18n/language-context.ts";
import { moreCommandMessages } from "../app/i18n/more-command-messages.ts";
import { Button } from "../design/button.tsx";
import { NumberField } from "../design/number-field.tsx";
import { TextField } from "../design/text-field.tsx";
import { GoToForm } from "./go-to-form.tsx";
import { heightAboveHomeMMax } from "./height-limit.ts";
import type { GoToTarget } from "./use-go-to-target.ts";

const firstHeightM = 10;

interface MoreCommandsProps {
  readonly mayOrder: boolean;
  readonly target: GoToTarget;
  readonly onAsk: (action: CommandAction) => void;
}

export function MoreCommands({ mayOrder, target, onAsk }: MoreCommandsProps) {
  const text = useText(moreCommandMessages);
  const plain = ["arm", "disarm", "reboot"] as const;
  return (
    <details className="more-commands" data-testid="more-commands">
      <summary>{text.summary}</summary>
      <div className="command-buttons">
        {plain.map((kind) => (
          <Button
            key={kind}
            data-testid={`command-${kind}`}
            isDisabled={!mayOrder}
            onPress={() => onAsk({ kind })}
          >
            {text.order[kind]}
          </Button>
        ))}
      </div>
      <TakeOffForm mayOrder={mayOrder} onAsk={onAsk} />
      <GoToForm mayOrder={mayOrder} target={target} onAsk={onAsk} />
      <ModeForm mayOrder={mayOrder} onAsk={onAsk} />
    </details>
  );
}

type FormProps = Omit<MoreCommandsProps, "target">;

function TakeOffForm({ mayOrder, onAsk }: FormProps) {
  const text = useText(moreCommandMessages);
  const [heightAboveHomeM, setHeight] = useState(firstHeightM);
  const isGood = heightAboveHomeM > 0 && heightAboveHomeM <= heightAboveHomeMMax;
  return (
    <div className="command-form">
      <NumberField
        fault={isGood ? undefined : text.heightRange}
        label={text.takeOffHeight}
        unit={text.metres}
        value={heightAboveHomeM}
        onChange={setHeight}
      />
      <Button
        data-testid="command-takeOff"
        isDisabled={!mayOrder || !isGood}
        onPress={() => onAsk({ kind: "takeOff", heightAboveHomeM })}
      >
        {text.order.takeOff}
      </Button>
    </div>
  );
}

function ModeForm({ mayOrder, onAsk }: FormProps) {
  const text = useText(moreCommandMessages);
  const [typed, setTyped] = useState("");
  const modeName = typed.trim().toUpperCase();
  return (
    <div className="command-form">
      <TextField
        help={text.modeHelp}
        label={text.mode}
        maxLength={32}
        value={typed}
        onChange={setTyped}
      />
      <Button
        data-testid="command-setMode"
        isDisabled={!mayOrder || modeName === ""}
        onPress={() => onAsk({ kind: "setMode", modeName })}
      >
        {text.order.setMode}
      </Button>
    </div>
  );
}
