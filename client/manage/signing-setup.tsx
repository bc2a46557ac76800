// The key's way to the drone, and signing switched off on it: asked for with a confirmation, then
// told step by step, as the drone itself answers nothing.
import { useState } from "react";
import type { AircraftSigning, SigningLive } from "../../contract/wire/signing.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { signingMessages } from "../app/i18n/signing-messages.ts";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";

type Act = "send" | "disable";

interface SigningSetupProps {
  readonly name: string;
  readonly value: AircraftSigning;
  readonly isWorking: boolean;
  readonly onSetup: (act: Act) => Promise<boolean>;
}

type WhyNot = keyof typeof signingMessages.en.whyNot;

/** Why the drone cannot be set up just now; undefined where it can. */
function whyNotOf(live: SigningLive | null): WhyNot | undefined {
  if (live === null || live.frames === "notHeard") return "notHeard";
  if (live.frames === "refused") return "refused";
  return live.mayBeArmed ? "armed" : undefined;
}

export function SigningSetup({ name, value, isWorking, onSetup }: SigningSetupProps) {
  const text = useText(signingMessages);
  const [asked, setAsked] = useState<Act>();
  const whyNot = whyNotOf(value.live);
  const isRequired = value.policy === "required";
  const setup = value.live?.setup ?? null;
  const words =
    asked === "disable"
      ? { title: text.disableTitle(name), body: text.disableText, confirm: text.disableNow }
      : { title: text.sendTitle(name), body: text.sendText, confirm: text.sendNow };
  return (
    <>
      <div className="form-buttons">
        <Button isDisabled={whyNot !== undefined} onPress={() => setAsked("send")}>
          {text.send}
        </Button>
        <Button isDisabled={whyNot !== undefined || isRequired} onPress={() => setAsked("disable")}>
          {text.disable}
        </Button>
      </div>
      {whyNot !== undefined && <p className="soft">{text.whyNot[whyNot]}</p>}
      {whyNot === undefined && isRequired && <p className="soft">{text.whyNot.required}</p>}
      {setup !== null && <SetupSteps setup={setup} />}
      {asked !== undefined && (
        <ConfirmDialog
          cancel={text.leave}
          confirm={words.confirm}
          isWorking={isWorking}
          title={words.title}
          onCancel={() => setAsked(undefined)}
          onConfirm={() => void onSetup(asked).then(() => setAsked(undefined))}
        >
          <p>{words.body}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function SetupSteps({ setup }: { readonly setup: NonNullable<SigningLive["setup"]> }) {
  const text = useText(signingMessages);
  const format = useFormat();
  const { act, startedAtMs, sends, outcome } = setup;
  const last = { waiting: text.stepWaiting, done: text.stepDone, notSeen: text.stepNotSeen };
  return (
    <ol aria-label={text.steps} aria-live="polite" className="signing-steps">
      <li>{text.stepSent(format.time(startedAtMs), sends)}</li>
      <li data-outcome={outcome} data-testid="signing-outcome">
        {last[outcome][act]}
      </li>
    </ol>
  );
}
