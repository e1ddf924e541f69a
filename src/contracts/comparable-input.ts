/**
 * An input as it is compared with that of a running iteration: a deadline that was given as a time from the start counts
 * as that time, since a second start of the same command comes later.
 */
export function comparableInput(input: unknown): unknown {
  if (!isRecord(input) || !isRecord(input['completion'])) return input;
  const { completion } = input;
  const { deadline } = completion;
  if (!isRecord(deadline) || typeof deadline['afterMs'] !== 'number') return input;
  const { at: _, ...given } = deadline;
  return { ...input, completion: { ...completion, deadline: given } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
