// What this browser remembers of a person's choices. A browser that forbids storage forgets them.

type PreferenceName = "language" | "theme.control" | "theme.pages" | "site";

/** The stored choice, null where there is none. */
export function readPreference(name: PreferenceName): string | null {
  try {
    return localStorage.getItem(`skyrange.${name}`);
  } catch {
    return null;
  }
}

/** Remembers a choice where the browser allows it. */
export function writePreference(name: PreferenceName, value: string): void {
  try {
    localStorage.setItem(`skyrange.${name}`, value);
  } catch {
    // Storage is off or full: the choice holds for this page only.
  }
}
