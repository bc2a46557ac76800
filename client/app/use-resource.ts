// Reads one address of the API for a component, again when asked, and on a beat where given.
import { useCallback, useEffect, useState } from "react";
import type { ZodType } from "zod";
import type { Problem } from "../../contract/wire/problem.ts";
import type { Answer } from "./api.ts";
import { api } from "./api.ts";

export interface Resource<T> {
  /** The newest good answer; kept while it is read again. */
  readonly value: T | undefined;
  /** Why the newest reading failed. */
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
}

interface Held<T> {
  readonly question: string;
  readonly answer: Answer<T>;
}

/**
 * @param path Below /api/v1; undefined reads nothing.
 * @param schema Must be the same object at every call.
 * @param everyMs Reads again this often while the page is seen.
 * @param body Asked by POST with this body, for questions too large for an address.
 */
export function useResource<T>(
  path: string | undefined,
  schema: ZodType<T>,
  everyMs?: number,
  body?: unknown,
): Resource<T> {
  const bodyText = body === undefined ? undefined : JSON.stringify(body);
  const question = path === undefined ? undefined : `${path} ${bodyText ?? ""}`;
  const [turn, setTurn] = useState(0);
  const [held, setHeld] = useState<Held<T>>();
  const [value, setValue] = useState<{ readonly question: string; readonly value: T }>();
  useEffect(() => {
    if (path === undefined || question === undefined) return;
    const abort = new AbortController();
    const options = { signal: abort.signal };
    const asked =
      bodyText === undefined
        ? api.get(path, schema, options)
        : api.post(path, JSON.parse(bodyText), schema, options);
    void asked.then((answer) => {
      if (abort.signal.aborted) return;
      setHeld({ question, answer });
      if (answer.kind === "ok") setValue({ question, value: answer.value });
    });
    return () => abort.abort();
  }, [path, bodyText, question, schema, turn]);
  const reload = useCallback(() => setTurn((last) => last + 1), []);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") reload();
    }, everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs, reload]);
  const answer = held?.question === question ? held?.answer : undefined;
  return {
    value: value?.question === question ? value?.value : undefined,
    problem: answer?.kind === "problem" ? answer.problem : undefined,
    loading: path !== undefined && answer === undefined,
    reload,
  };
}
