import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What the heap and the system may add by themselves to the highest resident memory, in bytes. */
const RESIDENT_NOISE = 2 ** 25;
const BYTES_IN_KIB = 1024;

/**
 * Runs an action that may take so much memory: arrays that it leaves behind count, used or not, and the highest resident
 * memory of the process, which also knows what was given back before the end.
 *
 * @param allowance in bytes
 * @throws Error with the bytes, also where the action fails; else what the action throws
 */
export function withinMemory<T>(allowance: number, action: () => T): T {
  const arrays = process.memoryUsage().arrayBuffers;
  const resident = process.resourceUsage().maxRSS;
  try {
    return action();
  } finally {
    const grown = BYTES_IN_KIB * (process.resourceUsage().maxRSS - resident);
    check('bytes of resident memory', grown, allowance + RESIDENT_NOISE);
    check('bytes of arrays', process.memoryUsage().arrayBuffers - arrays, allowance);
  }
}

function check(what: string, grown: number, allowance: number): void {
  if (grown > allowance) throw new Error(`${grown} ${what}, and ${allowance} are allowed`);
}

/** Lets the garbage collector take what earlier actions left, so that it does not count for the next one. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}
