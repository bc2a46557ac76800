// Reads a figure as it is being typed. Used by NumberField at every key.

/**
 * The number that a text stands for, NaN where it stands for none. Full-width digits and signs, as
 * Chinese keyboards give them, count; separators of thousands do not, since a comma is a decimal
 * point to some.
 */
export function readNumber(text: string): number {
  const plain = text.normalize("NFKC").replaceAll("−", "-").trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

/** A number as a field shows it: without needless decimals, empty for NaN. */
export function numberText(value: number, digitsMax: number): string {
  return Number.isNaN(value) ? "" : String(Number(value.toFixed(digitsMax)));
}
