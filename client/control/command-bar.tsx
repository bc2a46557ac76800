// Commanding the chosen drone: who holds authority, RTL, LAND and HOLD each one key away, and what
// became of the last commands. In the drone's panel; what is not allowed here is a call to the
// pilot.
import "./command-bar.css";
import { useCallback, useRef, useState } from "react";
import type { CommandAction } from "../../contract/wire/command.ts";
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { commandMessages, type PanelOrder } from "../app/i18n/command-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { useLive } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { Button } from "../design/button.tsx";
import { AuthorityLine } from "./authority-line.tsx";
import { CommandQuestion } from "./command-question.tsx";
import { CommandResult } from "./command-result.tsx";
import { commandsOf } from "./command-steps.ts";
import { enteredAirspace } from "./entered-airspace.ts";
import { FenceBox } from "./fence-box.tsx";
import { MoreCommands } from "./more-commands.tsx";
import { PhoneLink } from "./phone-link.tsx";
import { useAuthority } from "./use-authority.ts";
import { commandKeys, useCommandKeys } from "./use-command-keys.ts";
import type { GoToTarget } from "./use-go-to-target.ts";

const panelOrders: readonly PanelOrder[] = ["returnHome", "land", "hold"];

interface CommandBarProps {
  readonly status: VehicleStatus;
  readonly droneName: string;
  readonly target: GoToTarget;
}

export function CommandBar({ status, droneName, target }: CommandBarProps) {
  const text = useText(commandMessages);
  const alarmText = useText(alarmMessages);
  const { sessionId, bookingId } = status;
  const { value: authority, problem, reload } = useAuthority(sessionId, bookingId);
  const commands = useLive((state) => state.commands);
  const entered = useLive(({ bookings }) =>
    status.binding?.kind === "wrongDrone"
      ? bookings.get(status.binding.bookingId ?? "")
      : undefined,
  );
  const [asking, setAsking] = useState<CommandAction>();
  const bar = useRef<HTMLElement>(null);
  const right = authority?.you.command;
  const mayOrder = right === "yes" || authority?.you.takeOver === true;
  const ask = useCallback((kind: PanelOrder) => setAsking({ kind }), []);
  useCommandKeys(bar, mayOrder && asking === undefined, ask);
  return (
    <section ref={bar} aria-label={text.label} className="command-bar" data-testid="command-bar">
      {problem !== undefined && authority === undefined && <ProblemNotice problem={problem} />}
      {right === "callPilot" && (
        <div className="command-call" data-testid="call-pilot">
          <p>{entered === undefined ? text.callPilot : text.callEntered}</p>
          {authority !== undefined && (
            <PhoneLink
              name={entered?.pilots[0]?.name ?? authority.pilotName}
              phone={entered?.contactPhone ?? authority.contactPhone}
            />
          )}
        </div>
      )}
      {right !== "callPilot" && (
        <div className="command-buttons">
          {panelOrders.map((order) => (
            <Button
              key={order}
              aria-keyshortcuts={commandKeys[order]}
              data-testid={`command-${order}`}
              isDisabled={!mayOrder}
              onPress={() => ask(order)}
            >
              {text.order[order]}
              <kbd aria-hidden="true">{commandKeys[order]}</kbd>
            </Button>
          ))}
        </div>
      )}
      {authority !== undefined && (
        <AuthorityLine authority={authority} droneName={droneName} onChanged={reload} />
      )}
      {commandsOf(commands.values(), sessionId).map((command) => (
        <CommandResult key={command.id} command={command} phone={authority?.contactPhone ?? null} />
      ))}
      {right !== "callPilot" && (
        <MoreCommands mayOrder={mayOrder} target={target} onAsk={setAsking} />
      )}
      <FenceBox authority={authority} droneName={droneName} status={status} />
      {asking !== undefined && authority !== undefined && (
        <CommandQuestion
          action={asking}
          airspace={enteredAirspace(status.binding, entered, alarmText)}
          authority={authority}
          droneName={droneName}
          isOnGround={status.landedState === "onGround"}
          onDone={() => setAsking(undefined)}
        />
      )}
    </section>
  );
}
