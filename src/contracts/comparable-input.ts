/**
 * An input as it is compared with that of a running iteration: a deadline that was given as a time from the start counts
 * as that time, since a second start of the same command comes later. Whom to tell of what makes no difference.
 */
export function comparableInput(input: unknown): unknown {
  if (!isRecord(input)) return input;
  const { notices: _, ...counted } = input;
  if (!isRecord(counted['completion'])) return counted;
  const { completion } = counted;
  const { deadline } = completion;
  if (!isRecord(deadline) || typeof deadline['afterMs'] !== 'number') return counted;
  const { at: __, ...given } = deadline;
  return { ...counted, completion: { ...completion, deadline: given } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
