// What the panel says of a command, and which key asks for which.
import { expect, test } from "vitest";
import { commandMessages } from "../../../../client/app/i18n/command-messages.ts";
import { commandSteps, commandTone, commandsOf } from "../../../../client/control/command-steps.ts";
import { orderOfKey } from "../../../../client/control/use-command-keys.ts";
import type { Command } from "../../../../contract/wire/command.ts";

const text = commandMessages.en;

function commandWith(changes: Partial<Command>): Command {
  return {
    id: "cmd_1",
    vehicle: {
      sessionId: "ses_1",
      vehicleKey: "sysid-1",
      sysid: 1,
      vehicleName: "Heron 1",
      aircraftId: null,
      organisationId: null,
      flightId: null,
      bookingId: null,
      bookingTitle: null,
    },
    action: { kind: "returnHome" },
    by: { userId: "usr_1", name: "Ada" },
    requestedAtMs: 1_000,
    revision: 1,
    events: [{ kind: "sent", atMs: 1_000, attempt: 1 }],
    outcome: null,
    confirmed: false,
    isOver: false,
    ...changes,
  };
}

function lines(command: Command): string[] {
  return commandSteps(command, text).map((step) => step.text);
}

test("each step has its line, and the last says what is waited for", () => {
  expect(lines(commandWith({}))).toEqual(["Sent", "Waiting for the drone…"]);
  const outcome = { kind: "accepted" } as const;
  const accepted = commandWith({
    outcome,
    events: [
      { kind: "sent", atMs: 1_000, attempt: 1 },
      { kind: "sent", atMs: 2_000, attempt: 2 },
      { kind: "ended", atMs: 2_100, outcome },
    ],
  });
  expect(lines(accepted).slice(1)).toEqual([
    "Sent again (2)",
    "Acknowledged: accepted",
    "Waiting for the drone…",
  ]);
  expect(commandTone(accepted)).toBe("waiting");
});

test("accepted and never confirmed is said to be so, and is no success", () => {
  const over = commandWith({ outcome: { kind: "accepted" }, isOver: true });
  expect(lines(over).at(-1)).toBe("Not confirmed: its heartbeat does not show it");
  expect(commandTone(over)).toBe("failed");
  expect(commandTone({ ...over, confirmed: true })).toBe("done");
});

test("silence and refusals are failures that wait for nothing", () => {
  const outcome = { kind: "notAcknowledged" } as const;
  const silent = commandWith({ outcome, events: [{ kind: "ended", atMs: 4_000, outcome }] });
  expect(lines(silent)).toEqual(["Not acknowledged: call the pilot"]);
  expect(commandTone(silent)).toBe("failed");
  const refused = { kind: "rejected", refusal: "failed", code: 4 } as const;
  const rejected = commandWith({
    outcome: refused,
    events: [
      { kind: "ended", atMs: 1_010, outcome: refused },
      { kind: "reason", atMs: 1_020, text: "Arm: Need Alt Estimate" },
    ],
  });
  expect(lines(rejected)).toEqual(["Rejected: it could not do it", "Arm: Need Alt Estimate"]);
});

test("the two newest commands of the drone are shown, newest first", () => {
  const at = (id: string, requestedAtMs: number) => commandWith({ id, requestedAtMs });
  const other = commandWith({ id: "cmd_x" });
  const elsewhere = { ...other, vehicle: { ...other.vehicle, sessionId: "ses_2" } };
  const shown = commandsOf([at("a", 1), at("b", 3), elsewhere, at("c", 2)], "ses_1");
  expect(shown.map(({ id }) => id)).toEqual(["b", "c"]);
});

test("R, L and H ask for RTL, LAND and HOLD; with a modifier they are the browser's", () => {
  const key = (name: string, more = {}) =>
    orderOfKey({ key: name, ctrlKey: false, altKey: false, metaKey: false, ...more });
  expect([key("r"), key("L"), key("h"), key("x")]).toEqual([
    "returnHome",
    "land",
    "hold",
    undefined,
  ]);
  expect(key("r", { ctrlKey: true })).toBeUndefined();
});
