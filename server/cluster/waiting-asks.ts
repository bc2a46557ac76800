// The asks of the web process that ingest has not answered yet: each settles once, by its reply, by
// its time-out, or by the pipe's end. Called by local-feed-client.ts.
import {
  ingestAsks,
  replyFrameSchema,
  waitingAsksMax,
  type AnswerOf,
  type AskKind,
  type IngestAsk,
  type NoAnswer,
} from "./ingest-ask.ts";

interface WaitingAsk {
  readonly kind: AskKind;
  readonly settle: (answer: unknown) => void;
  readonly timeout: NodeJS.Timeout;
}

/** Answers come in any order; what replies to no waiting ask came too late and is dropped. */
export class WaitingAsks {
  private readonly waiting = new Map<number, WaitingAsk>();
  private lastId = 0;

  /** @param send Puts the ask on the pipe; undefined while the pipe is down. */
  ask<A extends IngestAsk>(
    ask: A,
    send: ((frame: { id: number; ask: IngestAsk }) => void) | undefined,
  ): Promise<AnswerOf<A["kind"]> | NoAnswer> {
    if (send === undefined) return Promise.resolve({ kind: "unreachable", wasSent: false });
    if (this.waiting.size >= waitingAsksMax) return Promise.resolve({ kind: "busy" });
    const id = (this.lastId += 1);
    return new Promise((resolve) => {
      const settle = (answer: unknown): void => resolve(answer as AnswerOf<A["kind"]> | NoAnswer);
      const timeout = setTimeout(() => {
        this.settle(id, { kind: "timedOut", wasSent: true });
      }, ingestAsks[ask.kind].timeoutMs);
      this.waiting.set(id, { kind: ask.kind, settle, timeout });
      send({ id, ask });
    });
  }

  /** Takes a reply of ingest. Throws where it is none. */
  hear(frame: unknown): void {
    const reply = replyFrameSchema.parse(frame);
    const asked = this.waiting.get(reply.id);
    if (asked === undefined) return;
    if (reply.kind === "answered") {
      this.settle(reply.id, ingestAsks[asked.kind].answer.parse(reply.answer));
    } else {
      this.settle(reply.id, { kind: reply.kind });
    }
  }

  /** The pipe is gone: nobody will answer any more. */
  cut(): void {
    for (const id of this.waiting.keys()) this.settle(id, { kind: "unreachable", wasSent: true });
  }

  private settle(id: number, answer: unknown): void {
    const asked = this.waiting.get(id);
    if (asked === undefined) return;
    this.waiting.delete(id);
    clearTimeout(asked.timeout);
    asked.settle(answer);
  }
}
