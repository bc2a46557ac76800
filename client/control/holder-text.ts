// Who holds authority, in the reader's words. For the authority line and the questions.
import type { AuthorityHolder } from "../../contract/wire/authority.ts";
import type { commandMessages } from "../app/i18n/command-messages.ts";

type CommandTexts = (typeof commandMessages)["en"];

export function holderText(holder: AuthorityHolder, ownId: string, text: CommandTexts): string {
  switch (holder.kind) {
    case "crew":
      return holder.pilotName === null
        ? text.authority.crew
        : text.authority.crewOf(holder.pilotName);
    case "person":
      return holder.userId === ownId ? text.authority.you : holder.name;
    case "nobody":
      return text.authority.nobody;
  }
}
