// The pilot's phone number as something to press: the controller's first act is a call.
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { useText } from "../app/i18n/language-context.ts";

interface PhoneLinkProps {
  readonly name: string | null;
  readonly phone: string | null;
}

export function PhoneLink({ name, phone }: PhoneLinkProps) {
  const text = useText(alarmMessages);
  if (phone === null || phone === "") return <span className="soft">{text.noPhone}</span>;
  return (
    <a className="phone-link" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
      {name === null || name === "" ? text.callPhone(phone) : text.call(name, phone)}
    </a>
  );
}
