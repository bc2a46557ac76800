// The heading of a page. It takes the focus when the page is gone to: a reader starts there.
import type { ReactNode } from "react";
import { useEffect, useRef } from "react";

interface PageHeadingProps {
  readonly children: ReactNode;
  /** For pages whose look leaves no room for a heading. */
  readonly hidden?: boolean;
}

export function PageHeading({ children, hidden = false }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} className={hidden ? "visually-hidden" : "page-heading"} tabIndex={-1}>
      {children}
    </h1>
  );
}
