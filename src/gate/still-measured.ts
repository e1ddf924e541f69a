/** A frame as it was measured. */
interface Measured {
  readonly name: string;
  /** Its label. */
  readonly label: { readonly sha256: string };
}

/** Those frames of the measurement before a training that the one after it has as well: some may have been forgotten since. */
export function stillMeasured<F extends Measured>(before: readonly F[], after: readonly Measured[]): readonly F[] {
  const keyOf = ({ name, label }: Measured): string => JSON.stringify([name, label.sha256]);
  const measured = new Set(after.map(keyOf));
  return before.filter((frame) => measured.has(keyOf(frame)));
}
