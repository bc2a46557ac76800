// What a booking rule is. Each rule has a file in rules/; decide-booking.ts runs them all.
import type { Verdict } from "../../../contract/wire/problem.ts";
import type { BookingGround } from "./booking-ground.ts";
import type { BookingProposal } from "./booking-proposal.ts";
import type { BookingSettings } from "./settings.ts";

/** What a rule may look at. */
export interface RuleContext {
  readonly ground: BookingGround;
  readonly settings: BookingSettings;
  readonly nowMs: number;
}

/** Pure: the same proposal and context always get the same verdict. Figures, no texts. */
export type Rule = (proposal: BookingProposal, context: RuleContext) => Verdict;

type Figures = Verdict["figures"];

export function passed(rule: string, figures: Figures = {}): Verdict {
  return { rule, pass: true, figures };
}

export function failed(rule: string, figures: Figures): Verdict {
  return { rule, pass: false, figures };
}
