// An address that is nobody's, or not this person's: the two are told alike.
import { Link } from "react-router";
import { PageHeading } from "../design/page-heading.tsx";
import { useText } from "./i18n/language-context.ts";
import { shellMessages } from "./i18n/shell-messages.ts";

export function NotFoundPage() {
  const text = useText(shellMessages).notFound;
  return (
    <div className="page">
      <PageHeading>{text.title}</PageHeading>
      <p>{text.detail}</p>
      <p>
        <Link to="/">{text.back}</Link>
      </p>
    </div>
  );
}
