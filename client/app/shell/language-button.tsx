// Changes to the other language; named in that language.
import { Button } from "../../design/button.tsx";
import { useLanguage, useText } from "../i18n/language-context.ts";
import { languageTag } from "../i18n/messages.ts";
import { shellMessages } from "../i18n/shell-messages.ts";

export function LanguageButton() {
  const text = useText(shellMessages);
  const { language, chooseLanguage } = useLanguage();
  const other = language === "en" ? "zhHant" : "en";
  return (
    <Button kind="quiet" onPress={() => chooseLanguage(other)}>
      <span lang={languageTag[other]}>{text.otherLanguage}</span>
    </Button>
  );
}
