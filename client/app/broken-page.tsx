// What is left when a page throws: say so and offer to load it anew.
import { Button } from "../design/button.tsx";
import { Notice } from "../design/notice.tsx";
import { useText } from "./i18n/language-context.ts";
import { shellMessages } from "./i18n/shell-messages.ts";

export function BrokenPage() {
  const text = useText(shellMessages);
  return (
    <main className="alone">
      <Notice kind="fault" title={text.broken.title}>
        <p>{text.broken.detail}</p>
        <p>
          <Button onPress={() => window.location.reload()}>{text.reload}</Button>
        </p>
      </Notice>
    </main>
  );
}
