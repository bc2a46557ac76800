// Sign-in by email and password.
import "./sign-in-page.css";
import type { SubmitEvent } from "react";
import { useState } from "react";
import { Navigate, useLocation } from "react-router";
import type { Problem } from "../../contract/wire/problem.ts";
import { Button } from "../design/button.tsx";
import { Notice } from "../design/notice.tsx";
import { PageHeading } from "../design/page-heading.tsx";
import { TextField } from "../design/text-field.tsx";
import { useText } from "./i18n/language-context.ts";
import { shellMessages } from "./i18n/shell-messages.ts";
import { firstPath, maySeePage, pageNames } from "./page-access.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import type { Role } from "../../contract/wire/account.ts";
import { useSession } from "./session-context.ts";
import { LanguageButton } from "./shell/language-button.tsx";

/** Back to where the person was going, if that page is theirs; else their first page. */
function pathAfterSignIn(role: Role, state: unknown): string {
  const from =
    typeof state === "object" && state !== null && "from" in state ? state.from : undefined;
  if (typeof from !== "string") return firstPath(role);
  const page = pageNames.find((name) => from.startsWith(`/${name}`));
  return page !== undefined && maySeePage(role, page) ? from : firstPath(role);
}

export function SignInPage() {
  const text = useText(shellMessages);
  const { state, signIn } = useSession();
  const location = useLocation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  if (state.kind === "signedIn") {
    return <Navigate replace to={pathAfterSignIn(state.person.role, location.state)} />;
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (working || email.trim() === "" || password === "") return;
    setWorking(true);
    setProblem(await signIn(email.trim(), password));
    setWorking(false);
  };
  return (
    <main className="alone">
      <header className="sign-in-header">
        <p className="sign-in-product">{text.product}</p>
        <p className="soft">{text.productLine}</p>
      </header>
      <form noValidate className="form sign-in-form" onSubmit={(event) => void submit(event)}>
        <PageHeading>{text.signIn.title}</PageHeading>
        <TextField
          autoComplete="username"
          fault={tried && email.trim() === "" ? text.signIn.emailMissing : undefined}
          inputMode="email"
          label={text.signIn.email}
          name="email"
          type="email"
          value={email}
          onChange={setEmail}
        />
        <TextField
          autoComplete="current-password"
          fault={tried && password === "" ? text.signIn.passwordMissing : undefined}
          label={text.signIn.password}
          name="password"
          type="password"
          value={password}
          onChange={setPassword}
        />
        {problem !== undefined && <SignInProblem problem={problem} />}
        <Button isWorking={working} kind="primary" type="submit">
          {working ? text.signIn.working : text.signIn.submit}
        </Button>
      </form>
      <p>
        <LanguageButton />
      </p>
    </main>
  );
}

function SignInProblem({ problem }: { readonly problem: Problem }) {
  const text = useText(shellMessages).signIn;
  if (problem.status === 401) return <Notice kind="fault" title={text.refused} />;
  if (problem.status === 429) return <Notice kind="fault" title={text.tooOften} />;
  return <ProblemNotice problem={problem} />;
}
