// Whether the log that this person gets is the flight's whole log, or one from which frames of
// another company's drone on the same link are left out. Called by flight-facts.tsx.
import { useEffect, useState } from "react";

/** What the server says of a log without sending it; undefined until it has said so. */
export function useLogContent(path: string | undefined): "whole" | "filtered" | undefined {
  const [known, setKnown] = useState<{ readonly path: string; readonly isFiltered: boolean }>();
  useEffect(() => {
    if (path === undefined) return undefined;
    const asking = new AbortController();
    fetch(path, { method: "HEAD", signal: asking.signal })
      .then(({ ok, headers }) => {
        if (ok) setKnown({ path, isFiltered: headers.get("skyrange-log") === "filtered" });
      })
      .catch(() => undefined); // the download itself will say what is wrong
    return () => asking.abort();
  }, [path]);
  if (known === undefined || known.path !== path) return undefined;
  return known.isFiltered ? "filtered" : "whole";
}
