// A refusal of the server, in words: what, why, and what to do. Pages show it where the request
// was made. Texts of conflicts and rules are the booking page's; elsewhere they have none.
import type { ReactNode } from "react";
import type { Problem } from "../../contract/wire/problem.ts";
import { Button } from "../design/button.tsx";
import { Notice } from "../design/notice.tsx";
import { ownProblemType } from "./api.ts";
import { useText } from "./i18n/language-context.ts";
import { shellMessages } from "./i18n/shell-messages.ts";

type StatusTexts = Record<keyof typeof shellMessages.en.problem.byStatus, string>;

/** What a status means, in the reader's language. */
function titleOfStatus(texts: StatusTexts, status: number): string {
  if (status === 401 || status === 403) return texts.notAllowed;
  if (status === 404) return texts.notFound;
  if (status === 409) return texts.conflict;
  if (status === 412 || status === 428) return texts.changed;
  if (status === 429) return texts.tooMany;
  return status >= 500 ? texts.failed : texts.invalid;
}

interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly onRetry?: () => void;
  /** More about it, below the server's own detail. */
  readonly children?: ReactNode;
}

export function ProblemNotice({ problem, onRetry, children }: ProblemNoticeProps) {
  const text = useText(shellMessages);
  const own = {
    [ownProblemType.unreachable]: [text.problem.unreachable, text.problem.unreachableDetail],
    [ownProblemType.unreadable]: [text.problem.unreadable, text.problem.unreadableDetail],
  }[problem.type];
  const faults = problem.faults ?? [];
  const title = own?.[0] ?? titleOfStatus(text.problem.byStatus, problem.status);
  return (
    <Notice kind="fault" title={title}>
      {/* The detail of a malformed request only repeats its faults. */}
      {faults.length === 0 && <p>{own?.[1] ?? problem.detail}</p>}
      {own !== undefined && problem.detail !== "" && <p className="soft">{problem.detail}</p>}
      {faults.length > 0 && (
        <ul aria-label={text.problem.faults}>
          {faults.map((fault) => (
            <li key={`${fault.path} ${fault.expected}`}>
              {text.problem.fault(fault.path, fault.expected, fault.found)}
            </li>
          ))}
        </ul>
      )}
      {children}
      {problem.errorId !== "" && <p className="soft">{text.problem.errorId(problem.errorId)}</p>}
      {onRetry !== undefined && (
        <p>
          <Button onPress={onRetry}>{text.tryAgain}</Button>
        </p>
      )}
    </Notice>
  );
}
