// Why a booking was refused: what is in the way and when it is free, which rules it breaks, or
// which fields were not accepted. The sheet shows it above its button.
import type { Problem } from "../../contract/wire/problem.ts";
import { sheetMessages } from "../app/i18n/sheet-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { Button } from "../design/button.tsx";
import { Notice } from "../design/notice.tsx";
import type { Wording } from "./rule-text.ts";
import { conflictText, ruleText } from "./rule-text.ts";

interface BookingAnswerProps {
  readonly problem: Problem;
  readonly wording: Wording;
  readonly lengthMs: number;
  /** Moves the booking to start at this time, as long as it is. */
  readonly onMove: (startMs: number) => void;
}

/** Ends of bookings may have seconds; forms have minutes. */
const minuteMs = 60_000;

export function BookingAnswer({ problem, wording, lengthMs, onMove }: BookingAnswerProps) {
  const text = useText(sheetMessages).answer;
  const format = useFormat();
  const { conflicts, verdicts } = problem;
  if (problem.status === 409 && conflicts !== undefined) {
    const lastEndMs = Math.max(...conflicts.map(({ endMs }) => endMs));
    const freeMs = Math.ceil(lastEndMs / minuteMs) * minuteMs;
    return (
      <Notice kind="fault" title={text.conflictTitle}>
        {conflicts.length === 0 ? (
          <p>{text.conflictEmpty}</p>
        ) : (
          <>
            <ul data-testid="conflicts">
              {conflicts.map((conflict) => {
                const sentence = conflictText(conflict, wording);
                return <li key={`${sentence} ${conflict.bookingId ?? ""}`}>{sentence}</li>;
              })}
            </ul>
            <p>{text.freeFrom(format.dateTime(freeMs))}</p>
            <p>
              <Button onPress={() => onMove(freeMs)}>
                {text.move(format.window(freeMs, freeMs + lengthMs))}
              </Button>
            </p>
          </>
        )}
      </Notice>
    );
  }
  const failed = verdicts?.filter(({ pass }) => !pass) ?? [];
  if (failed.length > 0) {
    return (
      <Notice kind="fault" title={text.rulesTitle}>
        <ul data-testid="verdicts">
          {failed.map((verdict) => (
            <li key={verdict.rule} data-rule={verdict.rule}>
              {ruleText(verdict, wording)}
            </li>
          ))}
        </ul>
      </Notice>
    );
  }
  return <ProblemNotice problem={problem} />;
}
