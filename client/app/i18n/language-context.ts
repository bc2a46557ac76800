// The chosen language, for every component below LanguageProvider.
import { createContext, useContext } from "react";
import type { Format } from "./format.ts";
import { makeFormat } from "./format.ts";
import type { Language, MessageTable, Texts } from "./messages.ts";

export interface LanguageChoice {
  readonly language: Language;
  readonly chooseLanguage: (language: Language) => void;
}

export const LanguageContext = createContext<LanguageChoice>({
  language: "en",
  chooseLanguage: () => undefined,
});

const formats: Record<Language, Format> = { en: makeFormat("en"), zhHant: makeFormat("zhHant") };

/** The language and how to change it. */
export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}

/** A table's texts in the reader's language. */
export function useText<En>(table: MessageTable<En>): Texts<En> {
  return table[useContext(LanguageContext).language];
}

/** How figures are written in the reader's language. */
export function useFormat(): Format {
  return formats[useContext(LanguageContext).language];
}
