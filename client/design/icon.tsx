// Small drawings on a 20 px square, in the colour of the text beside them. A picture never stands
// alone: the control that holds it has a name.

const paths = {
  book: "M3 5h14v12H3zM3 9h14M7 2.5v4M13 2.5v4M7 12.5h3",
  control: "M10 10l5-5M10 3a7 7 0 1 0 7 7M10 6.5a3.5 3.5 0 1 0 3.5 3.5",
  replay: "M4 4v5h5M4.5 9A6.5 6.5 0 1 1 4 12M9 8.5l4 2.5-4 2.5z",
  manage: "M3 5h8M15 5h2M3 10h2M9 10h8M3 15h8M15 15h2M13 3v4M7 8v4M13 13v4",
  dark: "M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z",
  light:
    "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18" +
    "M4.3 4.3l1 1M14.7 14.7l1 1M4.3 15.7l1-1M14.7 5.3l1-1",
  person: "M10 10.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17.5c.5-3.5 3-5 6.5-5s6 1.5 6.5 5",
  chevron: "M5.5 8l4.5 4.5L14.5 8",
  previous: "M12.5 4.5L7 10l5.5 5.5",
  next: "M7.5 4.5L13 10l-5.5 5.5",
  close: "M5 5l10 10M15 5L5 15",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  check: "M4 10.5l4 4 8-9",
  warning: "M10 3l8 14H2zM10 8v4.5M10 14.5v.5",
  information: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 9v5M10 6v.5",
  upload: "M10 13V4M6 7.5L10 3.5l4 4M3.5 13v3.5h13V13",
  hold: "M7 4.5v11M13 4.5v11",
  stop: "M6.5 2.5h7l4 4v7l-4 4h-7l-4-4v-7zM6 10h8",
} as const;

export type IconName = keyof typeof paths;

/** Decoration: hidden from assistive technology, since the control around it has a name. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      className="icon"
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.5"
      viewBox="0 0 20 20"
      width={size}
    >
      <path d={paths[name]} />
    </svg>
  );
}
