// A small file that is always whole: beside the old one, on disk, then in its place. Called by
// plan-keeper.ts and heard-stamps.ts.
import { open, rename } from "node:fs/promises";

/** Replaces the file by `text`, readable by its owner only. Rejects where the disk refuses it. */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
