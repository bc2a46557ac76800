// An order in the reader's words: its name, and what the drone will do. Pure; for the question
// before a command, and for its result.
import type { CommandAction } from "../../contract/wire/command.ts";
import type { commandMessages } from "../app/i18n/command-messages.ts";
import type { Format } from "../app/i18n/format.ts";
import type { moreCommandMessages } from "../app/i18n/more-command-messages.ts";

type PanelTexts = Pick<(typeof commandMessages)["en"], "order" | "meaning">;
type MoreTexts = Pick<(typeof moreCommandMessages)["en"], "order" | "meaning">;

export function commandName({ kind }: CommandAction, text: PanelTexts, more: MoreTexts): string {
  switch (kind) {
    case "returnHome":
    case "land":
    case "hold":
      return text.order[kind];
    case "arm":
    case "disarm":
    case "takeOff":
    case "goTo":
    case "setMode":
    case "reboot":
      return more.order[kind];
  }
}

/** @param isOnGround As the drone says itself; false where it does not. */
export function commandMeaning(
  action: CommandAction,
  texts: { readonly text: PanelTexts; readonly more: MoreTexts; readonly format: Format },
  isOnGround: boolean,
): string {
  const { text, more, format } = texts;
  switch (action.kind) {
    case "returnHome":
    case "land":
    case "hold":
      return text.meaning[action.kind];
    case "arm":
    case "reboot":
      return more.meaning[action.kind];
    case "disarm":
      return isOnGround ? more.meaning.disarm : more.meaning.disarmInAir;
    case "takeOff":
      return more.meaning.takeOff(format.height(action.heightAboveHomeM, "ABOVE_HOME"));
    case "goTo": {
      const height = format.height(action.altitudeAboveHomeM, "ABOVE_HOME");
      return more.meaning.goTo(format.position(action.position), height);
    }
    case "setMode":
      return more.meaning.setMode(action.modeName);
  }
}

/** RTL, LAND and HOLD: their confirmation has the focus from the start. */
export function isUrgent({ kind }: CommandAction): boolean {
  return kind === "returnHome" || kind === "land" || kind === "hold";
}
