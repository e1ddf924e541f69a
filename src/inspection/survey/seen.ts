import { isMaskloopError } from '../../contracts/error.ts';
import type { Seen } from './survey.ts';

/** Time for all that is asked of one server, in milliseconds. */
const LIMIT_MS = 8000;

/** What a look finds, or why it does not; nothing is thrown, and one that takes too long is given up. */
export async function look<T>(what: string, see: (signal: AbortSignal) => Promise<T>): Promise<Seen<T>> {
  const limit = new AbortController();
  const late = { missing: `${what} has not answered within ${LIMIT_MS / 1000} s` };
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<Seen<T>>((resolve) => {
    timer = setTimeout(() => {
      resolve(late);
      limit.abort();
    }, LIMIT_MS);
  });
  const looking = see(limit.signal).then(
    (found) => ({ found }),
    (error: unknown) => ({ missing: reasonOf(error) }),
  );
  try {
    return await Promise.race([looking, impatience]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first line of what a failure says, without a full stop. */
export function reasonOf(error: unknown): string {
  const text =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  const lines = text.split('\n').map((line) => line.trim());
  const told = isMaskloopError(error, 'InvalidConfiguration') ? lines.slice(1, 2) : lines.slice(0, 1);
  return (told[0] ?? text).replace(/\.$/, '');
}
