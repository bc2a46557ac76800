// A transfer under way, with the way to stop it, and how the last one ended.
import { z } from "zod";
import type { TransferProgress } from "../../contract/wire/live-status.ts";
import type { Transfer } from "../../contract/wire/mission.ts";
import { api } from "../app/api.ts";
import { commandMessages } from "../app/i18n/command-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { Button } from "../design/button.tsx";

interface TransferStateProps {
  readonly progress: TransferProgress | null;
  readonly last: Transfer | undefined;
}

const cancelledSchema = z.object({ id: z.string() });

export function TransferState({ progress, last }: TransferStateProps) {
  const text = useText(commandMessages);
  if (progress !== null) {
    const { transferId, done, total } = progress;
    const stop = (): void => {
      const path = `/transfers/${encodeURIComponent(transferId)}/cancel`;
      void api.post(path, {}, cancelledSchema);
    };
    return (
      <p className="transfer-progress" role="status">
        <progress aria-label={text.fence.label} max={Math.max(total, 1)} value={done} />
        {text.fence.progress(done, total)}
        <Button kind="quiet" onPress={stop}>
          {text.fence.cancel}
        </Button>
      </p>
    );
  }
  const words = last === undefined ? undefined : endText(last, text);
  if (last === undefined || words === undefined) return null;
  return (
    <p data-testid="transfer-result" role="status">
      {words} <span className="soft">{last.texts.join(" · ")}</span>
    </p>
  );
}

function endText({ outcome }: Transfer, text: (typeof commandMessages)["en"]): string | undefined {
  const { fence } = text;
  switch (outcome?.kind) {
    case undefined:
      return undefined;
    case "refused":
      return fence.refused(text.missionRefusal[outcome.refusal]);
    case "tooManyItems":
      return fence.tooManyItems(outcome.count, outcome.countMax);
    case "stored":
      if (outcome.refused === undefined) return fence.stored;
      return fence.storedRefused(text.missionRefusal[outcome.refused.refusal]);
    case "differs":
    case "downloaded":
    case "notAcknowledged":
    case "cancelled":
    case "interrupted":
      return fence[outcome.kind];
  }
}
