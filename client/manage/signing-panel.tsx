// MAVLink signing of one aircraft: whether frames must be signed, the key, and what is seen of it.
// Opened from the table of aircraft. A key is only ever in this page while it is being set.
import "./signing-panel.css";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Aircraft } from "../../contract/wire/aircraft.ts";
import { aircraftSigningSchema, type AircraftSigning } from "../../contract/wire/signing.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { signingPolicySchema } from "../../contract/wire/watch-plan.ts";
import { api, type Answer } from "../app/api.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { signingMessages } from "../app/i18n/signing-messages.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { useResource } from "../app/use-resource.ts";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import { Segments } from "../design/segments.tsx";
import { ResourceBody } from "./resource-body.tsx";
import { SigningKeyForm } from "./signing-key-form.tsx";
import { SigningSetup } from "./signing-setup.tsx";

/** How often what is seen of the drone is read again. */
const seenEveryMs = 1_000;

interface SigningPanelProps {
  readonly aircraft: Aircraft;
  readonly onClose: () => void;
}

export function SigningPanel({ aircraft, onClose }: SigningPanelProps) {
  const text = useText(signingMessages);
  const path = `/vehicles/${aircraft.id}/signing`;
  const signing = useResource(path, aircraftSigningSchema, seenEveryMs);
  const [problem, setProblem] = useState<Problem>();
  const [isWorking, setIsWorking] = useState(false);
  const { role } = usePerson();
  const mayChange = role === "operator" || role === "admin";
  /** Does it, shows what came of it, and says whether it worked. */
  const run = async (step: () => Promise<Answer<AircraftSigning>>): Promise<boolean> => {
    setIsWorking(true);
    const answer = await step();
    setIsWorking(false);
    setProblem(answer.kind === "problem" ? answer.problem : undefined);
    signing.reload();
    return answer.kind === "ok";
  };
  const post = (what: string, body: unknown = {}): Promise<boolean> =>
    run(() => api.post(`${path}/${what}`, body, aircraftSigningSchema));
  return (
    <section aria-label={text.openFor(aircraft.name)} className="form signing-panel">
      <h2>{text.title(aircraft.name)}</h2>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <ResourceBody resource={signing}>
        {(value) => (
          <>
            <SigningFacts showPolicy={!mayChange || value.key === null} value={value} />
            {mayChange && (
              <SigningChanges
                isWorking={isWorking}
                name={aircraft.name}
                value={value}
                onPolicy={(policy) => void post("policy", { policy })}
                onRemove={() => run(() => api.delete(`${path}/key`, aircraftSigningSchema))}
                onSet={(body) => post("key", body)}
                onSetup={(act) => post(act)}
              />
            )}
          </>
        )}
      </ResourceBody>
      <div className="form-buttons">
        <Button onPress={onClose}>{text.close}</Button>
      </div>
    </section>
  );
}

interface SigningFactsProps {
  readonly value: AircraftSigning;
  /** False where it is shown as the choice that can be changed. */
  readonly showPolicy: boolean;
}

function SigningFacts({ value, showPolicy }: SigningFactsProps) {
  const { key, hasKeyBefore, policy, live } = value;
  const text = useText(signingMessages);
  const format = useFormat();
  return (
    <dl className="signing-facts">
      {showPolicy && <Fact name={text.policy}>{text.policyName[policy]}</Fact>}
      <Fact name={text.key}>
        {key === null
          ? text.noKey
          : text.keySet(format.dateTime(key.setAtMs), text.origin[key.origin])}
        {hasKeyBefore && <span className="soft"> {text.keyBefore}</span>}
      </Fact>
      <Fact name={text.frames}>
        <span aria-live="polite" data-testid="signing-frames">
          {text.framesName[live?.frames ?? "unknown"]}
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface SigningChangesProps {
  readonly name: string;
  readonly value: AircraftSigning;
  readonly isWorking: boolean;
  readonly onPolicy: (policy: AircraftSigning["policy"]) => void;
  readonly onSet: Parameters<typeof SigningKeyForm>[0]["onSet"];
  readonly onRemove: () => Promise<boolean>;
  readonly onSetup: (act: "send" | "disable") => Promise<boolean>;
}

function SigningChanges(props: SigningChangesProps) {
  const { name, value, isWorking, onPolicy, onSet, onRemove, onSetup } = props;
  const text = useText(signingMessages);
  const [isSetting, setIsSetting] = useState(false);
  const [isRemoving, setIsRemoving] = useState(false);
  const hasKey = value.key !== null;
  if (isSetting) {
    return (
      <SigningKeyForm
        isWorking={isWorking}
        onCancel={() => setIsSetting(false)}
        onSet={async (body) => {
          const isSet = await onSet(body);
          if (isSet) setIsSetting(false);
          return isSet;
        }}
      />
    );
  }
  return (
    <>
      {hasKey && (
        <>
          <Segments
            label={text.policy}
            options={signingPolicySchema.options.map((id) => ({ id, name: text.policyName[id] }))}
            value={value.policy}
            onChange={onPolicy}
          />
          <p className="soft">{text.policyHelp[value.policy]}</p>
          <SigningSetup isWorking={isWorking} name={name} value={value} onSetup={onSetup} />
        </>
      )}
      <div className="form-buttons">
        <Button kind={hasKey ? "plain" : "primary"} onPress={() => setIsSetting(true)}>
          {hasKey ? text.replaceKey : text.setKey}
        </Button>
        {hasKey && <Button onPress={() => setIsRemoving(true)}>{text.removeKey}</Button>}
      </div>
      {isRemoving && (
        <ConfirmDialog
          cancel={text.keep}
          confirm={text.remove}
          isWorking={isWorking}
          title={text.removeTitle(name)}
          onCancel={() => setIsRemoving(false)}
          onConfirm={() => void onRemove().then(() => setIsRemoving(false))}
        >
          <p>{text.removeText}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
