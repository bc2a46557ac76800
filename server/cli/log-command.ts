// What `npm run log` does, without the process around it: reads one flight log and writes what is
// in it. Called by log.ts, and by tests.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { dumpTlog } from "../logs/dump-tlog.ts";
import { foreignFormat } from "../logs/identify-format.ts";
import { inspectTlog } from "../logs/inspect-tlog.ts";
import { describeInspection } from "./describe-inspection.ts";

const usage = `npm run log -- inspect FILE [--json] [--key HEX]   what is in a flight log (tlog)
npm run log -- dump FILE [--types A,B] [--json]     every message, one JSON object a line`;

const linesPerWrite = 500;

interface Options {
  readonly json?: boolean;
  readonly key?: string;
  readonly types?: string;
}

/** Takes one or more lines; done once they are taken, so that memory stays flat. */
export type WriteLines = (text: string) => Promise<void>;

/** What ends the command with a line for the person. */
class UserError extends Error {}

/**
 * Runs the command.
 *
 * @param args What follows `npm run log --`.
 * @returns why it could not be done, for the person; undefined where it was.
 */
export async function runLogCommand(
  args: readonly string[],
  write: WriteLines,
): Promise<string | undefined> {
  try {
    await run(args, write);
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

async function run(args: readonly string[], write: WriteLines): Promise<void> {
  const { values, positionals } = parse(args);
  const [command, file] = positionals;
  if (command !== "inspect" && command !== "dump") {
    const found = command === undefined ? "No command." : `There is no command "${command}".`;
    throw new UserError(`${found} There are:\n${usage}`);
  }
  if (file === undefined || positionals.length > 2) {
    throw new UserError(`${command} takes one file:\n${usage}`);
  }
  const bytes = readLog(file);
  if (command === "inspect") await inspect(file, bytes, values, write);
  else await dump(file, bytes, values, write);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        key: { type: "string" },
        types: { type: "string" },
      },
    });
  } catch (error) {
    throw new UserError(`${messageOf(error)}\n${usage}`);
  }
}

function readLog(file: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`);
  }
  if (bytes.length === 0) throw new UserError(`${file} is empty; a tlog was expected.`);
  const foreign = foreignFormat(bytes);
  if (foreign) throw new UserError(`${file} is ${foreign}; only tlogs can be read.`);
  return bytes;
}

async function inspect(
  file: string,
  bytes: Uint8Array,
  { json, key }: Options,
  write: WriteLines,
): Promise<void> {
  let inspection;
  try {
    inspection = inspectTlog(bytes, key === undefined ? {} : { keyHex: key });
  } catch (error) {
    throw new UserError(`--key: ${messageOf(error)}`);
  }
  if (inspection.frames === 0) throw noTlog(file);
  await write(json ? JSON.stringify(inspection, undefined, 2) : describeInspection(inspection));
}

async function dump(
  file: string,
  bytes: Uint8Array,
  { types }: Options,
  write: WriteLines,
): Promise<void> {
  if (inspectTlog(bytes.subarray(0, 65_536)).frames === 0 && inspectTlog(bytes).frames === 0) {
    throw noTlog(file);
  }
  const names = types?.split(",").map((name) => name.trim().toUpperCase());
  let lines: string[] = [];
  for (const line of dumpTlog(bytes, names ? { types: new Set(names) } : {})) {
    lines.push(line);
    if (lines.length < linesPerWrite) continue;
    await write(lines.join("\n"));
    lines = [];
  }
  if (lines.length > 0) await write(lines.join("\n"));
}

function noTlog(file: string): UserError {
  return new UserError(`${file} is not a tlog: no MAVLink frame was found in it.`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
