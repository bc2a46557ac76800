// Sets a signing key: generated in this page, as digits, or of a passphrase. The server never tells
// it again; what is generated is shown here until it is set.
import type { SubmitEvent } from "react";
import { useState } from "react";
import {
  passphraseLengthMax,
  passphraseLengthMin,
  type SigningKeyRequest,
} from "../../contract/wire/signing.ts";
import { useText } from "../app/i18n/language-context.ts";
import { signingMessages } from "../app/i18n/signing-messages.ts";
import { Button } from "../design/button.tsx";
import { Segments } from "../design/segments.tsx";
import { TextField } from "../design/text-field.tsx";
import { isSigningKey, newSigningKey } from "./signing-key.ts";

const ways = ["generate", "enter", "passphrase"] as const;
type Way = (typeof ways)[number];

interface SigningKeyFormProps {
  readonly isWorking: boolean;
  /** Resolves to true where it was set. */
  readonly onSet: (body: SigningKeyRequest) => Promise<boolean>;
  readonly onCancel: () => void;
}

export function SigningKeyForm({ isWorking, onSet, onCancel }: SigningKeyFormProps) {
  const text = useText(signingMessages);
  const [way, setWay] = useState<Way>("generate");
  const [generated] = useState(newSigningKey);
  const [hex, setHex] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [tried, setTried] = useState(false);
  const { length } = passphrase;
  const isGood = {
    generate: true,
    enter: isSigningKey(hex),
    passphrase: length >= passphraseLengthMin && length <= passphraseLengthMax,
  };
  const bodies: Record<Way, SigningKeyRequest> = {
    generate: { hex: generated, generated: true },
    enter: { hex: hex.trim() },
    passphrase: { passphrase },
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    if (!isWorking && isGood[way]) void onSet(bodies[way]);
  };
  const fault = (of: Way, said: string) => (tried && !isGood[of] ? said : undefined);
  return (
    <form noValidate autoComplete="off" className="form" onSubmit={submit}>
      <Segments
        label={text.way}
        options={ways.map((id) => ({ id, name: text.wayName[id] }))}
        value={way}
        onChange={setWay}
      />
      {way === "generate" && (
        <TextField
          isReadOnly
          manyLines
          help={text.generatedHelp}
          label={text.generatedKey}
          value={generated}
        />
      )}
      {way === "enter" && (
        <TextField
          autoComplete="off"
          fault={fault("enter", text.hexFault)}
          help={text.hexHelp}
          label={text.hex}
          spellCheck="false"
          value={hex}
          onChange={setHex}
        />
      )}
      {way === "passphrase" && (
        <TextField
          autoComplete="off"
          fault={fault(
            "passphrase",
            text.passphraseFault(passphraseLengthMin, passphraseLengthMax),
          )}
          help={text.passphraseHelp(passphraseLengthMin)}
          label={text.passphrase}
          spellCheck="false"
          value={passphrase}
          onChange={setPassphrase}
        />
      )}
      <div className="form-buttons">
        <Button isWorking={isWorking} kind="primary" type="submit">
          {text.submit}
        </Button>
        <Button onPress={onCancel}>{text.cancel}</Button>
      </div>
    </form>
  );
}
