// The decision: every rule first, then what others hold. Called by the booking flow, whose reading
// and writing around it make sure that the ground has not moved in between.
import type { Verdict } from "../../../contract/wire/problem.ts";
import type { HeldNearby } from "./booking-ground.ts";
import type { BookingProposal } from "./booking-proposal.ts";
import { conflictsOf, type HeldConflict } from "./conflict.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { clearOfKeepOut } from "./rules/clear-of-keep-out.ts";
import { distinctSysids } from "./rules/distinct-sysids.ts";
import { heightLimit } from "./rules/height-limit.ts";
import { insideOperatingArea } from "./rules/inside-operating-area.ts";
import { notInPast } from "./rules/not-in-past.ts";
import { ownAircraft } from "./rules/own-aircraft.ts";
import { ownPilots } from "./rules/own-pilots.ts";
import { resourcesOfSite } from "./rules/resources-of-site.ts";
import { siteOpen } from "./rules/site-open.ts";
import { takeOffPad } from "./rules/take-off-pad.ts";
import { withinHorizon } from "./rules/within-horizon.ts";
import { withinLength } from "./rules/within-length.ts";

/** In the order in which people are told. */
const rules: readonly Rule[] = [
  siteOpen,
  notInPast,
  withinHorizon,
  withinLength,
  ownAircraft,
  ownPilots,
  resourcesOfSite,
  takeOffPad,
  distinctSysids,
  insideOperatingArea,
  clearOfKeepOut,
  heightLimit,
];

export type BookingDecision =
  | { readonly kind: "free" }
  | { readonly kind: "ruleFailed"; readonly verdicts: readonly Verdict[] }
  | { readonly kind: "conflict"; readonly conflicts: readonly HeldConflict[] };

/** Every rule's verdict, so that a refused asker sees all that is wrong at once. */
export function judge(proposal: BookingProposal, context: RuleContext): Verdict[] {
  return rules.map((rule) => rule(proposal, context));
}

export function decideBooking(
  proposal: BookingProposal,
  held: HeldNearby,
  context: RuleContext,
): BookingDecision {
  const verdicts = judge(proposal, context);
  if (verdicts.some(({ pass }) => !pass)) return { kind: "ruleFailed", verdicts };
  const conflicts = conflictsOf(proposal, held);
  return conflicts.length > 0 ? { kind: "conflict", conflicts } : { kind: "free" };
}

/** What even a draft must keep: it names only what its organisation and site own. */
export function judgeOwnership(proposal: BookingProposal, context: RuleContext): Verdict[] {
  return [ownAircraft, ownPilots, resourcesOfSite].map((rule) => rule(proposal, context));
}
