// What a test of the web process needs of commands, transfers and authority where it concerns other
// things: empty boards over its database.
import type { OrderingPorts } from "../../server/app.ts";
import { createAuthorityBoard } from "../../server/realtime/authority-board.ts";
import { createOrderBoard } from "../../server/realtime/order-board.ts";
import { createAuthorityRepository } from "../../server/store/authority-repository.ts";
import type { Database } from "../../server/store/database.ts";
import {
  createCommandRepository,
  createTransferRepository,
} from "../../server/store/order-repository.ts";

export function emptyOrdering(database: Database): OrderingPorts {
  return {
    commands: createCommandRepository(database),
    transfers: createTransferRepository(database),
    authority: createAuthorityRepository(database),
    boards: {
      commands: createOrderBoard([]),
      transfers: createOrderBoard([]),
      authority: createAuthorityBoard([]),
    },
    showAuthority: () => undefined,
  };
}

/** For the journal's flow: boards that nobody looks at. */
export function unseenOrders() {
  return {
    commands: createOrderBoard([]),
    transfers: createOrderBoard([]),
    showCommand: () => undefined,
    showTransfer: () => undefined,
  };
}
