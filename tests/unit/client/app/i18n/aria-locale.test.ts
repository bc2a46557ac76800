// What react-aria itself says ("Select an item") is Traditional Chinese on Chinese pages.
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Button, I18nProvider, Label, Select, SelectValue } from "react-aria-components";
import { dictionary } from "react-aria-components/i18n";
import { expect, test } from "vitest";
import { ariaLocale, type Language } from "../../../../../client/app/i18n/messages.ts";

/** Characters of Big5, the character set of Traditional Chinese: Simplified forms are not in it. */
const traditional = (() => {
  const decoder = new TextDecoder("big5");
  const found = new Set<string>();
  for (let lead = 0xa4; lead <= 0xf9; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = decoder.decode(new Uint8Array([lead, trail]));
      if (/^\p{Script=Han}$/u.test(text)) found.add(text);
    }
  }
  return found;
})();

const simplifiedIn = (text: string): string[] =>
  (text.match(/\p{Script=Han}/gu) ?? []).filter((character) => !traditional.has(character));

function emptySelect(language: Language): string {
  const value = createElement(SelectValue);
  const parts = [
    createElement(Label, { key: "label" }, "X"),
    createElement(Button, { key: "button" }, value),
  ];
  const select = createElement(Select, null, parts);
  const locale = ariaLocale[language];
  return renderToStaticMarkup(createElement(I18nProvider, { locale, children: select }));
}

test("Big5 tells the two kinds of characters apart", () => {
  expect(simplifiedIn("選擇一個項目，關閉")).toEqual([]);
  expect(simplifiedIn("选择一个项目")).toEqual(["选", "择", "个", "项"]);
});

test("a choice in which nothing is chosen asks in the language of the page", () => {
  expect(emptySelect("en")).toContain("Select an item");
  const chinese = emptySelect("zhHant");
  expect(chinese).toMatch(/\p{Script=Han}/u);
  expect(simplifiedIn(chinese)).toEqual([]);
});

/** The parts of react-aria that the pages use and that have texts of their own. */
const used = ["react-aria-components", "@react-aria/overlays", "@react-aria/menu"];

test("no text of react-aria's for a Chinese page holds a Simplified character", () => {
  const packs = dictionary.getStringsForLocale(ariaLocale.zhHant) as Record<string, unknown>;
  for (const name of used) {
    const texts = JSON.stringify(packs[name], (_key, value: unknown) =>
      typeof value === "function" ? String(value) : value,
    );
    expect(texts).toMatch(/\p{Script=Han}/u);
    expect(simplifiedIn(texts)).toEqual([]);
  }
});
