/** A text that is not written as it has to be. The message says how, as a whole sentence, and holds nothing of the text. */
export class NotationError extends Error {
  override readonly name = 'NotationError';
}

/** True for a {@link NotationError}, also for one of another realm. */
export function isNotationError(error: unknown): error is NotationError {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'NotationError';
}
