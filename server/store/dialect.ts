// All that differs between the tables of SQLite and of PostgreSQL: how a guard is written, what
// keeps two windows apart, and how events are numbered. Used by the migrations; the rest is knex.

/** A trigger that refuses what no code may do. */
export interface Guard {
  /** The trigger's name. */
  readonly name: string;
  readonly table: string;
  readonly event: "INSERT" | "UPDATE" | "DELETE" | `UPDATE OF ${string}`;
  /** SQL that is true where the change is refused; NEW and OLD are the row. */
  readonly when: string;
  /**
   * The row of another table that `when` looks at, by the SQL of its id. Where writers work side by
   * side it is locked first, so that what was found still holds at the commit.
   */
  readonly looksAt?: { readonly table: "airspace" | "booking"; readonly id: string };
  /** What the refusal says. */
  readonly refusal: string;
}

export interface Dialect {
  /** The statements that make a guard. */
  readonly guard: (guard: Guard) => readonly string[];
  /** The statements that keep held allocations of one unit apart, with this refusal. */
  readonly keepApart: (refusal: string) => readonly string[];
  /**
   * The statements that make the table `event`, numbered in the order of their commits and without
   * gaps, whatever is rolled back. The table `counter` is there.
   */
  readonly eventTable: readonly string[];
}

const eventColumns = `at_ms DOUBLE PRECISION NOT NULL, by_user_id TEXT, kind TEXT NOT NULL,
  payload TEXT NOT NULL`;

function sqliteGuard({ name, table, event, when, refusal }: Guard): readonly string[] {
  const trigger = `CREATE TRIGGER ${name} BEFORE ${event} ON ${table} WHEN ${when}`;
  return [`${trigger} BEGIN SELECT RAISE(ABORT, '${refusal}'); END`];
}

function meetsAnother(exceptOwn: string): string {
  return `NEW.status = 'held' AND EXISTS (
    SELECT 1 FROM allocation WHERE unit_kind = NEW.unit_kind AND unit_id = NEW.unit_id
    AND status = 'held' AND start_ms < NEW.end_ms AND end_ms > NEW.start_ms ${exceptOwn})`;
}

/** One writer at a time: what a trigger finds holds until the commit. */
export const sqliteDialect: Dialect = {
  guard: sqliteGuard,
  keepApart: (refusal) => {
    const [table, when] = ["allocation", meetsAnother] as const;
    return [
      ...sqliteGuard({
        name: "allocation_insert",
        table,
        event: "INSERT",
        when: when(""),
        refusal,
      }),
      ...sqliteGuard({
        name: "allocation_update",
        table,
        event: "UPDATE",
        when: when("AND id <> OLD.id"),
        refusal,
      }),
    ];
  },
  // AUTOINCREMENT: a number is never given twice, and a rolled back one is given again.
  eventTable: [`CREATE TABLE event (number INTEGER PRIMARY KEY AUTOINCREMENT, ${eventColumns})`],
};

/**
 * Our own writers come one after the other here too (postgres-client.ts), but the guards do not
 * count on it: what they look at they lock.
 */
export const postgresDialect: Dialect = {
  guard: ({ name, table, event, when, looksAt, refusal }) => {
    const lock =
      looksAt === undefined
        ? ""
        : `PERFORM 1 FROM ${looksAt.table} WHERE id = ${looksAt.id} FOR SHARE;`;
    return [
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN
        ${lock}
        IF ${when} THEN RAISE EXCEPTION '${refusal}' USING ERRCODE = 'check_violation'; END IF;
        RETURN ${event === "DELETE" ? "OLD" : "NEW"};
      END $guard$`,
      `CREATE TRIGGER ${name} BEFORE ${event} ON ${table}
        FOR EACH ROW EXECUTE FUNCTION ${name}()`,
    ];
  },
  // The constraint bears the refusal as its name, which PostgreSQL tells.
  keepApart: (refusal) => [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    `ALTER TABLE allocation ADD CONSTRAINT "${refusal}" EXCLUDE USING gist
      (unit_kind WITH =, unit_id WITH =, int8range(start_ms, end_ms) WITH &&)
      WHERE (status = 'held')`,
  ],
  // A sequence would leave gaps and number before the commit. The counter's row is locked until it.
  eventTable: [
    `CREATE TABLE event (number BIGINT PRIMARY KEY, ${eventColumns})`,
    "INSERT INTO counter (name, value) VALUES ('event_number', 0)",
    `CREATE FUNCTION event_number() RETURNS trigger LANGUAGE plpgsql AS $number$ BEGIN
      UPDATE counter SET value = value + 1 WHERE name = 'event_number'
        RETURNING value INTO NEW.number;
      RETURN NEW;
    END $number$`,
    `CREATE TRIGGER event_number BEFORE INSERT ON event
      FOR EACH ROW EXECUTE FUNCTION event_number()`,
  ],
};
