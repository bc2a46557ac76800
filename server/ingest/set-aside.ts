// Moves the files of a record that cannot be read out of the way, so that nothing of it is written
// over and the session's record can begin anew. Called by recorder.ts.
import { rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { orAbsent, recordFiles } from "../cluster/record-store.ts";

/** Times that one session's record may be set aside. */
const asideMax = 100;

/**
 * "record.tlog" becomes "record.tlog.aside-1", and so on; index and track go with it.
 *
 * @returns The number they got.
 * @throws where they cannot be moved
 */
export async function setAside(folder: string): Promise<number> {
  const files = [recordFiles.record, recordFiles.index, recordFiles.track];
  for (let number = 1; number <= asideMax; number++) {
    const places = files.map((name) => join(folder, `${name}.aside-${number}`));
    const taken = await Promise.all(places.map((place) => orAbsent(stat(place))));
    if (taken.some((found) => found !== undefined)) continue;
    for (const [at, name] of files.entries()) {
      await orAbsent(rename(join(folder, name), places[at] ?? ""));
    }
    return number;
  }
  throw new Error(`${folder} holds ${asideMax} records that were set aside`);
}
