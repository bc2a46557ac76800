// What a person is told where ingest did not answer.
import { expect, test } from "vitest";
import { noAnswerProblem } from "../../../../server/http/hand-act-problems.ts";

test("an ask that was never sent did nothing; one that was sent may have been done", () => {
  const detail = (answer: Parameters<typeof noAnswerProblem>[0]) => noAnswerProblem(answer).parts;
  expect(detail({ kind: "unreachable", wasSent: false })).toMatchObject({
    status: 503,
    kind: "unreachable",
    detail: expect.stringContaining("Nothing was done"),
  });
  expect(detail({ kind: "busy" }).detail).toContain("Nothing was done");
  for (const kind of ["unreachable", "timedOut"] as const) {
    expect(detail({ kind, wasSent: true }).detail).toContain("may have been done");
  }
});
