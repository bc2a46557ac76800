// What each part of the booking form gets from the sheet.
import type { BookingForm, FormField } from "./booking-form.ts";

export interface FormPartProps {
  readonly form: BookingForm;
  readonly change: (change: Partial<BookingForm>) => void;
  /** The text below a field, where something is wrong with it. */
  readonly faultOf: (field: FormField) => string | undefined;
}
