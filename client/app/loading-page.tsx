// What stands in for a page until its chunk is there.
import { Progress } from "../design/progress.tsx";
import { useText } from "./i18n/language-context.ts";
import { shellMessages } from "./i18n/shell-messages.ts";

export function LoadingPage() {
  return <Progress label={useText(shellMessages).loading} />;
}
