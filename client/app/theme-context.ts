// Dark or light, for every component below ThemedPages.
import { createContext, useContext } from "react";

export type Theme = "dark" | "light";

export interface ThemeChoice {
  readonly theme: Theme;
  readonly chooseTheme: (theme: Theme) => void;
}

export const ThemeContext = createContext<ThemeChoice>({
  theme: "dark",
  chooseTheme: () => undefined,
});

/** The theme and how to change it. */
export function useTheme(): ThemeChoice {
  return useContext(ThemeContext);
}
