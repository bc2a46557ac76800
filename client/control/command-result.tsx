// One command and what became of it, step by step; where nobody answered, the pilot's number.
import type { Command } from "../../contract/wire/command.ts";
import { commandMessages } from "../app/i18n/command-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { moreCommandMessages } from "../app/i18n/more-command-messages.ts";
import { Icon } from "../design/icon.tsx";
import { commandSteps, commandTone } from "./command-steps.ts";
import { commandName } from "./command-words.ts";
import { PhoneLink } from "./phone-link.tsx";

interface CommandResultProps {
  readonly command: Command;
  readonly phone: string | null;
}

const icons = { waiting: "information", done: "check", failed: "warning" } as const;

export function CommandResult({ command, phone }: CommandResultProps) {
  const text = useText(commandMessages);
  const format = useFormat();
  const tone = commandTone(command);
  const name = commandName(command.action, text, useText(moreCommandMessages));
  return (
    <div
      className="command-result"
      data-testid="command-result"
      data-tone={tone}
      role={tone === "failed" ? "alert" : "status"}
    >
      <p className="command-result-head">
        <Icon name={icons[tone]} />
        <strong>{name}</strong>
        <span className="soft">{text.by(command.by.name)}</span>
      </p>
      <ol>
        {commandSteps(command, text).map((step) => (
          <li key={step.key}>
            {step.text}
            {step.atMs !== undefined && <span className="soft"> {format.time(step.atMs)}</span>}
          </li>
        ))}
      </ol>
      {command.outcome?.kind === "notAcknowledged" && !command.confirmed && (
        <PhoneLink name={null} phone={phone} />
      )}
    </div>
  );
}
