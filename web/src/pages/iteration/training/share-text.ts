/** A share from 0 to 1 to four places; 1 only where nothing differs, and a dash for what is not known. */
export function shareText(value: number | null): string {
  if (value === null) return '–';
  return value < 1 && value > 0.99995 ? '0.9999' : value.toFixed(4);
}

/** A difference with its sign. */
export function signedText(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
