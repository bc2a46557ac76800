// Keeps the chosen language, tells the document and react-aria of it. App puts it around all.
import type { ReactNode } from "react";
import { useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { readPreference, writePreference } from "../preference.ts";
import { LanguageContext } from "./language-context.ts";
import type { Language } from "./messages.ts";
import { ariaLocale, languages, languageTag } from "./messages.ts";

/** What was chosen before, else the browser's own where it is Chinese, else English. */
function firstLanguage(): Language {
  const stored = readPreference("language");
  const known = languages.find((language) => language === stored);
  return known ?? (navigator.language.startsWith("zh") ? "zhHant" : "en");
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = languageTag[language];
  }, [language]);
  const choice = useMemo(
    () => ({
      language,
      chooseLanguage: (chosen: Language) => {
        writePreference("language", chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return (
    <LanguageContext value={choice}>
      <I18nProvider locale={ariaLocale[language]}>{children}</I18nProvider>
    </LanguageContext>
  );
}
