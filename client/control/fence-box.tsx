// The fence on the drone against its booking, and the transfers that read, give or clear it. A
// change to an armed drone is asked for a second time.
import { useState } from "react";
import type { Authority } from "../../contract/wire/authority.ts";
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import { transferSchema, type Transfer, type TransferTask } from "../../contract/wire/mission.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { commandMessages } from "../app/i18n/command-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLive } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import { Fact, Facts } from "./facts.tsx";
import { TransferState } from "./transfer-state.tsx";
import { useOrderPost } from "./use-order-post.ts";

interface FenceBoxProps {
  readonly status: VehicleStatus;
  readonly droneName: string;
  readonly authority: Authority | undefined;
}

type Change = Extract<TransferTask, { kind: "clear" | "uploadBookingFence" }>;

export function FenceBox({ status, droneName, authority }: FenceBoxProps) {
  const text = useText(commandMessages).fence;
  const format = useFormat();
  const post = useOrderPost();
  const transfers = useLive((state) => state.transfers);
  const [asking, setAsking] = useState<Change>();
  const [problem, setProblem] = useState<Problem>();
  const { sessionId, fence, transfer } = status;
  const begin = async (task: TransferTask, evenArmed: boolean): Promise<Problem | undefined> => {
    const answer = await post("/transfers", { sessionId, task, evenArmed }, transferSchema);
    return answer.kind === "problem" ? answer.problem : undefined;
  };
  const read = async (): Promise<void> => {
    setProblem(await begin({ kind: "download", missionType: "fence" }, false));
  };
  const mayChange = authority?.you.command === "yes" && transfer === null;
  const last = lastTransfer(transfers.values(), sessionId);
  return (
    <div className="fence-box" data-fence={fence.state} data-testid="fence">
      <Facts>
        <Fact name={text.label}>
          {text.state[fence.state]}
          {fence.why !== null && <span className="soft"> {text.why[fence.why]}</span>}
          {fence.readAtMs !== null && (
            <span className="soft"> {text.readAt(format.time(fence.readAtMs))}</span>
          )}
        </Fact>
      </Facts>
      <TransferState last={last} progress={transfer} />
      <div className="authority-acts">
        <Button
          data-testid="fence-read"
          isDisabled={transfer !== null}
          kind="quiet"
          onPress={() => void read()}
        >
          {text.read}
        </Button>
        <Button
          data-testid="fence-upload"
          isDisabled={!mayChange || status.bookingId === null}
          kind="quiet"
          onPress={() => setAsking({ kind: "uploadBookingFence" })}
        >
          {text.upload}
        </Button>
        <Button
          data-testid="fence-clear"
          isDisabled={!mayChange}
          kind="quiet"
          onPress={() => setAsking({ kind: "clear", missionType: "fence" })}
        >
          {text.clear}
        </Button>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {asking !== undefined && (
        <FenceQuestion
          begin={begin}
          droneName={droneName}
          task={asking}
          onDone={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}

function lastTransfer(transfers: Iterable<Transfer>, sessionId: string): Transfer | undefined {
  return [...transfers]
    .filter(
      ({ vehicle, missionType }) => vehicle.sessionId === sessionId && missionType === "fence",
    )
    .sort((a, b) => b.requestedAtMs - a.requestedAtMs)[0];
}

interface FenceQuestionProps {
  readonly task: Change;
  readonly droneName: string;
  readonly begin: (task: TransferTask, evenArmed: boolean) => Promise<Problem | undefined>;
  readonly onDone: () => void;
}

const armedProblem = "urn:skyrange:problem:armed";

/** Asks once; once more where the server finds the drone armed. */
function FenceQuestion({ task, droneName, begin, onDone }: FenceQuestionProps) {
  const text = useText(commandMessages).fence;
  const [working, setWorking] = useState(false);
  const [isArmed, setIsArmed] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const go = async (): Promise<void> => {
    if (working) return;
    setWorking(true);
    const refused = await begin(task, isArmed);
    setWorking(false);
    if (refused === undefined) onDone();
    else if (refused.type === armedProblem && !isArmed) setIsArmed(true);
    else setProblem(refused);
  };
  const isUpload = task.kind === "uploadBookingFence";
  const title = isUpload ? text.uploadTitle(droneName) : text.clearTitle(droneName);
  const confirm = isUpload ? text.uploadConfirm : text.clearConfirm;
  return (
    <ConfirmDialog
      key={String(isArmed)}
      cancel={text.keep}
      confirm={isArmed ? text.armedConfirm : confirm}
      isWorking={working}
      title={isArmed ? text.armedTitle(droneName) : title}
      onCancel={onDone}
      onConfirm={() => void go()}
    >
      <p>{isArmed ? text.armedWhat : text.what}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </ConfirmDialog>
  );
}
