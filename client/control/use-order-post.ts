// The key of an order that a person confirms: the same until the server has answered, so that a
// double click or a second try after a cut connection sends nothing twice. For the questions before
// commands and transfers.
import { useRef } from "react";
import { api, type Answer } from "../app/api.ts";
import { randomKey } from "../app/random-key.ts";
import type { ZodType } from "zod";

/** POST under a key that stands for this body until an answer has come. */
export function useOrderPost() {
  const unanswered = useRef<{ readonly bodyText: string; readonly key: string }>(undefined);
  return async <T>(path: string, body: object, schema: ZodType<T>): Promise<Answer<T>> => {
    const bodyText = JSON.stringify(body);
    const again = unanswered.current?.bodyText === bodyText ? unanswered.current.key : undefined;
    const key = again ?? randomKey();
    unanswered.current = { bodyText, key };
    const answer = await api.post(path, body, schema, { idempotencyKey: key });
    // 503: the telemetry service gave no answer; it may have been sent all the same.
    const isOpen = answer.kind === "problem" && [0, 503].includes(answer.problem.status);
    if (!isOpen && unanswered.current.key === key) unanswered.current = undefined;
    return answer;
  };
}
