// Checks package-lock.json: npm leaves out, silently, an optional platform package it cannot find
// when the lock is written, and `npm ci` then stops on a fresh clone.

interface LockedPackage {
  version?: string;
  optionalDependencies?: Record<string, string>;
}

export interface LockFile {
  packages: Record<string, LockedPackage>;
}

/** One line for each optional dependency that has no entry anywhere above its owner. */
export function missingFromLock(lock: LockFile): string[] {
  return Object.entries(lock.packages).flatMap(([owner, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !placesFor(owner, name).some((place) => place in lock.packages))
      .map(
        (name) =>
          `package-lock.json: ${name}, optional for ${owner}, has no entry; write the lock from ` +
          "nothing: npm install --package-lock-only beside package.json alone.",
      ),
  );
}

/** Where Node would look for `name` from the package at `owner`, nearest first. */
function placesFor(owner: string, name: string): string[] {
  const places = [`node_modules/${name}`];
  for (let at = owner; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    places.unshift(`${at}/node_modules/${name}`);
    if (!at.includes("/node_modules/")) break;
  }
  return places;
}

/** Every place where a package of this name is installed, with its version. */
export function copiesOf(lock: LockFile, name: string): string[] {
  return Object.entries(lock.packages)
    .filter(([place]) => place.endsWith(`node_modules/${name}`))
    .map(([place, entry]) => `${place} ${entry.version ?? "?"}`);
}
