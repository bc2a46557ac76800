// A part of the page that waits for an answer of the server: progress, the refusal, or the rows.
import type { ReactNode } from "react";
import { LoadingPage } from "../app/loading-page.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import type { Resource } from "../app/use-resource.ts";

interface ResourceBodyProps<T> {
  readonly resource: Resource<T>;
  readonly children: (value: T) => ReactNode;
}

export function ResourceBody<T>({ resource, children }: ResourceBodyProps<T>) {
  const { value, problem, reload } = resource;
  return (
    <>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {value === undefined && problem === undefined && <LoadingPage />}
      {value !== undefined && children(value)}
    </>
  );
}
