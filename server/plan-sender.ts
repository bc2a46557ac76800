// Keeps ingest judging by the newest plan: sends the whole of it after every change, those of
// other processes included, and tells what came into force. Run by web.ts.
import type { WatchPlan } from "../contract/wire/watch-plan.ts";
import type { Log } from "./log.ts";

export interface PlanSenderPorts {
  readonly log: Log;
  readonly plan: {
    readonly planVersion: () => Promise<number>;
    readonly readWatchPlan: () => Promise<WatchPlan>;
  };
  readonly send: (plan: WatchPlan) => void;
  /** A plan of this version was read, whether or not it is in force yet. */
  readonly onRead: (version: number) => void;
}

export interface PlanSender {
  /** Reads the version and, where it is another one, sends the plan. */
  check(): Promise<void>;
  /** There is another connection, on which no plan was sent yet. */
  sendAgain(): void;
  stop(): Promise<void>;
}

/** How soon a change made by another process is seen; ours call `check` themselves. */
const checkEveryMs = 1_000;

export function createPlanSender(ports: PlanSenderPorts): PlanSender {
  let sentVersion: number | undefined;
  let checking: Promise<void> | undefined;
  let again = false;

  const checkOnce = async (): Promise<void> => {
    if ((await ports.plan.planVersion()) === sentVersion) return;
    const plan = await ports.plan.readWatchPlan();
    ports.send(plan);
    ports.onRead(plan.version);
    sentVersion = plan.version;
  };
  /** Changes that come while one is read are looked at in a second turn. */
  const isAskedAgain = (): boolean => again;
  const run = async (): Promise<void> => {
    do {
      again = false;
      try {
        await checkOnce();
      } catch (error) {
        ports.log.error("The plan could not be read; ingest judges by the last one.", { error });
      }
    } while (isAskedAgain());
    checking = undefined;
  };
  const check = (): Promise<void> => {
    again = checking !== undefined;
    checking ??= run();
    return checking;
  };
  const timer = setInterval(() => void check(), checkEveryMs);
  return {
    check,
    sendAgain() {
      sentVersion = undefined;
      void check();
    },
    async stop() {
      clearInterval(timer);
      await checking;
    },
  };
}
