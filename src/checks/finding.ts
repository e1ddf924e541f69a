import { isMaskloopError } from '../contracts/error.ts';
import type { Finding } from '../contracts/doctor.ts';

/** Nothing is to be done. */
export function fine(message: string): Finding {
  return { level: 'ok', message, action: null };
}

/** Nobody can tell by looking. */
export function unknown(message: string): Finding {
  return { level: 'unknown', message, action: null };
}

/** It works, but may not for long or not as expected. */
export function warning(message: string, action: string): Finding {
  return { level: 'warning', message, action };
}

/** An iteration would not get through. */
export function problem(message: string, action: string): Finding {
  return { level: 'problem', message, action };
}

/** What a failed look comes to: the failure in the words of the catalogue. */
export function problemOf(error: unknown): Finding {
  if (isMaskloopError(error)) {
    const { code, message: said, action } = error;
    return { ...(code === 'OnHold' ? warning(said, action) : problem(said, action)), code };
  }
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return problem(message, 'Report it: it is a defect of maskloop.');
}
