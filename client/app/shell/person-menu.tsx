// Who is signed in, and the way out.
import { Menu, MenuItem, MenuTrigger, Popover, Header, MenuSection } from "react-aria-components";
import { Button } from "../../design/button.tsx";
import { Icon } from "../../design/icon.tsx";
import { useText } from "../i18n/language-context.ts";
import { shellMessages } from "../i18n/shell-messages.ts";
import { usePerson, useSession } from "../session-context.ts";

export function PersonMenu() {
  const text = useText(shellMessages);
  const person = usePerson();
  const { signOut } = useSession();
  return (
    <MenuTrigger>
      <Button aria-label={text.account(person.name)} kind="quiet">
        <Icon name="person" />
        <span className="top-bar-person">{person.name}</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="list-box" onAction={() => void signOut()}>
          <MenuSection>
            <Header className="person-header">
              <strong>{person.name}</strong>
              <span className="soft">
                {text.role[person.role]}, {person.organisationName}
              </span>
              <span className="soft">{person.email}</span>
            </Header>
            <MenuItem className="list-box-item" id="sign-out">
              {text.signOut}
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
