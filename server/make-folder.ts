// Makes a folder with those above it. Called by main.ts and the commands for DATA_DIR.
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Throws the system's error where it cannot be made or written into. Part by part: where the
 * system refuses new folders (as in /proc), Node's own recursive way tries for ever.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let part = folder; !existsSync(part); part = dirname(part)) missing.unshift(part);
  for (const part of missing) mkdirSync(part, { mode: 0o700 });
  accessSync(folder, constants.W_OK);
  // What is no folder holds nothing.
  if (missing.length === 0) accessSync(`${folder}/.`);
}
