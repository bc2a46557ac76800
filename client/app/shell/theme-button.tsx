// Changes between dark and light.
import { Button } from "../../design/button.tsx";
import { Icon } from "../../design/icon.tsx";
import { useText } from "../i18n/language-context.ts";
import { shellMessages } from "../i18n/shell-messages.ts";
import { useTheme } from "../theme-context.ts";

export function ThemeButton() {
  const text = useText(shellMessages);
  const { theme, chooseTheme } = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <Button aria-label={text.theme[other]} kind="quiet" onPress={() => chooseTheme(other)}>
      <Icon name={other} />
    </Button>
  );
}
