// One line of a benchmark: a figure beside its baseline, measured in the same run.

export interface BenchFigure {
  readonly suite: string;
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against, in the same unit; null where there is nothing to hold it against. */
  readonly baseline: number | null;
  /** How many times better than the baseline; above 1 is better, whichever way the unit runs. */
  readonly ratio: number | null;
}

/** How long and how hard a suite measures, where that can be chosen. */
export interface BenchOptions {
  /** Of each measured run. */
  readonly seconds: number;
  /** Datagrams a second; undefined: what the goal asks for. */
  readonly perS: number | undefined;
  /** Says to a person what limits a figure. */
  readonly tell: (line: string) => void;
}
