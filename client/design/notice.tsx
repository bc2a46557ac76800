// Something to read before going on: a fault, a fact, or that it is done. Never for alarms.
import "./notice.css";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

interface NoticeProps {
  readonly kind: "fault" | "fact" | "done";
  readonly title: string;
  readonly children?: ReactNode;
}

const icons = { fault: "warning", fact: "information", done: "check" } as const;

/** Faults are read out at once (role alert), the rest when there is a pause (role status). */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div className="notice" data-kind={kind} role={kind === "fault" ? "alert" : "status"}>
      <Icon name={icons[kind]} />
      <p className="notice-title">{title}</p>
      {children !== undefined && <div className="notice-body">{children}</div>}
    </div>
  );
}
