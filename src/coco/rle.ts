import { MaskloopError } from '../contracts/error.ts';

/*
 * The text form of COCO's runs, as pycocotools' rleToString and rleFrString define it: from the fourth run on the
 * difference to the run before the last is stored; a number is cut into groups of five bits, the lowest first, in
 * two's complement; a group has bit 5 set if another follows, and becomes the character 48 + group.
 */

const GROUP_BITS = 5;
const GROUP_MASK = 0x1f;
const SIGN_BIT = 0x10;
const MORE_BIT = 0x20;
const FIRST_CHARACTER = 48;
const LAST_CHARACTER = FIRST_CHARACTER + (MORE_BIT | GROUP_MASK);
/** Groups of one number of 32 bits. */
const MAX_GROUPS = 7;
/** What a group is worth by its place, and after the last one what the sign takes away. */
const GROUP_WORTH = Float64Array.from({ length: MAX_GROUPS + 1 }, (_, place) => 2 ** (GROUP_BITS * place));
const MAX_RUN = 2 ** 31 - 1;
/** Runs up to this index are stored as they are. */
const LAST_PLAIN_RUN = 2;

/**
 * Packs run lengths as pycocotools does.
 *
 * @param runs column-major, background first; integers from 0 to 2^31 - 1
 * @throws MaskloopError `InvalidRle` for any other number
 */
export function encodeCounts(runs: ArrayLike<number>): string {
  let bytes = new Uint8Array(2 * runs.length + MAX_GROUPS);
  let used = 0;
  for (let i = 0; i < runs.length; i += 1) {
    const run = runs[i]!;
    if (!Number.isInteger(run) || run < 0 || run > MAX_RUN) throw invalid(`run ${i} is ${run}`, { run: i, value: run });
    if (used + MAX_GROUPS > bytes.length) bytes = grown(bytes);
    let rest = i > LAST_PLAIN_RUN ? run - runs[i - 2]! : run;
    let more = true;
    while (more) {
      const group = rest & GROUP_MASK;
      rest >>= GROUP_BITS;
      more = rest !== ((group & SIGN_BIT) === 0 ? 0 : -1);
      bytes[used] = FIRST_CHARACTER + (more ? group | MORE_BIT : group);
      used += 1;
    }
  }
  return new TextDecoder().decode(bytes.subarray(0, used));
}

/**
 * Unpacks what {@link encodeCounts} or pycocotools packed.
 *
 * @returns run lengths, each from 0 to 2^31 - 1
 * @throws MaskloopError `InvalidRle` for a foreign character, an unfinished number, or a run out of range
 */
export function decodeCounts(counts: string): number[] {
  const runs: number[] = [];
  let at = 0;
  while (at < counts.length) {
    const start = at;
    let value = 0;
    let more = true;
    while (more) {
      const group = groupAt(counts, at, start);
      // Multiplied, because the seventh group reaches beyond the 32 bits that shifts keep.
      value += (group & GROUP_MASK) * GROUP_WORTH[at - start]!;
      at += 1;
      more = (group & MORE_BIT) !== 0;
      if (!more && (group & SIGN_BIT) !== 0) value -= GROUP_WORTH[at - start]!;
    }
    const run = runs.length > LAST_PLAIN_RUN ? value + runs[runs.length - 2]! : value;
    if (run < 0 || run > MAX_RUN) throw invalid(`run ${runs.length} is ${run}`, { run: runs.length, value: run });
    runs.push(run);
  }
  return runs;
}

function groupAt(counts: string, at: number, start: number): number {
  if (at === counts.length) throw invalid('its last number is unfinished', { offset: start });
  if (at - start === MAX_GROUPS) throw invalid(`the number at ${start} is longer than 32 bits`, { offset: start });
  const code = counts.charCodeAt(at);
  if (code < FIRST_CHARACTER || code > LAST_CHARACTER) {
    throw invalid(`the character at ${at} has the code ${code}`, { offset: at, code });
  }
  return code - FIRST_CHARACTER;
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length);
  larger.set(bytes);
  return larger;
}

function invalid(problem: string, facts: Record<string, number>): MaskloopError {
  return new MaskloopError('InvalidRle', `A run-length encoding is invalid: ${problem}.`, { facts });
}
