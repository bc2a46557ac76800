// Which database is meant. Read from DATABASE_URL by config.ts; opened by database.ts.

/** A SQLite file by its absolute path, or a PostgreSQL database by its address. */
export type DatabaseTarget =
  | { readonly kind: "sqlite"; readonly file: string }
  | { readonly kind: "postgres"; readonly url: string };

/** As it may be shown and logged: without password and parameters. */
export function describeTarget(target: DatabaseTarget): string {
  return target.kind === "sqlite" ? target.file : withoutSecrets(target.url);
}

/** The address without password and parameters; of what is no address everything up to an @. */
export function withoutSecrets(text: string): string {
  if (!URL.canParse(text)) return text.replace(/\/\/[^]*@/, "//…@").replace(/\?[^]*$/, "");
  const url = new URL(text);
  url.password = "";
  url.search = "";
  return url.href;
}
