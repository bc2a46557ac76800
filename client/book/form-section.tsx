// One titled part of the booking form.
import type { ReactNode } from "react";
import { useId } from "react";

interface FormSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function FormSection({ title, children }: FormSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="form-section">
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
