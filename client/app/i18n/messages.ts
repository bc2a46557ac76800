// Tables of text: one file an area, English beside Traditional Chinese (Hong Kong). Pages read
// them through useText; the types refuse a table whose two halves have different keys.

/** The languages of the pages. */
export const languages = ["en", "zhHant"] as const;
export type Language = (typeof languages)[number];

/** The BCP 47 tag of a language, for `lang` and Intl. */
export const languageTag: Record<Language, string> = { en: "en-HK", zhHant: "zh-Hant-HK" };

/**
 * The locale by which react-aria chooses its own texts ("Select an item"). It has none for Hong
 * Kong and takes the first Chinese it finds, which is Simplified; Taiwan's are Traditional.
 * Dates and figures never come from it: see format.ts.
 */
export const ariaLocale: Record<Language, string> = { en: "en-HK", zhHant: "zh-TW" };

/** A text, or a sentence that is built around values. */
export type MessageValue = string | ((...values: never[]) => string);
export interface MessageTree {
  readonly [key: string]: MessageValue | MessageTree;
}

/** The shape of a table's English half with any texts in it. */
export type Texts<En> = {
  readonly [Key in keyof En]: En[Key] extends string
    ? string
    : En[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Texts<En[Key]>;
};

export interface MessageTable<En> {
  readonly en: Texts<En>;
  readonly zhHant: Texts<En>;
}

/**
 * Makes a table. Missing and surplus keys in the Chinese half do not compile.
 *
 * @example defineMessages({ en: { save: 'Save' }, zhHant: { save: '儲存' } })
 */
export function defineMessages<En extends MessageTree>(table: {
  readonly en: En;
  readonly zhHant: Texts<NoInfer<En>>;
}): MessageTable<En> {
  // The English half is its own Texts with its literals widened, which the compiler cannot see.
  return table as unknown as MessageTable<En>;
}
