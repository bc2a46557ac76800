// Knex prints what it also throws; the caller says it once, in its own words. Given to every pool.

export const silentKnex = {
  warn: (): void => undefined,
  error: (): void => undefined,
  deprecate: (): void => undefined,
  debug: (): void => undefined,
};
