// Who holds authority over the drone, since when and why, and what the reader may do about it.
import { useState } from "react";
import { authoritySchema, type Authority } from "../../contract/wire/authority.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { commandMessages } from "../app/i18n/command-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { moreCommandMessages } from "../app/i18n/more-command-messages.ts";
import { isControlRoom } from "../app/page-access.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { Button } from "../design/button.tsx";
import { Notice } from "../design/notice.tsx";
import { Fact, Facts } from "./facts.tsx";
import { holderText } from "./holder-text.ts";
import { TakeOver } from "./take-over.tsx";

interface AuthorityLineProps {
  readonly authority: Authority;
  readonly droneName: string;
  readonly onChanged: () => void;
}

export function AuthorityLine({ authority, droneName, onChanged }: AuthorityLineProps) {
  const text = useText(commandMessages);
  const crewText = useText(moreCommandMessages).crew;
  const format = useFormat();
  const person = usePerson();
  const [problem, setProblem] = useState<Problem>();
  const { holder, sinceMs, reason, request, you } = authority;
  const act = async (what: string): Promise<void> => {
    const path = `/authority/${encodeURIComponent(authority.sessionId)}/${what}`;
    const answer = await api.post(path, {}, authoritySchema);
    setProblem(answer.kind === "problem" ? answer.problem : undefined);
    onChanged();
  };
  const isTakenOver =
    holder.kind === "person" && isControlRoom(holder.role) && !isControlRoom(person.role);
  const isOwnRequest = request?.userId === person.id;
  return (
    <div className="authority" data-testid="authority">
      <Facts>
        <Fact name={text.authority.label}>
          {holderText(holder, person.id, text)}
          {sinceMs !== null && (
            <span className="soft"> {text.authority.since(format.time(sinceMs))}</span>
          )}
          {reason !== null && !isTakenOver && <span className="authority-reason">{reason}</span>}
        </Fact>
      </Facts>
      {isTakenOver && (
        <Notice kind="fault" title={crewText.siteHolds(holder.name)}>
          {reason !== null && <p>{crewText.why(reason)}</p>}
        </Notice>
      )}
      {request !== null && (
        <p role="status">
          {isOwnRequest ? text.authority.asked : text.authority.asks(request.name)}
        </p>
      )}
      <div className="authority-acts">
        {you.grant && request !== null && (
          <Button data-testid="authority-grant" onPress={() => void act("grant")}>
            {text.authority.grant(request.name)}
          </Button>
        )}
        {you.takeOver && (
          <TakeOver authority={authority} droneName={droneName} onChanged={onChanged} />
        )}
        {you.request && !isOwnRequest && (
          <Button data-testid="authority-request" kind="quiet" onPress={() => void act("request")}>
            {text.authority.request}
          </Button>
        )}
        {you.giveBack && (
          <Button
            data-testid="authority-give-back"
            kind="quiet"
            onPress={() => void act("give-back")}
          >
            {text.authority.giveBack}
          </Button>
        )}
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  );
}
