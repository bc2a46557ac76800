// Lets only signed-in people further; others sign in and come back to where they were going.
import { Navigate, Outlet, useLocation } from "react-router";
import { LoadingPage } from "./loading-page.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { useSession } from "./session-context.ts";

export function RequireSession() {
  const { state, retry } = useSession();
  const location = useLocation();
  switch (state.kind) {
    case "unknown":
      return <LoadingPage />;
    case "unreachable":
      return (
        <main className="alone">
          <ProblemNotice problem={state.problem} onRetry={retry} />
        </main>
      );
    case "signedOut":
      return (
        <Navigate replace state={{ from: location.pathname + location.search }} to="/sign-in" />
      );
    case "signedIn":
      return <Outlet />;
  }
}
