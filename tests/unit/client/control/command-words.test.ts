import { expect, test } from "vitest";
import { commandMessages } from "../../../../client/app/i18n/command-messages.ts";
import { makeFormat } from "../../../../client/app/i18n/format.ts";
import { moreCommandMessages } from "../../../../client/app/i18n/more-command-messages.ts";
import { commandMeaning, commandName, isUrgent } from "../../../../client/control/command-words.ts";

const texts = {
  text: commandMessages.en,
  more: moreCommandMessages.en,
  format: makeFormat("en"),
};
const place = { latDeg: 22.2586, lngDeg: 114.1286 };

test("the question says where to and how high, with what the height is measured from", () => {
  const goTo = { kind: "goTo", position: place, altitudeAboveHomeM: 30 } as const;
  expect(commandName(goTo, texts.text, texts.more)).toBe("Fly to");
  expect(commandMeaning(goTo, texts, false)).toBe(
    "It flies to 22.25860, 114.12860, at 30 m above home.",
  );
  const takeOff = { kind: "takeOff", heightAboveHomeM: 12 } as const;
  expect(commandMeaning(takeOff, texts, true)).toContain("12 m above home");
});

test("disarming what is not known to stand on the ground is warned of", () => {
  expect(commandMeaning({ kind: "disarm" }, texts, true)).toBe("Its motors stop.");
  expect(commandMeaning({ kind: "disarm" }, texts, false)).toContain("the drone falls");
});

test("only RTL, LAND and HOLD are confirmed by the next key", () => {
  const kinds = ["returnHome", "land", "hold", "arm", "disarm", "reboot"] as const;
  expect(kinds.filter((kind) => isUrgent({ kind }))).toEqual(["returnHome", "land", "hold"]);
});
