// The application around its pages: language, session, then the routes. main.tsx renders it.
import { RouterProvider } from "react-router";
import { LanguageProvider } from "./i18n/language-provider.tsx";
import { router } from "./routes.tsx";
import { SessionProvider } from "./session-provider.tsx";

// Chinese type comes after the first paint, which needs none of its 260 kB of rules.
void import("../design/fonts-hk.css");

export function App() {
  return (
    <LanguageProvider>
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </LanguageProvider>
  );
}
