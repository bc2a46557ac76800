// The frame of every page: the rail, the top bar, and the banner that carries an alarm of one page
// to all others. RequireSession shows it once somebody is signed in.
import "./shell.css";
import { NavLink, Outlet } from "react-router";
import { Icon } from "../../design/icon.tsx";
import { AlarmBanner } from "../../control/alarm-banner.tsx";
import { PictureHealth } from "../../control/picture-health.tsx";
import { useText } from "../i18n/language-context.ts";
import { shellMessages } from "../i18n/shell-messages.ts";
import { LiveProvider } from "../live/live-provider.tsx";
import { maySeePage, pageNames } from "../page-access.ts";
import { usePerson } from "../session-context.ts";
import { SiteProvider } from "../site-provider.tsx";
import { HongKongClock } from "./hong-kong-clock.tsx";
import { LanguageButton } from "./language-button.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { SiteChooser } from "./site-chooser.tsx";
import { ThemeButton } from "./theme-button.tsx";

export function Shell() {
  const text = useText(shellMessages);
  return (
    <SiteProvider>
      <LiveProvider>
        <div className="shell">
          <a className="skip-link" href="#content">
            {text.skipToContent}
          </a>
          <TopBar />
          <Rail />
          <div className="shell-banner">
            <AlarmBanner />
          </div>
          <main className="shell-content" id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </LiveProvider>
    </SiteProvider>
  );
}

function TopBar() {
  return (
    <header className="top-bar">
      <SiteChooser />
      <div className="top-bar-middle">
        <PictureHealth />
        <HongKongClock />
      </div>
      <LanguageButton />
      <ThemeButton />
      <PersonMenu />
    </header>
  );
}

function Rail() {
  const text = useText(shellMessages);
  const { role } = usePerson();
  return (
    <nav aria-label={text.pages} className="rail">
      {pageNames
        .filter((name) => maySeePage(role, name))
        .map((name) => (
          <NavLink key={name} className="rail-link" to={`/${name}`}>
            <Icon name={name} size={24} />
            <span>{text.page[name]}</span>
          </NavLink>
        ))}
    </nav>
  );
}
