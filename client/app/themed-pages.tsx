// Keeps the theme. Control has a choice of its own, dark at first for the night shift, so that
// choosing light elsewhere does not brighten the control room. It is the root of all routes.
import { useLayoutEffect, useMemo, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { readPreference, writePreference } from "./preference.ts";
import type { Theme } from "./theme-context.ts";
import { ThemeContext } from "./theme-context.ts";

type Area = "control" | "pages";

function firstTheme(area: Area): Theme {
  const stored = readPreference(`theme.${area}`);
  if (stored === "dark" || stored === "light") return stored;
  if (area === "control") return "dark";
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function ThemedPages() {
  const area: Area = useLocation().pathname.startsWith("/control") ? "control" : "pages";
  const [themes, setThemes] = useState<Record<Area, Theme>>(() => ({
    control: firstTheme("control"),
    pages: firstTheme("pages"),
  }));
  const theme = themes[area];
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const choice = useMemo(
    () => ({
      theme,
      chooseTheme: (chosen: Theme) => {
        writePreference(`theme.${area}`, chosen);
        setThemes((last) => ({ ...last, [area]: chosen }));
      },
    }),
    [theme, area],
  );
  return (
    <ThemeContext value={choice}>
      <Outlet />
    </ThemeContext>
  );
}
