// How high a drone may be ordered from its panel. For the take-off and the fly-to form.

/** As contract/wire/command.ts has it, metres above home. */
export const heightAboveHomeMMax = 500;
